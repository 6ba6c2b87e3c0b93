"""Reference folders: listing files that widen what the package ships, described by a `reference.toml`.

Formats: "intervals" (CSV, a row per symbol, exchange, name and the days it was seen), "sec" (the SEC's
company_tickers_exchange.json), "nasdaqlisted" and "otherlisted" (the exchanges' symbol directories).
Symbols are text wherever they stand: NA, TRUE, NULL, NaN and 1E5 are tickers, never missing values or numbers.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from extractor.domain.errors import ReferenceDataError
from extractor.domain.market import ListingRecord
from extractor.rules.instruments.load import shipped, venues
from extractor.rules.instruments.names import name_key

# Exchange codes of otherlisted.txt.
_ACT_EXCHANGES = {"A": "XASE", "N": "XNYS", "P": "ARCX", "Z": "BATS", "V": "IEXG", "M": "XCHI"}
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
    manifest = folder / "reference.toml"
    if not manifest.is_file():
        raise ReferenceDataError(f"{manifest}: not found; a reference folder is described by a reference.toml")
    try:
        described = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReferenceDataError(f"{manifest}: {error}") from error
    records: list[ListingRecord] = []
    for number, entry in enumerate(described.get("listings", ()), start=1):
        records += _file(manifest, number, entry)
    return ReferenceListings(records, name=str(folder))


def _file(manifest: Path, number: int, entry: Mapping[str, Any]) -> list[ListingRecord]:
    where = f"{manifest}: listings entry {number}"
    for field in ("path", "format"):
        if not isinstance(entry.get(field), str):
            raise ReferenceDataError(f"{where}: `{field}` is missing")
    reader = _FORMATS.get(entry["format"])
    if reader is None:
        raise ReferenceDataError(f"{where}: format {entry['format']!r} is not one of {', '.join(sorted(_FORMATS))}")
    path = manifest.parent / entry["path"]
    try:
        return list(reader(path, entry))
    except OSError as error:
        raise ReferenceDataError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error


def _venues() -> dict[str, str]:
    return {name.casefold(): venue.mic for venue in venues() for name in venue.names}


def _mic(names: Mapping[str, str], printed: str, where: str) -> str:
    mic = names.get(printed.strip().casefold())
    if mic is None:
        raise ReferenceDataError(f"{where}: exchange {printed!r} is not known")
    return mic


def _day(printed: str, where: str) -> date:
    try:
        return date.fromisoformat(printed.strip())
    except ValueError as error:
        raise ReferenceDataError(f"{where}: {printed!r} is not a date (year-month-day)") from error


def _intervals(path: Path, entry: Mapping[str, Any]) -> list[ListingRecord]:
    columns = {"exchange": "exchange", "symbol": "symbol", "name": "name", "first": "first_seen", "last": "last_seen"}
    columns |= entry.get("columns", {})
    source = str(entry.get("source", path.name))
    names = _venues()
    days: dict[str, date] = {}
    records: list[ListingRecord] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        missing = [column for column in columns.values() if column not in header]
        if missing:
            raise ReferenceDataError(f"{path}: row 1: column {missing[0]!r} is missing")
        at = {key: header.index(column) for key, column in columns.items()}
        for number, row in enumerate(rows, start=2):
            if not row:
                continue
            where = f"{path}: row {number}"
            if len(row) < len(header):
                raise ReferenceDataError(f"{where}: {len(row)} columns, expected {len(header)}")
            first, last = (
                days.get(row[at[key]]) or days.setdefault(row[at[key]], _day(row[at[key]], where))
                for key in ("first", "last")
            )
            if last < first:
                raise ReferenceDataError(f"{where}: last seen {last} is before first seen {first}")
            records.append(
                ListingRecord(
                    mic=_mic(names, row[at["exchange"]], where),
                    symbol=_symbol(row[at["symbol"]], where),
                    name=row[at["name"]],
                    first_on=first,
                    last_on=last,
                    source=source,
                )
            )
    newest = max((record.last_on for record in records if record.last_on), default=None)
    return [replace(record, last_on=_until(record.last_on, newest)) for record in records]


def _until(last: date | None, newest: date | None) -> date | None:
    """What was still there on the file's newest day may be there after it; a Friday lasts to the Sunday."""
    if last is None or last == newest:
        return None
    return last + timedelta(days=2) if last.weekday() == 4 else last


def _symbol(printed: object, where: str) -> str:
    if not isinstance(printed, str) or not printed.strip():
        raise ReferenceDataError(f"{where}: symbol {printed!r} is not text")
    # The SEC and the screeners print a share class with a hyphen or a slash, news with a full stop.
    return printed.strip().replace("/", ".").replace("-", ".")


def _sec(path: Path, entry: Mapping[str, Any]) -> Iterator[ListingRecord]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        fields, rows = content["fields"], content["data"]
        at = {field: fields.index(field) for field in ("name", "ticker", "exchange")}
    except json.JSONDecodeError as error:
        raise ReferenceDataError(f"{path}: line {error.lineno}: not JSON ({error.msg})") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ReferenceDataError(f"{path}: not the SEC's list: `fields` and `data` are expected ({error})") from error
    source = str(entry.get("source", path.name))
    names = _venues()
    for number, row in enumerate(rows, start=1):
        where = f"{path}: data row {number}"
        if not isinstance(row, list) or len(row) < len(fields):
            raise ReferenceDataError(f"{where}: not a list of {len(fields)} values")
        exchange = row[at["exchange"]]
        if exchange is None or exchange == "":
            continue  # the SEC lists registrants without an exchange too
        yield ListingRecord(
            mic=_mic(names, str(exchange), where), symbol=_symbol(row[at["ticker"]], where), name=str(row[at["name"]]),
            first_on=None, last_on=None, source=source,
        )  # fmt: skip


def _directory(path: Path, entry: Mapping[str, Any], *, symbol: str, market: str | None) -> Iterator[ListingRecord]:
    """The exchanges' symbol directories: columns between bars, a last line with the time of creation."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split("|") if lines else []
    needed = (symbol, "Security Name", "Test Issue", *(() if market else ("Exchange",)))
    missing = [column for column in needed if column not in header]
    if missing:
        raise ReferenceDataError(f"{path}: row 1: column {missing[0]!r} is missing")
    at = {column: header.index(column) for column in needed}
    source = str(entry.get("source", path.name))
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("File Creation Time"):
            continue
        row = line.split("|")
        where = f"{path}: row {number}"
        if len(row) < len(header):
            raise ReferenceDataError(f"{where}: {len(row)} columns, expected {len(header)}")
        if row[at["Test Issue"]] == "Y":
            continue
        mic = market or _ACT_EXCHANGES.get(row[at["Exchange"]])
        if mic is None:
            raise ReferenceDataError(f"{where}: exchange {row[at['Exchange']]!r} is not known")
        yield ListingRecord(
            mic=mic, symbol=_symbol(row[at[symbol]], where), name=row[at["Security Name"]],
            first_on=None, last_on=None, source=source,
        )  # fmt: skip


def _nasdaqlisted(path: Path, entry: Mapping[str, Any]) -> Iterator[ListingRecord]:
    return _directory(path, entry, symbol="Symbol", market="XNAS")


def _otherlisted(path: Path, entry: Mapping[str, Any]) -> Iterator[ListingRecord]:
    return _directory(path, entry, symbol="ACT Symbol", market=None)


_FORMATS: dict[str, Callable[[Path, Mapping[str, Any]], Iterator[ListingRecord] | list[ListingRecord]]] = {
    "intervals": _intervals,
    "sec": _sec,
    "nasdaqlisted": _nasdaqlisted,
    "otherlisted": _otherlisted,
}


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
    records = [
        ListingRecord(
            mic=instrument.mic,
            symbol=instrument.symbol,
            name=instrument.name,
            first_on=instrument.first_on,
            last_on=instrument.last_on,
            source=_SHIPPED,
        )
        for instrument in shipped().instruments.values()
        if instrument.mic and instrument.symbol
    ]
    return ReferenceListings(records, name="shipped")
