"""Which pages are no article: lists of headlines, pages of one symbol's figures, errors; and which are a paywall's.

What a page's structure says is counted here; words are in rules/page_kinds.toml. A page that its metadata call an
article is never taken for a list or a page of quotes, and in doubt a page is an article: refusing one is worse than
reading a list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.domain.article import PageKind
from extractor.ingest import tables
from extractor.ingest.blocks import Block, words
from extractor.rules.page_kinds import SEEN, kind_rules, quote_labels

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEW = 150  # words; an error page has no more of them
_VERY_FEW = 40  # words; an error page that kept the metadata of an article has no more
_STUB = 250  # words before a paywall
_HEADLINES = 8  # links with the words of a headline that make a list
_HEADLINE = (4, 22)  # words, characters: a headline link has as many at least
_TEASER = 50  # words under a headline, on average; a story told under each has more
_STORY = 60  # words of prose that belong to no headline: a list has fewer
_LABELS = 5  # labels of figures that make a page of one symbol's quotes
_PROFILE = 200  # words: what such a page tells of the company


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`why` completes "an index page, not an article: ..."; empty for an article."""

    kind: PageKind
    why: str = ""


ARTICLE = Judgement(kind=PageKind.ARTICLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What was counted in a page's tree before its text was taken.

    headlines: links that read as headlines and stand for themselves. teasers: words of prose right under one of them.
    story: words of prose elsewhere. labels: different labels of a symbol's figures. words: all that is to be seen.
    """

    headlines: int
    teasers: int
    story: int
    labels: int
    words: str


def shape(tree: HtmlElement) -> Shape:
    """Counts in one walk over the tree, furniture and all."""
    headlines = teasers = story = 0
    under = False  # a headline was the last thing seen
    labels: set[str] = set()
    seen: list[str] = []
    room = SEEN
    finds = quote_labels().finds
    for element in tree.iter(
        "a", "p", "h1", "h2", "h3", "td", "th", "dt", "div", "span", "li", "button", "label", "strong"
    ):
        own = " ".join((element.text or "").split())
        if own and room > 0:
            seen.append(own)
            room -= len(own) + 1
        if element.tag == "a":
            link = " ".join("".join(element.itertext()).split())
            if link.count(" ") + 1 >= _HEADLINE[0] and len(link) >= _HEADLINE[1] and _stands_alone(element, link):
                headlines += 1
                under = True
        elif element.tag == "p" or (own and len(own) >= 80):
            text = " ".join("".join(element.itertext()).split()) if element.tag == "p" else own
            if tables.is_sentence(text) and not _is_linked(element):
                count = text.count(" ") + 1
                if under:
                    teasers += count
                else:
                    story += count
            under = False
        elif element.tag == "h1":
            under = False
        elif own and finds(own):
            labels.add(own.lower().rstrip(": "))
    return Shape(headlines=headlines, teasers=teasers, story=story, labels=len(labels), words=" ".join(seen))


def of_page(
    found: Sequence[Block], titles: Sequence[str], seen: Callable[[], Shape], *, marked: bool, closed: bool
) -> Judgement:
    """What a page is.

    found: its main text. titles: of the page, its first heading. seen: counts its tree, where that is wanted.
    marked: whether its metadata call it an article.
    closed: whether they say that it is not free to read.
    """
    count = words(found)
    if count <= (_VERY_FEW if marked else _FEW):
        text = " ".join(block.text for block in found)
        if says := _said(PageKind.ERROR, titles, text if count > _VERY_FEW else f"{text} {seen().words}"):
            return Judgement(kind=PageKind.ERROR, why=says)
    if not marked:
        shape = seen()
        if shape.labels >= _LABELS and shape.story + shape.teasers < _PROFILE:
            return Judgement(kind=PageKind.QUOTE_PAGE, why=f"{shape.labels} figures of one symbol and no story")
        if (
            shape.headlines >= _HEADLINES
            and shape.story < _STORY
            and shape.teasers <= shape.headlines * _TEASER
            and not _is_story(found)
        ):
            return Judgement(kind=PageKind.INDEX, why=f"{shape.headlines} headlines and no story")
    if found and count <= _STUB:
        if says := _said(PageKind.PAYWALL_STUB, (), seen().words):
            return Judgement(kind=PageKind.PAYWALL_STUB, why=says)
        if closed and count <= _FEW:
            return Judgement(kind=PageKind.PAYWALL_STUB, why="the page says that it is not free to read")
    return ARTICLE


def of_text(text: str) -> Judgement:
    """What a plain text is: an error page that was saved as text, or an article."""
    start = text[:SEEN]
    if len(text) <= SEEN and start.count(" ") <= _FEW:
        lines = [line.strip() for line in start.splitlines() if line.strip()]
        if lines and (says := _said(PageKind.ERROR, lines[:1], " ".join(lines) if len(lines) <= 12 else "")):
            return Judgement(kind=PageKind.ERROR, why=says)
    return ARTICLE


def _said(kind: PageKind, titles: Sequence[str], text: str) -> str | None:
    for rule in kind_rules():
        if rule.kind is kind and any(map(rule.finds, titles if rule.where == "title" else (text,))):
            return rule.says
    return None


def _stands_alone(link: HtmlElement, words: str) -> bool:
    """Whether a link is all of the element it stands in: a headline, and no words of a sentence."""
    parent = link.getparent()
    if parent is None:
        return True
    if parent.tag in ("h1", "h2", "h3", "h4", "h5"):
        return True
    before = link.getprevious()
    around = (parent.text if before is None else before.tail) or ""
    return len((around + (link.tail or "")).strip()) * 2 < len(words)


def _is_linked(element: HtmlElement) -> bool:
    return next(element.iterancestors("a"), None) is not None


def _is_story(found: Sequence[Block]) -> bool:
    """Whether three paragraphs of prose follow one another in the main text, each longer than a teaser is."""
    run = 0
    for block in found:
        run = (
            run + 1
            if not block.linked and block.text.count(" ") >= _TEASER // 2 and tables.is_sentence(block.text)
            else 0
        )
        if run == 3:
            return True
    return False
