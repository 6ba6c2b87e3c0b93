"""The series of one table of a price folder, built when they are asked for.

A row that cannot be a price is left out and written down with its file and row: a zero, a NaN, a session that
stands twice. An empty cell is no fault; the source simply has nothing to say there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np

from extractor.adapters.price_checks import SeriesCheck
from extractor.adapters.price_rows import Array, Rows
from extractor.adapters.price_tables import snapshot
from extractor.adapters.price_values import decimals_shown
from extractor.domain.bars import BarTable, Column
from extractor.domain.instruments import fold, fold_symbol, listed
from extractor.domain.market import Rejection, SeriesInfo
from extractor.rules.price_manifest import PriceTable
from extractor.rules.sources import AGGREGATOR, PRIMARY, source_rank

MarketOf = Callable[[str, date], str]


class SeriesTable:
    """One `[[file]]` of a manifest.

    market_of: for ids with {listing}, the MIC of a symbol on a day.
    """

    def __init__(self, folder: Path, spec: PriceTable, market_of: MarketOf) -> None:
        self.path = folder / spec.path
        self.spec = spec
        self._market_of = market_of
        self._rejected: dict[str, list[Rejection]] = {}
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

    def named(self, symbol: str) -> list[BarTable]:
        """The rows of a symbol, however its share class is set off."""
        return [piece for name in self._rows.symbols.get(fold_symbol(symbol), ()) for piece in self.pieces(name)]

    def every(self) -> Iterator[BarTable]:
        """Each series of the table, built one after the other; what was not asked for by id is not kept."""
        for name in self._names():
            yield from self._built.get(name) or self._pieces(name)

    def pieces(self, name: str) -> list[BarTable]:
        """The rows of one series, apart by id (a listing may have moved) and by source."""
        if name not in self._built:
            self._built[name] = self._pieces(name)
        return self._built[name]

    def rejections(self) -> list[Rejection]:
        """Rows left out of the series built so far."""
        return [one for rejected in self._rejected.values() for one in rejected]

    def _names(self) -> list[str]:
        """Series of the table that have an id, as the table calls them."""
        if self.spec.layout == "wide":
            return list(self.spec.ids)
        if self.spec.id is None:
            return [name for name in self.spec.ids if name in self._rows.groups]
        return list(self._rows.groups)

    def _by_symbol(self, instrument: str) -> list[str]:
        parts = listed(instrument)
        if parts is None or self.spec.id is None or not self.spec.id.startswith(parts.kind + ":"):
            return []
        return self._rows.symbols.get(parts.symbol, [])

    @cached_property
    def _rows(self) -> Rows:
        rows = Rows(self.path, self.spec)
        self._rejected[""] = rows.faults
        return rows

    def _pieces(self, name: str) -> list[BarTable]:
        rows, spec = self._rows, self.spec
        chosen = rows.rows_of(name)
        kind = (spec.ids.get(name) or spec.id or "").partition(":")[0]
        check = SeriesCheck(rows, chosen, spec, name, kind)
        found: list[BarTable] = []
        for (instrument, source), members in sorted(self._keys(name, chosen, check).items()):
            kept = check.by_session(members[check.sound()[members]])
            if len(kept):
                found.append(self._table(name, instrument, source, check, kept))
        self._rejected[name] = check.rejections(self.path)
        return found

    def _keys(self, name: str, chosen: Array, check: SeriesCheck) -> dict[tuple[str, str], Array]:
        """Places by id and source. A row whose exchange is unknown is a fault and has neither."""
        rows, spec = self._rows, self.spec
        every = np.arange(len(chosen))
        fixed = spec.ids.get(name)
        if fixed is None and spec.id is not None and "{listing}" in spec.id:
            last = int(rows.ordinals(chosen).max(initial=1))
            fixed = spec.id.format(listing=self._market_of(name, date.fromordinal(max(last, 1))), series=name)
        sources, exchanges = rows.texts("source", chosen), rows.texts("exchange", chosen)
        none = np.full(len(chosen), -1)
        source_codes = none if sources is None else sources.codes
        exchange_codes = none if exchanges is None or fixed is not None else exchanges.codes
        groups: dict[tuple[str, str], list[Array]] = {}
        for exchange_code in np.unique(exchange_codes):
            exchange = exchanges.names[exchange_code] if exchanges is not None and exchange_code >= 0 else ""
            mic = spec.mic(exchange) if fixed is None else None
            here = every[exchange_codes == exchange_code]
            if fixed is None and mic is None:
                for place in here:
                    check.fault(
                        int(place), f"unknown exchange {exchange!r}: name its MIC under exchanges in prices.toml"
                    )
                continue
            instrument = fixed or (spec.id or "").format(mic=mic, series=name)
            for source_code in np.unique(source_codes[here]):
                named = sources.names[source_code] if sources is not None and source_code >= 0 else ""
                key = (instrument, named or spec.source or "unsaid")
                groups.setdefault(key, []).append(here[source_codes[here] == source_code])
        return {key: np.sort(np.concatenate(parts)) for key, parts in groups.items()}

    def _table(self, name: str, instrument: str, source: str, check: SeriesCheck, kept: Array) -> BarTable:
        columns: dict[str, Column] = {
            field: cells.column(kept)
            for field, cells in check.fields.items()
            if field == "close" or not bool(np.isnan(cells.floats[kept]).all())
        }
        sessions = check.days(kept)
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
