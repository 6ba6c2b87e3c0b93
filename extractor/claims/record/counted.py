"""Whether a superlative is about the price itself: flows, meetings and races against others are counted elsewhere.

A streak of inflows, of closes above a line or of sessions ahead of another index is true or false whatever the price
did, and so is the first gain in weeks. Judging those by the price would call true figures wrong.
"""

from __future__ import annotations

import re

from extractor.domain.claim import Claim

_MOVE = re.compile(
    r"\b(?:gain|loss|ris|fall|drop|declin|advanc|climb|slid|rall|increas|decreas|skid|rout|retreat|slump|win|los|up|down"
    r"|higher|lower|positive|negative|jump|surg|plung|sell-?off)\w*",
    re.IGNORECASE,
)
_NO_PRICE = re.compile(r"\b(?:inflow|outflow|meeting|time|hike|cut|review|volume)s?\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:above|below|under|over|beat\w*|outpac\w*|outperform\w*|outran|outrun|trail\w*|lag\w*|ahead of"
    r"|unchanged|inflows?|outflows?|held|steady)\b",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:moving|\d{1,3}-day|\d{1,3}-week) average\b", re.IGNORECASE)
# Of what stretch the gain is: without a word for it a day's is meant, unless the sentence speaks of longer ones.
_STRETCH = re.compile(
    r"\b(?:day|daily|session|weeks?|weekly|months?|monthly|quarter|quarterly|year|yearly|annual)\b", re.I
)
_ANOTHER_STRETCH = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})-(?:day|session|week|month|quarter|year)\b"
    r"|\b(?:start|half|stretch|performance|showing|return|point|intraday)\b"
    r"|\b(?:best|worst)\s(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_LONGER = re.compile(r"\b(?:week|month|quarter|year|annual)", re.IGNORECASE)
_LEVEL_METRICS = frozenset({"first_since", "highest_since", "lowest_since"})


def of_prices(claim: Claim) -> bool:
    """False where the words count or compare something that the subject's prices cannot show."""
    if claim.metric in _LEVEL_METRICS:
        return not (_MOVE.search(claim.quote) or _AVERAGE.search(claim.sentence))
    if claim.metric == "streak":
        if _NO_PRICE.search(claim.quote):
            return False
        return _MOVE.search(claim.quote) is not None or _AGAINST.search(claim.sentence) is None
    if claim.metric == "best_since":
        return _is_of_one_stretch(claim)
    return True


def _is_of_one_stretch(claim: Claim) -> bool:
    """Whether it is the gain of one day, week, month ... by percent, the only ones that are measured."""
    said = claim.quote.partition("since")[0]
    if _ANOTHER_STRETCH.search(said):
        return False
    said = re.split(r"\s(?:in|for|of)\s", said)[0]
    if _STRETCH.search(said):
        return True
    return claim.date is not None and claim.date.is_day and _LONGER.search(claim.sentence) is None
