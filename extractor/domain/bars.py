"""Rows of a series kept in columns, so that a long history costs nothing until a row of it is looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import overload

from extractor.domain.market import BAR_FIELDS, Bar, SeriesInfo

_BESIDE_CLOSE = ("open", "high", "low", "volume")

Column = Sequence[Decimal | None]


class BarTable(Sequence[Bar]):
    """The rows of one series by session, each built when it is asked for.

    sessions: sorted, no duplicates. columns: a sequence as long as `sessions` for each field at hand, "close" always.
    """

    __slots__ = ("columns", "info", "sessions")

    def __init__(self, info: SeriesInfo, sessions: Sequence[date], columns: Mapping[str, Column]) -> None:
        self.info = info
        self.sessions = sessions
        self.columns = columns

    @classmethod
    def of(cls, info: SeriesInfo, bars: Sequence[Bar]) -> BarTable:
        """The same rows in columns; free where they already are."""
        if isinstance(bars, BarTable):
            return bars
        columns = {name: [bar.value(name) for bar in bars] for name in BAR_FIELDS}
        at_hand = {name: column for name, column in columns.items() if any(value is not None for value in column)}
        return cls(info, [bar.session for bar in bars], at_hand)

    def __len__(self) -> int:
        return len(self.sessions)

    @overload
    def __getitem__(self, index: int) -> Bar: ...
    @overload
    def __getitem__(self, index: slice) -> BarTable: ...
    def __getitem__(self, index: int | slice) -> Bar | BarTable:
        if isinstance(index, slice):
            columns = {name: column[index] for name, column in self.columns.items()}
            return BarTable(self.info, self.sessions[index], columns)
        close = self.columns["close"][index]
        if close is None:
            raise ValueError(f"{self.info.id} of {self.info.source}: no close on {self.sessions[index]}")
        rest = {name: self.columns[name][index] if name in self.columns else None for name in _BESIDE_CLOSE}
        return Bar(
            series=self.info,
            session=self.sessions[index],
            close=close,
            open=rest["open"],
            high=rest["high"],
            low=rest["low"],
            volume=rest["volume"],
        )

    def __iter__(self) -> Iterator[Bar]:
        return (self[index] for index in range(len(self)))

    def find(self, session: date) -> int | None:
        """The index of a session's row."""
        index = bisect_left(self.sessions, session)
        return index if index < len(self.sessions) and self.sessions[index] == session else None

    def between(self, start: date, end: date) -> BarTable:
        """Rows with start <= session <= end."""
        return self[bisect_left(self.sessions, start) : bisect_right(self.sessions, end)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closes:
    """One field's whole history on one footing: later splits are taken out of earlier prices.

    series: the joined series; its `first_on` (or `complete_since`) is where records can be judged from.
    sessions, values: as long as each other, by session. holes: sessions within the reach that no row covers,
    as far as a source says so itself.
    """

    series: SeriesInfo
    field: str
    sessions: Sequence[date]
    values: Sequence[Decimal]
    holes: frozenset[date] = frozenset()

    def until(self, end: date) -> int:
        """How many rows lie at or before a day: ``values[:closes.until(day)]``."""
        return bisect_right(self.sessions, end)

    def find(self, session: date) -> int | None:
        index = bisect_left(self.sessions, session)
        return index if index < len(self.sessions) and self.sessions[index] == session else None
