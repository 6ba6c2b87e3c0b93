"""What a page says of itself: JSON-LD, meta elements, time elements, links, names of writers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any

from extractor.ingest import furniture

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
# Elements that a page marks as a writer's name or as the line that holds it, the surest first.
_WRITER_CLASSES = frozenset({"byline", "author-name", "article-author"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """meta: values by lower-case name, the first of each. structured: JSON-LD objects, articles first.

    times: (attribute, text, itemprop or class) of time elements in order. headings: texts of h1 elements.
    writers: texts of elements that are marked as an author's name or a byline. base: what relative links start from.
    """

    meta: dict[str, str]
    structured: tuple[dict[str, Any], ...]
    times: tuple[tuple[str, str, str], ...] = ()
    headings: tuple[str, ...] = ()
    title: str | None = None
    canonical: str | None = None
    writers: tuple[str, ...] = ()
    base: str | None = None

    def text(self, key: str) -> str | None:
        """A string of the page's JSON-LD, articles before other objects."""
        return next((value for one in self.structured if isinstance(value := one.get(key), str) and value), None)

    def article(self, key: str) -> Any:
        """A value of the page's JSON-LD article, whatever its shape; None where it has none."""
        return next((one[key] for one in self.structured if _is_article(one) and one.get(key)), None)

    def named(self, name: str) -> tuple[str, str] | None:
        """The value of a meta element or JSON-LD key of this name, and which of the two it is."""
        if value := self.meta.get(name.lower()):
            return value, "meta"
        return (value, "json-ld") if (value := self.text(name)) else None

    @property
    def addresses(self) -> list[tuple[str | None, str]]:
        """Every address the page names as its own and where, the most trustworthy first."""
        entity = self.article("mainEntityOfPage")
        if isinstance(entity, dict):
            entity = entity.get("@id") or entity.get("url")
        return [
            (self.canonical, "link"),
            (self.meta.get("og:url"), "meta"),
            (self.meta.get("twitter:url"), "meta"),
            (entity if isinstance(entity, str) else None, "json-ld"),
            (self.text("url"), "json-ld"),
        ]

    @property
    def site(self) -> tuple[str, str] | None:
        """The name of the site, and where it is told."""
        owner = self.article("publisher")
        owner = owner[0] if isinstance(owner, list) and owner else owner
        name = owner.get("name") if isinstance(owner, dict) else owner
        if isinstance(name, str) and name.strip():
            return cleaned(name), "json-ld"
        told = self.meta.get("og:site_name") or self.meta.get("application-name")
        return (cleaned(told), "meta") if told else None


def collect(tree: HtmlElement) -> PageData:
    meta: dict[str, str] = {}
    times: list[tuple[str, str, str]] = []
    headings: list[str] = []
    scripts: list[str] = []
    title = canonical = base = None
    for element in tree.iter("meta", "link", "script", "time", "h1", "title", "base"):
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
        elif element.tag == "base":
            base = base or get("href")
        elif title is None:
            title = _words(element) or None
    for element in _published()(tree):
        meta.setdefault("datepublished", element.get("content").strip())
    return PageData(
        meta=meta,
        structured=_structured(scripts),
        times=tuple(times[:20]),
        headings=tuple(heading for heading in headings[:10] if heading),
        title=title,
        canonical=canonical,
        writers=tuple(islice(filter(None, map(_words, islice(_writers(tree), 20))), 5)),
        base=base,
    )


def _writers(tree: HtmlElement) -> Iterator[Any]:
    """The elements that name who wrote the page: of an author in microdata his name, where that stands apart."""
    for element in _in_microdata()(tree):
        yield from (_names_in()(element) or [element]) if element.get("itemprop") == "author" else [element]
    yield from furniture.named(tree, "class", _names_writers)


@cache
def _published() -> Any:
    from lxml.etree import XPath

    return XPath("body/descendant::*[@itemprop='datePublished'][@content]")


def _names_writers(names: str) -> bool:
    return not _WRITER_CLASSES.isdisjoint(names.split())


@cache
def _in_microdata() -> Any:
    from lxml.etree import XPath

    return XPath("descendant::*[@itemprop='author' or @rel='author']")


@cache
def _names_in() -> Any:
    from lxml.etree import XPath

    return XPath(".//*[@itemprop='name']")


def is_article(data: PageData) -> bool:
    """Whether the page says of itself that it is an article."""
    return data.meta.get("og:type", "").strip().lower() == "article" or any(map(_is_article, data.structured))


def is_closed(data: PageData) -> bool:
    """Whether it says that it is not free to read."""
    told = next((one["isAccessibleForFree"] for one in data.structured if "isAccessibleForFree" in one), None)
    return told is not None and str(told).strip().lower() in ("false", "no", "0", "http://schema.org/false")


def headline(data: PageData, carried: str | None = None) -> tuple[str, str] | None:
    """The title as the page shows it, and where: the h1 that its metadata confirm, else what the metadata say.

    carried: what the page's carrier calls it, which confirms an h1 as the page's own metadata do.
    """
    told = [
        (cleaned(one), read_from)
        for one, read_from in (
            (data.text("headline"), "json-ld"),
            (data.meta.get("og:title"), "meta"),
            (data.meta.get("dc.title"), "meta"),
            (data.meta.get("twitter:title"), "meta"),
        )
        if one and one.strip()
    ]
    wanted = [_key(one) for one, _ in told] + [_key(carried or "")]
    for heading in data.headings:
        key = _key(heading)
        if len(key) >= 10 and any(key in one or one in key for one in wanted if len(one) >= 10):
            return heading, "heading"
    sites = [data.site[0]] if data.site else []
    if told:
        return _without_site(told[0][0], sites), told[0][1]
    if len(data.headings) == 1 and len(data.headings[0]) >= 10:
        return data.headings[0], "heading"
    if carried:
        return None  # a carrier knows better than a browser's window
    return (_without_site(cleaned(data.title), sites, loose=True), "title element") if data.title else None


def cleaned(text: str) -> str:
    """Without entities that structured data leave in, and with single spaces."""
    return _SPACES.sub(" ", unescape(text)).strip()


def at_path(tree: HtmlElement, path: str) -> str | None:
    """The words of the first element, or the value of the first attribute, that an XPath finds."""
    for found in tree.xpath(path)[:20]:
        words = cleaned(found) if isinstance(found, str) else _words(found)
        if words:
            return words
    return None


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


def _without_site(title: str, sites: Iterable[str], *, loose: bool = False) -> str:
    """A title without the site's name after a bar or a dash, where enough is left to be one.

    loose: what stands behind a dash need not be a name that the page calls itself, if it has no figure in it.
    """
    names = {_key(site) for site in sites}
    for mark in (" | ", " — ", " – ", " - "):
        head, found, tail = title.rpartition(mark)
        if not found or len(tail) > 30:
            continue
        ours = any(_key(tail) in (name, name.removesuffix("com")) for name in names)
        other = len(head.split()) >= 4 and (mark == " | " or (loose and not any(map(str.isdigit, tail))))
        if (ours and len(head.split()) >= 2) or other:
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
