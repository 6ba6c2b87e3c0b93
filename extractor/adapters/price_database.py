"""The SQLite file of the local price store: opened, checked to be one of ours, and laid out on the first import."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from extractor.domain.errors import PriceDataError

_APPLICATION_ID = 0x74617065  # "tape": tells our files from any other SQLite database
_VERSION = 1
_WAIT_MS = 30_000


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that cannot write. Raises PriceDataError where the file is absent or not a price store."""
    if not path.is_file():
        raise PriceDataError(f"{path}: no such price store; `tapecheck prices import DIR` makes one")
    address = path.resolve().as_uri()
    with _in_words(path):
        try:
            connection = sqlite3.connect(f"{address}?mode=ro", uri=True)
            _check(connection, path)
        except sqlite3.OperationalError:  # a read-only folder has no place for the log that a reader needs beside it
            connection = sqlite3.connect(f"{address}?immutable=1", uri=True)
            _check(connection, path)
    return connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection in one transaction that holds as a whole or not at all. Makes the store where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _in_words(path):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
            connection.execute("PRAGMA foreign_keys = ON")
            if not _is_new(connection):
                _check(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                if _is_new(connection):
                    _lay_out(connection)
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        finally:
            connection.close()


def _is_new(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()


def _lay_out(connection: sqlite3.Connection) -> None:
    script = files("extractor.adapters").joinpath("price_store.sql").read_text(encoding="utf-8")
    lines = "\n".join(line.partition("--")[0] for line in script.splitlines())
    for statement in lines.split(";"):  # executescript would commit the transaction
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
        raise PriceDataError(f"{path}: a database, but not a price store; give another file to --store")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > _VERSION:
        raise PriceDataError(f"{path}: written by a newer tapecheck (price store version {version}); upgrade tapecheck")


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise PriceDataError(f"{path}: cannot be used as a price store: {error}") from error
    except sqlite3.DatabaseError as error:
        raise PriceDataError(f"{path}: not a price store: {error}") from error
