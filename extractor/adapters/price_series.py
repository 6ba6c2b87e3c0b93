"""The series of one table of a price folder, built when they are asked for.

A row that cannot be a price is left out and written down with its file and row: a zero, a NaN, a session that
stands twice. An empty cell is no fault; the source simply has nothing to say there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from extractor.adapters.price_tables import Coded, coded, read_table, snapshot
from extractor.adapters.price_values import FloatColumn, decimals_shown
from extractor.domain.bars import BarTable, Column
from extractor.domain.instruments import fold, fold_symbol, listed
from extractor.domain.market import Rejection, SeriesInfo
from extractor.rules.price_manifest import PriceTable
from extractor.rules.sources import AGGREGATOR, PRIMARY, source_rank

if TYPE_CHECKING:
    import pyarrow as pa

_log = logging.getLogger("tapecheck.prices")

# Kinds whose price is above zero by nature. Yields, rates, prints and oil have all been zero or negative.
_POSITIVE = frozenset({"equity", "etf", "index", "crypto", "currency"})
_NO_VALUE = frozenset({"", "."})  # "." is FRED's mark for a day without a value

Floats = np.ndarray[Any, Any]
ResolveMarket = Callable[[str, date], str]


class SeriesTable:
    """One `[[file]]` of a manifest.

    market_of: for ids with {listing}, the MIC of a symbol on a day.
    """

    def __init__(self, folder: Path, spec: PriceTable, market_of: ResolveMarket) -> None:
        self.path = folder / spec.path
        self.spec = spec
        self.rejections: list[Rejection] = []
        self._market_of = market_of
        self._built: dict[str, list[BarTable]] = {}
        self._by_id: dict[str, list[str]] = {}
        for series, instrument in spec.ids.items():
            self._by_id.setdefault(fold(instrument), []).append(series)

    def find(self, instrument: str) -> list[BarTable]:
        """The series of an id: one for each source the table names."""
        wanted = fold(instrument)
        series = [*self._by_id.get(wanted, ()), *self._by_symbol(instrument)]
        return [piece for name in series for piece in self.pieces(name) if fold(piece.info.id) == wanted]

    def same_symbol(self, instrument: str) -> list[str]:
        """Ids of the same kind and symbol on any US market."""
        parts = listed(instrument)
        if parts is None:
            return []
        mapped = [
            other
            for other in self.spec.ids.values()
            if (known := listed(other)) and (known.kind, known.symbol, known.in_us) == (parts.kind, parts.symbol, True)
        ]
        built = [piece.info.id for name in self._by_symbol(instrument) for piece in self.pieces(name)]
        return [*mapped, *built]

    def instruments(self) -> Iterable[str]:
        """Ids of every series, building each."""
        for name in self.names():
            for piece in self.pieces(name):
                yield piece.info.id

    def names(self) -> list[str]:
        """Series of the table that have an id, as the table calls them."""
        if self.spec.layout == "wide":
            return list(self.spec.ids)
        at_hand = self._rows.groups
        if self.spec.id is None:
            return [name for name in self.spec.ids if name in at_hand]
        return list(at_hand)

    def pieces(self, name: str) -> list[BarTable]:
        """The rows of one series, apart by id (a listing may have moved) and by source."""
        if name not in self._built:
            before = len(self.rejections)
            self._built[name] = list(self._build(name))
            self._report(self.rejections[before:])
        return self._built[name]

    def named(self, symbol: str) -> list[BarTable]:
        """The rows of a symbol, however its share class is set off."""
        return [piece for name in self._rows.symbols.get(fold_symbol(symbol), ()) for piece in self.pieces(name)]

    def _by_symbol(self, instrument: str) -> list[str]:
        parts = listed(instrument)
        if parts is None or self.spec.id is None or not self.spec.id.startswith(parts.kind + ":"):
            return []
        return self._rows.symbols.get(parts.symbol, [])

    @cached_property
    def _rows(self) -> _Rows:
        rows = _Rows(self.path, self.spec)
        self.rejections += rows.faults
        self._report(rows.faults)
        return rows

    def _report(self, rejected: Sequence[Rejection]) -> None:
        if rejected:
            more = f" (and {len(rejected) - 1} more)" if len(rejected) > 1 else ""
            _log.warning("left out %s%s", rejected[0], more)

    def _build(self, name: str) -> Iterable[BarTable]:
        rows = self._rows
        chosen = rows.rows_of(name)
        check = _Check(rows, chosen, self.spec, name)
        keys = self._keys(rows, chosen, check, name)
        sound = check.sound()
        places: dict[tuple[str, str], list[int]] = {}
        for place, key in enumerate(keys):
            if sound[place] and key is not None:
                places.setdefault(key, []).append(place)
        for (instrument, source), members in sorted(places.items()):
            kept = check.without_duplicates(members)
            if kept:
                yield self._table(name, instrument, source, check, kept)
        self.rejections += check.rejections(self.path)

    def _keys(self, rows: _Rows, chosen: Floats, check: _Check, name: str) -> list[tuple[str, str] | None]:
        """Each row's id and source; None, and a fault, where its exchange is unknown."""
        sources = rows.texts("source", chosen) or [self.spec.source or ""] * len(chosen)
        sources = [source or self.spec.source or "unsaid" for source in sources]
        fixed = self.spec.ids.get(name)
        if fixed is None and self.spec.id is not None and "{listing}" in self.spec.id:
            last = max((day for day in check.days if day is not None), default=date.min)
            fixed = self.spec.id.format(listing=self._market_of(name, last), series=name)
        if fixed is not None:
            return [(fixed, source) for source in sources]
        keys: list[tuple[str, str] | None] = []
        template = self.spec.id or ""
        for place, (exchange, source) in enumerate(zip(rows.texts("exchange", chosen) or (), sources, strict=True)):
            mic = self.spec.mic(exchange)
            keys.append(None if mic is None else (template.format(mic=mic, series=name), source))
            if mic is None:
                check.fault(place, f"unknown exchange {exchange!r}: name its MIC under exchanges in prices.toml")
        return keys

    def _table(self, name: str, instrument: str, source: str, check: _Check, kept: list[int]) -> BarTable:
        sessions = [check.day(place) for place in kept]
        columns: dict[str, Column] = {}
        for field, cells in check.fields.items():
            column = cells.column(kept)
            if field == "close" or any(not np.isnan(cells.floats[place]) for place in kept):
                columns[field] = column
        spec = self.spec
        rank = source_rank(source) if spec.primary is None else (PRIMARY if spec.primary else AGGREGATOR)
        info = SeriesInfo(
            id=instrument,
            source=source,
            adjustment=spec.adjustment,
            first_on=sessions[0],
            last_on=sessions[-1],
            fields=tuple(columns),
            complete_since=spec.complete(name),
            missing_sessions=spec.missing_sessions,
            vintage=spec.vintage,
            retrieved_at=spec.retrieved_at,
            snapshot=snapshot(self.path),
            decimals=decimals_shown(columns["close"]),
            rank=rank,
        )
        return BarTable(info, sessions, columns)


class _Rows:
    """A table in memory: texts by their codes, numbers as floats or as the text they were."""

    def __init__(self, path: Path, spec: PriceTable) -> None:
        raw = read_table(path, spec.columns)
        self.spec = spec
        self.numbers = raw.rows
        self.faults = [Rejection(file=str(path), row=row, series="", reason=why) for row, why in raw.faults]
        dates = coded(raw.columns[spec.date])
        self.date_codes = dates.codes
        self.date_names = dates.names
        self.dates = [_day(text) for text in dates.names]
        self._texts: dict[str, Coded] = {}
        for role, column in (("exchange", spec.exchange), ("source", spec.source_column)):
            if column is not None and spec.layout == "long":
                self._texts[role] = coded(raw.columns[column])
        self.groups: Mapping[str, Floats] = {}
        self.symbols: dict[str, list[str]] = {}
        if spec.layout == "long" and spec.series is not None:
            self.groups = _groups(coded(raw.columns[spec.series]))
            for name in self.groups:
                if name not in spec.ids:
                    self.symbols.setdefault(fold_symbol(name), []).append(name)
        wanted = spec.ids if spec.layout == "wide" else spec.fields.values()
        self._numbers = {column: _Numbers(raw.columns[column]) for column in wanted}

    def rows_of(self, name: str) -> Floats:
        """Where the rows of a series stand."""
        if self.spec.layout == "wide":
            return np.arange(len(self.numbers), dtype=np.int64)
        return self.groups.get(name, np.empty(0, dtype=np.int64))

    def texts(self, role: str, chosen: Floats) -> list[str] | None:
        if role not in self._texts:
            return None
        column = self._texts[role]
        return [column.names[code] if code >= 0 else "" for code in column.codes[chosen]]

    def cells(self, name: str, chosen: Floats) -> dict[str, _Cells]:
        """The fields of a series, in the manifest's order."""
        columns = {"close": name} if self.spec.layout == "wide" else self.spec.fields
        return {field: self._numbers[column].at(chosen) for field, column in columns.items()}


def _groups(series: Coded) -> dict[str, Floats]:
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

        self.floats: Floats | None = None
        self.nulls: Floats | None = None
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

    def at(self, chosen: Floats) -> _Cells:
        if self.floats is None:
            return _Cells.of_texts(self.texts.take(chosen).to_pylist())
        nulls = np.zeros(len(chosen), dtype=bool) if self.nulls is None else self.nulls[chosen]
        return _Cells(floats=self.floats[chosen], nulls=nulls, values=None, faults={})


class _Cells:
    """One field of one series: floats to check with, and what they become. NaN is absent unless `nulls` denies it."""

    __slots__ = ("faults", "floats", "nulls", "values")

    def __init__(
        self, *, floats: Floats, nulls: Floats, values: list[Decimal | None] | None, faults: dict[int, str]
    ) -> None:
        self.floats = floats
        self.nulls = nulls
        self.values = values
        self.faults = faults

    @classmethod
    def of_texts(cls, texts: Sequence[str | None]) -> _Cells:
        values: list[Decimal | None] = []
        faults: dict[int, str] = {}
        for place, text in enumerate(texts):
            value, fault = _parse(text)
            values.append(value)
            if fault is not None:
                faults[place] = fault
        floats = np.array([float("nan") if value is None else float(value) for value in values], dtype=np.float64)
        return cls(floats=floats, nulls=np.isnan(floats), values=values, faults=faults)

    def column(self, kept: list[int]) -> Column:
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


class _Check:
    """The rows of one series while their faults are looked for. `place` counts within the series."""

    def __init__(self, rows: _Rows, chosen: Floats, spec: PriceTable, name: str) -> None:
        self.name = name
        self._rows = rows
        self._chosen = chosen
        self._faults: dict[int, str] = {}
        codes = rows.date_codes[chosen]
        self.days: list[date | None] = [rows.dates[code] if code >= 0 else None for code in codes]
        self.fields = rows.cells(name, chosen)
        for place, day in enumerate(self.days):
            if day is None:
                text = rows.date_names[codes[place]] if codes[place] >= 0 else ""
                self.fault(place, f"{text[:40]!r} is not a date: write 2025-12-04")
        kind = (spec.ids.get(name) or spec.id or "").partition(":")[0]
        for field, cells in self.fields.items():
            self._check_field(field, cells, positive=kind in _POSITIVE, wide=spec.layout == "wide")
        if "high" in self.fields and "low" in self.fields:
            upside_down = self.fields["high"].floats < self.fields["low"].floats
            self._all(upside_down, "the high is below the low")

    def _check_field(self, field: str, cells: _Cells, *, positive: bool, wide: bool) -> None:
        for place, reason in cells.faults.items():
            self.fault(place, f"{field}: {reason}")
        floats = cells.floats
        if not wide:  # a hole of a wide table is often written as NaN: there it only means that there is nothing
            self._all(np.isnan(floats) & ~cells.nulls, f"{field}: NaN is not a price")
        self._all(np.isinf(floats), f"{field}: infinite")
        if field == "volume":
            self._all(floats < 0, "volume: below zero")
        elif positive:
            self._all(floats <= 0, f"{field}: zero or negative, which this series cannot be")

    def _all(self, wrong: Floats, reason: str) -> None:
        for place in np.flatnonzero(wrong):
            self.fault(int(place), reason)

    def fault(self, place: int, reason: str) -> None:
        self._faults.setdefault(place, reason)

    def day(self, place: int) -> date:
        day = self.days[place]
        if day is None:
            raise ValueError(f"place {place} of {self.name} has no date and should have been left out")
        return day

    def sound(self) -> Floats:
        """Rows without a fault that have a close."""
        sound = ~np.isnan(self.fields["close"].floats)
        sound[list(self._faults)] = False
        return np.asarray(sound)

    def without_duplicates(self, places: list[int]) -> list[int]:
        """The rows by session. Of rows that say the same one stays; where they differ none can be believed."""
        ordered = sorted(places, key=self.day)
        kept: list[int] = []
        start = 0
        while start < len(ordered):
            stop = start + 1
            while stop < len(ordered) and self.day(ordered[stop]) == self.day(ordered[start]):
                stop += 1
            kept += self._one_of(sorted(ordered[start:stop]))
            start = stop
        return kept

    def _one_of(self, places: list[int]) -> list[int]:
        if len(places) == 1:
            return places
        first, *others = places
        alike = all(
            np.array_equal(cells.floats[first], cells.floats[other], equal_nan=True)
            for cells in self.fields.values()
            for other in others
        )
        session = self.day(first)
        if alike:
            for place in others:
                self.fault(place, f"the session {session} stands here a second time")
            return [first]
        for place in places:
            self.fault(place, f"the session {session} stands {len(places)} times, with different values")
        return []

    def rejections(self, path: Path) -> list[Rejection]:
        return [
            Rejection(file=str(path), row=int(self._rows.numbers[self._chosen[place]]), series=self.name, reason=reason)
            for place, reason in sorted(self._faults.items())
        ]
