"""Cues that take a figure out of plain assertion, with their reach.

After ConText (Chapman et al., "A simple algorithm for identifying contextual features from clinical
documents"): a cue, a modality, and a scope that ends at a clause or a sentence. The scopes are applied
in `claims`, where clauses are known; here only the cues are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.annotate.words import PhraseTable, words_of
from extractor.domain.annotation import Cue
from extractor.domain.claim import Modality
from extractor.rules.cues import load_cues


class _Entry(NamedTuple):
    rule: str
    modality: Modality
    scope: str


@cache
def _tables() -> tuple[PhraseTable[_Entry], ...]:
    """One table a reach: "expected" looks ahead or back, "estimate" too, by where the figure stands."""
    entries = [(p, _Entry(r.id, r.modality, r.scope)) for r in load_cues().modality for p in r.phrases]
    reaches = (("clause", "near", "sentence"), ("noun",), ("before",), ("relative",))
    return tuple(PhraseTable([pair for pair in entries if pair[1].scope in scopes]) for scopes in reaches)


def find(text: str) -> tuple[Cue, ...]:
    """Cues sorted by start; `value` is the scope."""
    words = words_of(text)
    cues = [
        Cue(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            layer="modality",
            rule=found.entry.rule,
            modality=found.entry.modality,
            value=found.entry.scope,
        )
        for table in _tables()
        for found in table.find(text, words)
        if not _is_name(text, found.start, found.end)
    ]
    cues += _inverted(text)
    return tuple(sorted(cues, key=lambda cue: (cue.start, cue.end)))


def _is_name(text: str, start: int, end: int) -> bool:
    """ "May 5", "May was cut to 19,000" and "Will Smith" are no modals; no statement of the press begins with one."""
    return text[start:end] in ("May", "Will")


# "Should the yield break through 4.3%, lenders could ...": an inverted condition opens its sentence.
_INVERTED = re.compile(r"(?:^|(?<=[.!?] )|(?<=[\n\r]))Should(?= (?:the|a|an|it|its|they|that|this|[A-Z])\b)")


def _inverted(text: str) -> Iterator[Cue]:
    for match in _INVERTED.finditer(text):
        yield Cue(
            start=match.start(),
            end=match.end(),
            text=match.group(),
            layer="modality",
            rule="conditional.if",
            modality=Modality.CONDITIONAL,
            value="sentence",
        )
