"""Whether an article speaks of one futures contract, which a front-month series may not be (rule 10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor.domain.claim import Claim, SubjectType
from extractor.rules.tolerances import tolerances

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def names_contract(claim: Claim, siblings: Sequence[Claim]) -> bool:
    """True where the claim's sentence, or another sentence on the same commodity, names a contract month."""
    if claim.subject.type is not SubjectType.COMMODITY:
        return False
    texts = {claim.sentence, *(other.sentence for other in siblings if other.subject.id == claim.subject.id)}
    return any(_contract().search(text) for text in texts)


@cache
def _contract() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in tolerances().contracts.words)
    # "for August delivery", "August gold futures", "the December contract", "Feb. contract"
    short = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    return re.compile(rf"\b(?:{_MONTHS}|{short})\.?\s+(?:\w{{1,12}}\s+){{0,2}}(?:{words})\b", re.IGNORECASE)
