"""A price, index level or yield at a time, against the row of its session."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractor.claims.contracts import names_contract
from extractor.claims.level.ranges import check_range
from extractor.claims.level.reading import Reading, at_session
from extractor.claims.units import level_unit_problem
from extractor.domain.claim import Claim
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.verify import formula
from extractor.verify.ruling import Ruling, best, best_for, cautious, not_checkable, not_enough_data
from extractor.verify.sessions import Candidates, candidate_sessions
from extractor.verify.wording import day

_ADJUSTED = re.compile(r"\b(?:split-adjusted|adjust\w+ for (?:the|its|a)(?: [\w-]+){0,2} split)\b", re.IGNORECASE)
# Surveys and auctions have no series of their own here; a market yield is not an auction's.
_NO_SERIES = {"average": "the average of a survey", "auction": "the result of an auction"}


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """The ruling on one level. `siblings`: the article's other claims, any order."""
    metric = claim.metric or "level"
    if claim.value is None:
        return not_checkable("no_figure", "The statement names no figure.")
    if metric == "target":
        return not_checkable("target", "A price target is an opinion on the future.")
    if metric in _NO_SERIES:
        return not_enough_data("no_series", f"No series of {_NO_SERIES[metric]} is at hand.")
    problem = level_unit_problem(claim)
    if problem is not None:
        return problem
    if claim.date is None:
        return not_enough_data("no_date", "The statement names no day that could be looked up.")
    claim = as_quoted_then(claim, market)
    ranged = metric in ("range", "range_52w")
    ruling = check_range(claim, market) if ranged else _on_sessions(claim, market)
    if ruling.rating is Rating.CONTRADICTED and names_contract(claim, siblings):
        return cautious(ruling, "other_contract", "The text names one futures contract; the series is the front month.")
    return ruling


def as_quoted_then(claim: Claim, market: Market) -> Claim:
    """ "Adjusted for the split, it closed at $115.75": the figure in the shares of that day (rule 7)."""
    if claim.date is None or claim.value is None or not _ADJUSTED.search(claim.sentence):
        return claim
    ratio = market.split_ratio(claim.subject.id, claim.date.end, claim.published or claim.date.end)
    high = claim.value_high * ratio if claim.value_high is not None else None
    return replace(claim, value=claim.value * ratio, value_high=high, scale=claim.scale * ratio)


def _on_sessions(claim: Claim, market: Market) -> Ruling:
    assert claim.date is not None
    calendar = market.calendars.for_instrument(claim.subject.id)
    candidates = candidate_sessions(claim, claim.date, calendar)
    if not candidates.sessions:
        return not_enough_data("not_a_session", "There was no trading day in the stretch that is named.")
    reading = Reading.of(claim)
    rulings = [at_session(claim, reading, market, session) for session in candidates.sessions]
    # Over a stretch any session will do, also for what is denied; of a day's readings the statement's best counts.
    chosen = best(rulings) if candidates.window else best_for(claim, rulings)
    if candidates.closed_on is not None:
        return closed_that_day(chosen, candidates.closed_on, candidates.sessions[0])
    if candidates.window and chosen.rating is Rating.CONTRADICTED:
        return _of_window(chosen, rulings, claim, candidates)
    if len(candidates.sessions) > 1 and chosen is not rulings[0] and chosen.rating.rests_on_evidence:
        tested = ", ".join(day(session) for session in candidates.sessions[:5])
        return chosen.noting(f"sessions tested: {tested}{', …' if len(candidates.sessions) > 5 else ''}")
    return chosen


def closed_that_day(ruling: Ruling, closed_on: date, before: date) -> Ruling:
    """A weekend or a holiday named as a trading day (rule 8)."""
    if not ruling.rating.rests_on_evidence:
        return ruling
    note = f"{day(closed_on)} was no trading day; the session before it was {day(before)}"
    if ruling.rating in (Rating.SUPPORTED, Rating.IMPRECISE):
        noted = ruling.noting(note)
        return replace(noted, rating=Rating.IMPRECISE, reason="not_a_session")
    noted = replace(ruling, correction=f"{(ruling.correction or ruling.explanation).rstrip('.')}; {note}.")
    return replace(noted.noting(note), rating=Rating.CONTRADICTED, reason="not_a_session")


def _of_window(chosen: Ruling, rulings: Sequence[Ruling], claim: Claim, candidates: Candidates) -> Ruling:
    """No session of a stretch had the figure: the closest one is shown."""
    told = [ruling for ruling in rulings if ruling.difference is not None]
    closest = min(told, key=lambda ruling: abs(ruling.difference or Decimal(0)), default=chosen)
    first, last = candidates.sessions[0], candidates.sessions[-1]
    closest = replace(closest, formula=formula.extreme("any", "close", claim.subject.id, first, last))
    return closest.noting(f"the closest of the sessions from {day(first)} to {day(last)}")
