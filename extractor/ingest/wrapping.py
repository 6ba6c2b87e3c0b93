"""Lines that a mailer broke, put together again: a sentence must not end where a screen of 1985 did."""

from __future__ import annotations

import re

_NARROWEST, _WIDEST = 50, 100  # characters of the longest line of a text that was broken by width
_NEVER_JOINED = re.compile(r"\s|[-*•·>|+]|\d{1,3}[.)]\s|https?://")
_COLUMNS = re.compile(r"\t|\S {2,}\S")
_ADDRESS = re.compile(r"https?://\S{20,}")
_SIGNATURE = "-- "


def unwrapped(text: str) -> str:
    """A text whose lines were broken at a width, with a line a paragraph; any other text as it is.

    A break is the mailer's where the next word would not have fitted. Rows of tables, items of lists and quoted lines
    stay as they are.
    """
    lines = text.splitlines()
    width = max((len(line) for line in lines if not _ADDRESS.search(line)), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    found: list[list[str]] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if found and before.strip() and line.strip() and _was_broken(before, line, width):
            found[-1].append(line)
        else:
            found.append([line])
    return "\n".join(" ".join(parts) if len(parts) > 1 else parts[0] for parts in found)


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """A text of format=flowed (RFC 3676): a line that ends with a space goes on in the next."""
    found: list[list[str]] = []
    goes_on = False
    for line in text.splitlines():
        bare = line.removeprefix(" ")
        if not goes_on:
            found.append([])
        goes_on = bare.endswith(" ") and bare != _SIGNATURE
        found[-1].append(bare[:-1] if goes_on and delete_space else bare)
    return "\n".join(map("".join, found))


def _was_broken(line: str, following: str, width: int) -> bool:
    if (
        _NEVER_JOINED.match(following)
        or _NEVER_JOINED.match(line)
        or _COLUMNS.search(line)
        or _COLUMNS.search(following)
    ):
        return False
    word = following.split(None, 1)[0]
    return len(line.rstrip()) + 1 + len(word) > width
