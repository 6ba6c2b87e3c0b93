"""A forecast whose horizon has passed, against the tape: held as if it had been said on the last day it speaks of.

Settled is only what the tape knows for certain. Until then, and where the data ends before the horizon, a forecast
stays what it was: not checkable, with the day it is due.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractor.claims.forecast.horizon import Horizon, Test, told
from extractor.claims.forecast.prices import of_level, of_move
from extractor.claims.forecast.prints import of_print, settle_print
from extractor.claims.forecast.rates import of_rate, settle_rate
from extractor.claims.forecast.settlement import Settled, opened, settled
from extractor.claims.level.check import check as check_level
from extractor.claims.move.check import check as check_move
from extractor.domain.claim import Claim, DateSource, Kind, Modality, Period
from extractor.domain.market import Missing
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.verify import evidence, formula
from extractor.verify.rounding import claim_unit
from extractor.verify.ruling import Ruling, missing, not_checkable, not_enough_data
from extractor.verify.sessions import DAY, at_or_before
from extractor.verify.wording import amount, day

_HORIZONS: dict[Kind, Callable[[Claim, date], Horizon | None]] = {
    Kind.LEVEL: of_level,
    Kind.MOVE: of_move,
    Kind.RATE: of_rate,
    Kind.INDICATOR: of_print,
}


def horizon(claim: Claim) -> Horizon | None:
    """None where the claim is no forecast with a figure, or its words name no clear end."""
    if claim.kind not in _HORIZONS or not told(claim):
        return None
    assert claim.published is not None
    found = _HORIZONS[claim.kind](claim, claim.published)
    return found if found is not None and found.on > claim.published else None


def settle(claim: Claim, siblings: Sequence[Claim], market: Market) -> Settled | None:
    """None where the claim is no forecast with a clear horizon."""
    found = horizon(claim)
    if found is None:
        return None
    if market.as_of is not None and market.as_of < found.on and found.test is not Test.PRINT:
        return opened(found.on)
    match found.test:
        case Test.PRINT:
            return settle_print(claim, siblings, market, found)
        case Test.COUNT | Test.FURTHER | Test.RATE_AT | Test.RATE_MOVED:
            return settle_rate(claim, siblings, market, found)
        case _:
            return _priced(claim, siblings, market, found)


def _priced(claim: Claim, siblings: Sequence[Claim], market: Market, found: Horizon) -> Settled:
    calendar = market.calendars.for_instrument(claim.subject.id)
    last = at_or_before(found.on, calendar)
    if found.session and last != found.on:
        said = f"{day(found.on)}, which the forecast names, was no trading day."
        return Settled(ruling=not_checkable("forecast", said), on=None)
    row = market.bar(claim.subject.id, last)
    if isinstance(row, Missing):
        if market.as_of is None:  # nobody said what day it is, so the horizon may still lie ahead
            return opened(found.on)
        return Settled(ruling=missing(claim, row), on=None)
    then = _as_if_said(claim, market, last)
    if found.test is Test.REACHED:
        ruling = _reached(claim, market, last)
    elif found.test is Test.CHANGE:
        ruling = check_move(then, siblings, market)
    else:
        on = Period(start=last, end=last, text=None, source=DateSource.EXPLICIT)
        ruling = check_level(replace(then, date=on, metric="close"), siblings, market)
    return settled(ruling, claim, last) if ruling.rating.rests_on_evidence else Settled(ruling=ruling, on=None)


def _as_if_said(claim: Claim, market: Market, last: date) -> Claim:
    """The same statement made on the day after, in that day's shares. A split since does not miss a price target."""
    assert claim.value is not None
    assert claim.published is not None
    said = replace(claim, modality=Modality.ASSERTED, published=last + DAY, speaker=None)
    ratio = market.split_ratio(claim.subject.id, claim.published, last)
    if ratio == 1 or said.unit in ("percent", "percentage_points", "basis_points"):
        return said
    return replace(said, value=claim.value / ratio, scale=claim.scale / ratio)


def _reached(claim: Claim, market: Market, last: date) -> Ruling:
    """ "To hit 5,500 by the end of September": whether any price after the article's day was there, from the side the
    last close before came from."""
    assert claim.value is not None
    assert claim.published is not None
    identifier, calendar = claim.subject.id, market.calendars.for_instrument(claim.subject.id)
    if market.split_ratio(identifier, claim.published, last) != 1:
        return not_enough_data(
            "split_since", f"{claim.subject.name} was split on the way; its prices are not one series."
        )
    before = market.bar(identifier, at_or_before(claim.published, calendar))
    sessions = calendar.sessions(claim.published + DAY, last)
    rows = market.history(identifier, sessions[0], last) if sessions else Missing("no_series")
    if isinstance(before, Missing) or isinstance(rows, Missing):
        return missing(claim, before if isinstance(before, Missing) else Missing("session_missing"))
    rises = claim.value >= before.close
    name = "high" if rises else "low"
    known = [(value, bar) for bar in rows if (value := bar.value(name)) is not None]
    if not known:
        return missing(claim, Missing("no_field"))
    best, bar = (max if rises else min)(known, key=lambda each: each[0])
    told = _how_near(claim, best if rises else -best, 1 if rises else -1)
    whole = len(known) == len(sessions) and all(row.can_refute(name, claim.value) for _, row in known)
    if told[0] is Rating.CONTRADICTED and not whole:
        return missing(claim, Missing("session_missing"))
    said = (
        f"The {'highest' if rises else 'lowest'} price of {claim.subject.name} from {day(sessions[0])} to {day(last)}"
    )
    said += f" was {amount(best, claim.unit)}, on {day(bar.session)}."
    return Ruling(
        rating=told[0],
        reason=told[1],
        explanation=said,
        holds=told[0] is Rating.SUPPORTED,
        stated=claim.value,
        actual=best,
        difference=best - claim.value,
        tolerance=claim_unit(claim) / 2,
        formula=formula.extreme("max" if rises else "min", name, identifier, sessions[0], last),
        evidence=(evidence.of_bar(before), evidence.of_bar(bar, name)),
        rule="level.reached.v1",
    )


def _how_near(claim: Claim, best: Decimal, sign: int) -> tuple[Rating, str]:
    """best: the farthest the price went, upwards counted."""
    assert claim.value is not None
    short = sign * claim.value - best
    if short <= 0:
        return Rating.SUPPORTED, "reached"
    return (
        (Rating.IMPRECISE, "nearly_reached") if short <= claim_unit(claim) / 2 else (Rating.CONTRADICTED, "not_reached")
    )
