"""Yahoo's charts: splits undone, what cannot be a price left out, answers about something else refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

from extractor.adapters.calendars import TradingCalendars
from extractor.adapters.live.splits import shortest
from extractor.domain.market import Missing, Split
from extractor.verify.market import TapeMarket
from tests.conftest import CHECKOUT
from tests.fakes import price_answers as played
from tests.fakes.listing_server import Answer, serving
from tests.fakes.live import Asked, Asking
from tests.fakes.price_answers import NVDA, SPLIT_ON, chart, chart_error

SHARE, PATH = "equity:XNAS:NVDA", "v8/finance/chart/NVDA"
CLOSES = {"2024-06-06": "1209.98", "2024-06-07": "1208.88", "2024-06-10": "121.79", "2024-06-11": "120.91"}


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    with serving() as server:
        yield Asking(server, tmp_path / "cache")


def ask(asking: Asking, *answers: bytes | Answer, instrument: str = SHARE, path: str = PATH, **more: object) -> Asked:
    return asking("yahoo", instrument, path, *answers, **more)  # type: ignore[arg-type]


def test_the_question_reaches_to_today_for_the_splits_that_came_since(asking: Asking) -> None:
    asked = ask(asking, chart(), days=("2024-06-06", "2024-06-07"))
    ((path, headers),) = asked.server.asked
    query = {name: values[0] for name, values in parse_qs(urlparse(path).query).items()}
    assert (query["interval"], query["events"]) == ("1d", "div,split")
    assert datetime.fromtimestamp(int(query["period1"]), UTC) == datetime(2024, 6, 5, tzinfo=UTC)
    assert datetime.fromtimestamp(int(query["period2"]), UTC) == datetime(2026, 1, 6, tzinfo=UTC)
    assert "tapecheck" in headers["user-agent"]
    assert asked.closes(SHARE) == {"2024-06-06": "1209.98", "2024-06-07": "1208.88"}


def test_a_split_is_undone_in_prices_and_volumes_and_told(asking: Asking) -> None:
    asked = ask(asking, chart())
    assert asked.closes(SHARE) == CLOSES
    assert asked.column(SHARE, "high")["2024-06-06"] == "1255.87"
    assert asked.column(SHARE, "volume") == {day: str(row[4]) for day, row in NVDA.items()}
    assert asked.source.splits("equity:XNYS:NVDA") == [
        Split(ex_on=date(2024, 6, 10), instrument=SHARE, ratio=Decimal(10))
    ]
    market = TapeMarket([asked.source], TradingCalendars())
    pair = market.comparable(SHARE, date(2024, 6, 7), date(2024, 6, 10))
    assert not isinstance(pair, Missing)
    assert [bar.close for bar in pair] == [Decimal("120.888"), Decimal("121.79")]


@pytest.mark.parametrize(
    ("quoted", "splits"),
    [
        ("891.29", {"2022-08-25": (3, 1)}),  # a third has no end in any float
        ("499.23", {"2020-08-31": (4, 1)}),
        ("751.19", {"2021-07-20": (4, 1), "2024-06-10": (10, 1)}),
        ("0.3142", {"2020-08-31": (7, 1)}),
        ("98.0625", {"2000-06-21": (2, 1)}),  # sixteenths
        ("2838.77", {"2022-07-18": (20, 1)}),
    ],
)
def test_what_was_quoted_comes_back_to_the_digit(
    asking: Asking, quoted: str, splits: dict[str, tuple[int, int]]
) -> None:
    first = min(splits)
    before = str(date.fromordinal(date.fromisoformat(first).toordinal() - 1))
    ratio = 1
    for new, _ in splits.values():
        ratio *= new
    after = {day: (f"{float(quoted) / ratio * later:.2f}",) for day, later in _later(splits)}
    asked = ask(asking, chart(rows={before: (quoted,), **after}, splits=splits))
    assert asked.reason() is None
    assert asked.closes(SHARE)[before] == quoted


def _later(splits: dict[str, tuple[int, int]]) -> list[tuple[str, int]]:
    """Ex-dates, each with the product of the ratios after it."""
    found = []
    for day in splits:
        product = 1
        for other, (new, _) in splits.items():
            product *= new if other > day else 1
        found.append((day, product))
    return found


def test_a_reverse_split_is_undone(asking: Asking) -> None:
    body = json.loads(chart(rows={"2025-03-03": (4.0,), "2025-03-04": ("4.10",)}, splits={}))
    stamp = played.moment("2025-03-04")
    event = {"date": stamp, "numerator": 1.0, "denominator": 20.0, "splitRatio": "1:20"}
    body["chart"]["result"][0]["events"] = {"splits": {str(stamp): event}}
    asked = ask(asking, json.dumps(body).encode())
    assert asked.closes(SHARE) == {"2025-03-03": "0.2", "2025-03-04": "4.1"}


def test_a_split_that_the_prices_were_not_adjusted_for_is_no_guess(asking: Asking) -> None:
    asked = ask(asking, chart(applied=False))
    assert asked.reason() == "unusable_answer"
    assert "2024-06-10" in asked.detail()


def test_a_split_of_another_table_is_undone_where_the_prices_took_it_in(asking: Asking) -> None:
    known = [Split(ex_on=date(2024, 6, 10), instrument=SHARE, ratio=Decimal(10))]
    taken_in = json.loads(chart())
    del taken_in["chart"]["result"][0]["events"]
    asked = ask(asking, json.dumps(taken_in).encode(), splits=lambda instrument: known)
    assert asked.closes(SHARE) == CLOSES
    left = json.loads(chart(applied=False))
    del left["chart"]["result"][0]["events"]
    asked = ask(
        asking, json.dumps(left).encode(), splits=lambda instrument: known, now=datetime(2026, 1, 6, tzinfo=UTC)
    )
    assert asked.closes(SHARE) == CLOSES


def test_a_split_without_a_row_to_see_it_by_is_no_guess(asking: Asking) -> None:
    named = chart(splits={"2024-06-10": (10, 1), "2024-06-12": (2, 1)})
    asked = ask(asking, named, now=datetime(2024, 6, 12, 6, tzinfo=UTC))
    assert asked.reason() == "unusable_answer"
    assert "2024-06-12" in asked.detail()


@pytest.mark.parametrize(("ex_on", "reason"), [("2024-06-12", "unusable_answer"), ("2024-06-13", None)])
def test_a_listed_split_counts_from_its_day_on(asking: Asking, ex_on: str, reason: str | None) -> None:
    known = [Split(ex_on=date.fromisoformat(ex_on), instrument=SHARE, ratio=Decimal(2))]
    now = datetime(2024, 6, 12, 6, tzinfo=UTC)
    asked = ask(asking, chart(), now=now, days=("2024-06-06", "2024-06-11"), splits=lambda instrument: known)
    assert asked.reason() == reason


@pytest.mark.parametrize("size", ["1e300", "-1e300", "1" + "0" * 40, "1e400"])
def test_a_figure_beyond_all_prices_is_left_out(asking: Asking, size: str) -> None:
    body = chart().replace(b"120.91000366210938", size.encode())
    asked = ask(asking, body)
    assert list(asked.closes(SHARE)) == list(CLOSES)[:3]
    assert asked.rejected() == ["2024-06-11: close: not a number"]


def test_the_same_split_in_both_counts_once(asking: Asking) -> None:
    known = [Split(ex_on=date(2024, 6, 7), instrument=SHARE, ratio=Decimal(10))]
    assert ask(asking, chart(), splits=lambda instrument: known).closes(SHARE) == CLOSES


def test_rows_without_a_price_are_left_out_and_said(asking: Asking) -> None:
    rows = {
        **NVDA,
        "2024-06-12": (None, None, None, None, None),
        "2024-06-13": (1.0, 1.0, 1.0, float("nan"), 5),
        "2024-06-14": ("131.88",),
        "2024-06-17": ("0",),
        "2024-06-18": (-135.58,),
        "2024-06-20": (0.0001,),
        "2024-06-21": ("126.57",),
    }
    asked = ask(asking, chart(rows=rows))
    assert list(asked.closes(SHARE))[4:] == ["2024-06-14", "2024-06-21"]
    assert asked.rejected() == [
        "2024-06-12: no close",
        "2024-06-13: close: not a number",
        "2024-06-17: close: 0 is zero or negative, which this series cannot be",
        "2024-06-18: close: -135.58 is zero or negative, which this series cannot be",
        "2024-06-20: close: 0.0001 is next to zero beside 131.88",
    ]
    assert {one.file for one in asked.source.rejections()} == {f"{asked.server.address}{asked.server.asked[0][0]}"}
    market = TapeMarket([asked.source], TradingCalendars())
    missing = {day: market.bar(SHARE, date(2024, 6, day)) for day in (12, 19)}
    assert {day: one.reason for day, one in missing.items() if isinstance(one, Missing)} == {
        12: "session_missing",
        19: "not_a_session",  # Juneteenth: the source has no row, and needs none
    }


def test_a_holiday_with_an_empty_row_is_no_session_that_lacks(asking: Asking) -> None:
    rows = {**NVDA, "2024-06-18": (None,), "2024-06-19": (None,), "2024-06-20": ("130.78",)}
    asked = ask(asking, chart(rows=rows))
    assert asked.source.series(SHARE)[0].missing_sessions == {date(2024, 6, 18)}


def test_an_open_of_zero_only_means_that_there_is_none(asking: Asking) -> None:
    asked = ask(
        asking,
        chart("^GSPC", {"1970-01-02": ("0", "93.54", "91.79", "93.00", 8050000)}, splits={}),
        instrument="index:SPX",
        path="v8/finance/chart/%5EGSPC",
    )
    assert (asked.closes("index:SPX"), asked.rejected()) == ({"1970-01-02": "93"}, [])
    assert asked.column("index:SPX", "open") == {"1970-01-02": "None"}


def test_oil_may_settle_below_zero(asking: Asking) -> None:
    rows = {"2020-04-17": ("18.27",), "2020-04-20": ("-37.63",), "2020-04-21": ("10.01",)}
    asked = ask(asking, chart("CL=F", rows, splits={}), instrument="commodity:WTI", path="v8/finance/chart/CL%3DF")
    assert asked.closes("commodity:WTI")["2020-04-20"] == "-37.63"
    assert asked.rejected() == []


def test_the_price_of_the_moment_is_no_second_row(asking: Asking) -> None:
    asked = ask(asking, chart(live=("2024-06-11", "119.00")))
    assert asked.closes(SHARE) == CLOSES
    assert asked.rejected() == []


def test_a_session_is_a_day_of_the_exchange(asking: Asking) -> None:
    rows = {"2025-12-04": ("51028.42",), "2025-12-05": ("50491.87",)}
    body = chart("^N225", rows, splits={}, zone="Asia/Tokyo", meta={"currency": "JPY"})
    asked = ask(
        asking, body, instrument="index:N225", path="v8/finance/chart/%5EN225", days=("2025-12-04", "2025-12-05")
    )
    assert asked.closes("index:N225") == {"2025-12-04": "51028.42", "2025-12-05": "50491.87"}


def test_an_empty_frame_is_no_series(asking: Asking) -> None:
    asked = ask(asking, chart(rows={}, splits={}))
    assert (asked.reason(), asked.detail()) == ("no_series", "no row from 1900-01-01 to 2026-01-04")


def error(status: int, code: str, description: str) -> Answer:
    return Answer(status=status, body=chart_error(code, description))


STAMPS, SPLIT_AT = b'"timestamp": [', str(played.moment(SPLIT_ON)).encode() + b","
CRUMB = b'{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}'
NONE_THERE = "Data doesn't exist for startDate = 1, endDate = 2"
ERRORS = [
    (error(404, "Not Found", "No data found, symbol may be delisted"), "no_series", "delisted"),
    (error(400, "Bad Request", NONE_THERE), "no_series", "Data doesn't exist"),
    (error(422, "Unprocessable Entity", "Invalid input"), "unusable_answer", "Invalid input"),
    (Answer(status=401, body=CRUMB), "source_refused", "Invalid Crumb"),
    (chart(meta={"currency": "CAD"}), "unusable_answer", "in CAD, not in USD"),
    (chart(meta={"currency": None}), "unusable_answer", "not in USD"),
    (chart("NVDL"), "unusable_answer", "asked for NVDA, answered with NVDL"),
    (chart(meta={"dataGranularity": "1mo"}), "unusable_answer", "rows of 1mo"),
    (chart(meta={"exchangeTimezoneName": "Nowhere/Land"}), "unusable_answer", "time zone"),
    (b'{"chart":{"result":[],"error":null}}', "unusable_answer", "without a series"),
    (b'{"chart":{"result":null,"error":null}}', "unusable_answer", "result"),
    (chart().replace(b'"numerator": 10.0', b'"numerator": 0.0'), "unusable_answer", "cannot be undone"),
    (chart().replace(b'"numerator": 10.0', b'"numerator": NaN'), "unusable_answer", "cannot be undone"),
    (chart().replace(STAMPS, STAMPS + b"1, "), "unusable_answer", "as long as each other"),
    (chart().replace(SPLIT_AT, b'"x",'), "unusable_answer", "no moment"),
    (chart().replace(SPLIT_AT, b"99999999999999999,"), "unusable_answer", "no moment"),
    (played.PAGE, "unusable_answer", "answered with a web page, not JSON"),
]


@pytest.mark.parametrize(("answer", "reason", "says"), ERRORS)
def test_errors_say_what_came(asking: Asking, answer: Answer | bytes, reason: str, says: str) -> None:
    asked = ask(asking, answer)
    assert asked.reason() == reason
    assert says in asked.detail()
    assert "\n" not in asked.detail()
    assert asked.closes(SHARE) == {}


@pytest.mark.parametrize(
    ("value", "short"),
    [
        ("891.290040", "891.29"),
        ("1208.880", "1208.88"),
        ("100", "100"),
        ("98.0625", "98.0625"),
        ("-37.630001", "-37.63"),
    ],
)
def test_shortest_decimal_within_the_float(value: str, short: str) -> None:
    assert str(shortest(Decimal(value))) == short


def test_a_number_too_small_to_shorten_stays() -> None:
    assert shortest(Decimal("0.000012341")) == Decimal("0.000012341")


def test_the_example_of_the_manual() -> None:
    manual = (CHECKOUT / "docs" / "prices.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d{4}-\d\d-\d\d) \| ([\d.]+) \| (\d+|none) \| ([\d.]+) \|$", manual, re.MULTILINE)
    assert [row[0] for row in rows] == list(NVDA)[:3]
    for day, sent, ratio, close in rows:
        assert float(sent) == played.as_float(NVDA[day][3], 1 if ratio == "none" else int(ratio))
        assert close == NVDA[day][3]
