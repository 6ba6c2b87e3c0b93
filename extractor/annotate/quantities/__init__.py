"""Figures in a text, on characters: `find` writes each down with its unit, its range and its hedge.

A bare number has unit None; what it counts is for `claims` to say. Fractions of a whole ("two-thirds of its
value") have unit None and form "fraction"; "a quarter point" is percentage points where the talk is of rates,
points elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractor.annotate.quantities import hedges, noise, ranges
from extractor.annotate.quantities.draft import Draft
from extractor.annotate.quantities.figures import draft_at
from extractor.annotate.quantities.lexicon import Lexicon, lexicon
from extractor.annotate.quantities.numerals import VULGAR
from extractor.annotate.quantities.words import drafts_at, word_lexicon
from extractor.domain.annotation import Quantity

__all__ = ["find"]


_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


@cache
def _starts() -> re.Pattern[str]:
    """Where a figure may begin: a run of digits, or a word that counts."""
    lexicon_of_words = word_lexicon()
    return re.compile(
        rf"(?P<run>\.?[0-9][0-9.,]*+|[{''.join(VULGAR)}])"
        rf"|(?=[{lexicon_of_words.initials}])(?<![A-Za-z0-9_])(?P<word>{lexicon_of_words.starter})",
        re.IGNORECASE,
    )


def find(text: str, *, exclude: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """The figures of `text`, sorted by start, not overlapping.

    exclude: stretches (start, end) whose digits belong to a name or a date; no figure starts inside one.
    """
    book = lexicon()
    drafts = _drafts(text, _Taken(text, exclude), book)
    return tuple(_quantity(text, draft, book) for draft in ranges.merge(text, drafts, book))


class _Taken:
    """Stretches where no figure begins, asked in text order."""

    def __init__(self, text: str, exclude: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted([*exclude, *noise.spans(text)])
        self._next = 0
        self._reach = 0

    def covers(self, position: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][0] <= position:
            self._reach = max(self._reach, self._spans[self._next][1])
            self._next += 1
        return position < self._reach


def _drafts(text: str, taken: _Taken, book: Lexicon) -> Iterator[Draft]:
    lowered = text.lower()
    spun = any(form in lowered for form in book.spun)
    words = word_lexicon()
    reached = 0
    for match in _starts().finditer(text):
        start = match.start()
        if start < reached or taken.covers(start):
            continue
        if match["run"] and not _ORDINAL.match(text, match.end()):
            draft = draft_at(text, start, match.end(), book, spun)
        else:
            draft = drafts_at(text, start, book, words, spun)
        if draft is not None and draft.start >= reached:
            reached = draft.end
            yield draft


def _quantity(text: str, draft: Draft, book: Lexicon) -> Quantity:
    softener = hedges.find(text, draft, book)
    return Quantity(
        start=draft.start,
        end=draft.end,
        text=text[draft.start : draft.end],
        value=draft.value,
        high=draft.high,
        unit=draft.unit,
        decimals=draft.decimals,
        scale=draft.scale,
        sign=draft.sign,
        comparator=softener.comparator,
        hedge=softener.hedge,
        hedge_start=softener.start,
        per=hedges.per(text, draft, book),
        form=draft.form,
    )
