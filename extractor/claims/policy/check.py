"""Policy mentions: kept, counted and linked, not rated."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.domain.claim import Claim
from extractor.domain.ports import Market
from extractor.verify.ruling import Ruling, not_checkable


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    return not_checkable("policy_mention", "A policy is mentioned; there is no figure to look up.")
