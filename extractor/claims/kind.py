"""Which kind of claim a figure is. Decided once, from its subject, its unit and its reading; None is no claim."""

from __future__ import annotations

import re

from extractor.claims.figures import Figure, Reading
from extractor.claims.measures import WORTHY
from extractor.domain.claim import PRICED, Kind

_TOTAL = re.compile(
    r"\b(?:total (?:value|price|consideration) of|shares (?:\w+ ){0,4}?(?:worth|valued at)|for a total of) \Z"
)
_OWNERS = frozenset({"equity", "organization", "etf"})
_DURATIONS = frozenset({"days", "weeks", "months", "years"})
_FROM_MEMORY = frozenset({"remembered", "generic", "later"})
_THOUSAND, _NO_COIN_COSTS = 1000, 1_000_000
_DEAR = frozenset({"USD", "EUR", "GBP"})  # currencies in which a hundred thousand is much
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
    if figure.measure and figure.measure.value == "volume":
        return None  # how many shares changed hands is no claim
    if figure.measure and subject in ("equity", "organization", "etf", "index", "crypto"):
        return Kind.AMOUNT
    if unit == "shares":
        return None
    if _is_total(figure):
        return Kind.AMOUNT if subject in _OWNERS else None
    if figure.is_scaled and not (subject == "crypto" and _in_thousands(figure)):
        return (
            Kind.AMOUNT
            if subject in ("equity", "organization", "etf", "crypto") and (figure.is_money or figure.measure)
            else None
        )
    if subject == "organization" and figure.reading is Reading.LEVEL and not figure.is_money:
        return None
    if figure.reading is Reading.CHANGE:
        told = _multiplies(figure) if unit == "multiple" else figure.direction is not None  # it must go somewhere
        return Kind.MOVE if told and (subject in PRICED or subject == "organization") else None
    if figure.counts_things:
        return None
    if _is_sum(figure):
        return Kind.AMOUNT
    if subject in PRICED or (subject == "organization" and figure.is_money):
        return Kind.LEVEL
    return None


def _is_sum(figure: Figure) -> bool:
    """ "for a total value of $259,650": no share costs that, unless it is said to have closed there."""
    of_a_company = figure.bound.type in _OWNERS and figure.level is None
    return of_a_company and figure.quantity.unit in _DEAR and figure.quantity.value >= WORTHY


def _is_total(figure: Figure) -> bool:
    """ "5,000 shares for a total value of $259,650": what a deal came to, not a price."""
    start = max(figure.sentence.start, figure.quantity.start - 40)
    return figure.is_money and bool(_TOTAL.search(figure.sentence.text, start, figure.quantity.start))


def _in_thousands(figure: Figure) -> bool:
    """ "under $120K": how the price of a coin is printed."""
    return figure.quantity.scale == _THOUSAND and not figure.measure and figure.quantity.value < _NO_COIN_COSTS


def _multiplies(figure: Figure) -> bool:
    """ "doubled", "rose threefold", not "volume was twice the average"; an index that doubles is named beside it."""
    own = [c for c in figure.sentence.layer("movement") if figure.quantity.start <= c.start < figure.quantity.end]
    named = figure.bound.type != "index" or figure.bound.how not in _FROM_MEMORY
    return named and bool(own or figure.movement)
