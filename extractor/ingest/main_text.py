"""The main text of a page: trafilatura first, then what is left to try, never nothing without saying so.

justext follows, which judges each paragraph by itself and so finds what no container holds together (readability, the
other way of asking, trafilatura compares itself with already); then the page's elements as beautifulsoup4 sees them;
then JSON-LD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from extractor.ingest import siblings, tables
from extractor.ingest.blocks import Block, BlockKind, Run, build, row, words

if TYPE_CHECKING:
    from bs4.element import NavigableString, Tag
    from lxml.html import HtmlElement

ENOUGH = 40  # words; with fewer the next method is tried, and the longest answer wins
LEAST = 8  # words; with fewer there is no article
_COLUMNS = 5  # a column beside the story's has less than a fifth of its text, and no sentence
_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|li|a|strong|em)\b[^<>]{0,500}>", re.IGNORECASE)
_MARKUP_BREAK = re.compile(r"</?(?:p|br|div|h[1-6]|li)\b[^<>]{0,500}>", re.IGNORECASE)
_MANY = 3_000  # paragraphs; an article has some dozens
_LONG_CELL = 200  # characters; a table with such a cell is layout, and its cells are paragraphs

_BREAKING = ("p", "item", "row", "cell", "head", "quote")
_FURNITURE = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "iframe",
    "figure",
    "svg",
    "select",
    "header",
)
_KINDS = {"h": BlockKind.HEADING, "l": BlockKind.ITEM}
_TEXT_TAGS = ("p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "tr", "pre")


def find(html: str, tree: HtmlElement, title: str | None, article_body: str | None) -> tuple[Block, ...]:
    """Blocks of a page's article; empty where no method finds one.

    tree: the parsed page, its furniture taken out. html: the page as it came, for what is nested deeper than a tree of
    lxml's goes. article_body: the page's own copy of its text, from JSON-LD.
    """
    from lxml.html import tostring

    methods: tuple[Callable[[], list[Block]], ...] = (
        lambda: _by_trafilatura(tree, title),
        lambda: _by_paragraphs(tree),
        lambda: _by_elements(tostring(tree, encoding="unicode")),
        lambda: _by_elements(html) if not best else [],
        lambda: _by_copy(article_body),
    )
    best: list[Block] = []
    copied = len((article_body or "").split())
    for method in methods:
        blocks = method()
        # A short page may come back as one run of text: as many words in paragraphs are worth more.
        parted = len(best) == 1 and len(blocks) > 1 and words(blocks) * 10 >= words(best) * 9
        if words(blocks) > words(best) or parted:
            best = blocks
        if len(best) > 1 and words(best) >= max(ENOUGH, copied // 2):
            break
    return tuple(best) if words(best) >= LEAST else ()


def _by_trafilatura(tree: HtmlElement, title: str | None) -> list[Block]:
    from trafilatura import bare_extraction

    # deduplicate stays off: it remembers earlier pages and drops what they share with this one. On a page that is
    # longer than any article its comparison with justext, which looks at each pair of paragraphs, is left out.
    long = sum(1 for _ in tree.iter("p", "div", "li", "td", "th", "h2", "h3", "dd", "dt")) > _MANY
    document: Any = bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        include_links=True,
        favor_recall=True,
        deduplicate=False,
        fast=long,
    )
    if document is None or document.body is None:
        return []
    return siblings.restore(tree, list(_blocks_of(document.body)), title)


def _blocks_of(parent: Any) -> Iterator[Block]:
    """Blocks of trafilatura's own markup: p, head, list/item, table/row/cell, quote, ref, lb."""
    if parent.text and parent.text.strip():
        yield from _lines(BlockKind.PARAGRAPH, [Run(parent.text)])
    for element in parent:
        if element.tag == "table":
            yield from _table(element)
        elif element.tag == "list":
            for item in element.iter("item"):
                yield from _lines(BlockKind.ITEM, _runs(item, stop=("list",)))
        elif element.tag == "quote" and len(element) and element[0].tag in ("p", "quote", "list", "head"):
            yield from _blocks_of(element)
        elif element.tag not in ("graphic", "done"):
            kind = BlockKind.HEADING if element.tag == "head" else BlockKind.PARAGRAPH
            yield from _lines(kind, _runs(element))
        if element.tail and element.tail.strip():
            yield from _lines(BlockKind.PARAGRAPH, [Run(element.tail)])


def _table(element: Any) -> Iterator[Block]:
    """A row a line. A table with a table or a long text in a cell is layout: its cells are paragraphs."""
    if element.find(".//cell//row") is not None:
        yield from _lines(BlockKind.PARAGRAPH, _runs(element))
        return
    rows = [[("".join(cell.itertext()), cell) for cell in one.iter("cell")] for one in element.iter("row")]
    longest = max((len(text) for cells in rows for text, _ in cells), default=0)
    if longest > _LONG_CELL:
        for text, cell in (pair for cells in rows for pair in cells):
            if len(text) * _COLUMNS >= longest or tables.is_sentence(text):
                yield from _lines(BlockKind.PARAGRAPH, _runs(cell))
        return
    for cells in rows:
        block = row(text for text, _ in cells)
        if block:
            yield block


def _runs(element: Any, *, stop: tuple[str, ...] = ()) -> list[Run]:
    """Text of an element in order, links apart, line breaks as newlines that `_lines` cuts at.

    Nested elements named in `stop` are left out. Iterative: pages nest deeper than Python recurses.
    """
    runs: list[Run] = []
    skipped: Any = None
    link_depth = 0
    from lxml.etree import iterwalk

    for event, node in iterwalk(element, events=("start", "end")):
        if event == "start":
            if skipped is not None:
                continue
            if node is not element and node.tag in stop:
                skipped = node
                continue
            link_depth += node.tag == "ref"
            if node.tag in ("lb", *_BREAKING) and node is not element:
                runs.append(Run("\u2028"))
            if node.text:
                runs.append(Run(node.text, link=link_depth > 0))
        else:
            if skipped is not None:
                if node is skipped:
                    skipped = None
                else:
                    continue
            else:
                link_depth -= node.tag == "ref"
                if node.tag in _BREAKING and node is not element:
                    runs.append(Run("\u2028"))
            if node is not element and node.tail:
                runs.append(Run(node.tail, link=link_depth > 0))
    return runs


def _lines(kind: BlockKind, runs: list[Run]) -> Iterator[Block]:
    """One block a line: the break marks in the runs part them."""
    line: list[Run] = []
    for run in runs:
        pieces = run.text.split("\u2028")
        for index, piece in enumerate(pieces):
            if index:
                block = build(kind, line)
                if block:
                    yield block
                line = []
            if piece:
                line.append(Run(piece, link=run.link))
    block = build(kind, line)
    if block:
        yield block


def _by_paragraphs(tree: HtmlElement) -> list[Block]:
    """What justext takes for prose by length, links and little words, and the headings over it."""
    from justext.core import ParagraphMaker, classify_paragraphs, revise_paragraph_classification
    from justext.utils import get_stoplist

    try:
        paragraphs = ParagraphMaker.make_paragraphs(tree)
    except RecursionError:  # its walk goes as deep as the page
        return []
    if len(paragraphs) > _MANY:
        return []
    classify_paragraphs(paragraphs, get_stoplist("English"))
    revise_paragraph_classification(paragraphs)
    found = []
    for paragraph in paragraphs:
        if not paragraph.is_boilerplate:
            kind = BlockKind.HEADING if paragraph.is_heading else BlockKind.PARAGRAPH
            block = build(kind, [Run(paragraph.text)])
            found += [block] if block else []
    return found


def _by_elements(html: str) -> list[Block]:
    """Paragraphs, headings, items and rows of the page's <article>, <main> or body, without its furniture."""
    from bs4 import BeautifulSoup

    try:
        soup = BeautifulSoup(html, "lxml")
    except RecursionError:  # nested deeper than the tree builder goes
        return []
    for tag in soup(_FURNITURE):
        tag.decompose()
    articles = soup.find_all("article", limit=50)
    root = max(articles, key=lambda one: len(one.get_text()), default=None) or soup.find("main") or soup.body or soup
    blocks = [block for owner, strings in _owned(root) if (block := _of_element(owner, strings))]
    if words(blocks) < ENOUGH:
        lines = root.get_text("\n").split("\n")
        loose = [block for line in lines if (block := build(BlockKind.PARAGRAPH, [Run(line)]))]
        told = [block for block in loose if block.text.count(" ") >= LEAST]
        if words(told) > words(blocks):
            return told
    return blocks


def _owned(root: Tag) -> Iterator[tuple[Tag, list[NavigableString]]]:
    """The strings under an element, grouped by the nearest paragraph, heading, item or row that holds them."""
    for _, group in groupby(
        ((string.find_parent(_TEXT_TAGS), string) for string in root.strings), key=lambda pair: id(pair[0])
    ):
        pairs = list(group)
        if pairs[0][0] is not None:
            yield pairs[0][0], [string for _, string in pairs]


def _of_element(owner: Tag, strings: list[NavigableString]) -> Block | None:
    if owner.name == "tr":
        cells = groupby(strings, key=lambda string: id(string.find_parent(("td", "th"))))
        return row("".join(cell) for _, cell in cells)
    kind = _KINDS.get(owner.name[0], BlockKind.PARAGRAPH)
    return build(kind, [Run(str(string), link=string.find_parent("a") is not None) for string in strings])


def _by_copy(article_body: str | None) -> list[Block]:
    """The text a page repeats in its structured data, one paragraph a line; some pages leave their markup in it."""
    copy = article_body or ""
    if _MARKUP.search(copy):
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(_MARKUP_BREAK.sub("\n", copy), "lxml")
        copy = soup.get_text()
    lines = re.split(r"[\r\n]+", unescape(copy))
    return [block for line in lines if (block := build(BlockKind.PARAGRAPH, [Run(line)]))]
