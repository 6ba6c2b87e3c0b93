"""What a print measures, and which way it goes."""

from __future__ import annotations

import re

from extractor.claims.figures import Figure, Reading
from extractor.claims.indicator.told import Told
from extractor.domain.claim import Direction
from extractor.rules import prints
from extractor.rules.statistics import Series

_YEARLY = re.compile(
    r"\b(?:year[ -](?:over|on)[ -]year|from a year (?:earlier|ago|before)|annual(?:ly|ized|ised)?|"
    r"y/y|yoy|y-o-y|on the year|12-month|from the (?:same )?(?:month|period|quarter) (?:a|last) year|"
    r"in the (?:past )?(?:12|twelve) months|over the (?:past )?year|in the year (?:to|through)|"
    r"(?:above|below|less than|more than)[^,;.]{0,20} a year (?:ago|earlier))\b",
    re.IGNORECASE,
)
_MONTHLY = re.compile(
    r"\b(?:month[ -](?:over|on)[ -]month|from the (?:prior|previous) month|m/m|mom|m-o-m|"
    r"(?:on|for|in) the month|monthly|"
    r"from (?:january|february|march|april|may|june|july|august|september|october|november|december)(?!\s\d{4}))\b",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:five|5)-year average\b", re.IGNORECASE)
_MEAN = re.compile(
    r"\b(?:an? (?:\w+-month )?average of|averaged|averaging|month average (?:is|was)|moving average)\b", re.IGNORECASE
)
_SIZE_OF_REVISION = re.compile(
    r"(?:\s(?:jobs|claims|people))?\s(?:fewer|more|less|higher|lower)\b[^,;.]{0,60}\bthan\b", re.IGNORECASE
)
_COMBINED = re.compile(r"\b(?:combined|total|net)\s(?:of\s)?(?:\w+\s)?\Z", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:revis\w+|adjust\w+|lowered|raised)\s(?:(?:up|down|higher|lower|upward|downward)\s)?by\s(?:an?\s)?(?:combined\s)?\Z",
    re.IGNORECASE,
)
_REVISED = prints.pattern("revised")
_LOSSES = prints.pattern("losses")


def is_revised(figure: Figure) -> bool:
    """Whether the clause speaks of a figure that replaced another."""
    sentence, clause = figure.sentence, figure.clause
    before = max(sentence.start, clause.start - 30)
    return bool(_REVISED.search(sentence.text, before, min(clause.end, figure.quantity.end + 40)))


def metric_of(figure: Figure, series: Series, beside: Told | None, *, forecast: bool) -> str:
    sentence, quantity = figure.sentence, figure.quantity
    following = [q.start for q in sentence.quantities if q.start > quantity.start]
    end = min([figure.clause.end, quantity.end + 60, *following])
    after = sentence.text[quantity.end : end]
    if _AVERAGE.search(after):
        return "vs_5y_average"
    if is_revised(figure) and _is_size(figure):
        return "revision"
    if _MEAN.search(sentence.text, figure.clause.start, quantity.start):
        return "average"
    if series.flow:
        return "print"
    if quantity.unit == "percent":
        if _YEARLY.search(after):
            return "yoy"
        if _MONTHLY.search(after):
            return "mom"
    if figure.reading is Reading.LEVEL:
        if not forecast or beside is None or figure.lead in ("from", "to", "at"):
            return "print"
        same = beside.figure.quantity.unit == quantity.unit and beside.series.key == series.key
        return beside.metric if same and beside.metric in ("mom", "yoy", "change") else "print"
    return "change" if figure.movement or quantity.sign else "print"


def direction_of(figure: Figure, series: Series, metric: str, beside: Told | None) -> Direction | None:
    """A flow has the way of its figure, not of its change: "growth slowed to 2%" is growth."""
    if figure.quantity.sign:
        return figure.quantity.sign
    if metric == "revision":
        around = figure.sentence.text[figure.clause.start : figure.clause.end]
        return Direction.DOWN if _LESS.search(around) else figure.direction
    if series.flow:
        return _of_flow(figure)
    if metric == "print":
        return None
    alike = beside is not None and beside.metric == metric and figure.reading is Reading.LEVEL
    return figure.direction or (beside.direction if alike and beside is not None else None)


def _of_flow(figure: Figure) -> Direction:
    """Down only where the figure itself is a loss: "shed 32,000 jobs", "a loss of 20,000", "shrank 0.5%"."""
    sentence, quantity, cue = figure.sentence, figure.quantity, figure.movement
    earlier = [q.end for q in sentence.quantities if q.end <= quantity.start]
    near = sentence.text[max([figure.clause.start, quantity.start - 50, *earlier[-1:]]) : quantity.start]
    after = sentence.text[quantity.end : min(figure.clause.end, quantity.end + 16)]
    if _LOSS_ITSELF.search(near):
        return Direction.DOWN
    if figure.lead in ("to", "from", "at") or _COMPARES.search(near):
        return Direction.UP
    if cue is not None and cue.direction is Direction.DOWN and (figure.reading is Reading.CHANGE or cue.noun):
        return Direction.DOWN
    lost = _LOSSES.search(near) or re.match(r"\s(?:jobs?\s)?(?:fewer|were lost|loss|drop|decline|contraction)", after)
    return Direction.DOWN if lost else Direction.UP


# "revised November's loss to 29,000": the loss comes to that, and is one all the same.
_LOSS_ITSELF = re.compile(
    r"\b(?:loss(?:es)?|contraction|shrinkage)\s(?:(?:of|for|in)\s[^,;]{0,24}?)?(?:to|from|at)\s[^,;\d]{0,14}\Z",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(?:fewer|lower|less|down|downward|cut)\b", re.IGNORECASE)
_COMPARES = re.compile(r"\b(?:short of|below|under|missing|than|vs\.?|versus|against)\b[^,;]{0,24}\Z", re.IGNORECASE)


def _is_size(figure: Figure) -> bool:
    """ "24,000 fewer jobs than first reported", "a combined 58,000", "revised down by 12,000"."""
    text, quantity = figure.sentence.text, figure.quantity
    before = text[max(figure.sentence.start, quantity.start - 40) : quantity.start]
    return bool(_SIZE_OF_REVISION.match(text, quantity.end) or _COMBINED.search(before) or _BY.search(before))
