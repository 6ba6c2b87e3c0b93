"""What each command prints, where, and what it exits with. The stages behind them are simple stand-ins."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from extractor import wiring
from extractor.cli import COMMANDS, cli
from extractor.report.schema import claim_schema
from tests import stages as fakes

TRUE, FALSE = "The Russell 2000 closed at 2,531.16.", "The Russell 2000 closed at 2,999.99."
Invoke = Callable[..., Result]


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Invoke:
    stages = fakes.FakeStages()
    monkeypatch.setattr(wiring, "extraction", lambda **options: stages.extraction(**options))
    monkeypatch.setattr(wiring, "price_sources", lambda *given, **options: ["a source"])
    monkeypatch.setattr(wiring, "tape", lambda *given, **options: fakes.FakeMarket())
    monkeypatch.setattr(wiring, "checker", lambda: fakes.check)
    monkeypatch.setattr(wiring, "rejections", lambda sources: [])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: str, input: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, arguments, input=input)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TRUE)
    (folder / "b.txt").write_text(FALSE)
    (tmp_path / "prices").mkdir()
    return folder


@pytest.fixture
def filled(invoke: Invoke, folder: Path) -> str:
    assert invoke("run", "articles", "--db", "claims.db", "--prices", "prices").exit_code == 0
    return "claims.db"


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# -- extract


def test_extract_prints_one_valid_claim_a_line(invoke: Invoke, folder: Path) -> None:
    result = invoke("extract", "articles", "--format", "jsonl")
    assert result.exit_code == 0
    found = lines(result)
    assert [(claim["article"], claim["value"]) for claim in found] == [("a.txt", "2531.16"), ("b.txt", "2999.99")]
    for claim in found:
        jsonschema.Draft202012Validator(claim_schema()).validate(claim)
        assert "verdict" not in claim
    assert result.stderr == "2 claims in 2 articles\n"


def test_extract_reads_standard_input(invoke: Invoke) -> None:
    (claim,) = lines(invoke("extract", "-", "--format", "jsonl", "--published", "2025-11-03", input=TRUE))
    assert (claim["article"], claim["published"]) == ("stdin", "2025-11-03")


def test_extract_prints_tables_and_csv(invoke: Invoke, folder: Path) -> None:
    table = invoke("extract", "articles").stdout
    assert "index:RUT" in table
    assert "2,531.16" in table
    rows = list(csv.DictReader(io.StringIO(invoke("extract", "articles", "--format", "csv").stdout)))
    assert [row["value"] for row in rows] == ["2531.16", "2999.99"]


@pytest.mark.parametrize("command", [["extract"], ["verify", "--prices", "prices"]])
def test_quiet_leaves_standard_error_empty(invoke: Invoke, folder: Path, command: list[str]) -> None:
    result = invoke(*command, "articles/a.txt", "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2,531.16" in result.stdout


# -- bad input: one line that names the file, the documented code, and the others go on


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02\x03")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "nothing").mkdir()
    return tmp_path


BAD = ["empty.txt", "binary.txt", "picture.txt", "nothing", "missing.txt"]


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", [["extract"], ["verify", "--prices", "prices"], ["run", "--db", "x.db"]])
def test_a_bad_source_alone_is_an_error(invoke: Invoke, folder: Path, bad: Path, name: str, command: list[str]) -> None:
    result = invoke(*command, name, "--quiet")
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"tapecheck: {name}: ")


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", [["extract"], ["verify", "--prices", "prices"], ["run", "--db", "x.db"]])
def test_a_bad_source_among_good_ones_is_partial(
    invoke: Invoke, folder: Path, bad: Path, name: str, command: list[str]
) -> None:
    result = invoke(*command, name, "articles/a.txt", "--quiet")
    assert result.exit_code == 3
    assert len(result.stderr.splitlines()) == 1
    assert name in result.stderr
    if command[0] != "run":
        assert "2,531.16" in result.stdout


def test_a_run_keeps_its_failures_in_the_database(invoke: Invoke, folder: Path, bad: Path) -> None:
    result = invoke("run", "empty.txt", "articles", "--db", "claims.db")
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "tapecheck: empty.txt: the file is empty",
        "2 new, 0 updated, 0 unchanged, 1 failed; 2 claims",
    ]
    with sqlite3.connect("claims.db") as db:
        assert db.execute("SELECT source, reason FROM failures").fetchall() == [("empty.txt", "the file is empty")]
    db.close()


@pytest.mark.parametrize("command", [["verify", "articles"], ["run", "articles", "--db", "x.db"]])
def test_a_missing_price_folder_is_an_error_before_any_work(invoke: Invoke, folder: Path, command: list[str]) -> None:
    result = invoke(*command, "--prices", "nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "tapecheck: nowhere: no such price folder\n"
    assert not Path("x.db").exists()


READERS = [["verify", "--db", "{}", "--prices", "prices"], ["explain", "abc", "--db", "{}"], ["serve", "{}"]]
READERS.append(["report", "--db", "{}", "-o", "out"])


@pytest.mark.parametrize("command", READERS, ids=lambda command: command[0])
def test_a_command_that_reads_never_makes_a_database(invoke: Invoke, folder: Path, command: list[str]) -> None:
    before = sorted(Path().rglob("*"))
    result = invoke(*(word.format("none.db") for word in command))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "tapecheck: none.db: no such database; `tapecheck run` makes one\n"
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize("command", [*READERS, ["run", "articles", "--db", "{}"]], ids=lambda command: command[0])
def test_a_file_that_is_no_database_is_named_and_left_alone(invoke: Invoke, folder: Path, command: list[str]) -> None:
    Path("notes.txt").write_text(TRUE)
    result = invoke(*(word.format("notes.txt") for word in command))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "tapecheck: notes.txt: is not a database\n"
    assert Path("notes.txt").read_text() == TRUE


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "articles", "--format", "xml"],
        ["extract", "articles", "--published", "yesterday"],
        ["extract", "articles", "--timezone", "Mars/Olympus"],
        ["run", "articles"],
        ["verify"],
        ["verify", "articles", "--db", "claims.db"],
        ["verify", "articles", "--as-of", "2025-02-30"],
        ["verify", "articles", "--fail-on", "false"],
        ["explain"],
        ["frobnicate"],
        ["extract", "articles", "--no-such-option"],
    ],
    ids=" ".join,
)
def test_misuse_exits_with_2_and_prints_no_data(invoke: Invoke, folder: Path, arguments: list[str]) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


# -- verify


def test_verify_puts_the_verdict_inside_the_claim(invoke: Invoke, folder: Path) -> None:
    result = invoke("verify", "articles", "--prices", "prices", "--format", "jsonl", "--fail-on", "none")
    assert result.exit_code == 0
    assert [line["verdict"]["rating"] for line in lines(result)] == ["supported", "contradicted"]
    assert all("verdict_now" not in line for line in lines(result))
    assert result.stderr == "1 supported, 1 contradicted\n"


@pytest.mark.parametrize(
    ("fail_on", "source", "code"),
    [
        (None, "articles/a.txt", 0),
        (None, "articles/b.txt", 4),
        ("contradicted", "articles/b.txt", 4),
        ("none", "articles/b.txt", 0),
        ("imprecise,conflicting", "articles/b.txt", 0),
        ("imprecise, contradicted", "articles/b.txt", 4),
        ("supported", "articles/a.txt", 4),
    ],
)
def test_fail_on(invoke: Invoke, folder: Path, fail_on: str | None, source: str, code: int) -> None:
    options = ["--fail-on", fail_on] if fail_on else []
    assert invoke("verify", source, "--prices", "prices", *options).exit_code == code


def test_what_was_found_outranks_what_failed(invoke: Invoke, folder: Path) -> None:
    assert invoke("verify", "articles/b.txt", "missing.txt", "--prices", "prices").exit_code == 4
    assert invoke("verify", "articles/a.txt", "missing.txt", "--prices", "prices").exit_code == 3


def test_as_of_hides_what_came_later(invoke: Invoke, folder: Path) -> None:
    result = invoke("verify", "articles/b.txt", "--prices", "prices", "--as-of", "2025-12-03", "--format", "jsonl")
    (line,) = lines(result)
    assert (line["verdict"]["rating"], line["verdict"]["as_of"]) == ("not_enough_data", "2025-12-03")
    assert result.exit_code == 0


def test_verify_keeps_verdicts_in_the_database(invoke: Invoke, folder: Path) -> None:
    invoke("run", "articles", "--db", "claims.db")
    result = invoke("verify", "--db", "claims.db", "--prices", "prices", "--format", "csv")
    assert result.exit_code == 4
    assert [row["rating"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["supported", "contradicted"]
    with sqlite3.connect("claims.db") as db:
        ratings = db.execute("SELECT rating FROM claims_with_verdicts ORDER BY article").fetchall()
    db.close()
    assert ratings == [("supported",), ("contradicted",)]


def test_articles_that_disagree_are_shown_below_the_tables(invoke: Invoke, folder: Path) -> None:
    shown = invoke("verify", "articles", "--prices", "prices").stdout
    below = shown[shown.index("Articles that disagree") :].splitlines()
    assert below == [
        "Articles that disagree",
        "Russell 2000 close, 2025-12-04",
        "  2,531.16  a.txt: “The Russell 2000 closed at 2,531.16.”",
        "  2,999.99  b.txt: “The Russell 2000 closed at 2,999.99.”",
    ]
    Path("articles/b.txt").write_text("It closed at 2,531.16.")
    assert "disagree" not in invoke("verify", "articles", "--prices", "prices").stdout
    for form in ("jsonl", "csv"):
        assert "disagree" not in invoke("verify", "articles", "--prices", "prices", "--format", form).stdout


def test_a_database_that_disagrees_with_itself_says_so_in_verify_and_in_the_report(invoke: Invoke, filled: str) -> None:
    assert "Articles that disagree" in invoke("verify", "--db", filled, "--prices", "prices").stdout
    invoke("report", "--db", filled, "-o", "out")
    assert "Articles that disagree" in Path("out/index.html").read_text("utf-8")


# -- run and explain


def test_a_second_run_adds_nothing(invoke: Invoke, folder: Path, filled: str) -> None:
    result = invoke("run", "articles", "--db", filled, "--prices", "prices")
    assert result.exit_code == 0
    assert result.stderr == "0 new, 0 updated, 2 unchanged, 0 failed; 2 claims; 1 supported, 1 contradicted\n"
    assert result.stdout == ""


def test_explain_shows_words_rule_row_and_tolerance(invoke: Invoke, folder: Path, filled: str) -> None:
    (claim,) = lines(invoke("extract", "articles/b.txt", "--format", "jsonl"))
    for given, typed in ((str(claim["id"])[:10], None), ("-", f"{claim['id']}\n")):
        result = invoke("explain", given, "--db", filled, input=typed)
        assert result.exit_code == 0
        for words in ("[[2,999.99]]", "contradicted", "fake.v1", "index:RUT 2025-12-04 close = 2531.16"):
            assert words in result.stdout


def test_explain_of_an_unknown_claim(invoke: Invoke, filled: str) -> None:
    result = invoke("explain", "0123456789abcdef", "--db", filled)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "tapecheck: claims.db: no claim 0123456789abcdef\n"


# -- report


def test_report_writes_pages_and_reviews_where_they_are_asked_for(invoke: Invoke, filled: str) -> None:
    result = invoke("report", "--db", filled, "-o", "out")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "wrote out/index.html\n")
    assert len(list(Path("out").glob("*.html"))) == 3
    assert list(Path("out").glob("*.jsonld")) == []
    site = ["--site", "https://example.org/checks", "--reviewer", "Fact Desk"]
    assert invoke("report", "--db", filled, "-o", "out", "--claimreview", *site).exit_code == 0
    reviews = [json.loads(path.read_text("utf-8"))["@graph"][0] for path in Path("out").glob("*.jsonld")]
    assert sorted(review["reviewRating"]["ratingValue"] for review in reviews) == [1, 5]
    for review in reviews:
        page, _, anchor = review["url"].removeprefix("https://example.org/checks/").partition("#")
        assert f'id="{anchor}"' in Path("out", page).read_text("utf-8")
        assert review["author"]["name"] == "Fact Desk"


@pytest.mark.parametrize(
    "options",
    [
        ["--site", "https://example.org/"],
        ["--reviewer", "Desk"],
        ["--claimreview", "--site", "javascript:alert(1)"],
        ["--claimreview", "--site", "example.org"],
        ["--claimreview", "--site", "https://example.org/?x=1"],
    ],
    ids=" ".join,
)
def test_report_with_an_address_it_cannot_use(invoke: Invoke, filled: str, options: list[str]) -> None:
    result = invoke("report", "--db", filled, "-o", "out", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert not Path("out").exists()


# -- help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(invoke: Invoke, name: str) -> None:
    result = invoke(name, "--help")
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"tapecheck {name}" in result.stdout
    line = COMMANDS[name][1]
    assert line in result.stdout, "the group's line of help is the first of the command's own"


@pytest.mark.parametrize("name", ["extract", "run", "verify", "explain", "report", "serve", "eval"])
def test_every_command_can_be_quiet(invoke: Invoke, name: str) -> None:
    assert "--quiet" in invoke(name, "--help").stdout
