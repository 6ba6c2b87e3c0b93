"""When and where an article was published, and where that was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from extractor.domain.article import ZoneSpan
from extractor.domain.page import NOTHING_TOLD, Told
from extractor.ingest import dateline, markup_dates
from extractor.ingest.markup_dates import Stamp
from extractor.ingest.metadata import PageData
from extractor.rules.publishers import Publisher, of_address, of_byline

DEFAULT_TIMEZONE = "America/New_York"  # where most of what we read is written
_FROM_MARKUP = frozenset({"json-ld", "meta", "time element", "htmldate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    on: date | None
    at: datetime | None
    read_from: str | None
    timezone: str
    publisher: str | None


def of_text(
    text: str,
    *,
    title: str | None,
    zones: Sequence[ZoneSpan],
    file_name: str,
    published: date | None,
    timezone: str | None,
    told: Told = NOTHING_TOLD,
) -> Publication:
    """A plain text's publication: what its carrier says, its dateline with a clock, its file's name, then its dateline
    or first words."""
    head = dateline.read(text, zones)
    publisher = _of_carrier(told) or of_address(head.address) or of_byline(head.agency)
    zone = timezone or head.city_zone or (publisher.timezone if publisher else None)
    zone = zone or head.home_zone or DEFAULT_TIMEZONE
    stamps = [*_carried(told), *_dateline_stamps(head, with_clock=True)]
    stamps.extend(_named_day(told.address, "address"))
    stamps.extend(_named_day(file_name, "file name"))
    stamps.extend(_dateline_stamps(head, with_clock=False))
    if (day := dateline.day_in_opening(text, zones)) is not None:
        stamps.append(Stamp(day=day, read_from="text"))
    known = settle(stamps, published=published, timezone=zone, publisher=publisher)
    return known if known.publisher else replace(known, publisher=told.publisher)


def of_page(
    data: PageData,
    text: str,
    *,
    zones: Sequence[ZoneSpan],
    html: str,
    file_name: str,
    published: date | None,
    timezone: str | None,
    told: Told = NOTHING_TOLD,
) -> Publication:
    """A page's publication: its markup, what its carrier says, a dateline with a clock, its address or file's name, its
    first words."""
    head = dateline.read(text, zones)
    publisher = of_address(data.address) or _of_carrier(told) or of_address(head.address)
    zone = timezone or head.city_zone or (publisher.timezone if publisher else None)
    zone = zone or head.home_zone or DEFAULT_TIMEZONE
    stamps = [*markup_dates.stamps(data, publisher), *_carried(told)]
    stamps.extend(_dateline_stamps(head, with_clock=True))
    stamps.extend(_named_day(data.address or told.address, "address"))
    stamps.extend(_named_day(file_name, "file name"))
    stamps.extend(_dateline_stamps(head, with_clock=False))
    if not stamps and published is None:
        stamps.extend(markup_dates.guessed(html, data))
    if (day := dateline.day_in_opening(text, zones)) is not None:
        stamps.append(Stamp(day=day, read_from="text"))
    return settle(stamps, published=published, timezone=zone, publisher=publisher)


def _carried(told: Told) -> Iterable[Stamp]:
    if told.published_at is not None:
        moment = told.published_at
        return [Stamp(day=moment.date(), clock=moment.time(), zone=moment.tzinfo, read_from=told.by)]
    return [Stamp(day=told.published_on, read_from=told.by)] if told.published_on else []


def _of_carrier(told: Told) -> Publisher | None:
    """The publisher of the address, or of the name, that a carrier tells."""
    return of_address(told.address) or of_byline(told.publisher)


def _named_day(name: str | None, read_from: str) -> Iterable[Stamp]:
    day = dateline.day_in_name(name or "")
    return [Stamp(day=day, read_from=read_from)] if day else []


def _dateline_stamps(head: dateline.Head, *, with_clock: bool) -> Iterable[Stamp]:
    for one in head.stamps:
        if (one.clock is not None) == with_clock:
            yield Stamp(day=one.day, clock=one.clock, zone=one.zone, read_from="dateline")


def settle(
    stamps: Iterable[Stamp], *, published: date | None, timezone: str, publisher: Publisher | None
) -> Publication:
    """The first stamp counts; one with a clock for the same day, from anywhere, adds the clock.

    published: what the user gave. A stamp's own zone is used unless the publisher's are known to be wrong.
    """
    candidates = list(stamps)
    home = ZoneInfo(timezone)
    moments = [(_moment(one, home, publisher), one) for one in candidates]
    on, at, read_from = None, None, None
    if published is not None:
        on, read_from = published, "given"
        at = next((moment for moment, _ in moments if moment and moment.astimezone(home).date() == published), None)
    elif candidates:
        first_moment, first = moments[0]
        on = first_moment.astimezone(home).date() if first_moment else first.day
        at, read_from = first_moment, first.read_from
    if publisher is not None and publisher.stamps == "day" and read_from in _FROM_MARKUP:
        at = None
    return Publication(
        on=on, at=at, read_from=read_from, timezone=timezone, publisher=publisher.name if publisher else None
    )


def _moment(stamp: Stamp, home: ZoneInfo, publisher: Publisher | None) -> datetime | None:
    if stamp.clock is None:
        return None
    wrong = publisher is not None and publisher.stamps == "wall_clock" and stamp.read_from in _FROM_MARKUP
    zone = home if wrong or stamp.zone is None else stamp.zone
    try:
        moment = datetime.combine(stamp.day, stamp.clock, tzinfo=zone)
        moment.astimezone(UTC)
        return moment.astimezone(home)
    except (OverflowError, ValueError):  # year 1 or 9999
        return None
