"""Policy rates against the decisions that ship (the Federal Reserve's, meeting by meeting), by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.claims.check import check_claim
from extractor.domain.market import RateDecision
from extractor.domain.verdict import Rating, Verdict
from extractor.rules.policy_rates import read_on, shipped_decisions
from extractor.verify.market import TapeMarket
from tests.fakes.tape import statement, tape

FED = "rate:US:FEDFUNDS"


def ruled(value: str | None, on: str | None, *, market: TapeMarket | None = None, **changes: Any) -> Verdict:
    changes.setdefault("published", "2026-03-02")
    changes.setdefault("unit", "percent")
    claim = statement(changes.pop("kind", "rate"), FED, value, on, **changes)
    return check_claim(claim, [claim], market or tape(as_of="2026-03-02"))


@pytest.mark.parametrize(
    ("value", "on", "changes", "rating", "reason"),
    [
        ("25", "2025-12-10", {"unit": "basis_points", "direction": "down"}, "supported", "within_rounding"),
        ("0.25", "2025-12-10", {"unit": "percentage_points", "direction": "down"}, "supported", "within_rounding"),
        ("25", "2025-12-11", {"unit": "basis_points", "direction": "down"}, "supported", None),  # took effect then
        ("50", "2025-12-10", {"unit": "basis_points", "direction": "down"}, "contradicted", None),
        ("25", "2025-12-10", {"unit": "basis_points", "direction": "up"}, "contradicted", "wrong_direction"),
        ("25", "2025-12-03", {"unit": "basis_points", "direction": "down"}, "contradicted", "no_change"),
        ("50", "2024-09-18", {"unit": "basis_points", "direction": "down"}, "supported", None),
        (None, "2025-12-10", {"direction": "down", "unit": None}, "supported", "direction"),
        (None, "2025-12-10", {"direction": "up", "unit": None}, "contradicted", "wrong_direction"),
        (None, "2026-01-28", {"direction": "down", "unit": None}, "contradicted", "no_change"),  # a meeting that held
        ("25", None, {"unit": "basis_points", "direction": "down"}, "not_enough_data", "no_date"),
    ],
)
def test_changes(value: str | None, on: str | None, changes: dict[str, Any], rating: str, reason: str | None) -> None:
    verdict = ruled(value, on, metric="change", **changes)
    assert str(verdict.rating) == rating, verdict
    assert reason is None or verdict.reason == reason


@pytest.mark.parametrize(
    ("low", "high", "on", "rating"),
    [
        ("3.50", "3.75", "2025-12-10", "supported"),  # decided that day
        ("3.50", "3.75", "2025-12-11", "supported"),  # in effect
        ("3.75", "4.00", "2025-12-10", "supported"),  # still in effect that day
        ("3.75", "4.00", "2025-12-11", "contradicted"),
        ("3.50", "3.75", "2025-12-09", "contradicted"),
        ("3.25", "3.50", "2025-12-10", "contradicted"),
        ("5.25", "5.50", "2024-03-01", "supported"),
    ],
)
def test_target_ranges(low: str, high: str, on: str, rating: str) -> None:
    assert str(ruled(low, on, metric="target_range", value_high=high).rating) == rating


@pytest.mark.parametrize(
    ("value", "on", "changes", "rating"),
    [
        ("3.75", "2026-01-05", {}, "supported"),
        ("3.6", "2026-01-05", {}, "imprecise"),
        ("4.50", "2026-01-05", {}, "contradicted"),
        ("4", "2026-01-05", {"comparator": "<", "hedge": "below"}, "supported"),
        ("0", None, {"comparator": "~", "hedge": "near"}, "supported"),  # it stood there once
        ("9", None, {}, "not_enough_data"),
        ("3.75", "2026-01-05", {"kind": "level"}, "supported"),  # told as a level, judged as a rate
    ],
)
def test_levels(value: str, on: str | None, changes: dict[str, Any], rating: str) -> None:
    assert str(ruled(value, on, metric="level", **changes).rating) == rating


@pytest.mark.parametrize(
    ("on", "metric", "value", "direction", "words", "rating"),
    [
        ("2025-12-10", "streak", "3", "down", "third consecutive cut", "supported"),
        ("2025-12-10", "streak", "2", "down", "second straight cut", "imprecise"),
        ("2025-12-10", "streak", "4", "down", "fourth straight cut", "contradicted"),
        ("2024-12-18", "streak", "3", "down", "third straight cut", "supported"),
        ("2025-09-17", "streak", "4", "down", "fourth straight cut", "contradicted"),  # five meetings held before it
        ("2016-12-14", "ordinal", "2", "up", "second since the crisis", "supported"),
        ("2016-12-14", "first_since", None, "up", "the first since last December", "supported"),
        ("2025-09-17", "first_since", None, "down", "the first cut since December", "supported"),
        ("2025-09-17", "first_since", None, "down", "the first cut since March", "supported"),  # farther back, so true
        ("2025-12-10", "first_since", None, "down", "the first cut since September 2025", "contradicted"),
        ("2025-09-17", "first", None, "down", "the first cut of the year", "supported"),
        ("2025-12-10", "first", None, "down", "the first cut of the year", "contradicted"),
        ("2025-12-10", "streak", "3", "up", "third straight hike", "contradicted"),
    ],
)
def test_superlatives(on: str, metric: str, value: str | None, direction: str, words: str, rating: str) -> None:
    verdict = ruled(
        value, on, kind="record", metric=metric, direction=direction, quote=words, sentence=words, unit="count"
    )
    assert str(verdict.rating) == rating, verdict


def test_nothing_later_than_the_day_is_known() -> None:
    then = tape(as_of="2025-12-09")
    verdict = ruled("25", "2025-12-10", market=then, metric="change", unit="basis_points", direction="down")
    assert verdict.rating is Rating.NOT_ENOUGH_DATA


def test_a_daily_series_that_disagrees_is_shown() -> None:
    rows = {f"{FED}:LOWER": {"2025-12-11": "3.25"}, f"{FED}:UPPER": {"2025-12-11": "3.50"}}
    verdict = ruled("25", "2025-12-10", market=tape(rows), metric="change", unit="basis_points", direction="down")
    assert (verdict.rating, verdict.reason) == (Rating.NOT_ENOUGH_DATA, "source_conflict")


def test_a_table_of_the_user_comes_first() -> None:
    def decided(day: str, low: str, high: str) -> RateDecision:
        on = date.fromisoformat(day)
        return RateDecision(
            rate="rate:EA:DEPOSIT", decided_on=on, effective_on=on, low=Decimal(low), high=Decimal(high), source="ECB"
        )

    market = tape(known_decisions=[decided("2025-04-17", "2.25", "2.25"), decided("2025-06-05", "2.00", "2.00")])
    claim = statement(
        "rate", "rate:EA:DEPOSIT", "25", "2025-06-05", metric="change", unit="basis_points", direction="down"
    )
    verdict = check_claim(claim, [claim], market)
    assert verdict.rating is Rating.SUPPORTED
    assert verdict.evidence[0].source == "ECB"


def test_the_shipped_table_is_sorted_and_whole() -> None:
    decisions = shipped_decisions(FED)
    days = [one.decided_on for one in decisions]
    assert days == sorted(days)
    assert len(days) == len(set(days))
    assert all(one.high - one.low == Decimal("0.25") for one in decisions)
    assert all(0 <= (one.effective_on - one.decided_on).days <= 1 for one in decisions)
    by_year = {year: sum(day.year == year for day in days) for year in range(2015, 2026)}
    assert by_year == {year: 9 if year == 2020 else 8 for year in range(2015, 2026)}
    assert read_on(FED) is not None


@pytest.mark.shared
def test_the_shipped_table_is_that_of_the_daily_series(shared: Path) -> None:
    from extractor import wiring

    market = wiring.tape(wiring.price_sources([shared / "prices"]))
    seen = 0
    for decision in shipped_decisions(FED):
        for suffix, value in (("LOWER", decision.low), ("UPPER", decision.high)):
            bar = market.bar(f"{FED}:{suffix}", decision.effective_on)
            close = getattr(bar, "close", None)
            if close is not None:
                seen += 1
                assert close == value, decision
    assert seen >= 180
