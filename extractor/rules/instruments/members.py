"""Members of the large US indexes from the package `pytickersymbols`, asked only for what the shipped list lacks.

The package costs a tenth of a second to load and some of its rows are wrong (a company under another's symbol, an
exchange it has left). So it is loaded when a text first names something unknown with "shares" or a legal form beside
it, a row counts only where its own fields agree, and it never serves as evidence of a listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from extractor.domain.market import ListingRecord
from extractor.rules.instruments.names import name_key

_INDEXES = ("S&P 500", "NASDAQ 100", "S&P 600")
_MARKETS = {"NASDAQ": "XNAS", "NYSE": "XNYS"}
_GOOGLE = re.compile(r"(NASDAQ|NYSE):([A-Z]{1,5}(?:\.[A-Z])?)")
_TRADED_AS = re.compile(r"\b(NASDAQ|NYSE)\s?:\s?([A-Z]{1,5}(?:\.[A-Z])?)\b", re.IGNORECASE)


class Members:
    """Index members by symbol and by name; answers like a reference folder, without days."""

    def find(self, symbol: str, *, on: date | None) -> Sequence[ListingRecord]:
        return _by_symbol().get(symbol, ())

    def by_name(self, name: str, *, on: date | None) -> Sequence[ListingRecord]:
        return _by_name().get(name_key(name), ())


def _market(company: Mapping[str, Any]) -> str | None:
    """The exchange, where the rows of the company's own symbol agree on one."""
    symbol = company.get("symbol")
    printed = " ".join(str(row.get("google") or "") for row in company.get("symbols") or ())
    traded_as = str((company.get("metadata") or {}).get("traded_as") or "")
    found = [(market.upper(), code) for market, code in _GOOGLE.findall(printed) + _TRADED_AS.findall(traded_as)]
    stated = [code for _, code in _TRADED_AS.findall(traded_as)]
    if stated and symbol not in stated:
        return None
    markets = {_MARKETS[market] for market, code in found if code == symbol}
    return markets.pop() if len(markets) == 1 else None


def _records() -> Iterator[ListingRecord]:
    from pytickersymbols import __version__
    from pytickersymbols.indices_data import INDICES

    for index in _INDEXES:
        for company in INDICES[index]["companies"]:
            mic = _market(company)
            if mic is not None and company.get("name"):
                yield ListingRecord(
                    mic=mic,
                    symbol=str(company["symbol"]),
                    name=str(company["name"]),
                    first_on=None,
                    last_on=None,
                    source=f"pytickersymbols {__version__}",
                )


@cache
def _by_symbol() -> dict[str, list[ListingRecord]]:
    table: dict[str, list[ListingRecord]] = {}
    for record in _records():
        known = table.setdefault(record.symbol, [])
        if record.mic not in {each.mic for each in known}:
            known.append(record)
    return table


@cache
def _by_name() -> dict[str, list[ListingRecord]]:
    table: dict[str, list[ListingRecord]] = {}
    for records in _by_symbol().values():
        for record in records:
            table.setdefault(name_key(record.name), []).append(record)
    return table
