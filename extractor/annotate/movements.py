"""Cues of movement, level, basis, measure and policy decision, by the phrases in the rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extractor.annotate.words import PhraseTable, Word, words_of
from extractor.domain.annotation import Cue
from extractor.domain.claim import Direction
from extractor.rules.cues import load_cues

_FIGURE_BEFORE = re.compile(
    r"(?:[0-9½¼¾][pc%]?|per\s?cent|pct|points?|pts|bps?|cents?|pence|paise|euros?|yen|dollars?)\s\Z", re.IGNORECASE
)
_FIGURE_AFTER = re.compile(r" by (?:about |nearly |almost |some |a |up to )?[$€£¥]?[0-9]")
_OF = re.compile(r"\sof\b")  # "ahead of the 52.5 consensus": a preposition, and no move


class _Entry(NamedTuple):
    layer: str
    rule: str
    direction: Direction | None = None
    value: str | None = None
    noun: bool = False
    beside: bool = False


@cache
def _tables() -> tuple[PhraseTable[_Entry], ...]:
    """One table a layer: a phrase of one layer may lie inside a phrase of another ("rate cut", "cut")."""
    rules = load_cues()
    movements: list[tuple[str, _Entry]] = []
    for movement in rules.movement:
        strength = "strong" if movement.strong else None
        forms = ((movement.nouns, True, strength), (movement.verbs, False, strength), (movement.states, False, "state"))
        for phrases, noun, value in forms:
            entry = _Entry("movement", f"movement.{movement.id}", movement.direction, value, noun, movement.beside)
            movements += [(phrase, entry) for phrase in phrases]
    levels = [(p, _Entry("level", f"level.{r.id}", value=r.metric)) for r in rules.level for p in r.phrases]
    bases = [(p, _Entry("basis", f"basis.{r.id}", value=r.basis.value)) for r in rules.basis for p in r.phrases]
    measures = [(p, _Entry("measure", f"measure.{r.id}", value=r.metric)) for r in rules.measure for p in r.phrases]
    decisions = [(p, _Entry("decision", f"decision.{r.id}", value=r.metric)) for r in rules.decision for p in r.phrases]
    return tuple(PhraseTable(entries) for entries in (movements, levels, bases, measures, decisions))


def find(text: str) -> tuple[Cue, ...]:
    """Every cue but modality, sorted by start; cues of different layers may overlap."""
    words = words_of(text)
    cues = [
        Cue(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            layer=found.entry.layer,
            rule=found.entry.rule,
            direction=found.entry.direction,
            value=found.entry.value,
            noun=found.entry.noun and not _is_verb(words, found.first),
        )
        for table in _tables()
        for found in table.find(text, words)
        if not (found.entry.value == "state" and _OF.match(text, found.end))
        and not (found.entry.beside and not _beside_figure(text, found.start, found.end))
    ]
    return tuple(sorted(cues, key=lambda cue: (cue.start, -cue.end, cue.layer)))


def _beside_figure(text: str, start: int, end: int) -> bool:
    return bool(_FIGURE_BEFORE.search(text, max(0, start - 24), start) or _FIGURE_AFTER.match(text, end))


def _is_verb(words: Sequence[Word], first: int) -> bool:
    """Whether a form that may be noun or verb ("rise", "cut") stands as a verb: after "to"."""
    return first > 0 and words[first - 1].lower == "to"
