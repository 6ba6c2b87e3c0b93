"""Which source outranks which: the examples stand in the rules file itself."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from extractor.rules.sources import AGGREGATOR, PRIMARY, UNKNOWN, source_rank

RULES = tomllib.loads(files("extractor.rules").joinpath("sources.toml").read_text(encoding="utf-8"))
RANKS = {"primary": PRIMARY, "aggregator": AGGREGATOR}


@pytest.mark.parametrize(("name", "source"), [(name, one) for name, rule in RULES.items() for one in rule["examples"]])
def test_example(name: str, source: str) -> None:
    assert source_rank(source) == RANKS[name]


@pytest.mark.parametrize(
    ("name", "source"), [(name, one) for name, rule in RULES.items() for one in rule["counterexamples"]]
)
def test_counterexample(name: str, source: str) -> None:
    assert source_rank(source) != RANKS[name]


def test_a_copy_of_a_primary_source_is_a_copy() -> None:
    assert source_rank("Yahoo (CBOE)") == AGGREGATOR
    assert source_rank("my own notes") == UNKNOWN
