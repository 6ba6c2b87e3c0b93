"""What live sources call an instrument: the examples stand in the rules file itself."""

from __future__ import annotations

import pytest

from extractor.rules.instruments import InstrumentBook
from extractor.rules.price_symbols import source_rules
from extractor.rules.sources import AGGREGATOR, PRIMARY, source_rank
from extractor.rules.statistics import series_of

SOURCES = source_rules()


@pytest.mark.parametrize(
    ("source", "instrument", "symbol"),
    [(name, one, symbol) for name, rules in SOURCES.items() for one, symbol in rules.examples.items()],
)
def test_example(source: str, instrument: str, symbol: str) -> None:
    found = SOURCES[source].symbol(instrument)
    assert found is not None
    assert (found.instrument, found.name) == (instrument, symbol)


@pytest.mark.parametrize(
    ("source", "instrument"), [(name, one) for name, rules in SOURCES.items() for one in rules.counterexamples]
)
def test_counterexample(source: str, instrument: str) -> None:
    assert SOURCES[source].symbol(instrument) is None


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_has_examples_of_both_sorts_and_an_https_address(name: str) -> None:
    rules = SOURCES[name]
    assert rules.examples
    assert rules.counterexamples
    assert rules.address.startswith("https://")


def test_prices_are_expected_in_the_currency_they_are_quoted_in() -> None:
    yahoo = SOURCES["yahoo"]
    expected = {
        "equity:XNAS:NVDA": "USD",
        "index:N225": "JPY",
        "index:FTSE": "GBP",
        "crypto:BTC": "USD",
    }
    assert {one: (found := yahoo.symbol(one)) and found.currency for one in expected} == expected


def test_ids_are_ones_that_claims_have() -> None:
    """A misspelt id would never be asked for. Series that other ids are made of are no instruments of their own."""
    book = InstrumentBook.load()
    of_parts = {part for rules in SOURCES.values() for parts in rules.parts.values() for part in parts}
    every = {one for rules in SOURCES.values() for one in rules.ids} - of_parts
    unknown = [one for one in every if book.get(one) is None and not one.startswith(("yield:", "indicator:"))]
    assert unknown == ["rate:US:DFF"]  # the daily rate by FRED's own name, beside EFFR
    assert [one for one in every if one.startswith("indicator:") and series_of(one).unit is None] == []


def test_a_print_is_counted_as_claims_count_it() -> None:
    for indicator, rule in SOURCES["fred"].prints.items():
        assert series_of(indicator).unit == rule.unit


def test_who_makes_a_figure_outranks_who_passes_it_on() -> None:
    ranks = {name: source_rank(rules.source) for name, rules in SOURCES.items()}
    assert ranks == {"yahoo": AGGREGATOR, "tiingo": AGGREGATOR, "fred": PRIMARY, "cboe": PRIMARY}
