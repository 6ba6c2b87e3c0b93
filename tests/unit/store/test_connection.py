"""Opening: only our own file, never a new one for a reader, never a stranger's, one line that names the culprit."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from extractor.domain.errors import StoreError
from extractor.store import migrations
from extractor.store.connection import connect
from extractor.store.repository import Repository
from tests.factories import make_article


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "claims.db"
    with Repository.open(path, "create") as repository:
        repository.save_article(make_article(), (), ())
    return path


@pytest.mark.parametrize("mode", ["read", "write"])
def test_only_create_makes_a_database(tmp_path: Path, mode: str) -> None:
    with pytest.raises(StoreError, match=r"claims\.db: no such database"):
        Repository.open(tmp_path / "claims.db", mode)
    assert list(tmp_path.iterdir()) == []


def test_create_makes_the_folder_too(tmp_path: Path) -> None:
    Repository.open(tmp_path / "deep" / "er" / "claims.db", "create").close()
    assert (tmp_path / "deep" / "er" / "claims.db").is_file()


@pytest.mark.parametrize("mode", ["read", "write", "create"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"closed at 2,531.16\n", "is not a database"),
        (b"SQLite format 2\0" + bytes(200), "is not a database"),
    ],
)
def test_a_file_that_is_no_database_is_refused_unchanged(tmp_path: Path, mode: str, content: bytes, words: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=rf"notes\.txt: {words}"):
        Repository.open(path, mode)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", ["read", "write", "create"])
def test_another_programs_database_is_refused_unchanged(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE claims (id TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"other\.db: is a database of another program"):
        Repository.open(path, mode)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_is_filled_by_a_writer_and_refused_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    path.touch()
    with pytest.raises(StoreError, match="is empty"):
        Repository.open(path)
    Repository.open(path, "create").close()
    with Repository.open(path) as repository:
        assert list(repository.articles()) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Repository.open(tmp_path, "create")


def test_a_damaged_database_is_one_clear_error(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    filled.write_bytes(data)
    with pytest.raises(StoreError, match=r"claims\.db: "):
        Repository.open(filled)


def test_a_newer_programs_database_is_refused(filled: Path) -> None:
    with sqlite3.connect(filled) as db:
        db.execute("INSERT INTO _migrations VALUES ('m999_from_the_future', '2030-01-01')")
    db.close()
    for mode in ("read", "write", "create"):
        with pytest.raises(StoreError, match="newer tapecheck"):
            Repository.open(filled, mode)


def test_a_reader_leaves_no_file_behind_and_cannot_write(filled: Path) -> None:
    before = filled.read_bytes()
    with Repository.open(filled) as repository:
        assert len(list(repository.articles())) == 1
        with pytest.raises(StoreError, match="cannot be written"):
            repository.save_failure("x", "read", "y")
    assert filled.read_bytes() == before
    assert list(filled.parent.iterdir()) == [filled]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_reader_needs_no_write_permission(filled: Path) -> None:
    filled.chmod(0o400)
    filled.parent.chmod(0o500)
    try:
        with Repository.open(filled) as repository:
            assert len(list(repository.articles())) == 1
    finally:
        filled.parent.chmod(0o700)


def test_settings_of_a_writer(tmp_path: Path) -> None:
    db = connect(tmp_path / "claims.db", "create")
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert db.execute("PRAGMA busy_timeout").fetchone()[0] >= 5000
    db.close()


def test_views_are_brought_up_to_date(filled: Path) -> None:
    with sqlite3.connect(filled) as old:
        old.execute("DROP VIEW article_summary")
        old.execute("CREATE VIEW article_summary AS SELECT 1 AS outdated")
    old.close()
    with Repository.open(filled, "write"):
        pass
    with sqlite3.connect(filled) as now:
        columns = [row[1] for row in now.execute("PRAGMA table_info(article_summary)")]
    now.close()
    assert "contradicted" in columns
    assert "outdated" not in columns


def test_an_older_database_gains_provenance_and_its_moments_become_utc(tmp_path: Path) -> None:
    """As 0.1.0 wrote it before m003: no byline, moments with the offset of the story's zone."""
    path = tmp_path / "claims.db"
    db = Database(path)
    migrations.m001_claims_and_verdicts(db)
    migrations.m002_sentiment(db)
    db.execute("CREATE TABLE _migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
    for step in (migrations.m001_claims_and_verdicts, migrations.m002_sentiment):
        db.execute("INSERT INTO _migrations VALUES (?, '2026-01-01')", [step.__name__])
    row = {"id": "a", "name": "a", "source": "a", "timezone": "America/New_York", "text": "x", "text_sha256": ""}
    row |= {"content_sha256": "", "extractor": "", "ingested_at": "", "updated_at": ""}
    db.table("articles").insert_all(
        [row | {"published_at": "2025-12-10T17:02:00-05:00"}, row | {"id": "b", "published_at": None}]
    )
    db.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
    db.conn.commit()
    db.close()
    with Repository.open(path, "write") as repository:
        assert [each.byline for each in repository.articles()] == [None, None]
        article = repository.article("a")
    assert article.published_at == datetime(2025, 12, 10, 22, 2, tzinfo=UTC)
    assert str(article.published_at) == "2025-12-10 17:02:00-05:00"  # told in the story's own zone
    with sqlite3.connect(path) as now:
        stored = dict(now.execute("SELECT id, published_at FROM articles"))
    now.close()
    assert stored == {"a": "2025-12-10T22:02:00+00:00", "b": None}


def test_a_second_writer_waits_for_the_first(filled: Path) -> None:
    first = Repository.open(filled, "write")
    second = sqlite3.connect(filled, timeout=0, isolation_level=None)
    second.execute("BEGIN IMMEDIATE")
    first._db.conn.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(StoreError, match="locked"):
        first.save_failure("a", "read", "b")
    second.execute("ROLLBACK")
    first.save_failure("a", "read", "b")
    assert len(first.failures()) == 1
    first.close()
    second.close()
