"""Figures of economic prints: "a loss of 32,000 jobs", "CPI rose 0.3% in September", "down from 3.176 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.claims.dating import Dater
from extractor.claims.figures import Figure, Reading
from extractor.claims.making import Making
from extractor.domain.claim import Claim, Kind

_YEARLY = re.compile(
    r"\b(?:year[ -](?:over|on)[ -]year|from a year (?:earlier|ago)|annual(?:ly|ized|ised)?|y/y|yoy|on the year|"
    r"12-month|from the (?:same )?(?:month|period|quarter) (?:a|last) year|in the (?:past )?(?:12|twelve) months|"
    r"over the (?:past )?year)\b",
    re.IGNORECASE,
)
_MONTHLY = re.compile(
    r"\b(?:month[ -](?:over|on)[ -]month|from the (?:prior|previous) month|m/m|mom|on the month|monthly|"
    r"from (?:january|february|march|april|may|june|july|august|september|october|november|december))\b",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:five|5)-year average\b", re.IGNORECASE)
_REVISED = re.compile(
    r"\b(?:revis\w+|than (?:first|initially|previously) reported|initially put|a combined)\b", re.IGNORECASE
)
_MEAN = re.compile(r"\b(?:an? (?:\w+-month )?average of|averaged|averaging)\b", re.IGNORECASE)
# A change of the count is the print itself.
_CHANGE_IS_PRINT = ("ADP", "PAYEMS", "GDP")


def find(figure: Figure, making: Making, dater: Dater) -> Iterator[Claim]:
    for identifier in figure.bound.ids:
        metric = metric_of(figure, identifier)
        period = dater.of_print(figure, identifier)
        told = metric != "print" or identifier.rsplit(":", 1)[-1] in _CHANGE_IS_PRINT
        yield making.from_figure(
            figure,
            identifier,
            kind=Kind.INDICATOR,
            metric=metric,
            unit=figure.quantity.unit or making.book.unit_of(identifier),
            rule=f"indicator.{metric}",
            period=period,
            direction=figure.direction if told else None,
        )


def metric_of(figure: Figure, identifier: str) -> str:
    following = [q.start for q in figure.sentence.quantities if q.start > figure.quantity.start]
    end = min([figure.clause.end, figure.quantity.end + 60, *following])
    after = figure.sentence.text[figure.quantity.end : end]
    if _AVERAGE.search(after):
        return "vs_5y_average"
    clause = figure.sentence.text[figure.clause.start : figure.clause.end]
    if _REVISED.search(clause):
        return "revision"
    if _MEAN.search(clause):
        return "average"
    if identifier.rsplit(":", 1)[-1] in _CHANGE_IS_PRINT or figure.reading is Reading.LEVEL:
        return "print"
    if figure.quantity.unit == "percent":
        if _YEARLY.search(after):
            return "yoy"
        if _MONTHLY.search(after):
            return "mom"
    return "change" if figure.movement else "print"
