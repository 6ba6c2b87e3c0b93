"""How far an article, or a publisher, can be trusted: counts of its verdicts, and a share with its uncertainty.

Counted are the claims an article makes in its own voice. What a named speaker says is the speaker's (verdict rule 17),
and a forecast, settled or not, is no report: neither counts for or against. Of the checked claims the share that is
`supported` is the score. An `imprecise` claim is checked and not supported: it prints digits that do not hold.

The share of a few claims says little, so it never stands alone: it has a Wilson score interval beside it, and below
`MIN_CHECKED` checked claims there is no score at all. The views `article_trust` and `publisher_trust` of the database
compute the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from extractor.domain.claim import Claim, Modality
from extractor.domain.market import Missing
from extractor.domain.verdict import Rating, Verdict

Z95 = 1.959963984540054  # the normal distribution's 97.5 % point
# With nine, even an article without a fault has a lower limit of 0.70: no fault and three in ten look alike.
MIN_CHECKED = 10

_NO_REPORT = frozenset({Modality.FORECAST, Modality.CONDITIONAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Claims by outcome. claims: all there are; attributed: those of a named speaker; the others are the article's own,
    and add up to the rest. unchecked: without a verdict."""

    claims: int = 0
    attributed: int = 0
    supported: int = 0
    imprecise: int = 0
    conflicting: int = 0
    contradicted: int = 0
    not_enough_data: int = 0
    not_checkable: int = 0
    unchecked: int = 0

    @property
    def checked(self) -> int:
        """Own claims that were compared with the tape."""
        return self.supported + self.imprecise + self.conflicting + self.contradicted

    @property
    def checkable(self) -> int:
        """Checked, or with more data could be."""
        return self.checked + self.not_enough_data

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """share: supported of checked, from 0 to 1. low, high: its 95 % interval, which holds the share."""

    share: float
    low: float
    high: float


def tally(claims: Iterable[tuple[Claim, Verdict | None]]) -> Tally:
    """Counts of one article's claims with their verdicts, in any order."""
    counts: Counter[str] = Counter(outcome for claim, verdict in claims for outcome in ("claims", _of(claim, verdict)))
    return Tally(**counts)


def score(counts: Tally) -> Score | Missing:
    """Missing("too_few") below `MIN_CHECKED` checked claims."""
    if counts.checked < MIN_CHECKED:
        return Missing("too_few", f"{counts.checked} checked, {MIN_CHECKED} needed")
    low, high = wilson(counts.supported, counts.checked)
    return Score(share=counts.supported / counts.checked, low=low, high=high)


def wilson(successes: int, trials: int, z: float = Z95) -> tuple[float, float]:
    """The score interval of a proportion: low and high, in [0, 1]. `trials` must be positive.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212. Unlike the interval around the plain share it stays between 0 and 1,
    and does not shrink to nothing where all or none succeed (L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation
    for a binomial proportion", Statistical Science 16 (2001), 101-133, recommend it for small samples).

    >>> [round(limit, 3) for limit in wilson(9, 10)]
    [0.596, 0.982]
    """
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"no proportion: {successes} of {trials}")
    root = z * math.sqrt(z * z + 4 * successes * (trials - successes) / trials)
    middle, whole = 2 * successes + z * z, 2 * (trials + z * z)
    # At the ends the limit is exact, and floating point would miss it by a hair.
    low = 0.0 if successes == 0 else (middle - root) / whole
    return low, 1.0 if successes == trials else (middle + root) / whole


def score_words(counts: Tally) -> str:
    """ "89 % supported (95 % interval 74 to 96 %), 31 of 35 checked", or that there are too few."""
    if not counts.checked:
        return "no score, for nothing could be checked"
    found = score(counts)
    if isinstance(found, Missing):
        return f"{counts.supported} of {counts.checked} checked supported, too few for a score ({MIN_CHECKED} needed)"
    interval = f"95 % interval {_percent(found.low)} to {_percent(found.high)} %"
    return f"{_percent(found.share)} % supported ({interval}), {counts.supported} of {counts.checked} checked"


def count_words(counts: Tally) -> str:
    """ "40 claims, 36 checkable, 2 imprecise, 2 contradicted": what is none is left out."""
    named = [f"{counts.claims} {'claim' if counts.claims == 1 else 'claims'}", f"{counts.checkable} checkable"]
    names = ("imprecise", "conflicting", "contradicted", "not_enough_data", "not_checkable", "attributed")
    named += [f"{number} {name.replace('_', ' ')}" for name in names if (number := getattr(counts, name))]
    return ", ".join(named)


def _of(claim: Claim, verdict: Verdict | None) -> str:
    if claim.speaker is not None:
        return "attributed"
    if claim.modality in _NO_REPORT:
        return str(Rating.NOT_CHECKABLE)
    return str(verdict.rating) if verdict else "unchecked"


def _percent(share: float) -> int:
    """Half a percent counts up."""
    return math.floor(share * 100 + 0.5)
