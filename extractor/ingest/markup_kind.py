"""Whether bytes are a feed or a sitemap, whatever their name and their media type say."""

from __future__ import annotations

import io
import re
from typing import Literal

Kind = Literal["feed", "sitemap"]

_ROOTS: dict[str, Kind] = {
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_OPENING = re.compile(rb"<(?:[a-z0-9_-]{1,20}:)?(?:rss|rdf|feed|urlset|sitemapindex)[\s>]")
_HEAD = 4_000  # bytes in which the root element begins


def kind_of(data: bytes) -> Kind | None:
    """By the root element; None for everything else, pages among them."""
    head = data[:_HEAD].replace(b"\0", b"").lower()  # UTF-16 with its zeros taken out is near enough to ASCII
    return _ROOTS.get(_root(data)) if _OPENING.search(head) else None


def _root(data: bytes) -> str:
    from lxml import etree

    start = etree.iterparse(
        io.BytesIO(data.lstrip()),
        events=("start",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, element in start:
            return str(etree.QName(element).localname).lower()
    except (etree.XMLSyntaxError, ValueError):
        pass
    return ""
