"""Rows of quotes tables: where each part stands, and what is no row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.annotate.quote_rows import find
from extractor.domain.annotation import QuoteRow
from extractor.domain.article import Zone, ZoneSpan
from extractor.domain.claim import Direction


def rows_of(text: str, zone: Zone = Zone.QUOTES) -> tuple[QuoteRow, ...]:
    return find(text, (ZoneSpan(start=0, end=len(text), zone=zone),))


UP, DOWN = Direction.UP, Direction.DOWN


@pytest.mark.parametrize(
    ("text", "symbol", "name", "price", "change", "percent", "direction"),
    [
        ("MSFT  101.25\n+1.05 (1.05%)", "MSFT", None, "101.25", "+1.05", "1.05%", UP),
        ("MSFT  101.25\n-1.05 (-1.03%)", "MSFT", None, "101.25", "-1.05", "-1.03%", DOWN),
        ("MSFT\u00a0 101.25\r\n+1.05 (1.05%)", "MSFT", None, "101.25", "+1.05", "1.05%", UP),
        ("BAC 30.10 -0.30 -0.99%", "BAC", None, "30.10", "-0.30", "-0.99%", DOWN),
        ("BRK.B 410.50 +2.00 +0.49%", "BRK.B", None, "410.50", "+2.00", "+0.49%", UP),
        ("BAC\t30.10\t−0.30\t−0.99%", "BAC", None, "30.10", "−0.30", "−0.99%", DOWN),
        ("| BAC | 30.10 | -0.30 | -0.99% |", "BAC", None, "30.10", "-0.30", "-0.99%", DOWN),
        ("HBT\tHARBOR TOOL CO.\t41.20\t-2.10\t-4.85%", "HBT", "HARBOR TOOL CO.", "41.20", "-2.10", "-4.85%", DOWN),
        ("Dow 24,000.10 -11.15 -0.05%", None, "Dow", "24,000.10", "-11.15", "-0.05%", DOWN),
        ("S&P 500\t4,500.90\t+10.20\t(+0.22%)", None, "S&P 500", "4,500.90", "+10.20", "+0.22%", UP),
        ("Russell 2000 2,500.61 +30.1 +1.2%", None, "Russell 2000", "2,500.61", "+30.1", "+1.2%", UP),
        ("DJIA 15,900.02 +14.32 0.09%", "DJIA", None, "15,900.02", "+14.32", "0.09%", UP),
        ("WTI crude $68.00 +1.40 +2.1%", None, "WTI crude", "68.00", "+1.40", "+2.1%", UP),
        ("Gold 1,234.50 -0.6%", None, "Gold", "1,234.50", None, "-0.6%", DOWN),
        ("Harbour Tool (HBT) 412.50p -2.31%", "HBT", "Harbour Tool", "412.50p", None, "-2.31%", DOWN),
        ("Fenwick (Jas) Stores (FJS.) 1,020.00p +0.4%", "FJS.", "Fenwick (Jas) Stores", "1,020.00p", None, "+0.4%", UP),
        ("^GSPC 4,500.90 ▲ 10.20 +0.22%", "^GSPC", None, "4,500.90", "▲ 10.20", "+0.22%", UP),
    ],
)
def test_forms(
    text: str,
    symbol: str | None,
    name: str | None,
    price: str,
    change: str | None,
    percent: str | None,
    direction: Direction,
) -> None:
    (row,) = rows_of(text)
    assert (row.symbol, row.name) == (symbol, name)
    assert row.price.text == price
    assert (row.change.text if row.change else None) == change
    assert (row.percent.text if row.percent else None) == percent
    assert {part.sign for part in (row.change, row.percent) if part} == {direction}
    for part in (row.price, row.change, row.percent):
        assert part is None or text[part.start : part.end] == part.text
    assert text[row.start : row.end] == row.text
    if row.symbol_start is not None:
        assert text[row.symbol_start :].startswith(symbol or "")
    if row.name_start is not None:
        assert text[row.name_start :].startswith(name or "")


@pytest.mark.parametrize(
    "text",
    [
        "The S&P 500 rose 20.05 points, or 0.6%, to 3,500.59.",
        "Capital Bank (NYSE:CAB) 9.62%",
        "On Monday:",
        "S&P 500   4,500.90",
        "20294.60 -\n-4.78\n-\n-0.02",
        "Revenue 1,250 +50 +4.2%",
        "Q3 2025 12.5 +3.4%",
        "rose 12.50 +0.10 +0.81%",
    ],
)
def test_what_is_no_row(text: str) -> None:
    assert rows_of(text) == ()


def test_rows_stand_only_in_quotes_zones() -> None:
    assert rows_of("BAC 30.10 -0.30 -0.99%", Zone.BODY) == ()


def test_values_are_unsigned_and_keep_their_decimals() -> None:
    (row,) = rows_of("Dow 24,000.10 -11.5 -0.05%")
    assert (row.price.value, row.price.decimals) == (Decimal("24000.10"), 2)
    assert row.change is not None
    assert (row.change.value, row.change.decimals) == (Decimal("11.5"), 1)
    assert row.percent is not None
    assert (row.percent.value, row.percent.unit) == (Decimal("0.05"), "percent")


def test_a_list_with_a_minus_before_what_fell_needs_no_plus() -> None:
    signs = [
        row.percent.sign for row in rows_of("Harbour (HBR) 412.50p 2.31%\nQuay (QAY) 90.00p -0.5%\n") if row.percent
    ]
    assert signs == [UP, DOWN]
    (alone,) = rows_of("Harbour (HBR) 412.50p 2.31%\n")
    assert alone.percent is not None
    assert alone.percent.sign is None


def test_pence_are_hundredths_of_a_pound() -> None:
    (row,) = rows_of("Harbour (HBR) 412.50p 2.31%\n")
    assert (row.price.value, row.price.unit, row.price.decimals) == (Decimal("4.125"), "GBP", 4)


def test_several_rows_with_blank_lines_between() -> None:
    text = "AAA  10.00\n+1.00 (11.11%)\n\nBBB  20.00\n\n-1.00 (-4.76%)\n"
    assert [row.symbol for row in rows_of(text)] == ["AAA", "BBB"]


@pytest.mark.parametrize("text", ["9" * 20_000, "(" * 20_000, "A " * 500_000, "AAA 1.00 " * 20_000, "+" * 20_000 + "%"])
def test_hostile_lines_are_passed_over(text: str) -> None:
    assert rows_of(text) == ()
