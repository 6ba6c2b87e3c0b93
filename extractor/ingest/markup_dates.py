"""Dates that a page's markup carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from extractor.domain.page import Told
from extractor.ingest.metadata import PageData
from extractor.ingest.printed import printed_dates

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

    read_from: in the words of `Provenance`.
    """

    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    read_from: str


def stamps(data: PageData) -> Iterator[Stamp]:
    """Stamps of first publication, the most trustworthy first: JSON-LD, meta, time elements."""
    for key in ("datePublished", "dateCreated"):
        yield from stamp(data.text(key), "json-ld")
    for name in _META:
        yield from stamp(data.meta.get(name), "meta")
    for attribute, words, role in data.times:
        if not _tells_change(role, words):
            yield from stamp(attribute or words, "time element")


def changes(data: PageData) -> Iterator[Stamp]:
    """Stamps of the last change, in the same order."""
    yield from stamp(data.text("dateModified"), "json-ld")
    for name in _CHANGED:
        yield from stamp(data.meta.get(name), "meta")
    for attribute, words, role in data.times:
        if _tells_change(role, words):
            yield from stamp(attribute or words, "time element")


def carried(told: Told) -> Iterator[Stamp]:
    """What the carrier of a page says of its publication."""
    by = told.by or "record"
    if told.published_at is not None:
        moment = told.published_at
        yield Stamp(day=moment.date(), clock=moment.time(), zone=moment.tzinfo, read_from=by)
    elif told.published_on is not None:
        yield Stamp(day=told.published_on, read_from=by)


def guessed(html: str, data: PageData) -> Iterator[Stamp]:
    """What htmldate makes of a page that says nothing plainly; the day of its last change is no answer.

    It walks the whole page and tries many patterns on it, so it is asked only where nothing else told.
    """
    from htmldate import find_date

    try:
        found = find_date(html, original_date=True, extensive_search=False)
    except (ValueError, RecursionError):
        return
    changed = {(data.meta.get(name) or "")[:10] for name in _CHANGED} | {(data.text("dateModified") or "")[:10]}
    if found not in changed:
        yield from stamp(found, "htmldate")


def _tells_change(role: str, words: str) -> bool:
    role = role.lower()
    return "modif" in role or "update" in role or words.lower().startswith(("updated", "last updated", "modified"))


def stamp(value: str | None, read_from: str) -> Iterator[Stamp]:
    """The date that a value of a page's markup holds, in whichever form; nothing where it holds none."""
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
        for one in printed_dates(value):
            yield Stamp(day=one.day, clock=one.clock, zone=one.zone, read_from=read_from)
            return
        return
    yield Stamp(day=moment.date(), clock=moment.time(), zone=moment.tzinfo, read_from=read_from)
