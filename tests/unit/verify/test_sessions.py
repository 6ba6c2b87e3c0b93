"""Rule 8: from days and windows to sessions. December 2025: the 4th is a Thursday, the 25th a holiday."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.adapters.calendars import TradingCalendars
from extractor.verify.sessions import candidate_sessions, candidate_spans, months_before
from tests.fakes.tape import period, statement

CALENDAR = TradingCalendars().for_instrument("index:RUT")


@pytest.mark.parametrize(
    ("on", "source", "words", "published", "sessions", "closed_on"),
    [
        ("2025-12-04", "explicit", None, "2025-12-18", ["2025-12-04"], None),
        # Dated by the article alone: its own session, or the one before a morning's article.
        ("2025-12-04", "implied", None, "2025-12-04", ["2025-12-04", "2025-12-03"], None),
        # Printed on a Sunday, without a day in the words: Friday.
        ("2025-12-07", "implied", None, "2025-12-07", ["2025-12-05"], None),
        # "Yesterday", on a Monday.
        ("2025-12-07", "relative", "yesterday's close", "2025-12-08", ["2025-12-05"], None),
        # A weekend and a holiday named as trading days.
        ("2025-12-06", "explicit", None, "2025-12-10", ["2025-12-05"], "2025-12-06"),
        ("2025-12-25", "explicit", None, "2025-12-29", ["2025-12-24"], "2025-12-25"),
        (
            "2025-12-08..2025-12-10",
            "relative",
            "last week",
            "2025-12-15",
            ["2025-12-08", "2025-12-09", "2025-12-10"],
            None,
        ),
    ],
)
def test_sessions_of_a_level(
    on: str, source: str, words: str | None, published: str, sessions: list[str], closed_on: str | None
) -> None:
    claim = statement("level", "index:RUT", "2500.00", on, source=source, words=words, published=published)
    assert claim.date is not None
    found = candidate_sessions(claim, claim.date, CALENDAR)
    assert [day.isoformat() for day in found.sessions] == sessions
    assert (found.closed_on and found.closed_on.isoformat()) == closed_on


def test_just_last_week_reaches_five_to_nine_days_back() -> None:
    on = period("2025-12-08..2025-12-12", "relative", "last week")
    claim = statement("level", "index:RUT", "2500.00", on, published="2025-12-20", sentence="It did so just last week.")
    found = candidate_sessions(claim, on, CALENDAR)
    assert (found.sessions[0], found.sessions[-1]) == (date(2025, 12, 8), date(2025, 12, 15))


@pytest.mark.parametrize(
    ("on", "source", "published", "spans"),
    [
        ("2025-12-04", "explicit", "2025-12-18", [("2025-12-03", "2025-12-04")]),
        # From the session named to the one named.
        ("2025-12-02..2025-12-05", "explicit", "2025-12-18", [("2025-12-02", "2025-12-05")]),
        # A month named by its days is measured from the close before it.
        ("2025-11-01..2025-11-30", "explicit", "2025-12-18", [("2025-10-31", "2025-11-28")]),
        # Year to date, read in the morning of the 18th: to its close, or to the last one known.
        (
            "2024-12-31..2025-12-18",
            "relative",
            "2025-12-18",
            [("2024-12-31", "2025-12-18"), ("2024-12-31", "2025-12-17")],
        ),
    ],
)
def test_spans_of_a_move(on: str, source: str, published: str, spans: list[tuple[str, str]]) -> None:
    claim = statement("move", "index:RUT", "1.0", on, source=source, published=published, unit="percent")
    assert claim.date is not None
    found, closed_on = candidate_spans(claim, claim.date, CALENDAR)
    assert [(span.start.isoformat(), span.end.isoformat()) for span in found] == spans
    assert closed_on is None


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [("2025-03-31", 1, "2025-02-28"), ("2025-01-15", 1, "2024-12-15"), ("2025-12-18", 24, "2023-12-18")],
)
def test_months_before(day: str, count: int, expected: str) -> None:
    assert months_before(date.fromisoformat(day), count) == date.fromisoformat(expected)
