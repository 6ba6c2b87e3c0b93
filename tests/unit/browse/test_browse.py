"""Datasette over a database of claims: in process, without a network."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest
from datasette.app import Datasette

from extractor.browse import metadata, serve
from extractor.browse.serving import SETTINGS, arguments
from extractor.domain.claim import Modality
from extractor.domain.errors import TapecheckError
from extractor.domain.verdict import Rating
from extractor.store.repository import Repository
from tests.factories import make_article, make_claim, make_verdict


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three claims: contradicted, without evidence, and contradicted but said by somebody."""
    path = tmp_path_factory.mktemp("browse") / "small caps.db"
    article = make_article("Up 1,000 to 2,531.16, or 7.5% as he put it.", publisher="Ledger <b>")
    wrong = make_claim(article, value=Decimal("2530"))
    waiting = make_claim(article, quote="1,000")
    said = make_claim(article, quote="7.5%", speaker="Ann Analyst")
    with Repository.open(path, "create") as repository:
        repository.save_article(article, [], [wrong, waiting, said])
        verdicts = [
            make_verdict(wrong, rating=Rating.CONTRADICTED, correction="It closed at 2,531.16."),
            make_verdict(waiting, rating=Rating.NOT_ENOUGH_DATA, reason="no_series", evidence=()),
            make_verdict(said, rating=Rating.CONTRADICTED),
        ]
        repository.save_verdicts(verdicts)
    return path


@pytest.fixture(scope="module")
def site(db: Path) -> Iterator[Any]:
    site = Datasette([str(db)], metadata=metadata(db), settings=SETTINGS)
    yield site
    for each in site.databases.values():
        each.close()


def get(site: Any, path: str) -> Any:
    async def fetch() -> Any:
        await site.invoke_startup()
        response: Awaitable[Any] = site.client.get(path)
        return await response

    return asyncio.run(fetch())


def rows(site: Any, path: str) -> list[dict[str, Any]]:
    response = get(site, path)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()
    return found


def shapes(db: Path) -> dict[str, set[str]]:
    """Columns of every table and view there is."""
    connection = sqlite3.connect(db)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    found = {name: {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')} for name in names}
    connection.close()
    return found


def test_every_table_and_view_is_described_and_none_that_is_gone(db: Path) -> None:
    described = metadata(db)["databases"]["small caps"]["tables"]
    assert set(described) == {name for name in shapes(db) if not name.startswith("sqlite_")}
    assert all(len(table["description"]) > 10 for table in described.values())


def test_every_column_is_described(db: Path) -> None:
    described = metadata(db)["databases"]["small caps"]["tables"]
    lacking = {
        f"{table}.{column}"
        for table, columns in shapes(db).items()
        if not table.startswith("sqlite_")
        for column in columns
        if not described[table]["columns"].get(column)
    }
    assert lacking == set()


def test_what_is_said_of_columns_is_said_of_columns_there_are(db: Path) -> None:
    described, real = metadata(db)["databases"]["small caps"]["tables"], shapes(db)
    for name, table in described.items():
        named = {*table.get("facets", ()), *table.get("sortable_columns", ())}
        named |= {table[key] for key in ("label_column", "sort", "sort_desc") if key in table}
        assert named <= real[name], name
        if name != "claims":  # which shares the descriptions of its view
            assert set(table["columns"]) == real[name], name


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Every checkable statement"),
        ("/small~20caps", "Claims that wait for evidence"),
        ("/small~20caps/claims_with_verdicts", "could be known on the article"),
        ("/small~20caps/claims_with_verdicts", "One word from the rule that decided."),
        ("/small~20caps/articles", "Hash of name and text."),
        ("/small~20caps/claims", "small caps"),
        ("/small~20caps/article_summary", "contradicted"),
    ],
)
def test_pages_open_with_their_descriptions(site: Any, path: str, words: str) -> None:
    response = get(site, path)
    assert response.status_code == 200
    assert words in response.text


def test_text_of_an_article_stays_text(site: Any) -> None:
    page = get(site, "/small~20caps/articles").text
    assert "Ledger &lt;b&gt;" in page
    assert "Ledger <b>" not in page


def test_facets_count_ratings(site: Any) -> None:
    response = get(site, "/small~20caps/claims_with_verdicts.json?_facet=rating")
    facet = response.json()["facet_results"]["rating"]["results"]
    assert {each["value"]: each["count"] for each in facet} == {"contradicted": 2, "not_enough_data": 1}


def test_look_here_first(site: Any) -> None:
    found = rows(site, "/small~20caps/look_here_first.json?_shape=array")
    assert [(row["quote"], row["speaker"]) for row in found] == [("2,531.16", None), ("7.5%", "Ann Analyst")]
    assert found[0]["correction"] == "It closed at 2,531.16."


def test_waiting_for_evidence(site: Any) -> None:
    (row,) = rows(site, "/small~20caps/waiting_for_evidence.json?_shape=array")
    assert (row["reason"], row["subject_id"], row["claims"]) == ("no_series", "index:RUT", 1)


def test_publishers_are_judged_by_their_own_statements(site: Any) -> None:
    (row,) = rows(site, "/small~20caps/by_publisher.json?_shape=array")
    assert (row["publisher"], row["checked"], row["contradicted"], row["supported"]) == ("Ledger <b>", 1, 1, 0)


@pytest.mark.parametrize(("instrument", "count"), [("index:RUT", 3), ("index:SPX", 0)])
def test_history_of_one_instrument(site: Any, instrument: str, count: int) -> None:
    path = f"/small~20caps/instrument_history.json?_shape=array&instrument={instrument}"
    assert len(rows(site, path)) == count


def test_evidence_of_one_claim(site: Any, db: Path) -> None:
    with Repository.open(db) as repository:
        claim_id = next(claim.id for claim in repository.claims() if claim.quote == "2,531.16")
    (row,) = rows(site, f"/small~20caps/evidence_of_claim.json?_shape=array&claim={claim_id[:8]}")
    assert (row["series"], row["value"]) == ("index:RUT", "2531.16")
    assert rows(site, "/small~20caps/evidence_of_claim.json?_shape=array&claim=") == []


def test_articles_that_disagree_on_one_close(tmp_path: Path) -> None:
    path = tmp_path / "two.db"
    figures = (("a.txt", "2531.16", 2), ("b.txt", "2531.2", 1), ("c.txt", "2540", 0), ("d.txt", "2500", 0))
    with Repository.open(path, "create") as repository:
        for name, value, decimals in figures:
            article = make_article(name=name)
            repository.save_article(article, [], [make_claim(article, value=Decimal(value), decimals=decimals)])
    site = Datasette([str(path)], metadata=metadata(path), settings=SETTINGS)
    found = rows(site, "/two/same_day_two_figures.json?_shape=array")
    assert [row["article"] for row in found] == ["b.txt", "a.txt", "c.txt"]  # b agrees with a, and d with all


def test_forecasts_open_due_and_settled(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    article = make_article("It may be 1, 2, 3, 4 or 5.")
    claims = {quote: make_claim(article, quote, modality=Modality.FORECAST) for quote in "1234"}
    claims["5"] = make_claim(article, "5")
    due = {"1": "2030-12-31", "2": "2020-12-31", "3": "2020-12-31", "4": None, "5": None}
    opened = [
        make_verdict(
            claims[quote],
            rating=Rating.NOT_CHECKABLE,
            evidence=(),
            formula=f"due({day})" if day else None,
            rule="forecast.open.v1",
        )
        for quote, day in due.items()
    ]
    settled = make_verdict(claims["3"], rating=Rating.CONTRADICTED, rule="forecast.level.close.v1")
    with Repository.open(path, "create") as repository:
        repository.save_article(article, [], list(claims.values()))
        repository.save_verdicts(opened)
        repository.save_verdicts([settled], vantage="now")
        repository.save_verdicts([make_verdict(claims["3"], rule="forecast.level.close.v1")], vantage="given")
    site = Datasette([str(path)], metadata=metadata(path), settings=SETTINGS)
    ledger = rows(site, "/ledger/forecast_ledger.json?_shape=array")
    assert [(row["quote"], row["due_on"], row["outcome"], row["settled_on"]) for row in ledger] == [
        ("1", "2030-12-31", None, None),
        ("2", "2020-12-31", None, None),
        ("3", "2020-12-31", "contradicted", "2025-12-04"),
    ]
    assert [row["quote"] for row in rows(site, "/ledger/forecasts_due.json?_shape=array")] == ["2"]


def test_the_style_sheet_is_served(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        serve(db, ["--get", "/small~20caps/claims"])
    assert '<link rel="stylesheet" href="/tapecheck/browse.css"' in capsys.readouterr().out
    with pytest.raises(SystemExit):
        serve(db, ["--get", "/tapecheck/browse.css"])
    assert ".column-descriptions" in capsys.readouterr().out


def test_nothing_that_changed_since_is_an_empty_answer(site: Any) -> None:
    assert rows(site, "/small~20caps/changed_since.json?_shape=array") == []


def test_the_database_cannot_be_written(site: Any) -> None:
    async def write() -> None:
        await site.get_database("small caps").execute_fn(lambda connection: connection.execute("DELETE FROM claims"))

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        asyncio.run(write())


def test_a_query_that_takes_too_long_is_stopped(site: Any) -> None:
    sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i - 1 FROM n) SELECT count(*) FROM n"
    response = get(site, f"/small~20caps.json?sql={sql}&_timelimit=50")
    assert response.status_code == 400
    assert "interrupted" in response.text.lower() or "too long" in response.text.lower()


def test_serving_hands_everything_to_datasette(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        serve(db, ["--get", "/small~20caps/look_here_first.json?_shape=array"])
    assert not stop.value.code
    assert [row["quote"] for row in json.loads(capsys.readouterr().out)] == ["2,531.16", "7.5%"]


def test_settings_of_the_user_come_last(db: Path, tmp_path: Path) -> None:
    words = arguments(db, tmp_path / "m.json", ["--setting", "sql_time_limit_ms", "9"])
    assert words[-3:] == ["--setting", "sql_time_limit_ms", "9"]
    assert words.index("--metadata") < len(words) - 3


def test_an_option_datasette_does_not_know_is_a_usage_error(db: Path) -> None:
    with pytest.raises(click.UsageError, match="--no-such-flag"):
        serve(db, ["--no-such-flag"])


def test_reload_is_refused(db: Path) -> None:
    with pytest.raises(TapecheckError, match="--reload"):
        serve(db, ["--reload"])


def test_a_missing_file_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(TapecheckError, match=r"none\.db: no such database"):
        serve(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"plain words", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_file_that_is_no_database_of_claims(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(TapecheckError, match=r"other\.db: is not a database of claims"):
        serve(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE claims (id)")
    connection.close()
    with pytest.raises(TapecheckError, match=r"other\.db: is not a database of claims"):
        serve(path)
