"""Every example and counterexample of `periods.toml`."""

from __future__ import annotations

import re

import pytest

from extractor.annotate.periods import find
from extractor.rules.periods import load

RULES = load()


def unmarked(example: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without its square brackets, and each marked date with its place."""
    text = ""
    dates: list[tuple[int, str]] = []
    for piece in re.split(r"(\[[^\]]*\])", example):
        if piece.startswith("["):
            dates.append((len(text), piece[1:-1]))
            piece = piece[1:-1]
        text += piece
    return text, dates


MARKED = [(rule.id, example) for rule in RULES.rule for example in rule.examples]
MARKED += [(rule.id, example) for rule in RULES.not_date for example in rule.counterexamples]
UNMARKED = [(rule.id, example) for rule in RULES.rule for example in rule.counterexamples]
UNMARKED += [(rule.id, example) for rule in RULES.not_date for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), MARKED)
def test_example(rule: str, example: str) -> None:
    text, dates = unmarked(example)
    assert dates, f"{rule}: an example marks its date in square brackets"
    found = [(date.start, date.text) for date in find(text)]
    for start, words in dates:
        assert any(at <= start and start + len(words) <= at + len(read) for at, read in found), found
    assert len(found) == len(dates), found


@pytest.mark.parametrize(("rule", "example"), UNMARKED)
def test_counterexample(rule: str, example: str) -> None:
    assert [date.text for date in find(example)] == [], rule
