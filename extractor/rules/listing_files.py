"""Listing files in the formats their makers publish, read into listing records.

Formats: "intervals" (CSV, a row per symbol, exchange, name and the days it was seen), "sec" (the SEC's
company_tickers_exchange.json), "nasdaqlisted" and "otherlisted" (Nasdaq Trader's symbol directories).
Symbols are text wherever they stand: NA, TRUE, NULL, NaN and 1E5 are tickers, never missing values or numbers.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from extractor.domain.errors import ReferenceDataError
from extractor.domain.market import ListingRecord
from extractor.rules.instruments.load import venues

_COLUMNS = {"exchange": "exchange", "symbol": "symbol", "name": "name", "first": "first_seen", "last": "last_seen"}
# The last line of a symbol directory, "File Creation Time: 1124202621:31|||||||": month, day, year, time in New York.
_TRAILER = re.compile(r"File Creation Time: ?(\d\d)(\d\d)(\d{4})\d\d:\d\d\|*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFile:
    """What one file lists. made_on: the day the file itself says it was made, None where it does not say."""

    records: tuple[ListingRecord, ...]
    made_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A file's text. where: what errors call the file; source: what records name as their source."""

    text: str
    where: str
    source: str
    columns: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, what: str, row: str = "") -> ReferenceDataError:
        return ReferenceDataError(f"{self.where}: {row}: {what}" if row else f"{self.where}: {what}")


def parse(
    content: bytes, form: str, *, where: str, source: str, columns: Mapping[str, str] | None = None
) -> ListingFile:
    """A file's records, in the file's order. form: one of FORMATS. columns: "intervals" alone, its names of columns.

    Raises ReferenceDataError, one line that begins with `where` and names the row.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"{where}: not UTF-8 text ({error.reason} at byte {error.start})") from error
    read = _Text(text=text, where=where, source=source, columns=columns or {})
    beginning = text[:1000].lstrip()
    if not beginning and not text.strip():
        raise read.wrong("the file is empty")
    if beginning.startswith("<"):
        raise read.wrong("a web page, not a listing file")
    return FORMATS[form](read)


def _mics() -> dict[str, str]:
    return {name.casefold(): venue.mic for venue in venues() for name in venue.names}


def _mic(names: Mapping[str, str], printed: str, file: _Text, row: str) -> str:
    mic = names.get(printed.strip().casefold())
    if mic is None:
        raise file.wrong(f"exchange {printed!r} is not known", row)
    return mic


def _symbol(printed: object, file: _Text, row: str) -> str:
    if not isinstance(printed, str) or not printed.strip():
        raise file.wrong(f"symbol {printed!r} is not text", row)
    # The SEC and the screeners print a share class with a hyphen or a slash, news with a full stop.
    return printed.strip().replace("/", ".").replace("-", ".")


def _intervals(file: _Text) -> ListingFile:
    try:
        rows = list(_interval_rows(file))
    except csv.Error as error:
        raise file.wrong(f"not a CSV file ({error})") from error
    newest = max((last for *_, last in rows), default=None)
    until = {last: _until(last, newest) for last in {last for *_, last in rows}}
    return ListingFile(
        records=tuple(
            ListingRecord(
                mic=mic, symbol=symbol, name=name, first_on=first, last_on=until[last], source=file.source
            )
            for mic, symbol, name, first, last in rows
        )
    )  # fmt: skip


def _interval_rows(file: _Text) -> Iterator[tuple[str, str, str, date, date]]:
    """(MIC, symbol, name, first day, last day) of each row."""
    columns = _COLUMNS | dict(file.columns)
    rows = csv.reader(io.StringIO(file.text, newline=""))
    header = next(rows, [])
    missing = [column for column in columns.values() if column not in header]
    if missing:
        raise file.wrong(f"column {missing[0]!r} is missing", "row 1")
    exchange, symbol, name, first, last = (header.index(columns[key]) for key in _COLUMNS)
    mics, days = _mics(), dict[str, date]()
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        where = f"row {number}"
        if len(row) < len(header):
            raise file.wrong(f"{len(row)} columns, expected {len(header)}", where)
        for printed in (row[first], row[last]):
            if printed not in days:
                days[printed] = _day(printed, file, where)
        start, end = days[row[first]], days[row[last]]
        if end < start:
            raise file.wrong(f"last seen {end} is before first seen {start}", where)
        yield _mic(mics, row[exchange], file, where), _symbol(row[symbol], file, where), row[name], start, end


def _day(printed: str, file: _Text, row: str) -> date:
    try:
        return date.fromisoformat(printed.strip())
    except ValueError as error:
        raise file.wrong(f"{printed!r} is not a date (year-month-day)", row) from error


def _until(last: date, newest: date | None) -> date | None:
    """What was still there on the file's newest day may be there after it; a Friday lasts to the Sunday."""
    if last == newest:
        return None
    return last + timedelta(days=2) if last.weekday() == 4 else last


def _sec(file: _Text) -> ListingFile:
    try:
        content = json.loads(file.text)
        fields, rows = content["fields"], content["data"]
        name, ticker, exchange = (fields.index(field) for field in ("name", "ticker", "exchange"))
    except json.JSONDecodeError as error:
        raise file.wrong(f"not JSON ({error.msg})", f"line {error.lineno}") from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise file.wrong(f"not the SEC's list: `fields` and `data` are expected ({error})") from error
    if not isinstance(rows, list):
        raise file.wrong("not the SEC's list: `data` is no list of rows")
    mics = _mics()
    records: list[ListingRecord] = []
    for number, row in enumerate(rows, start=1):
        where = f"data row {number}"
        if not isinstance(row, list) or len(row) < len(fields):
            raise file.wrong(f"not a list of {len(fields)} values", where)
        if row[exchange] is None or row[exchange] == "":
            continue  # the SEC lists registrants without an exchange too
        symbol = _symbol(row[ticker], file, where)
        records.append(
            ListingRecord(
                mic=_mic(mics, str(row[exchange]), file, where), symbol=symbol, name=str(row[name] or symbol),
                first_on=None, last_on=None, source=file.source,
            )
        )  # fmt: skip
    return ListingFile(records=tuple(records))


def _directory(file: _Text, *, symbol: str, market: str | None) -> ListingFile:
    """A symbol directory: columns between bars, a last line with the time of creation.

    symbol: the column of the symbols. market: the MIC of every row, None where a column has the exchange's letter.
    """
    lines = file.text.replace("\r\n", "\n").rstrip("\n").split("\n")
    header = lines[0].split("|")
    needed = (symbol, "Security Name", "Test Issue", *(() if market else ("Exchange",)))
    missing = [column for column in needed if column not in header]
    if missing:
        raise file.wrong(f"column {missing[0]!r} is missing", "row 1")
    made_on = _made_on(file, lines)
    at, name, test = (header.index(column) for column in needed[:3])
    exchange = None if market else header.index("Exchange")
    fund = header.index("ETF") if "ETF" in header else None
    letters = {letter: venue.mic for venue in venues() for letter in venue.act}
    records: list[ListingRecord] = []
    for number, line in enumerate(lines[1:-1], start=2):
        row = line.split("|")
        where = f"row {number}"
        if len(row) < len(header):
            raise file.wrong(f"{len(row)} columns, expected {len(header)}", where)
        if row[test] == "Y":
            continue
        mic = market if exchange is None else letters.get(row[exchange])
        if mic is None:
            raise file.wrong(f"exchange {row[exchange or 0]!r} is not known", where)
        records.append(
            ListingRecord(
                mic=mic, symbol=_symbol(row[at], file, where), name=row[name], first_on=None, last_on=None,
                source=file.source, fund={"Y": True, "N": False}.get(row[fund]) if fund is not None else None,
            )
        )  # fmt: skip
    return ListingFile(records=tuple(records), made_on=made_on)


def _made_on(file: _Text, lines: list[str]) -> date:
    """The day in the last line. A directory without that line was cut short."""
    trailer = _TRAILER.fullmatch(lines[-1])
    if trailer is None:
        raise file.wrong("the last line is no `File Creation Time`: the file is cut short", f"row {len(lines)}")
    month, day, year = map(int, trailer.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise file.wrong(f"{lines[-1].rstrip('|')!r} has no date", f"row {len(lines)}") from error


def _nasdaqlisted(file: _Text) -> ListingFile:
    return _directory(file, symbol="Symbol", market="XNAS")


def _otherlisted(file: _Text) -> ListingFile:
    return _directory(file, symbol="ACT Symbol", market=None)


FORMATS: Mapping[str, Callable[[_Text], ListingFile]] = {
    "intervals": _intervals,
    "sec": _sec,
    "nasdaqlisted": _nasdaqlisted,
    "otherlisted": _otherlisted,
}
