"""A change of a price, an index or a yield, against the closes it is measured between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.claims.contracts import names_contract
from extractor.claims.level.check import closed_that_day
from extractor.claims.move.distance import check_distance
from extractor.claims.move.measuring import measure_problem
from extractor.claims.move.multiple import check_multiple
from extractor.claims.move.qualitative import check_direction
from extractor.claims.move.span import over_span
from extractor.claims.move.unstated import is_from_a_turn, other_spans, own_day
from extractor.domain.claim import Claim, DateSource, Period
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.verify.ruling import Ruling, best_for, cautious, not_checkable, not_enough_data
from extractor.verify.sessions import candidate_spans
from extractor.verify.wording import day

_AGAINST = (Rating.CONTRADICTED, Rating.CONFLICTING)


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """The ruling on one move. `siblings`: the article's other claims, any order."""
    ruling = _check(claim, siblings, market)
    if ruling.rating is Rating.CONTRADICTED and names_contract(claim, siblings):
        return cautious(ruling, "other_contract", "The text names one futures contract; the series is the front month.")
    return ruling


def _check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    if claim.value is None:
        ruling = check_direction(claim, market)
        if ruling.rating is Rating.CONTRADICTED and _is_told_in_figures(claim, siblings):
            return not_checkable("window_unstated", f"Its own figure stands beside it. {ruling.explanation}")
        return ruling
    problem = measure_problem(claim)
    if problem is not None:
        return problem
    if claim.date is None:
        return not_enough_data("no_date", "The statement names no day or window that could be looked up.")
    if claim.metric == "distance_from_record":
        return check_distance(claim, market)
    if claim.unit == "multiple":
        return check_multiple(claim, market)
    calendar = market.calendars.for_instrument(claim.subject.id)
    spans, closed_on = candidate_spans(claim, claim.date, calendar)
    if not spans:
        return not_enough_data("not_a_session", "There was no trading day in the window that is named.")
    rulings = [over_span(claim, siblings, market, span) for span in spans]
    chosen = best_for(claim, rulings)
    if chosen.rating in _AGAINST:
        told = _over_another_stretch(claim, siblings, market)
        if told is not None:
            return told
        if is_from_a_turn(claim):
            said = f"It is measured from a high or a low whose day is not known. {chosen.explanation}"
            return not_enough_data("other_window", said)
    if closed_on is not None:
        return closed_that_day(chosen, closed_on, spans[0].end)
    if chosen is not rulings[0] and chosen.rating.rests_on_evidence:
        tested = ", ".join(f"{day(span.start)} to {day(span.end)}" for span in spans)
        return chosen.noting(f"windows tested: {tested}")
    return chosen


def _is_told_in_figures(claim: Claim, siblings: Sequence[Claim]) -> bool:
    """ "Oil collapsed: U.S. crude fell 16.4%": the figure that tells the same move is what is judged."""
    return any(
        other.subject.id == claim.subject.id
        and other.kind is claim.kind
        and other.value is not None
        and other.direction is claim.direction
        and other.sentence == claim.sentence
        for other in siblings
    )


def _over_another_stretch(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling | None:
    """Not knowing, where the figure does not hold as dated but does over days that its sentence may mean."""
    calendar = market.calendars.for_instrument(claim.subject.id)
    today = own_day(claim, calendar)
    for span in (*((today,) if today else ()), *other_spans(claim, siblings, calendar)):
        longer = replace(claim, date=Period(start=span.start, end=span.end, text=None, source=DateSource.IMPLIED))
        ruling = over_span(longer, siblings, market, span)
        if ruling.rating in (Rating.SUPPORTED, Rating.IMPRECISE):
            said = f"It is not certain over which days; as dated it does not hold, but {ruling.explanation}"
            return not_enough_data("other_window", said)
    return None
