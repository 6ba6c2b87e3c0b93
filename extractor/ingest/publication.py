"""When and where an article was published and changed, and where each was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from extractor.domain.article import ZoneSpan
from extractor.domain.page import Page
from extractor.ingest import dateline, markup_dates, opening_day, printed
from extractor.ingest.dateline import Head
from extractor.ingest.markup_dates import Stamp
from extractor.ingest.metadata import PageData
from extractor.rules.publishers import Layout, Publisher, of_address, of_byline

DEFAULT_TIMEZONE = "America/New_York"  # where most of what we read is written
_FROM_MARKUP = frozenset({"publisher", "json-ld", "meta", "time element", "htmldate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """on: the day its "today" means, in `timezone`. at: the moment. Zones as `Provenance` has them.

    source: the address that a text names as its own on a line.
    """

    on: date | None
    at: datetime | None
    read_from: str | None
    zone: str | None
    timezone: str
    publisher: Publisher | None
    publisher_from: str | None
    updated_at: datetime | None
    updated_from: str | None
    updated_zone: str | None
    source: str | None = None


def of_text(
    page: Page, text: str, *, zones: Sequence[ZoneSpan], published: date | None, timezone: str | None
) -> Publication:
    """A plain text's publication: what its carrier tells, its dateline with a clock, its file's name, its dateline
    without one, its first words.
    """
    head = dateline.read(text, zones)
    stamps = list(markup_dates.carried(page.told))
    stamps.extend(_dateline_stamps(head, with_clock=True))
    stamps.extend(_named_day(page.told.address, "address"))
    stamps.extend(_named_day(page.file_name, "file name"))
    stamps.extend(_from_words(head, text, zones))
    publisher, publisher_from = _of_text(page, head)
    settled = settle(
        stamps,
        _updates(head),
        head,
        published=published,
        timezone=timezone or _home(head, publisher),
        publisher=publisher,
        layout=publisher,
    )
    return replace(settled, publisher_from=publisher_from)


def of_page(
    page: Page,
    data: PageData,
    text: str,
    *,
    zones: Sequence[ZoneSpan],
    html: str,
    address: str | None,
    publisher: Publisher | None,
    publisher_from: str | None,
    layout: Layout | None,
    told: Iterable[Stamp],
    updates: Iterable[Stamp],
    published: date | None,
    timezone: str | None,
) -> Publication:
    """A page's publication: its markup, its carrier, a dateline with a clock, its address or file's name, its words.

    told, updates: what the publisher's own places hold.
    """
    head = dateline.read(text, zones)
    if publisher is None and (publisher := of_address(head.address)) is not None:
        publisher_from = "text"
    stamps = [*told, *markup_dates.stamps(data), *markup_dates.carried(page.told)]
    stamps.extend(_dateline_stamps(head, with_clock=True))
    stamps.extend(_named_day(address, "address"))
    stamps.extend(_named_day(page.file_name, "file name"))
    stamps.extend(_from_words(head, text, zones))
    if not stamps and published is None:
        guesses = markup_dates.guessed(html, data)
        stamps.extend(one for one in guesses if opening_day.may_be(one.day, text, zones))
    settled = settle(
        stamps,
        [*updates, *markup_dates.changes(data), *_updates(head)],
        head,
        published=published,
        timezone=timezone or _home(head, publisher),
        publisher=publisher,
        layout=layout or publisher,
    )
    return replace(settled, publisher_from=publisher_from)


def _of_text(page: Page, head: Head) -> tuple[Publisher | None, str | None]:
    for found, read_from in (
        (of_address(page.told.address), "address"),
        (of_byline(page.told.publisher), page.told.by or None),
        (of_address(head.address), "text"),
        (of_byline(head.agency), "dateline"),
    ):
        if found is not None:
            return found, read_from
    return None, None


def _home(head: Head, publisher: Publisher | None) -> str:
    """Where the story is at home: the dateline's city, the publisher, the market it opens with."""
    return head.city_zone or (publisher.timezone if publisher else None) or head.home_zone or DEFAULT_TIMEZONE


def _named_day(name: str | None, read_from: str) -> Iterable[Stamp]:
    day = printed.day_in_name(name or "")
    return [Stamp(day=day, read_from=read_from)] if day else []


def _dateline_stamps(head: Head, *, with_clock: bool, updated: bool = False) -> Iterable[Stamp]:
    for one in head.stamps:
        if (one.clock is not None) == with_clock and one.updated == updated:
            yield Stamp(day=one.day, clock=one.clock, zone=one.zone, read_from="dateline")


def _updates(head: Head) -> list[Stamp]:
    return [*_dateline_stamps(head, with_clock=True, updated=True)]


def _from_words(head: Head, text: str, zones: Sequence[ZoneSpan]) -> Iterator[Stamp]:
    """The weaker witnesses: a dateline without a clock or a year, an "updated" alone, a day the first words name."""
    yield from _dateline_stamps(head, with_clock=False)
    if head.filed and (filed := dateline.day_filed(head.filed, text, zones)):
        yield Stamp(day=filed, read_from="dateline")
    yield from _dateline_stamps(head, with_clock=True, updated=True)
    yield from _dateline_stamps(head, with_clock=False, updated=True)
    day = opening_day.day_in_opening(text, zones)
    if day is not None and (head.filed is None or day == head.filed.in_year(day.year)):
        yield Stamp(day=day, read_from="text")


def settle(
    stamps: Iterable[Stamp],
    updates: Iterable[Stamp],
    head: Head,
    *,
    published: date | None,
    timezone: str,
    publisher: Publisher | None,
    layout: Layout | None,
) -> Publication:
    """The first stamp counts; the day of the story's own dateline, where it is just before it, is its "today".

    published: what the user gave. A stamp's own zone is used unless the layout's are known to be wrong.
    """
    candidates = list(stamps)
    home = ZoneInfo(timezone)
    bare = ZoneInfo(publisher.clock) if publisher and publisher.clock else home
    moments = [(_moment(one, home, bare, layout), one) for one in candidates]
    on, at, read_from, clock_of = None, None, None, None
    if published is not None:
        on, read_from = published, "given"
        same = (pair for pair in moments if pair[0] and pair[0].astimezone(home).date() == published)
        at, clock_of = next(same, (None, None))
    elif candidates:
        at, clock_of = moments[0]
        on = at.astimezone(home).date() if at else clock_of.day
        read_from = clock_of.read_from
        filed = head.filed.just_before(on) if head.filed else None
        if filed is not None and filed != on:
            on, read_from = filed, "dateline"
            if clock_of.zone is None and bare == home:
                at = None  # the clock hangs elsewhere, and nothing says where
    if layout is not None and layout.stamps == "day" and clock_of is not None and clock_of.read_from in _FROM_MARKUP:
        at = None
    changed = next(((found, one) for one in updates if (found := _moment(one, home, bare, layout))), None)
    if changed is not None and at is not None and changed[0] < at:
        changed = None  # changed before it was published: one of the two is no such stamp
    return Publication(
        on=on,
        at=at,
        read_from=read_from,
        zone=_zone_name(clock_of, bare, layout) if at and clock_of else None,
        timezone=timezone,
        publisher=publisher,
        publisher_from=None,
        updated_at=changed[0] if changed else None,
        updated_from=changed[1].read_from if changed else None,
        updated_zone=_zone_name(changed[1], bare, layout) if changed else None,
        source=head.source,
    )


def _wrong(stamp: Stamp, layout: Layout | None) -> bool:
    return layout is not None and layout.stamps == "wall_clock" and stamp.read_from in _FROM_MARKUP


def _moment(stamp: Stamp, home: ZoneInfo, bare: ZoneInfo, layout: Layout | None) -> datetime | None:
    """The moment in the story's home zone. bare: the zone of clocks that stand without one."""
    if stamp.clock is None:
        return None
    zone = home if _wrong(stamp, layout) else stamp.zone or bare
    try:
        moment = datetime.combine(stamp.day, stamp.clock, tzinfo=zone)
        moment.astimezone(UTC)
        return moment.astimezone(home)
    except (OverflowError, ValueError):  # year 1 or 9999
        return None


def _zone_name(stamp: Stamp, bare: ZoneInfo, layout: Layout | None) -> str:
    zone = None if _wrong(stamp, layout) else stamp.zone
    return f"assumed {bare.key}" if zone is None else _printed(zone, stamp)


def _printed(zone: tzinfo, stamp: Stamp) -> str:
    """A zone as it can be read again: an IANA name, or the offset."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    assert stamp.clock is not None
    return datetime.combine(stamp.day, stamp.clock, tzinfo=zone).isoformat()[-6:]
