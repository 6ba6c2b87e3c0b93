"""A verb said once for several: "the Dow rose 500 points, the S&P 500 1.4%"."""

from __future__ import annotations

import re

from extractor.claims.figures import Figure, Reading
from extractor.claims.lead import lead_of
from extractor.claims.sentence import Clause, Sentence, within
from extractor.domain.annotation import Quantity
from extractor.domain.claim import Direction

_CARRYING = frozenset({"and", "or", ",", "while", "with", ";", "–", "—", "--"})
INDEX_UNITS = frozenset({"points", "percent"})  # "the Dow rose 500 points and the Nasdaq 1.4%"
_SET_AGAINST = frozenset({"than", "versus", "against"})
_ON_TO = re.compile(r"\s(?:to|at)\s")


def is_change(sentence: Sentence, quantity: Quantity, earlier: list[Figure]) -> bool:
    """ "oil rose 2 cents to $2.07; gasoline 3 cents to $1.92": a change and a level after a verb said once."""
    after = within(sentence.quantities, quantity.end, quantity.end + 5)
    if not earlier or not after or after[0].unit != quantity.unit or after[0].value < quantity.value:
        return False
    moved = [figure for figure in earlier if figure.quantity.unit == quantity.unit]
    return (
        len(moved) > 1
        and moved[0].reading is Reading.CHANGE
        and moved[-1].reading is Reading.LEVEL
        and lead_of(sentence, quantity) == ""
        and bool(_ON_TO.fullmatch(sentence.text, quantity.end, after[0].start))
    )


def direction(sentence: Sentence, clause: Clause, quantity: Quantity, earlier: list[Figure]) -> Direction | None:
    """ "the S&P 500 rose 0.4% and the Nasdaq 0.3%": a verb said once holds for both."""
    aside = sentence.aside_before(clause)
    for figure in reversed(earlier):
        if figure.clause == aside or figure.reading is not Reading.CHANGE or not figure.direction:
            continue
        same = figure.clause == clause
        alike = figure.quantity.unit == quantity.unit
        if alike and figure is earlier[-1] and figure.measure and lead_of(sentence, quantity) in _SET_AGAINST:
            return figure.direction  # "sales grew 1.6%, better than the 1.2% analysts were after"
        verbless = not any(cue.layer == "movement" for cue in within(sentence.cues, clause.start, clause.end))
        if (alike and (same or clause.opener in _CARRYING)) or (
            verbless
            and not same
            and clause.opener in _CARRYING
            and {figure.quantity.unit, quantity.unit} <= INDEX_UNITS
        ):
            return figure.direction
    return None
