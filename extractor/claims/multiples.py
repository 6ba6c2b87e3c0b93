"""What a share or an index costs, said again without its word: "12.9 times earnings, against an average of 16"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import InstrumentMention, Quantity

# "18 times forward earnings", "1.7 times its book value": what a share costs, no change.
TIMES = re.compile(
    r"\s(?:[\w.-]+[’']?s?\s){0,4}?(?:earnings|sales|revenue|book value|profits?|ebitda|cash flow)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"(?:\b(?:against|versus|vs\.?|compared with|compared to|from|than|above|below)"
    r"(?: (?:an?|its|the|their))?(?: [\w.&-]+){0,4}?(?: of)?(?: (?:about|around|roughly|nearly|just|some|only))?) \Z",
    re.IGNORECASE,
)
# "0.6019 of an ACE share for each of theirs", "1.25 shares of Fifth Third for each": what a merger pays in.
_FOR_EACH = re.compile(
    r"(?: of an? (?:[\w.&’'-]+ ){0,4}?share| (?:[\w.&’'-]+ ){0,3}?shares?(?: of [\w.&’' -]{2,40}?)?) "
    r"(?:for (?:each|every)|per)\b"
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


def exchanged(sentence: Sentence, quantity: Quantity) -> Quantity:
    """The same figure as a part of a share, where it is the rate that shares are exchanged at."""
    told = quantity.unit in (None, "shares") and quantity.decimals and is_exchange(sentence, quantity)
    return replace(quantity, unit="shares") if told else quantity


def is_exchange(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure is followed by the shares it is paid in, and what for."""
    return bool(_FOR_EACH.match(sentence.text, quantity.end, min(sentence.end, quantity.end + 90)))


def priced(sentence: Sentence, quantity: Quantity) -> InstrumentMention | None:
    """Whose earnings or book value a multiple is of: "1.7 times Chubb's book value"."""
    match = TIMES.match(sentence.text, quantity.end, quantity.end + 60) if quantity.unit == "multiple" else None
    named = within(sentence.mentions, quantity.end, match.end()) if match else ()
    return named[0] if named else None


def _valued(sentence: Sentence, quantities: Sequence[Quantity]) -> Quantity | None:
    """The last multiple of what a company earns or owns among these."""
    told = (q for q in reversed(quantities) if q.unit == "multiple")
    return next((q for q in told if TIMES.match(sentence.text, q.end, q.end + 60)), None)
