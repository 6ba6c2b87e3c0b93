"""Which days of which instruments the checks of claims look at, for sources that must be asked before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from extractor.domain.claim import Claim, Kind, Modality
from extractor.domain.market import Need
from extractor.domain.verdict import Rating, Verdict

_LOOKED_UP = frozenset({Kind.LEVEL, Kind.MOVE, Kind.RECORD, Kind.RATE, Kind.INDICATOR, Kind.QUOTE})
_NOT_YET = frozenset({Modality.FORECAST, Modality.CONDITIONAL})
# A year and a month: "year to date", "from a year earlier", a 52-week high, the month before that.
_BEFORE = timedelta(days=400)
_AFTER = timedelta(days=5)  # the session after the article, over a long weekend
_STREAK = timedelta(days=3 * 366)  # "third cut in a row"
_EVER = date(1900, 1, 1)  # a record is one in all of a history
_OF_A_YEAR = frozenset({"high_52w", "low_52w"})

# Reasons of a verdict that more prices could change.
WAITING = frozenset({
    "no_series", "before_series", "after_series", "session_missing", "adjusted_only", "no_field", "no_vintage",
    "source_conflict", "source_down", "source_refused", "unusable_answer", "history_too_short", "not_known_yet",
})  # fmt: skip


def needs(claims: Iterable[Claim]) -> list[Need]:
    """One for each instrument, by id. Claims that nothing could be looked up for need nothing."""
    found: dict[str, Need] = {}
    for claim in claims:
        need = _need(claim)
        if need is None:
            continue
        known = found.get(need.instrument, need)
        first_on, last_on = min(need.first_on, known.first_on), max(need.last_on, known.last_on)
        found[need.instrument] = Need(instrument=need.instrument, first_on=first_on, last_on=last_on)
    return [found[instrument] for instrument in sorted(found)]


def waiting(claims: Iterable[Claim], verdicts: Mapping[str, Verdict]) -> list[Claim]:
    """Those whose verdict waits for prices, or that have none yet. verdicts: by claim id."""
    return [claim for claim in claims if _waits(verdicts.get(claim.id))]


def _waits(verdict: Verdict | None) -> bool:
    return verdict is None or (verdict.rating is Rating.NOT_ENOUGH_DATA and verdict.reason in WAITING)


def _need(claim: Claim) -> Need | None:
    days = [claim.published] if claim.published else []
    if claim.date is not None:
        days += [claim.date.start, claim.date.end]
    if claim.kind not in _LOOKED_UP or claim.modality in _NOT_YET or not days:
        return None
    first_on = min(days) - _BEFORE
    if claim.kind is Kind.RATE:
        first_on = min(days) - _STREAK
    if claim.kind is Kind.RECORD and claim.metric not in _OF_A_YEAR:
        first_on = _EVER
    return Need(instrument=claim.subject.id, first_on=max(first_on, _EVER), last_on=max(days) + _AFTER)
