"""The rows of one table of a price folder in memory: texts by their codes, numbers as floats or as their text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from extractor.adapters.price_tables import Coded, coded, read_table
from extractor.adapters.price_values import FloatColumn
from extractor.domain.bars import Column
from extractor.domain.instruments import fold_symbol
from extractor.domain.market import Rejection
from extractor.rules.price_manifest import PriceTable

if TYPE_CHECKING:
    import pyarrow as pa

Array = np.ndarray[Any, Any]

_NO_VALUE = frozenset({"", "."})  # "." is FRED's mark for a day without a value
_NO_DAY = -1


class Rows:
    """A table in memory.

    numbers: each row's place in the file. groups: where the rows of each series stand, by the series' name.
    symbols: names of series by their folded symbol, without those that the manifest maps to an id.
    """

    def __init__(self, path: Path, spec: PriceTable) -> None:
        raw = read_table(path, spec.columns)
        self.spec = spec
        self.numbers = raw.rows
        self.faults = [Rejection(file=str(path), row=row, series="", reason=why) for row, why in raw.faults]
        dates = coded(raw.columns[spec.date])
        self._date_codes = dates.codes
        self._date_names: list[str] = [*dates.names, ""]  # code -1, a cell without a value, reads the last one
        self._dates = [*map(_day, dates.names), None]
        self._ordinals = np.array([_NO_DAY if day is None else day.toordinal() for day in self._dates], dtype=np.int32)
        self._texts: dict[str, Coded] = {}
        for role, column in (("exchange", spec.exchange), ("source", spec.source_column)):
            if column is not None and spec.layout == "long":
                self._texts[role] = coded(raw.columns[column])
        self.groups: Mapping[str, Array] = {}
        self.symbols: dict[str, list[str]] = {}
        if spec.layout == "long" and spec.series is not None:
            self.groups = _groups(coded(raw.columns[spec.series]))
            for name in self.groups:
                if name not in spec.ids:
                    self.symbols.setdefault(fold_symbol(name), []).append(name)
        wanted = spec.ids if spec.layout == "wide" else spec.fields.values()
        self._numbers = {column: _Numbers(raw.columns[column]) for column in wanted}

    def rows_of(self, name: str) -> Array:
        """Where the rows of a series stand."""
        if self.spec.layout == "wide":
            return np.arange(len(self.numbers), dtype=np.int64)
        return self.groups.get(name, np.empty(0, dtype=np.int64))

    def ordinals(self, chosen: Array) -> Array:
        """Each row's day as a number; below zero where its date cannot be read."""
        return np.asarray(self._ordinals[self._date_codes[chosen]])

    def days(self, chosen: Array) -> list[date]:
        """The days of rows whose dates can be read. Rows of one day share one object."""
        dates = self._dates
        return [day for code in self._date_codes[chosen].tolist() if (day := dates[code]) is not None]

    def date_text(self, row: int) -> str:
        return self._date_names[int(self._date_codes[row])]

    def texts(self, role: str, chosen: Array) -> Coded | None:
        """The exchange or the source of each row; code -1 where the cell has no value."""
        column = self._texts.get(role)
        return None if column is None else Coded(column.codes[chosen], column.names)

    def cells(self, name: str, chosen: Array) -> dict[str, Cells]:
        """The fields of a series, in the manifest's order."""
        columns = {"close": name} if self.spec.layout == "wide" else self.spec.fields
        return {field: self._numbers[column].at(chosen) for field, column in columns.items()}


def _groups(series: Coded) -> dict[str, Array]:
    """Rows of each series, in the order they stand."""
    codes = series.codes
    order = np.arange(len(codes)) if bool(np.all(codes[1:] >= codes[:-1])) else np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(series.names) + 1))
    return {
        name: order[ends[code] : ends[code + 1]]
        for code, name in enumerate(series.names)
        if name and ends[code] < ends[code + 1]
    }


class _Numbers:
    """A column of numbers over the whole table."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        import pyarrow as pa

        self.floats: Array | None = None
        self.nulls: Array | None = None
        self.texts: Any = None
        if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
            self.floats = column.to_numpy()
            if self.floats.dtype.kind in "iu":
                self.floats = self.floats.astype(np.float64)
            if column.null_count:
                self.nulls = column.is_null().to_numpy()
        else:  # text out of a CSV file, or exact decimals
            texts = column.cast(pa.string()).combine_chunks()
            self.texts = pa.concat_arrays(texts.chunks) if isinstance(texts, pa.ChunkedArray) else texts

    def at(self, chosen: Array) -> Cells:
        if self.floats is None:
            return Cells.of_texts(self.texts.take(chosen).to_pylist())
        nulls = np.zeros(len(chosen), dtype=bool) if self.nulls is None else self.nulls[chosen]
        return Cells(floats=self.floats[chosen], nulls=nulls, values=None, faults={})


class Cells:
    """One field of one series: floats to check with, and what they become. NaN is absent unless `nulls` denies it."""

    __slots__ = ("faults", "floats", "nulls", "values")

    def __init__(
        self, *, floats: Array, nulls: Array, values: list[Decimal | None] | None, faults: dict[int, str]
    ) -> None:
        self.floats = floats
        self.nulls = nulls
        self.values = values
        self.faults = faults

    @classmethod
    def of_texts(cls, texts: Sequence[str | None]) -> Cells:
        values: list[Decimal | None] = []
        faults: dict[int, str] = {}
        for place, text in enumerate(texts):
            value, fault = _parse(text)
            values.append(value)
            if fault is not None:
                faults[place] = fault
        floats = np.array([float("nan") if value is None else float(value) for value in values], dtype=np.float64)
        return cls(floats=floats, nulls=np.isnan(floats), values=values, faults=faults)

    def column(self, kept: Array) -> Column:
        """The values of some of the rows."""
        if self.values is not None:
            return [self.values[place] for place in kept]
        return FloatColumn(self.floats[kept])


@lru_cache(maxsize=1 << 16)
def _parse(text: str | None) -> tuple[Decimal | None, str | None]:
    """A cell's value, and what is wrong with it."""
    text = (text or "").strip()
    if text in _NO_VALUE:
        return None, None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None, f"{text[:40]!r} is not a number"
    return (value, None) if value.is_finite() else (None, f"{text[:40]} is not a finite number")


@lru_cache(maxsize=1 << 16)
def _day(text: str) -> date | None:
    """The day of an ISO date or moment."""
    if len(text) > 10 and text[10] not in "T ":
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
