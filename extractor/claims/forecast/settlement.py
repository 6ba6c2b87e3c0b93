"""What has come of a forecast: open until its day, or settled on one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from extractor.domain.claim import Claim
from extractor.verify import formula
from extractor.verify.ruling import Ruling, not_checkable
from extractor.verify.wording import day

RULE = "forecast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The ruling on a forecast with a horizon. on: the day it was settled on, None while it is still open."""

    ruling: Ruling
    on: date | None


def opened(due: date, why: str | None = None) -> Settled:
    said = why or f"A forecast for {day(due)}: it can be looked up when that day is known."
    ruling = replace(not_checkable("forecast", said), formula=formula.due(due), rule=f"{RULE}.open.v1")
    return Settled(ruling=ruling, on=None)


def settled(ruling: Ruling, claim: Claim, on: date) -> Settled:
    """Says that it is a settlement, and when."""
    ruled = replace(
        ruling,
        explanation=f"Forecast of {day(claim.published or on)}, settled on {day(on)}: {ruling.explanation}",
        correction=ruling.correction or ruling.explanation,
        rule=f"{RULE}.{ruling.rule or f'{claim.kind}.v1'}",
    )
    return Settled(ruling=ruled, on=on)
