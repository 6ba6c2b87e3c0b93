"""One move over one span of sessions: close to close first, then the day's range (rules 4, 7 and 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.claims.move.agreement import disagrees_with_level
from extractor.claims.move.measuring import Change, Measuring, measurings
from extractor.domain.claim import Basis, Claim, Comparator, Direction
from extractor.domain.market import Missing
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.rules.tolerances import tolerances
from extractor.verify import evidence
from extractor.verify.basis import is_extreme, is_other_hour, is_par_yield, prices_between, says_regular_session
from extractor.verify.comparing import Figure, Measure, compare
from extractor.verify.intervals import HUNDRED, Interval
from extractor.verify.ruling import Ruling, best, cautious, missing, not_enough_data
from extractor.verify.sessions import Span
from extractor.verify.wording import amount, change, day, rounded, up_or_down

_FOUR = Decimal("0.0001")
_AGREES = (Rating.SUPPORTED, Rating.IMPRECISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    claim: Claim
    siblings: Sequence[Claim]
    market: Market
    span: Span
    measure: Measure
    measuring: Measuring
    figure: Figure

    @property
    def is_down(self) -> bool:
        return self.claim.direction is Direction.DOWN

    def signed(self, value: Decimal) -> Decimal:
        return -value if self.is_down else value

    def change(self, at: str) -> Change | Missing:
        """The change from the span's first close to a field of its last session."""
        found = prices_between(self.market, self.claim.subject.id, self.span.start, self.span.end, at)
        if isinstance(found, Missing):
            return found
        return self.measuring(*found) or Missing("no_field", "a percent change of a price that is not above zero")

    def along(self, interval: Interval) -> Interval:
        """A signed change seen along the stated direction; unsigned where no direction is stated."""
        if self.claim.direction is None:
            return interval.magnitude()
        return -interval if self.is_down else interval


def over_span(claim: Claim, siblings: Sequence[Claim], market: Market, span: Span) -> Ruling:
    """The ruling on a move with a figure, measured over one span."""
    rulings = [
        _one_reading(
            _Case(
                claim=claim,
                siblings=siblings,
                market=market,
                span=span,
                measure=measure,
                measuring=measuring,
                figure=Figure.of(claim),
            )
        )
        for measure, measuring in measurings(claim)
    ]
    chosen = best(rulings)
    if len(rulings) > 1 and chosen is rulings[1] and chosen.rating.rests_on_evidence:
        return chosen.noting("read as percentage points")
    return chosen


def _one_reading(case: _Case) -> Ruling:
    claim = case.claim
    if is_extreme(claim) or claim.metric in ("high", "low"):
        return _extreme(case)
    if is_other_hour(claim) or claim.basis is Basis.INTRADAY:
        return _intraday(case)
    closing = case.change("close")
    if isinstance(closing, Missing):
        return missing(claim, closing)
    ruling = _compared(case, closing)
    if ruling.rating in _AGREES:
        return ruling
    if is_par_yield(closing.after.bar):
        return _par(case, closing, ruling)
    inside = _within_day(case, ruling, closing)
    return _if_certain(ruling, closing) if inside is None else inside


def _compared(case: _Case, measured: Change) -> Ruling:
    along = case.along(measured.interval)
    point = abs(measured.point) if case.claim.direction is None else case.signed(measured.point)
    outcome = compare(case.figure, along, point, case.measure)
    wrong_way = point < 0 and not case.figure.interval.meets(along)
    rating, reason, holds = outcome.rating, outcome.reason, outcome.holds
    if wrong_way:
        rating, reason, holds = Rating.CONTRADICTED, "wrong_direction", False
    said = _tells(case, measured)
    stated = case.signed(case.figure.value)
    actual = measured.point if case.claim.direction is not None else abs(measured.point)
    return Ruling(
        rating=rating,
        reason=reason,
        explanation=said,
        holds=holds,
        stated=stated,
        actual=rounded(actual, _FOUR),
        difference=rounded(actual - stated, _FOUR),
        tolerance=rounded(outcome.tolerance, _FOUR),
        formula=measured.formula,
        evidence=(evidence.of_bar(measured.before.bar), evidence.of_bar(measured.after.bar, measured.after.name)),
        correction=f"{said.rstrip('.')}, not {case.claim.quote}." if rating is Rating.CONTRADICTED else None,
        rule=f"move.{measured.after.name}.v1",
    )


def _within_day(case: _Case, ruling: Ruling, closing: Change) -> Ruling | None:
    """A change that is not the close's but was seen during the day: true on another basis.

    A wrong direction is never rescued. Where the words name the close only the day's open, high and low count.
    """
    if ruling.reason == "wrong_direction":
        return None
    low, high, opening = (case.change(name) for name in ("low", "high", "open"))
    if isinstance(low, Missing) or isinstance(high, Missing):
        return _no_range(case, ruling, closing)
    if case.claim.basis is Basis.CLOSE:
        for end in (low, high, opening):
            if not isinstance(end, Missing) and case.figure.interval.meets(case.along(end.interval)):
                return _conflicting(case, ruling, end, f"was the change to the day's {end.after.name}")
        return None
    if not _reached(case, low, high):
        return None
    far = min((low, high), key=lambda end: case.signed(-end.point))
    return _conflicting(case, ruling, far, "was reached intraday")


def _conflicting(case: _Case, ruling: Ruling, end: Change, how: str) -> Ruling:
    unit = case.claim.unit
    seen = f"{end.after.name} {amount(end.after.value, None)}, {change(end.point, unit)}"
    said = f"{ruling.explanation.rstrip('.')}; {case.claim.quote} {how} ({seen})."
    return replace(
        ruling,
        rating=Rating.CONFLICTING,
        reason="intraday_only",
        explanation=said,
        correction=said,
        holds=None,
        evidence=(*ruling.evidence, evidence.of_bar(end.after.bar, end.after.name)),
    )


def _no_range(case: _Case, ruling: Ruling, closing: Change) -> Ruling | None:
    """No day's range at hand: where the words do not name the close, the figure may be of another hour.

    Only article-day figures are; what is said of a past day is said of its close.
    """
    claim = case.claim
    if claim.basis is not None or claim.published != case.span.end:
        return None
    allowed = tolerances().intraday.move_percentage_points
    base = closing.before.value * allowed / HUNDRED if case.measure is Measure.MOVE_ABSOLUTE else allowed
    if case.measure is Measure.MOVE_BASIS_POINTS:
        return None
    if abs(case.signed(case.figure.value) - closing.point) > base:
        return None
    return not_enough_data("no_intraday", f"{ruling.explanation} The day's range is not at hand.")


def _intraday(case: _Case) -> Ruling:
    """A change at some hour of the day (rule 9)."""
    low, high = case.change("low"), case.change("high")
    closing = case.change("close")
    if isinstance(low, Missing) or isinstance(high, Missing):
        if isinstance(closing, Missing):
            return missing(case.claim, closing)
        ruling = _compared(case, closing)
        if is_par_yield(closing.after.bar):
            ruling = _par(case, closing, ruling)
        return cautious(ruling, "no_intraday", "Daily closes cannot judge a figure of another hour.")
    if _reached(case, low, high):
        return _inside(case, low, high)
    far = min((low, high), key=lambda end: case.signed(-end.point))
    ruling = _compared(case, far)
    if ruling.rating in _AGREES:
        return ruling
    if says_regular_session(case.claim):
        return _if_certain(replace(ruling, reason="outside_range"), far)
    return not_enough_data("no_intraday", f"Outside the regular session's range. {ruling.explanation}")


def _inside(case: _Case, low: Change, high: Change) -> Ruling:
    unit = case.claim.unit
    said = (
        f"On {day(case.span.end)} {case.claim.subject.name} traded between {change(low.point, unit)} and "
        f"{change(high.point, unit)} from its previous close."
    )
    end = min((low, high), key=lambda one: case.signed(-one.point))
    stated = case.signed(case.figure.value)
    ruling = Ruling(
        rating=Rating.SUPPORTED,
        reason="inside_range",
        explanation=said,
        holds=True,
        stated=stated,
        actual=rounded(end.point, _FOUR),
        difference=rounded(end.point - stated, _FOUR),
        tolerance=rounded(high.point - low.point, _FOUR),
        formula=f"{low.formula} .. {high.formula}",
        evidence=(
            evidence.of_bar(low.before.bar),
            evidence.of_bar(low.after.bar, "low"),
            evidence.of_bar(high.after.bar, "high"),
        ),
        rule="move.intraday.v1",
    )
    other = disagrees_with_level(case.claim, case.siblings, low.before)
    if other is not None:
        text = (
            f"{said} But from the close of {amount(low.before.value, None)} the stated level {other} is another change."
        )
        return replace(ruling, rating=Rating.CONFLICTING, reason="disagrees_with_level", explanation=text, holds=None)
    return ruling


def _reached(case: _Case, low: Change, high: Change) -> bool:
    """Whether the change along the stated direction was seen at some moment of the day."""
    seen = case.along(Interval(min(low.interval.low, high.interval.low), max(low.interval.high, high.interval.high)))
    if seen.high < 0:
        return False
    match case.figure.comparator:
        case Comparator.ABOVE | Comparator.AT_LEAST:
            return seen.high > case.figure.value
        case Comparator.BELOW | Comparator.AT_MOST:
            return seen.high > 0 and seen.low < case.figure.value
        case _:
            return seen.meets(case.figure.interval)


def _extreme(case: _Case) -> Ruling:
    """ "As much as 3 %": the farthest the day went in that direction."""
    name = "low" if case.is_down else "high"
    far = case.change(name)
    if isinstance(far, Missing):
        return (
            missing(case.claim, far)
            if far.reason != "no_field"
            else not_enough_data("no_intraday", f"No day's {name} of {case.claim.subject.name} is at hand.")
        )
    equal = replace(case, figure=case.figure.with_comparator(Comparator.EQUAL))
    return _if_certain(_compared(equal, far), far)


def _par(case: _Case, measured: Change, ruling: Ruling) -> Ruling:
    """A change between official par yields, within a few basis points of a market quote's (rule 9)."""
    allowed = tolerances().par_yields.basis_points
    unit = case.claim.unit
    stated = case.signed(case.figure.value)
    gap = abs(measured.point - stated) if case.claim.direction is not None else abs(abs(measured.point) - stated)
    if unit == "percent" and measured.formula.endswith("* 100"):  # a relative change: back into basis points
        gap = gap * measured.before.value
    elif unit in ("percent", "percentage_points"):
        gap = gap * HUNDRED
    if gap <= allowed:
        said = f"{ruling.explanation} An official par yield is not a market quote."
        return replace(
            ruling, rating=Rating.IMPRECISE, reason="par_yield", explanation=said, holds=None, correction=None
        )
    return _if_certain(ruling, measured)


def _if_certain(ruling: Ruling, measured: Change) -> Ruling:
    if measured.certain:
        return ruling
    return cautious(ruling, "adjusted_only", "Only adjusted prices are at hand, and they cannot contradict a move.")


def _tells(case: _Case, measured: Change) -> str:
    before, after = measured.before, measured.after
    name = case.claim.subject.name
    verb = "closed" if after.name == "close" else f"stood at its {after.name}"
    size = change(abs(measured.point), case.claim.unit).lstrip("+")
    moved = f"{size} {up_or_down(measured.point)}" if measured.point else "unchanged"
    span = (
        f"on {day(after.bar.session)}"
        if case.claim.date is None or case.claim.date.is_day
        else (f"on {day(after.bar.session)} than on {day(before.bar.session)}")
    )
    return f"{name} {verb} {moved} {span} ({amount(after.value, None)} after {amount(before.value, None)})."
