"""Reference folders: real formats, tickers that look like something else, and errors that name file and row."""

from __future__ import annotations

import json
import re
import time
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from extractor.domain.errors import ReferenceDataError
from extractor.rules.instruments import InstrumentBook
from extractor.rules.listing_files import FORMATS, parse
from extractor.rules.references import JoinedListings, read
from extractor.rules.venues import venue

CHECKOUT = Path(__file__).parents[3]
MANIFEST = '[[listings]]\npath = "{path}"\nformat = "{format}"\nsource = "a test"\n'
HEADER = "exchange,symbol,name,first_seen,last_seen\n"


def _folder(tmp_path: Path, name: str, kind: str, text: str) -> Path:
    (tmp_path / "reference.toml").write_text(MANIFEST.format(path=name, format=kind), encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_intervals_say_where_a_symbol_was(tmp_path: Path) -> None:
    rows = (
        "NASDAQ,QQZ,Quizzical Inc. Common Stock,2021-02-01,2023-08-25\n"
        "NYSE,QQZ,Quizzical Inc. Common Stock,2023-08-28,2026-08-21\n"
        "NYSE,OLD,Oldtown Corp,2021-02-01,2022-03-15\n"
    )
    listings = read(_folder(tmp_path, "x.csv", "intervals", HEADER + rows))
    assert [each.mic for each in listings.find("QQZ", on=date(2023, 8, 25))] == ["XNAS"]
    assert [each.mic for each in listings.find("QQZ", on=date(2023, 8, 26))] == ["XNAS"]  # a Saturday
    assert [each.mic for each in listings.find("QQZ", on=date(2023, 8, 28))] == ["XNYS"]
    assert [each.mic for each in listings.find("QQZ", on=date(2027, 1, 4))] == ["XNYS"]  # still there on the last day
    assert listings.find("OLD", on=date(2022, 3, 16)) == []
    assert listings.find("QQZ", on=date(2020, 1, 2)) == []
    (found,) = listings.by_name("Quizzical", on=date(2022, 1, 3))
    assert (found.mic, found.source) == ("XNAS", "a test")


@pytest.mark.parametrize("ticker", ["NA", "TRUE", "NULL", "NaN", "1E5", "NONE", "INF", "FALSE", "0123"])
def test_tickers_are_text(tmp_path: Path, ticker: str) -> None:
    csv_rows = f"NYSE,{ticker},Odd Ticker Inc.,2021-02-01,2026-08-21\n"
    assert len(read(_folder(tmp_path, "x.csv", "intervals", HEADER + csv_rows)).find(ticker, on=None)) == 1
    sec = json.dumps({"fields": ["cik", "name", "ticker", "exchange"], "data": [["1", "Odd Inc", ticker, "NYSE"]]})
    assert read(_folder(tmp_path, "x.json", "sec", sec)).find(ticker, on=date(2026, 1, 2))[0].name == "Odd Inc"
    directory = (
        "Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|ETF|NextShares\n"
        f"{ticker}|Odd Ticker Inc. - Common Stock|Q|N|N|100|N|N\n"
        "ZVZZT|NASDAQ TEST STOCK|G|Y|N|100|N|N\n"
        "File Creation Time: 0822202618:01|||||||\n"
    )
    listings = read(_folder(tmp_path, "nasdaqlisted.txt", "nasdaqlisted", directory))
    assert listings.find(ticker, on=None)[0].mic == "XNAS"
    assert len(listings) == 1


def test_other_exchanges_directory(tmp_path: Path) -> None:
    text = (
        "ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|Test Issue|NASDAQ Symbol\n"
        "IWM|iShares Russell 2000 ETF|P|IWM|Y|100|N|IWM\n"
        "BRK.B|Berkshire Hathaway Inc|N|BRK.B|N|1|N|BRK.B\n"
        "File Creation Time: 0822202618:01||||||\n"
    )
    listings = read(_folder(tmp_path, "otherlisted.txt", "otherlisted", text))
    assert listings.find("IWM", on=None)[0].mic == "ARCX"
    assert listings.find("BRK.B", on=None)[0].mic == "XNYS"


OTHER_HEADER = "ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|Test Issue|NASDAQ Symbol\n"
NASDAQ_HEADER = "Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|ETF|NextShares\n"
TRAILER = "File Creation Time: 1124202621:31||||||\n"


def _directories(tmp_path: Path) -> Path:
    """The three lists side by side, as `reference fetch` leaves them."""
    rows = [
        ["1", "UNITED STATES NATURAL GAS FUND, LP", "UNG", "NYSE"],
        ["2", "IMPERIAL OIL LTD", "IMO", "NYSE"],
        ["3", "GLOBAL TANK CORP", "GTNK", "NYSE"],
        ["4", "MOVED CO", "MVD", "NYSE"],
    ]
    files = {
        "sec": ("sec.json", json.dumps({"fields": ["cik", "name", "ticker", "exchange"], "data": rows})),
        "otherlisted": (
            "otherlisted.txt",
            OTHER_HEADER
            + "UNG|United States Natural Gas Fund LP|P|UNG|Y|100|N|UNG\n"
            + "IMO|Imperial Oil Limited Common Stock|A|IMO|N|100|N|IMO\n"
            + "GTNK|Global Tank Corp|N|GTNK|N|100|N|GTNK\n"
            + "CBOX|Boxed Income Shares|Z|CBOX|Y|100|N|CBOX\n"
            + TRAILER,
        ),
        "nasdaqlisted": (
            "nasdaqlisted.txt",
            NASDAQ_HEADER
            + "QYLD|Global X NASDAQ 100 Covered Call|G|N|N|100|Y|N\n"
            + "MVD|Moved Co - Common Stock|Q|N|N|100|N|N\n"
            + TRAILER,
        ),
    }
    for name, text in files.values():
        (tmp_path / name).write_text(text, encoding="utf-8")
    manifest = "".join(MANIFEST.format(path=name, format=kind) for kind, (name, _) in files.items())
    (tmp_path / "reference.toml").write_text(manifest, encoding="utf-8")
    return tmp_path


def test_the_fund_column_makes_a_fund(tmp_path: Path) -> None:
    book = InstrumentBook.load([_directories(tmp_path)])
    assert book.listed("QYLD") == ("etf:XNAS:QYLD",)
    assert book.listed("CBOX") == ("etf:BATS:CBOX",)
    assert book.listing_id("XNAS", "QYLD", "Global X") == "etf:XNAS:QYLD"  # as printed in an article
    assert book.listing_id("XNAS", "MVD", "Moved Co") == "equity:XNAS:MVD"
    assert InstrumentBook.load().listing_id("XNAS", "QYLD", "Global X") == "equity:XNAS:QYLD"


def test_a_directory_says_which_market_of_its_group_the_sec_means(tmp_path: Path) -> None:
    listings = read(_directories(tmp_path))
    assert [each.mic for each in listings.find("UNG", on=None)] == ["ARCX", "ARCX"]
    assert [each.mic for each in listings.find("IMO", on=None)] == ["XASE", "XASE"]
    assert [each.mic for each in listings.find("GTNK", on=None)] == ["XNYS", "XNYS"]
    assert [each.mic for each in listings.find("MVD", on=None)] == ["XNYS", "XNAS"]  # a move, or one of them is old
    book = InstrumentBook.load([tmp_path])
    assert book.listed("UNG") == ("etf:ARCX:UNG",)
    assert book.named("United States Natural Gas Fund, LP") == ("etf:ARCX:UNG",)


@pytest.mark.parametrize(
    ("letter", "mic"), [("A", "XASE"), ("N", "XNYS"), ("P", "ARCX"), ("Z", "BATS"), ("V", "IEXG"), ("M", "XCHI")]
)
def test_exchange_letters(tmp_path: Path, letter: str, mic: str) -> None:
    text = f"{OTHER_HEADER}QQZ|Quizzical Inc.|{letter}|QQZ|N|100|N|QQZ\n{TRAILER}".replace("\n", "\r\n")
    (found,) = read(_folder(tmp_path, "otherlisted.txt", "otherlisted", text)).find("QQZ", on=None)
    assert found.mic == mic
    assert venue(f"equity:{mic}:QQZ") == "XNYS"


def test_the_secs_list_leaves_out_what_has_no_exchange(tmp_path: Path) -> None:
    rows = [
        ["1", "Alpha Inc", "ALFA", "Nasdaq"],
        ["2", "Beta Fund", "BFND", None],
        ["3", "Gamma Corp", "GAM-B", "NYSE"],
    ]
    text = json.dumps({"fields": ["cik", "name", "ticker", "exchange"], "data": rows})
    listings = read(_folder(tmp_path, "x.json", "sec", text))
    assert len(listings) == 2
    assert listings.find("GAM.B", on=None)[0].name == "Gamma Corp"


BROKEN = [
    ("intervals", "exchange,symbol,name\nNYSE,A,Alpha\n", "row 1: column 'first_seen' is missing"),
    ("intervals", HEADER + "NYSE,A,Alpha,2021-02-01,2021-13-01\n", "row 2: '2021-13-01' is not a date"),
    ("intervals", HEADER + "NYSE,A,Alpha,2021-02-01,2021-01-01\n", "row 2: last seen 2021-01-01 is before"),
    (
        "intervals",
        HEADER + "NYSE,A,Alpha,2021-02-01,2021-03-01\nMARS,B,Beta,2021-02-01,2021-03-01\n",
        "row 3: exchange 'MARS'",
    ),
    ("intervals", HEADER + "NYSE,A\n", "row 2: 2 columns, expected 5"),
    ("intervals", HEADER + "NYSE,,Alpha,2021-02-01,2021-03-01\n", "row 2: symbol '' is not text"),
    ("sec", "{", "not JSON"),
    ("sec", "[]", "not the SEC's list"),
    ("sec", '{"fields": ["name", "ticker", "exchange"], "data": [["A", 5, "NYSE"]]}', "row 1: symbol 5 is not text"),
    ("sec", '{"fields": ["name", "ticker", "exchange"], "data": 5}', "no list of rows"),
    ("sec", "[" * 100_000, "not the SEC's list"),
    ("sec", '{"fields": ["name", "ticker", "exchange"], "data": [["A", "A", "NYSE"]', "line 1: not JSON"),
    ("nasdaqlisted", "A|B\n", "row 1: column 'Symbol' is missing"),
    ("nasdaqlisted", NASDAQ_HEADER + "QQZ|Quizz", "row 2: the last line is no `File Creation Time`"),
    ("nasdaqlisted", NASDAQ_HEADER + "File Creation Time: 1124", "row 2: the last line is no `File Creation Time`"),
    ("nasdaqlisted", NASDAQ_HEADER + "File Creation Time: 1324202621:31||", "has no date"),
    ("nasdaqlisted", NASDAQ_HEADER + "QQZ|Quizzical\n" + TRAILER, "row 2: 2 columns, expected 8"),
    ("otherlisted", OTHER_HEADER + "QQZ|Quizz|?|QQZ|N|1|N|QQZ\n" + TRAILER, "row 2: exchange '?' is not known"),
    ("otherlisted", "", "the file is empty"),
    ("otherlisted", " <!DOCTYPE html>\n<html>", "a web page"),
    ("parquet", "x", "format 'parquet' is not one of"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "says"), BROKEN, ids=[case[2] for case in BROKEN])
def test_errors_name_file_and_row(tmp_path: Path, kind: str, text: str, says: str) -> None:
    folder = _folder(tmp_path, "x.data", kind, text)
    with pytest.raises(ReferenceDataError) as raised:
        read(folder)
    assert says in str(raised.value)
    assert str(tmp_path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_manifest_or_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match=r"reference\.toml: not found"):
        read(tmp_path)
    (tmp_path / "reference.toml").write_text(MANIFEST.format(path="gone.csv", format="intervals"), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"gone\.csv: No such file"):
        read(tmp_path)
    (tmp_path / "reference.toml").write_text("[[listings]\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"reference\.toml"):
        read(tmp_path)


def test_what_ships_answers_after_the_references(tmp_path: Path) -> None:
    rows = "NYSE,QQZ,Quizzical Inc.,2021-02-01,2026-08-21\n"
    joined = JoinedListings([read(_folder(tmp_path, "x.csv", "intervals", HEADER + rows))])
    assert joined.find("QQZ", on=date(2024, 1, 2))[0].source == "a test"
    assert joined.find("AMTB", on=date(2025, 12, 18))[0].mic == "XNYS"
    assert [each.mic for each in joined.find("AMTB", on=date(2022, 1, 3))] == ["XNAS"]


def test_a_book_is_widened(tmp_path: Path) -> None:
    rows = "NYSE,QQZ,Quizzical Inc.,2021-02-01,2022-08-19\nNASDAQ,QQZ,Quizzical Inc.,2022-08-22,2026-08-21\n"
    book = InstrumentBook.load([_folder(tmp_path, "x.csv", "intervals", HEADER + rows)])
    assert book.named("Quizzical Inc.") == ("equity:XNYS:QQZ", "equity:XNAS:QQZ")
    assert book.listed("QQZ", on=date(2023, 1, 3)) == ("equity:XNAS:QQZ",)
    assert book.named("Nvidia") == ("equity:XNAS:NVDA",)
    assert InstrumentBook.load().named("Quizzical Inc.") == ()


@pytest.mark.parametrize("kind", FORMATS)
def test_the_example_of_each_format_in_the_documents_is_one(kind: str) -> None:
    text = (CHECKOUT / "docs" / "reference.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- {kind} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    assert found is not None, f"docs/reference.md has no example of {kind}"
    assert parse(found[1].encode(), kind, where="docs/reference.md", source="an example").records


def test_directories_of_real_size_load_fast(tmp_path: Path) -> None:
    symbols = ["".join(letters) for letters in product("ABCDEFGHIJKLMNOP", repeat=4)]
    nasdaq = (f"{each}|Quizzical {each} Inc. - Common Stock|Q|N|N|100|N|N" for each in symbols[:5_000])
    other = (f"{each}|Quizzical {each} Fund|P|{each}|Y|100|N|{each}" for each in symbols[5_000:12_000])
    sec = [[number, f"QUIZZICAL {each} INC", each, "NYSE"] for number, each in enumerate(symbols[2_000:12_000])]
    folder = _directories(tmp_path)
    (folder / "nasdaqlisted.txt").write_text(NASDAQ_HEADER + "\n".join(nasdaq) + "\n" + TRAILER)
    (folder / "otherlisted.txt").write_text(OTHER_HEADER + "\n".join(other) + "\n" + TRAILER)
    (folder / "sec.json").write_text(json.dumps({"fields": ["cik", "name", "ticker", "exchange"], "data": sec}))
    start = time.process_time()
    listings = read(folder)
    listings.by_name("Quizzical AAAA", on=None)
    assert time.process_time() - start < 1
    assert len(listings) == 22_000


def test_the_evaluation_folder_loads_fast_and_knows_its_moves(shared: Path) -> None:
    start = time.process_time()
    listings = read(shared / "reference")
    assert time.process_time() - start < 1
    assert [each.mic for each in listings.find("WMT", on=date(2025, 12, 8)) if each.first_on] == ["XNYS"]
    assert [each.mic for each in listings.find("WMT", on=date(2025, 12, 9)) if each.first_on] == ["XNAS"]
    assert [each.mic for each in listings.find("NA", on=None)]
