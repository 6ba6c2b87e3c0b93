"""The title of a text that has no markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.domain.article import Zone
from extractor.ingest.lines import Line

LONGEST_TITLE = 200  # characters
_SEARCHED = 8  # lines with words; a title stands at the top

_MARKS = re.compile(r"(?:#{1,6}\s+|[-–—*]{1,2}\s+|(?:TITLE|Title|HEADLINE|Headline):\s*)")
_DATELINE = re.compile(r"[A-Z][A-Z .,'/&]{2,40}(?:\([A-Za-z][^)]{1,30}\)|,|:|\s[-–—])|[A-Z][A-Z ]{2,30}[–—]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def find(lines: Sequence[Line], zones: Sequence[Zone | None]) -> int | None:
    """Index of the title's line: short, not a sentence, with an article after it. None where there is none."""
    written = [index for index, line in enumerate(lines) if not line.blank]
    candidates = [index for index in written if zones[index] is None][:_SEARCHED]
    for index in candidates:
        line = lines[index]
        below = next((at for at in written if at > index), None)
        if below is not None and _could_be_title(line.text):
            credit = zones[below] is Zone.BOILERPLATE
            if lines[index + 1].blank or credit or _opens_article(lines[below].text):
                return index
        if len(line.text) > LONGEST_TITLE or line.text.endswith("."):
            return None  # the article has begun
    return None


def clean(title: str) -> str:
    """A title without a Markdown mark or a list dash before it."""
    match = _MARKS.match(title)
    return (title[match.end() :] if match else title).strip()


def _could_be_title(line: str) -> bool:
    bare = clean(line)
    if not 12 <= len(bare) <= LONGEST_TITLE or len(_WORD.findall(bare)) < 3:
        return False
    if bare.endswith((".", ":", ",", ";")) and not bare.endswith(("U.S.", "U.K.", "...")):
        return False
    return not _DATELINE.match(bare)


def _opens_article(line: str) -> bool:
    """A dateline, a byline or a paragraph: what stands under a title without a blank line between."""
    return bool(_DATELINE.match(line)) or line.lower().startswith(("by ", "-- by", "published")) or len(line) >= 120
