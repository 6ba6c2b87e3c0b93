"""Forecasts of policy rates: how often they will be changed, where they will stand, and how it came out.

Settled once a later meeting is known, for then none is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractor.claims.forecast.horizon import Horizon, Test
from extractor.claims.forecast.settlement import Settled, opened, settled
from extractor.claims.forecast.words import LEAD, MONTHS, after, before
from extractor.claims.rate.check import check as check_rate
from extractor.claims.rate.decisions import changes_of, decisions_known
from extractor.domain.claim import Claim, DateSource, Modality, Period
from extractor.domain.market import Missing, RateDecision
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.verify.ruling import Ruling, best, not_checkable
from extractor.verify.sessions import DAY

_FURTHER = re.compile(r"\b(?:more|further|additional|another)\b", re.IGNORECASE)
_END = re.compile(rf"\byear[- ]?end\b|\bend of\b|\bend-(?:{MONTHS}|\d{{4}})", re.IGNORECASE)
_BY_MONTH = re.compile(rf"\sby\s(?:the\send\sof\s)?(?:{MONTHS})\b(?!\s\d)")
_AT_MEETING = re.compile(rf"\sat\s(?:its|the|their)\s(?:{MONTHS})\s(?:policy\s)?meeting\b")
_TO = re.compile(r"\bto\s(?:a\s(?:target\s)?range\sof\s)?(?:about\s)?\Z")
_AT = re.compile(LEAD)
# What a market prices is a mean of what may come, and officials' medians are middles of ranges.
_MEANS = re.compile(
    r"\b(?:pric(?:e|es|ed|ing)|impl(?:y|ies|ied|ying)|swaps?|futures|OIS|median|dots?|average|odds|chance)\b",
    re.IGNORECASE,
)

_PRICED = re.compile(
    r"\b(?:pric(?:e|es|ed|ing)|impl(?:y|ies|ied|ying)|swaps?|futures|OIS|odds|chance)\b", re.IGNORECASE
)


def of_rate(claim: Claim, published: date) -> Horizon | None:
    window = claim.date
    if window is None or window.source is DateSource.IMPLIED:
        return None
    if claim.metric == "count":
        return _of_count(claim, window, published)
    if claim.metric not in ("level", "target_range") or _MEANS.search(claim.sentence):
        return None
    behind, leading = after(claim), before(claim)
    if behind is None or not (_TO.search(leading) or _AT.search(leading)):
        return None
    moved = bool(_TO.search(leading))
    if window.is_day and _END.search(window.text or ""):
        return Horizon(on=window.end, test=Test.RATE_MOVED if moved else Test.RATE_AT)
    if not _is_month(window) or window.end <= published:
        return None
    if moved and _BY_MONTH.match(behind):
        return Horizon(on=window.end, test=Test.RATE_MOVED)
    return Horizon(on=window.end, test=Test.RATE_MOVED) if moved and _AT_MEETING.match(behind) else None


def _of_count(claim: Claim, window: Period, published: date) -> Horizon | None:
    if (
        claim.direction is None
        or claim.value_high is not None
        or not _is_year(window)
        or _PRICED.search(claim.sentence)
    ):
        return None
    running = window.start <= published
    further = running and _FURTHER.search(claim.quote)
    return Horizon(on=window.end, test=Test.FURTHER if further else Test.COUNT)


def settle_rate(claim: Claim, siblings: Sequence[Claim], market: Market, found: Horizon) -> Settled:
    assert claim.published is not None
    known = decisions_known(market, claim.subject.id)
    if isinstance(known, Missing) or max((one.decided_on for one in known), default=date.min) <= found.on:
        return opened(found.on)
    said = replace(claim, modality=Modality.ASSERTED, published=found.on + DAY, speaker=None)
    match found.test:
        case Test.COUNT | Test.FURTHER:
            ruling = _counted(said, claim.published, siblings, market, known, found)
        case Test.RATE_MOVED:
            ruling = _moved(said, claim.published, siblings, market, known, found)
        case _:
            ruling = check_rate(_on(said, found.on), siblings, market)
    return settled(ruling, claim, found.on) if ruling.rating.rests_on_evidence else Settled(ruling=ruling, on=None)


def _counted(
    said: Claim,
    published: date,
    siblings: Sequence[Claim],
    market: Market,
    known: Sequence[RateDecision],
    found: Horizon,
) -> Ruling:
    """How often the rate was changed in the year, or from the article on."""
    window = said.date
    assert window is not None
    changed = [one.decision.decided_on for one in changes_of(known)]
    if found.test is Test.FURTHER:
        if published in changed:
            doubt = "A change was decided on the article's own day, and it does not say whether that one counts."
            return not_checkable("forecast", doubt)
        said = replace(said, date=replace(window, start=published + DAY))
    elif any(window.start <= on <= published for on in changed):
        doubt = "Some of the year's changes came before the article, and it does not say whether they count."
        return not_checkable("forecast", doubt)
    return check_rate(said, siblings, market)


def _moved(
    said: Claim,
    published: date,
    siblings: Sequence[Claim],
    market: Market,
    known: Sequence[RateDecision],
    found: Horizon,
) -> Ruling:
    """ "Will cut to 3.25% by June": whether any change after the article, up to the horizon, led there."""
    moves = [one.decision for one in changes_of(known) if published <= one.decision.decided_on <= found.on]
    if any(one.decided_on == published for one in moves):
        return not_checkable("forecast", "A change was decided on the article's own day; it may speak of that one.")
    if moves:  # from the day each took effect, when the range before it no longer counts
        return best([check_rate(_on(said, one.effective_on), siblings, market) for one in moves])
    stayed = check_rate(_on(said, found.on), siblings, market)
    if stayed.rating in (Rating.SUPPORTED, Rating.IMPRECISE):
        return not_checkable("forecast", "The rate was not changed; it stood there before, and nothing moved it there.")
    return stayed


def _on(said: Claim, day: date) -> Claim:
    """The claim as one of a day."""
    return replace(said, date=Period(start=day, end=day, text=None, source=DateSource.EXPLICIT))


def _is_year(window: Period) -> bool:
    return (window.start.month, window.start.day, window.end + DAY) == (1, 1, date(window.start.year + 1, 1, 1))


def _is_month(window: Period) -> bool:
    return window.start.day == 1 and (window.end + DAY).day == 1 and (window.end - window.start).days < 31
