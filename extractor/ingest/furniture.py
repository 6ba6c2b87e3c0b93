"""Takes out of a page's tree what its own names call furniture: related stories, newsletters, share bars, comments."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from extractor.ingest import tables
from extractor.rules import furniture

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from extractor.rules.furniture import FurnitureRule

# fmt: off
_NAMED = frozenset({
    "div", "section", "aside", "ul", "ol", "p", "span", "article", "table", "dl", "figure", "figcaption", "h2",
    "h3", "h4", "a", "details", "header", "footer",
})
# fmt: on
_INLINE = frozenset({"time", "label", "output"})
_HOLDS_WORDS = frozenset(
    {"p", "li", "td", "th", "blockquote", "span", "em", "strong", "b", "i", "h2", "h3", "a", "font"}
)
_SENTENCES = frozenset({"p", "div", "section", "span", "li"})
# fmt: off
_PHRASES = frozenset({
    "a", "abbr", "b", "bdi", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
})
# fmt: on
# fmt: off
_NEVER_TEXT = (
    "head", "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "nav", "button",
    "select", "datalist", "video", "audio", "picture", "canvas", "map", "img", "input", "textarea", "source",
    "link", "meta",
)
# fmt: on
_FEW = 60  # different names that are looked for one by one
_NEAR = 6  # ancestors of a paragraph that may be the body it belongs to
_MOST = 2_000  # elements that are weighed; a page has some dozens that need it
_PROSE = 60  # characters; a shorter stretch of text is a label, a link or a cell


def strip(tree: HtmlElement, title: str | None) -> None:
    """Changes the tree. What stays: everything whose name says nothing, and what holds the article whatever its name.

    The text behind an element that goes stays where it was.
    """
    from lxml import etree

    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    page = _Page(tree, title)
    for attribute in ("class", "id"):
        for element in named(tree, attribute, lambda names: furniture.of_names(names) is not None):
            if rule := furniture.of_names(element.get(attribute)):
                page.take(element, rule)
    for heading in tree.iter("h2", "h3", "h4", "h5", "h6"):
        words = " ".join("".join(heading.itertext()).split())
        if words and (rule := furniture.of_heading(words)) and (element := _headed(heading)) is not None:
            page.take(element, rule)
    for element in page.outermost():
        element.drop_tree()


def shield(tree: HtmlElement) -> None:
    """Changes the tree so that a finder of the main text keeps what it would drop for a name or a tag alone.

    Sentences lose names that sound like furniture ("expand", "bar-chart", "slide"), and are paragraphs; a clock or a
    label inside a sentence becomes a span of it; elements of a site's own making become what HTML has for them; an
    aside of key points a section.
    """
    for element in _odd()(tree):
        parent = element.getparent()
        inside = parent is not None and parent.tag in _HOLDS_WORDS
        if element.tag == "aside":
            element.tag = "section" if _is_summary(element) else "aside"
        elif element.tag in _INLINE:
            element.tag = "span" if inside else element.tag
        elif not element.tag.startswith("amp-"):
            element.tag = "span" if inside else "p" if _is_sentence(element) else "div"
    for element in _wordy()(tree):
        if _is_sentence(element):
            element.tag = "p"
    for element in named(tree, "class", furniture.is_doubtful):
        if element.tag in _SENTENCES and _is_sentence(element):
            del element.attrib["class"]


def named(tree: HtmlElement, attribute: str, wanted: Callable[[str], bool]) -> list[HtmlElement]:
    """Elements whose class or id is wanted. A page has few different ones, so each is asked about once."""
    values = [value for value in dict.fromkeys(_values(attribute)(tree)) if len(value) > 1 and wanted(value)]
    if len(values) > _FEW:
        known = frozenset(values)
        return [element for element in tree.iter() if element.get(attribute) in known]
    return [element for value in values for element in _having(attribute)(tree, names=value)]


@cache
def _values(attribute: str) -> Any:
    return _path(f".//@{attribute}")


@cache
def _having(attribute: str) -> Any:
    return _path(f".//*[@{attribute} = $names]")


@cache
def _odd() -> Any:
    own = " or ".join(f"self::{tag}" for tag in ("aside", *sorted(_INLINE)))
    return _path(f".//*[{own} or contains(local-name(), '-')]")


@cache
def _wordy() -> Any:
    return _path(".//div[text()[string-length(normalize-space(.)) >= 15]]")


@cache
def _path(path: str) -> Any:
    from lxml.etree import XPath

    return XPath(path, smart_strings=False)


def point_out(tree: HtmlElement) -> None:
    """Marks the innermost element that holds nearly all prose of the page as the article's body.

    Where nothing holds so much (comments as long as the story, a story in two halves) the tree stays as it is.
    """
    held: dict[HtmlElement, int] = {}
    total = 0
    for paragraph in tree.iter("p"):
        text = "".join(paragraph.itertext())
        if len(text) < _PROSE or not tables.is_sentence(text):
            continue
        total += len(text)
        for ancestor, _ in zip(paragraph.iterancestors(), range(_NEAR), strict=False):
            held[ancestor] = held.get(ancestor, 0) + len(text)
    best = next(
        (element for element, size in sorted(held.items(), key=lambda pair: pair[1]) if size * 20 >= total * 17), None
    )
    if best is not None and best.tag in ("div", "section", "article", "main") and len(held) > 1:
        best.set("itemprop", "articleBody")


def _is_summary(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if furniture.is_summary(names):
        return True
    heading = next(element.iter("h2", "h3", "h4", "h5", "strong"), None)
    return heading is not None and furniture.heads_summary(" ".join("".join(heading.itertext()).split()))


def _is_sentence(element: HtmlElement) -> bool:
    """Whether an element's own words are a sentence: not its blocks', and not a link's."""
    if any(child.tag not in _PHRASES for child in element):
        return False
    words = " ".join("".join(element.itertext()).split())
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return linked * 2 < len(words) and words.rstrip("\"'”’) ").endswith((".", "?", "!")) and tables.is_sentence(words)


class _Page:
    """What of a page is to go, and how much prose there is in all."""

    def __init__(self, tree: HtmlElement, title: str | None) -> None:
        self._gone: dict[Any, None] = {}
        self._tree = tree
        self._title = _key(title or "")
        self._all: int | None = None
        self._weighed = 0

    def take(self, element: HtmlElement, rule: FurnitureRule) -> None:
        if element.getparent() is None or element.tag not in _NAMED or self._is_gone(element, *element.iterancestors()):
            return
        self._weighed += 1
        if self._weighed > _MOST:
            return
        if self._all is None:
            self._all = _prose(self._tree)
        if not self._holds_article(element, most=rule.share * self._all):
            self._gone[element] = None

    def outermost(self) -> list[HtmlElement]:
        return [element for element in self._gone if not self._is_gone(*element.iterancestors())]

    def _is_gone(self, *elements: HtmlElement) -> bool:
        return any(element in self._gone for element in elements)

    def _holds_article(self, element: HtmlElement, *, most: float) -> bool:
        if element.tag == "body" or element.get("itemprop") == "articleBody":
            return True
        if element.find(".//*[@itemprop='articleBody']") is not None:
            return True
        if any(_key("".join(heading.itertext())) == self._title for heading in element.iter("h1")):
            return True
        return _prose(element) > most


def _headed(heading: HtmlElement) -> HtmlElement | None:
    """The element that a heading stands at the top of, with what it heads; None where it is one of several things."""
    element = heading
    for parent in heading.iterancestors():
        if parent.tag in ("body", "html", "main") or parent[0] is not element or (parent.text or "").strip():
            break
        element = parent
        if len(parent) > 1:
            break
    return element if element is not heading and len(element) > 1 else None


def _prose(element: HtmlElement) -> int:
    """Characters of an element's text that stand in stretches long enough to be sentences, outside links."""
    return sum(map(len, _stretches()(element)))


@cache
def _stretches() -> Any:
    return _path(f".//text()[string-length(.) >= {_PROSE}][not(parent::a)]")


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
