"""What a move's unit measures, and the change between two rows in it (rules 5 and 9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from extractor.claims.units import currency_problem, is_currency
from extractor.domain.claim import Claim, SubjectType
from extractor.domain.market import Adjustment
from extractor.verify import formula
from extractor.verify.basis import Price
from extractor.verify.comparing import Measure
from extractor.verify.intervals import HUNDRED, Interval, percent_change
from extractor.verify.ruling import Ruling, not_checkable

_RATES = (SubjectType.YIELD, SubjectType.RATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change as measured: `interval` allows for the rounding of both rows. Signed, in the claim's unit."""

    point: Decimal
    interval: Interval
    formula: str
    before: Price
    after: Price

    @property
    def certain(self) -> bool:
        adjusted = Adjustment.SPLIT_DIV in (self.before.bar.series.adjustment, self.after.bar.series.adjustment)
        return not adjusted and self.before.bar.certain and self.after.bar.certain


Measuring = Callable[[Price, Price], Change | None]


def measure_problem(claim: Claim) -> Ruling | None:
    """Why a move cannot be measured in the unit it is printed in; None where it can."""
    unit, subject = claim.unit, claim.subject.type
    if unit in ("percent", "multiple", None):
        return None
    if unit in ("basis_points", "percentage_points"):
        fits = subject in _RATES
    elif unit in ("points", "count"):
        fits = subject not in _RATES
    else:
        fits = is_currency(unit) and subject not in _RATES
    if not fits:
        return not_checkable("unit", f"A change of {claim.subject.name} is not measured in {unit.replace('_', ' ')}.")
    return currency_problem(claim)


def measurings(claim: Claim) -> tuple[tuple[Measure, Measuring], ...]:
    """The readings of the claim's unit, the plain one first.

    "The yield rose 5 %" may be a relative change or percentage points; every other unit has one reading.
    """
    match claim.unit:
        case "percent" if claim.subject.type in _RATES:
            return ((Measure.MOVE_PERCENT, percent), (Measure.MOVE_PERCENT, difference))
        case "percent":
            return ((Measure.MOVE_PERCENT, percent),)
        case "basis_points":
            return ((Measure.MOVE_BASIS_POINTS, basis_points),)
        case "percentage_points":
            return ((Measure.MOVE_PERCENT, difference),)
        case _:
            return ((Measure.MOVE_ABSOLUTE, difference),)


def percent(before: Price, after: Price) -> Change | None:
    """In percent of the first row; None where that has no sense (a price of nothing, or below)."""
    if before.interval.low <= 0:
        return None
    return Change(
        point=(after.value / before.value - 1) * HUNDRED,
        interval=percent_change(before.interval, after.interval),
        formula=formula.change_pct(after.bar.series.id, before.bar.session, after.bar.session, at=after.name),
        before=before,
        after=after,
    )


def difference(before: Price, after: Price) -> Change | None:
    return Change(
        point=after.value - before.value,
        interval=after.interval - before.interval,
        formula=formula.change(after.bar.series.id, before.bar.session, after.bar.session, at=after.name),
        before=before,
        after=after,
    )


def basis_points(before: Price, after: Price) -> Change | None:
    plain = difference(before, after)
    if plain is None:
        return None
    return Change(
        point=plain.point * HUNDRED,
        interval=plain.interval.scaled(HUNDRED),
        formula=f"({plain.formula}) * 100",
        before=before,
        after=after,
    )
