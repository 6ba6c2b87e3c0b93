"""An article as it is stored: its text, what is known of its publication, and its zones."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo


class Zone(StrEnum):
    """The part of a page a stretch of text belongs to."""

    TITLE = "title"
    BODY = "body"
    QUOTES = "quotes"
    BOILERPLATE = "boilerplate"


class PageKind(StrEnum):
    """What a page is. Only articles, and paywall stubs as far as they go, are read; the others are failures."""

    ARTICLE = "article"
    INDEX = "index"
    QUOTE_PAGE = "quote page"
    ERROR = "error"
    PAYWALL_STUB = "paywall stub"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneSpan:
    """`text[start:end]` lies in `zone`. Zones of an article are sorted, do not overlap and leave no gap."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where each thing that is known of an article was read; None where the thing is not known.

    One of "given" (the user said it), "publisher" (a publisher's rules named the place), "json-ld", "meta", "link",
    "heading", "title element", "time element", "htmldate", "dateline", "byline", "text", "address", "file name",
    or the carrier that told it: "record", "mail", "feed", "archive".
    published_zone, updated_zone: the zone of the clock that was read, as an IANA name or an offset ("+05:30"); with
    "assumed " before it where the clock had none beside it, and where the article is from decided.
    """

    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    section: str | None = None
    url: str | None = None
    updated: str | None = None
    published_zone: str | None = None
    updated_zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article.

    text: what every claim's offsets count in, in Unicode code points; never changed after reading.
    published_on: the day its "today" means, in `timezone`; None where nothing on the page tells.
    published_at: the moment of first publication, aware, where a clock time is known.
    published_from: where the date was read, in the words of `Provenance`, or None.
    updated_at: when the publisher last changed it, aware; never what "today" means.
    url: its canonical address, normalised: no tracking parameters, no fragment.
    told_by: where the rest was read. file_time: when the file was last changed; no date of the article.
    """

    name: str
    source: str
    text: str
    title: str | None = None
    zones: tuple[ZoneSpan, ...] = ()
    published_on: date | None = None
    published_at: datetime | None = None
    published_from: str | None = None
    timezone: str = "America/New_York"
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    section: str | None = None
    updated_at: datetime | None = None
    told_by: Provenance = Provenance()
    file_time: datetime | None = None
    kind: PageKind = PageKind.ARTICLE

    @property
    def id(self) -> str:
        """Same name and same text, same id: a second run finds what the first one stored."""
        return _digest(self.name, self.text)

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def zone_at(self, offset: int) -> Zone:
        """The zone that holds the character at `offset`; body where none was marked."""
        position = bisect_right(self.zones, offset, key=lambda span: span.start) - 1
        if position >= 0 and offset < self.zones[position].end:
            return self.zones[position].zone
        return Zone.BODY

    @property
    def readable(self) -> str:
        """The text with its boilerplate blanked out: what annotation sees. Offsets and line breaks stay.

        What is blank at its end is left off, for nothing is there to be found.
        """
        parts: list[str] = []
        done = 0
        for span in self.zones:
            if span.zone is Zone.BOILERPLATE:
                parts += [self.text[done : span.start], _INK.sub(" ", self.text[span.start : span.end])]
                done = span.end
        return "".join([*parts, self.text[done:]]).rstrip()


_INK = re.compile(r"[^\r\n]")


@lru_cache(maxsize=4)  # every claim of an article asks for its id
def _digest(name: str, text: str) -> str:
    return hashlib.sha256(f"{name}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
