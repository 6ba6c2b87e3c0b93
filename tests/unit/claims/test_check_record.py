"""Superlatives against invented histories: every expected rating worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extractor.adapters.calendars import TradingCalendars
from extractor.claims.check import check_article, check_claim
from extractor.domain.verdict import Rating, Verdict
from extractor.verify.market import TapeMarket
from tests.fakes.tape import statement, tape

SESSIONS = TradingCalendars().for_instrument("index:NEW").sessions(date(2012, 1, 3), date(2025, 12, 12))


def flat(level: str = "100.00", since: str = "2012-01-03", **days: str) -> dict[str, Any]:
    """A flat history with what differs: d20251204="105.00", or "105.00/106.00" for close and high."""
    changed = {f"{name[1:5]}-{name[5:7]}-{name[7:9]}": value for name, value in days.items()}
    rows: dict[str, Any] = {}
    for day in SESSIONS:
        if day < date.fromisoformat(since):
            continue
        close, _, high = changed.get(day.isoformat(), level).partition("/")
        rows[day.isoformat()] = {"close": close, "high": high or close, "low": close, "open": close}
    return rows


def ruled(market: TapeMarket, on: str, **changes: Any) -> Verdict:
    changes.setdefault("published", "2025-12-12")
    changes.setdefault("unit", None)
    claim = statement("record", "index:NEW", changes.pop("value", None), on, **changes)
    return check_claim(claim, [claim], market)


RISE = flat(d20251204="105.00/107.00", d20251208="104.00/108.00", d20251211="106.00/106.50")


@pytest.mark.parametrize(
    ("on", "changes", "rating"),
    [
        ("2025-12-04", {"metric": "record_close"}, "supported"),
        ("2025-12-11", {"metric": "record_close"}, "supported"),
        ("2025-12-08", {"metric": "record_close"}, "conflicting"),  # only its high of 108 was a record
        ("2025-12-09", {"metric": "record_close"}, "contradicted"),
        ("2025-12-08", {"metric": "record_high"}, "supported"),
        ("2025-12-11", {"metric": "record_high"}, "supported"),  # said of closes too, unless the words are intraday
        ("2025-12-08", {"metric": "record_high", "quote": "record closing high"}, "conflicting"),
        ("2025-12-09", {"metric": "record"}, "contradicted"),
        ("2025-12-01..2025-12-12", {"metric": "record_close"}, "supported"),
        ("2025-11-03..2025-11-28", {"metric": "record_close"}, "contradicted"),
        ("2025-12-09", {"metric": "record_close", "modality": "negated"}, "supported"),
        ("2025-12-04", {"metric": "record_close", "modality": "negated"}, "contradicted"),
        ("2025-12-08", {"metric": "high_52w"}, "supported"),
        ("2025-12-11", {"metric": "high_52w"}, "conflicting"),  # a 52-week high of closes only
        ("2025-12-09", {"metric": "high_52w"}, "contradicted"),
        ("2025-12-04", {"metric": "rank"}, "not_enough_data"),
        ("2025-12-04", {"metric": "record_close", "modality": "forecast"}, "not_checkable"),
    ],
)
def test_records(on: str, changes: dict[str, Any], rating: str) -> None:
    verdict = ruled(tape({"index:NEW": RISE}), on, direction="up", **changes)
    assert str(verdict.rating) == rating, verdict


def test_a_short_history_cannot_confirm_but_can_refute() -> None:
    market = tape({"index:NEW": flat(since="2024-01-02", d20251204="105.00")})
    confirmed = ruled(market, "2025-12-04", metric="record_close", direction="up")
    assert (confirmed.rating, confirmed.reason) == (Rating.NOT_ENOUGH_DATA, "history_too_short")
    refuted = ruled(market, "2025-12-05", metric="record_close", direction="up")
    assert refuted.rating is Rating.CONTRADICTED
    assert refuted.correction is not None
    assert "105.00 on 2025-12-04" in refuted.correction


def test_a_source_may_vouch_for_its_reach() -> None:
    rows = {"index:NEW": flat(since="2024-01-02", d20251204="105.00")}
    market = tape(rows, info={"complete_since": date(2024, 1, 2)})
    verdict = ruled(market, "2025-12-04", metric="record_close", direction="up")
    assert verdict.rating is Rating.SUPPORTED
    assert "2024-01-02" in verdict.explanation


def test_a_hole_cannot_confirm() -> None:
    rows = flat(d20251204="105.00")
    del rows["2025-12-02"]
    verdict = ruled(tape({"index:NEW": rows}), "2025-12-04", metric="record_close", direction="up")
    assert (verdict.rating, verdict.reason) == (Rating.NOT_ENOUGH_DATA, "session_missing")


FIRSTS = flat(d20250303="101.00", d20250602="102.00", d20251204="105.00")


@pytest.mark.parametrize(
    ("on", "value", "quote", "rating"),
    [
        ("2025-03-03", "1", "first record close of the year", "supported"),
        ("2025-12-04", "1", "first all-time high of the year", "contradicted"),
        ("2025-12-04", "3", "third record close of the year", "supported"),
        ("2025-12-04", "5", "fifth record close of the year", "contradicted"),
        ("2025-12-05", "1", "first record close of the year", "contradicted"),
        ("2025-12-04", "1", "first since who knows", "not_checkable"),
    ],
)
def test_first_of_the_year(on: str, value: str, quote: str, rating: str) -> None:
    verdict = ruled(
        tape({"index:NEW": FIRSTS}), on, metric="ordinal", value=value, quote=quote, direction="up", unit="count"
    )
    assert str(verdict.rating) == rating, verdict


def test_the_earlier_ones_are_shown() -> None:
    quote = "first all-time high of the year"
    verdict = ruled(tape({"index:NEW": FIRSTS}), "2025-12-04", metric="first", quote=quote, direction="up")
    assert [row.session.isoformat() for row in verdict.evidence] == ["2025-03-03", "2025-06-02", "2025-12-04"]
    assert verdict.correction is not None
    assert "2025-03-03, 2025-06-02" in verdict.correction


@pytest.mark.parametrize(
    ("level", "rating"), [("104.00", "supported"), ("101.50", "contradicted"), ("110.00", "contradicted")]
)
def test_first_time_above_a_level(level: str, rating: str) -> None:
    words = f"It rose above {level} for the first time."
    first = statement(
        "record", "index:NEW", None, "2025-12-04", metric="first", quote="first time", sentence=words, direction="up"
    )
    beside = statement("level", "index:NEW", level, "2025-12-04", sentence=words, start=14, comparator=">")
    assert str(check_article([first, beside], tape({"index:NEW": FIRSTS}))[0].rating) == rating


# 110 in June 2019 and 108 in May 2025 stand above the 107 of December 4th.
SINCE = flat(d20190610="110.00", d20250512="108.00", d20251204="107.00")


@pytest.mark.parametrize(
    ("changes", "rating"),
    [
        ({"quote": "highest close since May"}, "supported"),
        ({"quote": "highest close since April"}, "contradicted"),  # 108.00 in May
        ({"quote": "highest close since November"}, "supported"),  # true, though it goes back farther
        ({"value": "6", "unit": "months"}, "supported"),
        ({"value": "8", "unit": "months"}, "contradicted"),
        ({"value": "7", "unit": "months"}, "imprecise"),  # May 12 is not quite seven months back
        ({"value": "3", "unit": "months", "comparator": ">"}, "supported"),
        ({"quote": "highest in ages"}, "not_enough_data"),
    ],
)
def test_highest_since(changes: dict[str, Any], rating: str) -> None:
    verdict = ruled(tape({"index:NEW": SINCE}), "2025-12-04", metric="highest_since", direction="up", **changes)
    assert str(verdict.rating) == rating, verdict


def test_highest_since_a_day_before_the_history() -> None:
    market = tape({"index:NEW": flat(since="2025-01-02", d20251204="107.00")})
    verdict = ruled(market, "2025-12-04", metric="highest_since", quote="highest since 2021", direction="up")
    assert verdict.rating is Rating.NOT_ENOUGH_DATA


# +3 % on Nov 25th, +2 % on Dec 4th.
BEST = flat(d20251124="100.00", d20251125="103.00", d20251203="100.00", d20251204="102.00")


@pytest.mark.parametrize(
    ("quote", "rating"),
    [
        ("best day since Nov. 25", "supported"),
        ("best day since Nov. 20", "contradicted"),
        ("best day since December 1", "supported"),
    ],
)
def test_best_day_since(quote: str, rating: str) -> None:
    verdict = ruled(tape({"index:NEW": BEST}), "2025-12-04", metric="best_since", quote=quote, direction="up")
    assert str(verdict.rating) == rating, verdict


# Five sessions up in a row to December 8th, after a fall on the 1st.
STREAK = flat(
    d20251128="101.00",
    d20251201="100.00",
    d20251202="100.50",
    d20251203="101.00",
    d20251204="101.50",
    d20251205="102.00",
    d20251208="102.50",
    d20251209="101.00",
)


@pytest.mark.parametrize(
    ("on", "value", "direction", "rating"),
    [
        ("2025-12-08", "5", "up", "supported"),
        ("2025-12-08", "4", "up", "imprecise"),
        ("2025-12-08", "6", "up", "contradicted"),
        ("2025-12-08", "2", "down", "contradicted"),
        ("2025-12-09", "1", "down", "supported"),
    ],
)
def test_streaks(on: str, value: str, direction: str, rating: str) -> None:
    verdict = ruled(
        tape({"index:NEW": STREAK}),
        on,
        metric="streak",
        value=value,
        unit="count",
        quote="straight",
        direction=direction,
    )
    assert str(verdict.rating) == rating, verdict


def test_a_streak_across_a_hole_is_not_known() -> None:
    rows = {day: row for day, row in STREAK.items() if day != "2025-12-03"}
    verdict = ruled(
        tape({"index:NEW": rows}), "2025-12-08", metric="streak", value="5", unit="count", quote="fifth", direction="up"
    )
    assert verdict.rating is Rating.NOT_ENOUGH_DATA


@pytest.mark.parametrize(
    ("metric", "quote", "sentence"),
    [
        ("streak", "eighth straight daily inflow", "Funds on the index booked their eighth straight daily inflow."),
        ("streak", "sixth session in a row", "The index beat its rival for a sixth session in a row."),
        ("streak", "ten straight sessions", "The index has held above 5,000 for ten straight sessions."),
        ("first_since", "first weekly loss since May", "It was the index's first weekly loss since May."),
        ("first_since", "first time since May", "It closed below its 50-day average for the first time since May."),
        ("lowest_since", "smallest gain since May", "It was the smallest gain since May."),
        ("best_since", "biggest two-day gain since May", "It was the biggest two-day gain since May."),
        ("best_since", "best December since 1999", "The index had its best December since 1999."),
        ("best_since", "the most since 2020", "The index rose 4% in the month, the most since 2020."),
    ],
)
def test_what_is_no_price_is_not_judged_by_the_price(metric: str, quote: str, sentence: str) -> None:
    verdict = ruled(
        tape({"index:NEW": RISE}), "2025-12-11", metric=metric, quote=quote, sentence=sentence, value="6", unit="count"
    )
    assert verdict.rating is Rating.NOT_ENOUGH_DATA
