"""The words of a forecast before and behind its figure."""

from __future__ import annotations

import re

from extractor.domain.claim import Claim

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Right before the figure, "$" and "about" between them allowed.
LEAD = r"\s(?:at|above|below|around|near|up at)\s(?:about\s|around\s)?[$€£]?\Z"
# What somebody used to expect, an average over the time, a path with several stops.
_OTHERWISE = re.compile(
    r"\b(?:from|previous(?:ly)?|earlier|former(?:ly)?|prior|old|instead of|rather than|than|versus|vs\.?|averag\w+|mean"
    r"|before|unless|if)\b",
    re.IGNORECASE,
)
_POSSIBLY = re.compile(r"\b(?:could|might|may)\b")  # a month has its capital
_NEAR = 60


def otherwise(claim: Claim) -> bool:
    """Whether the words before a figure take it out of the forecast, or leave it open: what could be is never wrong."""
    leading = before(claim)
    return bool(_OTHERWISE.search(leading) or _POSSIBLY.search(leading))


def before(claim: Claim) -> str:
    """The words of the sentence up to the figure, the last ones; all of them where the place cannot be told."""
    place = _place(claim)
    return claim.sentence if place is None else claim.sentence[max(0, place - _NEAR) : place]


def after(claim: Claim) -> str | None:
    place = _place(claim)
    return None if place is None else claim.sentence[place + len(claim.quote) :][:_NEAR]


def _place(claim: Claim) -> int | None:
    """Where the quote stands in its sentence, if it stands there once."""
    return claim.sentence.index(claim.quote) if claim.quote and claim.sentence.count(claim.quote) == 1 else None
