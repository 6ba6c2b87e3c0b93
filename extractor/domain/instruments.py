"""Instrument ids taken apart: "equity:XNAS:NVDA" is kind, market and symbol."""

from __future__ import annotations

from typing import NamedTuple

LISTED_KINDS = frozenset({"equity", "etf"})
US_MARKETS = frozenset({"XNAS", "XNYS", "XASE", "ARCX", "BATS", "IEXG", "XCHI"})
NO_MARKET = "XXXX"  # ISO 10383 for "no market": a series whose market nobody told


class ListedId(NamedTuple):
    """The parts of an equity's or a fund's id."""

    kind: str
    mic: str
    symbol: str

    @property
    def in_us(self) -> bool:
        """Listed in the United States, where one symbol means one security at a time, whatever the exchange."""
        return self.mic in US_MARKETS or self.mic == NO_MARKET


def listed(instrument: str) -> ListedId | None:
    """The parts of a listed security's id, its symbol folded; None for every other kind."""
    kind, _, rest = instrument.partition(":")
    mic, _, symbol = rest.partition(":")
    if kind not in LISTED_KINDS or not symbol:
        return None
    return ListedId(kind, mic, fold_symbol(symbol))


def fold_symbol(symbol: str) -> str:
    """One spelling for the separators of share classes: BRK/B, BRK-B and BRK.B are one symbol."""
    return symbol.replace("/", ".").replace("-", ".")


def fold(instrument: str) -> str:
    """An id in the one spelling under which it is looked up."""
    parts = listed(instrument)
    return instrument if parts is None else ":".join(parts)


def symbol_key(instrument: str) -> str:
    """What stays the same when a US listing moves to another exchange; the folded id for anything else."""
    parts = listed(instrument)
    return f"{parts.kind}:{parts.symbol}" if parts is not None and parts.in_us else fold(instrument)
