"""Every rule of page kinds finds its examples, and no rule of its kind a counterexample."""

from __future__ import annotations

import time

import pytest

from extractor.rules.page_kinds import KindRule, kind_rules, quote_labels


@pytest.mark.parametrize("rule", kind_rules(), ids=lambda rule: rule.id)
def test_examples(rule: KindRule) -> None:
    for example in rule.examples:
        assert rule.finds(example), example
    for example in rule.counterexamples:
        found = [other.id for other in kind_rules() if other.kind is rule.kind and other.finds(example)]
        assert found == [], example


def test_labels() -> None:
    labels = quote_labels()
    assert all(map(labels.finds, labels.examples))
    assert not any(map(labels.finds, labels.counterexamples))


@pytest.mark.parametrize(
    "text", ["the page " * 2_000, "subscribe " * 2_000, "4" * 20_000, "we and our partners " * 1_000]
)
def test_patterns_are_linear(text: str) -> None:
    began = time.perf_counter()
    for rule in kind_rules():
        rule.finds(text)
        rule.finds(text[:150])
    assert time.perf_counter() - began < 2
