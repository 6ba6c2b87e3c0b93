"""Trading calendars: known sessions and closures, and the shipped list against the library."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest

from extractor.adapters.calendars import LibraryCalendar, TradingCalendars
from extractor.rules.venues import new_york, venue


@pytest.fixture(scope="module")
def calendars() -> TradingCalendars:
    return TradingCalendars()


@pytest.mark.parametrize(
    ("instrument", "day", "trades"),
    [
        ("index:SPX", "2025-12-04", True),
        ("index:SPX", "2025-12-06", False),
        ("index:SPX", "2025-12-25", False),
        ("index:SPX", "2025-12-24", True),  # a half day
        ("index:SPX", "2025-01-09", False),  # mourning for President Carter
        ("index:SPX", "2018-12-05", False),  # and for President Bush
        ("index:SPX", "2012-10-29", False),  # the hurricane
        ("index:SPX", "2001-09-12", False),
        ("equity:XNAS:NVDA", "2025-11-27", False),  # Thanksgiving
        ("equity:XNAS:NVDA", "2025-11-28", True),
        ("etf:ARCX:SPY", "2025-06-19", False),
        ("yield:US10Y", "2025-10-13", False),  # Columbus Day: bonds closed, shares traded
        ("index:SPX", "2025-10-13", True),
        ("yield:US10Y", "2025-11-11", False),
        ("yield:US10Y", "2018-11-12", False),
        ("yield:US10Y", "2025-01-09", True),  # bonds traded half the day
        ("crypto:BTC", "2025-12-06", True),
        ("currency:EURUSD", "2025-12-05", True),
        ("currency:EURUSD", "2025-12-06", False),
        ("equity:ZZZZ:ABC", "2025-12-25", True),  # nothing known: no day is called a holiday
        ("equity:ZZZZ:ABC", "2025-12-27", False),
    ],
)
def test_days_of_a_market(calendars: TradingCalendars, instrument: str, day: str, trades: bool) -> None:
    assert calendars.for_instrument(instrument).is_session(date.fromisoformat(day)) is trades


@pytest.mark.parametrize(
    ("instrument", "day", "trades"),
    [
        ("index:FTSE", "2018-04-30", True),
        ("index:FTSE", "2018-05-07", False),  # early May bank holiday
        ("index:N225", "2018-04-30", False),
        ("equity:XKRX:005930", "2025-10-06", False),  # Chuseok
        ("index:SPX", "1987-10-19", True),
        ("index:SPX", "1987-12-25", False),
    ],
)
def test_days_that_the_library_knows(calendars: TradingCalendars, instrument: str, day: str, trades: bool) -> None:
    assert calendars.for_instrument(instrument).is_session(date.fromisoformat(day)) is trades


def test_neighbours_of_a_day(calendars: TradingCalendars) -> None:
    calendar = calendars.for_instrument("index:RUT")
    assert calendar.previous(date(2025, 12, 1)) == date(2025, 11, 28)
    assert calendar.previous(date(2025, 11, 28)) == date(2025, 11, 26)
    assert calendar.next(date(2025, 12, 24)) == date(2025, 12, 26)
    assert calendar.sessions(date(2025, 12, 24), date(2025, 12, 29)) == [
        date(2025, 12, 24),
        date(2025, 12, 26),
        date(2025, 12, 29),
    ]


def test_the_shipped_closures_are_the_librarys() -> None:
    library, listed = LibraryCalendar("XNYS"), new_york()
    span = (listed.first + timedelta(days=n) for n in range((date(2026, 12, 31) - listed.first).days + 1))
    weekdays = [day for day in span if day.weekday() < 5]
    assert [day for day in weekdays if not library.is_session(day)] == [day for day in weekdays if day in listed.days]


@pytest.mark.parametrize(
    ("instrument", "kept"),
    [
        ("index:SPX", "XNYS"),
        ("index:FTSE_FUT", "XLON"),
        ("index:SENSEX", "XBOM"),
        ("equity:XNSE:RELIANCE", "XBOM"),
        ("equity:XNAS:WMT", "XNYS"),
        ("yield:US10Y", "bonds"),
        ("yield:DE10Y", "XETR"),
        ("yield:PL10Y", "weekdays"),
        ("indicator:US:CPI", "daily"),
        ("organization:acme", "weekdays"),
        ("", "weekdays"),
    ],
)
def test_the_market_that_an_instrument_keeps(instrument: str, kept: str) -> None:
    assert venue(instrument) == kept


def test_new_york_needs_no_library() -> None:
    code = (
        "import sys; from datetime import date; from extractor.adapters.calendars import TradingCalendars;"
        "print(TradingCalendars().for_instrument('index:SPX').previous(date(2025, 12, 1)), 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2025-11-28", "False"]
