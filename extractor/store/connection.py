"""Opening a database file: only ours, never a new one for a reader, and one clear line when it cannot be.

Whose file it is can be told from its first hundred bytes, so a stranger's database is refused before
SQLite has it open (opening one may already roll back its journal).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from extractor.domain.errors import StoreError
from extractor.store import migrations

Mode = Literal["read", "write", "create"]

_BUSY_SECONDS = 30.0
_HEADER = 100
_MAGIC = b"SQLite format 3\0"


def connect(path: Path, mode: Mode) -> Database:
    """An open, current database of ours.

    read: the file must exist and is not changed. write: it must exist. create: it is made if missing or empty.
    Raises StoreError in one line that names the file.
    """
    fresh = _is_fresh(path, mode)
    if fresh and mode == "create":
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(_uri(path, mode), uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            return _prepare(connection, mode)
        except BaseException:
            connection.close()
            raise
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from None
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: cannot be used as a database: {error}") from error


def _prepare(connection: sqlite3.Connection, mode: Mode) -> Database:
    db = Database(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    if mode == "read":
        if migrations.pending(db):
            raise StoreError("was written by an older tapecheck; open it once with `tapecheck run` or `verify`")
        connection.execute("PRAGMA query_only = ON")
        return db
    if migrations.pending(db) or migrations.views_differ(db):
        with immediate(db):
            migrations.migrate(db)
    db.enable_wal()
    connection.execute("PRAGMA synchronous = NORMAL")
    return db


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """A write transaction that takes the lock at once, so that two writers wait instead of failing half-way.

    Raises StoreError where the file itself fails (locked, full, damaged); what a row does wrong stays as it is.
    """
    connection = db.conn
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise StoreError(f"the database cannot be written: {error}") from error


def _is_fresh(path: Path, mode: Mode) -> bool:
    """Whether there is nothing in the file yet. Raises StoreError where it holds something else than ours."""
    if path.is_dir():
        raise StoreError(f"{path}: is a folder, not a database")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        if mode != "create":
            raise StoreError(f"{path}: no such database; `tapecheck run` makes one") from None
        return True
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}") from error
    if not header:
        if mode != "create":
            raise StoreError(f"{path}: is empty, not a tapecheck database")
        return True
    if not header.startswith(_MAGIC):
        raise StoreError(f"{path}: is not a database")
    if int.from_bytes(header[68:72], "big") != migrations.APPLICATION_ID:
        raise StoreError(f"{path}: is a database of another program; tapecheck leaves it alone")
    return False


def _uri(path: Path, mode: Mode) -> str:
    """A reader of a WAL database must write its index file. Opened read-only SQLite would leave that file behind,
    so where it may, a reader opens for writing and then forbids itself to (`query_only`); where the folder is
    read-only nobody writes, and the file can be taken as it stands."""
    base = path.absolute().as_uri()
    if mode != "read":
        return f"{base}?mode={'rwc' if mode == 'create' else 'rw'}"
    if os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK):
        return f"{base}?mode=rw"
    if path.with_name(path.name + "-wal").exists():
        return f"{base}?mode=ro"
    return f"{base}?mode=ro&immutable=1"
