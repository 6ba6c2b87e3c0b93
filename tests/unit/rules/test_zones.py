"""Every cue of zones.toml finds its examples, and none finds a counterexample."""

from __future__ import annotations

import time

import pytest

from extractor.rules.zones import ZoneRule, zone_rules

RULES = zone_rules()


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("rule", "line"),
    [pytest.param(rule, line, id=f"{rule.id}: {line[:50]}") for rule in RULES for line in rule.examples],
)
def test_example(rule: ZoneRule, line: str) -> None:
    found = rule.find(line)
    assert found is not None
    start, end = found
    assert 0 <= start < end <= len(line)


@pytest.mark.parametrize(
    "line", sorted({line for rule in RULES for line in rule.counterexamples}), ids=lambda line: line[:50]
)
def test_counterexample(line: str) -> None:
    assert [rule.id for rule in RULES if rule.find(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "The S&P 500 rose 20.05 points, or 0.6%, to 3,500.59.",
        "Capital Bank (NYSE:CAB) 9.62%",
        "On Monday:",
        "For the year:",
        "SPX +9.5% to 5,400.90, best day since Oct '08.",
        "Small-cap stocks",
        "Winners and Losers: From Steel Giants to Tech Tumble",
        "NEW YORK (Example Wire) - Stocks rose on Monday.",
        "More from the Fed is expected on Wednesday, traders said.",
    ],
)
def test_lines_of_a_body_are_no_cue(line: str) -> None:
    assert [rule.id for rule in RULES if rule.find(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "By " + "Aa " * 6000,
        "Aaaa | " * 57,
        "Reporting by A" + " " * 20_000,
        "1" * 20_000,
        "(" * 20_000,
        "- " * 190,
        "Symbol Price " * 30,
        "sign up " * 40,
        "a" * 1_000_000,
    ],
    ids=lambda line: line[:20],
)
def test_hostile_lines_take_no_time(line: str) -> None:
    began = time.perf_counter()
    for rule in RULES:
        rule.find(line)
    assert time.perf_counter() - began < 1.0
