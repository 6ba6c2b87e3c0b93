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
    """Index of the line that is the title: short, not a sentence, with an article after it. None where there is none."""
    candidates = [index for index, line in enumerate(lines) if not line.blank and zones[index] is None][:_SEARCHED]
    for rank, index in enumerate(candidates):
        line = lines[index]
        following = lines[candidates[rank + 1]].text if rank + 1 < len(candidates) else ""
        if _could_be_title(line.text):
            blank_after = index + 1 < len(lines) and lines[index + 1].blank
            if following and (blank_after or _opens_article(following)):
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
