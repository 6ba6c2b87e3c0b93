"""The words right before a figure: what they make of it ("to 3.55%", "by 25 basis points", "a gain of 2%")."""

from __future__ import annotations

import re

from extractor.claims.sentence import Sentence
from extractor.domain.annotation import Quantity

_LEADS = (
    "to", "at", "from", "by", "of", "near", "above", "below", "under", "over", "toward", "towards", "past",
    "between", "beneath",
    "around", "about", "was", "is", "were", "are", "averaged", "within", "with", "for", "than", "versus", "against",
    "in", "on", "off", "through", "beyond", "exceeding", "topping", "fetched", "bought", "hit", "touched", "reached",
)  # fmt: skip
_FILLER = (
    r"(?:(?:a|an|the|its|some|just|only|roughly|nearly|almost|approximately|around|about|as high as|as low as|"
    r"as much as|up to|another|well|back|further|further by|previous|prior|key|psychological)\s+){0,3}"
)
_LEAD = re.compile(rf"(?:^|[\s(—-])(?:(?P<lead>{'|'.join(_LEADS)})\s+|(?P<sign>@)\s?){_FILLER}$", re.IGNORECASE)
_REACH = 60


def lead_of(sentence: Sentence, quantity: Quantity) -> str:
    """The governing word before a figure, lower-cased; empty if there is none."""
    hedged = quantity.hedge_start is not None and quantity.hedge_start < quantity.start
    at = quantity.hedge_start if hedged and quantity.hedge_start is not None else quantity.start
    floor = max(sentence.start, at - _REACH)
    match = _LEAD.search(sentence.text[floor:at])
    if not match and at != quantity.start:  # the hedge itself may be the lead: "near 2,500", "above 16,000"
        match = _LEAD.search(sentence.text[floor : quantity.start])
    if match is None:
        return ""
    return "at" if match["sign"] else match["lead"].lower()  # "futures @ 19,145"
