"""A sentence with everything annotation found in it, split into clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from extractor.annotate import spans
from extractor.domain.annotation import (
    Cue,
    DateExpression,
    InstrumentMention,
    Name,
    PolicyMention,
    Quantity,
    RecordMention,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T", bound=Any)


RESUMED = "resumed"
DASHES = frozenset("–—-") | {"--"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of a sentence with one predicate. `opener` is the word that opens it ("while", "and", "which").

    RESUMED opens what goes on after an aside: "SharpLink, which holds ether, | rocketed 29.6%".
    """

    start: int
    end: int
    opener: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """`text` is the whole article's; every offset counts in it."""

    text: str
    start: int
    end: int
    paragraph: int
    quantities: tuple[Quantity, ...] = ()
    mentions: tuple[InstrumentMention, ...] = ()
    periods: tuple[DateExpression, ...] = ()
    cues: tuple[Cue, ...] = ()
    records: tuple[RecordMention, ...] = ()
    modality: tuple[Cue, ...] = ()
    policies: tuple[PolicyMention, ...] = ()
    names: tuple[Name, ...] = ()
    clauses: tuple[Clause, ...] = field(default=())

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    def clause_at(self, offset: int) -> Clause:
        for clause in self.clauses:
            if clause.start <= offset < clause.end:
                return clause
        return self.clauses[-1]

    def aside_before(self, clause: Clause) -> Clause | None:
        """What stands between dashes right before a clause: "NAB – the last of them to report – 3.9 per cent"."""
        position = self.clauses.index(clause)
        aside = self.clauses[position - 1] if position > 1 else None
        return aside if aside and clause.opener in DASHES and aside.opener in DASHES else None

    def layer(self, name: str) -> Iterator[Cue]:
        return (cue for cue in self.cues if cue.layer == name)


def within(values: Sequence[T], start: int, end: int) -> tuple[T, ...]:
    """Values that begin in [start, end); `values` is sorted by start."""
    low = bisect_left(values, start, key=lambda value: value.start)
    high = bisect_left(values, end, key=lambda value: value.start)
    return tuple(values[low:high])


_FIELDS = {spans.INSTRUMENTS: "mentions"}
_BREAK = re.compile(r"[\n\r]")


def sentences_of(doc: Doc) -> Iterator[Sentence]:
    """The sentences of an annotated Doc, without their clauses. A line break between two begins a paragraph."""
    text = spans.text_of(doc)
    layers = {_FIELDS.get(name, name): doc._.get(name) for name in (*spans.LAYERS, spans.NAMES)}
    paragraph, ended = 0, 0
    for sent in doc.sents:
        start, end = sent.start_char, sent.end_char
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            paragraph += bool(_BREAK.search(text, ended, start))
            ended = end
            found = {name: within(values, start, end) for name, values in layers.items()}
            yield Sentence(text=text, start=start, end=end, paragraph=paragraph, **found)
