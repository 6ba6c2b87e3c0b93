"""Splits that no table lists show in quoted prices as a jump by a whole ratio overnight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from extractor.domain.instruments import listed
from extractor.domain.market import Adjustment
from extractor.verify.quoting import SplitTable
from extractor.verify.strands import Strand

_RATIOS = tuple(
    map(Decimal, ("1.5", "2", "3", "4", "5", "6", "7", "8", "10", "12", "15", "20", "25", "30", "40", "50"))
)
_NEAR = Decimal("0.08")  # shares move on the ex-date too


def looks_split(strands: Sequence[Strand], early: date, late: date, splits: SplitTable) -> bool:
    """Whether a quoted close jumped, within a window, as a split makes it jump, on a day that no table lists.

    A real halving looks the same: the answer is a doubt, not a finding. Small companies, whose reverse splits
    nobody tables, are why it is asked.
    """
    known = {split.ex_on for split in splits.splits}
    for strand in strands:
        if strand.info.adjustment is not Adjustment.NONE or listed(strand.info.id) is None:
            continue
        rows = strand.rows.between(early, late)
        closes = [close for close in rows.columns["close"] if close is not None]
        for place in range(1, len(closes)):
            if rows.sessions[place] not in known and _is_ratio(closes[place - 1], closes[place]):
                return True
    return False


def _is_ratio(before: Decimal, after: Decimal) -> bool:
    jump = max(before, after) / min(before, after)
    if jump < Decimal("1.3"):
        return False
    return any(abs(jump / ratio - 1) <= _NEAR for ratio in _RATIOS) or jump > _RATIOS[-1]
