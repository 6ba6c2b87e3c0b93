"""What the head of a text tells of its publication: dates, clocks, the city it was filed from, the agency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, tzinfo
from zoneinfo import ZoneInfo

from extractor.domain.article import Zone, ZoneSpan
from extractor.rules.datelines import datelines

HEAD = 1500  # characters of a text that a dateline may stand in
OPENING = 1200  # characters of the body that may say "As of ..."

_MONTHS = {
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
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_DATES = (
    re.compile(rf"(?<!\w){_MONTH} {{1,2}}{_DAY},? {{1,2}}{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<![\w.,]){_DAY} {{1,2}}{_MONTH},? {{1,2}}{_YEAR}(?!\d)", re.IGNORECASE),
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
_CITY = re.compile(r"(?P<city>[A-ZÃ][A-ZÃ .'\-]{2,40}?)(?:[/,(:]|\s?[–—]|\s-|\s\()")
# "Hong Kong (AFP) –", "Hong Kong, July 8, 2019 (AFP) -": in small letters only with an agency behind it.
_SMALL_CITY = re.compile(
    r"(?P<city>[A-Z][a-zã]{2,14}(?: [A-Z][a-z]{2,12})?)"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?\s?\([A-Z][A-Za-z /-]{1,24}\)"
)
_AGENCY = re.compile(r"\((?P<agency>[A-Z][A-Za-z\-/. ]{1,40})\)")
_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,500}")
_WIDGET = re.compile(r"last updated|copyright|©|\ball rights\b", re.IGNORECASE)
_LOCAL_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?\s)?\(?(?P<zone>[A-Z]{3,4})\b", re.IGNORECASE)
_FIRST_LINES = 300  # characters in which a clock is the desk's own
_WIDGET_CLOCK = re.compile(r"last updated.{0,60}?\d{1,2}:\d{2}\s?(?P<zone>[A-Z]{2,4})\b", re.IGNORECASE)
_NAME_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<sep>[\-_./]?)(?P<month>\d{2})(?P=sep)(?P<day>\d{2})(?!\d)"),
)
_AS_OF = re.compile(
    r"\b(?:as of|today,?|published(?: on)?:?|posted(?: on)?:?|updated(?: on)?:?|dated)\s(?:[A-Z][a-z]{2,8}day,?\s)?$",
    re.IGNORECASE,
)
_ON_DAY = re.compile(r"\bon\s(?:[A-Z][a-z]{2,8}day,?\s)?$", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|due|expected|scheduled|upcoming|until|since|through|next)\b[^.]{0,60}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A date as printed, with the clock beside it. start, end: where, in the text."""

    start: int
    end: int
    day: date
    clock: time | None = None
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What was found over and at the beginning of the body.

    stamps: dates that stand on a line of their own or in a dateline, those with a clock first.
    city_zone: of the dateline's city. home_zone: of the market the story opens with, or of a widget's clock.
    """

    stamps: tuple[Printed, ...]
    city_zone: str | None
    home_zone: str | None
    agency: str | None
    address: str | None


def read(text: str, zones: Sequence[ZoneSpan]) -> Head:
    """Reads the first 1,500 characters. Widgets' dates and copyright years are no stamps."""
    top = text[:HEAD]
    stamps: list[Printed] = []
    city_zone = agency = None
    position = 0
    for line in top.splitlines(keepends=True):
        start, position = position, position + len(line)
        if _WIDGET.search(line):
            continue
        stamps.extend(_stamps_of_line(line, start))
        if city_zone is None:
            city_zone = _city_zone(line)
        if agency is None and (match := _AGENCY.search(line[:120])):
            agency = match.group("agency")
    stamps.sort(key=lambda one: one.clock is None)
    address = _ADDRESS.search(top)
    return Head(
        stamps=tuple(stamps),
        city_zone=city_zone,
        home_zone=_home_zone(text, zones),
        agency=agency,
        address=address.group() if address else None,
    )


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


def day_in_opening(text: str, zones: Sequence[ZoneSpan]) -> date | None:
    """A full date that the first sentences say the story is of: "As of December 18, 2025", "on December 11, 2025".

    The latest of those that are not ahead; None where none is said so.
    """
    opening = _opening(text, zones)
    as_of, on_day = [], []
    for one in printed_dates(opening):
        before = opening[max(0, one.start - 80) : one.start]
        if _AS_OF.search(before):
            as_of.append(one.day)
        elif _ON_DAY.search(before) and not _AHEAD.search(before):
            on_day.append(one.day)
    return max(as_of or on_day, default=None)


def _opening(text: str, zones: Sequence[ZoneSpan]) -> str:
    """The title and the first words of the body; nothing of the page's furniture."""
    parts: list[str] = []
    left = OPENING
    for span in zones:
        if span.zone in (Zone.TITLE, Zone.BODY) and left > 0:
            parts.append(text[span.start : min(span.end, span.start + left)])
            left -= len(parts[-1])
    return "".join(parts)


def _stamps_of_line(line: str, offset: int) -> Iterator[Printed]:
    """Dates of a line that is little else, or of a dateline before its dash."""
    bare = line.strip()
    short = len(bare) <= 90 and not bare.endswith(".")
    dash = re.search(r"\)\s?(?:--|[-–—])\s|\s(?:--|[–—])\s", line[:200])
    reach = len(line) if short else dash.start() + 1 if dash else 0
    for one in printed_dates(line[:reach]):
        words = len(re.findall(r"[A-Za-z]{2,}", line[: one.start]))
        if not short or words <= 6:
            yield Printed(start=offset + one.start, end=offset + one.end, day=one.day, clock=one.clock, zone=one.zone)


def _city_zone(line: str) -> str | None:
    match = _CITY.match(line.strip()[:80]) or _SMALL_CITY.match(line.strip()[:80])
    return datelines().cities.get(match.group("city").strip().upper()) if match else None


def _home_zone(text: str, zones: Sequence[ZoneSpan]) -> str | None:
    rules = datelines()
    widget = _WIDGET_CLOCK.search(text[:HEAD])
    if widget and (zone := rules.page_clocks.get(widget.group("zone").upper())):
        return zone
    clock = _LOCAL_CLOCK.search(text[:_FIRST_LINES])
    if clock and clock.group("zone") != "GMT" and (zone := rules.page_clocks.get(clock.group("zone"))):
        return zone
    return rules.home_timezone(_opening(text, zones)[:300])


def _date(match: re.Match[str]) -> date | None:
    month_text, year = match.group("month"), int(match.group("year"))
    month = int(month_text) if month_text.isdigit() else _MONTHS[month_text.lower().rstrip(".")]
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
