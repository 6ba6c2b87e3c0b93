"""Cues that take a figure out of plain assertion, with their reach.

After ConText (Chapman et al., "A simple algorithm for identifying contextual features from clinical
documents"): a cue, a modality, and a scope that ends at a clause or a sentence. The scopes are applied
in `claims`, where clauses are known; here only the cues are found.
"""

from __future__ import annotations

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
    """Cues that look forward and cues that look back apart: "expected" is either, by where the figure stands."""
    entries = [(p, _Entry(r.id, r.modality, r.scope)) for r in load_cues().modality for p in r.phrases]
    ahead = [pair for pair in entries if pair[1].scope != "before"]
    back = [pair for pair in entries if pair[1].scope == "before"]
    return PhraseTable(ahead), PhraseTable(back)


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
    return tuple(sorted(cues, key=lambda cue: (cue.start, cue.end)))


def _is_name(text: str, start: int, end: int) -> bool:
    """ "May 5" and "Will Smith" are no modals: a capital inside a sentence."""
    word = text[start:end]
    return word in ("May", "Will") and start > 0 and text[start - 1] == " " and text[start - 2 : start - 1] not in ".!?"
