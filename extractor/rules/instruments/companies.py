"""The rows of `equities.toml`: a company's listings, and the names it goes by.

A row is a line of text, and it is read when a text first holds the first word of one of its names, or somebody asks for
its symbol. There are thousands of rows; an article speaks of a few dozen companies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from extractor.domain.claim import SubjectType
from extractor.domain.errors import RulesError
from extractor.rules.instruments.model import Alias, Instrument
from extractor.rules.instruments.names import keys, plain_name, printed

_FRIDAY = 4
_LISTING = re.compile(r"([A-Z]{4}):([^\s,]+)")
# A word, or a mark that a name may begin with.
_FIRST = re.compile(r"[^\W_]++|[&.+'’/^]")


@dataclass(frozen=True, slots=True)
class Listing:
    """A symbol on an exchange; first, last: its days there, None where the row says nothing."""

    mic: str
    symbol: str
    first: date | None = None
    last: date | None = None

    @property
    def id(self) -> str:
        return f"equity:{self.mic}:{self.symbol}"


@dataclass(frozen=True, slots=True)
class Company:
    """markets: where it is listed at one time, the first its home; on each, its listings in the order of their days."""

    names: tuple[str, ...]
    markets: tuple[tuple[Listing, ...], ...]

    @property
    def name(self) -> str:
        return self.names[0].removeprefix("~")

    @property
    def listings(self) -> tuple[Listing, ...]:
        return tuple(listing for market in self.markets for listing in market)

    @property
    def ids(self) -> tuple[str, ...]:
        """The newest listing of the home market first, those of other markets last."""
        return tuple(listing.id for market in self.markets for listing in reversed(market))


class Companies:
    """Every row, by the first words of its names and by its symbols."""

    def __init__(self, rows: Iterable[str]) -> None:
        self._rows = list(rows)
        self._read: dict[int, Company] = {}
        self._ids: dict[str, list[int]] = {}
        self.symbols: dict[str, list[str]] = {}
        for number, row in enumerate(self._rows):
            for mic, symbol in _LISTING.findall(row.partition(" | ")[0]):
                key = f"equity:{mic}:{symbol}"
                self._ids.setdefault(key, []).append(number)
                self.symbols.setdefault(symbol, []).append(key)

    @cached_property
    def beginnings(self) -> Mapping[str, list[int]]:
        """Numbers of rows by the first word, case-folded, of each of their names."""
        found: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for name in row.partition(" | ")[2].split("; "):
                first = _FIRST.search(name)
                if first is not None:
                    numbers = found.setdefault(first.group().casefold(), [])
                    if not numbers or numbers[-1] != number:
                        numbers.append(number)
        return found

    def __iter__(self) -> Iterator[Company]:
        return (self._company(number) for number in range(len(self._rows)))

    def ids(self) -> tuple[str, ...]:
        return tuple(self._ids)

    def aliases(self, first: str) -> Iterator[Alias]:
        """The names that begin with a word."""
        for number in self.beginnings.get(first, ()):
            company = self._company(number)
            for alias in company_aliases(company.names, company.ids, SubjectType.EQUITY):
                if keys(alias.words[0])[0] == first:
                    yield alias

    def having(self, instrument: str) -> tuple[Company, ...]:
        """Those that have or had the listing with this id."""
        return tuple(self._company(number) for number in self._ids.get(instrument, ()))

    def instrument(self, key: str, currency: Mapping[str, str]) -> Instrument | None:
        """What an id stands for. A symbol several companies had in turn is one id: its days are theirs together."""
        had = [(each, company.name) for company in self.having(key) for each in company.listings if each.id == key]
        if not had:
            return None
        had.sort(key=lambda pair: pair[0].last or date.max)
        firsts = [listing.first for listing, _ in had]
        listing, name = had[-1]
        return Instrument(
            id=key, type=SubjectType.EQUITY, name=name, symbol=listing.symbol, mic=listing.mic,
            unit=currency.get(listing.mic), last_on=listing.last,
            first_on=None if None in firsts else min(first for first in firsts if first),
            former=tuple((earlier, each.last) for each, earlier in had[:-1] if each.last),
        )  # fmt: skip

    def _company(self, number: int) -> Company:
        if number not in self._read:
            row = self._rows[number]
            try:
                self._read[number] = _company(row)
            except ValueError as error:
                raise RulesError(f"extractor/rules/instruments/equities.toml: {row!r}: {error}") from error
        return self._read[number]


def companies(table: Mapping[str, Any]) -> Companies:
    """Every row of the file's sections."""
    return Companies(row for section in table.values() for row in section["rows"].strip().splitlines())


def company_aliases(names: Iterable[str], ids: tuple[str, ...], kind: SubjectType) -> Iterator[Alias]:
    """Aliases of one company; one that its full name does not boil down to is a short form."""
    names = tuple(names)
    full = plain_name(names[0].removeprefix("~"))
    for name in names:
        bare = name.removeprefix("~")
        yield Alias(words=printed(bare), ids=ids, type=kind, common=name.startswith("~"), short=bare != full)


def _company(row: str) -> Company:
    listings, found, names = row.partition(" | ")
    if not found:
        raise ValueError("a row is its listings, ' | ' and its names")
    markets = tuple(tuple(_listing(part) for part in market.split(", ")) for market in listings.split(" + "))
    return Company(names=tuple(names.split("; ")), markets=markets)


def _listing(part: str) -> Listing:
    where, _, days = part.partition(" ")
    mic, found, symbol = where.partition(":")
    if not found or not symbol:
        raise ValueError(f"{where!r} is not MIC:SYMBOL")
    if not days:
        return Listing(mic, symbol)
    since, found, until = days.partition("..")
    if not found:
        raise ValueError(f"{days!r} is not FIRST..LAST")
    first = date.fromisoformat(since) if since else None
    last = date.fromisoformat(until) if until else None
    if first and last and last < first:
        raise ValueError(f"{where} ends on {last}, before it begins on {first}")
    # The last day of a symbol is the day before the next one's first, weekends included.
    return Listing(mic, symbol, first, last + timedelta(days=2) if last and last.weekday() == _FRIDAY else last)
