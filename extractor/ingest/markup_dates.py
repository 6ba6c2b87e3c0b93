"""Dates that a page's markup carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from extractor.ingest import dateline
from extractor.ingest.metadata import PageData
from extractor.rules.publishers import Publisher

# First publication only: what was changed last is not when the story was told.
_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "article.published",
    "article:published",
    "datepublished",
    "cxenseparse:recs:publishtime",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "published-date",
    "date.created",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "originalpublicationdate",
    "date",
)
_CHANGED = ("article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "last-modified")
_ISO_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A date as read: with a clock where one is printed, and the zone of that clock where one is printed too.

    read_from: "json-ld", "meta", "time element", "dateline", "file name", "text", "address", "given".
    """

    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    read_from: str


def stamps(data: PageData, publisher: Publisher | None) -> Iterator[Stamp]:
    """Stamps of first publication, the most trustworthy first: the publisher's own, JSON-LD, meta, time elements."""
    for name in publisher.published if publisher else ():
        yield from _stamp(data.meta.get(name.lower()) or data.text(name), "meta")
    for key in ("datePublished", "dateCreated"):
        yield from _stamp(data.text(key), "json-ld")
    for name in _META:
        yield from _stamp(data.meta.get(name), "meta")
    for attribute, words, role in data.times:
        if "modif" in role.lower() or "update" in role.lower() or words.lower().startswith("updated"):
            continue
        yield from _stamp(attribute or words, "time element")


def guessed(html: str, data: PageData) -> Iterator[Stamp]:
    """What htmldate makes of a page that says nothing plainly; the day of its last change is no answer."""
    from htmldate import find_date

    try:
        found = find_date(html, original_date=True, extensive_search=False)
    except (ValueError, RecursionError):
        return
    changed = {(data.meta.get(name) or "")[:10] for name in _CHANGED} | {(data.text("dateModified") or "")[:10]}
    if found not in changed:
        yield from _stamp(found, "htmldate")


def _stamp(value: str | None, read_from: str) -> Iterator[Stamp]:
    if not value or len(value) > 100:
        return
    if match := _ISO_DAY.fullmatch(value):
        try:
            yield Stamp(day=date(*map(int, match.groups())), read_from=read_from)
        except ValueError:
            return
        return
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        for one in dateline.printed_dates(value):
            yield Stamp(day=one.day, clock=one.clock, zone=one.zone, read_from=read_from)
            return
        return
    yield Stamp(day=moment.date(), clock=moment.time(), zone=moment.tzinfo, read_from=read_from)
