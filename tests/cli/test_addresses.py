"""Addresses on the command line, from a server on this machine that the user allows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.adapters.web.clock import Clock
from extractor.cli import cli
from tests.fakes.web import Web, http, web

PAGE = """<!doctype html><html><head><title>Stocks rise</title>
<meta property="article:published_time" content="2025-12-18T16:31:00-05:00"></head>
<body><article><h1>Stocks rise</h1>
<p>The S&P 500 closed at 6,774.76 on Thursday, and the Nasdaq Composite rose 1.4% after a report on prices.</p>
<p>Traders had waited for the report all week, and said that it left room for another cut in the spring.</p>
</article></body></html>"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("TAPECHECK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(Clock, "sleep", lambda self, seconds: None)
    monkeypatch.chdir(tmp_path)
    with web() as played:
        yield played


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_addresses_feeds_and_files_in_one_call(here: Web, tmp_path: Path) -> None:
    host = f"127.0.0.1:{here.dial.port}"
    here.plays(f"{host}/a", http(PAGE))
    here.plays(
        f"{host}/rss",
        http(
            f"<rss><channel><item><link>http://{host}/a</link></item><item><link>http://10.0.0.1/</link></item></channel></rss>"
        ),
    )
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\naddress = "http://{host}/rss"\nname = "Ours"\n')
    (tmp_path / "a.txt").write_text("The Russell 2000 closed at 2,531.16 on Dec. 18, 2025.")
    given = [f"http://{host}/a?utm_source=x", "a.txt", "http://127.0.0.1:1/b", "--feeds", "feeds.toml"]
    result = call("extract", *given, "--allow-host", host, "--format", "jsonl")
    assert result.exit_code == 3, result.stderr
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert {claim["article"] for claim in claims} == {f"http://{host}/a", "a.txt"}
    failures = [line for line in result.stderr.splitlines() if line.startswith("tapecheck: http")]
    assert len(failures) == 2
    assert failures[0].startswith("tapecheck: http://127.0.0.1:1/b: port 1 is not asked")
    assert failures[1].startswith("tapecheck: http://10.0.0.1/: not on the public network (10.0.0.1)")


def test_a_second_run_finds_what_the_first_one_stored(here: Web) -> None:
    host = f"127.0.0.1:{here.dial.port}"
    here.plays(f"{host}/a", http(PAGE, etag='"1"'), http(status="304 Not Modified"))
    given = ["run", f"http://{host}/a", "--db", "claims.db", "--no-sentiment", "--allow-host", host]
    assert "1 new, 0 updated, 0 unchanged" in call(*given).stderr
    assert "0 new, 0 updated, 1 unchanged" in call(*given).stderr
    with sqlite3.connect("claims.db") as database:
        assert database.execute("select name, source from articles").fetchall() == [(f"http://{host}/a",) * 2]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["extract"], 2, "Missing argument 'SOURCE...'"),
        (["run", "--db", "a.db"], 2, "Missing argument 'SOURCE...'"),
        (["extract", "--feeds", "none.toml"], 2, "does not exist"),
        (["extract", "--feeds", "feeds.txt"], 2, "a list of feeds is a .toml file"),
        (["extract", "feeds.toml"], 1, "feeds.toml: no feed list"),
        (["extract", "--max-pages", "0", "a.txt"], 2, "Invalid value for '--max-pages'"),
        (
            ["extract", "https://a.example/", "--allow-host", "localhost"],
            1,
            "--allow-host localhost: not a host with its port",
        ),
        (["extract", "http://127.0.0.1/"], 1, "http://127.0.0.1/: not on the public network (127.0.0.1)"),
        (["verify", "--feeds", "feeds.toml", "--db", "a.db"], 2, "Give either SOURCE... or --db."),
    ],
)
def test_what_is_said_of_mistakes(here: Web, tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    (tmp_path / "feeds.txt").write_text("")
    (tmp_path / "feeds.toml").write_text("# none yet")
    result = call(*arguments)
    assert (result.exit_code, words in result.stderr) == (code, True), result.stderr
    assert here.asked == []
