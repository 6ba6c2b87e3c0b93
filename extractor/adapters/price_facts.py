"""The small tables of a price folder: splits, releases of statistics with their dates, policy-rate decisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from extractor.adapters.price_tables import read_table, snapshot
from extractor.domain.market import Print, RateDecision, Rejection, Split

Row = Mapping[str, str]
Fact = TypeVar("Fact")

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?|-?Q(?P<quarter>[1-4]))?")


def read_facts(
    path: Path, columns: tuple[str, ...], parse: Callable[[Row], Fact], rejections: list[Rejection]
) -> list[Fact]:
    """A table's rows, each through `parse`; a row it raises ValueError over is left out and written down."""
    table = read_table(path, columns)
    rejections += [Rejection(file=str(path), row=row, series="", reason=reason) for row, reason in table.faults]
    facts: list[Fact] = []
    texts = {name: table.texts(name) for name in columns}
    for place, number in enumerate(table.rows):
        row = {name: texts[name][place].strip() for name in columns}
        try:
            facts.append(parse(row))
        except ValueError as error:
            rejections.append(Rejection(file=str(path), row=int(number), series=row[columns[0]], reason=str(error)))
    return facts


def split(row: Row) -> Split:
    ratio = _number(row, "ratio")
    if ratio <= 0:
        raise ValueError("ratio: must be above zero: new shares for one old")
    return Split(ex_on=_date(row, "ex_date"), instrument=_text(row, "instrument"), ratio=ratio)


def release(path: Path) -> Callable[[Row], Print]:
    """Parses a row of a vintages table."""
    origin = snapshot(path)

    def parse(row: Row) -> Print:
        return Print(
            indicator=_text(row, "indicator"),
            reference=first_day(row["reference"]),
            value=_number(row, "value"),
            unit=_text(row, "unit"),
            released_on=_date(row, "released_on"),
            source=_text(row, "source"),
            snapshot=origin,
        )

    return parse


def decision(path: Path) -> Callable[[Row], RateDecision]:
    """Parses a row of a decisions table."""
    origin = snapshot(path)

    def parse(row: Row) -> RateDecision:
        low, high = _number(row, "low"), _number(row, "high")
        if high < low:
            raise ValueError("high: below low")
        return RateDecision(
            rate=_text(row, "rate"),
            decided_on=_date(row, "decided_on"),
            effective_on=_date(row, "effective_on"),
            low=low,
            high=high,
            source=_text(row, "source"),
            snapshot=origin,
        )

    return parse


def first_day(period: str) -> date:
    """The first day of "2025-11", "2025-11-15", "2025-Q3" or "2025"."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"reference: {period[:40]!r} is not a period: write 2025-11, 2025-11-15, 2025-Q3 or 2025")
    month = int(match["quarter"]) * 3 - 2 if match["quarter"] else int(match["month"] or 1)
    try:
        return date(int(match["year"]), month, int(match["day"] or 1))
    except ValueError:
        raise ValueError(f"reference: {period!r} is not a period") from None


def by_key(facts: list[Fact], key: Callable[[Fact], str]) -> dict[str, list[Fact]]:
    """Facts under their key, in the order given."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(key(fact), []).append(fact)
    return found


def _text(row: Row, name: str) -> str:
    if not row[name]:
        raise ValueError(f"{name}: is empty")
    return row[name]


def _date(row: Row, name: str) -> date:
    try:
        return date.fromisoformat(row[name])
    except ValueError:
        raise ValueError(f"{name}: {row[name][:40]!r} is not a date: write 2025-12-04") from None


def _number(row: Row, name: str) -> Decimal:
    try:
        value = Decimal(row[name])
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueError(f"{name}: {row[name][:40]!r} is not a number")
    return value
