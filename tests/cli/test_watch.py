"""`run --watch` and `run --since` as processes: what comes is read, a signal ends it, a kill leaves nothing half."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.copy_pairs import MONDAY

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of a POSIX shell")

CHECKOUT = Path(__file__).resolve().parents[2]
# Stages without a language model, so that a process starts in a moment.
PROGRAM = """
from extractor import wiring
from tests.stages import FakeStages

def extraction(*, since=None, published=None, **options):
    found = FakeStages().extraction(published=None)
    if since is not None:
        found.discover, found.read = since.discover(found.discover), since.read(found.read)
    return found

wiring.extraction = extraction
from extractor.cli import main
main()
"""


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "run", *arguments, "--no-sentiment"],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(done: Callable[[], bool]) -> None:
    for _ in range(600):
        if done():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen within half a minute")


def stored(db: Path) -> set[str]:
    """Names of the current articles; none where the database is not there yet."""
    try:
        connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        try:
            return {name for (name,) in connection.execute("SELECT name FROM articles WHERE superseded_by IS NULL")}
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return set()


def rows(db: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(db)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_comes_is_read_until_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    folder, db = tmp_path / "in", tmp_path / "claims.db"
    folder.mkdir()
    (folder / "a.txt").write_text("The Russell 2000 closed at 2,531.16.")
    process = start("--watch", str(folder), "--db", str(db), "--interval", "0.2")
    try:
        wait_for(lambda: stored(db) == {"a.txt"})
        (folder / "b.txt").write_text("It closed at 2,999.99.")
        (folder / "c.txt").write_bytes(b"")
        wait_for(lambda: stored(db) == {"a.txt", "b.txt"})
        (folder / "a.txt").write_text("The Russell 2000 closed at 2,531.99.")
        wait_for(lambda: rows(db, "SELECT count(*) FROM articles")[0] == (3,))
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    lines = said.splitlines()
    assert lines[0] == "1 new, 0 updated, 0 unchanged, 0 failed; 1 claims"
    assert sum("c.txt: the file is empty" in line for line in lines) == 1
    assert "Traceback" not in said
    assert rows(db, "SELECT count(*) FROM runs WHERE finished_at IS NULL") == [(0,)]
    assert len(lines) == rows(db, "SELECT count(*) FROM runs")[0][0] + 1


def test_with_prices_each_batch_is_checked(tmp_path: Path) -> None:
    folder, db = tmp_path / "in", tmp_path / "claims.db"
    folder.mkdir()
    process = start("--watch", str(folder), "--db", str(db), "--interval", "0.2", "--prices", "corpus/prices")
    try:
        (folder / "a.txt").write_text("Dec. 18, 2024\n\nThe Russell 2000 closed at 2,231.51.")
        wait_for(lambda: stored(db) == {"a.txt"} and bool(rows(db, "SELECT 1 FROM verdicts")))
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, "Traceback" in said) == (0, False)


@pytest.mark.parametrize("source", ["-", "https://example.org/a", "no/such/folder"])
def test_what_cannot_be_watched(tmp_path: Path, source: str) -> None:
    process = start("--watch", source, "--db", str(tmp_path / "claims.db"))
    _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert source in said
    assert not (tmp_path / "claims.db").exists()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Forty articles, every fifth of them a copy of one story."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        text = f"Number {number} closed at {number}.50, and {number}.75 before that."
        (folder / f"{number:03}.txt").write_text(MONDAY + text if number % 5 == 0 else text)
    return folder


SNAPSHOT = (
    "SELECT name, text_sha256 FROM articles ORDER BY id",
    "SELECT id, article_id, quote FROM claims ORDER BY id",
    "SELECT article_id, digest, minhash FROM signatures ORDER BY article_id",
    "SELECT * FROM copies ORDER BY article_id",
)


def snapshot(db: Path) -> list[list[tuple[object, ...]]]:
    return [rows(db, sql) for sql in SNAPSHOT]


def test_two_processes_at_once_store_what_one_stores(tmp_path: Path, many: Path) -> None:
    one = tmp_path / "one.db"
    assert start(str(many), "--db", str(one)).wait(60) == 0
    both = [start(str(many), "--db", str(tmp_path / "two.db")) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    # Which run saw an article first, and with it the original among those without a date, may differ.
    found, wanted = snapshot(tmp_path / "two.db"), snapshot(one)
    assert found[:3] == wanted[:3]
    assert len(found[3]) == len(wanted[3]) == 7


def test_a_killed_run_is_whole_and_goes_on(tmp_path: Path, many: Path) -> None:
    whole, killed = tmp_path / "whole.db", tmp_path / "killed.db"
    assert start(str(many), "--db", str(whole)).wait(60) == 0
    for least in (1, 5, 20):
        process = start(str(many), "--db", str(killed))
        wait_for(lambda least=least: len(stored(killed)) >= least)
        process.kill()
        process.wait(20)
        parts = rows(killed, "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM signatures)")
        assert parts[0][0] == parts[0][1]
    assert start(str(many), "--db", str(killed)).wait(60) == 0
    found, wanted = snapshot(killed), snapshot(whole)
    assert found[:3] == wanted[:3]
    assert len(found[3]) == len(wanted[3]) == 7


def test_since_says_what_it_left_out(tmp_path: Path) -> None:
    for name, head in (("old.txt", "Nov. 3, 2025"), ("new.txt", "Dec. 3, 2025"), ("undated.txt", "Nobody knows")):
        (tmp_path / name).write_text(f"{head}\n\nThe Russell 2000 closed at 2,531.16, and that was the day.")
    os.utime(tmp_path / "undated.txt", (0, 0))
    db = tmp_path / "claims.db"
    process = start(str(tmp_path), "--db", str(db), "--since", "2025-12-01")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.strip() == "1 new, 0 updated, 0 unchanged, 0 failed; 2 older left out; 1 claims"
    assert stored(db) == {"new.txt"}
