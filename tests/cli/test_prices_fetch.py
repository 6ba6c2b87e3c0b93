"""`tapecheck prices fetch`, and `verify` with a source of the network, against a server on this machine."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli import cli
from tests.fakes import price_answers as played
from tests.fakes.listing_server import Answer, ListingServer, serving
from tests.fakes.price_answers import NVDA, chart

Invoke = Callable[..., Result]
SPX, SHARE, VIX = (
    "v8/finance/chart/%5EGSPC",
    "v8/finance/chart/NVDA",
    "api/global/us_indices/daily_prices/VIX_History.csv",
)
INDEX = {"2024-12-17": ("6050.61",), "2024-12-18": ("5872.16",), "2024-12-19": ("5867.08",)}
NOTE = "The S&P 500 closed at 5,872.16 on Dec. 18, 2024. The S&P 500 closed at 5,827.16 on Dec. 19, 2024.\n"
KEY = "abcdef0123456789abcdef0123456789"


@pytest.fixture
def server() -> Iterator[ListingServer]:
    with serving() as server:
        server.plays(SPX, Answer(body=chart("^GSPC", INDEX, splits={})))
        server.plays(SHARE, Answer(body=chart()))
        server.plays(VIX, Answer(body=played.VIX))
        yield server


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Invoke:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TAPECHECK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TAPECHECK_STORE", str(tmp_path / "prices.db"))
    for name in ("TIINGO_TOKEN", "FRED_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "note.txt").write_text(NOTE)

    def call(*arguments: str) -> Result:
        result = CliRunner().invoke(cli, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


def listed(invoke: Invoke) -> list[dict[str, object]]:
    return [json.loads(line) for line in invoke("prices", "list", "--format", "jsonl").stdout.splitlines()]


def test_fetch_writes_what_came_into_the_store(invoke: Invoke, server: ListingServer) -> None:
    fetch = ("prices", "fetch", "--source", f"yahoo={server.address}", "--from", "2024-01-01", "--to", "2024-12-31")
    result = invoke(*fetch, "index:SPX", "equity:XNAS:NVDA")
    assert (result.exit_code, result.stdout) == (0, "")
    assert [line.partition(", as of ")[0] for line in result.stderr.splitlines()] == [
        "yahoo: index:SPX (^GSPC): 3 rows from 2024-12-17 to 2024-12-19, as quoted",
        "yahoo: equity:XNAS:NVDA (NVDA): 4 rows from 2024-06-06 to 2024-06-11, as quoted",
        "yahoo: 2 series with 7 rows imported, 0 unchanged",
    ]
    found = {line["id"]: line for line in listed(invoke)}
    assert found["equity:XNAS:NVDA"]["source"] == "Yahoo Finance"
    assert found["equity:XNAS:NVDA"]["adjustment"] == "none"
    assert str(found["equity:XNAS:NVDA"]["snapshot"]).startswith("sha256:")
    assert found["equity:XNAS:NVDA"]["retrieved_at"]
    asked = len(server.asked)
    again = invoke(*fetch, "index:SPX")
    assert "from the cache" in again.stderr
    assert "1 unchanged" in again.stderr
    assert len(server.asked) == asked
    assert len(listed(invoke)) == 2
    invoke(*fetch, "--refresh", "index:SPX")
    assert len(server.asked) == asked + 1
    assert invoke(*fetch, "index:SPX", "-q").stderr == ""


def test_a_shorter_fetch_does_not_shorten_what_is_stored(invoke: Invoke, server: ListingServer) -> None:
    source = f"yahoo={server.address}"
    for first in ("2024-06-01", "2024-06-10"):
        arguments = ["--source", source, "--from", first, "--to", "2024-06-30", "equity:XNAS:NVDA"]
        assert invoke("prices", "fetch", *arguments).exit_code == 0
    (line,) = listed(invoke)
    assert (line["first"], line["last"]) == (min(NVDA), max(NVDA))


def test_several_sources_and_what_none_has(invoke: Invoke, server: ListingServer) -> None:
    sources = ["--source", f"yahoo={server.address}", "--source", f"cboe={server.address}"]
    days = ["--from", "2024-01-01", "--to", "2025-12-31"]
    server.plays("v8/finance/chart/%5EVIX", Answer(status=404, body=played.chart_error("Not Found", "No data found")))
    result = invoke("prices", "fetch", *sources, *days, "index:VIX", "index:NOPE")
    assert result.exit_code == 3
    assert "cboe: index:VIX (VIX): 3 rows from 2025-12-03 to 2025-12-05" in result.stderr
    assert "tapecheck: yahoo: index:VIX (^VIX): No data found" in result.stderr
    assert f"tapecheck: index:NOPE: not from yahoo={server.address}, cboe={server.address}" in result.stderr


def test_rows_that_were_left_out_are_said(invoke: Invoke, server: ListingServer) -> None:
    server.plays(SPX, Answer(body=chart("^GSPC", {**INDEX, "2024-12-20": (None,)}, splits={})))
    arguments = ["--source", f"yahoo={server.address}", "--from", "2024-12-01", "--to", "2024-12-31", "index:SPX"]
    result = invoke("prices", "fetch", *arguments)
    assert result.exit_code == 0
    assert "1 rows left out" in result.stderr
    assert "2024-12-20: no close" in result.stderr


def test_nothing_that_came_leaves_no_store(invoke: Invoke, server: ListingServer) -> None:
    server.plays(SPX, Answer(body=played.PAGE))
    arguments = ["--source", f"yahoo={server.address}", "--from", "2024-12-01", "index:SPX"]
    result = invoke("prices", "fetch", *arguments)
    assert result.exit_code == 1
    assert result.stderr == "tapecheck: yahoo: index:SPX (^GSPC): answered with a web page, not JSON\n"
    assert not Path("prices.db").exists()


def test_fetch_for_a_database_takes_what_its_claims_wait_for(invoke: Invoke, server: ListingServer) -> None:
    assert invoke("run", "note.txt", "--db", "claims.db").exit_code == 0
    source = f"yahoo={server.address}"
    result = invoke("prices", "fetch", "--source", source, "--db", "claims.db")
    assert result.exit_code == 0
    assert "index:SPX (^GSPC): 3 rows" in result.stderr
    checked = invoke("verify", "--db", "claims.db", "--source", "store", "--fail-on", "none", "--format", "jsonl")
    ratings = [json.loads(line)["verdict"]["rating"] for line in checked.stdout.splitlines()]
    assert ratings == ["supported", "contradicted"]
    asked = len(server.asked)
    assert invoke("prices", "fetch", "--source", source, "--db", "claims.db").stderr == ""
    assert len(server.asked) == asked


def test_a_key_is_in_no_file_no_message_and_no_log(
    invoke: Invoke,
    server: ListingServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("FRED_API_KEY", KEY)
    caplog.set_level(logging.INFO)
    path = "fred/series/observations"
    server.plays(
        path, Answer(body=played.observations([("2025-12-24", "4.15")])), Answer(status=500, body=KEY.encode())
    )
    arguments = ["--source", f"fred={server.address}", "--from", "2025-12-01", "--to", "2025-12-31"]
    results = [invoke("prices", "fetch", *arguments, one) for one in ("yield:US10Y", "yield:US2Y")]
    assert [result.exit_code for result in results] == [0, 1]
    assert any(KEY in path for path, _ in server.asked)
    assert KEY not in "".join(result.output + result.stderr for result in results) + caplog.text
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(written) >= 3
    assert [file for file in written if KEY.encode() in file.read_bytes() or KEY in str(file)] == []


# -- verify


def verdicts(result: Result) -> list[dict[str, object]]:
    return [json.loads(line)["verdict"] for line in result.stdout.splitlines()]


def test_verify_fetches_what_it_needs_first(invoke: Invoke, server: ListingServer) -> None:
    arguments = ["verify", "note.txt", "--source", f"yahoo={server.address}", "--format", "jsonl"]
    result = invoke(*arguments)
    assert result.exit_code == 4
    first, second = verdicts(result)
    assert (first["rating"], second["rating"]) == ("supported", "contradicted")
    (row,) = first["evidence"]  # type: ignore[misc]
    assert (row["source"], row["value"], row["adjustment"]) == ("Yahoo Finance", "5872.16", "none")
    assert row["snapshot"].startswith("sha256:")
    assert len(server.asked) == 1
    assert verdicts(invoke(*arguments)) == [first, second]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(body=played.PAGE), "unusable_answer"),
        (Answer(status=403, body=played.PAGE), "unusable_answer"),
        (Answer(status=429, headers={"Retry-After": "3600"}), "source_down"),
        (
            Answer(status=404, body=played.chart_error("Not Found", "No data found, symbol may be delisted")),
            "no_series",
        ),
        (Answer(body=chart("^GSPC", INDEX, splits={}, meta={"currency": "EUR"})), "unusable_answer"),
        (Answer(body=chart("^GSPC", {}, splits={})), "no_series"),
        (Answer(body=chart("^GSPC", {"2024-12-18": (None,), "2024-12-19": (0.00001,)}, splits={})), "no_series"),
    ],
)
def test_a_source_that_fails_is_never_an_accusation(
    invoke: Invoke, server: ListingServer, answer: Answer, reason: str
) -> None:
    server.plays(SPX, answer)
    result = invoke("verify", "note.txt", "--source", f"yahoo={server.address}", "--format", "jsonl")
    assert result.exit_code == 0
    assert [one["rating"] for one in verdicts(result)] == ["not_enough_data"] * 2
    assert {one["reason"] for one in verdicts(result)} == {reason}
    assert "not fetched: index:SPX" in result.stderr


def test_the_default_asks_nobody(invoke: Invoke, server: ListingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *given: pytest.fail("the network was used"))
    result = invoke("verify", "note.txt", "--format", "jsonl")
    assert [one["reason"] for one in verdicts(result)] == ["no_series"] * 2


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["prices", "fetch", "--from", "2025-01-01", "index:SPX"], 2, "--source"),
        (["prices", "fetch", "--source", "stooq", "--from", "2025-01-01", "index:SPX"], 2, "no such source: stooq"),
        (["prices", "fetch", "--source", "yahoo", "index:SPX"], 2, "--from"),
        (["prices", "fetch", "--source", "yahoo"], 2, "ID... or --db"),
        (["prices", "fetch", "--source", "yahoo", "--db", "x.db", "index:SPX"], 2, "ID... or --db"),
        (["prices", "fetch", "--source", "yahoo", "--db", "x.db", "--from", "2025-01-01"], 2, "leave out --from"),
        (["prices", "fetch", "--source", "yahoo", "--db", "x.db"], 1, "x.db"),
        (
            ["prices", "fetch", "--source", "yahoo", "--from", "2025-02-01", "--to", "2025-01-01", "index:SPX"],
            2,
            "before",
        ),
        (["prices", "fetch", "--source", "tiingo", "--from", "2025-01-01", "etf:ARCX:SPY"], 1, "set TIINGO_TOKEN"),
        (["verify", "note.txt", "--source", "tiingo"], 1, "set TIINGO_TOKEN"),
        (
            ["prices", "fetch", "--source", "yahoo=http://example.org", "--from", "2025-01-01", "index:SPX"],
            1,
            "not an https address",
        ),
        (
            ["run", "note.txt", "--db", "claims.db", "--source", "yahoo"],
            2,
            "tapecheck verify --db claims.db --source yahoo",
        ),
    ],
)
def test_mistakes(invoke: Invoke, arguments: list[str], code: int, says: str) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert says in result.stderr
    assert not Path("prices.db").exists()
    assert not Path("c.db").exists()


def test_help_has_an_example(invoke: Invoke) -> None:
    result = invoke("prices", "fetch", "--help")
    assert result.exit_code == 0
    assert "tapecheck prices fetch --source yahoo" in result.stdout
    assert "--quiet" in result.stdout
