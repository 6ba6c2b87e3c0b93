"""One row of a quotes table: the last price, its change and its percent, and whether they agree (rules 5 and 19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.domain.article import Zone
from extractor.domain.claim import Claim, Direction, Kind
from extractor.domain.verdict import Evidence
from extractor.verify.comparing import Figure
from extractor.verify.evidence import plain
from extractor.verify.intervals import HUNDRED, Interval

# A row is one or two short lines: what stands farther off belongs to another row.
_ROW_CHARACTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What of a row is printed; None where it is not."""

    last: Claim | None
    change: Claim | None
    percent: Claim | None

    @classmethod
    def of(cls, claim: Claim, siblings: Sequence[Claim]) -> Row:
        """The row a claim stands in: the last price of its subject at or before it, and the changes that follow."""
        own = [one for one in {*siblings, claim} if one.zone is Zone.QUOTES and one.subject.id == claim.subject.id]
        lasts = [one for one in own if _is_last(one) and one.start <= claim.start]
        last = max(lasts, key=lambda one: one.start, default=None)
        start = last.start if last is not None else claim.start
        next_last = min((one.start for one in own if _is_last(one) and one.start > start), default=None)
        inside = [
            one
            for one in own
            if not _is_last(one)
            and start <= one.start <= start + _ROW_CHARACTERS
            and (next_last is None or one.start < next_last)
        ]
        changes = [one for one in inside if one.unit != "percent" and one.value is not None]
        percents = [one for one in inside if one.unit == "percent" and one.value is not None]
        return cls(last=last, change=_nearest(changes), percent=_nearest(percents))

    @property
    def previous_close(self) -> Interval | None:
        """What the last price and its change say the close before was."""
        if self.last is None or self.change is None:
            return None
        return Figure.of(self.last).interval - _signed(self.change)

    def implied_percent(self) -> Interval | None:
        """The percent that price and change allow, given their rounding."""
        before = self.previous_close
        if before is None or self.change is None or before.low <= 0:
            return None
        return _signed(self.change).over(before).scaled(HUNDRED)

    def is_consistent(self) -> bool | None:
        """Whether the printed percent is among those that price and change allow; None where one of them is missing."""
        implied = self.implied_percent()
        if implied is None or self.percent is None:
            return None
        return implied.meets(_signed(self.percent))

    def printed(self) -> tuple[Evidence, ...]:
        """The row itself as evidence, where nothing else is needed."""
        rows: list[Evidence] = []
        for name, claim in (("last", self.last), ("change", self.change), ("percent", self.percent)):
            if claim is None or claim.value is None:
                continue
            day = claim.date.end if claim.date is not None else claim.published
            if day is None:
                continue
            value = -claim.value if claim.direction is Direction.DOWN else claim.value
            rows.append(
                Evidence(
                    series=claim.subject.id,
                    source=f"the row itself, in {claim.article}",
                    session=day,
                    field=name,
                    value=plain(value),
                )
            )
        return tuple(rows)


def _is_last(claim: Claim) -> bool:
    return claim.kind is Kind.QUOTE and claim.metric != "change"


def _nearest(claims: Sequence[Claim]) -> Claim | None:
    return min(claims, key=lambda one: (one.start, one.end), default=None)


def _signed(claim: Claim) -> Interval:
    interval = Figure.of(claim).interval
    return -interval if claim.direction is Direction.DOWN else interval


def halfway(interval: Interval) -> Decimal:
    return (interval.low + interval.high) / 2
