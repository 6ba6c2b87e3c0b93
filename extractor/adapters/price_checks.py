"""What cannot be a price: faults of the rows of one series, each with its place in the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from extractor.adapters.price_rows import Array, Cells, Rows
from extractor.domain.market import Rejection
from extractor.rules.price_manifest import PriceTable

# Kinds whose price is above zero by nature. Yields, rates, prints and oil have all been zero or negative.
_POSITIVE = frozenset({"equity", "etf", "index", "crypto", "currency"})


class SeriesCheck:
    """The rows of one series while their faults are looked for. A place counts within the series, from 0.

    kind: of the instrument ("equity", "yield", ...).
    """

    def __init__(self, rows: Rows, chosen: Array, spec: PriceTable, name: str, kind: str) -> None:
        self.fields = rows.cells(name, chosen)
        self._name = name
        self._rows = rows
        self._chosen = chosen
        self._faults: dict[int, str] = {}
        self._days = rows.ordinals(chosen)
        for place in np.flatnonzero(self._days < 0):
            text = rows.date_text(int(chosen[place]))
            self.fault(int(place), f"{text[:40]!r} is not a date: write 2025-12-04")
        for field, cells in self.fields.items():
            self._check_field(field, cells, positive=kind in _POSITIVE, wide=spec.layout == "wide")
        if "high" in self.fields and "low" in self.fields:
            self._all(self.fields["high"].floats < self.fields["low"].floats, "the high is below the low")

    def fault(self, place: int, reason: str) -> None:
        """Notes what is wrong with a row; the first reason stands."""
        self._faults.setdefault(place, reason)

    def sound(self) -> Array:
        """Which rows have a close and no fault."""
        sound = ~np.isnan(self.fields["close"].floats)
        if self._faults:
            sound[list(self._faults)] = False
        return np.asarray(sound)

    def by_session(self, places: Array) -> Array:
        """The places in the order of their sessions, one for each; where rows of a session differ none is believed."""
        days = self._days[places]
        if bool(np.all(days[1:] > days[:-1])):
            return places
        order = np.argsort(days, kind="stable")
        places, days = places[order], days[order]
        starts = np.flatnonzero(np.r_[True, days[1:] != days[:-1]])
        kept = [self._one_of(group) for group in np.split(places, starts[1:])]
        return np.array([place for place in kept if place is not None], dtype=places.dtype)

    def days(self, places: Array) -> list[date]:
        return self._rows.days(self._chosen[places])

    def rejections(self, path: Path) -> list[Rejection]:
        """Every fault, by row."""
        numbers = self._rows.numbers
        return [
            Rejection(file=str(path), row=int(numbers[self._chosen[place]]), series=self._name, reason=reason)
            for place, reason in sorted(self._faults.items())
        ]

    def _check_field(self, field: str, cells: Cells, *, positive: bool, wide: bool) -> None:
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

    def _all(self, wrong: Array, reason: str) -> None:
        if wrong.any():
            for place in np.flatnonzero(wrong):
                self.fault(int(place), reason)

    def _one_of(self, places: Array) -> int | None:
        """Of the rows of one session the one printed shortest, where all of them say the same; else none."""
        if len(places) == 1:
            return int(places[0])
        every = sorted(int(place) for place in places)
        chosen = min(every, key=self._printed)
        others = [place for place in every if place != chosen]
        session = self.days(places[:1])[0]
        if all(self._alike(chosen, other) for other in others):
            for place in others:
                self.fault(place, f"the session {session} stands here a second time")
            return chosen
        for place in every:
            self.fault(place, f"the session {session} stands {len(places)} times, with different values")
        return None

    def _printed(self, place: int) -> list[tuple[int, str]]:
        """How a row's prices are written: which of two alike is taken must not turn on their places in the file."""
        values = [cells.values[place] for cells in self.fields.values() if cells.values is not None]
        return [(len(str(value)), str(value)) for value in values]

    def _alike(self, first: int, other: int) -> bool:
        return all(
            np.array_equal(cells.floats[first], cells.floats[other], equal_nan=True) for cells in self.fields.values()
        )
