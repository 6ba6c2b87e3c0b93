"""What a page says of itself: JSON-LD, meta elements, time elements, links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = frozenset(
    {
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "blogposting",
        "liveblogposting",
        "report",
    }
)
_LARGEST_SCRIPT = 2_000_000  # characters of one JSON-LD script
_DECK = re.compile(r"sub-?(?:head|title)|\bde(?:ck|k)\b|standfirst|summary|-de(?:ck|k)\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """meta: values by lower-case name, the first of each. structured: JSON-LD objects, articles first.

    times: (attribute, text, itemprop) of time elements in order. headings: texts of h1 elements.
    """

    meta: dict[str, str]
    structured: tuple[dict[str, Any], ...]
    times: tuple[tuple[str, str, str], ...] = ()
    headings: tuple[str, ...] = ()
    title: str | None = None
    canonical: str | None = None

    def text(self, key: str) -> str | None:
        """A string of the page's JSON-LD, articles before other objects."""
        return next((value for one in self.structured if isinstance(value := one.get(key), str) and value), None)

    @property
    def address(self) -> str | None:
        return self.canonical or self.meta.get("og:url") or self.meta.get("twitter:url") or self.text("url")


def collect(tree: HtmlElement) -> PageData:
    meta: dict[str, str] = {}
    times: list[tuple[str, str, str]] = []
    headings: list[str] = []
    scripts: list[str] = []
    title = canonical = None
    for element in tree.iter("meta", "link", "script", "time", "h1", "title"):
        get = element.get
        if element.tag == "meta":
            name = get("property") or get("name") or get("itemprop")
            value = get("content") or get("value")
            if name and value:
                meta.setdefault(name.strip().lower(), value.strip())
        elif element.tag == "link":
            if canonical is None and (get("rel") or "").lower() == "canonical":
                canonical = get("href")
        elif element.tag == "script":
            if "ld+json" in (get("type") or "") and element.text and len(element.text) <= _LARGEST_SCRIPT:
                scripts.append(element.text)
        elif element.tag == "time":
            times.append(
                (get("datetime") or get("content") or "", _words(element), get("itemprop") or get("class") or "")
            )
        elif element.tag == "h1":
            headings.append(_words(element))
        elif title is None:
            title = _words(element) or None
    for element in tree.xpath("//body//*[@itemprop='datePublished'][@content]"):
        meta.setdefault("datepublished", element.get("content").strip())
    return PageData(
        meta=meta,
        structured=_structured(scripts),
        times=tuple(times[:20]),
        headings=tuple(heading for heading in headings[:10] if heading),
        title=title,
        canonical=canonical,
    )


def is_article(data: PageData) -> bool:
    """Whether the page says of itself that it is an article."""
    return data.meta.get("og:type", "").strip().lower() == "article" or any(map(_is_article, data.structured))


def is_closed(data: PageData) -> bool:
    """Whether it says that it is not free to read."""
    told = next((one["isAccessibleForFree"] for one in data.structured if "isAccessibleForFree" in one), None)
    return told is not None and str(told).strip().lower() in ("false", "no", "0", "http://schema.org/false")


def headline(data: PageData) -> str | None:
    """The title as the page shows it: the h1 that its metadata confirm, else what the metadata say."""
    told = [
        _SPACES.sub(" ", one).strip()
        for one in (
            data.text("headline"),
            data.meta.get("og:title"),
            data.meta.get("dc.title"),
            data.meta.get("twitter:title"),
        )
        if one and one.strip()
    ]
    wanted = [_key(one) for one in told]
    for heading in data.headings:
        key = _key(heading)
        if len(key) >= 10 and any(key in one or one in key for one in wanted if len(one) >= 10):
            return heading
    if told:
        return _without_site(told[0])
    if len(data.headings) == 1 and len(data.headings[0]) >= 10:
        return data.headings[0]
    return _without_site(_SPACES.sub(" ", data.title).strip()) if data.title else None


def deck(tree: HtmlElement, title: str | None) -> str | None:
    """The line under the headline, where its class says that it is one."""
    wanted = _key(title or "")
    for heading in tree.iter("h1"):
        if not wanted or _key(_words(heading)) != wanted:
            continue
        for sibling in islice(heading.itersiblings(), 3):
            if sibling.tag in ("h2", "h3", "p", "div") and _DECK.search(sibling.get("class") or ""):
                words = _words(sibling)
                if 20 <= len(words) <= 400:
                    return words
    return None


def _without_site(title: str) -> str:
    """A title without the site's name after a bar or a dash, where enough is left to be one."""
    for mark in (" | ", " — ", " – ", " - "):
        head, found, tail = title.rpartition(mark)
        if found and len(tail) <= 30 and len(head.split()) >= 4:
            return head.strip()
    return title


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _words(element: Any) -> str:
    return _SPACES.sub(" ", "".join(element.itertext())).strip()


def _structured(scripts: Sequence[str]) -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    for script in scripts:
        try:
            found.extend(_objects(json.loads(script.strip(), strict=False)))
        except (ValueError, RecursionError):  # not JSON, or nested without end
            continue
    return tuple(sorted(found, key=lambda one: not _is_article(one)))


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects a script holds: itself, the members of a list, an @graph."""
    if depth > 4:
        return
    if isinstance(value, list):
        for member in value[:50]:
            yield from _objects(member, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), depth + 1)


def _is_article(value: dict[str, Any]) -> bool:
    kinds = value.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.casefold() in _ARTICLE_TYPES for kind in named)
