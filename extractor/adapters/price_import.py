"""Copies a price folder, or what was fetched from a live source, into the price store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from extractor.adapters.price_store_rows import INFO_COLUMNS, columns_of
from extractor.domain.bars import BarTable
from extractor.domain.instruments import fold, symbol_key
from extractor.domain.market import BAR_FIELDS, Print, RateDecision, Rejection, Split


class Importable(Protocol):
    """Something that can list all it holds: a price folder, or what was fetched from a source."""

    name: str

    def every(self) -> Iterator[BarTable]: ...

    def every_split(self) -> Sequence[Split]: ...

    def every_print(self) -> Sequence[Print]: ...

    def every_decision(self) -> Sequence[RateDecision]: ...

    def splits_complete_since(self) -> date | None: ...

    def rejections(self) -> Sequence[Rejection]: ...


_ONE_SERIES = "instrument = ? AND source = ? AND adjustment = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What an import did. series, rows: written anew. unchanged: series that stood there from the same file."""

    folder: str
    series: int
    rows: int
    unchanged: int
    rejections: tuple[Rejection, ...]

    def __str__(self) -> str:
        text = f"{self.folder}: {self.series:,} series with {self.rows:,} rows imported, {self.unchanged:,} unchanged"
        return f"{text}, {len(self.rejections):,} rows left out" if self.rejections else text


class PriceImport:
    """One import under way, in a transaction of its caller's.

    What a source says now replaces what it said before of the same series, so that a snapshot stands for every row.
    """

    def __init__(self, connection: sqlite3.Connection, origin: str) -> None:
        self._connection = connection
        self._origin = origin
        self._now = datetime.now(UTC).isoformat(timespec="seconds")
        self._seen: dict[tuple[str, str, str], set[str]] = {}
        self._series = 0
        self._rows = 0
        self._unchanged = 0

    def run(self, folder: Importable) -> ImportSummary:
        for table in folder.every():
            self._add(table)
        self._drop_replaced()
        self._add_facts(folder)
        return ImportSummary(
            folder=folder.name,
            series=self._series,
            rows=self._rows,
            unchanged=self._unchanged,
            rejections=tuple(folder.rejections()),
        )

    def _add(self, table: BarTable) -> None:
        info = table.info
        columns = columns_of(info)
        known = (info.id, info.source, info.adjustment.value)
        snapshot = info.snapshot or ""
        seen = self._seen.setdefault(known, set())
        stored = self._connection.execute(
            f"SELECT {INFO_COLUMNS} FROM series WHERE {_ONE_SERIES} AND snapshot = ?",
            (*known, snapshot),
        ).fetchone()
        if snapshot and stored == columns:
            seen.add(snapshot)
            self._unchanged += 1
            return
        if stored is not None and snapshot not in seen:
            self._drop(known, snapshot)
        seen.add(snapshot)
        self._insert(table, columns)

    def _insert(self, table: BarTable, columns: tuple[Any, ...]) -> None:
        info = table.info
        key = self._connection.execute(
            f"INSERT INTO series ({INFO_COLUMNS}, folded, symbol_key, imported_at, imported_from)"
            f" VALUES ({', '.join('?' * (len(columns) + 4))})",
            (*columns, fold(info.id), symbol_key(info.id), self._now, self._origin),
        ).lastrowid
        fields = [name for name in BAR_FIELDS if name in table.columns]
        texts = [[None if value is None else format(value, "f") for value in table.columns[name]] for name in fields]
        sessions = (session.isoformat() for session in table.sessions)
        self._connection.executemany(
            f"INSERT INTO price (series, session, {', '.join(fields)}) VALUES ({key}, ?{', ?' * len(fields)})",
            zip(sessions, *texts, strict=True),
        )
        self._series += 1
        self._rows += len(table)

    def _drop(self, known: tuple[str, str, str], snapshot: str) -> None:
        self._connection.execute(f"DELETE FROM series WHERE {_ONE_SERIES} AND snapshot = ?", (*known, snapshot))

    def _drop_replaced(self) -> None:
        """Series that came from an earlier state of a file that was imported now."""
        for known, seen in self._seen.items():
            stored = self._connection.execute(f"SELECT snapshot FROM series WHERE {_ONE_SERIES}", known).fetchall()
            for (snapshot,) in stored:
                if snapshot not in seen:
                    self._drop(known, snapshot)

    def _add_facts(self, folder: Importable) -> None:
        """Splits, releases and decisions; what was there about the same one is replaced."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO split (symbol_key, instrument, ex_on, ratio) VALUES (?, ?, ?, ?)",
            [(symbol_key(s.instrument), s.instrument, s.ex_on.isoformat(), str(s.ratio)) for s in folder.every_split()],
        )
        since = folder.splits_complete_since()
        if since is not None:
            self._connection.execute("INSERT OR IGNORE INTO split_coverage VALUES (?)", (since.isoformat(),))
        prints = [
            (
                p.indicator,
                str(p.reference),
                str(p.released_on),
                p.source,
                str(p.value),
                p.unit,
                p.snapshot,
            )
            for p in folder.every_print()
        ]
        self._connection.executemany("INSERT OR REPLACE INTO print VALUES (?, ?, ?, ?, ?, ?, ?)", prints)
        decisions = [
            (d.rate, str(d.decided_on), str(d.effective_on), str(d.low), str(d.high), d.source, d.snapshot)
            for d in folder.every_decision()
        ]
        self._connection.executemany("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)", decisions)
