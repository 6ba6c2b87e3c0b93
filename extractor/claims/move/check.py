"""A change of a price, an index or a yield, against the closes it is measured between."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.claims.contracts import names_contract
from extractor.claims.level.check import closed_that_day
from extractor.claims.move.distance import check_distance
from extractor.claims.move.measuring import measure_problem
from extractor.claims.move.multiple import check_multiple
from extractor.claims.move.qualitative import check_direction
from extractor.claims.move.span import over_span
from extractor.domain.claim import Claim
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.verify.ruling import Ruling, best_for, cautious, not_enough_data
from extractor.verify.sessions import candidate_spans
from extractor.verify.wording import day


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """The ruling on one move. `siblings`: the article's other claims, any order."""
    ruling = _check(claim, siblings, market)
    if ruling.rating is Rating.CONTRADICTED and names_contract(claim, siblings):
        return cautious(ruling, "other_contract", "The text names one futures contract; the series is the front month.")
    return ruling


def _check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    if claim.value is None:
        return check_direction(claim, market)
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
    if closed_on is not None:
        return closed_that_day(chosen, closed_on, spans[0].end)
    if chosen is not rulings[0] and chosen.rating.rests_on_evidence:
        tested = ", ".join(f"{day(span.start)} to {day(span.end)}" for span in spans)
        return chosen.noting(f"windows tested: {tested}")
    return chosen
