"""A policy rate's decisions as changes, and the one a claim speaks of (rule 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from extractor.domain.claim import Claim, DateSource, Direction
from extractor.domain.market import Bar, Missing, RateDecision
from extractor.domain.ports import Market
from extractor.domain.verdict import Evidence
from extractor.rules.policy_rates import shipped_decisions
from extractor.rules.tolerances import tolerances
from extractor.verify import evidence
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


def decisions_known(market: Market, rate: str) -> Sequence[RateDecision] | Missing:
    """Decisions known on the market's day: from a table of the user's, else from the one that ships.

    The daily series of a rate gives the changes after the shipped table ends; by itself it knows neither the meetings
    that changed nothing nor the day of the decision for certain.
    """
    tape = market.decisions(rate)
    if not isinstance(tape, Missing) and not any(decision.derived for decision in tape):
        return tape
    as_of = market.as_of
    shipped = [one for one in shipped_decisions(rate) if as_of is None or one.decided_on <= as_of]
    if not shipped:
        return tape
    last = max(one.effective_on for one in shipped)
    later = [] if isinstance(tape, Missing) else [one for one in tape if one.effective_on > last and one.derived]
    return [*shipped, *later]


def daily_rows(market: Market, decision: RateDecision) -> tuple[Evidence, ...] | Missing:
    """The daily series' rows of the day a decision took effect; empty where none is at hand.

    Missing("source_conflict") where they show another range.
    """
    found: list[Bar] = []
    for suffix, stated in (("LOWER", decision.low), ("UPPER", decision.high)):
        bar = market.bar(f"{decision.rate}:{suffix}", decision.effective_on)
        if isinstance(bar, Missing):
            continue
        if bar.close != stated:
            return Missing("source_conflict", f"{bar.series.source} has {bar.close} on {bar.session}, not {stated}")
        found.append(bar)
    return tuple(evidence.of_bar(bar) for bar in found)


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
