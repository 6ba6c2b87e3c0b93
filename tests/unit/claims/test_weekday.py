"""A date with a weekday that is another's: both days are tested, and said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extractor.claims.check import check_claim
from extractor.claims.inside.weekday import doubt_of
from extractor.domain.verdict import Rating, Verdict
from tests.fakes.tape import period, statement, tape

NEW = "index:NEW"
ROWS = {NEW: {"2025-12-09": "100.00", "2025-12-10": "101.00", "2025-12-11": "102.00", "2025-12-12": "103.00"}}


def checked(value: str, words: str, on: str = "2025-12-10", **changes: Any) -> Verdict:
    changes.setdefault("published", "2025-12-17")
    changes.setdefault("metric", "close")
    claim = statement("level", NEW, value, on, words=words, **changes)
    return check_claim(claim, [claim], tape(ROWS))


@pytest.mark.parametrize(
    ("value", "rating", "reason"),
    [
        ("101.00", "imprecise", "other_weekday"),  # of the date
        ("102.00", "imprecise", "other_weekday"),  # of the weekday
        ("99.00", "contradicted", "outside_rounding"),
        ("103.00", "contradicted", "outside_rounding"),  # of the day after both
    ],
)
def test_a_figure_of_either_day_is_no_false_one(value: str, rating: str, reason: str) -> None:
    verdict = checked(value, "Thursday, Dec. 10")
    assert (str(verdict.rating), verdict.reason) == (rating, reason)
    assert "2025-12-10 was a Wednesday, not a Thursday; tested: 2025-12-10 and 2025-12-11" in verdict.explanation


def test_what_holds_on_both_days_is_no_looser_than_it_was_printed() -> None:
    verdict = checked("100.50", "Thursday, Dec. 10", comparator=">")
    assert (verdict.rating, verdict.reason) == (Rating.SUPPORTED, "above")
    assert "not a Thursday; tested: 2025-12-10 and 2025-12-11; it holds on either" in verdict.explanation


def test_a_weekday_that_fits_says_nothing() -> None:
    verdict = checked("101.00", "Wednesday, Dec. 10")
    assert (verdict.rating, verdict.reason) == (Rating.SUPPORTED, "within_rounding")
    assert "Wednesday" not in verdict.explanation


def test_where_the_tape_has_nothing_the_weekday_is_still_named() -> None:
    verdict = checked("101.00", "Friday, Dec. 5", "2024-12-05", published="2024-12-20")
    assert verdict.rating is Rating.NOT_ENOUGH_DATA
    assert "2024-12-05 was a Thursday, not a Friday" in verdict.explanation


def test_a_denial_is_read_in_its_favour() -> None:
    verdict = checked("101.50", "Thursday, Dec. 10", comparator=">", modality="negated")
    assert verdict.rating is Rating.SUPPORTED
    assert "not a Thursday" in verdict.explanation


def test_a_day_without_a_year_long_ago_may_be_another_years() -> None:
    """ "On Monday, Oct. 19" of an anniversary: nothing says that the last one is meant."""
    verdict = checked("99.00", "Thursday, Dec. 10", published="2026-09-01")
    assert (verdict.rating, verdict.reason) == (Rating.NOT_ENOUGH_DATA, "other_weekday")
    assert checked("99.00", "Thursday, Dec. 10, 2025", published="2026-09-01").rating is Rating.CONTRADICTED
    denied = {"comparator": ">", "modality": "negated", "published": "2026-09-01"}
    assert checked("99.00", "Thursday, Dec. 10", **denied).rating is Rating.NOT_ENOUGH_DATA


@pytest.mark.parametrize(
    ("read", "words", "days"),
    [
        ("2025-12-10", "Thursday, Dec. 10", ["2025-12-10", "2025-12-11"]),
        ("2025-12-10", "Tues., Dec. 10", ["2025-12-10", "2025-12-09"]),
        ("2025-12-10", "Dec. 10 (Sat)", ["2025-12-10", "2025-12-13"]),
        ("2025-12-10", "Sunday, Dec. 10", ["2025-12-10", "2025-12-07"]),
        ("2025-12-16", "Friday, Dec. 16", ["2025-12-16"]),  # that Friday is still to come
        ("2025-12-04", "12/04/2025", ["2025-12-04", "2025-04-12"]),
        ("2025-12-10", "Wednesday, Dec. 10", None),
        ("2025-12-10", "Dec. 10", None),
        ("2025-12-10", "Thursday", None),  # no day of the month: it was read from the weekday
        ("2025-12-10", "between Tuesday and Thursday, Dec. 10", None),
        ("2025-12-12", "12/12/2025", None),
        ("2025-12-13", "12/13/2025", None),
        ("2025-01-12", "01/12/2025", None),  # 1 December 2025 would not have come yet
    ],
)
def test_which_days_may_be_meant(read: str, words: str, days: list[str] | None) -> None:
    published = date(2025, 11, 28) if read < "2025-02" else date(2025, 12, 17)
    doubt = doubt_of(period(read, words=words), published)
    assert (doubt and [one.isoformat() for one in doubt.days]) == days


def test_a_window_is_not_in_doubt() -> None:
    assert doubt_of(period("2025-12-01..2025-12-10", words="since Monday, Dec. 10"), date(2025, 12, 17)) is None


def test_a_slashed_date_holds_on_either_reading() -> None:
    rows = {NEW: {"2025-04-11": "80.00", "2025-12-04": "90.00"}}
    claim = statement("level", NEW, "80.00", "2025-12-04", words="12/04/2025", published="2025-12-17", metric="close")
    assert check_claim(claim, [claim], tape(rows)).rating is Rating.IMPRECISE  # 12 April was a Saturday
    own = statement("level", NEW, "90.00", "2025-12-04", words="12/04/2025", published="2025-12-17", metric="close")
    verdict = check_claim(own, [own], tape(rows))
    assert (verdict.rating, verdict.reason) == (Rating.SUPPORTED, "within_rounding")
    assert "can be read" not in verdict.explanation
