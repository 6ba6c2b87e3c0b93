"""Figures of a central bank's policy rate: "a 25-basis-point cut", "a range of 3.50% to 3.75%", "three hikes"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.claims.dating import Dater
from extractor.claims.figures import Figure, Reading
from extractor.claims.making import Making
from extractor.claims.sentence import within
from extractor.domain.claim import Claim, Direction, Kind, Modality

_MOVES = re.compile(
    r"\s*(?:more |further |additional |rate |interest[ -]rate |quarter-point )*"
    r"(?:hikes?|cuts?|increases?|reductions?|moves?)\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"\b(?:cuts?|reductions?|easing|lower)\b", re.IGNORECASE)
_HIKE = re.compile(r"\b(?:hikes?|increases?|rises?|raise|tightening)\b", re.IGNORECASE)


def find(figure: Figure, making: Making, dater: Dater) -> Iterator[Claim]:
    metric = metric_of(figure)
    if metric is None:
        return
    direction = direction_of(figure) if metric in ("change", "count") else None
    inside = within(figure.sentence.cues, figure.clause.start, figure.clause.end)
    odds = metric == "probability" or any(c.value == "probability" and c.layer == "decision" for c in inside)
    projected = dater.projected(figure)
    forecast = figure.modality is Modality.ASSERTED and (metric == "count" or odds or projected is not None)
    moved = metric == "change"  # "lowered by 100 basis points since September" is a window's
    period = dater.of_odds(figure) if metric == "probability" else projected
    for identifier in figure.bound.ids:
        yield making.from_figure(
            figure,
            identifier,
            kind=Kind.RATE,
            metric=metric,
            unit="percent" if figure.quantity.unit is None else figure.quantity.unit,
            rule=f"rate.{metric}",
            period=period or (dater.of_decision(figure) if moved else dater.of_level(figure)),
            direction=direction,
            modality=Modality.FORECAST if forecast else None,
        )


def metric_of(figure: Figure) -> str | None:
    quantity = figure.quantity
    if quantity.unit == "count":
        moves = _MOVES.match(figure.sentence.text, quantity.end, quantity.end + 50)
        inside = re.search(r"\b(?:hikes?|cuts?|increases?|reductions?)\b", quantity.text, re.IGNORECASE)
        return "count" if moves or inside else None
    if quantity.unit in ("basis_points", "percentage_points"):
        return "change"
    if quantity.high is not None:
        return "target_range"
    if figure.decision and figure.decision.value == "probability":
        return "probability"
    if figure.reading is Reading.CHANGE and figure.movement and figure.lead not in ("to", "at", "of"):
        return "change"
    return "level"


def direction_of(figure: Figure) -> Direction | None:
    if figure.direction:
        return figure.direction
    around = figure.sentence.text[figure.clause.start : figure.clause.end]
    cut, hike = bool(_CUT.search(around)), bool(_HIKE.search(around))
    return None if cut == hike else Direction.DOWN if cut else Direction.UP
