"""Company figures, deal sizes and the sums inside laws: no series holds them."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.domain.claim import Claim, SubjectType
from extractor.domain.ports import Market
from extractor.verify.ruling import Ruling, not_checkable, not_enough_data


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """A law's provision has nothing to be looked up in; a company's figure has, but it is not at hand."""
    if claim.subject.type is SubjectType.POLICY:
        return not_checkable("policy_provision", "What a law provides is not on the tape.")
    return not_enough_data("no_series", f"No series of {(claim.metric or 'this figure').replace('_', ' ')} is at hand.")
