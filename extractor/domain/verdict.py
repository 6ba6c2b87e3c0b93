"""A verdict: what the tape says of a claim, with everything needed to redo the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from extractor.domain.market import Adjustment


class Rating(StrEnum):
    SUPPORTED = "supported"
    IMPRECISE = "imprecise"
    CONFLICTING = "conflicting"
    CONTRADICTED = "contradicted"
    NOT_ENOUGH_DATA = "not_enough_data"
    NOT_CHECKABLE = "not_checkable"

    @property
    def rests_on_evidence(self) -> bool:
        return self not in (Rating.NOT_ENOUGH_DATA, Rating.NOT_CHECKABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One value from one row of one source. `series` is an instrument, indicator or listing id."""

    series: str
    source: str
    session: date
    field: str
    value: str
    adjustment: Adjustment = Adjustment.NONE
    retrieved_at: datetime | None = None
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The rating of one claim.

    reason: a word from the rule ("within_rounding", "no_series", ...). explanation: one sentence for a reader.
    stated, actual, difference, tolerance: signed where the claim has a direction; None where there is no figure.
    rule: name and version ("level.close.v1"). formula: what was computed from which rows.
    correction: what the tape shows, for contradicted and conflicting ones.
    as_of: the day whose knowledge the verdict uses.
    """

    claim_id: str
    rating: Rating
    reason: str
    rule: str
    explanation: str
    stated: Decimal | None = None
    actual: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    formula: str | None = None
    evidence: tuple[Evidence, ...] = ()
    as_of: date | None = None
    correction: str | None = None

    def __post_init__(self) -> None:
        if self.rating.rests_on_evidence and not self.evidence:
            raise ValueError(f"a {self.rating} verdict must carry evidence (claim {self.claim_id})")
