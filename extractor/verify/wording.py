"""Figures and days as an explanation prints them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

_HUNDREDTH = Decimal("0.01")


def number(value: Decimal) -> str:
    """With thousands separators, no exponent, trailing zeros as they come."""
    return f"{value:,f}"


def amount(value: Decimal, unit: str | None) -> str:
    """A level in its unit: "$180.22", "3.55 %", "2,590.61"."""
    match unit:
        case "USD":
            return f"${number(value)}"
        case "percent":
            return f"{number(value)} %"
        case None | "points" | "count":
            return number(value)
        case _:
            return f"{number(value)} {unit.replace('_', ' ')}"


def rounded(value: Decimal, digits: Decimal = _HUNDREDTH) -> Decimal:
    return value.quantize(digits, rounding=ROUND_HALF_EVEN)


def change(value: Decimal, unit: str | None) -> str:
    """A signed change: "-10.83 %", "+32.50 points", "-7 basis points"."""
    shown = rounded(value)
    sign = "+" if shown > 0 else "-" if shown < 0 else ""
    size = number(abs(shown))
    match unit:
        case "percent":
            return f"{sign}{size} %"
        case "USD":
            return f"{sign}${size}"
        case None:
            return f"{sign}{size}"
        case _:
            return f"{sign}{size} {unit.replace('_', ' ')}"


def day(on: date) -> str:
    return on.isoformat()


def up_or_down(value: Decimal) -> str:
    return "higher" if value > 0 else "lower" if value < 0 else "unchanged"
