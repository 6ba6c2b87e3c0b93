"""A plain text and the title that came beside it: the article has its title at its top, as a page has."""

from __future__ import annotations

import re

from extractor.ingest import headline
from extractor.ingest.lines import split

_TOP = 2000  # characters in which a text may begin with its title
_FIRST_LINES = 3


def with_title(text: str, title: str | None) -> str:
    """The text under its title; as it stands where its first lines have it, or no title is told."""
    wanted = _key(title or "")
    if not title or not wanted or where(text, title) is not None:
        return text
    return f"{title}\n\n{text.lstrip()}"


def where(text: str, title: str | None) -> tuple[int, int] | None:
    """Start and end of the title among the first lines, in whatever type; None where it is not there."""
    wanted = _key(title or "")
    first = [line for line in split(text[:_TOP]) if not line.blank][:_FIRST_LINES] if wanted else []
    return next(((line.start, line.end) for line in first if _key(headline.clean(line.text)) == wanted), None)


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
