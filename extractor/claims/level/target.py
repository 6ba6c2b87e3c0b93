"""A price somebody expects a thing to reach: "a $104 target on Chubb", "its target, to 165p from 210p"."""

from __future__ import annotations

import re

from extractor.claims.figures import Figure
from extractor.domain.claim import PRICED

_SORTS = r"(?:(?:price|year-end|12-month|one-year|stock|average|median|mean|consensus|new|old) ){0,3}"
_NAMES = r"(?:target(?:s| prices?)?|objectives?|fair[- ]value(?: estimates?)?|base case|bull case|bear case|PT|TP)"
# Small letters alone: Target is a shop.
_BEHIND = re.compile(rf"[ -](?:a[ -]share )?{_SORTS}{_NAMES}\b")
_BEFORE = re.compile(rf"\b{_SORTS}{_NAMES}\b(?P<gap>[^.;\n]{{0,60}}?)\s?\Z")
_LINK = re.compile(r"\b(?:to|of|at|from|is|was|by|stands? at|:)\s?(?:about|around|roughly|just|a share)?\s?\Z")
_REACH = 90


def is_target(figure: Figure) -> bool:
    """Whether a level is a target by the words around it."""
    quantity, text = figure.quantity, figure.sentence.text
    if figure.bound.type not in PRICED or figure.measure is not None:
        return False
    if _BEHIND.match(text, quantity.end, min(figure.sentence.end, quantity.end + _REACH)):
        return True
    before = text[max(figure.sentence.start, quantity.start - _REACH) : quantity.start]
    match = _BEFORE.search(before.lower() if before.isupper() else before)
    return bool(match and _LINK.search(match.group("gap") + " "))
