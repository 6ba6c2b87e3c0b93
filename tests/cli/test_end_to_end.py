"""The real stages together: articles in, claims, database and verdicts out."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from extractor.cli import cli
from extractor.report.schema import claim_schema

# An invented market: 2025-03-11 to 13 are sessions, the closes are not those of that week.
PRICES_TOML = """
[[file]]
path = "closes.csv"
layout = "long"
date = "date"
series = "series"
fields = { open = "open", high = "high", low = "low", close = "close" }
source = "invented"
adjustment = "none"
[file.ids]
SPX = "index:SPX"
"""
CLOSES = """date,series,open,high,low,close
2025-03-11,SPX,5000.00,5010.00,4990.00,5000.00
2025-03-12,SPX,5001.00,5060.00,5000.00,5050.00
2025-03-13,SPX,5050.00,5055.00,4990.00,5000.00
2025-03-13,SPX,nan,,,oops
"""
TRUE = "Stocks rise again\nMarch 12, 2025\n\nThe S&P 500 rose 1% on Wednesday to close at 5,050.00.\n"
FALSE = (
    "Stocks rise again\r\nMarch 12, 2025\r\n\r\n"
    "“A relief”, traders said 🐂 — the S&P 500 closed at 5,150.00 on Wednesday.\r\n"
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {"prices/prices.toml": PRICES_TOML, "prices/closes.csv": CLOSES}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "false.txt").write_bytes(FALSE.encode())
    (tmp_path / "articles" / "true.txt").write_bytes(TRUE.encode())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPECHECK_STORE", str(tmp_path / "store" / "prices.db"))
    return tmp_path


def tapecheck(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == code, result.stderr
    return result


def records(result: Result) -> list[dict[str, object]]:
    found = [json.loads(line) for line in result.stdout.splitlines()]
    validator = jsonschema.Draft202012Validator(claim_schema())
    for record in found:
        validator.validate(record)
    return found


def levels(found: list[dict[str, object]]) -> dict[object, object]:
    return {each["value"]: each["verdict"] for each in found if each["kind"] == "level"}


def test_a_figure_is_checked_against_its_row(workspace: Path) -> None:
    result = tapecheck("verify", "articles", "--prices", "prices", "--format", "jsonl", code=4)
    found = levels(records(result))
    true, false = found["5050.00"], found["5150.00"]
    assert (true["rating"], true["actual"]) == ("supported", "5050.00")
    assert [(row["series"], row["session"], row["value"]) for row in true["evidence"]] == [
        ("index:SPX", "2025-03-12", "5050.00")
    ]
    assert (false["rating"], false["as_of"]) == ("contradicted", "2025-03-12")
    assert "closes.csv, row 5" in result.stderr


def test_the_database_says_the_same_and_quotes_stand_where_they_are_said_to(workspace: Path) -> None:
    tapecheck("run", "articles", "--db", "claims.db", "--prices", "prices")
    printed = levels(
        records(tapecheck("verify", "--db", "claims.db", "--prices", "prices", "--format", "jsonl", code=4))
    )
    direct = levels(records(tapecheck("verify", "articles", "--prices", "prices", "--format", "jsonl", code=4)))
    assert printed == direct
    with sqlite3.connect("claims.db") as db:
        rows = db.execute(
            "SELECT claims.quote, articles.text, claims.start, claims.end FROM claims"
            " JOIN articles ON articles.id = claims.article_id"
        ).fetchall()
        references = dict(db.execute("SELECT id, reference FROM instruments").fetchall())
    db.close()
    assert len(rows) >= 3
    assert all(text[start:end] == quote for quote, text, start, end in rows)
    assert references["index:SPX"] is not None


def test_the_second_run_is_all_unchanged(workspace: Path) -> None:
    first = tapecheck("run", "articles", "--db", "claims.db", "--prices", "prices").stderr.splitlines()[-1]
    second = tapecheck("run", "articles", "--db", "claims.db", "--prices", "prices").stderr.splitlines()[-1]
    assert first.startswith("2 new, 0 updated, 0 unchanged, 0 failed")
    assert second.startswith("0 new, 0 updated, 2 unchanged, 0 failed")
    assert first.partition(";")[2] == second.partition(";")[2]


def test_explain_names_the_row_behind_a_verdict(workspace: Path) -> None:
    tapecheck("run", "articles", "--db", "claims.db", "--prices", "prices")
    found = records(tapecheck("extract", "articles/false.txt", "--format", "jsonl"))
    (claim,) = [each for each in found if each["kind"] == "level"]
    text = tapecheck("explain", str(claim["id"])[:12], "--db", "claims.db").stdout
    assert "[[5,150.00]]" in text
    assert "index:SPX 2025-03-12 close = 5050.00" in text
    assert "contradicted" in text


def test_the_price_store_gives_the_verdicts_of_the_folder_it_was_filled_from(workspace: Path) -> None:
    summary = tapecheck("prices", "import", "prices").stderr
    assert "closes.csv, row 5" in summary
    listed = [json.loads(line) for line in tapecheck("prices", "list", "--format", "jsonl").stdout.splitlines()]
    assert [(each["id"], each["adjustment"], each["first"], each["last"]) for each in listed] == [
        ("index:SPX", "none", "2025-03-11", "2025-03-13")
    ]
    options = ("articles/true.txt", "--format", "jsonl")
    folder = records(tapecheck("verify", *options, "--prices", "prices"))
    default = records(tapecheck("verify", *options))
    named = records(tapecheck("verify", *options, "--source", "store"))
    for found in (folder, default, named):
        assert levels(found)["5050.00"]["rating"] == "supported"


def test_a_store_that_is_not_there_is_named(workspace: Path) -> None:
    result = tapecheck("verify", "articles", "--source", "store", code=1)
    assert "prices.db: no such price store" in result.stderr
    assert not (workspace / "store").exists()
    assert "prices.db" in tapecheck("prices", "list", code=1).stderr
    assert not (workspace / "store").exists()


def test_without_any_prices_nothing_is_contradicted(workspace: Path) -> None:
    found = records(tapecheck("verify", "articles", "--format", "jsonl"))
    assert {verdict["rating"] for verdict in levels(found).values()} == {"not_enough_data"}
