"""Whether a change agrees with the level its own sentence gives (rule 5)."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.domain.claim import Claim, Direction, Kind
from extractor.verify.basis import Price
from extractor.verify.comparing import Figure

_NOT_THE_NEW_LEVEL = ("open", "high", "low", "range", "range_52w", "target", "close")


def disagrees_with_level(claim: Claim, siblings: Sequence[Claim], before: Price) -> str | None:
    """The stated level, where "down $4.10 to $95.20" cannot both be true of the previous close; None where they can.

    Only a change in the price's own unit with exactly one level of the same subject in its sentence is judged.
    """
    if claim.unit in ("percent", "multiple", "basis_points", None) or claim.value is None or claim.direction is None:
        return None
    levels = {
        other.value: other
        for other in siblings
        if other.kind is Kind.LEVEL
        and other.subject.id == claim.subject.id
        and other.sentence == claim.sentence
        and other.value is not None
        and other.value_high is None
        and other.unit == claim.unit
        and other.metric not in _NOT_THE_NEW_LEVEL
        and other.date == claim.date
    }
    if len(levels) != 1:
        return None
    level = next(iter(levels.values()))
    moved = Figure.of(claim).interval
    implied = before.interval + (-moved if claim.direction is Direction.DOWN else moved)
    return None if implied.meets(Figure.of(level).interval) else level.quote
