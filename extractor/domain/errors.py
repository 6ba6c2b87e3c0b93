"""Errors a person can act on. Anything else that is raised is a bug."""

from __future__ import annotations


class TapecheckError(Exception):
    """Bad input or a bad setting. `str(error)` is one line that names the culprit and says what to do."""


class SourceError(TapecheckError):
    """One source could not be read. The batch notes it as a failure and goes on.

    source: the path or address as the user gave it; reason: what is wrong with it, in words.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class NoArticleError(SourceError):
    """A source that can be read, and holds no article at all."""


class PriceDataError(TapecheckError):
    """A price folder, or a row in it, cannot be used."""


class ReferenceDataError(TapecheckError):
    """A reference folder, or a file in it, cannot be used."""


class RulesError(TapecheckError):
    """A rules file does not say what the program needs."""


class StoreError(TapecheckError):
    """The database cannot be opened, is not one of ours, or is newer than this program."""


def unforeseen(error: Exception) -> str:
    """An error nobody thought of, in one line: some libraries explain themselves at length."""
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]
