"""Sitemaps become entries: of pages, of news with title and date, or of further sitemaps."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from extractor.domain.errors import SourceError
from extractor.ingest.feeds import Entry, moment

LONGEST = 50_000  # addresses; the protocol allows no more in one file


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """pages: entries with links, in the file's order. children: addresses of further sitemaps, the latest first.

    left_out: how many pages were passed over because others changed later.
    """

    pages: tuple[Entry, ...]
    children: tuple[str, ...]
    left_out: int


def read_sitemap(data: bytes, *, source: str, most: int) -> Sitemap:
    """The `most` pages that changed last. Raises SourceError where nothing can be read in it."""
    pages: list[tuple[float, int, Entry]] = []
    children: list[tuple[float, int, str]] = []
    total = 0
    for number, (kind, found) in enumerate(_located(data)):
        total += kind == "url"
        if number >= LONGEST:
            continue
        changed = _changed(found)
        if kind == "url":
            pages.append((changed, number, _entry(found)))
        else:
            children.append((-changed, number, found["loc"]))
    if not pages and not children:
        raise SourceError(source, "no addresses in this sitemap")
    latest = sorted(pages, key=lambda page: (-page[0], page[1]))[:most]
    return Sitemap(
        pages=tuple(entry for _, _, entry in sorted(latest, key=lambda page: page[1])),
        children=tuple(address for _, _, address in sorted(children)),
        left_out=max(0, total - most),
    )


def _located(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each url or sitemap element with the texts in it, by their tags; of an image or a video inside, nothing."""
    from lxml import etree

    walk = etree.iterparse(
        io.BytesIO(data.lstrip()),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, element in walk:
            found = _texts(element)
            if found.get("loc"):
                yield etree.QName(element).localname, found
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        return


def _texts(element: Any) -> dict[str, str]:
    from lxml import etree

    found: dict[str, str] = {}
    inside = [*element, *element.iterfind("{*}news/*"), *element.iterfind("{*}news/{*}publication/*")]
    for one in inside:
        if isinstance(one.tag, str) and one.text:
            found.setdefault(etree.QName(one).localname, " ".join(one.text.split()))
    return found


def _entry(found: dict[str, str]) -> Entry:
    day, at = moment(found.get("publication_date", ""))
    return Entry(
        link=found["loc"],
        title=found.get("title") or None,
        publisher=found.get("name") or None,
        published_on=day,
        published_at=at,
    )


def _changed(found: dict[str, str]) -> float:
    """When a page last changed, as seconds; 0 where it does not say."""
    day, at = moment(found.get("lastmod") or found.get("publication_date") or "")
    try:
        return (at or datetime.combine(day or date(1970, 1, 1), time(), UTC)).timestamp()
    except (OverflowError, ValueError):
        return 0.0
