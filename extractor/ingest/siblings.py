"""Paragraphs that the finder of the main text left out though they stand as its others do.

A finder goes by names, lengths and links, and so drops a paragraph from the middle of a story now and then, or the half
of one that goes on in a second container. What is prose and stands in the same place of the page's structure as what
was kept, or between the headline and the first of it, is put back where it stood; not so what has a headline of its
own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.ingest import live_quotes, tables
from extractor.ingest.blocks import Block, BlockKind, Run, build

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ALIKE = 2  # kept paragraphs that must stand in the same place
_MOST_MISSING = 400  # more are no slip of the finder's, and to look for each would take too long
_UP = 3  # ancestors that make a place
_OUTSIDE = frozenset({"nav", "aside", "footer", "header", "form", "figure", "figcaption", "button", "blockquote", "li"})

Place = tuple[tuple[str, str | None], ...]


def restore(tree: HtmlElement, found: Sequence[Block], title: str | None) -> list[Block]:
    """`found` with the paragraphs of `tree` that belong among them, by their order in it; the tree is not changed."""
    places = {_key(block.text): index for index, block in reversed(list(enumerate(found)))}
    kept: Counter[Place] = Counter()
    missing: list[tuple[int, HtmlElement, str, Place]] = []
    first: set[HtmlElement] = set()  # between the headline and what was kept
    headline, under = _key(title or ""), False
    homes: set[HtmlElement | None] = set()
    behind = -1  # the block that what follows stands after
    for element in tree.iter("h1", "p"):
        text = "".join(element.itertext())
        key = _key(text)
        if element.tag == "h1":
            under = under or (key == headline != "" and behind < 0)
        elif key in places:
            under = False
            behind = max(behind, places[key])
            kept[_place(element)] += 1
            homes.add(_home(element))
        elif len(key) >= 20 and len(missing) <= _MOST_MISSING:
            missing.append((behind, element, text, _place(element)))
            if under:
                first.add(element)
    if not missing or len(missing) > _MOST_MISSING:
        return list(found)
    flat = "".join(map(_key, (block.text for block in found)))
    added: dict[int, list[Block]] = {}
    for index, element, text, place in missing:
        belongs = element in first or (kept[place] >= _ALIKE and not _is_elsewhere(element, homes))
        if not belongs or not _is_prose(element, text) or _in_furniture(element) or _key(text)[:60] in flat:
            continue
        block = build(BlockKind.PARAGRAPH, [Run(text)])
        if block:
            added.setdefault(index, []).append(block)
    if not added:
        return list(found)
    return [*added.get(-1, ()), *(one for index, block in enumerate(found) for one in (block, *added.get(index, ())))]


def _key(text: str) -> str:
    return "".join(live_quotes.unmark(text)[0].split())


def _place(element: HtmlElement) -> Place:
    place = []
    for ancestor in element.iterancestors():
        place.append((ancestor.tag, ancestor.get("class")))
        if len(place) == _UP:
            break
    return tuple(place)


def _home(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("article"), None)


def _in_furniture(element: HtmlElement) -> bool:
    return any(ancestor.tag in _OUTSIDE for ancestor in element.iterancestors())


def _is_elsewhere(element: HtmlElement, homes: set[HtmlElement | None]) -> bool:
    """Whether it stands in an article with a headline of its own that nothing was taken from."""
    home = _home(element)
    return home is not None and home not in homes and next(home.iter("h1", "h2"), None) is not None


def _is_prose(element: HtmlElement, text: str) -> bool:
    words = " ".join(text.split())
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return linked * 2 < len(words) and tables.is_sentence(words) and words.rstrip("\"'”’) ").endswith((".", "?", "!"))
