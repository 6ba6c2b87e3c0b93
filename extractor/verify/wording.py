"""Figures and days as an explanation prints them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

_HUNDREDTH = Decimal("0.01")


_PRICE_DECIMALS = (2, 6)


def number(value: Decimal) -> str:
    """With thousands separators and no exponent, as it comes."""
    return f"{value:,f}"


def price(value: Decimal) -> str:
    """A quoted price: at least two decimals, and none that only a division made."""
    least, most = _PRICE_DECIMALS
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else least
    return f"{value:,.{min(max(decimals, least), most) if decimals <= most else least}f}"


def amount(value: Decimal, unit: str | None) -> str:
    """A level in its unit: "$180.22", "3.55 %", "2,590.61"."""
    match unit:
        case "USD":
            return f"${price(value)}"
        case "percent":
            return f"{price(value)} %"
        case None | "points":
            return price(value)
        case _:
            return f"{number(value)} {unit.replace('_', ' ')}"


def rounded(value: Decimal, digits: Decimal = _HUNDREDTH) -> Decimal:
    return value.quantize(digits, rounding=ROUND_HALF_EVEN)


def change(value: Decimal, unit: str | None) -> str:
    """A signed change: "-10.83 %", "+32.50 points", "-7 basis points"."""
    shown = rounded(value)
    sign = "+" if shown > 0 else "-" if shown < 0 else ""
    size = number(abs(shown))
    if unit == "basis_points" and shown == shown.to_integral_value():
        size = number(abs(shown).quantize(Decimal(1)))
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
