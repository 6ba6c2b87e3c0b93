"""Live quotes that a page puts into its sentences: a symbol and its figure of the moment the page was loaded.

They stay in the text, so that sentences stand as they are read, and are told apart by two marks that no text has:
`mark` sets them in the tree, `unmark` takes them out again and says where they were.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from extractor.ingest import furniture
from extractor.rules.quote_forms import Slice

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Brackets with quills: printable, so that no reader of HTML takes them for control characters, and in no news.
OPEN, CLOSE = "\u2045", "\u2046"

_LONGEST = 80  # characters of a chip
_SYMBOL_ATTRIBUTES = ("data-symbol", "data-ticker", "data-quote", "data-stock", "data-instrument", "data-ticker-symbol")
_TAGS = ("span", "a", "b", "strong", "em", "i", "small", "data", "button", "div", "sup", "fin-streamer", "bg-quote")
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:live-?quote|quotes?|ticker|stock-?(?:quote|price|chip|change|ticker|tag)|quote-?(?:chip|tag|link|change|price)|"
    r"price-?(?:change|chip|tag)|symbol|chg|(?:pct|percent|percentage|day)-?change|change-?(?:pct|percent|positive|negative|up|down)|chip)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SYMBOL = r"[$^]?[A-Z][A-Z0-9.=\-^:/]{0,14}"
_FIGURE = r"(?:[+\-−–▲▼△▽↑↓]\s{0,2})?[$€£]?(?:\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.\d{1,4})?\s?%?"
_SPACE = r"[\s,|:]{0,4}"
_CHIP = re.compile(
    rf"[(\[]?\s{{0,2}}(?:{_SYMBOL}{_SPACE})?(?:\(?{_FIGURE}\)?[\s,|/]{{0,4}}[▲▼△▽↑↓]?\s{{0,2}}){{1,3}}[)\]]?"
)
_SIGNED = re.compile(r"[+\-−–▲▼△▽↑↓]\s{0,2}[$€£]?\d|\d\s?%|\d\.\d\d")
_NAMED = re.compile(rf"(?=[^\d]{{0,60}}[A-Za-z])[^\d]{{1,60}}?(?P<chip>\(?[+\-−–▲▼△▽↑↓]\s{{0,2}}{_FIGURE}.{{0,20}})")
_MARKS = re.compile(f"[{OPEN}{CLOSE}]")


def mark(tree: HtmlElement) -> None:
    """Sets the marks around every live quote of a tree that its markup gives away: its attributes or its names.

    A name alone is not enough: the text must be a quote's and nothing more.
    """
    candidates = {*furniture.named(tree, "class", _is_named), *_with_symbol()(tree)}
    for element in tree.iter(*_TAGS) if candidates else ():  # in the page's order: what encloses a quote comes first
        if element not in candidates:
            continue
        attributes = element.attrib
        named = any(name in attributes for name in _SYMBOL_ATTRIBUTES)
        words = _words(element)
        if not words or len(words) > _LONGEST or not _SIGNED.search(words) or OPEN in words:
            continue
        if _CHIP.fullmatch(words):
            _enclose(element)
        elif named:
            _enclose_part(element, words)


def _words(element: HtmlElement) -> str:
    """The words of an element; "" where it holds more than a quote could."""
    parts: list[str] = []
    room = 2 * _LONGEST
    for part in element.itertext():
        room -= len(part)
        if room < 0:
            return ""
        parts.append(part)
    return " ".join("".join(parts).split())


def _enclose_part(element: HtmlElement, words: str) -> None:
    """Marks the quote behind a name that stands in the same element: "Oracle +1.02%"."""
    for child in element.iterdescendants():
        bare = " ".join("".join(child.itertext()).split())
        if _CHIP.fullmatch(bare) and _SIGNED.search(bare):
            _enclose(child)
            return
    if len(element) == 0 and element.text and (found := _NAMED.fullmatch(words)):
        at = element.text.find(found.group("chip")[:3])
        if at >= 0:
            element.text = element.text[:at] + OPEN + element.text[at:] + CLOSE


@lru_cache(maxsize=4096)  # pages repeat their names
def _is_named(names: str) -> bool:
    return _NAMES.search(names) is not None


@cache
def _with_symbol() -> Any:
    from lxml.etree import XPath

    return XPath(f".//*[{' or '.join(f'@{name}' for name in _SYMBOL_ATTRIBUTES)}]")


def unmark(text: str) -> tuple[str, tuple[Slice, ...]]:
    """The text without its marks, and where what they enclosed now stands. A mark alone encloses nothing."""
    if OPEN not in text and CLOSE not in text:
        return text, ()
    parts: list[str] = []
    found: list[Slice] = []
    length = done = 0
    opened: int | None = None
    for match in _MARKS.finditer(text):
        parts.append(text[done : match.start()])
        length += match.start() - done
        done = match.end()
        if match.group() == OPEN:
            opened = length
        elif opened is not None:
            if length > opened:
                found.append((opened, length))
            opened = None
    return "".join([*parts, text[done:]]), tuple(found)


def _enclose(element: HtmlElement) -> None:
    element.text = OPEN + (element.text or "")
    if len(element):
        last = element[-1]
        last.tail = (last.tail or "") + CLOSE
    else:
        element.text += CLOSE
