"""What a share or an index costs, said again without its word: "12.9 times earnings, against an average of 16"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import Quantity

# "18 times forward earnings", "1.7 times its book value": what a share costs, no change.
TIMES = re.compile(
    r"\s(?:[\w.-]+[’']?s?\s){0,4}?(?:earnings|sales|revenue|book value|profits?|ebitda|cash flow)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"(?:\b(?:against|versus|vs\.?|compared with|compared to|from|than|above|below)"
    r"(?: (?:an?|its|the|their))?(?: [\w.&-]+){0,4}?(?: of)?(?: (?:about|around|roughly|nearly|just|some|only))?) \Z",
    re.IGNORECASE,
)
_LEAST, _MOST = 2, 200
_REACH = 90


def compared(sentence: Sentence, quantity: Quantity) -> Quantity:
    """The same figure as a multiple, where it is a bare number that a multiple of earnings is set against."""
    if quantity.unit is not None or quantity.form != "figure" or quantity.scale != 1:
        return quantity
    if not _LEAST <= quantity.value <= _MOST or quantity.value in (500, 100):
        return quantity
    earlier = _valued(sentence, within(sentence.quantities, sentence.start, quantity.start))
    begin = quantity.start if quantity.hedge_start is None else min(quantity.start, quantity.hedge_start)
    if earlier is None or begin - earlier.end > _REACH:
        return quantity
    gap = sentence.text[earlier.end : begin]
    return replace(quantity, unit="multiple") if ";" not in gap and _AGAINST.search(gap) else quantity


def _valued(sentence: Sentence, quantities: Sequence[Quantity]) -> Quantity | None:
    """The last multiple of what a company earns or owns among these."""
    told = (q for q in reversed(quantities) if q.unit == "multiple")
    return next((q for q in told if TIMES.match(sentence.text, q.end, q.end + 60)), None)
