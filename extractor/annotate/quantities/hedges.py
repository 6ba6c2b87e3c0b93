"""Softeners and denominators beside a figure: "about", "more than", "or so", "a share"."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.annotate.quantities.draft import Draft
from extractor.annotate.quantities.lexicon import HedgeMeaning, Lexicon, flat
from extractor.domain.claim import Comparator

_WINDOW = 64
_WORD = re.compile(r"[^\s()\[\]\"“”—–:;]++")
_NEAREST = 24
# "<MSFT.O> 2.1 pct": the bracket closes a code and bounds nothing.
_TAG = re.compile(r"<[^<>\s]{1,20}>\Z")
_TAG_LENGTH = 22
_PUNCTUATION = re.compile(r"^.*[()\[\]\"“”—–:;]|,$")
_ARTICLES = frozenset({"the", "a", "an"})
_DURATION = frozenset({"in", "for", "of", "after"})


class Softener(NamedTuple):
    comparator: Comparator
    hedge: str | None
    start: int | None


NONE = Softener(Comparator.EQUAL, None, None)


def find(text: str, draft: Draft, book: Lexicon) -> Softener:
    """The hedge of a figure: the one before it, else the one after it."""
    if symbol := _symbol(text, draft, book):
        return symbol
    if before := _before(text, draft, book):
        return before
    return _after(text, draft, book) or NONE


def _symbol(text: str, draft: Draft, book: Lexicon) -> Softener | None:
    start = draft.start - 1 if text[draft.start - 1 : draft.start] == " " else draft.start
    for length in (2, 1):
        symbol = text[max(0, start - length) : start]
        if symbol == ">" and _TAG.search(text, max(0, start - _TAG_LENGTH), start):
            return None
        if len(symbol) == length and symbol in book.hedge_symbols:
            return Softener(book.hedge_symbols[symbol], symbol, start - length)
    return None


def _before(text: str, draft: Draft, book: Lexicon) -> Softener | None:
    offset = max(0, draft.start - _WINDOW)
    window = text[offset : draft.start]
    if not window or not (window[-1].isspace() or window[-1] in "-‑"):
        return None
    nearest = window[-_NEAREST:].rstrip("-‑").split()
    if not nearest or _PUNCTUATION.sub("", nearest[-1].lower()) not in book.hedge_tails:
        return None
    words = [(match.group().lower(), match.start()) for match in _WORD.finditer(window.rstrip("-‑"))]
    gap = window[words[-1][1] + len(words[-1][0]) :] if words else "\n\n"
    if gap.count("\n") > 1 or any(mark in gap for mark in '()[]"“”—–:;'):
        return None
    words, article = _skip_article(words, book)
    for count in range(min(book.hedge_length, len(words)), 0, -1):
        phrase = " ".join(word for word, _ in words[-count:])
        meaning = book.hedges.get(phrase)
        if meaning is None:
            continue
        previous = words[-count - 1][0] if len(words) > count else ""
        if not _holds(text, draft, meaning, previous, article, book):
            return None
        start, last = words[-count][1], words[-1]
        return Softener(meaning.comparator, window[start : last[1] + len(last[0])], offset + start)
    return None


def _skip_article(words: list[tuple[str, int]], book: Lexicon) -> tuple[list[tuple[str, int]], str]:
    """Without "the" (and "key", "psychological") at the end; the article that was there, or ""."""
    at = len(words)
    while at and words[at - 1][0].rstrip(",") in book.mark_adjectives:
        at -= 1
    if at and words[at - 1][0] in _ARTICLES:
        return words[: at - 1], words[at - 1][0]
    return words, ""


def _holds(text: str, draft: Draft, meaning: HedgeMeaning, previous: str, article: str, book: Lexicon) -> bool:
    """Whether a hedge's words hedge this figure here."""
    if previous in meaning.not_after:
        return False
    if article == "the" and meaning.mark and not book.mark_at.match(text, draft.end):
        return False
    if meaning.during and draft.time and previous not in _DURATION:
        return False
    return not (meaning.level and draft.time)


def _after(text: str, draft: Draft, book: Lexicon) -> Softener | None:
    match = book.hedge_after.match(text, draft.end)
    if not match:
        return None
    printed = match["words"] or match["after"]
    start = match.start("words") if match["words"] else match.start("after")
    return Softener(book.hedges_after[flat(printed)], printed, start)


def per(text: str, draft: Draft, book: Lexicon) -> str | None:
    """The denominator printed after a figure: "share", "barrel"."""
    match = book.per_at.match(text, draft.end)
    return flat(match["per"]) if match else draft.per
