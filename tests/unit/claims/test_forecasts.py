"""Forecasts: open until their horizon, then settled by the tape, and never where the words name no clear end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractor.claims.check import check_article, check_claim
from extractor.claims.forecast.settle import horizon
from extractor.domain.claim import Claim
from extractor.domain.market import Print, RateDecision, Split
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
        changes.pop("sentence", f"The bank will cut {value} times in 2025."),
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


def rates(value: str, sentence: str, on: str, words: str, **changes: Any) -> Claim:
    given = {"kind": "rate", "about": RATE, "unit": "percent", "published": "2025-01-10"} | changes
    return forecast(value, sentence, on, words, **given)


MEETINGS = ("2024-12-18", "2025-03-19", "2025-06-18", "2025-09-17", "2026-01-28")  # 5.00, 4.75, ... 4.00


@pytest.mark.parametrize(
    ("value", "sentence", "on", "words", "rating"),
    [
        ("4.50", "The rate will be at 4.50 at the end of June.", "2025-06-30", "the end of June", "supported"),
        ("4.25", "The rate will be at 4.25 by year-end.", "2025-12-31", "year-end", "supported"),
        ("4.00", "The rate will be at 4.00 by year-end.", "2025-12-31", "year-end", "contradicted"),
        ("4.50", "It will cut to 4.50 by June.", "2025-06-01..2025-06-30", "June", "supported"),
        ("4.75", "It will cut to 4.75 by June.", "2025-06-01..2025-06-30", "June", "supported"),  # in March
        ("4.25", "It will cut to 4.25 by June.", "2025-06-01..2025-06-30", "June", "contradicted"),
        ("4.25", "It will cut to 4.25 at its September meeting.", "2025-09-01..2025-09-30", "September", "supported"),
        (
            "5.00",
            "It will raise to 5.00 by June.",
            "2025-06-01..2025-06-30",
            "June",
            "contradicted",
        ),  # stood there before
        ("4.50", "It will cut to 4.50 by February.", "2025-02-01..2025-02-28", "February", "contradicted"),  # not moved
        ("5.00", "It will cut to 5.00 by February.", "2025-02-01..2025-02-28", "February", "not_checkable"),
    ],
)
def test_where_a_policy_rate_will_stand(value: str, sentence: str, on: str, words: str, rating: str) -> None:
    claim = rates(value, sentence, on, words)
    whole = [replace(one, high=one.low) for one in decisions(*MEETINGS)]
    settled = verdict(claim, rows={}, known_decisions=whole)
    assert str(settled.rating) == rating, settled
    end = on.partition("..")[2] or on
    before = verdict(claim, "2025-01-31", rows={}, known_decisions=whole)
    assert (before.rating, before.formula) == (Rating.NOT_CHECKABLE, f"due({end})")
    if rating != "not_checkable":
        assert settled.rule is not None
        assert settled.rule.startswith("forecast.rate.level")
        assert str(settled.as_of) == end


def test_a_target_range_to_come_is_settled_whole() -> None:
    for low, high, rating in (("4.75", "5.00", "supported"), ("4.50", "4.75", "contradicted")):
        claim = rates(
            low, f"It will lower its range to {low} by June.", "2025-06-01..2025-06-30", "June",
            metric="target_range", value_high=high,
        )  # fmt: skip
        known = [
            replace(one, high=one.low + Decimal("0.25")) for one in decisions("2024-12-18", "2025-03-19", "2025-07-30")
        ]
        assert str(verdict(claim, rows={}, known_decisions=known).rating) == rating


def test_more_cuts_are_counted_from_the_article_on() -> None:
    whole = decisions("2024-12-18", "2025-03-19", "2025-09-17", "2025-12-10", "2026-01-28")
    for value, published, rating in (
        ("2", "2025-06-01", "supported"),
        ("1", "2025-06-01", "contradicted"),
        ("1", "2025-09-17", "not_checkable"),  # with that day's cut, or without
    ):
        said = f"The bank sees {value} more cuts this year."
        claim = cuts(value, published, sentence=said, quote=f"{value} more cuts", number=value)
        found = verdict(claim, rows={}, known_decisions=whole)
        assert (str(found.rating), found.formula is None) == (rating, rating == "not_checkable")
    known = decisions("2024-12-18", "2025-03-19", "2025-09-17")
    waits = cuts("1", "2025-06-01", sentence="One more cut this year.", quote="One more cut", number="1")
    assert verdict(waits, rows={}, known_decisions=known).formula == "due(2025-12-31)"


JOBS = "indicator:US:PAYEMS"
NOVEMBER = "2025-11-01..2025-11-30"


def prints(value: str, sentence: str, on: str = NOVEMBER, **changes: Any) -> Claim:
    given = {"kind": "indicator", "about": JOBS, "metric": "print", "unit": "jobs", "direction": "up"} | changes
    return forecast(value, sentence, on, "November", **given)


def jobs(value: str, on: str) -> Print:
    return Print(
        indicator=JOBS, reference=date(2025, 11, 1), value=Decimal(value), unit="jobs",
        released_on=date.fromisoformat(on), source="the office",
    )  # fmt: skip


RELEASES = [jobs("64000", "2025-12-16"), jobs("41000", "2026-02-11")]


@pytest.mark.parametrize(
    ("value", "rating"), [("64,000", "supported"), ("50,000", "contradicted"), ("41,000", "contradicted")]
)
def test_a_print_to_come_is_settled_by_its_first_release(value: str, rating: str) -> None:
    claim = prints(value, f"Economists expect payrolls to have risen {value} in November.")
    for as_of in ("2025-12-01", "2025-12-15"):
        found = verdict(claim, as_of, rows={}, known_prints=RELEASES)
        assert (found.rating, found.formula) == (Rating.NOT_CHECKABLE, "due(2025-12-02)")
    for as_of, known in (("2025-12-16", "2025-12-16"), ("2026-03-01", "2026-03-01"), (None, "2025-12-16")):
        settled = verdict(claim, as_of, rows={}, known_prints=RELEASES)
        assert (str(settled.rating), str(settled.as_of)) == (rating, known)
        assert settled.rule == "forecast.indicator.print.v1"
        assert settled.evidence[0].value == "64000"


def test_a_print_that_is_out_is_no_forecast_of_a_coming_one() -> None:
    claim = prints("50,000", "Economists expect 50,000 in November.", published="2025-12-17")
    found = verdict(claim, rows={}, known_prints=RELEASES)
    assert (found.rating, found.formula) == (Rating.NOT_CHECKABLE, None)
    told = prints("64,000", "Payrolls rose 64,000 in November.", modality="asserted", published="2025-12-10", start=90)
    beside = prints("50,000", "It is expected at 50,000 in November.", published="2025-12-10")
    (expected,) = (
        one for one in check_article([told, beside], tape(known_prints=RELEASES)) if one.claim_id == beside.id
    )
    assert expected.formula is None


def test_a_weekday_to_come_is_settled_on_its_close() -> None:
    claim = forecast("6,900", "It will close above 6,900 on Friday.", "2025-12-05", "Friday", comparator=">")
    for close, rating in (("6905.00", Rating.SUPPORTED), ("6880.00", Rating.CONTRADICTED)):
        rows = {SPX: {"2025-12-01": "6800.00", "2025-12-05": close}}
        assert verdict(claim, "2025-12-04", rows=rows).formula == "due(2025-12-05)"
        assert verdict(claim, "2025-12-05", rows=rows).rating is rating
    closed = forecast(
        "6,900", "It is expected to close at 6,900 on Friday.", "2025-04-18", "Friday", published="2025-04-14"
    )
    good_friday = verdict(closed, rows={SPX: {"2025-04-17": "6900.00"}})
    assert (good_friday.rating, good_friday.formula) == (Rating.NOT_CHECKABLE, None)


@pytest.mark.parametrize(
    ("sentence", "on", "test"),
    [
        ("The bank sees it at 7,000 in 12 months.", "2026-12-01", "at"),
        ("It will stand at 7,000 a year from now.", "2026-12-01", "at"),
        ("It will trade above 7,000 in six months' time.", "2026-06-01", "at"),
        ("It will reach 7,000 over the next 12 months.", "2026-12-01", "reached"),
        ("It will reach 7,000 in a year.", "2026-12-01", "reached"),
        ("It will hit 7,000 in the next six months.", "2026-06-01", "reached"),
    ],
)
def test_spans_count_from_the_article(sentence: str, on: str, test: str) -> None:
    found = horizon(forecast("7,000", sentence))
    assert found is not None
    assert (str(found.on), str(found.test)) == (on, test)


@pytest.mark.parametrize(
    "sentence",
    [
        "It has a 12-month price target of $250.",
        "The bank raised its 12-month target for the S&P 500 to $250.",
        "It kept its target of $250 in 12 months.",
        "Its target of $250 over the next year stands.",
    ],
)
def test_a_target_with_a_span_is_to_be_reached(sentence: str) -> None:
    found = horizon(forecast("250", sentence, quote="$250", number="250", metric="target"))
    assert found is not None
    assert (str(found.on), str(found.test)) == ("2026-12-01", "reached")


UNCLEAR = [
    year_end(modality="conditional"),
    year_end(modality="asserted"),
    year_end(confidence=0.5),
    year_end(published=None),
    year_end(published="2025-12-31"),
    forecast("7,000", "It will reach 7,000 by autumn.", "2026-09-01..2026-11-30", "autumn"),
    forecast("7,000", "It should close above 7,000 on Tuesday.", "2025-12-09", "Tuesday"),
    forecast("7,000", "It goes to 7,000 soon."),
    forecast("7,000", "It could hit 7,000 by year-end.", "2025-12-31", "year-end"),
    forecast("7,000", "It goes to 7,000 in 12 months."),  # by then, or on the way
    forecast("7,000", "It will be at 7,000 over the next 12 months."),
    forecast("7,000", "It will be above 7,000 for the first time in 12 months."),
    forecast("7,000", "It will close above 7,000 on Monday.", "2025-12-08", "Monday"),  # said on a Monday
    forecast("7,000", "It could close above 7,000 on Friday.", "2025-12-05", "Friday"),
    forecast("7,000", "It was expected to close above 7,000 on Friday.", "2025-12-05", "Friday"),
    forecast("7,000", "It will close above 7,000 on Friday.", "2025-12-12", "Friday"),
    forecast("250", "The average 12-month price target of $250 is high.", quote="$250", number="250", metric="target"),
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
    rates("3.9", "The rate is priced at 3.9 by the end of 2026.", "2026-12-31", "the end of 2026"),
    rates("3.4", "The median dot puts the rate at 3.4 by the end of 2026.", "2026-12-31", "the end of 2026"),
    rates("3.25", "It will cut to 3.25 in June.", "2026-06-01..2026-06-30", "June"),
    rates("3.25", "It will cut to 3.25 by June 10.", "2026-06-10", "June 10"),
    cuts("2", sentence="Swaps price 2 cuts in 2025."),
    prints("50,000", "Economists had expected a gain of 50,000 in November."),
    prints("50,000", "Economists forecast a gain of 50,000 in November."),
    prints("0.3", "Economists expect a rise of 0.3 in November.", about="indicator:US:CPI", metric="mom"),
    prints("50,000", "The bank expects 50,000 a month in 2026.", "2026-01-01..2026-12-31"),
    prints("40,000", "Economists expect 40,000 to 60,000 in November.", value_high="60000"),
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
