"""What a check finds out, before it is put down as the verdict on a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from extractor.domain.claim import Claim, Modality
from extractor.domain.market import Missing
from extractor.domain.verdict import Evidence, Rating, Verdict

# From the most to the least favourable: of several candidate readings the first one that is met counts. Not knowing
# one of the readings is better than accusing on the others.
_FAVOUR = (
    Rating.SUPPORTED,
    Rating.IMPRECISE,
    Rating.CONFLICTING,
    Rating.NOT_ENOUGH_DATA,
    Rating.NOT_CHECKABLE,
    Rating.CONTRADICTED,
)

_WHY_MISSING = {
    "no_series": "no price series of {name} is at hand",
    "before_series": "the series of {name} begins later",
    "after_series": "the series of {name} ends earlier",
    "session_missing": "the series of {name} lacks that session",
    "not_a_session": "that day was no trading day for {name}",
    "adjusted_only": "only adjusted prices of {name} are at hand",
    "no_field": "the series of {name} has no such field for that day",
    "source_conflict": "two sources of {name} disagree beyond their precision",
    "not_known_yet": "the figure was not yet known",
    "no_vintage": "the figure as first published is not at hand",
    "source_down": "the source did not answer",
    "source_refused": "the source refused the question",
    "unusable_answer": "the answer of the source cannot be used",
    "no_intraday": "daily data cannot judge a figure of another hour",
    "no_date": "the statement names no day that could be looked up",
    "history_too_short": "the history of {name} at hand is too short to confirm it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A rating with its reasons. The fields are those of `Verdict`.

    holds: whether the statement is strictly true; None where that is not known. Denials turn on it (rule 16).
    rule: name and version of the rule that ruled; None leaves it to the kind's default.
    """

    rating: Rating
    reason: str
    explanation: str
    holds: bool | None = None
    stated: Decimal | None = None
    actual: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    formula: str | None = None
    evidence: tuple[Evidence, ...] = ()
    correction: str | None = None
    rule: str | None = None

    def verdict(self, claim: Claim, rule: str, as_of: date | None) -> Verdict:
        corrected = self.rating in (Rating.CONTRADICTED, Rating.CONFLICTING)
        return Verdict(
            claim_id=claim.id,
            rating=self.rating,
            reason=self.reason,
            rule=self.rule or rule,
            explanation=self.explanation,
            stated=self.stated,
            actual=self.actual,
            difference=self.difference,
            tolerance=self.tolerance,
            formula=self.formula,
            evidence=self.evidence if self.rating.rests_on_evidence else (),
            as_of=as_of,
            correction=(self.correction or self.explanation) if corrected else None,
        )

    def noting(self, note: str) -> Ruling:
        """The same ruling with a remark added to its explanation."""
        return replace(self, explanation=f"{self.explanation.rstrip('.')}; {note}.")


def not_enough_data(reason: str, explanation: str) -> Ruling:
    return Ruling(rating=Rating.NOT_ENOUGH_DATA, reason=reason, explanation=explanation)


def not_checkable(reason: str, explanation: str) -> Ruling:
    return Ruling(rating=Rating.NOT_CHECKABLE, reason=reason, explanation=explanation)


def missing(claim: Claim, gap: Missing) -> Ruling:
    """The ruling where the market has nothing, with its reason in words."""
    why = _WHY_MISSING.get(gap.reason, gap.reason.replace("_", " ")).format(name=claim.subject.name)
    detail = f" ({gap.detail})" if gap.detail else ""
    return not_enough_data(gap.reason, f"{why[:1].upper()}{why[1:]}{detail}.")


def best(rulings: Sequence[Ruling]) -> Ruling:
    """The most favourable ruling; of equals the first. `rulings` must not be empty."""
    return min(rulings, key=lambda ruling: _FAVOUR.index(ruling.rating))


def best_for(claim: Claim, rulings: Sequence[Ruling]) -> Ruling:
    """Of several readings the one most favourable to the statement, which a denial turns round."""
    if claim.modality is Modality.NEGATED:
        return min(rulings, key=lambda ruling: _FAVOUR.index(denied(ruling).rating))
    return best(rulings)


def cautious(ruling: Ruling, reason: str, explanation: str) -> Ruling:
    """Where the evidence is too weak to accuse: a contradiction becomes not knowing (a conflict too)."""
    if ruling.rating is Rating.CONTRADICTED:
        return not_enough_data(reason, explanation)
    return ruling


def denied(ruling: Ruling) -> Ruling:
    """The ruling on "did not …", given the one on what it denies (rule 16)."""
    if not ruling.rating.rests_on_evidence or ruling.holds is None:
        return ruling
    if ruling.rating is Rating.CONFLICTING:
        return replace(ruling, reason=f"denial_{ruling.reason}", holds=None)
    if ruling.holds:
        return replace(
            ruling,
            rating=Rating.CONTRADICTED,
            reason="denies_what_is_true",
            explanation=f"The statement denies what the tape shows: {ruling.explanation}",
            correction=ruling.explanation,
            holds=False,
        )
    return replace(
        ruling,
        rating=Rating.SUPPORTED,
        reason="denies_what_is_false",
        explanation=f"What the statement denies is indeed false: {ruling.explanation}",
        correction=None,
        holds=True,
    )
