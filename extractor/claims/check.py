"""From an article's claims to their verdicts: the gates all kinds share, then the kind's own check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractor.claims.amount.check import check as check_amount
from extractor.claims.forecast.settle import settle
from extractor.claims.heights import is_at_another_height
from extractor.claims.indicator.check import check as check_indicator
from extractor.claims.inside.closing import stands_by_the_close
from extractor.claims.inside.naming import named
from extractor.claims.inside.weekday import tested
from extractor.claims.level.check import check as check_level
from extractor.claims.listing.check import check as check_listing
from extractor.claims.move.check import check as check_move
from extractor.claims.policy.check import check as check_policy
from extractor.claims.quote.check import check as check_quote
from extractor.claims.rate.check import check as check_rate
from extractor.claims.rate.decisions import decisions_known
from extractor.claims.record.check import check as check_record
from extractor.domain.article import Zone
from extractor.domain.claim import Basis, Claim, Kind, Modality, SubjectType
from extractor.domain.market import Missing
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating, Verdict
from extractor.rules.tolerances import tolerances
from extractor.verify.ruling import Ruling, cautious, denied, not_checkable, not_enough_data

Check = Callable[[Claim, Sequence[Claim], Market], Ruling]

CHECKS: dict[Kind, Check] = {
    Kind.LEVEL: check_level,
    Kind.MOVE: check_move,
    Kind.RECORD: check_record,
    Kind.RATE: check_rate,
    Kind.INDICATOR: check_indicator,
    Kind.AMOUNT: check_amount,
    Kind.POLICY: check_policy,
    Kind.LISTING: check_listing,
    Kind.QUOTE: check_quote,
}

_NOT_YET = {
    Modality.FORECAST: "A forecast cannot be looked up before its time has come.",
    Modality.CONDITIONAL: "What holds only under a condition cannot be looked up.",
}


def check_article(claims: Sequence[Claim], market: Market) -> tuple[Verdict, ...]:
    """A verdict for each claim of one article, in the order of `claims`; no verdict depends on that order."""
    siblings = sorted(claims, key=lambda claim: (claim.start, claim.end, claim.kind, claim.subject.id))
    return named(siblings, [check_claim(claim, siblings, market) for claim in claims])


def check_claim(claim: Claim, siblings: Sequence[Claim], market: Market) -> Verdict:
    """The verdict on one claim. `siblings`: all claims of its article, itself included or not."""
    settled = settle(claim, siblings, market)
    ruling = settled.ruling if settled else tested(claim, lambda dated: _ruling(dated, siblings, market))
    as_of = market.as_of or (settled.on if settled else None) or claim.published
    if claim.modality is Modality.NEGATED:
        ruling = denied(ruling)
    if claim.speaker is not None and ruling.rating.rests_on_evidence:
        ruling = ruling.noting(f"the figure is {claim.speaker}'s")
    return ruling.verdict(claim, f"{claim.kind}.v1", as_of)


def _ruling(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    if claim.kind is Kind.POLICY:
        return check_policy(claim, siblings, market)
    not_yet = _NOT_YET.get(claim.modality)
    if not_yet is not None:
        return not_checkable(str(claim.modality), not_yet)
    ruling = _check_of(claim, market)(claim, siblings, market)
    if ruling.reason == "no_intraday" and stands_by_the_close(
        claim, siblings, lambda other: _check_of(other, market)(other, siblings, market)
    ):
        told = replace(claim, basis=Basis.CLOSE)
        ruling = _check_of(told, market)(told, siblings, market)
    if ruling.rating is Rating.CONTRADICTED and is_at_another_height(claim, ruling, siblings, market):
        seen = f"So far from it that another index may be meant. {ruling.explanation}"
        return cautious(ruling, "uncertain_reading", seen)
    if claim.confidence < tolerances().reading.sure:
        seen = f"It is not certain what the figure is about; as read it does not hold. {ruling.explanation}"
        if ruling.rating is Rating.CONFLICTING:  # nor is it certain that the figure is of another hour
            return not_enough_data("uncertain_reading", seen)
        return cautious(ruling, "uncertain_reading", seen)
    return ruling


def _check_of(claim: Claim, market: Market) -> Check:
    """The kind's check; a change in a quotes table goes with its row, a policy rate's level with its decisions."""
    if claim.kind is Kind.MOVE and claim.zone is Zone.QUOTES and claim.value is not None:
        return check_quote
    if claim.subject.type is SubjectType.RATE and claim.kind in (Kind.LEVEL, Kind.MOVE):
        if isinstance(decisions_known(market, claim.subject.id), Missing):
            return CHECKS[claim.kind]
        return _rate_level if claim.kind is Kind.LEVEL else _rate_change
    return CHECKS[claim.kind]


def _rate_level(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    return check_rate(replace(claim, metric="level"), siblings, market)


def _rate_change(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    return check_rate(replace(claim, metric="change"), siblings, market)
