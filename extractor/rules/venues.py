"""Which calendar an instrument keeps (venues.toml), and the New York closures since 1990 (closures.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

BONDS, WEEKDAYS, DAILY, NEW_YORK = "bonds", "weekdays", "daily", "XNYS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closures:
    """Weekdays without a session, whole years from `first` to `last`, both ends included."""

    first: date
    last: date
    days: frozenset[date]


def venue(instrument: str) -> str:
    """A MIC, "bonds", "weekdays" or "daily"."""
    rules = _read("venues.toml")
    kind, _, rest = instrument.partition(":")
    if kind in ("equity", "etf"):
        mic = rest.partition(":")[0]
        return str(rules["same_as"].get(mic, mic)) if rest.count(":") else NEW_YORK
    for name in (instrument, instrument.rpartition("_")[0]):
        if name in rules["id"]:
            return str(rules["id"][name])
    if kind == "yield" and not rest.startswith("US"):
        return str(rules["yield_country"].get(rest[:2], WEEKDAYS))
    return str(rules["kind"].get(kind, WEEKDAYS))


@cache
def new_york() -> Closures:
    """The New York Stock Exchange."""
    rules = _read("closures.toml")
    first, last = int(rules["first_year"]), int(rules["last_year"])
    days = {date.fromisoformat(f"{year}-{day}") for year, listed in rules["XNYS"].items() for day in listed}
    return Closures(first=date(first, 1, 1), last=date(last, 12, 31), days=frozenset(days))


@cache
def us_bonds() -> Closures:
    """The US bond market, as far as FRED's yields show it."""
    exchange, bonds = new_york(), _read("closures.toml")["bonds"]
    days = set(exchange.days) | {date.fromisoformat(day) for day in bonds["closed"]}
    for year in range(exchange.first.year, exchange.last.year + 1):
        days |= {_columbus_day(year), _veterans_day(year)}
    days -= {date.fromisoformat(day) for day in bonds["open"]}
    return Closures(first=exchange.first, last=exchange.last, days=frozenset(days))


def _columbus_day(year: int) -> date:
    first = date(year, 10, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7 + 7)


def _veterans_day(year: int) -> date:
    day = date(year, 11, 11)
    return day + timedelta(days=1) if day.weekday() == 6 else day


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("extractor.rules").joinpath(name).read_text(encoding="utf-8"))
