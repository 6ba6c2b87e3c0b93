"""The order of what is given changes nothing: price folders and sources, their rows, an article's claims, a batch."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.adapters.calendars import TradingCalendars
from extractor.adapters.prices_folder import PriceFolder
from extractor.claims.check import check_article
from extractor.domain.claim import Claim
from extractor.domain.market import Missing, Print, RateDecision, Split
from extractor.domain.verdict import Verdict
from extractor.verify.conflicts import conflicts
from extractor.verify.market import TapeMarket
from tests.fakes.prices import MemoryPrices, table
from tests.fakes.tape import statement
from tests.unit.verify.test_conflicts import close as claimed

DAYS = ("2025-12-01", "2025-12-02", "2025-12-03", "2025-12-04", "2025-12-05")
NOVEMBER = "2025-11-01..2025-11-30"
SHARE, INDEX, RATE, JOBS = "equity:XNAS:NEW", "index:NEW", "rate:XX:POLICY", "indicator:US:ADP"

quoted = {"sentence": "NEW 101.25 +1.05 (1.05%)", "zone": "quotes", "published": "2025-12-04"}
CLAIMS = [
    statement("level", INDEX, "101", DAYS[3], metric="close", start=0),
    statement("level", INDEX, "103.00", DAYS[3], metric="high", start=10),
    statement("level", INDEX, "99", DAYS[3], metric="range", value_high="103", start=20, published=DAYS[4]),
    statement("move", INDEX, "1.0", DAYS[3], metric="change", unit="percent", direction="up", start=30),
    statement("move", INDEX, "1", f"{DAYS[0]}..{DAYS[3]}", metric="change", unit="points", direction="up", start=40),
    statement("move", INDEX, None, DAYS[3], metric="change", unit=None, direction="down", start=50),
    statement("record", INDEX, None, DAYS[3], metric="record_close", unit=None, start=60, published=DAYS[3]),
    statement("record", INDEX, "2", DAYS[3], metric="streak", unit="days", direction="up", start=70, published=DAYS[3]),
    statement("level", SHARE, "101", DAYS[3], metric="close", start=80),
    statement("move", SHARE, "1", DAYS[3], metric="change", unit="percent", direction="up", start=90),
    statement("rate", RATE, "3.50", DAYS[3], metric="target_range", value_high="3.75", unit="percent", start=100),
    statement("rate", RATE, "25", DAYS[3], metric="change", unit="basis_points", direction="down", start=110),
    statement("rate", RATE, "3", DAYS[3], metric="level", unit="percent", start=115, published=DAYS[4]),
    statement("indicator", JOBS, "32000", NOVEMBER, metric="print", unit="jobs", start=120, published=DAYS[4]),
    statement("quote", SHARE, "101.25", DAYS[3], metric="last", start=130, **quoted),
    statement("quote", SHARE, "1.05", DAYS[3], metric="change", direction="up", start=140, **quoted),
    statement("quote", SHARE, "1.05", DAYS[3], metric="change", unit="percent", direction="up", start=150, **quoted),
    statement("level", INDEX, "102", DAYS[4], metric="level", modality="forecast", start=160, published=DAYS[2],
              sentence="It will close at 102 by December 5.", quote="102", words="December 5"),
    statement("amount", SHARE, "5", None, metric="revenue", unit="USD", start=170),
]  # fmt: skip

small = st.sampled_from(("99.00", "100.00", "101.00", "101.004", "102.00"))


@st.composite
def series(draw: st.DrawFn, identifier: str) -> Any:
    """A few days of one instrument, as one of several vendors gives them, with holes."""
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=5, unique=True))
    full = draw(st.booleans())
    rows = {}
    for day in days:
        close = draw(small)
        top, bottom = draw(st.sampled_from((("103.00", "98.00"), ("102.50", "98.00")))) if full else (None, None)
        rows[day] = {"close": close, "open": close, "high": top, "low": bottom} if full else close
    info = {
        "adjustment": draw(st.sampled_from(("none", "none", "split", "split_div"))),
        "rank": draw(st.sampled_from((0, 1, 2))),
        "complete_since": draw(st.sampled_from((None, date(2020, 1, 1)))),
        "snapshot": f"sha256:{sorted(rows.items())}",  # as every table has one, of its bytes
    }
    return table(identifier, rows, source=draw(st.sampled_from(("broker", "portal"))), **info)


@st.composite
def source(draw: st.DrawFn) -> MemoryPrices:
    """One folder: some series, splits, releases, decisions, a policy rate's daily range."""
    tables = [draw(series(identifier)) for identifier in draw(st.lists(st.sampled_from((INDEX, SHARE)), max_size=3))]
    if draw(st.booleans()):
        low = draw(st.sampled_from(("3.50", "3.75")))
        lower = {"2025-11-28": "4.00", DAYS[0]: "4.00", DAYS[4]: low}
        upper = {day: str(Decimal(value) + Decimal("0.25")) for day, value in lower.items()}
        told_by = {"source": draw(st.sampled_from(("FRED", "bank"))), "snapshot": f"sha256:{low}"}
        tables += [table(f"{RATE}:LOWER", lower, **told_by), table(f"{RATE}:UPPER", upper, **told_by)]
    told = draw(st.lists(st.sampled_from(("-32000", "-31000", "-29000")), max_size=2))
    prints = [
        Print(
            indicator=JOBS,
            reference=date(2025, 11, 1),
            value=Decimal(value),
            unit="jobs",
            released_on=draw(st.sampled_from((date(2025, 12, 3), date(2026, 1, 7)))),
            source=draw(st.sampled_from(("the office", "a portal"))),
            snapshot=draw(st.sampled_from((None, "sha256:1"))),
        )
        for value in told
    ]
    decided = [
        RateDecision(
            rate=RATE,
            decided_on=date.fromisoformat(day),
            effective_on=date.fromisoformat(day),
            low=Decimal(low),
            high=Decimal(low) + Decimal("0.25"),
            source=draw(st.sampled_from(("bank", "portal"))),
            snapshot=draw(st.sampled_from((None, "sha256:1"))),
        )
        for day, low in draw(
            st.lists(
                st.sampled_from((("2025-10-29", "3.75"), (DAYS[3], "3.50"), (DAYS[3], "3.75"))), max_size=2, unique=True
            )
        )
    ]
    splits = [
        Split(ex_on=date.fromisoformat(day), instrument=SHARE, ratio=Decimal(ratio))
        for day, ratio in draw(st.lists(st.sampled_from(((DAYS[2], "2"), (DAYS[2], "3"), (DAYS[4], "2"))), max_size=1))
    ]
    reason = draw(st.sampled_from((None, Missing("no_series", "not asked"), Missing("source_down", "no answer"))))
    return MemoryPrices(
        tables=tables,
        known_splits=splits,
        known_prints=prints,
        known_decisions=decided,
        complete_since=draw(st.sampled_from((None, date(2020, 1, 1)))),
        reasons={} if reason is None else dict.fromkeys((INDEX, SHARE, JOBS, RATE), reason),
    )


def verdicts(sources: Sequence[Any], claims: Iterable[Claim] = CLAIMS) -> dict[str, Verdict]:
    market = TapeMarket(sources, TradingCalendars())
    found: dict[str, Verdict] = {}
    for as_of in (None, date(2025, 12, 4), date(2026, 2, 2)):
        told = check_article(list(claims), market.known_on(as_of))
        found |= {f"{as_of}:{verdict.claim_id}": verdict for verdict in told}
    return found


@settings(deadline=None, max_examples=200)
@given(sources=st.lists(source(), min_size=2, max_size=3), dice=st.randoms(use_true_random=False))
def test_the_order_of_sources_changes_nothing(sources: list[MemoryPrices], dice: random.Random) -> None:
    expected = verdicts(sources)
    dice.shuffle(sources)
    shuffled = verdicts(sources)
    for key, verdict in expected.items():
        assert shuffled[key] == verdict


def test_of_the_same_rows_twice_the_telling_that_vouches_for_their_reach_counts() -> None:
    rows = {DAYS[0]: "99.00", DAYS[1]: "99.00", DAYS[2]: "99.00", DAYS[3]: "100.00"}
    silent = MemoryPrices(tables=[table(INDEX, rows, snapshot="sha256:1")])
    vouching = MemoryPrices(tables=[table(INDEX, rows, snapshot="sha256:1", complete_since=date(2020, 1, 1))])
    record = [claim for claim in CLAIMS if claim.metric == "record_close"]
    for sources in ([silent, vouching], [vouching, silent]):
        assert {told.reason for told in verdicts(sources, record).values()} == {"beyond_all_before"}


@settings(deadline=None)
@given(sources=st.lists(source(), min_size=1, max_size=2), claims=st.permutations(CLAIMS))
def test_the_order_of_claims_of_every_kind_changes_nothing(sources: list[MemoryPrices], claims: list[Claim]) -> None:
    assert verdicts(sources, claims) == verdicts(sources)


MANIFEST = """
[[file]]
path = "long.{form}"
layout = "long"
series = "symbol"
exchange = "exchange"
id = "equity:{{mic}}:{{series}}"
fields = {{ open = "open", high = "high", low = "low", close = "close" }}
source_column = "source"
adjustment = "none"
ids = {{ INDEX = "index:NEW" }}

[[file]]
path = "wide.{form}"
layout = "wide"
source = "portal"
adjustment = "split"
ids = {{ INDEX = "index:NEW", NEW = "equity:XNAS:NEW", LOW = "rate:XX:POLICY:LOWER", HIGH = "rate:XX:POLICY:UPPER" }}

[[vintages]]
path = "prints.{form}"

[[splits]]
path = "splits.{form}"

[[decisions]]
path = "decisions.{form}"
"""
Row = tuple[str, ...]
HEADERS = {
    "long": ("date", "symbol", "exchange", "source", "open", "high", "low", "close"),
    "wide": ("date", "INDEX", "NEW", "LOW", "HIGH"),
    "prints": ("indicator", "reference", "value", "unit", "released_on", "source"),
    "splits": ("ex_date", "instrument", "ratio"),
    "decisions": ("rate", "decided_on", "effective_on", "low", "high", "source"),
}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[Row]]:
    """Rows of a folder's tables, sessions that stand twice (alike or not) and faulty cells among them."""
    cell = st.sampled_from(("99", "99.00", "100.00", "101", "101.00", "", "0", "n/a"))
    long = draw(
        st.lists(
            st.tuples(
                st.sampled_from(DAYS),
                st.sampled_from(("INDEX", "NEW")),
                st.sampled_from(("NASDAQ", "NYSE")),
                st.sampled_from(("broker", "exchange")),
                *[st.sampled_from((value, "")) for value in ("100", "103", "98")],
                cell,
            ),
            min_size=1,
            max_size=14,
        )
    )
    wide = draw(st.lists(st.tuples(st.sampled_from(DAYS), cell, cell, cell, cell), max_size=6))
    prints = draw(
        st.lists(
            st.tuples(
                st.just(JOBS),
                st.sampled_from(("2025-11", "2025-10")),
                st.sampled_from(("-32000", "-31000")),
                st.just("jobs"),
                st.sampled_from(("2025-12-03", "2026-01-07")),
                st.sampled_from(("ADP", "a portal")),
            ),
            max_size=4,
        )
    )
    splits = draw(
        st.lists(st.tuples(st.sampled_from(DAYS), st.just(SHARE), st.sampled_from(("2", "3", "-1"))), max_size=3)
    )
    decisions = draw(
        st.lists(
            st.tuples(
                st.just(RATE),
                st.sampled_from(("2025-10-29", DAYS[3])),
                st.sampled_from((DAYS[3], DAYS[4])),
                st.sampled_from(("3.50", "3.75")),
                st.just("4.00"),
                st.sampled_from(("bank", "portal")),
            ),
            max_size=4,
        )
    )
    return {"long": long, "wide": wide, "prints": prints, "splits": splits, "decisions": decisions}


def folder(path: Path, rows: Mapping[str, Sequence[Row]], form: str) -> PriceFolder:
    path.mkdir(exist_ok=True)
    (path / "prices.toml").write_text(MANIFEST.format(form=form), encoding="utf-8")
    for name, header in HEADERS.items():
        told = rows[name]
        columns = pa.table({field: pa.array([row[at] for row in told], pa.string()) for at, field in enumerate(header)})
        write = pa_csv.write_csv if form == "csv" else pa_parquet.write_table
        write(columns, path / f"{name}.{form}")
    return PriceFolder(path)


def of_rows(found: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Without the hash of the file: another order of its rows makes another file."""
    return {
        key: replace(verdict, evidence=tuple(replace(row, snapshot=None) for row in verdict.evidence))
        for key, verdict in found.items()
    }


@pytest.mark.parametrize("form", ["csv", "parquet"])
@settings(deadline=None, max_examples=40)
@given(rows=tables(), dice=st.randoms(use_true_random=False))
def test_the_order_of_rows_in_a_table_changes_nothing(
    rows: dict[str, list[Row]], dice: random.Random, form: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("prices")
    expected = of_rows(verdicts([folder(base / "one", rows, form)]))
    for told in rows.values():
        dice.shuffle(told)
    shuffled = of_rows(verdicts([folder(base / "two", rows, form)]))
    for key, verdict in expected.items():
        assert shuffled[key] == verdict


@given(
    figures=st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(("101.00", "101.5", "102", "99.00")), st.integers(0, 2)),
        min_size=2,
        max_size=8,
    ),
    dice=st.randoms(use_true_random=False),
)
def test_the_order_of_articles_changes_no_conflict(figures: list[tuple[str, str, int]], dice: random.Random) -> None:
    claims = [claimed(name, value, metric=("close", "open", "average")[metric]) for name, value, metric in figures]
    expected = conflicts(claims)
    dice.shuffle(claims)
    assert conflicts(claims) == expected
