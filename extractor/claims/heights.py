"""Levels so far from an index that they are hardly its own: the doubt is then whether the subject was read right."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.claims.level.check import check as check_level
from extractor.domain.claim import Claim, Comparator, Kind, SubjectType
from extractor.domain.ports import Market
from extractor.verify.ruling import Ruling

_NAMED = 0.95  # from here on the name stands right before the figure
_APART = Decimal("1.25")  # as many times the tape's: a level of another index
_WORLDS_APART = Decimal(3)  # where the name was read: a misprinted digit seldom makes as much
_REACH = 40  # characters from a move to the level it led to


def is_at_another_height(claim: Claim, ruling: Ruling, siblings: Sequence[Claim], market: Market) -> bool:
    """Whether a contradicted level of an index, or the level its move led to, is of another order than the tape's."""
    if claim.subject.type is not SubjectType.INDEX:
        return False
    if claim.kind is Kind.LEVEL:
        if claim.comparator not in (Comparator.EQUAL, Comparator.ABOUT):
            return False  # "did not close above 20,000": a bound may be far off
        return _is_far(ruling, _APART if claim.confidence < _NAMED else _WORLDS_APART)
    if claim.kind is not Kind.MOVE:
        return False
    for other in siblings:
        beside = other.subject.id == claim.subject.id and 0 < other.start - claim.end < _REACH
        if beside and other.kind is Kind.LEVEL and other.value is not None and other.sentence == claim.sentence:
            return _is_far(check_level(other, siblings, market), _APART)
    return False


def _is_far(ruling: Ruling, times: Decimal) -> bool:
    stated, actual = ruling.stated, ruling.actual
    if not stated or not actual or stated < 0 or actual < 0:
        return False
    return max(stated, actual) / min(stated, actual) > times
