"""An HTML page becomes an article."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from extractor.domain.article import Article
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import blocks, main_text, metadata, publication, zones
from extractor.ingest.blocks import Block, BlockKind
from extractor.rules.publishers import Publisher, of_address

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
    data = metadata.collect(tree)
    title = _title(page, data)
    deck = metadata.deck(tree, title)
    _prune(tree, of_address(data.address or page.told.address))
    found = main_text.find(html, tree, data.text("articleBody"))
    if not found:
        raise SourceError(page.source, "no article text found in the page")
    found = _with_deck(_without_title(found, title), deck)
    text, title_at, spans = blocks.compose(title, found)
    marked = zones.mark(text, title=title_at, known=spans)
    known = publication.of_page(
        data,
        text,
        zones=marked,
        html=html,
        file_name=page.file_name,
        told=page.told,
        published=published,
        timezone=timezone,
    )
    return Article(
        name=page.name,
        source=page.source,
        text=text,
        title=title,
        zones=marked,
        published_on=known.on,
        published_at=known.at,
        published_from=known.read_from,
        timezone=known.timezone,
        publisher=known.publisher or data.meta.get("og:site_name") or page.told.publisher,
        url=data.address or page.told.address,
    )


def _title(page: Page, data: metadata.PageData) -> str | None:
    """The page's own, then the carrier's; but what a mail is called stands in its subject, not in its <title>."""
    if page.told.by == "mail" and page.told.title:
        return page.told.title
    return metadata.headline(data) or page.told.title


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


def _prune(tree: HtmlElement, publisher: Publisher | None) -> None:
    """Takes out what the publisher's rules call furniture; the text behind an element stays."""
    for path in publisher.furniture if publisher else ():
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
