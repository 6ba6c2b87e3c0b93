"""A folder of price tables described by its `prices.toml`.

Opening it reads the manifest and the tables' headers. A table is read when the first series of it is asked for,
once, and a series is built and checked when it is asked for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from extractor.adapters import price_facts
from extractor.adapters.price_series import SeriesTable
from extractor.adapters.price_tables import column_names
from extractor.domain.bars import BarTable
from extractor.domain.errors import PriceDataError
from extractor.domain.instruments import NO_MARKET, listed, symbol_key
from extractor.domain.market import Bar, Missing, Print, RateDecision, Rejection, SeriesInfo, Split
from extractor.domain.ports import Listings
from extractor.rules.price_manifest import MANIFEST, load_manifest

Fact = TypeVar("Fact")


class _Spec(Protocol):
    """A small table of the manifest."""

    @property
    def path(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...


class PriceFolder:
    """Fulfils `PriceSource` from CSV and Parquet files.

    listings: who was listed where, for tables that tell symbols without their exchange. Without it, another
    table of the folder that names exchanges is asked, and failing that the id says "no market" (XXXX).
    Raises PriceDataError where the folder, its manifest or a table it names cannot be used.
    """

    def __init__(self, path: Path | str, *, listings: Listings | None = None) -> None:
        self.path = Path(path)
        self.name = str(path)
        self._listings = listings
        self._manifest = load_manifest(self.path)
        self._fact_rejections: list[Rejection] = []
        self._tables = [SeriesTable(self.path, spec, self._market_of) for spec in self._manifest.file]
        self._found: dict[SeriesInfo, BarTable] = {}
        self._check_columns()

    def series(self, instrument: str) -> Sequence[SeriesInfo]:
        found = [piece for table in self._tables for piece in table.find(instrument)]
        for piece in found:
            self._found[piece.info] = piece
        return [piece.info for piece in found]

    def bars(self, info: SeriesInfo, start: date, end: date) -> Sequence[Bar]:
        if info not in self._found:
            self.series(info.id)
        table = self._found.get(info)
        return () if table is None else table.between(start, end)

    def prints(self, indicator: str) -> Sequence[Print]:
        return self._prints.get(indicator, ())

    def splits(self, instrument: str) -> Sequence[Split]:
        return self._splits.get(symbol_key(instrument), ())

    def decisions(self, rate: str) -> Sequence[RateDecision]:
        return self._decisions.get(rate, ())

    def instruments(self) -> Iterable[str]:
        return dict.fromkeys(piece.info.id for piece in self.every())

    def every(self) -> Iterator[BarTable]:
        """Every series, one at a time. Afterwards all rejections of price rows are known."""
        return (piece for table in self._tables for piece in table.every())

    def every_split(self) -> Sequence[Split]:
        return [split for splits in self._splits.values() for split in splits]

    def every_print(self) -> Sequence[Print]:
        return [one for prints in self._prints.values() for one in prints]

    def every_decision(self) -> Sequence[RateDecision]:
        return [one for decisions in self._decisions.values() for one in decisions]

    def same_symbol(self, instrument: str) -> Sequence[str]:
        ids = (other for table in self._tables for other in table.same_symbol(instrument))
        return list(dict.fromkeys(ids))

    def splits_complete_since(self) -> date | None:
        """As the manifest says; otherwise from the first split of the table on."""
        declared = [table.complete_since for table in self._manifest.splits if table.complete_since]
        known = declared or [split.ex_on for splits in self._splits.values() for split in splits]
        return min(known, default=None)

    def prefetch(self, instruments: Iterable[str]) -> None:
        """Nothing to do: each table is read once anyway."""

    def why_not(self, instrument: str) -> Missing | None:
        """Nothing more than that it is not in there."""
        return None

    def rejections(self) -> Sequence[Rejection]:
        """The rows left out so far, in the tables and series that were looked at."""
        return [*(one for table in self._tables for one in table.rejections()), *self._fact_rejections]

    def _check_columns(self) -> None:
        """Every table is there and has its columns: better said now than in the middle of a batch."""
        manifest = self.path / MANIFEST
        if not (self._tables or self._manifest.vintages or self._manifest.splits or self._manifest.decisions):
            raise PriceDataError(f"{manifest}: describes no table; add a [[file]]")
        specs = (*self._manifest.file, *self._manifest.vintages, *self._manifest.splits, *self._manifest.decisions)
        for spec in specs:
            at_hand = column_names(self.path / spec.path)
            for column in spec.columns:
                if column not in at_hand:
                    there = ", ".join(at_hand) or "no columns"
                    raise PriceDataError(f"{self.path / spec.path}: {MANIFEST} names column {column!r}; there: {there}")

    def _market_of(self, symbol: str, on: date) -> str:
        """The market that lists a symbol on a day."""
        if self._listings is not None:
            markets = {record.mic for record in self._listings.find(symbol, on=on)}
            if len(markets) == 1:
                return markets.pop()
        told = [table for table in self._tables if table.spec.id is not None and "{mic}" in table.spec.id]
        pieces = [piece for table in told for piece in table.named(symbol)]
        latest = max(pieces, key=lambda piece: piece.info.last_on, default=None)
        parts = listed(latest.info.id) if latest is not None else None
        return NO_MARKET if parts is None else parts.mic

    @cached_property
    def _splits(self) -> dict[str, list[Split]]:
        found = self._facts(self._manifest.splits, lambda path: price_facts.split)
        found.sort(key=lambda split: (split.ex_on, split.instrument, split.ratio))
        return price_facts.by_key(found, lambda split: symbol_key(split.instrument))

    @cached_property
    def _prints(self) -> dict[str, list[Print]]:
        found = self._facts(self._manifest.vintages, price_facts.release)
        found.sort(key=lambda one: (one.reference, one.released_on, one.source, one.value))
        return price_facts.by_key(found, lambda one: one.indicator)

    @cached_property
    def _decisions(self) -> dict[str, list[RateDecision]]:
        found = self._facts(self._manifest.decisions, price_facts.decision)
        found.sort(key=lambda one: (one.decided_on, one.effective_on, one.source))
        return price_facts.by_key(found, lambda one: one.rate)

    def _facts(self, specs: Sequence[_Spec], parser: Callable[[Path], Callable[[price_facts.Row], Fact]]) -> list[Fact]:
        found: list[Fact] = []
        for spec in specs:
            path = self.path / spec.path
            found += price_facts.read_facts(path, spec.columns, parser(path), self._fact_rejections)
        return found
