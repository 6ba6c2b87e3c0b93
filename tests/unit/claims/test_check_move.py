"""Moves against an invented tape: every expected rating worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractor.claims.check import check_article, check_claim
from extractor.domain.claim import Basis
from extractor.domain.market import Split
from extractor.domain.verdict import Rating, Verdict
from extractor.verify.market import TapeMarket
from tests.fakes.prices import table
from tests.fakes.tape import statement, tape

# From 200.00 on the 10th: 178.34 is -10.83 %, the low of 167.00 is -16.5 %, the high of 182.00 is -9 %.
FALL = {
    "2025-12-09": "198.00",
    "2025-12-10": {"open": "199.00", "high": "203.00", "low": "197.00", "close": "200.00"},
    "2025-12-11": {"open": "175.00", "high": "182.00", "low": "167.00", "close": "178.34"},
    "2025-12-12": {"open": "178.00", "high": "181.00", "low": "177.00", "close": "178.34"},
}
CLOSES = {"2025-12-10": "50.00", "2025-12-11": "51.00", "2025-12-12": "50.00"}


@pytest.fixture(scope="module")
def market() -> TapeMarket:
    return tape(
        {"equity:XNYS:FALL": FALL, "equity:XNAS:CLSE": CLOSES},
        tables=[
            table("yield:US10Y", {"2025-12-10": "4.10", "2025-12-11": "4.05"}, source="FRED"),
            table("equity:XNAS:ADJD", {"2025-12-10": "49.00", "2025-12-11": "50.00"}, adjustment="split_div"),
        ],
    )


def ruled(market: TapeMarket, about: str, value: str | None, on: str | None, **changes: Any) -> Verdict:
    changes.setdefault("published", "2025-12-18")
    changes.setdefault("unit", "percent")
    claim = statement("move", about, value, on, **changes)
    return check_claim(claim, [claim], market)


DOWN: dict[str, Any] = {"direction": "down"}


@pytest.mark.parametrize(
    ("value", "changes", "rating", "reason"),
    [
        ("10.83", DOWN, "supported", "within_rounding"),
        ("11", DOWN, "supported", "within_rounding"),
        ("10.8", DOWN, "supported", "within_rounding"),
        ("10.9", DOWN, "imprecise", "rounded_twice"),
        ("13", DOWN, "conflicting", "intraday_only"),
        ("14", DOWN | {"basis": Basis.CLOSE}, "contradicted", "outside_rounding"),
        ("13", DOWN | {"basis": Basis.CLOSE}, "conflicting", "intraday_only"),  # -12.5 % at the open
        ("16.5", DOWN | {"basis": Basis.CLOSE}, "conflicting", "intraday_only"),  # the close, they say: it was the low
        ("13", DOWN | {"basis": Basis.INTRADAY}, "supported", "inside_range"),
        ("19", DOWN, "contradicted", "outside_rounding"),
        ("10.83", {"direction": "up"}, "contradicted", "wrong_direction"),
        ("13", {"direction": "up"}, "contradicted", "wrong_direction"),  # never rescued by the range
        ("10.83", {}, "supported", "within_rounding"),  # no direction in the words
        ("21.66", DOWN | {"unit": "USD"}, "supported", "within_rounding"),
        ("21.99", DOWN | {"unit": "USD"}, "conflicting", "intraday_only"),
        ("21.66", DOWN | {"unit": "GBP"}, "not_enough_data", "other_currency"),
        ("11", DOWN | {"unit": "basis_points"}, "not_checkable", "unit"),
        ("10", DOWN | {"comparator": ">", "hedge": "more than"}, "supported", "above"),
        ("16.5", DOWN | {"comparator": "<=", "hedge": "as much as"}, "supported", "within_rounding"),
        ("13", DOWN | {"comparator": "<=", "hedge": "as much as"}, "contradicted", "outside_rounding"),
        ("10", DOWN | {"modality": "negated", "comparator": ">"}, "contradicted", "denies_what_is_true"),
        (
            "15",
            DOWN | {"modality": "negated", "comparator": ">", "basis": Basis.CLOSE},
            "supported",
            "denies_what_is_false",
        ),
        ("20", DOWN | {"modality": "forecast"}, "not_checkable", "forecast"),
    ],
)
def test_one_day(market: TapeMarket, value: str, changes: dict[str, Any], rating: str, reason: str) -> None:
    verdict = ruled(market, "equity:XNYS:FALL", value, "2025-12-11", **changes)
    assert (str(verdict.rating), verdict.reason) == (rating, reason), verdict


def test_what_a_conflict_says(market: TapeMarket) -> None:
    verdict = ruled(market, "equity:XNYS:FALL", "13", "2025-12-11", direction="down", quote="13%")
    assert verdict.correction == (
        "FALL closed 10.83 % lower on 2025-12-11 (178.34 after 200.00); "
        "13% was reached intraday (low 167.00, -16.50 %)."
    )
    assert (verdict.stated, verdict.actual) == (Decimal("-13"), Decimal("-10.83"))
    assert verdict.formula == "(close(equity:XNYS:FALL, 2025-12-11) / close(equity:XNYS:FALL, 2025-12-10) - 1) * 100"
    assert [(row.field, row.value) for row in verdict.evidence] == [
        ("close", "200.00"),
        ("close", "178.34"),
        ("low", "167.00"),
    ]


@pytest.mark.parametrize(
    ("about", "value", "on", "changes", "rating", "reason"),
    [
        ("equity:XNAS:CLSE", "2", "2025-12-11", {"direction": "up"}, "supported", "within_rounding"),
        ("equity:XNAS:CLSE", "5", "2025-12-11", {"direction": "up"}, "contradicted", "outside_rounding"),
        # On the article's own day the figure may be of another hour.
        (
            "equity:XNAS:CLSE",
            "5",
            "2025-12-11",
            {"direction": "up", "published": "2025-12-11"},
            "not_enough_data",
            "no_intraday",
        ),
        ("equity:XNAS:CLSE", "5", "2025-12-11", {"direction": "up", "basis": Basis.INTRADAY}, "not_enough_data", None),
        ("equity:XNAS:CLSE", "2", "2025-12-13", {"direction": "down"}, "imprecise", "not_a_session"),  # a Saturday
        ("equity:XNAS:CLSE", "0.0", "2025-12-10..2025-12-12", {}, "supported", "within_rounding"),
        ("equity:XNAS:CLSE", "2", "2025-12-10", {"direction": "up"}, "not_enough_data", None),  # no close before it
        ("equity:XNAS:CLSE", "2", None, {"direction": "up"}, "not_enough_data", "no_date"),
        # Dividend-adjusted closes may support, never contradict: 49 to 50 is +2.04 %.
        ("equity:XNAS:ADJD", "2", "2025-12-11", {"direction": "up"}, "supported", "within_rounding"),
        ("equity:XNAS:ADJD", "7", "2025-12-11", {"direction": "up"}, "not_enough_data", "adjusted_only"),
        # Par yields: -5 basis points, give or take the rounding of both rows and five more.
        ("yield:US10Y", "5", "2025-12-11", {"direction": "down", "unit": "basis_points"}, "supported", None),
        ("yield:US10Y", "4.3", "2025-12-11", {"direction": "down", "unit": "basis_points"}, "supported", None),
        ("yield:US10Y", "9", "2025-12-11", {"direction": "down", "unit": "basis_points"}, "imprecise", "par_yield"),
        ("yield:US10Y", "12", "2025-12-11", {"direction": "down", "unit": "basis_points"}, "contradicted", None),
        ("yield:US10Y", "1", "2025-12-11", {"direction": "up", "unit": "basis_points"}, "contradicted", None),
        ("yield:US10Y", "0.05", "2025-12-11", {"direction": "down", "unit": "percentage_points"}, "supported", None),
        # "fell 1.2 %": a relative change, for -1.2 percentage points it was not.
        ("yield:US10Y", "1.2", "2025-12-11", {"direction": "down"}, "supported", None),
        ("yield:US10Y", "5", "2025-12-11", {"direction": "down"}, "contradicted", None),
    ],
)
def test_series_and_days(
    market: TapeMarket, about: str, value: str, on: str | None, changes: dict[str, Any], rating: str, reason: str | None
) -> None:
    verdict = ruled(market, about, value, on, **changes)
    assert str(verdict.rating) == rating, verdict
    assert reason is None or verdict.reason == reason


def test_a_split_is_no_fall() -> None:
    split = Split(ex_on=date(2025, 12, 11), instrument="equity:XNAS:SPLT", ratio=Decimal(10))
    rows = {"equity:XNAS:SPLT": {"2025-12-10": "500.00", "2025-12-11": "51.00"}}
    market = tape(rows, known_splits=[split])
    assert ruled(market, "equity:XNAS:SPLT", "2", "2025-12-11", direction="up").rating is Rating.SUPPORTED
    assert ruled(market, "equity:XNAS:SPLT", "89.8", "2025-12-11", direction="down").rating is Rating.CONTRADICTED


WINDOW = {
    "2025-11-28": "34.00",
    "2025-12-01": "33.00",
    "2025-12-02": "31.00",
    "2025-12-03": "32.00",
    "2025-12-04": "33.00",
    "2025-12-05": "34.50",
    "2025-12-08": "70.00",
    "2025-12-09": "66.00",
    "2025-12-10": "60.00",
}


@pytest.mark.parametrize(
    ("value", "direction", "comparator", "rating"),
    [
        ("2", "up", ">", "supported"),  # 34.50 to 70.00 in one session is 2.03 times
        ("3", "up", ">", "contradicted"),
        ("2", "up", "=", "supported"),
        ("2", "down", "=", "contradicted"),
    ],
)
def test_multiples_over_a_window(value: str, direction: str, comparator: str, rating: str) -> None:
    market = tape({"equity:XNAS:JUMP": WINDOW})
    verdict = ruled(
        market,
        "equity:XNAS:JUMP",
        value,
        "2025-12-01..2025-12-10",
        unit="multiple",
        direction=direction,
        comparator=comparator,
    )
    assert str(verdict.rating) == rating, verdict


def series(**values: str) -> dict[str, str]:
    days = {"ytd": "2024-12-31", "month": "2025-11-17", "week": "2025-12-10", "end": "2025-12-17", "day": "2025-12-18"}
    return {days[name]: value for name, value in values.items()}


@pytest.mark.parametrize(
    ("rows", "rating", "reason"),
    [
        (series(ytd="80", month="90", week="95", end="100"), "supported", "direction"),
        (series(ytd="120", month="90", week="95", end="100"), "supported", "direction"),  # the month and the week
        (series(ytd="80", month="90", week="105", end="100"), "supported", "direction"),  # the month and the year
        (series(ytd="120", month="90", week="105", end="100"), "not_checkable", "window_unstated"),  # the month alone
        (series(ytd="80", month="110", week="95", end="100"), "not_checkable", "window_unstated"),  # without the month
        (series(ytd="120", month="110", week="105", end="100"), "contradicted", "all_windows_against"),
        (series(month="110", week="105", end="100"), "not_enough_data", None),  # one window cannot be looked up
    ],
)
def test_surging_without_a_window(rows: dict[str, str], rating: str, reason: str | None) -> None:
    market = tape({"equity:XNAS:SRGE": rows})
    verdict = ruled(
        market, "equity:XNAS:SRGE", None, "2025-12-01..2025-12-31", source="implied", direction="up", unit=None
    )
    assert str(verdict.rating) == rating, verdict
    assert reason is None or verdict.reason == reason


def test_sliding_on_a_day_that_is_named(market: TapeMarket) -> None:
    down = ruled(market, "equity:XNYS:FALL", None, "2025-12-11", direction="down", unit=None)
    up = ruled(market, "equity:XNYS:FALL", None, "2025-12-11", direction="up", unit=None)
    flat = ruled(market, "equity:XNYS:FALL", None, "2025-12-12", direction="up", unit=None)
    assert (down.rating, up.rating, flat.rating) == (Rating.SUPPORTED, Rating.CONTRADICTED, Rating.IMPRECISE)
    denied = ruled(market, "equity:XNYS:FALL", None, "2025-12-11", direction="up", unit=None, modality="negated")
    assert denied.rating is Rating.SUPPORTED


def test_an_intraday_change_that_its_own_level_belies(market: TapeMarket) -> None:
    words = "Shares were down $24.50 at $176.00."
    common: dict[str, Any] = {"published": "2025-12-11", "sentence": words}
    change = statement(
        "move",
        "equity:XNYS:FALL",
        "24.50",
        "2025-12-11",
        unit="USD",
        direction="down",
        basis=Basis.INTRADAY,
        start=10,
        **common,
    )
    level = statement("level", "equity:XNYS:FALL", "176.00", "2025-12-11", start=30, **common)
    # 200.00 less 24.50 is 175.50.
    verdict = check_article([change, level], market)[0]
    assert (verdict.rating, verdict.reason) == (Rating.CONFLICTING, "disagrees_with_level")
    right = statement("level", "equity:XNYS:FALL", "175.50", "2025-12-11", start=30, **common)
    assert check_article([change, right], market)[0].rating is Rating.SUPPORTED
