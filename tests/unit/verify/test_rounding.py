"""Rule 1: the unit of the last printed digit, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractor.domain.market import Adjustment, Bar, SeriesInfo
from extractor.verify.rounding import printed_unit, source_half_unit


@pytest.mark.parametrize(
    ("value", "decimals", "scale", "unit", "expected"),
    [
        ("2531.16", 2, 1, "points", "0.01"),
        ("48057.8", 1, 1, "points", "0.1"),
        ("40522", 0, 1, "points", "1"),
        ("2500", 0, 1, "points", "100"),  # the trailing zeros count as rounding
        ("2000", 0, 1, "points", "100"),  # but two digits are always meant
        ("10000", 0, 1, "jobs", "1000"),
        ("32000", 0, 1, "jobs", "1000"),
        ("12340", 0, 1, "points", "10"),
        ("990", 0, 1, "points", "1"),
        ("900", 0, 1, "points", "1"),
        ("1200", 0, 1, "percent", "1"),
        ("1500", 0, 1, "basis_points", "1"),
        ("25", 0, 1, "basis_points", "1"),
        ("4500000000000", 1, 10**12, "USD", "100000000000"),  # $4.5 trillion
        ("26000000", 0, 10**6, "shares", "1000000"),  # 26 million
        ("5800000000", 0, 10**6, "USD", "100000000"),  # 5,800 million
        ("2", 0, 1, "multiple", "0.1"),  # "doubled"
        ("5", 0, 1, "multiple", "1"),  # "fivefold"
    ],
)
def test_the_last_digit_that_is_meant(value: str, decimals: int, scale: int, unit: str, expected: str) -> None:
    found = printed_unit(Decimal(value), decimals=decimals, scale=Decimal(scale), unit=unit)
    assert found == Decimal(expected)


def bar(close: str, *, instrument: str = "index:RUT", decimals: int | None = None) -> Bar:
    day = date(2025, 12, 4)
    info = SeriesInfo(
        id=instrument,
        source="test",
        adjustment=Adjustment.NONE,
        first_on=day,
        last_on=day,
        fields=("close",),
        decimals=decimals,
    )
    return Bar(series=info, session=day, close=Decimal(close))


@pytest.mark.parametrize(
    ("close", "instrument", "decimals", "expected"),
    [
        ("2531.16", "index:RUT", None, "0.005"),
        ("2852.5", "index:SPX", None, "0.005"),  # a trailing zero was dropped on the way
        ("4.4", "yield:US10Y", 2, "0.005"),
        ("1.3191", "currency:EURUSD", None, "0.00005"),
        ("1.32", "currency:EURUSD", None, "0.00005"),
        ("457.334015", "crypto:BTC", None, "0.0000005"),
    ],
)
def test_half_a_unit_of_the_source(close: str, instrument: str, decimals: int | None, expected: str) -> None:
    assert source_half_unit(bar(close, instrument=instrument, decimals=decimals)) == Decimal(expected)
