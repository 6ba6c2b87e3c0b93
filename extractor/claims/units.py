"""Whether a claim's unit is one its instrument is quoted in (rule 9: nothing is converted silently)."""

from __future__ import annotations

from extractor.domain.claim import Claim, SubjectType
from extractor.verify.ruling import Ruling, not_checkable, not_enough_data

_US_MARKETS = frozenset({"XNAS", "XNYS", "ARCX", "XASE", "BATS"})
_IN_DOLLARS = frozenset({SubjectType.COMMODITY, SubjectType.CRYPTO})
_PRICED = frozenset({SubjectType.EQUITY, SubjectType.ETF, *_IN_DOLLARS})


def is_currency(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isalpha() and unit.isupper()


def quote_currency(claim: Claim) -> str | None:
    """The currency the instrument is quoted in, where its id tells."""
    if claim.subject.type in _IN_DOLLARS:
        return "USD"
    parts = claim.subject.id.split(":")
    if claim.subject.type in (SubjectType.EQUITY, SubjectType.ETF) and len(parts) > 1 and parts[1] in _US_MARKETS:
        return "USD"
    if claim.subject.type is SubjectType.CURRENCY and len(parts[-1]) == 6:
        return parts[-1][3:]
    return None


def currency_problem(claim: Claim) -> Ruling | None:
    """A figure in another currency than the instrument's is not compared."""
    quoted_in = quote_currency(claim)
    if is_currency(claim.unit) and quoted_in is not None and claim.unit != quoted_in:
        return not_enough_data(
            "other_currency", f"The figure is in {claim.unit}, {claim.subject.name} is quoted in {quoted_in}."
        )
    return None


def level_unit_problem(claim: Claim) -> Ruling | None:
    """Why a level cannot be compared in the unit it is printed in; None where it can."""
    if claim.unit is None:
        return None
    subject = claim.subject.type
    if subject in (SubjectType.YIELD, SubjectType.RATE):
        fits = claim.unit == "percent"
    elif subject is SubjectType.INDEX:
        fits = claim.unit in ("points", "count") or is_currency(claim.unit)
    elif subject in _PRICED or subject is SubjectType.CURRENCY:
        fits = is_currency(claim.unit) or claim.unit == "points"
    else:
        fits = True
    if not fits:
        return not_checkable(
            "unit", f"A level of {claim.subject.name} is not quoted in {claim.unit.replace('_', ' ')}."
        )
    return currency_problem(claim)
