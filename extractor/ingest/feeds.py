"""RSS and Atom feeds become entries. What is asked of the network is not asked here.

feedparser knows the dialects. It gets the feed only after lxml has read it: with no entity and no document type left,
nested no deeper than lxml allows, cut to the entries that are wanted, and well formed. feedparser's own fall-back for
what is not takes time with the square of the nesting.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html.entities import name2codepoint
from typing import Any
from urllib.parse import urljoin

from extractor.domain.errors import SourceError

FULL = 600  # visible characters from which an entry's content is an article and no teaser
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"<[^<>]{0,5000}+>")
_ENTRIES = ("item", "entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed or sitemap.

    link: absolute, None where there is none. id: the feed's own for it. published_at is aware.
    content: HTML of the whole article, None where the feed has a teaser alone.
    """

    link: str | None
    id: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """entries: the first ones, in the feed's order. left_out: how many more there are."""

    entries: tuple[Entry, ...]
    left_out: int


def read_feed(data: bytes, *, source: str, base: str = "", charset: str | None = None, most: int) -> Feed:
    """The first `most` entries. base: the feed's own address. charset: as a header has it.

    Raises SourceError where it is no feed.
    """
    import feedparser

    tidy, left_out = _tidied(data, charset, most)
    if tidy is None:
        raise SourceError(source, "cannot be read as a feed")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base}
    # A stream: a text or bytes would be taken for an address or a file's name first.
    read = feedparser.parse(
        io.BytesIO(tidy), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    return Feed(entries=tuple(_entry(one, base) for one in read.entries[:most]), left_out=left_out)


def moment(given: str) -> tuple[date | None, datetime | None]:
    """A day, or a moment where clock and zone are told. Midnight UTC is how many feeds write a day."""
    text = given.strip()[:80]
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        try:
            read = parsedate_to_datetime(text if ":" in text else f"{text} 00:00")
        except (ValueError, TypeError, IndexError, OverflowError):
            return None, None
    if read.tzinfo is None or ":" not in text:
        return read.date(), None
    try:
        at = read.astimezone(UTC)
    except OverflowError:
        return read.date(), None
    if read.utcoffset() == UTC.utcoffset(None) and (at.hour, at.minute, at.second) == (0, 0, 0):
        return read.date(), None
    return None, read


def _tidied(data: bytes, charset: str | None, most: int) -> tuple[bytes | None, int]:
    """Well-formed XML of the first entries, and how many were cut off; None where there is no XML in it."""
    from lxml import etree

    options = {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "huge_tree": False,
        "recover": True,
        "remove_comments": True,
        "remove_pis": True,
    }
    try:
        parser = etree.XMLParser(encoding=charset, **options)
    except LookupError:
        parser = etree.XMLParser(**options)
    try:
        root = etree.fromstring(_ENTITY.sub(_as_number, data).lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, 0
    if root is None:
        return None, 0
    entries = [one for one in root.iter(etree.Element) if etree.QName(one).localname.lower() in _ENTRIES]
    for one in entries[most:]:
        above = one.getparent()
        if above is not None:
            above.remove(one)
    etree.strip_elements(root, etree.Entity, with_tail=False)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), max(0, len(entries) - most)


def _as_number(match: re.Match[bytes]) -> bytes:
    """&nbsp; is no entity of XML, and stands in feeds all the same."""
    name = match[1].decode("ascii")
    known = name2codepoint.get(name) if name not in _OF_XML else None
    return match[0] if known is None else b"&#%d;" % known


def _entry(one: dict[str, Any], base: str) -> Entry:
    # The plain look-up: feedparser's own would answer with one date where another was asked for.
    dates = (dict.get(one, name) for name in ("published", "updated"))
    day, at = moment(next(filter(None, dates), ""))
    link = _text(one.get("link"))
    return Entry(
        link=urljoin(base, link) if link else None,
        id=_text(one.get("id")),
        title=_plain(one.get("title")),
        byline=_plain(one.get("author")),
        published_on=day,
        published_at=at,
        content=_full(one.get("content") or ()),
    )


def _full(contents: Iterable[Mapping[str, Any]]) -> str | None:
    """The longest of an entry's contents, as HTML, if it is an article."""
    texts = [_as_html(one.get("value") or "", str(one.get("type", "")).lower()) for one in contents]
    longest = max(texts, key=len, default="")
    return longest if len(_plain(longest) or "") >= FULL else None


def _as_html(value: str, media_type: str) -> str:
    if media_type == "text/plain":
        return html.escape(value)
    return value if media_type in ("text/html", "application/xhtml+xml") else ""


def _plain(value: Any) -> str | None:
    """A title without its markup, on one line."""
    if not isinstance(value, str):
        return None
    return _text(html.unescape(_TAG.sub(" ", value)))


def _text(value: Any) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None
