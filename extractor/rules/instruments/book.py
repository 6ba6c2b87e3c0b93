"""The instrument book: what a name or a symbol stands for, on which days, and what its price is quoted in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

from extractor.domain.annotation import InstrumentMention
from extractor.domain.claim import Subject, SubjectType
from extractor.domain.market import ListingRecord
from extractor.rules.instruments.load import Shipped, shipped, table, type_of, venue_currency, venues
from extractor.rules.instruments.members import Members
from extractor.rules.instruments.model import Alias, Instrument
from extractor.rules.instruments.names import keys, plain_name

_PAIR = re.compile(r"[A-Z]{6}")
_FUND_WORDS = re.compile(
    r"\b(?:ETF|ETN|iShares|SPDR|ProShares|Direxion|Select Sector|VanEck|Vanguard \w+ (?:ETF|Index))\b"
)
_COMPANIES = ("equity:", "etf:", "organization:")
_SQUEEZE = str.maketrans("", "", " .\xa0-")


class Reference(Protocol):
    """Listings read from a reference folder."""

    def find(self, symbol: str, *, on: date | None) -> Sequence[ListingRecord]: ...

    def by_name(self, name: str, *, on: date | None) -> Sequence[ListingRecord]: ...


class InstrumentBook:
    """What the package ships, widened by reference listings."""

    def __init__(self, data: Shipped, references: Sequence[Reference] = ()) -> None:
        self._data = data
        self._references = tuple(references)
        self._members = Members()
        self._by_symbol: dict[str, list[str]] = {}
        for key, instrument in data.instruments.items():
            if instrument.mic and instrument.symbol:
                self._by_symbol.setdefault(instrument.symbol, []).append(key)
        self._tree = _tree(data.aliases)
        self._venues = {_squeezed(name): venue.mic for venue in venues() for name in venue.names}
        self._suffixes = {suffix: venue.mic for venue in venues() for suffix in venue.ric}

    @classmethod
    def load(cls, references: Sequence[Reference | Path] = ()) -> InstrumentBook:
        """The shipped book, read once a process; with references, a book of its own over the same data.

        A path is a reference folder, read by its `reference.toml`. Raises ReferenceDataError where it cannot be.
        """
        if not references:
            return _shipped_book()
        from extractor.rules.references import read

        return cls(shipped(), [read(each) if isinstance(each, Path) else each for each in references])

    @property
    def references(self) -> tuple[Reference, ...]:
        return self._references

    @property
    def tree(self) -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[Alias, ...]], ...]]:
        """Aliases by their first token, longest first: (token keys, the aliases written with them)."""
        return self._tree

    @property
    def codes(self) -> Mapping[str, str]:
        """Wire and portal codes of indexes and futures (".DJI") to ids."""
        return self._data.codes

    def get(self, instrument: str) -> Instrument | None:
        return self._data.instruments.get(instrument)

    def ids(self) -> tuple[str, ...]:
        return tuple(self._data.instruments)

    def type_of(self, instrument: str) -> SubjectType:
        return type_of(instrument)

    def venue(self, printed: str) -> str | None:
        """The MIC of an exchange as printed before a symbol, None where it is not an exchange."""
        return self._venues.get(_squeezed(printed))

    def venue_of_suffix(self, suffix: str) -> str | None:
        """The MIC of a Reuters code's suffix ("O" is Nasdaq)."""
        return self._suffixes.get(suffix)

    def listed(self, symbol: str, *, mic: str | None = None, on: date | None = None) -> tuple[str, ...]:
        """Ids that had a symbol, shipped ones first; on one exchange and one day where they are given."""
        found = [key for key in self._by_symbol.get(symbol, ()) if self._data.instruments[key].valid(on)]
        found += self._ids(record for reference in self._references for record in reference.find(symbol, on=on))
        if not found and symbol not in self._by_symbol:
            found += self._ids(self._members.find(symbol, on=on))
        return tuple(dict.fromkeys(key for key in found if mic is None or key.split(":")[1] == mic))

    def _ids(self, records: Iterable[ListingRecord]) -> list[str]:
        return [self.listing_id(record.mic, record.symbol, record.name, fund=bool(record.fund)) for record in records]

    def listing_id(self, mic: str, symbol: str, name: str | None = None, *, fund: bool | None = None) -> str:
        """The id of a symbol on an exchange: a fund where the book, a list, the exchange or the name says so.

        fund: whether a list says so; None: ask the references. Anything else is a share.
        """
        if f"etf:{mic}:{symbol}" in self._data.instruments:
            return f"etf:{mic}:{symbol}"
        if f"equity:{mic}:{symbol}" in self._data.instruments:
            return f"equity:{mic}:{symbol}"
        if fund is None:
            fund = self._listed_as_fund(mic, symbol)
        if fund or mic == "ARCX" or (name is not None and _FUND_WORDS.search(name)):
            return f"etf:{mic}:{symbol}"
        return f"equity:{mic}:{symbol}"

    def _listed_as_fund(self, mic: str, symbol: str) -> bool:
        return any(
            record.fund and record.mic == mic
            for reference in self._references
            for record in reference.find(symbol, on=None)
        )

    def shipped_names(self, name: str) -> tuple[str, ...]:
        """Ids of a company, fund or organisation of this name in what ships, with or without its legal form."""
        exact, plain = name.rstrip("."), plain_name(name)
        # "Delta Corp" is not the company that is called "Delta" for short.
        meant = self._exactly(exact) or [each for each in self._exactly(plain) if not (each.common and each.short)]
        return tuple(dict.fromkeys(key for alias in meant for key in alias.ids if key.startswith(_COMPANIES)))

    def _exactly(self, name: str) -> tuple[Alias, ...]:
        tokens = keys(name)
        group = self._tree.get(tokens[0], ()) if tokens else ()
        return next((aliases for written, aliases in group if written == tokens), ())

    def named(self, name: str) -> tuple[str, ...]:
        """Ids of this name: an instrument's exact name, a company's with or without its legal form.

        What ships comes first; only what it does not know is asked of the references, then of the index members.
        """
        exact = tuple(dict.fromkeys(key for alias in self._exactly(name.rstrip(".")) for key in alias.ids))
        known = exact or self.shipped_names(name)
        if known:
            return known
        found = self._ids(record for reference in self._references for record in reference.by_name(name, on=None))
        return tuple(dict.fromkeys(found or self._ids(self._members.by_name(name, on=None))))

    def resolve(self, mention: InstrumentMention, *, on: date | None) -> tuple[str, ...]:
        """Candidates of a mention that were valid on a day, best first.

        A mention that prints its exchange keeps the listing as printed, first. Where no candidate was valid on the
        day, all are returned: an article may speak of a company after its last or before its first session.
        """
        qualified = mention.candidates[:1] if mention.mic else ()
        valid = [key for key in mention.candidates if self._valid(key, on)]
        return tuple(dict.fromkeys((*qualified, *(valid or mention.candidates))))

    def _valid(self, key: str, on: date | None) -> bool:
        instrument = self.get(key)
        if instrument is not None:
            return instrument.valid(on)
        parts = key.split(":")
        if on is None or len(parts) != 3 or not self._references:
            return True
        return any(
            record.mic == parts[1] for reference in self._references for record in reference.find(parts[2], on=on)
        )

    def subject(self, instrument: str, *, on: date | None = None, name: str | None = None) -> Subject:
        """The claim's subject for an id. `name` (as printed) is used where the book has none."""
        known = self.get(instrument)
        kind = type_of(instrument)
        if known is not None:
            return Subject(id=instrument, type=kind, name=known.name, symbol=known.symbol, mic=known.mic)
        mic, symbol = _listing_parts(instrument, kind)
        if name is None and symbol is not None:
            name = self._reference_name(symbol, mic, on)
        return Subject(id=instrument, type=kind, name=name or symbol or instrument, symbol=symbol, mic=mic)

    def _reference_name(self, symbol: str, mic: str | None, on: date | None) -> str | None:
        for reference in self._references:
            for record in reference.find(symbol, on=on):
                if mic is None or record.mic == mic:
                    return plain_name(record.name)
        return None

    def unit_of(self, instrument: str) -> str | None:
        """What a level of it is quoted in: "points", "percent", or an ISO 4217 code; None where that is not known."""
        known = self.get(instrument)
        if known is not None and known.unit is not None:
            return known.unit
        kind, _, rest = instrument.partition(":")
        if kind in ("yield", "rate"):
            return "percent"
        if kind == "index":
            return "points"
        if kind == "currency" and _PAIR.fullmatch(rest):
            return rest[3:]
        if kind in ("equity", "etf"):
            return venue_currency().get(rest.partition(":")[0])
        return "USD" if kind == "crypto" else None

    def has_no_price(self, identifier: str) -> bool:
        """Whether it is an authority or a body of the book's, which has no shares; of others nobody knows."""
        return identifier.startswith("organization:") and self.get(identifier) is not None

    def policy_rate(self, organization: str) -> str | None:
        """The rate a central bank sets."""
        known = self.get(organization)
        return known.policy_rate if known else None

    def is_inverse(self, mention: InstrumentMention, instrument: str) -> bool:
        """Whether the mention names the currency that the pair counts in: "the yen strengthened" is USDJPY down.

        A currency mention carries its ISO code in `symbol`. The dollar against the dollar index is not inverse.
        """
        kind, _, pair = instrument.partition(":")
        return kind == "currency" and len(pair) == 6 and mention.symbol == pair[3:]

    def same_company(self, instrument: str) -> tuple[str, ...]:
        """Every id the company had: its earlier and later listings."""
        return self._data.moved.get(instrument, (instrument,))


def pair_id(one: str, other: str) -> str:
    """The id of a pair, in the market's own order: ("JPY", "USD") is "currency:USDJPY"."""
    order: list[str] = list(table("currencies")["order"])
    places = {code: place for place, code in enumerate(order)}
    first, second = sorted((one, other), key=lambda code: places.get(code, len(order)))
    return f"currency:{first}{second}"


def _squeezed(name: str) -> str:
    return name.translate(_SQUEEZE).casefold()


def _listing_parts(instrument: str, kind: SubjectType) -> tuple[str | None, str | None]:
    if kind in (SubjectType.EQUITY, SubjectType.ETF):
        _, mic, symbol = instrument.split(":", 2)
        return mic, symbol
    if kind in (SubjectType.ORGANIZATION, SubjectType.POLICY):
        return None, None
    return None, instrument.partition(":")[2]


def _tree(aliases: Sequence[Alias]) -> dict[str, tuple[tuple[tuple[str, ...], tuple[Alias, ...]], ...]]:
    grouped: dict[str, dict[tuple[str, ...], list[Alias]]] = {}
    for alias in aliases:
        tokens = tuple("'" if word == "’" else word.casefold() for word in alias.words)
        grouped.setdefault(tokens[0], {}).setdefault(tokens, []).append(alias)
    return {
        first: tuple(
            sorted(((tokens, tuple(found)) for tokens, found in group.items()), key=lambda item: -len(item[0]))
        )
        for first, group in grouped.items()
    }


@cache
def _shipped_book() -> InstrumentBook:
    return InstrumentBook(shipped())
