"""The title of a text that has no markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.domain.article import Zone
from extractor.ingest.lines import Line
from extractor.ingest.printed import printed_dates
from extractor.rules.datelines import datelines

LONGEST_TITLE = 200  # characters
_SEARCHED = 8  # lines with words; a title stands at the top

_MARKS = re.compile(r"(?:#{1,6}\s+|[-–—*]{1,2}\s+|(?:TITLE|Title|HEADLINE|Headline):\s*)")
_DATELINE = re.compile(r"[A-Z][A-Z .,'/&]{2,40}(?:\([A-Za-z][^)]{1,30}\)|,|\s[-–—])|[A-Z][A-Z ]{2,30}[–—]")
_CITY = re.compile(r"(?P<city>[A-Z][A-Z .]{2,30}): ")  # "NEW DELHI: ..." is a dateline, "FOREX: ..." a headline
_CREDIT = re.compile(r"(?:--\s?)?(?:by|author|written by|published|posted|updated|source)\b[: ]", re.IGNORECASE)
_DECKS = 3  # lines between a title and the credit line under it
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
            if lines[index + 1].blank or credit or _opens_article(lines[below].text) or _credited(lines, zones, index):
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
    if _CREDIT.match(bare) or _is_date_line(bare):
        return False
    if bare.endswith((".", ":", ",", ";")) and not bare.endswith(("U.S.", "U.K.", "...")):
        return False
    city = _CITY.match(bare)
    return not _DATELINE.match(bare) and not (city and city.group("city") in datelines().cities)


def _is_date_line(line: str) -> bool:
    """Whether a line begins with a date: "10 July 2012 Last updated at 13:34"."""
    first = next(printed_dates(line[:60]), None)
    return first is not None and len(_WORD.findall(line[: first.start])) <= 1 and first.start <= 12


def _credited(lines: Sequence[Line], zones: Sequence[Zone | None], index: int) -> bool:
    """Whether a few short lines under a title, a deck among them, end in a line that says who or when.

    A line in capitals is the name of a column then, and the next one the title.
    """
    if lines[index].text.isupper():
        return False
    under = [at for at in range(index + 1, min(len(lines), index + 2 + 2 * _DECKS)) if not lines[at].blank][
        : _DECKS + 1
    ]
    for at in under:
        line = lines[at].text
        if zones[at] is Zone.BOILERPLATE or _CREDIT.match(line) or _is_date_line(line):
            return True
        if len(line) > LONGEST_TITLE or line.endswith("."):
            return False
    return False


def _opens_article(line: str) -> bool:
    """A dateline, a byline or a paragraph: what stands under a title without a blank line between."""
    return bool(_DATELINE.match(line)) or line.lower().startswith(("by ", "-- by", "published")) or len(line) >= 120
