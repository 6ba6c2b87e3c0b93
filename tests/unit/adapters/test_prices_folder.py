"""Price folders: what is refused as a whole, what is left out by file and row, and what a ticker may look like."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractor.adapters.price_values import quoted
from extractor.adapters.prices_folder import PriceFolder
from extractor.domain.bars import BarTable
from extractor.domain.errors import PriceDataError
from extractor.domain.market import ListingRecord
from tests.fakes.folders import listed_folder, long_folder, price_folder

EVER = (date.min, date.max)


def closes(folder: PriceFolder, instrument: str) -> dict[str, str]:
    return {str(bar.session): str(bar.close) for info in folder.series(instrument) for bar in folder.bars(info, *EVER)}


def left_out(folder: PriceFolder) -> list[tuple[int, str]]:
    list(folder.instruments())
    return [(one.row, one.reason) for one in folder.rejections()]


@pytest.mark.parametrize("symbol", ["NA", "NAN", "NULL", "None", "TRUE", "true", "1E5", "007", "INF", "ON", "N/A", "-"])
def test_a_ticker_is_its_letters(tmp_path: Path, symbol: str) -> None:
    folder = PriceFolder(listed_folder(tmp_path, f"2025-12-04,NASDAQ,{symbol},4.50"))
    assert closes(folder, f"equity:XNAS:{symbol}") == {"2025-12-04": "4.50"}
    assert left_out(folder) == []


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("NaN", "close: NaN is not a finite number"),
        ("inf", "close: inf is not a finite number"),
        ("-Infinity", "close: -Infinity is not a finite number"),
        ("0", "close: zero or negative, which this series cannot be"),
        ("-12.5", "close: zero or negative, which this series cannot be"),
        ("n/a", "close: 'n/a' is not a number"),
        ('"2,531.16"', "close: '2,531.16' is not a number"),
    ],
)
def test_a_cell_that_is_no_price_is_left_out_by_its_line(tmp_path: Path, cell: str, reason: str) -> None:
    folder = PriceFolder(long_folder(tmp_path, f"2025-12-03,RUT,2512.1\n2025-12-04,RUT,{cell}\n2025-12-05,RUT,2521.48"))
    assert closes(folder, "index:RUT") == {"2025-12-03": "2512.1", "2025-12-05": "2521.48"}
    assert left_out(folder) == [(3, reason)]
    assert str(folder.rejections()[0]).startswith(f"{tmp_path / 'closes.csv'}, row 3: RUT: close: ")


@pytest.mark.parametrize("cell", ["", ".", "  "])
def test_an_empty_cell_is_no_fault(tmp_path: Path, cell: str) -> None:
    folder = PriceFolder(long_folder(tmp_path, f"2025-12-04,RUT,{cell}\n2025-12-05,RUT,2521.48"))
    assert closes(folder, "index:RUT") == {"2025-12-05": "2521.48"}
    assert left_out(folder) == []


@pytest.mark.parametrize(
    ("instrument", "stays"),
    [
        ("index:RUT", False),
        ("crypto:BTC", False),
        ("currency:EURUSD", False),
        ("etf:ARCX:IWM", False),
        ("commodity:WTI", True),
        ("yield:US3M", True),
        ("rate:US:DFF", True),
        ("indicator:US:CPI", True),
    ],
)
def test_only_what_can_be_negative_may_be(tmp_path: Path, instrument: str, stays: bool) -> None:
    folder = PriceFolder(long_folder(tmp_path, "2020-04-20,S,-36.98\n2020-04-21,S,0", ids=f'S = "{instrument}"'))
    assert closes(folder, instrument) == ({"2020-04-20": "-36.98", "2020-04-21": "0"} if stays else {})
    assert len(left_out(folder)) == (0 if stays else 2)


@pytest.mark.parametrize("text", ["12/04/2025", "2025-13-01", "2025-12-4", "20251204x", "", "2025-02-30", "46000"])
def test_a_date_that_cannot_be_read_is_left_out(tmp_path: Path, text: str) -> None:
    folder = PriceFolder(long_folder(tmp_path, f"2025-12-03,RUT,2512.1\n{text},RUT,2531.16"))
    assert closes(folder, "index:RUT") == {"2025-12-03": "2512.1"}
    assert left_out(folder) == [(3, f"{text!r} is not a date: write 2025-12-04")]


def test_a_moment_counts_as_its_day(tmp_path: Path) -> None:
    folder = PriceFolder(
        long_folder(tmp_path, "2025-12-04T16:00:00-05:00,RUT,2531.16\n2025-12-05 00:00:00,RUT,2521.48")
    )
    assert closes(folder, "index:RUT") == {"2025-12-04": "2531.16", "2025-12-05": "2521.48"}


def test_a_session_that_stands_twice_alike_counts_once(tmp_path: Path) -> None:
    folder = PriceFolder(
        long_folder(tmp_path, "2025-12-04,RUT,2531.16\n2025-12-05,RUT,2521.48\n2025-12-04,RUT,2531.160")
    )
    assert closes(folder, "index:RUT") == {"2025-12-04": "2531.16", "2025-12-05": "2521.48"}
    assert left_out(folder) == [(4, "the session 2025-12-04 stands here a second time")]


def test_of_two_different_rows_of_one_session_neither_is_believed(tmp_path: Path) -> None:
    folder = PriceFolder(
        long_folder(tmp_path, "2025-12-04,RUT,2531.16\n2025-12-05,RUT,2521.48\n2025-12-04,RUT,2513.16")
    )
    assert closes(folder, "index:RUT") == {"2025-12-05": "2521.48"}
    reason = "the session 2025-12-04 stands 2 times, with different values"
    assert left_out(folder) == [(2, reason), (4, reason)]


def test_a_high_below_the_low_is_left_out(tmp_path: Path) -> None:
    rows = "2025-12-04,RUT,2531.16,2501.77,2540.01\n2025-12-05,RUT,2521.48,2535.1,2512"
    folder = PriceFolder(long_folder(tmp_path, rows, fields="close high low"))
    assert closes(folder, "index:RUT") == {"2025-12-05": "2521.48"}
    assert left_out(folder) == [(2, "the high is below the low")]


def test_a_row_with_too_many_cells_is_left_out_and_the_lines_after_it_keep_their_numbers(tmp_path: Path) -> None:
    rows = "2025-12-03,RUT,2,512.10\n\n2025-12-04,RUT,0\n2025-12-05,RUT,2521.48"
    folder = PriceFolder(long_folder(tmp_path, rows))
    assert closes(folder, "index:RUT") == {"2025-12-05": "2521.48"}
    assert [row for row, _ in left_out(folder)] == [2, 4]


def test_an_unknown_exchange_is_said_and_can_be_named(tmp_path: Path) -> None:
    rows = "2025-12-04,LSE,VOD,88.1\n2025-12-04,NASDAQ,VOD,12.5"
    folder = PriceFolder(listed_folder(tmp_path / "a", rows))
    assert left_out(folder) == [(2, "unknown exchange 'LSE': name its MIC under exchanges in prices.toml")]
    named = PriceFolder(listed_folder(tmp_path / "b", rows, rest='exchanges = { LSE = "XLON" }'))
    assert closes(named, "equity:XLON:VOD") == {"2025-12-04": "88.1"}
    assert left_out(named) == []


def test_what_a_text_prints_is_the_precision(tmp_path: Path) -> None:
    folder = PriceFolder(long_folder(tmp_path, "2025-12-04,RUT,2531.10\n2025-12-05,RUT,2521.4"))
    info = folder.series("index:RUT")[0]
    assert info.decimals == 2
    assert [bar.half_unit() for bar in folder.bars(info, *EVER)] == [Decimal("0.005"), Decimal("0.005")]


@pytest.mark.parametrize(
    ("number", "decimal"),
    [
        (np.float32("131.4"), "131.4"),
        (np.float32("0.0001"), "0.0001"),
        (2531.159912109375, "2531.16"),
        (37645.58984375, "37645.59"),
        (2531.16, "2531.16"),
        (4.5, "4.5"),
        (16850.0625, "16850.0625"),
        (123456792.0, "123456792"),
        (-36.98, "-36.98"),
    ],
)
def test_the_noise_of_a_binary_float_is_not_quoted(number: float, decimal: str) -> None:
    assert quoted(number) == Decimal(decimal)
    assert str(quoted(number)) == decimal


def parquet_folder(
    folder: Path, table: pa.Table, *, layout: str = "long", ids: str = 'RUT = "index:RUT"'
) -> PriceFolder:
    manifest = f"""
    [[file]]
    path = "closes.parquet"
    layout = "{layout}"
    {'series = "symbol"' if layout == "long" else ""}
    source = "broker"
    adjustment = "none"
    [file.ids]
    {ids}
    """
    price_folder(folder, manifest)
    pq.write_table(table, folder / "closes.parquet")
    return PriceFolder(folder)


@pytest.mark.parametrize(
    "dates",
    [
        pa.array(["2025-12-04", "2025-12-05"]),
        pa.array([date(2025, 12, 4), date(2025, 12, 5)], pa.date32()),
        pa.array([date(2025, 12, 4), date(2025, 12, 5)], pa.date32()).cast(pa.timestamp("ns")),
        pa.array([datetime(2025, 12, day, tzinfo=UTC) for day in (4, 5)], pa.timestamp("us", tz="UTC")),
        pa.array(["2025-12-04", "2025-12-05"]).dictionary_encode(),
    ],
    ids=["text", "date", "timestamp", "zoned", "dictionary"],
)
@pytest.mark.parametrize("kind", [pa.float32(), pa.float64(), pa.string()], ids=str)
def test_parquet_of_any_column_type_reads_alike(tmp_path: Path, dates: pa.Array, kind: pa.DataType) -> None:
    numbers = pa.array(["2531.16", "2521.48"]).cast(kind)
    table = pa.table({"date": dates, "symbol": ["RUT", "RUT"], "close": numbers})
    assert closes(parquet_folder(tmp_path, table), "index:RUT") == {"2025-12-04": "2531.16", "2025-12-05": "2521.48"}


def test_nan_in_a_long_table_is_a_fault_and_null_is_not(tmp_path: Path) -> None:
    days = ["2025-12-03", "2025-12-04", "2025-12-05", "2025-12-08"]
    prices = pa.array([None, float("nan"), float("inf"), 2517.0])
    folder = parquet_folder(tmp_path, pa.table({"date": days, "symbol": ["RUT"] * 4, "close": prices}))
    assert closes(folder, "index:RUT") == {"2025-12-08": "2517"}
    assert left_out(folder) == [(2, "close: NaN is not a price"), (3, "close: infinite")]


def test_a_hole_of_a_wide_table_may_be_nan(tmp_path: Path) -> None:
    table = pa.table({"date": ["2025-12-04", "2025-12-05"], "DGS10": [4.11, float("nan")]})
    folder = parquet_folder(tmp_path, table, layout="wide", ids='DGS10 = "yield:US10Y"')
    assert closes(folder, "yield:US10Y") == {"2025-12-04": "4.11"}
    assert left_out(folder) == []


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = ["2025-12-04,NYSE,WMT,113", "2025-12-05,NYSE,WMT,114", "2025-12-04,NASDAQ,NA,2", "2025-12-08,NASDAQ,WMT,115"]
    ids = ["equity:XNYS:WMT", "equity:XNAS:WMT", "equity:XNAS:NA"]
    one = PriceFolder(listed_folder(tmp_path / "a", "\n".join(rows)))
    other = PriceFolder(listed_folder(tmp_path / "b", "\n".join(reversed(rows))))
    assert [closes(one, name) for name in ids] == [closes(other, name) for name in ids]
    assert closes(one, "equity:XNYS:WMT") == {"2025-12-04": "113", "2025-12-05": "114"}


class Listings:
    """WMT on the New York exchange, whatever the day."""

    def find(self, symbol: str, *, on: date) -> list[ListingRecord]:
        if symbol != "WMT":
            return []
        return [ListingRecord(mic="XNYS", symbol=symbol, name="Walmart", first_on=None, last_on=None, source="list")]

    def by_name(self, name: str, *, on: date) -> list[ListingRecord]:
        return []


LISTING = """
[[file]]
path = "adjusted.csv"
layout = "long"
series = "symbol"
id = "equity:{listing}:{series}"
source = "broker history"
adjustment = "split"
[file.ids]
SPY = "etf:ARCX:SPY"
"""
ADJUSTED = """
date,symbol,close
2025-12-04,WMT,114.2
2025-12-04,SPY,684.4
"""


def test_the_listing_market_comes_from_the_listings(tmp_path: Path) -> None:
    folder = PriceFolder(price_folder(tmp_path, LISTING, adjusted=ADJUSTED), listings=Listings())
    assert [info.id for info in folder.series("equity:XNYS:WMT")] == ["equity:XNYS:WMT"]
    assert [info.id for info in folder.series("etf:ARCX:SPY")] == ["etf:ARCX:SPY"]


def test_the_listing_market_comes_from_a_table_that_names_exchanges(tmp_path: Path) -> None:
    manifest = (
        LISTING
        + """
    [[file]]
    path = "shares.csv"
    layout = "long"
    series = "symbol"
    exchange = "exchange"
    id = "equity:{mic}:{series}"
    source = "snapshots"
    adjustment = "none"
    """
    )
    shares = "date,exchange,symbol,close\n2025-12-08,NYSE,WMT,113.56\n2025-12-09,NASDAQ,WMT,115.06\n"
    folder = PriceFolder(price_folder(tmp_path, manifest, adjusted=ADJUSTED, shares=shares))
    assert [(info.id, info.source) for info in folder.series("equity:XNAS:WMT")] == [
        ("equity:XNAS:WMT", "broker history"),
        ("equity:XNAS:WMT", "snapshots"),
    ]


def test_a_symbol_that_nobody_lists_is_found_by_the_symbol(tmp_path: Path) -> None:
    folder = PriceFolder(price_folder(tmp_path, LISTING, adjusted=ADJUSTED))
    assert list(folder.same_symbol("equity:XNAS:WMT")) == ["equity:XXXX:WMT"]
    assert list(folder.same_symbol("etf:XNAS:SPY")) == ["etf:ARCX:SPY"]


def test_opening_reads_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = long_folder(tmp_path, "2025-12-04,RUT,2531.16")
    monkeypatch.setattr("extractor.adapters.price_rows.read_table", lambda *_: pytest.fail("a table was read"))
    PriceFolder(path)


def test_a_table_is_in_columns(tmp_path: Path) -> None:
    folder = PriceFolder(long_folder(tmp_path, "2025-12-04,RUT,2531.16"))
    assert isinstance(folder.bars(folder.series("index:RUT")[0], *EVER), BarTable)


@pytest.mark.parametrize(
    ("found", "instead", "says"),
    [
        ('layout = "long"', 'layout = "tall"', "[[file]] number 1: layout: Input should be 'long' or 'wide'"),
        ('adjustment = "none"', 'adjustment = "some"', "[[file]] number 1: adjustment: Input should be"),
        ('adjustment = "none"', 'adjustmnet = "none"', "[[file]] number 1: adjustment: is missing"),
        ('source = "broker"', 'source = "broker"\nsorce = "x"', "[[file]] number 1: sorce: unknown key"),
        ('source = "broker"', "", "[[file]] number 1: source is missing"),
        ('path = "closes.csv"', 'path = "gone.csv"', "gone.csv: prices.toml names this file, but it is not there"),
        (
            'close = "close"',
            'close = "last"',
            "closes.csv: prices.toml names column 'last'; there: date, symbol",
        ),
        ('close = "close"', 'price = "close"', "[[file]] number 1: unknown field 'price' in fields"),
        ('series = "symbol"', "", "[[file]] number 1: layout long needs series"),
        ('RUT = "index:RUT"', "", "[[file]] number 1: layout long needs an id template, or ids for each series"),
        ("[[file]]", "[[file]", "prices.toml: not TOML"),
    ],
)
def test_a_manifest_that_cannot_be_right_is_refused(tmp_path: Path, found: str, instead: str, says: str) -> None:
    manifest = long_folder(tmp_path, "2025-12-04,RUT,2531.16") / "prices.toml"
    text = manifest.read_text(encoding="utf-8")
    assert found in text
    manifest.write_text(text.replace(found, instead), encoding="utf-8")
    with pytest.raises(PriceDataError) as refused:
        PriceFolder(tmp_path)
    assert says in str(refused.value)
    assert str(tmp_path) in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["nowhere", "empty", "file"])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("close", encoding="utf-8")
    with pytest.raises(PriceDataError, match=rf"{name}: .*prices\.toml"):
        PriceFolder(tmp_path / name)


@pytest.mark.parametrize("name", ["closes.csv", "closes.parquet"])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str) -> None:
    folder = long_folder(tmp_path, "2025-12-04,RUT,2531.16")
    manifest = folder / "prices.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("closes.csv", name), encoding="utf-8")
    (folder / name).write_bytes(b"\xff\xfe\x00PAR1\x81" * 40)
    with pytest.raises(PriceDataError, match=name):
        PriceFolder(folder).series("index:RUT")


FACTS = """
[[splits]]
path = "splits.csv"
[[vintages]]
path = "vintages.csv"
[[decisions]]
path = "decisions.csv"
"""


def test_a_fact_that_cannot_be_read_is_left_out_by_its_line(tmp_path: Path) -> None:
    path = price_folder(
        tmp_path,
        FACTS,
        splits="ex_date,instrument,ratio\n2025-11-17,equity:XNAS:NFLX,10\n2025-11-17,equity:XNAS:ORLY,0\n",
        vintages="indicator,reference,value,unit,released_on,source\nindicator:US:ADP,2025-13,-32000,jobs,2025-12-03,ADP\n",
        decisions="rate,decided_on,effective_on,low,high,source\nrate:US:FEDFUNDS,2025-12-10,2025-12-11,3.75,3.50,Fed\n",
    )
    folder = PriceFolder(path)
    assert folder.splits("equity:XNAS:ORLY") == ()
    assert folder.prints("indicator:US:ADP") == ()
    assert folder.decisions("rate:US:FEDFUNDS") == ()
    assert [(Path(one.file).name, one.row, one.reason.partition(":")[0]) for one in folder.rejections()] == [
        ("splits.csv", 3, "ratio"),
        ("vintages.csv", 2, "reference"),
        ("decisions.csv", 2, "high"),
    ]


@pytest.mark.parametrize(
    ("period", "first"),
    [
        ("2025-11", date(2025, 11, 1)),
        ("2025-11-15", date(2025, 11, 15)),
        ("2025-Q3", date(2025, 7, 1)),
        ("2025Q4", date(2025, 10, 1)),
        ("2025", date(2025, 1, 1)),
    ],
)
def test_a_release_is_filed_under_the_first_day_of_its_period(tmp_path: Path, period: str, first: date) -> None:
    row = f"indicator:US:ADP,{period},-32000,jobs,2025-12-03,ADP"
    manifest = '[[vintages]]\npath = "vintages.csv"\n'
    path = price_folder(tmp_path, manifest, vintages=f"indicator,reference,value,unit,released_on,source\n{row}\n")
    assert [one.reference for one in PriceFolder(path).prints("indicator:US:ADP")] == [first]
