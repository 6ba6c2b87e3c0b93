"""Indexes whose names begin with a known one's: never the known one, and headlines are none of them."""

from __future__ import annotations

import pytest

from extractor.annotate.instruments.siblings import own_id, sibling_end


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("S&P 500", " Value"),
        ("S&P 500", " Equal Weight index"),
        ("S&P 500", "'s software and services index"),
        ("S&P 500", " bank index"),
        ("S&P 500", " energy sector"),
        ("S&P", " MidCap"),
        ("S&P", " 1500"),
        ("S&P", " Composite 1500"),
        ("Nasdaq", " Next Generation 100"),
        ("Nasdaq", " Financial-100"),
        ("Nasdaq", " Golden Dragon China index"),
        ("Nasdaq 100", " Volatility index"),
        ("Dow Jones", " China 88"),
        ("Russell 2000", " Growth"),
    ],
)
def test_siblings(name: str, rest: str) -> None:
    assert sibling_end(f"The {name}{rest} rose 2%.", 4 + len(name), name) == 4 + len(name) + len(rest)


@pytest.mark.parametrize(
    "text",
    [
        "S&P 500 rose 2%",
        "S&P 500 Stock Index rose 2%",
        "S&P 500 Friday rose 2%",
        "S&P 500 Closed Above 5000",
        "S&P 500 Down 100 Points",
        "S&P 500 Sheds 200 Points",
        "S&P 500 fell as the bank index rose",
        "S&P 500 gained 2% and the transport index 1%",
        "S&P 500 benchmark index rose",
    ],
)
def test_the_index_itself(text: str) -> None:
    assert sibling_end(text, len("S&P 500"), "S&P 500") is None


def test_own_ids() -> None:
    assert own_id("S&P 500 Value index") == "index:S_P_500_VALUE"
