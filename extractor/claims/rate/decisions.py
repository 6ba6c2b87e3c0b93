"""A policy rate's decisions as changes, and the one a claim speaks of (rule 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from extractor.domain.claim import Claim, DateSource, Direction
from extractor.domain.market import RateDecision
from extractor.rules.tolerances import tolerances
from extractor.verify.intervals import HUNDRED

# A decision that only the article's date places may be some days old.
_RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A decision that moved the rate, with the range before it and the meetings without a change since the last one."""

    decision: RateDecision
    before_low: Decimal
    before_high: Decimal
    holds_before: int = 0

    @property
    def basis_points(self) -> Decimal:
        return (self.decision.high - self.before_high) * HUNDRED

    @property
    def told(self) -> str:
        before, after = span(self.before_low, self.before_high), span(self.decision.low, self.decision.high)
        return f"from {before} to {after}"


def span(low: Decimal, high: Decimal) -> str:
    """ "3.50-3.75 %", or "4.00 %" where there is no range."""
    return f"{high:.2f} %" if low == high else f"{low:.2f}-{high:.2f} %"


def direction_of(change: Change) -> Direction:
    return Direction.UP if change.basis_points > 0 else Direction.DOWN


def changes_of(decisions: Sequence[RateDecision]) -> list[Change]:
    """The decisions that moved the rate, oldest first. The first decision at hand has nothing to be compared with."""
    changes: list[Change] = []
    holds = 0
    ordered = sorted(decisions, key=lambda decision: decision.decided_on)
    for before, decision in pairwise(ordered):
        if (before.low, before.high) == (decision.low, decision.high):
            holds += 1
            continue
        changes.append(Change(decision=decision, before_low=before.low, before_high=before.high, holds_before=holds))
        holds = 0
    return changes


def decision_for(changes: Sequence[Change], claim: Claim) -> Change | None:
    """The change a claim speaks of: decided or taking effect on its day, or the last one inside its window."""
    if claim.date is None:
        return None
    start, end = claim.date.start, claim.date.end
    if claim.date.is_day:
        slack = timedelta(days=tolerances().dates.effective_within_days)
        for change in changes:
            decision = change.decision
            if end in (decision.decided_on, decision.effective_on):
                return change
            # Read off the daily series, the day of the decision may be the day before, or the day itself.
            if decision.derived and end <= decision.effective_on <= end + slack:
                return change
        if claim.date.source is not DateSource.IMPLIED:
            return None
        start = end - _RECENT
    inside = [change for change in changes if start <= change.decision.decided_on <= end]
    return inside[-1] if inside else None
