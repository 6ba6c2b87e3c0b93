"""Known facts out of the evaluation prices, as the tape gives them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.adapters.calendars import TradingCalendars
from extractor.adapters.prices_folder import PriceFolder
from extractor.domain.bars import Closes
from extractor.domain.market import Bar, Missing, Print
from extractor.verify.market import TapeMarket

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def tape(shared: Path) -> TapeMarket:
    return TapeMarket([PriceFolder(shared / "prices")], TradingCalendars())


@pytest.mark.parametrize(
    ("instrument", "session", "close"),
    [
        ("index:RUT", "2025-12-04", "2531.16"),
        ("index:RUT", "2025-12-17", "2492.30"),
        ("equity:XNYS:ORCL", "2025-12-10", "223.01"),
        ("equity:XNYS:ORCL", "2025-12-11", "198.85"),
        ("equity:XNAS:GPCR", "2025-12-05", "34.56"),
        ("equity:XNAS:GPCR", "2025-12-08", "69.98"),
        ("equity:XNYS:WMT", "2025-12-08", "113.56"),
        ("equity:XNAS:WMT", "2025-12-09", "115.06"),
        ("equity:XNAS:NVDA", "2024-06-07", "1208.88"),
        ("commodity:WTI-SPOT", "2020-04-20", "-36.98"),
    ],
)
def test_a_close_as_quoted(tape: TapeMarket, instrument: str, session: str, close: str) -> None:
    found = tape.bar(instrument, date.fromisoformat(session))
    assert isinstance(found, Bar), found
    assert found.close == Decimal(close)


@pytest.mark.parametrize(
    ("instrument", "session", "why"),
    [
        ("index:RUT", "2025-12-06", "not_a_session"),
        ("index:DJI", "2014-12-29", "before_series"),
        ("equity:XNAS:GPCR", "2025-10-31", "session_missing"),
        ("etf:ARCX:IWM", "2025-12-04", "adjusted_only"),
        ("index:FTSE", "2018-04-27", "no_series"),
        ("index:VIX", "2026-08-03", "after_series"),
    ],
)
def test_why_there_is_none(tape: TapeMarket, instrument: str, session: str, why: str) -> None:
    found = tape.bar(instrument, date.fromisoformat(session))
    assert isinstance(found, Missing)
    assert found.reason == why


def test_the_days_low_comes_from_another_series_on_the_quoted_footing(tape: TapeMarket) -> None:
    found = tape.field("equity:XNYS:ORCL", date(2025, 12, 11), "low")
    assert not isinstance(found, Missing)
    assert found[0] == Decimal("186.23")  # 16.5 percent below 223.01
    assert not found[1].can_refute("low", Decimal("194.02"))


def test_a_record_rests_on_the_joined_history(tape: TapeMarket) -> None:
    closes = tape.known_on(date(2025, 12, 11)).closes("index:RUT")
    assert isinstance(closes, Closes)
    assert closes.sessions[0] == date(1987, 9, 10)
    assert closes.values[-1] == max(closes.values) == Decimal("2590.61")


def test_a_print_as_first_published(tape: TapeMarket) -> None:
    found = tape.print_known("indicator:US:ADP", date(2025, 11, 1), on=date(2025, 12, 18))
    assert isinstance(found, Print)
    assert found.value == -32000


def test_three_cuts_in_the_autumn(tape: TapeMarket) -> None:
    found = tape.known_on(date(2025, 12, 18)).decisions("rate:US:FEDFUNDS")
    assert not isinstance(found, Missing)
    assert [(str(one.decided_on), str(one.high)) for one in found[-3:]] == [
        ("2025-09-17", "4.25"),
        ("2025-10-29", "4"),
        ("2025-12-10", "3.75"),
    ]


TWENTY = """
import sys, time
began = time.perf_counter()
from datetime import date
from extractor.adapters.calendars import TradingCalendars
from extractor.adapters.prices_folder import PriceFolder
from extractor.verify.market import TapeMarket
tape = TapeMarket([PriceFolder(sys.argv[1])], TradingCalendars())
symbols = "ORCL WMT NVDA AAPL MSFT GPCR AAON BAC NFLX KMB TSLA AMZN META HD JNJ KO PEP MCD UNH LLY".split()
for symbol in symbols:
    tape.comparable(f"equity:XNYS:{symbol}", date(2025, 12, 10), date(2025, 12, 11))
    tape.closes(f"equity:XNYS:{symbol}")
with open("/proc/self/status") as status:  # ru_maxrss would be that of the process which started this one, if larger
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(time.perf_counter() - began, peak / 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
def test_twenty_instruments_are_cheap(shared: Path) -> None:
    """Four million rows stand behind them. The limits leave room for a busy machine."""
    code = [sys.executable, "-c", TWENTY, os.fspath(shared / "prices")]
    done = subprocess.run(code, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 10
    assert megabytes < 1000
