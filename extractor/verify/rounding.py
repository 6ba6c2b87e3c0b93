"""What a printed figure means: the unit of its last digit, and half of it on either side (rule 1)."""

from __future__ import annotations

from decimal import Decimal

from extractor.domain.claim import Claim
from extractor.domain.market import Bar
from extractor.rules.tolerances import tolerances
from extractor.verify.intervals import Interval

_ONE = Decimal(1)


def printed_unit(
    value: Decimal, *, decimals: int | None = None, scale: Decimal = _ONE, unit: str | None = None
) -> Decimal:
    """The unit of the last digit that is meant, scale words applied.

    value: as it stands in a claim, scale applied. decimals: as printed, before scaling; None reads them off `value`.

    >>> printed_unit(Decimal("2500"), decimals=0)
    Decimal('1E+2')
    >>> printed_unit(Decimal("4500000000000"), decimals=1, scale=Decimal(10) ** 12)
    Decimal('1E+11')
    """
    rules = tolerances().rounding
    if decimals is None:
        decimals = decimals_of(value) if scale == 1 else 0
    if decimals > 0:
        return scale * _ONE.scaleb(-decimals)
    printed = abs(value / scale)
    if unit == "multiple" and printed < rules.small_multiples_below:
        return rules.small_multiple_unit
    if unit in rules.exact_units or printed < rules.integers_from:
        return scale
    digits = str(int(printed))
    zeros = len(digits) - len(digits.rstrip("0"))
    return scale * _ONE.scaleb(min(zeros, len(digits) - rules.significant_digits))


def claim_unit(claim: Claim) -> Decimal:
    """`printed_unit` of a claim's value, which must be there."""
    if claim.value is None:
        raise ValueError(f"claim {claim.id} has no value")
    return printed_unit(claim.value, decimals=claim.decimals, scale=claim.scale, unit=claim.unit)


def decimals_of(value: Decimal) -> int:
    """Decimals a number is written with; 0 for whole ones."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def source_half_unit(bar: Bar, name: str = "close") -> Decimal:
    """Half a unit of the last digit the source prints, trailing zeros that were dropped on the way counted."""
    if bar.series.decimals is not None:
        return bar.half_unit(name)
    rules = tolerances().source_decimals
    least = rules.get(bar.series.id.split(":", 1)[0], rules["default"])
    return min(bar.half_unit(name), Decimal(5).scaleb(-least - 1) * bar.scale)


def quoted(bar: Bar, name: str = "close") -> Interval:
    """What a figure of this row may have been before the source rounded it."""
    value = bar.value(name)
    if value is None:
        raise ValueError(f"{bar.series.id} has no {name} on {bar.session}")
    return Interval.around(value, source_half_unit(bar, name))
