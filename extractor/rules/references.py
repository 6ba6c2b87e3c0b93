"""Reference folders: listing files that widen what the package ships, described by a `reference.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from extractor.domain.errors import ReferenceDataError
from extractor.domain.market import ListingRecord
from extractor.rules.instruments.load import shipped, venues
from extractor.rules.instruments.names import name_key
from extractor.rules.listing_files import ListingFile, parse
from extractor.rules.reference_manifest import ListingEntry, read_manifest

_SHIPPED = "tapecheck instrument list, compared with the SEC's company list of 2026-08-22"


class ReferenceListings:
    """Listing records by symbol and by name. Fulfils the `Listings` port."""

    def __init__(self, records: Sequence[ListingRecord], *, name: str = "references") -> None:
        self.name = name
        self._by_symbol: dict[str, list[ListingRecord]] = {}
        for record in records:
            self._by_symbol.setdefault(record.symbol, []).append(record)
        self._by_name: dict[str, list[ListingRecord]] | None = None

    def __len__(self) -> int:
        return sum(len(records) for records in self._by_symbol.values())

    def find(self, symbol: str, *, on: date | None) -> Sequence[ListingRecord]:
        """Records of a symbol that cover the day (None: any day), any exchange; dated records before undated ones."""
        return _covering(self._by_symbol.get(symbol, ()), on)

    def by_name(self, name: str, *, on: date | None) -> Sequence[ListingRecord]:
        """Records of a company, whatever its legal form is printed as."""
        if self._by_name is None:
            self._by_name = {}
            for records in self._by_symbol.values():
                for record in records:
                    self._by_name.setdefault(name_key(record.name), []).append(record)
        return _covering(self._by_name.get(name_key(name), ()), on)


def _covering(records: Sequence[ListingRecord], on: date | None) -> list[ListingRecord]:
    """Those that cover a day. A record without days (a list as of one day) counts after those that say when."""
    if on is None:
        return list(records)
    kept = [r for r in records if (r.first_on is None or r.first_on <= on) and (r.last_on is None or on <= r.last_on)]
    return sorted(kept, key=lambda record: record.first_on is None)


def read(folder: Path) -> ReferenceListings:
    """Every listing file a folder's `reference.toml` describes. Raises ReferenceDataError naming file and row."""
    records = [record for entry in read_manifest(folder) for record in read_listing(folder, entry).records]
    return ReferenceListings(_sharpened(records), name=str(folder))


def read_listing(folder: Path, entry: ListingEntry) -> ListingFile:
    """One file of a folder."""
    path = folder / entry.path
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReferenceDataError(f"{path}: {error.strerror or error}") from error
    return parse(content, entry.format, where=str(path), source=entry.source, columns=entry.columns)


def _sharpened(records: Sequence[ListingRecord]) -> list[ListingRecord]:
    """Records in their order, undated ones with what an exchange's own directory beside them says of the symbol.

    The SEC prints the New York Stock Exchange for the markets of its group too, and does not say what is a fund.
    """
    told = {record.symbol: record for record in records if record.fund is not None}
    group = {venue.mic: venue.sec_as for venue in venues() if venue.sec_as}

    def sharpened(record: ListingRecord) -> ListingRecord:
        better = told.get(record.symbol)
        if better is None or record.fund is not None or record.first_on is not None:
            return record
        if better.mic == record.mic and not better.fund:
            return record
        if record.mic in (better.mic, group.get(better.mic)):
            return replace(record, mic=better.mic, fund=better.fund)
        return record

    return [sharpened(record) for record in records]


class JoinedListings:
    """Reference folders in the order given, then what ships. Fulfils the `Listings` port."""

    def __init__(self, references: Sequence[ReferenceListings] = ()) -> None:
        self._sources = (*references, shipped_listings())

    def find(self, symbol: str, *, on: date | None) -> Sequence[ListingRecord]:
        found = [record for source in self._sources for record in source.find(symbol, on=on)]
        return sorted(found, key=lambda record: record.first_on is None)

    def by_name(self, name: str, *, on: date | None) -> Sequence[ListingRecord]:
        return [record for source in self._sources for record in source.by_name(name, on=on)]


def shipped_listings() -> ReferenceListings:
    """The shares and funds that ship, as listing records."""
    data = shipped()
    funds = [each for each in data.instruments.values() if each.mic and each.symbol]
    records = [_record(str(fund.mic), str(fund.symbol), fund.name, fund.first_on, fund.last_on) for fund in funds]
    for company in data.companies:
        for market in company.markets:
            for listing in market:
                # Only a row that tells of a move says where the symbol was not: the first day alone proves nothing.
                first = listing.first if len(market) > 1 else None
                records.append(_record(listing.mic, listing.symbol, company.name, first, listing.last))
    return ReferenceListings(records, name="shipped")


def _record(mic: str, symbol: str, name: str, first: date | None, last: date | None) -> ListingRecord:
    return ListingRecord(mic=mic, symbol=symbol, name=name, first_on=first, last_on=last, source=_SHIPPED)
