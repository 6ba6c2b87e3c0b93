"""Forecasts: open until their horizon, then settled by the tape, and never where the words name no clear end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractor.claims.check import check_article, check_claim
from extractor.claims.forecast.horizon import horizon
from extractor.domain.claim import Claim
from extractor.domain.market import RateDecision, Split
from extractor.domain.verdict import Rating, Verdict
from extractor.runs import Checked, check
from tests.factories import make_article
from tests.fakes.tape import period, statement, tape

SPX = "index:SPX"
CLOSES = {"2025-12-01": "6800.00", "2025-12-15": "6950.00", "2025-12-30": "6890.00", "2025-12-31": "6845.50"}
ROWS = {SPX: CLOSES | {"2026-01-02": "6858.47"}}


def forecast(value: str, sentence: str, on: str | None = None, words: str | None = None, **changes: Any) -> Claim:
    given = {"published": "2025-12-01", "modality": "forecast", "sentence": sentence, "quote": value, "metric": "level"}
    number = changes.pop("number", value.replace(",", ""))
    when = period(on, "relative", words) if on else None
    return statement(changes.pop("kind", "level"), changes.pop("about", SPX), number, when, **given | changes)


def year_end(value: str = "6,845.50", **changes: Any) -> Claim:
    sentence = f"The index will stand at {value} by year-end."
    return forecast(value, sentence, "2025-12-31", "year-end", **changes)


def verdict(claim: Claim, as_of: str | None = None, **market: Any) -> Verdict:
    return check_claim(claim, [claim], tape(market.pop("rows", ROWS), as_of=as_of, **market))


def test_open_until_the_horizon_then_settled_on_its_close() -> None:
    claim = year_end()
    before = verdict(claim, "2025-12-30")
    assert (before.rating, before.reason, before.formula) == (Rating.NOT_CHECKABLE, "forecast", "due(2025-12-31)")
    assert before.evidence == ()
    for as_of, known in (("2025-12-31", "2025-12-31"), ("2026-01-05", "2026-01-05"), (None, "2025-12-31")):
        after = verdict(claim, as_of)
        assert (after.rating, after.rule) == (Rating.SUPPORTED, "forecast.level.close.v1")
        assert str(after.as_of) == known
        assert "Forecast of 2025-12-01, settled on 2025-12-31" in after.explanation
        assert [(str(row.session), row.value) for row in after.evidence] == [("2025-12-31", "6845.50")]


def test_a_forecast_that_missed_says_what_came() -> None:
    missed = verdict(year_end("7,000"))
    assert missed.rating is Rating.CONTRADICTED
    assert missed.correction == "SPX closed at 6,845.50 on 2025-12-31."


def test_a_horizon_on_a_holiday_is_settled_on_the_session_before() -> None:
    said = "It should be 6,890.00 at the end of the year."
    claim = forecast("6,890.00", said, "2023-12-31", "the end of the year", published="2023-12-01")
    found = verdict(claim, rows={SPX: {"2023-12-29": "6890.00"}})
    assert (found.rating, str(found.as_of)) == (Rating.SUPPORTED, "2023-12-29")


def test_data_that_ends_before_the_horizon_leaves_it_open_or_says_so() -> None:
    rows = {SPX: {"2025-12-01": "6800.00", "2025-12-15": "6950.00"}}
    assert verdict(year_end(), rows=rows).formula == "due(2025-12-31)"
    asked = verdict(year_end(), "2026-01-05", rows=rows)
    assert (asked.rating, asked.reason) == (Rating.NOT_ENOUGH_DATA, "after_series")
    assert verdict(year_end(), rows={}).rating is Rating.NOT_CHECKABLE


def test_the_years_close_is_read_where_no_day_was() -> None:
    claim = forecast("6,845.50", "We see the S&P 500 ending soon; it will end the year at 6,845.50, they said.")
    assert claim.date is None
    assert verdict(claim).rating is Rating.SUPPORTED


RANGES = {
    "2025-12-01": {"close": "6800", "high": "6820", "low": "6790"},
    **{
        day: {"close": "6850", "high": high, "low": low}
        for day, high, low in [
            ("2025-12-02", "6860", "6840"),
            ("2025-12-03", "6999.30", "6800"),
            ("2025-12-04", "6900", "6700"),
            ("2025-12-05", "6870", "6810"),
        ]
    },
}


@pytest.mark.parametrize(
    ("value", "rating", "reason"),
    [
        ("6,990", Rating.SUPPORTED, "reached"),
        ("7,000", Rating.IMPRECISE, "nearly_reached"),
        ("7,110", Rating.CONTRADICTED, "not_reached"),
        ("6,710", Rating.SUPPORTED, "reached"),  # from above
        ("6,620", Rating.CONTRADICTED, "not_reached"),
    ],
)
def test_a_level_to_be_reached_counts_on_any_day_up_to_the_horizon(value: str, rating: Rating, reason: str) -> None:
    sentence = f"The index will hit {value} by December 5."
    claim = forecast(value, sentence, "2025-12-05", "December 5", metric="high")
    found = verdict(claim, rows={SPX: RANGES})
    assert (found.rating, found.reason, found.rule) == (rating, reason, "forecast.level.reached.v1")
    assert str(found.as_of) == "2025-12-05"
    assert verdict(claim, "2025-12-04", rows={SPX: RANGES}).rating is Rating.NOT_CHECKABLE  # even if it was reached


def test_a_day_that_is_missing_on_the_way_refutes_nothing() -> None:
    rows = {day: row for day, row in RANGES.items() if day != "2025-12-03"}
    missed = forecast("7,110", "It will hit 7,110 by December 5.", "2025-12-05", "December 5")
    assert verdict(missed, rows={SPX: rows}).rating is Rating.NOT_ENOUGH_DATA
    held = forecast("6,890", "It will hit 6,890 by December 5.", "2025-12-05", "December 5")
    assert verdict(held, rows={SPX: rows}).rating is Rating.SUPPORTED


def test_within_months_counts_from_the_article() -> None:
    claim = forecast("6,900", "The bank expects it to reach 6,900 within 12 months.")
    found = horizon(claim)
    assert found is not None
    assert str(found.on) == "2026-12-01"


def test_a_change_over_a_coming_year() -> None:
    rows = {SPX: {"2024-12-31": "5881.63", "2025-12-31": "6845.50"}}
    for value, way, rating in (
        ("16.4", "up", "supported"),
        ("10", "up", "contradicted"),
        ("16.4", "down", "contradicted"),
    ):
        claim = forecast(
            value,
            f"Stocks will move {value} in 2025.",
            "2025-01-01..2025-12-31",
            "2025",
            kind="move",
            metric="change",
            unit="percent",
            direction=way,
            published="2024-11-20",
        )
        found = verdict(claim, rows=rows)
        assert (found.rating, str(found.as_of)) == (rating, "2025-12-31")
        assert verdict(claim, "2025-06-30", rows=rows).rating is Rating.NOT_CHECKABLE


RATE = "rate:XX:POLICY"


def decisions(*days: str) -> list[RateDecision]:
    found = []
    for number, day in enumerate(days):
        on, low = date.fromisoformat(day), Decimal("5.00") - number * Decimal("0.25")
        found.append(RateDecision(rate=RATE, decided_on=on, effective_on=on, low=low, high=low, source="bank"))
    return found


def cuts(value: str, published: str = "2024-12-18", **changes: Any) -> Claim:
    return forecast(
        value,
        f"The bank will cut {value} times in 2025.",
        "2025-01-01..2025-12-31",
        "2025",
        kind="rate",
        about=RATE,
        metric="count",
        unit="count",
        direction="down",
        published=published,
        **changes,
    )


def test_cuts_of_a_year_are_counted_when_a_later_meeting_is_known() -> None:
    known = ["2024-12-18", "2025-03-19", "2025-09-17"]
    whole = decisions(*known, "2026-01-28")
    for value, rating in (("2", Rating.SUPPORTED), ("3", Rating.CONTRADICTED)):
        assert verdict(cuts(value), rows={}, known_decisions=whole).rating is rating
        # The table may simply end: December's meeting is not in it.
        open_one = verdict(cuts(value), "2026-01-05", rows={}, known_decisions=decisions(*known))
        assert (open_one.rating, open_one.formula) == (Rating.NOT_CHECKABLE, "due(2025-12-31)")
    told = verdict(cuts("2", published="2025-06-01"), rows={}, known_decisions=whole)  # two, or two more?
    assert told.rating is Rating.NOT_CHECKABLE


UNCLEAR = [
    year_end(modality="conditional"),
    year_end(modality="asserted"),
    year_end(confidence=0.5),
    year_end(published=None),
    year_end(published="2025-12-31"),
    forecast("7,000", "It will reach 7,000 by autumn.", "2026-09-01..2026-11-30", "autumn"),
    forecast("7,000", "It should close above 7,000 on Tuesday.", "2025-12-09", "Tuesday"),
    forecast("7,000", "It goes to 7,000 soon."),
    forecast("7,000", "It will be at 7,000 in 12 months."),
    forecast("68", "Oil will average 68 by year-end.", "2025-12-31", "year-end"),
    forecast("6,500", "It raised its year-end forecast to 7,000 from 6,500.", "2025-12-31", "year-end"),
    forecast("7,000", "If 7,000 goes, 7,000 is next by year-end.", "2025-12-31", "year-end"),
    forecast("7,000", "It had a price target of 7,000.", "2025-12-31", "year-end", metric="target"),
    forecast("7,000", "The average of strategists is 7,000.", "2025-12-31", "year-end", metric="average"),
    forecast(
        "10", "Up 10 this year.", "2024-12-31..2025-12-31", "this year", kind="move", metric="change", direction="up"
    ),
    forecast(
        "0.4",
        "A rise of 0.4 in October.",
        "2026-10-01..2026-10-31",
        "October",
        kind="move",
        metric="change",
        direction="up",
    ),
    cuts("2", value_high="3"),
    forecast("3.9", "3.9 at the end of 2026", "2026-12-31", "the end of 2026", kind="rate", about=RATE),
    forecast("0.25", "0.25 in 2026", "2026-01-01..2026-12-31", "2026", kind="rate", about=RATE, metric="change"),
    forecast(
        "4.3", "4.3 next year", "2026-01-01..2026-12-31", "next year", kind="indicator", about="indicator:US:UNRATE"
    ),
]


@pytest.mark.parametrize("claim", UNCLEAR, ids=lambda claim: claim.sentence)
def test_what_has_no_clear_horizon_is_never_settled(claim: Claim) -> None:
    assert horizon(claim) is None


def test_a_split_on_the_way_is_undone_for_a_close_and_stops_a_target() -> None:
    share = "equity:XNAS:NEW"
    split = Split(ex_on=date(2025, 12, 10), instrument=share, ratio=Decimal(10))
    rows = {share: {"2025-12-01": "1000.00", "2025-12-31": "120.00"}}
    claim = year_end("1,200.00", about=share)
    assert verdict(claim, rows=rows, known_splits=[split]).rating is Rating.SUPPORTED
    target = forecast("1,500", "It will hit 1,500 by year-end.", "2025-12-31", "year-end", about=share)
    found = verdict(target, rows=rows, known_splits=[split])
    assert (found.rating, found.reason) == (Rating.NOT_ENOUGH_DATA, "split_since")


def test_the_settlement_stands_beside_the_verdict_of_the_articles_day() -> None:
    claim = year_end("7,000")
    article = make_article(claim.sentence, published_on=claim.published)
    found = check(article, [claim], tape(ROWS), check_article)
    assert isinstance(found, Checked)
    (line,) = found.lines
    assert line.verdict is not None
    assert line.verdict_now is not None
    assert (line.verdict.rating, str(line.verdict.as_of)) == (Rating.NOT_CHECKABLE, "2025-12-01")
    assert (line.verdict_now.rating, str(line.verdict_now.as_of)) == (Rating.CONTRADICTED, "2025-12-31")
    given = check(article, [claim], tape(ROWS), check_article, as_of=date(2026, 1, 5))
    assert isinstance(given, Checked)
    assert given.lines[0].verdict is not None
    assert given.lines[0].verdict.rating is Rating.CONTRADICTED
