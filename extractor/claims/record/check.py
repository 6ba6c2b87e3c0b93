"""Superlatives: records, highs since a day, streaks, firsts (rule 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from extractor.claims.record import alltime, counting, rates, since
from extractor.claims.record.counted import of_prices
from extractor.claims.record.subject import Superlative
from extractor.domain.claim import Claim, Direction, SubjectType
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.verify.ruling import Ruling, best, cautious, not_checkable, not_enough_data
from extractor.verify.sessions import candidate_sessions

_CHECKS: dict[str, Callable[[Superlative], Ruling]] = {
    "record_close": alltime.record_close,
    "record_high": alltime.record_high,
    "record": alltime.record_unsaid,
    "high_52w": alltime.high_52w,
    "low_52w": alltime.high_52w,
    "first": counting.first,
    "ordinal": counting.ordinal,
    "streak": counting.streak,
    "first_since": since.highest_since,
    "highest_since": since.highest_since,
    "lowest_since": since.highest_since,
    "best_since": since.best_since,
}

_OF_A_MOVE = re.compile(
    r"(?:(?:its|the|their|an?)\s)?(?:best|worst|biggest|largest|steepest|sharpest|strongest|weakest)\b", re.IGNORECASE
)
_WHICH_WAY = re.compile(
    r"gain|loss|lose|los[it]|ris|rose|fall|fell|drop|declin|advanc|higher|lower|win|up\b|down\b|increas|climb|rally|slide|retreat",
    re.IGNORECASE,
)
_LONGER = re.compile(r"(?<!-)\b(?:week|month|quarter|year|weekly|monthly|quarterly|annual)\b", re.IGNORECASE)

# Metrics whose statement is about a whole cross-section that no single series can judge.
_CROSS_SECTION = frozenset({"rank", "largest"})


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """The ruling on one superlative. `siblings`: the article's other claims, any order."""
    metric = claim.metric or "record"
    if metric in _CROSS_SECTION:
        return not_enough_data("no_series", "A rank among others needs the prices of all of them.")
    if claim.subject.type is SubjectType.RATE:
        return rates.check_rate_record(claim, market)
    if not of_prices(claim):
        return not_enough_data(
            "no_series", "What is counted or compared here is no price, and no series of it is at hand."
        )
    ruled = _CHECKS.get(metric)
    if ruled is None:
        return not_checkable("unknown_superlative", f"No rule judges a superlative of the kind {metric}.")
    if claim.date is None:
        return not_enough_data("no_date", "The statement names no day that could be looked up.")
    calendar = market.calendars.for_instrument(claim.subject.id)
    sessions: tuple[date, ...]
    if metric in since.MEASURED_BACK:
        # The period's start is the time since when; the day it is said of is its end.
        sessions = _ending(claim, market)
    else:
        sessions = candidate_sessions(claim, claim.date, calendar).sessions
    if not sessions:
        return not_enough_data("not_a_session", "There was no trading day in the stretch that is named.")
    cases = [_superlative(claim, siblings, market, session) for session in sessions]
    rulings = [ruled(case) for case in cases]
    if ruled is since.highest_since and _OF_A_MOVE.match(claim.quote):
        rulings += [since.best_since(case) for case in cases]  # "its best showing since March" is rather of the day
    ruling = best(rulings)
    if metric == "streak" and ruling.rating is Rating.CONTRADICTED and not _WHICH_WAY.search(claim.quote):
        turned = replace(claim, direction=(claim.direction or Direction.UP).opposite)
        other = best([ruled(_superlative(turned, siblings, market, session)) for session in sessions])
        if other.rating is Rating.SUPPORTED:  # "for a second day the index suffered"
            return not_enough_data("uncertain_reading", f"It is not certain which way it went. {ruling.explanation}")
    if _OF_A_MOVE.match(claim.quote) and _LONGER.search(claim.sentence):  # "up 3.6% for the week, its best since"
        return cautious(ruling, "window_unstated", f"It may be of a longer stretch than a day. {ruling.explanation}")
    return ruling


def _superlative(claim: Claim, siblings: Sequence[Claim], market: Market, session: date) -> Superlative:
    return Superlative(claim=claim, siblings=siblings, market=market, session=session)


def _ending(claim: Claim, market: Market) -> tuple[date, ...]:
    assert claim.date is not None
    calendar = market.calendars.for_instrument(claim.subject.id)
    end = claim.date.end
    if not calendar.is_session(end):
        return (calendar.previous(end),)
    if end == claim.published and claim.date.text is None:
        return end, calendar.previous(end)
    return (end,)
