"""What every price source must do, whatever it reads from. A new source is a subclass with `source`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.adapters.price_store import PriceStore
from extractor.adapters.prices_folder import PriceFolder
from extractor.domain.market import Adjustment, Print, RateDecision, Split
from extractor.domain.ports import PriceSource
from tests.fakes.folders import price_folder
from tests.fakes.prices import MemoryPrices, table

EVER = (date.min, date.max)

MANIFEST = """
[[file]]
path = "indexes.csv"
layout = "long"
series = "symbol"
fields = { close = "close", high = "high", low = "low" }
source_column = "source"
adjustment = "none"
complete_since = "1987-09-10"
[file.ids]
RUT = "index:RUT"

[[file]]
path = "shares.csv"
layout = "long"
series = "symbol"
exchange = "exchange"
id = "equity:{mic}:{series}"
fields = { close = "close" }
source = "exchange snapshots"
missing_sessions = ["2025-12-10"]
adjustment = "none"

[[file]]
path = "rates.csv"
layout = "wide"
source = "FRED"
adjustment = "none"
vintage = "latest"
[file.ids]
DGS10 = "yield:US10Y"

[[vintages]]
path = "vintages.csv"
[[splits]]
path = "splits.csv"
[[decisions]]
path = "decisions.csv"
"""

INDEXES = """
date,symbol,close,high,low,source
2025-12-05,RUT,2521.48,2535.10,2512.00,broker
2025-12-04,RUT,2531.16,2540.01,,broker
2025-12-04,RUT,2531.2,,,portal history
"""

SHARES = """
date,exchange,symbol,close
2025-12-08,NYSE,WMT,113.56
2025-12-09,NASDAQ,WMT,115.06
2025-12-08,NYSE,BRK/B,495.10
2025-12-08,NASDAQ,NA,2.50
2025-12-08,NASDAQ,TRUE,1.05
"""

RATES = """
date,DGS10
2025-12-04,4.11
2025-12-05,
2025-12-08,4.17
"""

VINTAGES = """
indicator,reference,value,unit,released_on,source
indicator:US:ADP,2025-11,-29000,jobs,2026-01-07,ADP (revision)
indicator:US:ADP,2025-11,-32000,jobs,2025-12-03,ADP
"""

SPLITS = """
ex_date,instrument,ratio
2025-11-17,equity:XNAS:NFLX,10
2020-08-31,equity:XNAS:AAPL,4
"""

DECISIONS = """
rate,decided_on,effective_on,low,high,source
rate:US:FEDFUNDS,2025-12-10,2025-12-11,3.50,3.75,Federal Reserve
rate:US:FEDFUNDS,2025-10-29,2025-10-30,3.75,4.00,Federal Reserve
"""


class PriceSourceContract:
    """The shape of `PriceSource` on one small set of facts."""

    @pytest.fixture
    def source(self, tmp_path: Path) -> PriceSource:
        raise NotImplementedError

    def test_gives_each_source_of_an_instrument_apart(self, source: PriceSource) -> None:
        assert [(one.source, one.id) for one in source.series("index:RUT")] == [
            ("broker", "index:RUT"),
            ("portal history", "index:RUT"),
        ]

    def test_says_how_far_a_series_reaches_and_what_it_has(self, source: PriceSource) -> None:
        info = source.series("index:RUT")[0]
        assert (info.first_on, info.last_on) == (date(2025, 12, 4), date(2025, 12, 5))
        assert sorted(info.fields) == ["close", "high", "low"]
        assert info.adjustment is Adjustment.NONE
        assert info.complete_since == date(1987, 9, 10)
        assert info.snapshot is not None
        assert info.snapshot.startswith("sha256:")

    def test_rows_come_by_session_whatever_their_order_in_the_file(self, source: PriceSource) -> None:
        bars = source.bars(source.series("index:RUT")[0], *EVER)
        assert [(bar.session, bar.close) for bar in bars] == [
            (date(2025, 12, 4), Decimal("2531.16")),
            (date(2025, 12, 5), Decimal("2521.48")),
        ]

    def test_a_field_without_a_value_is_absent(self, source: PriceSource) -> None:
        first, second = source.bars(source.series("index:RUT")[0], *EVER)
        assert (first.high, first.low, first.open) == (Decimal("2540.01"), None, None)
        assert second.low == Decimal("2512.00")

    def test_both_ends_of_a_window_are_in(self, source: PriceSource) -> None:
        info = source.series("yield:US10Y")[0]
        assert [bar.session.day for bar in source.bars(info, date(2025, 12, 4), date(2025, 12, 8))] == [4, 8]
        assert [bar.session.day for bar in source.bars(info, date(2025, 12, 5), date(2025, 12, 8))] == [8]
        assert len(source.bars(info, date(2025, 12, 9), date(2025, 12, 31))) == 0

    @pytest.mark.parametrize("instrument", ["index:SPX", "equity:XNYS:NA", "equity:XNAS:ZZZZ", "", "equity:", "a:b:c"])
    def test_has_nothing_where_it_has_nothing(self, source: PriceSource, instrument: str) -> None:
        assert list(source.series(instrument)) == []
        assert list(source.prints(instrument)) == []
        assert list(source.splits(instrument)) == []
        assert list(source.decisions(instrument)) == []
        assert source.why_not(instrument) is None

    def test_a_listing_that_moved_stands_under_both_markets(self, source: PriceSource) -> None:
        closes = {
            bar.series.id: bar.close
            for instrument in ("equity:XNYS:WMT", "equity:XNAS:WMT")
            for info in source.series(instrument)
            for bar in source.bars(info, *EVER)
        }
        assert closes == {"equity:XNYS:WMT": Decimal("113.56"), "equity:XNAS:WMT": Decimal("115.06")}
        assert sorted(source.same_symbol("equity:XASE:WMT")) == ["equity:XNAS:WMT", "equity:XNYS:WMT"]
        assert list(source.same_symbol("index:RUT")) == []

    @pytest.mark.parametrize("symbol", ["BRK/B", "BRK.B", "BRK-B"])
    def test_share_classes_are_found_in_any_spelling(self, source: PriceSource, symbol: str) -> None:
        assert [info.last_on for info in source.series(f"equity:XNYS:{symbol}")] == [date(2025, 12, 8)]

    @pytest.mark.parametrize(("symbol", "close"), [("NA", "2.50"), ("TRUE", "1.05")])
    def test_a_ticker_is_never_a_missing_value_nor_a_bool(self, source: PriceSource, symbol: str, close: str) -> None:
        (info,) = source.series(f"equity:XNAS:{symbol}")
        assert [bar.close for bar in source.bars(info, *EVER)] == [Decimal(close)]

    def test_says_which_sessions_it_lacks_and_which_vintage_it_has(self, source: PriceSource) -> None:
        assert source.series("equity:XNAS:WMT")[0].missing_sessions == {date(2025, 12, 10)}
        assert source.series("yield:US10Y")[0].vintage == "latest"

    def test_releases_come_by_period_then_day(self, source: PriceSource) -> None:
        assert [(one.reference, one.released_on, one.value, one.unit) for one in source.prints("indicator:US:ADP")] == [
            (date(2025, 11, 1), date(2025, 12, 3), Decimal(-32000), "jobs"),
            (date(2025, 11, 1), date(2026, 1, 7), Decimal(-29000), "jobs"),
        ]

    def test_a_split_follows_its_symbol_to_another_exchange(self, source: PriceSource) -> None:
        for instrument in ("equity:XNAS:NFLX", "equity:XNYS:NFLX"):
            assert [(one.ex_on, one.ratio) for one in source.splits(instrument)] == [(date(2025, 11, 17), Decimal(10))]
        assert source.splits_complete_since() == date(2020, 8, 31)

    def test_decisions_come_by_day(self, source: PriceSource) -> None:
        assert [
            (one.decided_on.month, str(one.low), str(one.high)) for one in source.decisions("rate:US:FEDFUNDS")
        ] == [
            (10, "3.75", "4.00"),
            (12, "3.50", "3.75"),
        ]

    def test_lists_every_instrument_once(self, source: PriceSource) -> None:
        found = list(source.instruments())
        assert len(found) == len(set(found)) == 7
        assert {"index:RUT", "yield:US10Y", "equity:XNAS:WMT", "equity:XNYS:WMT"} <= set(found)

    def test_prefetching_changes_no_answer(self, source: PriceSource) -> None:
        before = source.series("index:RUT")
        source.prefetch(["index:RUT", "equity:XNAS:NOPE"])
        assert source.series("index:RUT") == before


def _folder(path: Path) -> Path:
    return price_folder(
        path,
        MANIFEST,
        indexes=INDEXES,
        shares=SHARES,
        rates=RATES,
        vintages=VINTAGES,
        splits=SPLITS,
        decisions=DECISIONS,
    )


class TestPriceFolder(PriceSourceContract):
    @pytest.fixture
    def source(self, tmp_path: Path) -> PriceSource:
        return PriceFolder(_folder(tmp_path))


class TestPriceStore(PriceSourceContract):
    @pytest.fixture
    def source(self, tmp_path: Path) -> PriceSource:
        store = PriceStore(tmp_path / "prices.db")
        store.import_folder(PriceFolder(_folder(tmp_path / "folder")))
        return store


class TestMemoryPrices(PriceSourceContract):
    """The fake that other tests stand on."""

    @pytest.fixture
    def source(self, tmp_path: Path) -> PriceSource:
        since = {"complete_since": date(1987, 9, 10)}
        lacks = {"missing_sessions": frozenset({date(2025, 12, 10)})}
        adp = {"indicator": "indicator:US:ADP", "reference": date(2025, 11, 1), "unit": "jobs"}
        fed = {"rate": "rate:US:FEDFUNDS", "source": "Federal Reserve"}
        rut = {
            "2025-12-05": {"close": "2521.48", "high": "2535.10", "low": "2512.00"},
            "2025-12-04": {"close": "2531.16", "high": "2540.01"},
        }
        return MemoryPrices(
            tables=[
                table("index:RUT", rut, **since),
                table("index:RUT", {"2025-12-04": "2531.2"}, source="portal history", **since),
                table("equity:XNYS:WMT", {"2025-12-08": "113.56"}, **lacks),
                table("equity:XNAS:WMT", {"2025-12-09": "115.06"}, **lacks),
                table("equity:XNYS:BRK/B", {"2025-12-08": "495.10"}, **lacks),
                table("equity:XNAS:NA", {"2025-12-08": "2.50"}, **lacks),
                table("equity:XNAS:TRUE", {"2025-12-08": "1.05"}, **lacks),
                table("yield:US10Y", {"2025-12-04": "4.11", "2025-12-08": "4.17"}, source="FRED", vintage="latest"),
            ],
            known_splits=[
                Split(ex_on=date(2025, 11, 17), instrument="equity:XNAS:NFLX", ratio=Decimal(10)),
                Split(ex_on=date(2020, 8, 31), instrument="equity:XNAS:AAPL", ratio=Decimal(4)),
            ],
            known_prints=[
                Print(**adp, value=Decimal(-29000), released_on=date(2026, 1, 7), source="ADP (revision)"),
                Print(**adp, value=Decimal(-32000), released_on=date(2025, 12, 3), source="ADP"),
            ],
            known_decisions=[
                RateDecision(
                    **fed,
                    decided_on=date(2025, 12, 10),
                    effective_on=date(2025, 12, 11),
                    low=Decimal("3.50"),
                    high=Decimal("3.75"),
                ),
                RateDecision(
                    **fed,
                    decided_on=date(2025, 10, 29),
                    effective_on=date(2025, 10, 30),
                    low=Decimal("3.75"),
                    high=Decimal("4.00"),
                ),
            ],
        )
