"""The shipped rules read into instruments and aliases."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from extractor.domain.claim import SubjectType
from extractor.domain.errors import RulesError
from extractor.rules.instruments.companies import Companies, companies, company_aliases
from extractor.rules.instruments.model import Alias, GenericNoun, Instrument
from extractor.rules.instruments.names import printed

PLAIN_FILES = ("indexes", "commodities", "crypto", "rates", "organizations")
# Lists of names of a statistic, and how far each may be trusted (Alias.noun).
_STATISTIC_NAMES = {"names": None, "growth": "economy", "parts": "part", "cores": "core"}
_UNITS = {
    SubjectType.INDEX: "points",
    SubjectType.YIELD: "percent",
    SubjectType.RATE: "percent",
    SubjectType.CRYPTO: "USD",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """An exchange: its MIC, the names printed before a symbol, Reuters suffixes, the currency of its quotes.

    act: its letters in Nasdaq Trader's otherlisted.txt. sec_as: the MIC of the market whose name the SEC's company list
    prints for it, None where that is its own.
    """

    mic: str
    country: str
    currency: str
    names: tuple[str, ...]
    ric: tuple[str, ...]
    act: tuple[str, ...] = ()
    sec_as: str | None = None


@dataclass(slots=True)
class Shipped:
    """Everything the data files say. Companies are read one by one when they are asked for."""

    companies: Companies
    instruments: dict[str, Instrument] = field(default_factory=dict)
    aliases: list[Alias] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)


@cache
def table(name: str) -> Mapping[str, Any]:
    """One rules file, parsed. Raises RulesError naming the file where it is not TOML."""
    source = files("extractor.rules.instruments").joinpath(f"{name}.toml")
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"extractor/rules/instruments/{name}.toml: {error}") from error


@cache
def venues() -> tuple[Venue, ...]:
    return tuple(
        Venue(
            mic=v["mic"],
            country=v["country"],
            currency=v["currency"],
            names=tuple(v["names"]),
            ric=tuple(v.get("ric", ())),
            act=tuple(v.get("act", ())),
            sec_as=v.get("sec_as"),
        )
        for v in table("venues")["venue"]
    )


@cache
def venue_currency() -> Mapping[str, str]:
    return {venue.mic: venue.currency for venue in venues()}


@cache
def venue_country() -> Mapping[str, str]:
    return {venue.mic: venue.country for venue in venues()}


def type_of(instrument: str) -> SubjectType:
    """The type is the first part of the id."""
    try:
        return SubjectType(instrument.partition(":")[0])
    except ValueError as error:
        raise RulesError(f"{instrument!r} is not an instrument id: it must begin with a subject type") from error


def _lower(words: list[str] | tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


def _add(shipped: Shipped, instrument: Instrument) -> None:
    if instrument.id in shipped.instruments:
        raise RulesError(f"extractor/rules/instruments: {instrument.id} is defined twice")
    shipped.instruments[instrument.id] = instrument


def _plain(shipped: Shipped, entry: Mapping[str, Any]) -> None:
    key = str(entry["id"])
    kind = type_of(key)
    name = str(entry["name"])
    symbol = None if kind in (SubjectType.ORGANIZATION, SubjectType.RATE) else key.partition(":")[2]
    _add(
        shipped,
        Instrument(
            id=key, type=kind, name=name, symbol=symbol, unit=entry.get("unit", _UNITS.get(kind)),
            country=entry.get("country"), policy_rate=entry.get("policy_rate"),
        ),
    )  # fmt: skip
    before, after = _lower(entry.get("not_before", ())), _lower(entry.get("not_after", ()))
    for word in entry.get("names", ()):
        shipped.aliases.append(Alias(words=printed(word), ids=(key,), type=kind, not_before=before, not_after=after))
    for word in entry.get("bare", ()):
        shipped.aliases.append(
            Alias(words=printed(word), ids=(key,), type=kind, noun="contract", not_before=before, not_after=after)
        )
    for word in entry.get("cities", ()):
        shipped.aliases.append(Alias(words=printed(word), ids=(key,), type=kind, noun="city"))
    for code in entry.get("codes", ()):
        shipped.codes[code] = key
    if "futures" in entry:
        future = f"{key}_FUT"
        _add(shipped, Instrument(id=future, type=kind, name=f"{name} futures", symbol=f"{symbol}_FUT", unit="points"))
        for word in entry["futures"]:
            shipped.aliases.append(Alias(words=printed(word), ids=(future,), type=kind))


def _ambiguous(shipped: Shipped, entry: Mapping[str, Any]) -> None:
    ids = tuple(entry["ids"])
    before, after = _lower(entry.get("not_before", ())), _lower(entry.get("not_after", ()))
    for word in entry["names"]:
        alias = Alias(words=printed(word), ids=ids, type=type_of(ids[0]), not_before=before, not_after=after)
        shipped.aliases.append(alias)


def _funds(shipped: Shipped) -> None:
    for mic, rows in table("funds").items():
        for symbol, row in rows.items():
            key = f"etf:{mic}:{symbol}"
            _add(
                shipped,
                Instrument(
                    id=key,
                    type=SubjectType.ETF,
                    name=row["name"],
                    symbol=symbol,
                    mic=mic,
                    unit=venue_currency().get(mic),
                ),
            )
            shipped.aliases.extend(company_aliases(row["names"], (key,), SubjectType.ETF))


def _currencies(shipped: Shipped) -> None:
    for entry in table("currencies")["currency"]:
        ids = tuple(entry["pairs"])
        for word in (*entry.get("names", ()), *entry.get("marks", ())):
            shipped.aliases.append(
                Alias(
                    words=printed(word), ids=ids, type=SubjectType.CURRENCY, currency=entry["code"],
                    noun="mark" if word in entry.get("marks", ()) else None,
                )
            )  # fmt: skip


def _indicators(shipped: Shipped) -> None:
    for entry in table("indicators")["indicator"]:
        ids = tuple(f"indicator:{country}:{entry['key']}" for country in entry["countries"])
        for key, country in zip(ids, entry["countries"], strict=True):
            name = entry["name"] if country == "US" else f"{entry['name']} ({country})"
            _add(
                shipped,
                Instrument(
                    id=key,
                    type=SubjectType.INDICATOR,
                    name=name,
                    symbol=entry["key"],
                    unit=None if entry.get("unit") == "money" else entry.get("unit"),
                    country=country,
                ),
            )
        before, after = _lower(entry.get("not_before", ())), _lower(entry.get("not_after", ()))
        for noun, mark in _STATISTIC_NAMES.items():
            for word in entry.get(noun, ()):
                shipped.aliases.append(
                    Alias(
                        words=printed(word),
                        ids=ids,
                        type=SubjectType.INDICATOR,
                        noun=mark or ("country" if entry.get("needs_country") else None),
                        not_before=before,
                        not_after=after,
                    )
                )


def _sectors(shipped: Shipped) -> None:
    rules = table("sectors")
    for code in rules["indexes"]:
        index = shipped.instruments[f"index:{code}"]
        for sector, words in rules["names"].items():
            key = f"{index.id}_{sector}"
            name = f"{index.name} {words[0]}"
            _add(shipped, Instrument(id=key, type=index.type, name=name, symbol=f"{code}_{sector}", unit="points"))


def _rates(shipped: Shipped) -> None:
    rates = table("rates")
    ids = (rates["default"],)
    before, after = _lower(rates["not_before"]), _lower(rates["not_after"])
    for word in rates["bare"]:
        shipped.aliases.append(
            Alias(
                words=printed(word), ids=ids, type=SubjectType.RATE, noun="policy", not_before=before, not_after=after
            )
        )


@cache
def generic_nouns() -> tuple[GenericNoun, ...]:
    """Heads and phrases that point back, longest first."""
    generic = table("generic")
    nouns = [GenericNoun(phrase=head, noun=noun) for noun, heads in generic["heads"].items() for head in heads]
    for entry in generic["phrase"]:
        nouns += [GenericNoun(phrase=words, noun=entry["noun"], ids=tuple(entry["ids"])) for words in entry["words"]]
    return tuple(sorted(nouns, key=lambda noun: -len(noun.phrase)))


@cache
def shipped() -> Shipped:
    """What the package knows by itself."""
    result = Shipped(companies=companies(table("equities")))
    for name in PLAIN_FILES:
        for entry in table(name)["instrument"]:
            _plain(result, entry)
        for entry in table(name).get("ambiguous", ()):
            _ambiguous(result, entry)
    _sectors(result)
    _rates(result)
    _currencies(result)
    _indicators(result)
    _funds(result)
    return result
