"""Tiingo's rows, the exchange's own file of the VIX, and when a cached answer will do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.adapters.live.build import live_source
from extractor.domain.errors import TapecheckError
from tests.fakes import price_answers as played
from tests.fakes.listing_server import Answer, serving
from tests.fakes.live import Asking
from tests.fakes.price_answers import NVDA, tiingo

SHARE, PATH = "equity:XNAS:NVDA", "tiingo/daily/NVDA/prices"
VIX, VIX_PATH = "index:VIX", "api/global/us_indices/daily_prices/VIX_History.csv"
HEADER = b"DATE,OPEN,HIGH,LOW,CLOSE\n"


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    with serving() as server:
        yield Asking(server, tmp_path / "cache", environment={"TIINGO_TOKEN": "t0ken"})


# -- Tiingo


def test_tiingo_gives_raw_prices_and_splits(asking: Asking) -> None:
    asked = asking("tiingo", SHARE, PATH, tiingo(), days=("2024-06-01", "2024-06-30"))
    assert asked.closes(SHARE) == {day: row[3] for day, row in NVDA.items()}
    assert asked.column(SHARE, "volume") == {day: str(row[4]) for day, row in NVDA.items()}
    assert [(one.ex_on, one.ratio) for one in asked.source.splits(SHARE)] == [(date(2024, 6, 10), Decimal(10))]
    assert asked.server.asked[0][0] == f"/{PATH}?startDate=2024-06-01&endDate=2024-06-30&format=json"


def test_tiingo_prices_go_through_no_float(asking: Asking) -> None:
    rows = {"2024-06-06": ("1209.123456789012345", "1255.87", "1183.20", "1209.123456789012345", 1)}
    asked = asking("tiingo", SHARE, PATH, tiingo(rows))
    assert asked.closes(SHARE) == {"2024-06-06": "1209.123456789012345"}


@pytest.mark.parametrize(
    ("answer", "reason", "says"),
    [
        (Answer(status=404, body=b'{"detail":"Not found."}'), "no_series", "Not found"),
        (b'{"detail":"Error: Ticker \'NVDA\' not found"}', "no_series", "not found"),
        (Answer(status=401, body=b'{"detail":"Invalid token."}'), "source_refused", "Invalid token"),
        (b'{"detail":"Please supply a token"}', "source_refused", "supply a token"),
        (b'{"detail":"Error: You have run over your hourly request allocation."}', "source_refused", "run over"),
        (Answer(status=429, body=b'{"detail":"Too many"}'), "source_down", "429"),
        (b"[]", "no_series", "no row from"),
        (b"[1]", "unusable_answer", "a row is missing"),
        (tiingo().replace(b"2024-06-07T", b"2024-06-77T"), "unusable_answer", "no day"),
        (tiingo().replace(b'"splitFactor":10.0', b'"splitFactor":0.0'), "unusable_answer", "a split of 0.0"),
        (played.PAGE, "unusable_answer", "a web page"),
    ],
)
def test_errors_of_tiingo(asking: Asking, answer: Answer | bytes, reason: str, says: str) -> None:
    asked = asking("tiingo", SHARE, PATH, answer)
    assert asked.reason() == reason
    assert says in asked.detail()


def test_rows_of_tiingo_that_cannot_be_prices(asking: Asking) -> None:
    body = tiingo().replace(b'"close":1208.88', b'"close":null').replace(b'"close":120.91', b'"close":NaN')
    asked = asking("tiingo", SHARE, PATH, body)
    assert list(asked.closes(SHARE)) == ["2024-06-06", "2024-06-10"]
    assert asked.rejected() == ["2024-06-07: no close", "2024-06-11: close: not a number"]
    assert asked.source.series(SHARE)[0].missing_sessions == {date(2024, 6, 7), date(2024, 6, 11)}


def test_a_session_that_stands_twice(asking: Asking, tmp_path: Path) -> None:
    row = '{{"date":"2024-06-06T00:00:00.000Z","close":{},"splitFactor":1.0}}'
    same, other = row.format("10.5"), row.format("10.6")
    assert asking("tiingo", SHARE, PATH, f"[{same},{same}]".encode()).closes(SHARE) == {"2024-06-06": "10.5"}
    asking.folder = tmp_path / "another cache"
    asked = asking("tiingo", SHARE, PATH, f"[{same},{other}]".encode())
    assert asked.closes(SHARE) == {}
    assert asked.rejected() == ["2024-06-06: the session stands here 2 times, with different values"] * 2


def test_tiingo_needs_a_token(tmp_path: Path) -> None:
    with pytest.raises(TapecheckError, match="set TIINGO_TOKEN"):
        live_source("tiingo", tmp_path, environment={})
    with pytest.raises(TapecheckError, match="TIINGO_TOKEN") as error:
        live_source("tiingo", tmp_path, environment={"TIINGO_TOKEN": "a\r\nX-Other: b"})
    assert "X-Other" not in str(error.value)


# -- Cboe


def test_the_exchange_prints_more_zeros_than_it_quotes(asking: Asking) -> None:
    asked = asking("cboe", VIX, VIX_PATH, HEADER + b"12/04/2025,16.080000,16.480000,15.690000,15.785000\n")
    assert asked.closes(VIX) == {"2025-12-04": "15.785"}
    assert asked.column(VIX, "open") == {"2025-12-04": "16.08"}


@pytest.mark.parametrize(
    ("answer", "reason", "says"),
    [
        (Answer(status=403, body=b"<?xml?><Error><Code>AccessDenied</Code></Error>"), "source_down", "403"),
        (played.PAGE, "unusable_answer", "a web page"),
        (b"Date,Close\n12/04/2025,15.78\n", "unusable_answer", "not CSV of DATE"),
        (HEADER + b"2025-12-04,1,1,1,1\n", "unusable_answer", "is no day"),
        (HEADER + b"12/04/2025,16.08,16.48\n", "unusable_answer", "cut short"),
        (HEADER, "no_series", "no row from"),
        (HEADER + b"12/04/2025,0,0,0,0.000000\n", "no_series", "no row from"),
        (b"\xff\xfe\x00", "unusable_answer", "not CSV"),
        (HEADER + b"12/04/2025,1,1,1,1E+999999\n", "no_series", "no row from"),
        (HEADER + b"12/04/2025,1,1,1,1E-999999\n", "no_series", "no row from"),
    ],
)
def test_errors_of_the_exchange(asking: Asking, answer: Answer | bytes, reason: str, says: str) -> None:
    asked = asking("cboe", VIX, VIX_PATH, answer)
    assert asked.reason() == reason
    assert says in asked.detail()


def test_the_file_is_whole_whatever_is_wanted_of_it(asking: Asking) -> None:
    asking("cboe", VIX, VIX_PATH, played.VIX, days=("2025-12-04", "2025-12-05"))
    asked = asking("cboe", VIX, VIX_PATH, days=("1990-01-01", "2025-12-05"))
    assert asked.closes(VIX)["1990-01-02"] == "17.24"
    assert len(asked.server.asked) == 1


# -- when a cached answer will do


def test_an_answer_that_lacks_its_last_session_is_asked_again_until_it_is_settled(asking: Asking) -> None:
    days = ("2025-12-03", "2025-12-08")  # the file ends on the 5th
    taken = datetime(2025, 12, 9, 1, tzinfo=UTC)
    asking("cboe", VIX, VIX_PATH, played.VIX, days=days, now=taken)
    assert asking("cboe", VIX, VIX_PATH, days=days, now=datetime(2025, 12, 9, 1, 30, tzinfo=UTC)).outcome.requests == 0
    again = asking("cboe", VIX, VIX_PATH, days=days, now=datetime(2025, 12, 13, tzinfo=UTC))
    assert again.outcome.requests == 1
    assert asking("cboe", VIX, VIX_PATH, days=days, now=datetime(2026, 2, 1, tzinfo=UTC)).outcome.requests == 0


def test_over_a_weekend_the_friday_is_the_last_session(asking: Asking) -> None:
    days = ("2025-12-03", "2025-12-07")
    asking("cboe", VIX, VIX_PATH, played.VIX, days=days, now=datetime(2025, 12, 8, tzinfo=UTC))
    again = asking("cboe", VIX, VIX_PATH, days=days, now=datetime(2025, 12, 8, 22, tzinfo=UTC))
    assert again.outcome.requests == 0


def test_a_mirror_and_the_source_share_no_answer(asking: Asking, tmp_path: Path) -> None:
    asking("cboe", VIX, VIX_PATH, played.VIX)
    with serving() as other:
        asked = Asking(other, tmp_path / "cache")("cboe", VIX, VIX_PATH, played.VIX)
        assert asked.outcome.requests == 1
