"""How far back a superlative claims to go."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.verify.since import reach_of
from tests.fakes.tape import statement

ON = date(2025, 12, 10)


@pytest.mark.parametrize(
    ("words", "latest"),
    [
        ("best day since Nov. 25", "2025-11-25"),
        ("highest since July 2007", "2007-07-31"),
        ("highest since 2009", "2009-12-31"),
        ("the first since last December", "2024-12-31"),
        ("lowest since March", "2025-03-31"),
        ("lowest since the start of March", "2025-03-31"),
        ("best since October", "2025-10-31"),
        ("worst since March 9, 2020", "2020-03-09"),
    ],
)
def test_words(words: str, latest: str) -> None:
    claim = statement("record", "index:RUT", None, ON.isoformat(), metric="best_since", quote=words, sentence=words)
    reach = reach_of(claim, ON)
    assert reach is not None
    assert reach.latest == date.fromisoformat(latest)


@pytest.mark.parametrize(
    ("value", "unit", "comparator", "latest"),
    [
        ("6", "years", "=", "2019-12-10"),
        ("5", "years", ">", "2020-12-10"),
        ("7", "months", "=", "2025-05-10"),
        ("2", "weeks", "=", "2025-11-26"),
    ],
)
def test_spans(value: str, unit: str, comparator: str, latest: str) -> None:
    claim = statement(
        "record", "index:RUT", value, ON.isoformat(), metric="highest_since", unit=unit, comparator=comparator
    )
    reach = reach_of(claim, ON)
    assert reach is not None
    assert reach.latest == date.fromisoformat(latest)


@pytest.mark.parametrize("words", ["a strong day", "gains since", "since the Maybach launch", "since then"])
def test_nothing_said(words: str) -> None:
    claim = statement("record", "index:RUT", None, ON.isoformat(), metric="best_since", quote=words, sentence=words)
    assert reach_of(claim, ON) is None
