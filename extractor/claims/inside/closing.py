"""A figure beside one that is the close to the cent: "rose 4.3% to $314.21" tells the close.

Where no day's range is at hand, a figure that is not the close's may be of another hour. But where the level beside it
is the close, or the points are, the words tell the close, and so does the figure. Only figures of four digits and more
are such witnesses: "0.2%" is true of many hours. They do not witness whose a figure is: "soared 15.3% to $271.58 on 31%
growth at its cloud unit" tells a close and something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from extractor.claims.inside.wording import between
from extractor.domain.claim import Basis, Claim, Comparator, Kind, Modality
from extractor.domain.verdict import Rating
from extractor.rules.tolerances import tolerances
from extractor.verify.ruling import Ruling

_DIGITS = 4
_REACH = 60  # characters between the two figures
_BESIDE = re.compile(
    r",?\s(?:(?:or|to|at|to\s(?:close|end|finish|settle)\sat)\s)?(?:about\s|a\srecord\s)?\(?[$€£]?", re.IGNORECASE
)
_KINDS = (Kind.LEVEL, Kind.MOVE)


def stands_by_the_close(claim: Claim, siblings: Sequence[Claim], check: Callable[[Claim], Ruling]) -> bool:
    """Whether a figure beside it, of the same subject and day, is the close. `siblings` by their place in the text."""
    if claim.kind not in _KINDS or claim.basis is not None:
        return False
    first = bisect_left(siblings, claim.start - _REACH, key=lambda each: each.start)
    last = bisect_left(siblings, claim.end + _REACH, key=lambda each: each.start)
    return any(
        _may_witness(other, claim) and _is_beside(claim, other) and _is_the_close(check(other))
        for other in siblings[first:last]
    )


def _is_beside(claim: Claim, other: Claim) -> bool:
    """ "4.3% to $314.21", "320.15 points, or 0.67%": one predicate, with nothing of another hour between them."""
    one, two = sorted((claim, other), key=lambda each: each.start)
    words = between(one, two)
    return words is not None and _BESIDE.fullmatch(words) is not None


def _may_witness(other: Claim, claim: Claim) -> bool:
    return (
        other.kind in _KINDS
        and other.start != claim.start
        and (other.subject.id, other.date, other.speaker) == (claim.subject.id, claim.date, claim.speaker)
        and other.basis in (None, Basis.CLOSE)
        and other.modality is Modality.ASSERTED
        and other.comparator is Comparator.EQUAL
        and not other.hedge
        and other.confidence >= tolerances().reading.sure
        and other.value is not None
        and len(other.value.as_tuple().digits) >= _DIGITS
    )


def _is_the_close(ruling: Ruling) -> bool:
    return ruling.rating is Rating.SUPPORTED and ruling.reason == "within_rounding"
