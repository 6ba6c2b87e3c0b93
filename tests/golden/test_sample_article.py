"""The sample article against the tape, row by row, through the command line as a user runs it.

What each quoted figure should come to was worked out by hand from the price rows; nothing here is computed
by the code under test.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

pytestmark = pytest.mark.shared

# (quote, kind, subject) -> rating
ROWS = {
    ("2,531.16", "level", "index:RUT"): "supported",
    ("its first major all-time high of the year", "record", "index:RUT"): "contradicted",
    ("its record closing high", "record", "index:RUT"): "supported",
    ("an all-time closing high", "record", "index:RUT"): "supported",
    ("2,590.61", "level", "index:RUT"): "supported",
    ("2,491.01", "level", "index:RUT"): "imprecise",
    ("2,500", "level", "index:RUT"): "supported",
    ("25-basis-point", "rate", "rate:US:FEDFUNDS"): "supported",
    ("3.50% to 3.75%", "rate", "rate:US:FEDFUNDS"): "supported",
    ("third consecutive interest rate cut", "record", "rate:US:FEDFUNDS"): "supported",
    ("32,000 jobs", "indicator", "indicator:US:ADP"): "supported",
    ("13%", "move", "equity:XNYS:ORCL"): "conflicting",
    ("doubling", "move", "equity:XNAS:GPCR"): "supported",
    ("surging", "move", "equity:XNAS:AAON"): "contradicted",
}
QUOTES = {"AMZN", "AAPL", "AMD", "BAC", "GOOG", "META", "MSFT", "NVDA", "ORCL", "TSLA"}
LISTINGS = {
    "equity:XNAS:AAON", "equity:XNYS:ALG", "equity:XNYS:AIR", "equity:XNAS:SRCE", "equity:XNYS:AMTB",
    "equity:XNAS:GPCR", "equity:XNAS:KRRO", "equity:XNYS:ORCL", "equity:XNAS:NVDA", "equity:XNAS:AVGO",
    "equity:XNAS:MSFT", "etf:ARCX:IWM",
}  # fmt: skip


@pytest.fixture(scope="module")
def lines(shared: Path) -> list[dict]:
    from extractor.cli import cli

    arguments = ["verify", str(shared / "articles" / "great_rotation.txt"), "--prices", str(shared / "prices")]
    result = CliRunner().invoke(cli, [*arguments, "--format", "jsonl"])
    assert result.exit_code == 4, result.stderr  # two statements of the article are contradicted
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(("row", "rating"), ROWS.items(), ids=[" ".join(row) for row in ROWS])
def test_row(lines: list[dict], row: tuple[str, str, str], rating: str) -> None:
    found = [line for line in lines if (line["quote"], line["kind"], line["subject"]["id"]) == row]
    assert found, "the statement was not found"
    assert {line["verdict"]["rating"] for line in found} == {rating}
    assert all(line["verdict"]["evidence"] for line in found)


def test_quotes_table(lines: list[dict]) -> None:
    rows = [line for line in lines if line["kind"] == "quote"]
    assert {line["subject"]["symbol"] for line in rows} == QUOTES
    assert {line["verdict"]["rating"] for line in lines if line["zone"] == "quotes"} == {"supported"}


def test_listings(lines: list[dict]) -> None:
    listed = {line["subject"]["id"]: line["verdict"]["rating"] for line in lines if line["kind"] == "listing"}
    assert listed == dict.fromkeys(LISTINGS, "supported")


def test_nothing_else_is_contradicted(lines: list[dict]) -> None:
    accused = {(line["quote"], line["subject"]["id"]) for line in lines if line["verdict"]["rating"] == "contradicted"}
    assert accused == {("its first major all-time high of the year", "index:RUT"), ("surging", "equity:XNAS:AAON")}


def test_what_contradicts_says_what_the_tape_shows(lines: list[dict]) -> None:
    for line in lines:
        if line["verdict"]["rating"] in ("contradicted", "conflicting"):
            assert line["verdict"]["correction"]
