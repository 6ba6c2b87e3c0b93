"""A change of a price, an index or a yield, against the closes it is measured between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from extractor.claims.contracts import names_contract
from extractor.claims.level.check import closed_that_day
from extractor.claims.move.distance import check_distance
from extractor.claims.move.measuring import measure_problem
from extractor.claims.move.multiple import check_multiple
from extractor.claims.move.qualitative import check_direction
from extractor.claims.move.span import over_span
from extractor.domain.claim import Claim, DateSource
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.verify.ruling import Ruling, best_for, cautious, not_enough_data
from extractor.verify.sessions import Span, candidate_spans
from extractor.verify.wording import day

_STRETCH = re.compile(
    r"\b(?:weeks?|weekly|months?|monthly|quarter|half|years?|yearly|annual|season|since|so far|(?:19|20)\d\d|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """The ruling on one move. `siblings`: the article's other claims, any order."""
    ruling = _check(claim, siblings, market)
    if ruling.rating is Rating.CONTRADICTED and names_contract(claim, siblings):
        return cautious(ruling, "other_contract", "The text names one futures contract; the series is the front month.")
    return ruling


def _held_over(claim: Claim, siblings: Sequence[Claim], market: Market, end: date) -> Span | None:
    """The week, month, quarter or year to date that a figure without a date holds for, in a sentence that names such.

    "With one trading day left in 2025, ... Intel has soared 86%": which of its figures the year is of, no rule may see.
    """
    if claim.date is None or not claim.date.is_day or claim.date.source is not DateSource.IMPLIED:
        return None
    if claim.unit not in ("percent", "points") or not _STRETCH.search(claim.sentence):
        return None
    calendar = market.calendars.for_instrument(claim.subject.id)
    week = calendar.previous(end - timedelta(days=end.weekday()))
    starts = (end.replace(day=1), end.replace(month=3 * ((end.month - 1) // 3) + 1, day=1), end.replace(month=1, day=1))
    for start in (week, *(calendar.previous(each) for each in starts)):
        span = Span(start=start, end=end)
        if over_span(claim, siblings, market, span).rating in (Rating.SUPPORTED, Rating.IMPRECISE):
            return span
    return None


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
    if chosen.rating is Rating.CONTRADICTED and (held := _held_over(claim, siblings, market, spans[0].end)):
        said = (
            f"{chosen.explanation} It would hold from {day(held.start)} to {day(held.end)}, which the words may mean."
        )
        return cautious(chosen, "other_window", said)
    if closed_on is not None:
        return closed_that_day(chosen, closed_on, spans[0].end)
    if chosen is not rulings[0] and chosen.rating.rests_on_evidence:
        tested = ", ".join(f"{day(span.start)} to {day(span.end)}" for span in spans)
        return chosen.noting(f"windows tested: {tested}")
    return chosen
