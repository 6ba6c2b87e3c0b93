"""Which kind of claim a figure is. Decided once, from its subject, its unit and its reading; None is no claim."""

from __future__ import annotations

from extractor.claims.figures import Figure, Reading
from extractor.domain.claim import Kind

_PRICED = frozenset({"index", "equity", "etf", "yield", "commodity", "currency", "crypto"})
_DURATIONS = frozenset({"days", "weeks", "months", "years"})
_THOUSAND = 1_000
_AVERAGES = ("rate:US:MORTGAGE", "rate:GB:MORTGAGE")


def kind_of(figure: Figure) -> Kind | None:
    """The order matters: a policy rate before a measure, a measure before a price."""
    subject, unit = figure.bound.type, figure.quantity.unit
    if not figure.bound.ids or unit in _DURATIONS:
        return None
    if subject == "rate":
        return Kind.LEVEL if figure.bound.ids[0].startswith(_AVERAGES) else Kind.RATE
    if subject == "indicator":
        return Kind.INDICATOR
    if subject == "policy":
        return Kind.AMOUNT
    if unit in ("count", "jobs", "claims", "persons", "barrels"):
        return None
    if figure.measure and subject in ("equity", "organization", "etf", "index", "crypto"):
        return Kind.AMOUNT
    abbreviated = subject == "crypto" and figure.quantity.scale == _THOUSAND  # "under $120K" is a price
    if figure.is_scaled and not abbreviated:
        return (
            Kind.AMOUNT
            if subject in ("equity", "organization", "etf", "crypto") and (figure.is_money or figure.measure)
            else None
        )
    if subject == "organization" and figure.reading is Reading.LEVEL and not figure.is_money:
        return None
    if figure.reading is Reading.CHANGE:
        told = figure.direction is not None or unit == "multiple"  # a change that goes nowhere is no change of a price
        return Kind.MOVE if told and (subject in _PRICED or subject == "organization") else None
    if figure.counts_things:
        return None
    if subject in _PRICED or (subject == "organization" and figure.is_money):
        return Kind.LEVEL
    return None
