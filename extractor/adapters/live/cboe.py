"""The exchange's own history of its volatility index, one CSV file that always holds all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from extractor import __version__
from extractor.adapters.live import answers
from extractor.adapters.live.answers import Answer, Request, UnusableError
from extractor.adapters.live.provider import Reading, Wanted, table_of
from extractor.adapters.live.rows import RawRow, check
from extractor.rules.price_symbols import SourceRules

_HEADER = ("DATE", "OPEN", "HIGH", "LOW", "CLOSE")
_QUOTED = Decimal("0.01")  # the index is quoted to a cent; the file prints six decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Cboe:
    """Fulfils `Provider`."""

    rules: SourceRules

    def requests(self, wanted: Wanted) -> Sequence[Request]:
        name = wanted.symbol.name
        return [
            Request(
                source=self.rules.name,
                symbol=name,
                sort="history",
                address=f"{self.rules.address}/api/global/us_indices/daily_prices/{name}_History.csv",
                first_on=date.min,
                last_on=wanted.last_on,
                reach_on=wanted.today - timedelta(days=1),
                agent=f"tapecheck/{__version__}",
                taken=frozenset({200}),
            )
        ]

    def read(self, wanted: Wanted, request: Request, answer: Answer) -> Reading:
        body = answers.csv_of(answer, _HEADER)
        rows = [
            RawRow(
                number=line,
                session=_day(day),
                values={name.lower(): _price(cell) for name, cell in zip(_HEADER[1:], cells, strict=True)},
            )
            for line, (day, *cells) in enumerate(body, 2)
        ]
        kind = wanted.symbol.instrument.partition(":")[0]
        checked = check(rows, kind=kind, series=wanted.symbol.name, address=answer.address, days=wanted.days)
        return Reading(table=table_of(wanted, self.rules, answer, checked), rejections=checked.rejections)


def _day(text: str) -> date:
    """01/02/1990, the month first."""
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        raise UnusableError(f"{answers.said(text)!r} is no day") from None


def _price(cell: str) -> Decimal | None:
    """17.240000 is 17.24; a digit that is there stays."""
    value = answers.decimal(cell)
    if value is None or value.is_nan():
        return value
    short = value.quantize(_QUOTED)
    return short if short == value else value.normalize()
