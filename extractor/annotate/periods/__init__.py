"""Dates in a text, as printed: where they stand and what they name, before the article's own day is known."""

from __future__ import annotations

from extractor.annotate.periods.compose import compose
from extractor.annotate.periods.grammar import grammar
from extractor.domain.annotation import DateExpression

__all__ = ["find"]


def find(text: str) -> tuple[DateExpression, ...]:
    """Every date, month, quarter, weekday, relative phrase, window and clock time; sorted, not overlapping.

    Contract months, years inside names and ordinary words ("may", "march") are no dates.
    """
    return compose(text, grammar().candidates(text))
