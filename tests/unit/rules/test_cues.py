"""Every phrase list and every record pattern against its own examples and counterexamples."""

from __future__ import annotations

import pytest

from extractor.annotate import modality, movements, records
from extractor.rules.cues import load_cues

RULES = load_cues()
PHRASES = [
    (f"{layer}.{entry.id}", entry)
    for layer in ("movement", "level", "basis", "measure", "decision")
    for entry in getattr(RULES, layer)
]


def _rules_in(text: str) -> set[str]:
    return {cue.rule for cue in movements.find(text)}


@pytest.mark.parametrize(("rule", "entry"), PHRASES, ids=[rule for rule, _ in PHRASES])
def test_phrases(rule: str, entry) -> None:
    for example in entry.examples:
        assert rule in _rules_in(example), example
    for counterexample in entry.counterexamples:
        assert rule not in _rules_in(counterexample), counterexample


@pytest.mark.parametrize("entry", RULES.modality, ids=lambda entry: entry.id)
def test_modality(entry) -> None:
    for example in entry.examples:
        assert entry.id in {cue.rule for cue in modality.find(example)}, example
    for counterexample in entry.counterexamples:
        assert entry.id not in {cue.rule for cue in modality.find(counterexample)}, counterexample


@pytest.mark.parametrize("entry", RULES.record, ids=lambda entry: entry.metric)
def test_records(entry) -> None:
    for example in entry.examples:
        assert entry.metric in {found.metric for found in records.find(example)}, example
    for counterexample in entry.counterexamples:
        assert entry.metric not in {found.metric for found in records.find(counterexample)}, counterexample
