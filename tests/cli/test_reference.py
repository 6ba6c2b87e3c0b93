"""`tapecheck reference`, against a server on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor import wiring
from extractor.cli import cli
from tests.fakes.listing_server import NASDAQ, OTHER, SEC, Answer, ListingServer, serving

Invoke = Callable[..., Result]


@pytest.fixture
def server() -> Iterator[ListingServer]:
    with serving() as server:
        yield server


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Invoke:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setenv("TAPECHECK_REFERENCE", str(tmp_path / "default"))
    monkeypatch.delenv("TAPECHECK_CONTACT", raising=False)

    def call(*arguments: str) -> Result:
        result = CliRunner().invoke(cli, ["reference", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


def test_fetch_says_what_came(invoke: Invoke, server: ListingServer) -> None:
    result = invoke("fetch", "--from", server.address, "--to", "listings")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        f"listings/{NASDAQ}: 3 listings as of 2026-11-24",
        f"listings/{OTHER}: 4 listings as of 2026-11-23",
        result.stderr.splitlines()[2],
    ]
    assert result.stderr.splitlines()[2].startswith(f"listings/{SEC}: 3 listings as of ")
    again = invoke("fetch", "--from", server.address, "--to", "listings")
    assert again.stderr.count("unchanged") == 3
    assert invoke("fetch", "--from", server.address, "--to", "listings", "--quiet").stderr == ""


def test_some_failed_and_all_failed(invoke: Invoke, server: ListingServer) -> None:
    server.plays(OTHER, Answer(status=404))
    result = invoke("fetch", "--from", server.address, "--quiet")
    assert result.exit_code == 3
    assert result.stderr == f"tapecheck: {server.address}/{OTHER}: answered 404 Not Found\n"
    assert sorted(path.name for path in Path("default").iterdir()) == [SEC, NASDAQ, "reference.toml"]
    assert invoke("fetch", OTHER.removesuffix(".txt"), "--from", server.address).exit_code == 1


def test_names_choose_files(invoke: Invoke, server: ListingServer) -> None:
    assert invoke("fetch", "sec", "nasdaqlisted", "--from", f"{server.address}/").exit_code == 0
    assert {path for path, _ in server.asked} == {f"/{SEC}", f"/{NASDAQ}"}


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["fetch", "nyse"], 2, "no such listing file: nyse"),
        (["fetch", "--contact", "me"], 2, "not an e-mail address"),
        (["fetch", "--contact", "me@example.org\r\nX-Other: 1"], 2, "not an e-mail address"),
        (["fetch", "sec"], 1, "--contact EMAIL"),
        (["fetch", "sec", "--from", "http://example.org/"], 1, "not an https address"),
        (["list"], 1, "reference.toml: not found"),
        (["list", "--reference", "nowhere"], 1, "nowhere/reference.toml: not found"),
    ],
)
def test_mistakes(invoke: Invoke, arguments: list[str], code: int, says: str) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert says in result.stderr
    assert not Path("default").exists()


def test_list_shows_what_a_folder_holds(invoke: Invoke, server: ListingServer) -> None:
    invoke("fetch", "--from", server.address)
    table = invoke("list").stdout
    assert "Nasdaq Trader's otherlisted.txt of 2026-11-23" in table
    lines = [json.loads(line) for line in invoke("list", "--format", "jsonl").stdout.splitlines()]
    assert [(line["path"], line["listings"]) for line in lines] == [(NASDAQ, 3), (OTHER, 4), (SEC, 3)]
    assert lines[1]["address"] == f"{server.address}/{OTHER}"
    assert len(lines[1]["sha256"]) == 64


def test_list_shows_a_folder_that_was_described_by_hand(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("exchange,symbol,name,first_seen,last_seen\nNYSE,NA,Odd,2021-02-01,2026-08-21\n")
    (tmp_path / "reference.toml").write_text('[[listings]]\npath = "x.csv"\nformat = "intervals"\nas_of = 2026-08-22\n')
    (line,) = [json.loads(line) for line in invoke("list", "--reference", ".", "--format", "jsonl").stdout.splitlines()]
    assert (line["listings"], line["as_of"], line["source"], line["address"]) == (1, "2026-08-22", "x.csv", None)


@pytest.mark.parametrize("command", ["fetch", "list"])
def test_help_has_an_example(invoke: Invoke, command: str) -> None:
    result = invoke(command, "--help")
    assert result.exit_code == 0
    assert f"tapecheck reference {command}" in result.stdout
    assert "--quiet" in result.stdout


def test_the_default_folder_stands_beside_the_price_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAPECHECK_REFERENCE", raising=False)
    monkeypatch.delenv("TAPECHECK_STORE", raising=False)
    assert wiring.default_reference().parent == wiring.default_store().parent


def test_an_article_is_read_with_what_was_fetched(invoke: Invoke, server: ListingServer, tmp_path: Path) -> None:
    invoke("fetch", "--from", server.address, "--to", "listings")
    (tmp_path / "note.txt").write_text("Global X Covered (NASDAQ: QYLD) fell 2%.")
    result = CliRunner().invoke(
        cli, ["extract", "note.txt", "--published", "2026-11-24", "--reference", "listings", "--format", "jsonl"]
    )
    subjects = {json.loads(line)["subject"]["id"] for line in result.stdout.splitlines()}
    assert "etf:XNAS:QYLD" in subjects
