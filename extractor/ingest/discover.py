"""What the user named (files, folders, addresses, `-`) becomes sources to open, and a failure for each that is none."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.domain.addresses import is_of_the_web, name_of, shown
from extractor.domain.errors import SourceError
from extractor.ingest.forms import GZIP_SUFFIX, SUFFIXES, inner_suffix

STANDARD_INPUT = "-"
FEED_LIST_SUFFIX = ".toml"

# What stands beside articles in a folder and is none.
_ABOUT_THE_FOLDER = frozenset({"readme", "license", "notice", "changelog", "contributing", "annotating"})
_ABOUT_A_PROGRAM = frozenset({"package.json", "package-lock.json", "manifest.json", "tsconfig.json", "composer.json"})
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{1,20}:(//)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something to read: one article, or what holds or leads to many.

    name: the file's name, "stdin" for standard input, a tidied address; claims call its only article so, and one of
    many with its place.
    path, address: where the bytes are; with neither it is standard input.
    """

    name: str
    path: Path | None
    address: str | None = None

    def __str__(self) -> str:
        if self.address is not None:
            return self.address
        return STANDARD_INPUT if self.path is None else str(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFailure:
    """Something the user named, or that a named folder holds, which cannot be read."""

    source: str
    reason: str

    @property
    def error(self) -> SourceError:
        return SourceError(self.source, self.reason)


def discover(sources: Sequence[str]) -> Iterator[Source | SourceFailure]:
    """Sources in the order they were named; a folder's articles sorted by path. Never raises for one of them."""
    for given in sources:
        try:
            yield from _expand(given)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            yield SourceFailure(source=given, reason=explain(error))


def explain(error: OSError | ValueError) -> str:
    """The reason in words, without the path that the message names already."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "cannot be read (permission denied)"
    return (getattr(error, "strerror", None) or str(error)).lower()


def _expand(given: str) -> Iterator[Source | SourceFailure]:
    if given == STANDARD_INPUT:
        yield Source(name="stdin", path=None)
        return
    path = Path(given)
    if (address := _ADDRESS.match(given)) and (address[1] or not os.path.exists(given)):
        yield _address(given)
        return
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        yield from _walk(path, given)
    elif stat.S_ISREG(mode):
        yield Source(name=path.name, path=path)
    else:
        yield SourceFailure(source=given, reason="not a regular file")


def _address(given: str) -> Source | SourceFailure:
    """Whether it may be asked is for the fetcher to say; what is nothing of the web is none of its business."""
    if not is_of_the_web(given):
        return SourceFailure(source=shown(given), reason="only http:// and https:// addresses are read")
    return Source(name=name_of(given), path=None, address=given)


def _walk(folder: Path, given: str) -> Iterator[Source | SourceFailure]:
    """Articles under a folder, at any depth. Linked folders are not entered: that is how loops begin."""
    found = False
    unreadable: list[OSError] = []
    candidates: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        candidates.extend(Path(where, name) for name in names if _is_article(Path(name)))
    root = folder.resolve()
    for path in sorted(candidates):
        found = True
        reason = _why_not(path, root)
        yield SourceFailure(source=str(path), reason=reason) if reason else Source(name=path.name, path=path)
    for error in unreadable:
        found = True
        yield SourceFailure(source=str(error.filename or given), reason=explain(error))
    if not found:
        suffixes = " ".join(sorted(SUFFIXES))
        looked = f"looked for {suffixes}, and each of them with {GZIP_SUFFIX}"
        yield SourceFailure(source=given, reason=f"no articles in this folder ({looked})")


def _is_article(path: Path) -> bool:
    suffix, name = inner_suffix(path.name), path.name.lower()
    if not suffix or name.startswith(".") or name in _ABOUT_A_PROGRAM:
        return False
    return name.removesuffix(GZIP_SUFFIX).removesuffix(suffix) not in _ABOUT_THE_FOLDER


def _why_not(path: Path, root: Path) -> str | None:
    """Why a file of a folder is not read; None where nothing is wrong with it."""
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root):
            return "a link that leads out of the folder is not followed"
        if not stat.S_ISREG(path.stat().st_mode):
            return "not a regular file"
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, on Python before 3.13
        return explain(error) if isinstance(error, OSError) else "a loop of links"
    return None
