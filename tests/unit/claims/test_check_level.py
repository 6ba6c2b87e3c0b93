"""Levels against an invented week: every expected rating worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.claims.check import check_claim
from extractor.domain.claim import Basis
from extractor.domain.verdict import Rating, Verdict
from extractor.verify.market import TapeMarket
from tests.fakes.prices import table
from tests.fakes.tape import statement, tape

ROWS = {
    "index:RUT": {
        "2025-12-03": {"open": "2470.00", "high": "2512.00", "low": "2468.00", "close": "2510.10"},
        "2025-12-04": {"open": "2508.24", "high": "2540.01", "low": "2501.77", "close": "2531.16"},
        "2025-12-05": {"open": "2530.45", "high": "2538.37", "low": "2517.91", "close": "2521.48"},
        "2025-12-08": {"open": "2532.42", "high": "2540.90", "low": "2517.14", "close": "2520.98"},
    },
    "equity:XNAS:CLSE": {"2025-12-03": "50.00", "2025-12-04": "51.50", "2025-12-05": "51.00"},  # closes only
    "commodity:GOLD": {"2025-12-03": "4200.50", "2025-12-04": "4210.00"},
}


@pytest.fixture(scope="module")
def market() -> TapeMarket:
    yields = {"2025-12-03": "4.06", "2025-12-04": "4.11"}
    return tape(ROWS, tables=[table("yield:US10Y", yields, source="FRED")])


def ruled(market: TapeMarket, about: str, value: str | None, on: str | None, **changes: Any) -> Verdict:
    changes.setdefault("published", "2025-12-18")
    claim = statement("level", about, value, on, **changes)
    return check_claim(claim, [claim], market)


@pytest.mark.parametrize(
    ("value", "changes", "rating", "reason"),
    [
        ("2531.16", {"metric": "close"}, "supported", "within_rounding"),
        ("2531.2", {"metric": "close"}, "supported", "within_rounding"),
        ("2530", {"metric": "close"}, "supported", "within_rounding"),
        ("2531.61", {"metric": "close"}, "contradicted", "outside_rounding"),  # inside the range, but not the close
        ("2540.01", {"metric": "close"}, "conflicting", "equals_high"),
        ("2508.24", {"metric": "close"}, "conflicting", "equals_open"),
        ("2501.77", {"basis": Basis.CLOSE}, "conflicting", "equals_low"),
        ("2540.01", {"metric": "high"}, "supported", "within_rounding"),
        ("2531.16", {"metric": "high"}, "conflicting", "equals_close"),
        ("2525", {"metric": "high"}, "supported", "reached"),  # the day went through it
        ("2525.50", {"metric": "high"}, "contradicted", "outside_rounding"),
        ("2501.77", {"metric": "low"}, "supported", "within_rounding"),
        ("2508.24", {"metric": "open"}, "supported", "within_rounding"),
        ("2531.16", {}, "supported", "within_rounding"),
        ("2525.50", {}, "conflicting", "inside_range"),  # no verb: the close first, then the range
        ("2545.50", {}, "contradicted", "outside_rounding"),
        ("2525.50", {"basis": Basis.INTRADAY}, "supported", "inside_range"),
        ("2545.50", {"basis": Basis.INTRADAY}, "not_enough_data", "no_intraday"),
        (
            "2545.50",
            {"basis": Basis.INTRADAY, "sentence": "It stood at 2,545.50 at midday."},
            "contradicted",
            "outside_range",
        ),
        ("2545.50", {"basis": Basis.PREMARKET}, "not_enough_data", "no_intraday"),
        ("2510", {"comparator": "~", "hedge": "around"}, "supported", "within_tolerance"),
        ("2500", {"comparator": ">", "metric": "close"}, "supported", "above"),
        ("2535", {"comparator": ">", "metric": "close"}, "contradicted", "not_above"),
        ("2535", {"comparator": ">", "modality": "negated", "metric": "close"}, "supported", "denies_what_is_false"),
        ("2500", {"comparator": ">", "modality": "negated", "metric": "close"}, "contradicted", "denies_what_is_true"),
        ("2531.16", {"unit": "percent"}, "not_checkable", "unit"),
        ("2531.16", {"metric": "target"}, "not_checkable", "target"),
        ("9999.99", {"modality": "forecast"}, "not_checkable", "forecast"),
        ("9999.99", {"modality": "conditional"}, "not_checkable", "conditional"),
        ("2531.16", {"metric": "auction"}, "not_enough_data", "no_series"),
    ],
)
def test_bases_of_one_day(market: TapeMarket, value: str, changes: dict[str, Any], rating: str, reason: str) -> None:
    verdict = ruled(market, "index:RUT", value, "2025-12-04", **changes)
    assert (str(verdict.rating), verdict.reason) == (rating, reason)


@pytest.mark.parametrize(
    ("value", "on", "changes", "rating", "reason"),
    [
        ("2531.16", None, {}, "not_enough_data", "no_date"),
        ("2521.48", "2025-12-06", {"metric": "close"}, "imprecise", "not_a_session"),  # Friday's, named as Saturday's
        ("2599.00", "2025-12-06", {"metric": "close"}, "contradicted", "not_a_session"),
        (
            "2521.48",
            "2025-12-07",
            {"metric": "close", "source": "implied", "published": "2025-12-07"},
            "supported",
            None,
        ),
        # A morning's article that names no day still speaks of the session before.
        (
            "2510.10",
            "2025-12-04",
            {"metric": "close", "source": "implied", "published": "2025-12-04"},
            "supported",
            None,
        ),
        ("2510.10", "2025-12-04", {"metric": "close"}, "contradicted", None),
        ("2531.16", "2025-12-01..2025-12-05", {"metric": "close"}, "supported", None),
        ("2531.99", "2025-12-01..2025-12-05", {"metric": "close"}, "not_enough_data", None),  # two sessions are missing
        ("2531.16", "2025-12-03..2025-12-05", {"metric": "close"}, "supported", None),
        ("2531.99", "2025-12-03..2025-12-05", {"metric": "close"}, "contradicted", None),
        ("2531.16", "2025-12-02", {"metric": "close"}, "not_enough_data", None),
        ("2531.16", "2026-03-02", {"metric": "close"}, "not_enough_data", None),
    ],
)
def test_days(
    market: TapeMarket, value: str, on: str | None, changes: dict[str, Any], rating: str, reason: str | None
) -> None:
    verdict = ruled(market, "index:RUT", value, on, **changes)
    assert str(verdict.rating) == rating, verdict
    assert reason is None or verdict.reason == reason


@pytest.mark.parametrize(
    ("about", "value", "changes", "rating", "reason"),
    [
        ("equity:XNAS:CLSE", "51.50", {"metric": "close"}, "supported", "within_rounding"),
        ("equity:XNAS:CLSE", "51.90", {}, "not_enough_data", "no_intraday"),  # closes cannot tell of another hour
        ("equity:XNAS:CLSE", "79.90", {}, "contradicted", "outside_rounding"),  # but nobody paid that
        ("equity:XNAS:CLSE", "51.90", {"metric": "close"}, "contradicted", "outside_rounding"),
        ("equity:XNAS:CLSE", "51.90", {"metric": "high"}, "not_enough_data", "no_intraday"),
        ("equity:XNAS:CLSE", "51.50", {"unit": "EUR", "metric": "close"}, "not_enough_data", "other_currency"),
        ("equity:XNAS:NONE", "51.50", {"metric": "close"}, "not_enough_data", "no_series"),
        ("yield:US10Y", "4.11", {"unit": "percent", "metric": "close"}, "supported", "within_rounding"),
        ("yield:US10Y", "4.14", {"unit": "percent"}, "imprecise", "par_yield"),
        ("yield:US10Y", "4.14", {"unit": "percent", "metric": "high"}, "imprecise", "par_yield"),
        ("yield:US10Y", "4.31", {"unit": "percent"}, "contradicted", "outside_rounding"),
        ("commodity:GOLD", "4250.00", {"metric": "close"}, "contradicted", "outside_rounding"),
        (
            "commodity:GOLD",
            "4250.00",
            {"metric": "close", "sentence": "Gold for February delivery settled at $4,250.00."},
            "not_enough_data",
            "other_contract",
        ),
    ],
)
def test_what_the_series_can_tell(
    market: TapeMarket, about: str, value: str, changes: dict[str, Any], rating: str, reason: str
) -> None:
    verdict = ruled(market, about, value, "2025-12-04", **changes)
    assert (str(verdict.rating), verdict.reason) == (rating, reason)


def test_a_verdict_can_be_redone_by_hand(market: TapeMarket) -> None:
    verdict = ruled(market, "index:RUT", "2531.61", "2025-12-04", metric="close")
    assert verdict.rule == "level.close.v1"
    assert verdict.formula == "close(index:RUT, 2025-12-04)"
    assert (str(verdict.stated), str(verdict.actual)) == ("2531.61", "2531.16")
    assert (str(verdict.difference), str(verdict.tolerance)) == ("-0.45", "0.010")
    assert [(row.series, row.session.isoformat(), row.field, row.value) for row in verdict.evidence] == [
        ("index:RUT", "2025-12-04", "close", "2531.16")
    ]
    assert verdict.correction == "RUT closed at 2,531.16 on 2025-12-04."
    assert verdict.as_of is not None
    assert verdict.as_of.isoformat() == "2025-12-18"


@pytest.mark.parametrize(
    ("low", "high", "published", "rating"),
    [
        ("2501.77", "2540.01", "2025-12-18", "supported"),
        ("2501.77", "2530.01", "2025-12-18", "contradicted"),
        ("2505.00", "2530.01", "2025-12-04", "supported"),  # the day was still running
        ("2490.00", "2530.01", "2025-12-04", "contradicted"),
    ],
)
def test_ranges_of_a_day(market: TapeMarket, low: str, high: str, published: str, rating: str) -> None:
    verdict = ruled(market, "index:RUT", low, "2025-12-04", metric="range", value_high=high, published=published)
    assert str(verdict.rating) == rating


def test_later_days_are_hidden() -> None:
    verdict = ruled(tape(ROWS, as_of="2025-12-04"), "index:RUT", "2521.48", "2025-12-05", metric="close")
    assert verdict.rating is Rating.NOT_ENOUGH_DATA
