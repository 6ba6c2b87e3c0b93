"""What the gold does not annotate: claims there are neither right nor wrong."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.domain.article import Zone
from extractor.domain.claim import Claim, Kind
from extractor.evaluate.gold import GoldLine

# Headcounts, trading volumes, advances and declines: true statements, but not of the kinds that are checked.
_UNSCORED_UNITS = frozenset({"shares", "persons", "count"})
_MENTIONED_ONCE = frozenset({Kind.LISTING, Kind.POLICY})


def out_of_scope(claim: Claim, gold: Sequence[GoldLine]) -> bool:
    """True for an unmatched claim of a sort that the annotators left out of this article.

    - a counted quantity tied to a company (volumes, votes, stores);
    - a listing or a policy: annotated at its first mention only, so a later one of a subject that has been annotated;
    - a move without a figure, where the article's gold has none either;
    - anything in the quotes tables of a page that is no article (its gold is empty).
    """
    if claim.kind is Kind.AMOUNT and claim.unit in _UNSCORED_UNITS:
        return True
    if claim.kind in _MENTIONED_ONCE and any(
        line.kind == claim.kind and line.subject == claim.subject.id for line in gold
    ):
        return True
    if claim.kind in (Kind.MOVE, Kind.RATE) and claim.value is None:
        return not any(line.kind == claim.kind and line.value is None for line in gold)
    return not gold and (claim.kind is Kind.QUOTE or claim.zone is Zone.QUOTES)
