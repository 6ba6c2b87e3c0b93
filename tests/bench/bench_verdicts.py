"""100,000 verdicts against millions of price rows, beside a plain pandas merge of the same rows in the same run.

The merge only says whether two numbers agree; a verdict also carries its rule, tolerance, evidence and explanation.
Asked of the verdicts: under a minute on two cores, and less than a gigabyte of memory (`peak_mb` in --benchmark-json).
"""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.adapters.calendars import TradingCalendars
from extractor.adapters.prices_folder import PriceFolder
from extractor.claims.check import check_article
from extractor.domain.bars import Closes
from extractor.domain.claim import Claim
from extractor.verify.market import TapeMarket
from tests.fakes.tape import statement

# Large companies with a row for nearly every session.
SYMBOLS = (
    "AAPL", "ABT", "AMD", "AMZN", "AXP", "BA", "BAC", "BLK", "C", "CAT", "COST", "CRM", "CSCO", "CVX", "DE", "DIS",
    "F", "FDX", "GD", "GE", "GM", "GS", "HD", "HON", "IBM", "INTC", "JNJ", "JPM", "KO", "LLY", "LMT", "LOW", "MA",
    "MCD", "META", "MMM", "MRK", "MS", "MSFT", "NEE", "NFLX", "NKE", "NVDA", "ORCL", "PEP", "PFE", "PG", "PLTR",
    "QCOM", "SBUX", "SCHW", "T", "TGT", "TSLA", "TXN", "UNH", "UNP", "UPS", "V", "VZ", "WFC", "WMT", "XOM",
)  # fmt: skip
CLAIMS, AN_ARTICLE = 100_000, 25
FIRST, LAST = date(2024, 9, 3), date(2026, 6, 30)


def _claims(prices: Path) -> list[Claim]:
    """Closes of real sessions as they were quoted, one in ten with a digit changed."""
    tape, dice = TapeMarket([PriceFolder(prices)], TradingCalendars()), random.Random(1)
    rows = []
    for symbol in SYMBOLS:
        for mic in ("XNAS", "XNYS"):
            closes = tape.closes(f"equity:{mic}:{symbol}")
            if isinstance(closes, Closes) and closes.until(FIRST) < closes.until(LAST):
                rows += [
                    (f"equity:{mic}:{symbol}", day) for day in closes.sessions[closes.until(FIRST) : closes.until(LAST)]
                ]
                break
    found: list[Claim] = []
    while len(found) < CLAIMS:
        instrument, day = dice.choice(rows)
        bar = tape.bar(instrument, day)
        if hasattr(bar, "close"):
            value = bar.close + (Decimal("0.37") if dice.random() < 0.1 else 0)
            found.append(statement("level", instrument, f"{value:.2f}", str(day), metric="close", unit="USD"))
    return found


@pytest.fixture(scope="module")
def claims(shared: Path) -> list[Claim]:
    return _claims(shared / "prices")


@pytest.mark.benchmark(group="100,000 verdicts")
def test_verdicts(benchmark, shared: Path, claims: list[Claim]) -> None:
    def run() -> int:
        tape = TapeMarket([PriceFolder(shared / "prices")], TradingCalendars()).known_on(LAST)
        return sum(
            verdict.rating == "supported"
            for start in range(0, len(claims), AN_ARTICLE)
            for verdict in check_article(claims[start : start + AN_ARTICLE], tape)
        )

    supported = benchmark.pedantic(run, rounds=1)
    benchmark.extra_info["peak_mb"] = _peak_mb()
    assert 0.85 < supported / CLAIMS < 0.95


@pytest.mark.benchmark(group="100,000 verdicts")
def test_pandas_merge(benchmark, shared: Path, claims: list[Claim]) -> None:
    import pandas as pd

    stated = pd.DataFrame(
        {
            "symbol": [claim.subject.id.rpartition(":")[2] for claim in claims],
            "date": pd.to_datetime([claim.date.start for claim in claims if claim.date]),
            "stated": [float(claim.value or 0) for claim in claims],
        }
    )

    def run() -> int:
        rows = pd.read_parquet(shared / "prices" / "us_stocks_unadjusted.parquet", columns=["date", "symbol", "close"])
        rows["date"] = pd.to_datetime(rows["date"])
        joined = stated.merge(rows, on=["symbol", "date"], how="left")
        return int(((joined["stated"] - joined["close"]).abs() <= 0.005).sum())

    assert benchmark.pedantic(run, rounds=1) > 0


def _peak_mb() -> int | None:
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) // 1024
