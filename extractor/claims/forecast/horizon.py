"""When a forecast can be looked up, and what will count: only where the words leave no doubt about both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extractor.claims.forecast import words
from extractor.domain.claim import Claim, Modality
from extractor.rules.tolerances import tolerances


class Test(StrEnum):
    """What settles a forecast.

    A price: a day's close, any price up to a day, a change over a window. A policy rate: how often it was changed in a
    year, or from the article on (`further`), where it stands on a day, or stood on any day up to then. A statistic: its
    first print.
    """

    __test__ = False  # to pytest, which takes the name for its own

    AT = "at"
    REACHED = "reached"
    CHANGE = "change"
    COUNT = "count"
    FURTHER = "further"
    RATE_AT = "rate_at"
    RATE_MOVED = "rate_moved"
    PRINT = "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """on: the last day the forecast speaks of; it is settled when that day is known.

    session: whether that day must be one of trading ("on Friday"): else nothing settles it.
    """

    on: date
    test: Test
    session: bool = False


def told(claim: Claim) -> bool:
    """Whether a claim is a forecast with a figure that was read for certain and is nobody's former one."""
    return (
        claim.modality is Modality.FORECAST
        and claim.value is not None
        and claim.published is not None
        and claim.confidence >= tolerances().reading.sure
        and not words.otherwise(claim)
    )
