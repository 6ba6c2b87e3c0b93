"""Tables and lists of quotes that stand in an article's column: their rows, which finders of main text often drop.

The strip over a page and the box beside a story are no part of it; what the markup puts inside the article is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from extractor.ingest.blocks import Block, row
from extractor.rules import quote_forms

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 50  # widgets that are looked at
_LARGEST = 20_000  # characters of a widget's text
_ROWS = 2  # rows that make a list of quotes; a table needs one
_CELLS = ("td", "th")


def find(tree: HtmlElement) -> list[list[Block]]:
    """The rows of each table or list of quotes inside the article, one block a row, cells parted by tabs."""
    found: list[list[Block]] = []
    inside: set[HtmlElement] = set()
    for element in _widgets()(tree)[:_MOST]:
        if any(ancestor in inside for ancestor in element.iterancestors()) or len(element.text_content()) > _LARGEST:
            continue
        rows = _rows(element)
        if rows:
            inside.add(element)
            found.append(rows)
    return found


def append(blocks: Sequence[Block], widgets: Sequence[Sequence[Block]]) -> list[Block]:
    """The blocks with the rows of the widgets after them that are not among them already."""
    have = {_key(block.text) for block in blocks}
    result = list(blocks)
    for rows in widgets:
        new = [one for one in rows if _key(one.text) not in have]
        if len(new) == len(rows):
            result.extend(new)
    return result


def _rows(element: HtmlElement) -> list[Block]:
    from bs4 import BeautifulSoup
    from lxml.html import tostring

    try:
        soup = BeautifulSoup(tostring(element, encoding="unicode", with_tail=False), "lxml")
    except RecursionError:
        return []
    lines = list(_lines(soup, table=element.tag == "table"))
    quoted = sum(1 for line in lines if quote_forms.one_line("\t".join(line)))
    if quoted < (1 if element.tag == "table" else _ROWS) or quoted * 2 < len(lines) - 1:
        return []
    blocks = [block for line in lines if (block := row(line))]
    return [replace(block, injected=((0, len(block.text)),)) for block in blocks]


def _lines(soup: Any, *, table: bool) -> Iterator[list[str]]:
    """Cells of each row of a table; strings of each innermost item or box of a list."""
    if table:
        for line in soup.find_all("tr"):
            cells = [" ".join(cell.stripped_strings) for cell in line.find_all(_CELLS)]
            yield [cell for cell in cells if cell]
        return
    for line in soup.find_all(("li", "div", "a", "tr")):
        if line.find(("li", "div", "a", "tr")) is None:
            yield list(line.stripped_strings)


@cache
def _widgets() -> Any:
    from lxml.etree import XPath

    inside = "ancestor::article or ancestor::*[@itemprop='articleBody']"
    named = " or ".join(f"contains(@class, '{part}')" for part in ("uote", "icker", "atchlist", "ymbol"))
    return XPath(
        f".//*[self::table or ((self::ul or self::div or self::section) and ({named}))][{inside}][not(ancestor::aside)]"
    )


def _key(text: str) -> str:
    return "".join(text.split())
