"""A price source in memory, held to the same contract as the real ones, and builders for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from extractor.domain.bars import BarTable
from extractor.domain.instruments import fold, symbol_key
from extractor.domain.market import Adjustment, Bar, Missing, Print, RateDecision, SeriesInfo, Split

Rows = Mapping[str, Any]


def table(instrument: str, rows: Rows, *, source: str = "broker", **info: Any) -> BarTable:
    """A series from {"2025-12-04": "2531.16"}, or {"2025-12-04": {"close": "2531.16", "high": "2540.01"}}."""
    adjustment = Adjustment(info.pop("adjustment", "none"))
    by_day = {date.fromisoformat(day): value for day, value in sorted(rows.items())}
    cells = {day: value if isinstance(value, dict) else {"close": value} for day, value in by_day.items()}
    fields = tuple(dict.fromkeys(name for row in cells.values() for name in row))
    shown = max(max(-int(Decimal(row["close"]).as_tuple().exponent), 0) for row in cells.values())
    series = SeriesInfo(
        id=instrument,
        source=source,
        adjustment=adjustment,
        first_on=min(by_day),
        last_on=max(by_day),
        fields=fields,
        **{"decimals": shown, "snapshot": f"sha256:{source}", **info},
    )
    columns = {name: [Decimal(row[name]) if name in row else None for row in cells.values()] for name in fields}
    return BarTable(series, list(by_day), columns)


@dataclass
class MemoryPrices:
    """Fulfils `PriceSource`."""

    tables: Sequence[BarTable] = ()
    known_splits: Sequence[Split] = ()
    known_prints: Sequence[Print] = ()
    known_decisions: Sequence[RateDecision] = ()
    complete_since: date | None = None
    name: str = "memory"
    asked: list[str] = field(default_factory=list)
    reasons: Mapping[str, Missing] = field(default_factory=dict)

    def series(self, instrument: str) -> Sequence[SeriesInfo]:
        self.asked.append(instrument)
        return [one.info for one in self.tables if fold(one.info.id) == fold(instrument)]

    def bars(self, info: SeriesInfo, start: date, end: date) -> Sequence[Bar]:
        return next((one.between(start, end) for one in self.tables if one.info == info), ())

    def prints(self, indicator: str) -> Sequence[Print]:
        found = [one for one in self.known_prints if one.indicator == indicator]
        return sorted(found, key=lambda one: (one.reference, one.released_on))

    def splits(self, instrument: str) -> Sequence[Split]:
        found = [one for one in self.known_splits if symbol_key(one.instrument) == symbol_key(instrument)]
        return sorted(found, key=lambda one: one.ex_on)

    def decisions(self, rate: str) -> Sequence[RateDecision]:
        return sorted((one for one in self.known_decisions if one.rate == rate), key=lambda one: one.decided_on)

    def instruments(self) -> Iterable[str]:
        return dict.fromkeys(one.info.id for one in self.tables)

    def same_symbol(self, instrument: str) -> Sequence[str]:
        key = symbol_key(instrument)
        if key == fold(instrument):
            return []
        return [name for name in self.instruments() if symbol_key(name) == key]

    def splits_complete_since(self) -> date | None:
        return self.complete_since or min((one.ex_on for one in self.known_splits), default=None)

    def prefetch(self, instruments: Iterable[str]) -> None: ...

    def why_not(self, instrument: str) -> Missing | None:
        return self.reasons.get(instrument)
