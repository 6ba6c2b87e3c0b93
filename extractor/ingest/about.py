"""What an HTML page tells of its article beside the text: read before the page is taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from extractor.domain.article import Article, PageKind, Provenance, ZoneSpan
from extractor.domain.page import Page
from extractor.ingest import addresses, credits, layouts, markup_dates, metadata, publication
from extractor.ingest.addresses import Addresses
from extractor.ingest.credits import Found
from extractor.ingest.markup_dates import Stamp
from extractor.ingest.metadata import PageData
from extractor.rules.publishers import Layout, Publisher, of_address, of_byline

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """title, byline, section: with where each was read. published, updated: what the publisher's own places say."""

    data: PageData
    addresses: Addresses
    publisher: Publisher | None
    publisher_from: str | None
    layout: Layout | None
    title: Found | None
    byline: Found | None
    section: Found | None
    published: tuple[Stamp, ...]
    updated: tuple[Stamp, ...]

    @property
    def furniture(self) -> tuple[str, ...]:
        return self.layout.furniture if self.layout else ()


def look(page: Page, tree: HtmlElement) -> About:
    """The tree is left as it is."""
    data = metadata.collect(tree)
    found = _addresses(page, data)
    publisher, publisher_from = of_address(found.own) or of_address(found.canonical), "address"
    if publisher is None:
        publisher, publisher_from = of_byline(page.told.publisher), page.told.by or "record"
    layout = None
    if publisher is not None:
        day = next((one.day for one in (*markup_dates.stamps(data), *markup_dates.carried(page.told))), None)
        layout = layouts.choose(tree, data, publisher, day)
    told = layout or _NOTHING
    return About(
        data=data,
        addresses=found,
        publisher=publisher,
        publisher_from=publisher_from if publisher else None,
        layout=layout,
        title=_title(page, tree, data, told),
        byline=_writer(_own(tree, data, told.byline)) or credits.byline(data) or _carried(page, "byline"),
        section=_own(tree, data, told.section) or credits.section(data) or _carried(page, "section"),
        published=tuple(layouts.dates(tree, data, told.published)),
        updated=tuple(layouts.dates(tree, data, told.updated)),
    )


def article(
    page: Page,
    about: About,
    text: str,
    *,
    zones: Sequence[ZoneSpan],
    kind: PageKind,
    html: str,
    published: date | None,
    timezone: str | None,
) -> Article:
    """The article of a page whose text was found. published, timezone: what the user says."""
    known = publication.of_page(
        page,
        about.data,
        text,
        zones=zones,
        html=html,
        address=about.addresses.canonical or about.addresses.own,
        publisher=about.publisher,
        publisher_from=about.publisher_from,
        layout=about.layout,
        told=about.published,
        updates=about.updated,
        published=published,
        timezone=timezone,
    )
    byline = about.byline or credits.byline_of_text(text, zones)
    named: Found | tuple[None, None]
    if known.publisher is not None:
        named = known.publisher.name, known.publisher_from or "address"
    else:
        named = about.data.site or _carried(page, "publisher") or (None, None)
    return Article(
        name=page.name,
        source=page.source,
        text=text,
        title=about.title[0] if about.title else None,
        zones=tuple(zones),
        published_on=known.on,
        published_at=known.at,
        published_from=known.read_from,
        timezone=known.timezone,
        publisher=named[0],
        url=about.addresses.canonical,
        byline=byline[0] if byline else None,
        section=about.section[0] if about.section else None,
        updated_at=known.updated_at,
        told_by=Provenance(
            title=about.title[1] if about.title else None,
            byline=byline[1] if byline else None,
            publisher=named[1],
            section=about.section[1] if about.section else None,
            url=about.addresses.read_from,
            updated=known.updated_from,
            published_zone=known.zone,
            updated_zone=known.updated_zone,
        ),
        file_time=page.file_time,
        kind=kind,
    )


def _addresses(page: Page, data: PageData) -> Addresses:
    source = page.source if page.source.startswith(("http://", "https://")) else None
    named = [*data.addresses, (page.told.address, page.told.by or "record"), (source, "address")]
    own = (page.told.address, source, data.meta.get("og:url"))
    return addresses.choose(named, own=own, base=data.base or page.told.address or source)


def _title(page: Page, tree: HtmlElement, data: PageData, layout: Layout) -> Found | None:
    """The page's own, then the carrier's; but what a mail is called stands in its subject, not in its <title>."""
    carried = _carried(page, "title")
    if carried and page.told.by == "mail":
        return carried
    return _own(tree, data, layout.title) or metadata.headline(data, page.told.title) or carried


def _own(tree: HtmlElement, data: PageData, places: Sequence[str]) -> Found | None:
    """What the publisher's own places hold."""
    value = next(layouts.values(tree, data, places), None)
    return (metadata.cleaned(value), "publisher") if value else None


def _writer(found: Found | None) -> Found | None:
    name = credits.name_in(found[0]) if found else None
    return (name, "publisher") if name else None


def _carried(page: Page, field: str) -> Found | None:
    value = getattr(page.told, field)
    return (value, page.told.by or "record") if value else None


_NOTHING = Layout(checked=date(2026, 1, 1), sure="memory")
