"""Datasette over a stored corpus, asked in process: no server, no network."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor import browse


@pytest.fixture(scope="module")
def database(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from extractor.cli import cli

    path = tmp_path_factory.mktemp("browse") / "claims.db"
    source = next((corpus / "articles").glob("closing_wrap*"))
    arguments = ["run", str(source), "--db", str(path), "--prices", str(corpus / "prices"), "--quiet"]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    return path


def _get(database: Path, address: str) -> tuple[int, str]:
    from datasette.app import Datasette

    async def ask() -> tuple[int, str]:
        app = Datasette([str(database)], metadata=browse.metadata(database.stem))
        answer = await app.client.get(address)
        return answer.status_code, answer.text

    return asyncio.run(ask())


def _tables(database: Path) -> dict[str, set[str]]:
    with sqlite3.connect(database) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        return {name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for name in names}


def test_every_table_and_column_is_described(database: Path) -> None:
    described = browse.metadata(database.stem)["databases"][database.stem]["tables"]
    for table, columns in _tables(database).items():
        assert described[table]["description"]
        assert columns <= set(described[table]["columns"]), table


@pytest.mark.parametrize("page", ["", "/claims_with_verdicts", "/claims", "/articles", "/verdicts", "/article_summary"])
def test_pages_open(database: Path, page: str) -> None:
    status, text = _get(database, f"/{database.stem}{page}")
    assert status == 200
    assert "Unicode code points" in text or page != "/articles"


def test_facets_and_labels(database: Path) -> None:
    status, text = _get(database, f"/{database.stem}/claims_with_verdicts.json?_facet=rating&_size=1")
    assert status == 200
    assert json.loads(text)["facet_results"]["rating"]["results"]


@pytest.mark.parametrize("query", sorted(browse.metadata("claims")["databases"]["claims"]["queries"]))
def test_canned_queries_answer(database: Path, query: str) -> None:
    status, text = _get(database, f"/{database.stem}/{query}.json?instrument=index:SPX")
    assert status == 200, text[:300]
    assert "error" not in json.loads(text) or not json.loads(text)["error"]


def test_one_instrument_has_a_history(database: Path) -> None:
    _, text = _get(database, f"/{database.stem}/instrument_history.json?instrument=index:SPX&_shape=array")
    assert any(row["kind"] == "level" for row in json.loads(text))


def test_nothing_can_be_written(database: Path) -> None:
    status, _ = _get(database, f"/{database.stem}?sql=delete+from+claims")
    assert status == 400


def test_the_users_options_come_last(tmp_path: Path) -> None:
    words = browse.arguments(tmp_path / "claims.db", tmp_path / "m.json", ["--port", "8010"])
    assert words[:2] == ["serve", str(tmp_path / "claims.db")]
    assert words[-2:] == ["--port", "8010"]
