"""An HTML page becomes an article."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from extractor.domain.article import Article, PageKind
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import (
    about,
    blocks,
    furniture,
    kinds,
    live_quotes,
    main_text,
    metadata,
    quote_tables,
    tables,
    zones,
)
from extractor.ingest.blocks import Block, BlockKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

logger = logging.getLogger(__name__)

# What would be taken for our own marks, and what libxml2 takes for the end of the page.
_NOT_OURS = ((live_quotes.OPEN, "["), (live_quotes.CLOSE, "]"), ("\0", "\ufffd"))
_REFUSED = {PageKind.INDEX: "an index page", PageKind.QUOTE_PAGE: "a quote page", PageKind.ERROR: "an error page"}
_FIGURE = re.compile(r"\d[\d.,]*\s?%|\d\.\d")
_OVER_TITLE = 5  # blocks; a headline that comes later heads something else
MOST_ATTRIBUTES = 2_000  # of one element; the parser holds each against every other
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}+")
_ATTRIBUTE = re.compile(r"\s[\w:.\-]{1,100}+=")
MOST_TAGS = 100_000  # a page of 150 kB has some three thousand; beyond this it is no article


def article_of_page(page: Page, html: str, *, published: date | None, timezone: str | None) -> Article:
    """The text is the title, a blank line, then the main text, a paragraph, heading, item or row a line.

    Raises SourceError where the page is too large to take apart, no article is found in it, or it is none.
    """
    if html.count("<") > MOST_TAGS:
        raise SourceError(page.source, f"not an article: more than {MOST_TAGS:,} elements in the page")
    if any(len(_ATTRIBUTE.findall(tag)) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(html)):
        raise SourceError(page.source, f"not an article: an element with more than {MOST_ATTRIBUTES:,} attributes")
    for given, taken in _NOT_OURS:
        html = html.replace(given, taken)
    tree = _parse(page, html)
    known = about.look(page, tree)
    title = known.title[0] if known.title else None
    deck = metadata.deck(tree, title)
    marked = metadata.is_article(known.data)
    counted = None if marked else kinds.shape(tree)

    def seen() -> kinds.Shape:  # of a page that calls itself an article it is asked for only where its text is short
        return counted or kinds.shape(_parse(page, html))

    widgets = _clear(tree, known.furniture, title)
    found = main_text.find(html, tree, title, known.data.text("articleBody"))
    kind = _kind(page, found, known, seen, marked=marked)
    if not found:
        raise SourceError(page.source, _why_empty(seen()))
    found = tuple(quote_tables.append(_with_deck(_without_title(found, title), deck), widgets))
    text, title_at, spans = blocks.compose(title, found)
    spans = zones.mark(text, title=title_at, known=spans)
    return about.article(page, known, text, zones=spans, kind=kind, html=html, published=published, timezone=timezone)


def _clear(tree: HtmlElement, of_publisher: Sequence[str], title: str | None) -> list[list[Block]]:
    """Takes furniture out of the tree and marks what stands inside sentences. Returns the rows of quotes widgets."""
    _prune(tree, of_publisher)
    furniture.strip(tree, title)
    furniture.shield(tree)
    furniture.point_out(tree)
    widgets = quote_tables.find(tree)
    live_quotes.mark(tree)
    return widgets


def _kind(
    page: Page, found: Sequence[Block], known: about.About, seen: Callable[[], kinds.Shape], *, marked: bool
) -> PageKind:
    """An article or a paywall's stub, which is said. Raises SourceError where it is something else."""
    titles = (known.data.title, known.title[0] if known.title else None, *known.data.headings[:1])
    judged = kinds.of_page(
        found, [one for one in titles if one], seen, marked=marked, closed=metadata.is_closed(known.data)
    )
    if judged.kind in _REFUSED:
        raise SourceError(page.source, f"{_REFUSED[judged.kind]}, not an article: {judged.why}")
    if judged.kind is PageKind.PAYWALL_STUB:
        logger.warning("%s: a paywall's stub, read as far as it goes: %s", page.source, judged.why)
    return judged.kind


def _why_empty(seen: kinds.Shape) -> str:
    count = seen.words.count(" ") + 1 if seen.words else 0
    if count < main_text.LEAST:
        return f"no article text found in the page: it shows {count} words (scripts may draw the rest)"
    return f"no article text found in the page: none of its {count} words read as paragraphs of one"


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
    """The blocks without a first heading that repeats the title, and without what stands over it and is no sentence."""
    if title is None:
        return found
    wanted = _key(title)
    for index, block in enumerate(found[:_OVER_TITLE]):
        if _key(block.text) == wanted and (block.kind is BlockKind.HEADING or index == 0):
            above = tuple(one for one in found[:index] if tables.is_sentence(one.text) or not _FIGURE.search(one.text))
            return above + found[index + 1 :]
    return found


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
