"""An HTML page becomes an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from extractor.domain.article import Article
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import about, blocks, main_text, metadata, zones
from extractor.ingest.blocks import Block, BlockKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_TAGS = 150_000  # a page of 150 kB has some three thousand; beyond this it is no article


def article_of_page(page: Page, html: str, *, published: date | None, timezone: str | None) -> Article:
    """The text is the title, a blank line, then the main text, a paragraph, heading, item or row a line.

    Raises SourceError where the page is too large to take apart or no article is found in it.
    """
    if html.count("<") > MOST_TAGS:
        raise SourceError(page.source, f"not an article: more than {MOST_TAGS:,} elements in the page")
    tree = _parse(page, html)
    known = about.look(page, tree)
    title = known.title[0] if known.title else None
    deck = metadata.deck(tree, title)
    _prune(tree, known.furniture)
    found = main_text.find(html, tree, known.data.text("articleBody"))
    if not found:
        raise SourceError(page.source, "no article text found in the page")
    found = _with_deck(_without_title(found, title), deck)
    text, title_at, marked = blocks.compose(title, found)
    marked = zones.mark(text, title=title_at, known=marked)
    return about.article(page, known, text, zones=marked, html=html, published=published, timezone=timezone)


def _parse(page: Page, html: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # The settings trafilatura parses with, so that it can be handed the tree.
    parser = HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    try:
        return document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(page.source, "no article text found in the page") from error


def _prune(tree: HtmlElement, furniture: Sequence[str]) -> None:
    """Takes out what the publisher's rules call furniture; the text behind an element stays."""
    for path in furniture:
        for element in tree.xpath(path):
            if element.getparent() is not None:
                element.drop_tree()


def _with_deck(found: tuple[Block, ...], deck: str | None) -> tuple[Block, ...]:
    """The blocks with the line under the headline before them, where it is not among the first."""
    if deck is None or any(_key(deck) in _key(block.text) for block in found[:4]):
        return found
    block = blocks.build(BlockKind.HEADING, [blocks.Run(deck)])
    return (block, *found) if block else found


def _without_title(found: tuple[Block, ...], title: str | None) -> tuple[Block, ...]:
    """The blocks without a first heading that repeats the title."""
    if title is None:
        return found
    wanted = _key(title)
    for index, block in enumerate(found[:3]):
        if _key(block.text) == wanted and (block.kind is BlockKind.HEADING or index == 0):
            return found[:index] + found[index + 1 :]
    return found


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
