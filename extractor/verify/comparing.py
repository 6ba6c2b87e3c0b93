"""A printed figure against the tape's, under its comparator (rules 1, 2, 3 and 9)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extractor.domain.claim import Claim, Comparator
from extractor.domain.verdict import Rating
from extractor.rules.tolerances import tolerances
from extractor.verify.intervals import HUNDRED, Interval
from extractor.verify.rounding import claim_unit, printed_unit


class Measure(StrEnum):
    """What kind of figure is compared: the softeners mean different things on each."""

    LEVEL = "level"
    MOVE_PERCENT = "move_percent"
    MOVE_BASIS_POINTS = "move_basis_points"
    MOVE_ABSOLUTE = "move_absolute"
    MULTIPLE = "multiple"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as printed. `value` is unsigned: a move is compared along its stated direction.

    unit: of the last digit that is meant; exact_unit: of the last digit printed, which a bound is held to.
    printed_decimals: whether a decimal point was printed.
    """

    value: Decimal
    unit: Decimal
    exact_unit: Decimal
    printed_decimals: bool
    comparator: Comparator = Comparator.EQUAL
    hedge: str | None = None

    @classmethod
    def of(cls, claim: Claim, value: Decimal | None = None) -> Figure:
        """The claim's figure, or `value` (the upper end of a range) printed in the same way."""
        stated = claim.value if value is None else value
        if stated is None:
            raise ValueError(f"claim {claim.id} has no figure")
        unit = printed_unit(stated, decimals=claim.decimals, scale=claim.scale, unit=claim.unit)
        if value is None:
            unit = claim_unit(claim)
        decimals = claim.decimals if claim.decimals is not None else 0
        # A scaled bound ("over $4 trillion") is rounded too: a tenth of its unit is still meant.
        exact = claim.scale.scaleb(-decimals) if claim.scale == 1 else unit / 10
        return cls(
            value=stated,
            unit=unit,
            exact_unit=min(unit, exact),
            printed_decimals=decimals > 0,
            comparator=claim.comparator,
            hedge=claim.hedge,
        )

    def with_comparator(self, comparator: Comparator) -> Figure:
        return Figure(
            value=self.value,
            unit=self.unit,
            exact_unit=self.exact_unit,
            printed_decimals=self.printed_decimals,
            comparator=comparator,
            hedge=None,
        )

    def scaled(self, factor: Decimal) -> Figure:
        """The same figure in another unit (0.25 percentage points are 25 basis points)."""
        return Figure(
            value=self.value * factor,
            unit=self.unit * factor,
            exact_unit=self.exact_unit * factor,
            printed_decimals=self.printed_decimals,
            comparator=self.comparator,
            hedge=self.hedge,
        )

    @property
    def interval(self) -> Interval:
        return Interval.around(self.value, self.unit / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a figure compares. `holds`: whether the statement is strictly true, for denials (rule 16)."""

    rating: Rating
    reason: str
    holds: bool
    difference: Decimal
    tolerance: Decimal


def compare(figure: Figure, actual: Interval, point: Decimal, measure: Measure) -> Outcome:
    """figure against `actual`, whose best single value is `point`."""
    match figure.comparator:
        case Comparator.EQUAL:
            return _equal(figure, actual, point)
        case Comparator.ABOUT:
            return _about(figure, actual, point, measure)
        case Comparator.ABOVE | Comparator.AT_LEAST:
            return _above(figure, actual, point, measure)
        case _ if _is_nearly(figure):
            return _nearly(figure, actual, point, measure)
        case _:
            return _below(figure, actual, point, measure)


def _outcome(rating: Rating, reason: str, holds: bool, difference: Decimal, tolerance: Decimal) -> Outcome:
    return Outcome(rating=rating, reason=reason, holds=holds, difference=difference, tolerance=tolerance)


def _equal(figure: Figure, actual: Interval, point: Decimal) -> Outcome:
    difference = point - figure.value
    tolerance = figure.unit / 2 + actual.half_width
    if figure.interval.meets(actual):
        return _outcome(Rating.SUPPORTED, "within_rounding", True, difference, tolerance)
    if abs(difference) < figure.unit:
        return _outcome(Rating.IMPRECISE, "rounded_twice", False, difference, tolerance)
    return _outcome(Rating.CONTRADICTED, "outside_rounding", False, difference, tolerance)


def about_tolerance(figure: Figure, measure: Measure) -> Decimal:
    """The larger of half a unit and what "about" allows on a level or a move (rule 2)."""
    rules = tolerances().about
    if measure is Measure.LEVEL:
        allowed = figure.value * rules.level_percent / HUNDRED
    else:
        allowed = figure.value * rules.move_percent / HUNDRED
        if measure is Measure.MOVE_PERCENT:
            allowed = max(allowed, rules.move_percentage_points)
        elif measure is Measure.MOVE_BASIS_POINTS:
            allowed = max(allowed, rules.basis_points)
    return max(figure.unit / 2, allowed)


def _about(figure: Figure, actual: Interval, point: Decimal, measure: Measure) -> Outcome:
    difference = point - figure.value
    tolerance = about_tolerance(figure, measure)
    if figure.interval.meets(actual):
        return _outcome(Rating.SUPPORTED, "within_rounding", True, difference, tolerance)
    if not Interval.around(figure.value, tolerance).meets(actual):
        if abs(difference) < figure.unit:
            return _outcome(Rating.IMPRECISE, "rounded_twice", False, difference, tolerance)
        return _outcome(Rating.CONTRADICTED, "outside_tolerance", False, difference, tolerance)
    if figure.printed_decimals:
        return _outcome(Rating.IMPRECISE, "decimals_do_not_hold", True, difference, tolerance)
    return _outcome(Rating.SUPPORTED, "within_tolerance", True, difference, tolerance)


def _above(figure: Figure, actual: Interval, point: Decimal, measure: Measure) -> Outcome:
    rules = tolerances().above
    difference = point - figure.value
    tolerance = actual.half_width
    strict = figure.comparator is Comparator.ABOVE
    holds = actual.high > figure.value if strict else figure.interval.high >= actual.low and actual.high >= figure.value
    holds = holds or point > figure.value
    if holds:
        if measure is Measure.LEVEL:
            absurd = point > figure.value * (1 + rules.absurd_level_percent / HUNDRED)
        else:
            absurd = point >= figure.value * rules.absurd_move_times
        if absurd:
            return _outcome(Rating.IMPRECISE, "far_above", True, difference, tolerance)
        return _outcome(Rating.SUPPORTED, "above", True, difference, tolerance)
    if figure.value - point < figure.exact_unit:
        reason = "not_above_but_rounds_to_it"
        rating = Rating.SUPPORTED if not strict and figure.interval.meets(actual) else Rating.IMPRECISE
        return _outcome(rating, reason, False, difference, tolerance)
    return _outcome(Rating.CONTRADICTED, "not_above", False, difference, tolerance)


def _is_nearly(figure: Figure) -> bool:
    hedge = (figure.hedge or "").casefold()
    return any(word in hedge for word in tolerances().nearly.words)


def _nearly(figure: Figure, actual: Interval, point: Decimal, measure: Measure) -> Outcome:
    rules = tolerances().nearly
    difference = point - figure.value
    tolerance = max(figure.unit, figure.value * rules.percent / HUNDRED)
    if actual.low < figure.value:
        short = figure.value - actual.high
        if short <= tolerance:
            return _outcome(Rating.SUPPORTED, "just_below", True, difference, tolerance)
        loose = tolerance * rules.loose_times
        if measure is Measure.MULTIPLE:
            loose = max(loose, figure.value * rules.multiple_percent / HUNDRED)
        if short <= loose:
            return _outcome(Rating.IMPRECISE, "well_below", True, difference, tolerance)
        return _outcome(Rating.CONTRADICTED, "far_below", False, difference, tolerance)
    if point - figure.value < figure.unit:
        return _outcome(Rating.IMPRECISE, "above_by_less_than_a_unit", False, difference, tolerance)
    return _outcome(Rating.CONTRADICTED, "above", False, difference, tolerance)


def _below(figure: Figure, actual: Interval, point: Decimal, measure: Measure) -> Outcome:
    """Below, under, less than, at most: a bound, with no word on how far below."""
    rules = tolerances().above
    difference = point - figure.value
    tolerance = actual.half_width
    strict = figure.comparator is Comparator.BELOW
    if actual.low < figure.value or (not strict and actual.low <= figure.interval.high and point <= figure.value):
        if measure is Measure.LEVEL:
            absurd = strict and point < figure.value * (1 - rules.absurd_level_percent / HUNDRED)
        else:
            absurd = strict and point * rules.absurd_move_times <= figure.value
        if absurd:
            return _outcome(Rating.IMPRECISE, "far_below", True, difference, tolerance)
        return _outcome(Rating.SUPPORTED, "below", True, difference, tolerance)
    if point - figure.value < figure.exact_unit:
        rating = Rating.SUPPORTED if not strict and figure.interval.meets(actual) else Rating.IMPRECISE
        return _outcome(rating, "not_below_but_rounds_to_it", False, difference, tolerance)
    return _outcome(Rating.CONTRADICTED, "not_below", False, difference, tolerance)
