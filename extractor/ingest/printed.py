"""Dates as a text prints them, with the clock beside each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, tzinfo
from zoneinfo import ZoneInfo

from extractor.rules.datelines import datelines

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d{2})"
_DATES = (
    re.compile(rf"(?<!\w){MONTH} {{1,2}}{DAY},? {{1,2}}{YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<![\w.,]){DAY} {{1,2}}{MONTH},? {{1,2}}{YEAR}(?!\d)", re.IGNORECASE),
    re.compile(r"(?<![\d/\-])(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d\-])"),
    re.compile(r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:20|19)?\d{2})(?![\d/])"),
)
_CLOCK = re.compile(
    r"[\s,|]{0,3}(?:at |T)?\s?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2})?\s?"
    r"(?P<half>[AaPp]\.?[Mm]\.?)?(?:\s?\(?(?P<zone>[A-Z][A-Za-z]{0,7})\b)?"
)
_CLOCK_BEFORE = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})\s?(?P<half>[AaPp]\.?[Mm]\.?)?(?:\s?(?P<zone>[A-Z]{2,4}))?,?\s?(?:on\s)?(?:[A-Z][a-z]{2,8},?\s)?$"
)
_NAME_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<sep>[\-_./]?)(?P<month>\d{2})(?P=sep)(?P<day>\d{2})(?!\d)"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = re.compile(r"\b(?P<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A date as printed, with the clock beside it. start, end: where, in the text. updated: of a change, as it says."""

    start: int
    end: int
    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    updated: bool = False


def printed_dates(text: str) -> Iterator[Printed]:
    """Full dates in a text (a year is printed), in any of the usual forms, by place."""
    found = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            day = _date(match)
            if day is not None:
                clock, zone, end = _clock_after(text, match.end())
                if clock is None:
                    clock, zone = _clock_before(text, match.start())
                found.append(Printed(start=match.start(), end=end, day=day, clock=clock, zone=zone))
    return iter(sorted(found, key=lambda one: one.start))


def day_in_name(name: str) -> date | None:
    """The date in a file's name: "wrap_20251211.txt", "2025-12-11-close.html". The last one counts."""
    found = None
    for pattern in _NAME_DATES:
        for match in pattern.finditer(name[:300]):
            found = _date(match) or found
    return found


def _date(match: re.Match[str]) -> date | None:
    month_text, year = match.group("month"), int(match.group("year"))
    month = int(month_text) if month_text.isdigit() else MONTHS[month_text.lower().rstrip(".")]
    day = int(match.group("day"))
    if year < 100:
        year += 2000
    if month > 12 >= day:
        month, day = day, month  # 31/12/2025
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock_after(text: str, position: int) -> tuple[time | None, tzinfo | None, int]:
    match = _CLOCK.match(text, position, position + 60)
    clock = _time(match) if match else None
    if match is None or clock is None:
        return None, None, position
    return clock, _zone(match.group("zone")), match.end()


def _clock_before(text: str, position: int) -> tuple[time | None, tzinfo | None]:
    match = _CLOCK_BEFORE.search(text[max(0, position - 40) : position])
    return (_time(match), _zone(match.group("zone"))) if match else (None, None)


def _time(match: re.Match[str]) -> time | None:
    hour, minute, half = int(match.group("hour")), int(match.group("minute")), (match.group("half") or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half.startswith("p"):
        hour = hour % 12 + 12
    elif half.startswith("a"):
        hour %= 12
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _zone(name: str | None) -> tzinfo | None:
    known = datelines().clocks.get((name or "").upper())
    return ZoneInfo(known) if known else None
