"""Forecasts of economic prints that are still to come, settled by the first release of their period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractor.claims.forecast.horizon import Horizon, Test
from extractor.claims.forecast.settlement import Settled, opened, settled
from extractor.claims.indicator.check import check as check_indicator
from extractor.domain.claim import Claim, DateSource, Modality, Period
from extractor.domain.market import Missing
from extractor.domain.ports import Market
from extractor.rules.statistics import series_of
from extractor.verify.ruling import missing
from extractor.verify.sessions import DAY

# Somebody who expects is still waiting; "had expected", "economists forecast" may be told beside the figure that came.
_COMING = re.compile(
    r"\b(?:expects?|sees?|predicts?|projects|anticipates?|forecasts|will)\b|[’']ll\b"
    r"|\b(?:is|are)\s(?:expected|forecast|projected|seen|likely|estimated|predicted|set)\b"
)
_WAITS = "A forecast of a figure that is still to be published."
_LENGTHS = {"week": range(4, 7), "month": range(27, 31), "quarter": range(89, 92)}  # days from first to last


def of_print(claim: Claim, published: date) -> Horizon | None:
    """Of one period that the words name. Its day of release is not known beforehand: due is the day it has ended."""
    window = claim.date
    if claim.metric != "print" or claim.value_high is not None or window is None or window.is_day:
        return None
    every = series_of(claim.subject.id).every
    if window.source is DateSource.IMPLIED or not _COMING.search(claim.sentence):
        return None
    if (window.end - window.start).days not in _LENGTHS.get(every, ()):
        return None
    if every != "week" and not _is_calendar(window):
        return None
    return Horizon(on=max(window.end, published + DAY), test=Test.PRINT)


def settle_print(claim: Claim, siblings: Sequence[Claim], market: Market, found: Horizon) -> Settled | None:
    """None where the period's figure was out before the article, or is told in it: then it was no coming one."""
    assert claim.published is not None
    assert claim.date is not None
    if any(_tells(other, claim) for other in siblings):
        return None
    release = market.print_first(claim.subject.id, claim.date.start)
    if isinstance(release, Missing):
        disputed = release.reason == "source_conflict"
        return Settled(ruling=missing(claim, release), on=None) if disputed else opened(found.on, _WAITS)
    if release.released_on <= claim.published:
        return None
    said = replace(claim, modality=Modality.ASSERTED, published=release.released_on, speaker=None)
    ruling = check_indicator(said, siblings, market)
    if not ruling.rating.rests_on_evidence:
        return Settled(ruling=ruling, on=None)
    return settled(ruling, claim, release.released_on)


def _tells(other: Claim, claim: Claim) -> bool:
    """Whether another claim of the article is the figure itself."""
    same = (other.kind, other.subject.id, other.metric, other.date) == (
        claim.kind, claim.subject.id, claim.metric, claim.date,
    )  # fmt: skip
    return same and other.modality is Modality.ASSERTED


def _is_calendar(window: Period) -> bool:
    return window.start.day == 1 and (window.end + DAY).day == 1
