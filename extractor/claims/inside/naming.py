"""Puts what a sentence's figures say of each other into the verdicts on them.

A disagreement accuses no figure: which of the three is wrong it does not tell. A figure that the tape confirms is left
alone; one that the tape does not confirm has the disagreement named beside; and where the tape has nothing the
disagreement is the finding, and the figure stays `not_enough_data`. Agreement adds a remark there and no rating.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.claims.inside.equations import Equation, Fit, equations
from extractor.claims.inside.together import together
from extractor.domain.claim import Claim
from extractor.domain.verdict import Rating, Verdict

_DOUBTED = (Rating.CONTRADICTED, Rating.CONFLICTING, Rating.IMPRECISE)


def named(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts of an article, with what the arithmetic of its sentences says. `claims` in the order of the text."""
    told = {verdict.claim_id: verdict for verdict in verdicts}
    changed: dict[str, Verdict] = {}
    for move in together(claims):
        found = list(equations(move))
        failing = next((equation for equation in found if equation.fit is Fit.DISAGREES), None)
        if failing is not None:
            changed |= _disagreeing(failing, told)
        elif found and all(equation.fit is Fit.AGREES for equation in found):
            changed |= _agreeing(found, told)
    return tuple(changed.get(verdict.claim_id, verdict) for verdict in verdicts)


def _disagreeing(equation: Equation, told: Mapping[str, Verdict]) -> dict[str, Verdict]:
    confirmed = [claim for claim in equation.members if _is_confirmed(claim, told[claim.id])]
    said = f"its sentence does not agree with itself: {equation.says}, not {equation.stated.quote}; {_wrong(confirmed)}"
    changed: dict[str, Verdict] = {}
    for claim in equation.members:
        verdict = told[claim.id]
        if verdict.rating is Rating.NOT_ENOUGH_DATA:
            rule = f"inside.{equation.name}.v1"
            formula = verdict.formula or equation.formula
            changed[claim.id] = replace(_noting(verdict, said), reason="inconsistent", rule=rule, formula=formula)
        elif verdict.rating in _DOUBTED or (verdict.rating is Rating.SUPPORTED and claim not in confirmed):
            changed[claim.id] = _noting(verdict, said)
    return changed


def _agreeing(found: Sequence[Equation], told: Mapping[str, Verdict]) -> dict[str, Verdict]:
    said = "; ".join(f"{equation.says}, and {equation.stated.quote} is printed" for equation in found)
    members = dict.fromkeys(claim.id for equation in found for claim in equation.members)
    return {
        one: _noting(told[one], f"its sentence agrees with itself: {said}")
        for one in members
        if told[one].rating is Rating.NOT_ENOUGH_DATA
    }


def _is_confirmed(claim: Claim, verdict: Verdict) -> bool:
    """Whether the tape has the figure, on the day it is told of; one without a day may be of any."""
    return verdict.rating is Rating.SUPPORTED and claim.date is not None


def _wrong(confirmed: Sequence[Claim]) -> str:
    if not confirmed:
        return "which of them is wrong only the tape can say"
    return f"the tape confirms {' and '.join(claim.quote for claim in confirmed)}"


def _noting(verdict: Verdict, note: str) -> Verdict:
    return replace(verdict, explanation=f"{verdict.explanation.rstrip('.')}; {note}.")
