"""What the head of a text tells of its publication: dates, clocks, the city it was filed from, the agency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractor.domain.article import Zone, ZoneSpan
from extractor.ingest.opening_day import STORY, opening
from extractor.ingest.printed import DAY, MONTH, MONTHS, WEEKDAY, WEEKDAYS, YEAR, Printed, printed_dates
from extractor.rules.datelines import datelines

HEAD = 1500  # characters of a text that a dateline may stand in

_CITY = re.compile(r"(?P<city>[A-ZÃ][A-ZÃ .'\-]{2,40}?)(?:[/,(:]|\s?[–—]|\s-|\s\()")
# "Hong Kong (AFP) –", "Hong Kong, July 8, 2019 (AFP) -": in small letters only with an agency behind it.
_SMALL_CITY = re.compile(
    r"(?P<city>[A-Z][a-zã]{2,14}(?: [A-Z][a-z]{2,12})?)"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?\s?\([A-Z][A-Za-z /-]{1,24}\)"
)
_AGENCY = re.compile(r"[(/](?P<agency>(?<=\()(?=[a-z]{0,4}-?[A-Z])[A-Za-z\-/. ]{2,41}(?=\))|(?<=/)PRNewswire(?=[/-]))")
_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,500}")
_SOURCE_LINE = re.compile(
    r"(?:[-–—*>]{1,2}\s{0,3})?(?:[A-Za-z ]{3,14}:\s{0,3})?(?P<address>https?://[^\s<>\"']{4,500})"
)
_WIDGET = re.compile(r"last updated|copyright|©|\ball rights\b", re.IGNORECASE)
_LAST_UPDATED = re.compile(r"last updated", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:updated|modified|revised|amended)\b", re.IGNORECASE)
_FIRST_TOLD = re.compile(r"\b(?:published|posted|created|first)\b", re.IGNORECASE)
# "NEW YORK, June 10 (Reuters) -", "KUALA LUMPUR (July 21):", "AUSTIN, Texas, June 11, 2024 (GLOBE NEWSWIRE) --".
_FILED = re.compile(
    r"(?P<city>[A-ZÃ][A-ZÃ .'\-]{2,40}?|[A-Z][a-zã]{2,14}(?: [A-Z][a-z]{2,12})?)(?:/[A-Z ]{3,30}|, [A-Z][a-z.]{2,14})?"
    rf"(?:,\s|\s?\(){MONTH} {DAY}(?:,? {YEAR})?(?!\d)\)?,?\s?"
    r"(?P<agency>[(/][A-Z][A-Za-z /.\-]{1,40}[)/]\s?)?(?:--|[-–—:])"
)
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))[^\d\n]{0,30}(?P<year>(?:19|20)\d{2})", re.IGNORECASE)
_LINE_OPENS = re.compile(
    r"\W{0,4}(?:(?:first )?(?:published|posted|updated|date)(?: on)?:?\s)?(?:[A-Z][a-z]{2,8}\.?,?\s)?", re.IGNORECASE
)
_LOCAL_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?\s)?\(?(?P<zone>[A-Z]{3,4})\b", re.IGNORECASE)
_FIRST_LINES = 300  # characters in which a clock is the desk's own
_WIDGET_CLOCK = re.compile(r"last updated.{0,60}?\d{1,2}:\d{2}\s?(?P<zone>[A-Z]{2,4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The day in a story's dateline: what its "today" means. Wires often leave the year out."""

    month: int
    day: int
    year: int | None = None

    def in_year(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:  # 29 February
            return None

    def just_before(self, stamp: date) -> date | None:
        """This day, where it is at most two days before a stamp: a story of the evening that was put up next day."""
        days = filter(None, map(self.in_year, [self.year] if self.year else [stamp.year, stamp.year - 1]))
        return next((day for day in days if 0 <= (stamp - day).days <= 2), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What was found over and at the beginning of the body.

    stamps: dates that stand on a line of their own or in a dateline, those with a clock first, those of a change last.
    filed: the day in the dateline itself. source: an address that stands on a line of its own.
    city_zone: of the dateline's city. home_zone: of the market the story opens with, or of a widget's clock.
    """

    stamps: tuple[Printed, ...]
    city_zone: str | None
    home_zone: str | None
    agency: str | None
    address: str | None
    filed: Filed | None = None
    source: str | None = None


def read(text: str, zones: Sequence[ZoneSpan]) -> Head:
    """Reads the first 1,500 characters. Widgets' dates and copyright years are no stamps."""
    top = text[:HEAD]
    stamps: list[Printed] = []
    city_zone = agency = filed = source = None
    position = 0
    for line in top.splitlines(keepends=True):
        start, position = position, position + len(line)
        if _WIDGET.search(line):
            stamps.extend(_last_updated(line, start, text, zones))
            continue
        stamps.extend(_stamps_of_line(line, start))
        filed = filed or _filed(line)
        if city_zone is None:
            city_zone = _city_zone(line)
        if agency is None and (match := _AGENCY.search(line[:120])):
            agency = match.group("agency")
        if source is None and (match := _SOURCE_LINE.fullmatch(line.strip())):
            source = match.group("address")
    stamps.sort(key=lambda one: (one.updated, one.clock is None))
    address = _ADDRESS.search(top)
    return Head(
        stamps=tuple(stamps),
        city_zone=city_zone,
        home_zone=_home_zone(text, zones),
        agency=agency,
        address=address.group() if address else None,
        filed=filed,
        source=source,
    )


def day_filed(filed: Filed, text: str, zones: Sequence[ZoneSpan]) -> date | None:
    """The day of a dateline without its year: the year is told by a copyright line or a full date of the text, and
    confirmed by the weekday that the story names first. None where it is not told so, or two years would do.
    """
    if filed.year is not None:
        return filed.in_year(filed.year)
    years = {int(match.group("year")) for match in _COPYRIGHT.finditer(text[:HEAD] + "\n" + text[-HEAD:])}
    years |= {one.day.year for one in printed_dates(text[: 2 * STORY])}
    weekday = WEEKDAY.search(opening(text, zones))
    days = {day for day in map(filed.in_year, years) if day is not None}
    fitting = [day for day in days if weekday and WEEKDAYS[day.weekday()] == weekday.group("name").lower()]
    return fitting[0] if len(fitting) == 1 else None


def _stamps_of_line(line: str, offset: int) -> Iterator[Printed]:
    """Dates of a line that is little else, of one that a date opens, or of a dateline before its dash."""
    bare = line.strip()
    short = len(bare) <= 90 and (not bare.endswith(".") or _opens_with_date(bare))
    dash = re.search(r"\)\s?(?:--|[-–—])\s|\s(?:--|[–—])\s", line[:200])
    reach = len(line) if short else dash.start() + 1 if dash else 0
    behind = 0
    for one in printed_dates(line[:reach]):
        label = line[behind : one.start]
        words = len(re.findall(r"[A-Za-z]{2,}", label))
        changed = bool(_CHANGED.search(label)) and not _FIRST_TOLD.search(label)
        behind = one.end
        if not short or words <= 6:
            yield replace(one, start=offset + one.start, end=offset + one.end, updated=changed)


def _opens_with_date(line: str) -> bool:
    """Whether a date is the first sentence of a line: "Thursday, May 6, 2010. All times Eastern."."""
    first = next(printed_dates(line), None)
    return first is not None and bool(_LINE_OPENS.fullmatch(line[: first.start])) and line[first.end :][:1] in ".;|•"


def _last_updated(line: str, offset: int, text: str, zones: Sequence[ZoneSpan]) -> Iterator[Printed]:
    """The date of a line that says "last updated".

    A day before those words is the story's. One behind them may be a table's, so it counts as the day of a change, and
    only where the story names its weekday first and no quotes stand above it.
    """
    words = _LAST_UPDATED.search(line)
    if words is None:
        return
    for one in printed_dates(line[: words.start()]):
        if _LINE_OPENS.fullmatch(line[: one.start]):
            yield Printed(start=offset + one.start, end=offset + one.end, day=one.day)
            return
    quotes = sum(min(span.end, HEAD) - span.start for span in zones if span.zone is Zone.QUOTES and span.start < HEAD)
    named = WEEKDAY.search(opening(text, zones))
    if quotes > len(line) + 1 or named is None:
        return
    for one in printed_dates(line[words.end() :]):
        if WEEKDAYS[one.day.weekday()] == named.group("name").lower():
            start = offset + words.end()
            yield replace(one, start=start + one.start, end=start + one.end, updated=True)
            return


def _filed(line: str) -> Filed | None:
    match = _FILED.match(line.strip()[:160])
    if match is None or not (match.group("agency") or match.group("city") in datelines().cities):
        return None  # "EARNINGS, Dec. 17: ..." is a list
    year = match.group("year")
    month = MONTHS[match.group("month").lower().rstrip(".")]
    return Filed(month=month, day=int(match.group("day")), year=int(year) if year else None)


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
    return rules.home_timezone(opening(text, zones)[:300])
