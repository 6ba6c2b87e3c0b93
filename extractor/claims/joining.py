"""Two figures that are one range, told by what they measure: "sees revenue up 23% to 25%", "from $5.40 to $5.55"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extractor.claims.figures import Figure
from extractor.claims.measures import Sort, sort_of
from extractor.claims.sentence import within
from extractor.domain.claim import Modality

_JOINERS = frozenset({"to", "-", "–", "and"})
_OPENERS = frozenset({"of", "between", "from", "at", "to"})
_WIDEST = Decimal(5)
_NEAR = 24


def join(found: list[Figure]) -> list[Figure]:
    """The figures of a sentence, neighbours made one where they are the two ends of a range."""
    joined: list[Figure] = []
    for figure in found:
        if joined and _are_ends(joined[-1], figure, joined[:-1]):
            joined[-1] = _range(joined[-1], figure)
        else:
            joined.append(figure)
    return joined


def _are_ends(low: Figure, high: Figure, earlier: list[Figure]) -> bool:
    first, second = low.quantity, high.quantity
    gap = low.sentence.text[first.end : second.start]
    word = gap.strip().lower()
    if len(gap) > 5 or word not in _JOINERS or first.unit != second.unit or first.unit is None:
        return False
    if first.high is not None or second.high is not None or first.form != "figure" or second.form != "figure":
        return False
    if not first.value < second.value <= first.value * _WIDEST:
        return False
    if word == "and":
        return low.lead == "between" and low.measure is not None
    if _is_tariff(low):
        return low.lead in _OPENERS
    if low.measure is None and high.measure is None:
        return False
    if low.lead == "from":  # "to between $5.10 and $5.25 from $5.40 to $5.55": one range is set against another
        return any(f.quantity.high is not None and f.quantity.unit == first.unit for f in earlier)
    if sort_of(first) is Sort.SHARE:
        return low.modality is Modality.FORECAST or low.lead in _OPENERS
    raised = low.movement is not None and low.movement.end + 2 >= first.start  # "raised 20 cents to 25 cents"
    return low.modality is Modality.FORECAST and not raised and low.lead != "by"


def _is_tariff(low: Figure) -> bool:
    start = low.quantity.start
    return any(policy.end <= start for policy in within(low.sentence.policies, start - 60, start)) and (
        low.quantity.unit == "percent" and low.sentence.text[max(0, start - _NEAR) : start].find(" of ") >= 0
    )


def _range(low: Figure, high: Figure) -> Figure:
    first, second = low.quantity, high.quantity
    whole = replace(
        first,
        end=second.end,
        text=low.sentence.text[first.start : second.end],
        high=second.value,
        decimals=max(first.decimals, second.decimals),
        per=second.per or first.per,
    )
    return replace(low, quantity=whole, measure=low.measure or high.measure)
