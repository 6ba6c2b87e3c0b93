"""Rows of quotes tables: which symbol, which price, which change, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.domain.annotation import Quantity, QuoteRow
from extractor.domain.article import Zone, ZoneSpan
from extractor.domain.claim import Direction
from extractor.rules import quote_forms
from extractor.rules.quote_forms import RowForm, Slice

_LINE = re.compile(r"[^\r\n]++")
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_PENCE = "p"
_SIGNS = dict.fromkeys("+▲△⬆↑", Direction.UP) | dict.fromkeys("-−–▼▽⬇↓", Direction.DOWN)


def find(text: str, zones: Sequence[ZoneSpan]) -> tuple[QuoteRow, ...]:
    """Rows inside the quotes zones of a text, in order. A price without a change or a percent is no row.

    The change may stand on the line below its price, blank lines between them left out of account.
    """
    rows: list[QuoteRow] = []
    for span in zones:
        if span.zone is Zone.QUOTES:
            rows.extend(_signed(list(_in_span(text, span.start, span.end))))
    return tuple(rows)


def _in_span(text: str, start: int, end: int) -> Iterator[QuoteRow]:
    lines = [match for match in _LINE.finditer(text, start, end) if match.group().strip()]
    index = 0
    while index < len(lines):
        line = lines[index]
        form = quote_forms.one_line(line.group())
        if form is None and index + 1 < len(lines):
            below = lines[index + 1]
            form = quote_forms.two_lines(line.group(), below.group(), below.start() - line.start())
        if form is not None:
            yield _row(text, form, line.start())
        index += 2 if form is not None and form.two_lines else 1


def _signed(rows: list[QuoteRow]) -> list[QuoteRow]:
    """In a list that prints a minus before what fell, a percent without one rose."""
    bare = [row for row in rows if row.change is None and row.percent is not None]
    if not any(row.percent and row.percent.sign is Direction.DOWN for row in bare):
        return rows
    return [
        replace(row, percent=replace(row.percent, sign=Direction.UP))
        if row.change is None and row.percent is not None and row.percent.sign is None
        else row
        for row in rows
    ]


def _row(text: str, form: RowForm, offset: int) -> QuoteRow:
    def words(part: Slice | None) -> str | None:
        return text[offset + part[0] : offset + part[1]] if part else None

    change = _figure(text, form.change, offset)
    percent = _figure(text, form.percent, offset, unit="percent", sign=change.sign if change else None)
    first = min(part[0] for part in (form.symbol, form.name) if part)
    last = max(part[1] for part in (form.price, form.change, form.percent) if part)
    end = offset + last
    if text[end : end + 1] == ")":
        end += 1
    pence = form.currency == _PENCE
    price = _figure(text, form.price, offset, unit="GBP" if pence else _CURRENCIES.get(form.currency or ""))
    assert price is not None
    if pence:
        price = replace(price, value=price.value / 100, decimals=price.decimals + 2)
    return QuoteRow(
        start=offset + first,
        end=end,
        text=text[offset + first : end],
        symbol=words(form.symbol),
        symbol_start=offset + form.symbol[0] if form.symbol else None,
        name=words(form.name),
        name_start=offset + form.name[0] if form.name else None,
        price=price,
        change=change,
        percent=percent,
    )


def _figure(
    text: str, part: Slice | None, offset: int, *, unit: str | None = None, sign: Direction | None = None
) -> Quantity | None:
    """One figure as printed, its sign with it; `sign` is taken where none is printed."""
    if part is None:
        return None
    start, end = offset + part[0], offset + part[1]
    printed = text[start:end]
    digits = re.sub(r"[^\d.]", "", printed)
    return Quantity(
        start=start,
        end=end,
        text=printed,
        value=Decimal(digits),
        unit=unit,
        decimals=len(digits.partition(".")[2]),
        sign=_SIGNS.get(printed[:1], sign),
    )
