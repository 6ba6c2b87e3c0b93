"""Policy rates: what was decided, and the range in force (rule 12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from extractor.claims.rate.decisions import (
    Change,
    changes_of,
    daily_rows,
    decision_for,
    decisions_known,
    direction_of,
    span,
)
from extractor.domain.claim import Claim, Comparator, DateSource, Direction
from extractor.domain.market import Missing, RateDecision
from extractor.domain.ports import Market
from extractor.domain.verdict import Evidence, Rating
from extractor.verify import evidence
from extractor.verify.comparing import Figure, Measure, compare
from extractor.verify.intervals import HUNDRED, Interval
from extractor.verify.ruling import Ruling, best, missing, not_checkable, not_enough_data
from extractor.verify.wording import change as signed
from extractor.verify.wording import day

_STILL_NEWS = 14  # days after which an article no longer speaks of a decision as of today's
_ONE_MEETING = 45  # days; a longer stretch may hold several decisions


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """The ruling on one statement about a policy rate. `siblings` is not needed: every rate stands for itself."""
    metric = claim.metric or "level"
    if metric == "probability":
        return not_enough_data("no_series", "The prices that imply a probability are not at hand.")
    decisions = decisions_known(market, claim.subject.id)
    if isinstance(decisions, Missing):
        return missing(claim, decisions)
    if not decisions:
        return missing(claim, Missing("no_series"))
    if metric == "change":
        return _change(claim, decisions, market)
    if metric == "count":
        return _count(claim, decisions)
    if claim.value is None:
        return _hold(claim, decisions, market)
    if metric not in ("target_range", "level"):
        return not_checkable("unknown_metric", f"No rule judges {metric} of a policy rate.")
    return _level(claim, decisions, market)


def _change(claim: Claim, decisions: Sequence[RateDecision], market: Market) -> Ruling:
    changes = changes_of(decisions)
    if claim.date is None:
        return not_enough_data("no_date", "The statement names no decision that could be looked up.")
    if (claim.date.end - claim.date.start).days > _ONE_MEETING:
        return _total(claim, decisions, changes)
    found = decision_for(changes, claim) or _lately(changes, claim)
    if found is None:
        return _unchanged(claim, decisions, changes)
    return _compared(claim, found, market)


def _lately(changes: Sequence[Change], claim: Claim) -> Change | None:
    """Where no day is printed, the last change of the days before the article is meant."""
    assert claim.date is not None
    if claim.date.source is not DateSource.IMPLIED:
        return None
    near = [c for c in changes if 0 <= (claim.date.end - c.decision.decided_on).days <= _STILL_NEWS]
    return near[-1] if near else None


def _compared(claim: Claim, found: Change, market: Market) -> Ruling:
    name = claim.subject.name
    moved = found.basis_points
    said = (
        f"On {day(found.decision.decided_on)} the {name} was changed by {signed(moved, 'basis_points')} ({found.told})."
    )
    daily = daily_rows(market, found.decision)
    if isinstance(daily, Missing):
        return missing(claim, daily)
    rows = (evidence.of_decision(found.decision), *daily)
    text = f"decision({claim.subject.id}, {day(found.decision.decided_on)})"
    return _by_size(claim, moved, said, rows, text)


def _total(claim: Claim, decisions: Sequence[RateDecision], changes: Sequence[Change]) -> Ruling:
    """ "Lowered by 100 basis points since September": the changes of the window together."""
    assert claim.date is not None
    if min(decision.decided_on for decision in decisions) > claim.date.start:
        return not_enough_data("before_series", "The decisions at hand begin after the window that is named.")
    inside = [one for one in changes if claim.date.start <= one.decision.decided_on <= claim.date.end]
    if not inside:
        return not_enough_data("no_change", "No change was decided in the window that is named.")
    moved = sum((one.basis_points for one in inside), Decimal(0))
    days = ", ".join(day(one.decision.decided_on) for one in inside)
    said = f"From {day(claim.date.start)} to {day(claim.date.end)} the {claim.subject.name} was changed by "
    said += f"{signed(moved, 'basis_points')} in all ({days})."
    rows = tuple(evidence.of_decision(one.decision) for one in inside)
    text = f"sum(decisions({claim.subject.id}, {day(claim.date.start)}, {day(claim.date.end)}))"
    return _by_size(claim, moved, said, rows, text)


def _by_size(claim: Claim, moved: Decimal, said: str, rows: tuple[Evidence, ...], text: str) -> Ruling:
    """The stated change against the one decided, in basis points, its direction first."""
    name = claim.subject.name
    if claim.direction is not None and claim.direction is not (Direction.UP if moved > 0 else Direction.DOWN):
        return _ruling(claim, Rating.CONTRADICTED, "wrong_direction", said, rows, text, actual=moved)
    if claim.value is None:
        return _ruling(claim, Rating.SUPPORTED, "direction", said, rows, text, actual=moved)
    factor = {"basis_points": Decimal(1), "percentage_points": HUNDRED, "percent": HUNDRED}.get(claim.unit or "")
    if factor is None:
        return not_checkable("unit", f"A change of the {name} is not measured in {claim.unit}.")
    figure = Figure.of(claim).scaled(factor)
    outcome = compare(figure, Interval.around(abs(moved)), abs(moved), Measure.MOVE_BASIS_POINTS)
    stated = -figure.value if claim.direction is Direction.DOWN else figure.value
    return _ruling(
        claim,
        outcome.rating,
        outcome.reason,
        said,
        rows,
        text,
        holds=outcome.holds,
        stated=stated,
        actual=moved if claim.direction is not None else abs(moved),
        tolerance=outcome.tolerance,
    )


def _unchanged(claim: Claim, decisions: Sequence[RateDecision], changes: Sequence[Change]) -> Ruling:
    """No change on the day that is named."""
    assert claim.date is not None
    last_known = max(decision.decided_on for decision in decisions)
    first_known = min(decision.decided_on for decision in decisions)
    if claim.date.start <= first_known:
        return not_enough_data("before_series", f"The decisions at hand begin on {day(first_known)}.")
    if claim.date.end > last_known and claim.date.source is DateSource.IMPLIED:
        return not_enough_data("not_known_yet", f"The last decision at hand is that of {day(last_known)}.")
    if not changes:
        return not_enough_data("no_series", "No change of the rate is at hand.")
    near = min(changes, key=lambda one: abs((one.decision.decided_on - claim.date.end).days))  # type: ignore[union-attr]
    said = f"The rate was not changed then; the nearest change was on {day(near.decision.decided_on)} ({near.told})."
    rows = (evidence.of_decision(near.decision),)
    if claim.date.end > last_known:
        return not_enough_data("not_known_yet", said)
    return _ruling(claim, Rating.CONTRADICTED, "no_change", said, rows, f"decision({claim.subject.id})")


def _hold(claim: Claim, decisions: Sequence[RateDecision], market: Market) -> Ruling:
    """ "Left rates unchanged": true where no change was decided on the day."""
    if claim.date is None:
        return not_enough_data("no_date", "The statement names no decision that could be looked up.")
    found = decision_for(changes_of(decisions), claim)
    if found is not None and claim.date.is_day:
        ruled = _compared(claim, found, market)
        return _ruling(claim, Rating.CONTRADICTED, "changed", ruled.explanation, ruled.evidence, ruled.formula or "")
    held = [one for one in decisions if one.decided_on == claim.date.end]
    if not held:
        return not_enough_data("no_meetings", "Meetings that changed nothing are not at hand for that day.")
    said = f"On {day(claim.date.end)} the range stayed at {span(held[0].low, held[0].high)}."
    rows = (evidence.of_decision(held[0]),)
    return _ruling(claim, Rating.SUPPORTED, "unchanged", said, rows, f"decision({claim.subject.id})")


def _level(claim: Claim, decisions: Sequence[RateDecision], market: Market) -> Ruling:
    """A range or a single number: in force on the day, or decided on it."""
    if claim.date is None:
        return _ever(claim, decisions, market)
    if not claim.date.is_day:
        inside = [one for one in decisions if claim.date.start <= one.decided_on <= claim.date.end]
        start = _in_force(decisions, claim.date.start)
        rulings = [_against(claim, one, market) for one in [*inside, *start]]
        if not rulings:
            return missing(claim, Missing("before_series"))
        return best(rulings)
    found = _in_force(decisions, claim.date.end)
    if not found:
        return missing(claim, Missing("before_series"))
    return best([_against(claim, one, market) for one in found])


def _in_force(decisions: Sequence[RateDecision], on: date) -> list[RateDecision]:
    """The decision of the day or the last before it, and the one still in effect that day where they differ."""
    decided = [one for one in decisions if one.decided_on <= on]
    effective = [one for one in decisions if one.effective_on <= on]
    # Read off the daily series, a decision of the day shows up the next day.
    next_day = [one for one in decisions if one.derived and 0 < (one.effective_on - on).days <= 1]
    latest = [*next_day, *decided[-1:], *effective[-1:]]
    return list(dict.fromkeys(latest))


def _ever(claim: Claim, decisions: Sequence[RateDecision], market: Market) -> Ruling:
    """Without a date only agreement can be found: the rate stood there at some time."""
    rulings = [_against(claim, one, market) for one in decisions]
    agreeing = [ruling for ruling in rulings if ruling.rating is Rating.SUPPORTED]
    if agreeing:
        nearest = min(agreeing, key=lambda ruling: abs(ruling.difference or Decimal(0)))
        return nearest.noting("the statement names no day; the rate stood there then")
    return not_enough_data("no_date", "The statement names no day that could be looked up.")


def _against(claim: Claim, decision: RateDecision, market: Market) -> Ruling:
    assert claim.value is not None
    said = f"From {day(decision.effective_on)} the {claim.subject.name} was {span(decision.low, decision.high)}"
    said += f" (decided on {day(decision.decided_on)})."
    daily = daily_rows(market, decision)
    if isinstance(daily, Missing):
        return missing(claim, daily)
    rows = (evidence.of_decision(decision), *daily)
    text = f"target_range({claim.subject.id}, {day(decision.effective_on)})"
    low, high = decision.low, decision.high
    figure = Figure.of(claim)
    if claim.value_high is not None:
        top = Figure.of(claim, claim.value_high)
        agrees = figure.interval.meets(Interval.around(low)) and top.interval.meets(Interval.around(high))
        rating = Rating.SUPPORTED if agrees else Rating.CONTRADICTED
        reason = "range" if agrees else "other_range"
        return _ruling(claim, rating, reason, said, rows, text, stated=claim.value, actual=low)
    if figure.comparator is Comparator.EQUAL:
        # One number stands for the range where it is one of its ends, or rounded, inside it.
        ends = [end for end in (low, high) if figure.interval.meets(Interval.around(end))]
        if ends:
            return _ruling(
                claim, Rating.SUPPORTED, "end_of_range", said, rows, text, stated=claim.value, actual=ends[0]
            )
        if low <= claim.value <= high:
            return _ruling(claim, Rating.IMPRECISE, "inside_range", said, rows, text, stated=claim.value, actual=low)
        return _ruling(claim, Rating.CONTRADICTED, "other_range", said, rows, text, stated=claim.value, actual=high)
    near = best_of(figure, low, high)
    if figure.comparator is Comparator.ABOUT and low <= claim.value <= high:
        near = (Rating.SUPPORTED, "inside_range")
    return _ruling(claim, near[0], near[1], said, rows, text, stated=claim.value, actual=low)


def best_of(figure: Figure, low: Decimal, high: Decimal) -> tuple[Rating, str]:
    """The better of a bound's or an approximation's outcomes against the two ends."""
    outcomes = [compare(figure, Interval.around(end), end, Measure.MOVE_PERCENT) for end in (low, high)]
    order = (Rating.SUPPORTED, Rating.IMPRECISE, Rating.CONTRADICTED)
    found = min(outcomes, key=lambda outcome: order.index(outcome.rating))
    return found.rating, found.reason


def _count(claim: Claim, decisions: Sequence[RateDecision]) -> Ruling:
    """ "Cut three times this year"."""
    if claim.date is None or claim.value is None:
        return not_enough_data("no_date", "The statement names no stretch to count over.")
    end = min(claim.date.end, claim.published) if claim.published else claim.date.end
    if min(one.decided_on for one in decisions) >= claim.date.start:
        return missing(claim, Missing("before_series"))
    counted = [
        one
        for one in changes_of(decisions)
        if claim.date.start <= one.decision.decided_on <= end
        and (claim.direction is None or direction_of(one) is claim.direction)
    ]
    listed = ", ".join(day(one.decision.decided_on) for one in counted)
    said = (
        f"The rate was changed {len(counted)} times from {day(claim.date.start)} to {day(end)} ({listed or 'never'})."
    )
    rows = tuple(evidence.of_decision(one.decision) for one in counted) or (evidence.of_decision(decisions[-1]),)
    actual = Decimal(len(counted))
    outcome = compare(Figure.of(claim), Interval.around(actual), actual, Measure.MULTIPLE)
    rating = Rating.CONTRADICTED if actual != claim.value and claim.comparator is Comparator.EQUAL else outcome.rating
    text = f"count(decisions({claim.subject.id}), {day(claim.date.start)}..{day(end)})"
    return _ruling(claim, rating, "counted", said, rows, text, stated=claim.value, actual=actual)


def _ruling(
    claim: Claim,
    rating: Rating,
    reason: str,
    said: str,
    rows: tuple[Evidence, ...],
    text: str,
    *,
    holds: bool | None = None,
    stated: Decimal | None = None,
    actual: Decimal | None = None,
    tolerance: Decimal | None = None,
) -> Ruling:
    return Ruling(
        rating=rating,
        reason=reason,
        explanation=said,
        holds=rating is Rating.SUPPORTED if holds is None else holds,
        stated=stated,
        actual=actual,
        difference=actual - stated if actual is not None and stated is not None else None,
        tolerance=tolerance,
        formula=text,
        evidence=rows,
        correction=said,
        rule=f"rate.{claim.metric or 'level'}.v1",
    )
