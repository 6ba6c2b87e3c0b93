"""The local price store: series copied out of price folders into one SQLite file, with where each came from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from extractor.adapters.price_database import connect_to_read, writing
from extractor.adapters.price_import import Importable, ImportSummary, PriceImport
from extractor.adapters.price_store_rows import INFO_COLUMNS, day, info_of
from extractor.adapters.price_values import TextColumn
from extractor.domain.bars import BarTable
from extractor.domain.instruments import fold, symbol_key
from extractor.domain.market import BAR_FIELDS, Bar, Missing, Print, RateDecision, SeriesInfo, Split


class PriceStore:
    """Fulfils `PriceSource` from a store that `import_folder` fills.

    Reading never creates the file. Raises PriceDataError where it is absent, or is not a price store.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.name = str(path)
        self._keys: dict[SeriesInfo, int] = {}

    def import_folder(self, folder: Importable) -> ImportSummary:
        """Copies every series, split, release and decision of a folder or a live source, in one transaction.

        What a source says now replaces what it said before of the same series; a file that did not change
        changes nothing.
        """
        self.close()
        with writing(self.path) as connection:
            return PriceImport(connection, folder.name).run(folder)

    def series_list(self) -> list[SeriesInfo]:
        """Every series, by instrument."""
        return self._infos("1 ORDER BY instrument, source, adjustment, first_on")

    def series(self, instrument: str) -> Sequence[SeriesInfo]:
        return self._infos("folded = ? ORDER BY source, adjustment, first_on", fold(instrument))

    def bars(self, info: SeriesInfo, start: date, end: date) -> Sequence[Bar]:
        if info not in self._keys:
            self.series(info.id)
        if info not in self._keys:
            return ()
        rows = self._rows(
            f"SELECT session, {', '.join(BAR_FIELDS)} FROM price"
            " WHERE series = ? AND session BETWEEN ? AND ? ORDER BY session",
            self._keys[info],
            start.isoformat(),
            end.isoformat(),
        )
        sessions = [day(row[0]) for row in rows]
        columns = {
            name: TextColumn([row[place] for row in rows])
            for place, name in enumerate(BAR_FIELDS, 1)
            if name in info.fields
        }
        return BarTable(info, sessions, columns)

    def prints(self, indicator: str) -> Sequence[Print]:
        rows = self._rows(
            "SELECT reference, value, unit, released_on, source, snapshot FROM print WHERE indicator = ?"
            " ORDER BY reference, released_on, source",
            indicator,
        )
        return [
            Print(
                indicator=indicator,
                reference=day(reference),
                value=Decimal(value),
                unit=unit,
                released_on=day(released_on),
                source=source,
                snapshot=snapshot,
            )
            for reference, value, unit, released_on, source, snapshot in rows
        ]

    def splits(self, instrument: str) -> Sequence[Split]:
        rows = self._rows(
            "SELECT instrument, ex_on, ratio FROM split WHERE symbol_key = ? ORDER BY ex_on", symbol_key(instrument)
        )
        return [Split(ex_on=day(ex_on), instrument=name, ratio=Decimal(ratio)) for name, ex_on, ratio in rows]

    def decisions(self, rate: str) -> Sequence[RateDecision]:
        rows = self._rows(
            "SELECT decided_on, effective_on, low, high, source, snapshot FROM decision WHERE rate = ?"
            " ORDER BY decided_on, source",
            rate,
        )
        return [
            RateDecision(
                rate=rate,
                decided_on=day(decided_on),
                effective_on=day(effective_on),
                low=Decimal(low),
                high=Decimal(high),
                source=source,
                snapshot=snapshot,
            )
            for decided_on, effective_on, low, high, source, snapshot in rows
        ]

    def instruments(self) -> Iterable[str]:
        return [name for (name,) in self._rows("SELECT DISTINCT instrument FROM series ORDER BY 1")]

    def same_symbol(self, instrument: str) -> Sequence[str]:
        key = symbol_key(instrument)
        if key == fold(instrument):
            return []
        return [name for (name,) in self._rows("SELECT DISTINCT instrument FROM series WHERE symbol_key = ?", key)]

    def splits_complete_since(self) -> date | None:
        found = self._rows("SELECT min(complete_since) FROM split_coverage")[0][0]
        return None if found is None else day(found)

    def prefetch(self, instruments: Iterable[str]) -> None:
        """Nothing to do: a series is found by its key."""

    def why_not(self, instrument: str) -> Missing | None:
        """Nothing more than that it is not in there."""
        return None

    def close(self) -> None:
        """Lets go of the file. A later question opens it again."""
        connection = self.__dict__.pop("_connection", None)
        if connection is not None:
            connection.close()

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        return connect_to_read(self.path)

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _infos(self, condition: str, *values: object) -> list[SeriesInfo]:
        found: list[SeriesInfo] = []
        for key, *columns in self._rows(f"SELECT id, {INFO_COLUMNS} FROM series WHERE {condition}", *values):
            info = info_of(columns)
            self._keys[info] = key
            found.append(info)
        return found
