"""The day that the first sentences of a story say it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extractor.domain.article import Zone, ZoneSpan
from extractor.ingest.printed import WEEKDAY, WEEKDAYS, printed_dates

OPENING = 1_200  # characters of the body that may say "As of ..."
STORY = 3_000  # characters of a text in which the days it tells of are looked for

_AS_OF = re.compile(
    r"\b(?:as of|today,?|published(?: on)?:?|posted(?: on)?:?|updated(?: on)?:?|dated)\s(?:[A-Z][a-z]{2,8}day,?\s)?$",
    re.IGNORECASE,
)
_ON_DAY = re.compile(r"\bon\s(?:[A-Z][a-z]{2,8}day,?\s)?$", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|due|expected|scheduled|upcoming|until|since|through|next)\b[^.]{0,60}$", re.IGNORECASE
)
# "as on May 5, 2011", "a low hit on May 5, 2011": what the story compares itself with.
_COMPARED = re.compile(
    r"\b(?:as|than|like|from|versus|since|seen|set|hit|reached|touched|ended|began|signed|launched|last|lows?|highs?|record|peak|"
    r"levels?|close|finish|trough|bottom|top)\s(?:\w+\s)?on\s(?:[A-Z][a-z]{2,8}day,?\s)?$",
    re.IGNORECASE,
)
_FIRST_SENTENCE = re.compile(r".{40,600}?[.!?][\"”’)]?(?=\s[A-Z“\"$]|\s*\n|\s*\Z)|.{1,600}", re.DOTALL)


def day_in_opening(text: str, zones: Sequence[ZoneSpan]) -> date | None:
    """A full date that the first sentences say the story is of: "As of December 18, 2025", "on December 11, 2025".

    "on" counts in the very first sentence alone: further down it tells what happened before. None where none is said
    so, or where the text tells of a later day: then it looks back on that one.
    """
    told, first = opening(text, zones), _first_sentence(text, zones)
    days = [one.day for one in printed_dates(told) if _is_as_of(told[max(0, one.start - 80) : one.start], one.day)]
    if not days:
        for one in printed_dates(first):
            before = first[max(0, one.start - 80) : one.start]
            if _ON_DAY.search(before) and not _AHEAD.search(before) and not _COMPARED.search(before):
                days.append(one.day)
    day = max(days, default=None)
    return day if day is not None and not _looks_back(text[:STORY], day) else None


def _first_sentence(text: str, zones: Sequence[ZoneSpan]) -> str:
    """Of the body, behind what stands on short lines before it."""
    position = next((span.start for span in zones if span.zone is Zone.BODY), 0)
    for line in text[position : position + OPENING].splitlines(keepends=True):
        if len(line.strip()) >= 80 or line.rstrip().endswith("."):
            break
        position += len(line)
    match = _FIRST_SENTENCE.match(text, position)
    return match.group() if match else ""


def _is_as_of(before: str, day: date) -> bool:
    """Whether words say that a date is the story's own; a quarter's end is a balance sheet's, unless it is "today"."""
    match = _AS_OF.search(before)
    if match is None:
        return False
    closes_books = (day.month, day.day) in ((3, 31), (6, 30), (9, 30), (12, 31))
    return not closes_books or re.search(r"today|published|posted|day,?\s$", match.group(), re.IGNORECASE) is not None


def _looks_back(story: str, day: date) -> bool:
    """Whether a story tells of what came after a day: then it was written later."""
    for one in printed_dates(story):
        if one.day > day and not _AHEAD.search(story[max(0, one.start - 80) : one.start]):
            return True
    for match in WEEKDAY.finditer(story):
        after = (WEEKDAYS.index(match.group("name").lower()) - day.weekday()) % 7
        before = story[max(0, match.start() - 60) : match.start()]
        if 1 <= after <= 3 and not _AHEAD.search(before) and not re.search(r"\blast\s$|\d{4}\W{1,3}$", before):
            return True
    return False


def may_be(day: date, text: str, zones: Sequence[ZoneSpan]) -> bool:
    """Whether the weekday that a story names first, if it names any, is a day's or the one before it."""
    named = WEEKDAY.search(opening(text, zones))
    return named is None or (day.weekday() - WEEKDAYS.index(named.group("name").lower())) % 7 <= 1


def opening(text: str, zones: Sequence[ZoneSpan]) -> str:
    """The title and the first words of the body; nothing of the page's furniture."""
    parts: list[str] = []
    left = OPENING
    for span in zones:
        if span.zone in (Zone.TITLE, Zone.BODY) and left > 0:
            parts.append(text[span.start : min(span.end, span.start + left)])
            left -= len(parts[-1])
    return "".join(parts)
