"""The same figure claimed differently by two articles.

Articles differ for good reasons: they round, they speak of different hours, of a first print and its revision, of what
somebody else said. None of these is a conflict. Compared are exact figures that are fixed for good: a close, a change
over days that were over when the article appeared, a decision, a print of the same day's news. They are in conflict
where the intervals they were rounded from do not meet. An article that gives one figure in two ways of its own is left
out: it speaks of two things, or was misread.

A copy that repeats a figure of the article it goes back to is no second voice, and is left out. One that tells another
figure is shown: somebody corrected it, or copied it wrongly.

The view `figure_conflicts` of the database shows the same, with the copies that are left out here marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from extractor.domain.article import Zone
from extractor.domain.claim import Basis, Claim, Comparator, Direction, Kind, Modality
from extractor.domain.conflict import Conflict
from extractor.rules.tolerances import tolerances
from extractor.verify.intervals import Interval
from extractor.verify.rounding import claim_unit

# By kind: metrics that are fixed once and for all, whenever an article speaks of them ...
_FIXED = {
    Kind.LEVEL: frozenset({"close", "open", "average", "auction"}),
    Kind.RECORD: frozenset({"record_close"}),
    Kind.RATE: frozenset({"target_range", "change"}),
    Kind.INDICATOR: frozenset({"print", "change", "mom", "yoy"}),
    Kind.MOVE: frozenset[str](),
}
# ... and those that are once their day is over.
_FIXED_LATER = {
    Kind.LEVEL: frozenset({"high", "low"}),
    Kind.RECORD: frozenset({"record_high", "high_52w", "low_52w"}),
    Kind.RATE: frozenset[str](),
    Kind.INDICATOR: frozenset[str](),
    Kind.MOVE: frozenset({"change", "distance_from_record"}),
}
_EXTREMES = frozenset({"high", "low", "record_high", "high_52w", "low_52w"})
_HOURS = frozenset({Basis.INTRADAY, Basis.PREMARKET, Basis.AFTERHOURS})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A claim that can be compared. ends: what its value, or both ends of its range, may have been before rounding."""

    key: Key
    claim: Claim
    ends: tuple[Interval, ...]


def conflicts(claims: Iterable[Claim], *, copies: Mapping[str, str] | None = None) -> tuple[Conflict, ...]:
    """Conflicts among the claims of any number of articles, the newest day first; their order does not matter.

    copies: ids of articles that are copies, each with that of the article it goes back to, the oldest copy first.
    """
    figures = sorted(filter(None, map(_figure, claims)), key=lambda figure: figure.key)
    groups = [list(group) for _, group in groupby(figures, key=lambda figure: figure.key)]
    found = [_conflict(group, copies or {}) for group in groups]
    return tuple(sorted(filter(None, found), key=_newest_first))


def _conflict(figures: Sequence[_Figure], copies: Mapping[str, str]) -> Conflict | None:
    """Of figures with one key. The articles that contradict themselves are left out first."""
    by_article: dict[str, list[_Figure]] = {}
    for figure in figures:
        by_article.setdefault(figure.claim.article_id, []).append(figure)
    clear = [figure for own in by_article.values() if not _apart(own) for figure in own]
    claims = [figure.claim for figure in _tellings(_apart(clear), copies)]
    if not claims:
        return None
    return Conflict(claims=tuple(sorted(claims, key=_by_value)))


def _tellings(figures: Sequence[_Figure], copies: Mapping[str, str]) -> list[_Figure]:
    """Without those that an older article of the same voice tells too."""
    if not copies:
        return list(figures)
    age = {article_id: number for number, article_id in enumerate(copies, start=1)}  # what is no copy comes first
    first: dict[tuple[str, tuple[Interval, ...]], str] = {}
    for figure in sorted(figures, key=lambda figure: age.get(figure.claim.article_id, 0)):
        own = figure.claim.article_id
        first.setdefault((copies.get(own, own), figure.ends), own)
    owners = ((figure, figure.claim.article_id) for figure in figures)
    return [figure for figure, own in owners if first[copies.get(own, own), figure.ends] == own]


def _apart(figures: Sequence[_Figure]) -> list[_Figure]:
    """Those that do not meet at least one of the others."""
    if len(figures) < 2:
        return []
    ends = range(len(figures[0].ends))
    highest_low = [max(figure.ends[end].low for figure in figures) for end in ends]
    lowest_high = [min(figure.ends[end].high for figure in figures) for end in ends]
    return [
        figure
        for figure in figures
        if any(figure.ends[end].low > lowest_high[end] or figure.ends[end].high < highest_low[end] for end in ends)
    ]


def _figure(claim: Claim) -> _Figure | None:
    """None where the claim is not exact, not the article's own, or not of a thing that is fixed."""
    if claim.value is None or claim.date is None or not _exact(claim) or not _fixed(claim):
        return None
    half = claim_unit(claim) / 2
    values = [claim.value] if claim.value_high is None else [claim.value, claim.value_high]
    ends = tuple(Interval.around(_signed(claim, value), half) for value in values)
    told = claim.published if claim.kind is Kind.INDICATOR else None  # a later article may tell a revision
    parts = (claim.subject.id, claim.kind, claim.metric, claim.unit, claim.date.start, claim.date.end, told)
    return _Figure(key=(*(str(part or "") for part in parts), str(len(ends))), claim=claim, ends=ends)


def _exact(claim: Claim) -> bool:
    return (
        claim.modality is Modality.ASSERTED
        and claim.speaker is None
        and claim.comparator is Comparator.EQUAL
        and claim.hedge is None
        and claim.zone in (Zone.TITLE, Zone.BODY)
        and claim.confidence >= tolerances().reading.sure
        and (claim.direction is not None or not _changes(claim))
    )


def _fixed(claim: Claim) -> bool:
    """Whether the figure was settled for good when the article appeared."""
    if claim.kind not in _FIXED or claim.date is None:
        return False
    if claim.basis in _HOURS and claim.metric not in _EXTREMES:
        return False
    if claim.metric in _FIXED[claim.kind]:
        return True
    if claim.metric not in _FIXED_LATER[claim.kind]:
        return False
    closed = claim.basis is Basis.CLOSE and claim.kind is Kind.MOVE
    return closed or (claim.published is not None and claim.date.end < claim.published)


def _changes(claim: Claim) -> bool:
    """Whether its direction is the figure's sign. A rate of 4 % that "fell" to there has a direction and no sign."""
    return claim.kind is Kind.MOVE or (claim.kind is Kind.RATE and claim.metric == "change")


def _signed(claim: Claim, value: Decimal) -> Decimal:
    return -value if _changes(claim) and claim.direction is Direction.DOWN else value


def _by_value(claim: Claim) -> tuple[Decimal, date, str, int]:
    value = claim.value or Decimal(0)
    return _signed(claim, value), claim.published or date.min, claim.article, claim.start


def _newest_first(conflict: Conflict) -> tuple[int, str, str]:
    first = conflict.claims[0]
    assert first.date is not None
    return -first.date.end.toordinal(), first.subject.id, first.metric or ""
