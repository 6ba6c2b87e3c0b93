"""Figures of a central bank's policy rate: "a 25-basis-point cut", "a range of 3.50% to 3.75%", "three hikes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.claims import target
from extractor.claims.dating import Dater
from extractor.claims.figures import Figure, Reading
from extractor.claims.making import Making
from extractor.claims.rate.binding import is_odds
from extractor.claims.sentence import within
from extractor.domain.claim import Claim, DateSource, Direction, Kind, Modality, Period

_MOVES = re.compile(
    r"\s*(?:more |further |additional |rate |interest[ -]rate |quarter-point )*"
    r"(?:hikes?|cuts?|increases?|reductions?|moves?)\b",
    re.IGNORECASE,
)
_ODDS_OF = re.compile(r"\b(?:probability|odds|chances?|likelihood)\s(?:of|for|that)\b[^,;.]{0,50}\Z", re.IGNORECASE)
_PRICED = re.compile(
    r"\b(?:swaps|futures|traders|money markets|markets|investors|economists|analysts|banks?|poll|[A-Z]{2,5})\b"
    r"[^,;.]{0,24}\b(?:sees?|price|priced|pricing|imply|implied|put|assign|expect|bet|been positioned|positioned)\b"
)
_PRICED_IN = re.compile(r"\s(?:of\s)?(?:[\w-]+\s){1,4}?(?:is |are )?priced in\b", re.IGNORECASE)
_DISSENTED = re.compile(r"\b(?:dissent\w*|voted?|voting|preferr\w+|wanted)\b", re.IGNORECASE)
_CURRENT = re.compile(r"\bfrom (?:the|its) (?:current|present|existing)\b[^,;.]{0,20}\Z", re.IGNORECASE)
_TIMES = re.compile(r"\b(?:rais|hik|cut|lower|lift|trimm|eas)\w*\b[^,;.]{0,40}\Z", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:has|have|had|already)\s(?:already\s)?(?:raised|hiked|cut|lowered|lifted|trimmed|eased)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"[^,;.]{0,40}?,?\s(?:(?:up|down)\s)?(?:instead of|from|rather than|against|versus|compared with|followed by)\s"
    r"(?:(?:the|an?|another|a further)\s)?",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    r"\b(?:total(?:l?ing|l?ed|s)?|combined|cumulative(?:ly)?|altogether|in all|add(?:s|ed|ing)? up to|amounting to"
    r"|worth)\b"
    r"[^,;.]{0,24}\Z",
    re.IGNORECASE,
)
_APART = re.compile(r"\s(?:below|above|lower than|higher than|less than|more than|under|over|short of|beyond)\b")
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|straight|consecutive|successive|back-to-back|"
    r"string of|series of|(?:hikes|cuts|increases|moves|reductions|rises) of)\s\Z",
    re.IGNORECASE,
)
_CUT = re.compile(r"\b(?:cuts?|reductions?|easing|lower)\b", re.IGNORECASE)
_HIKE = re.compile(r"\b(?:hikes?|increases?|rises?|raise|tightening)\b", re.IGNORECASE)


def find(figure: Figure, making: Making, dater: Dater) -> Iterator[Claim]:
    if target.is_target(figure):
        yield from target.find(figure, making)
        return
    metric = metric_of(figure)
    if metric is None:
        return
    direction = direction_of(figure) if metric in ("change", "count") else None
    projected = dater.projected(figure)
    ahead = metric == "probability" or _is_of_odds(figure) or _is_priced(figure) or projected is not None
    forecast = figure.modality is Modality.ASSERTED and (ahead or (metric == "count" and not _is_past(figure)))
    current = figure.modality is Modality.FORECAST and _CURRENT.search(figure.sentence.text[: figure.quantity.start])
    moved = metric == "change"  # "lowered by 100 basis points since September" is a window's
    period = dater.of_odds(figure) if metric == "probability" else projected
    when = period or (dater.of_decision(figure) if moved else dater.of_level(figure))
    when = _of_meeting(figure, metric, when, making)
    if moved and when is not None and (_is_a_distance(figure) or (when.is_day and _is_in_all(figure))):
        when = None  # of several meetings, which no word names
    if metric == "count" and when is not None and when.is_day and figure.quantity.value > 1:
        counted = dater.of_decision(figure)  # "has cut three times since September": no day has two decisions
        when = counted if counted is not None and not counted.is_day else None
    for told in (figure, *(_others(figure) if metric == "count" else ())):
        for identifier in figure.bound.ids:
            yield making.from_figure(
                told,
                identifier,
                kind=Kind.RATE,
                metric=metric,
                unit=_unit_of(told),
                rule=f"rate.{metric}",
                period=when,
                direction=direction,
                modality=Modality.FORECAST if forecast else Modality.ASSERTED if current else None,
                sure=when is None or when.is_day or len(figure.sentence.periods) < 2,  # of which date is a guess
            )


def _is_in_all(figure: Figure) -> bool:
    """ "Three cuts totaling 100 basis points"."""
    return bool(_IN_ALL.search(figure.sentence.text, figure.clause.start, figure.quantity.start))


def _is_a_distance(figure: Figure) -> bool:
    """ "1.75 percentage points below where it stood in September 2024", "four straight 75-basis-point increases"."""
    text, quantity = figure.sentence.text, figure.quantity
    before = _SEVERAL.search(text, max(figure.sentence.start, quantity.start - 24), quantity.start)
    return bool(before or _APART.match(text, quantity.end))


def _of_meeting(figure: Figure, metric: str, when: Period | None, making: Making) -> Period | None:
    """What was wanted or denied at a meeting is of the day of the decision the article told of last."""
    if metric not in ("change", "target_range"):
        return when
    if figure.modality is Modality.ASSERTED and when is not None and when.is_day:
        making.prints.decided = when
    elif figure.modality is Modality.CONDITIONAL and _DISSENTED.search(figure.sentence.words):
        decided = making.prints.decided
        return replace(decided, text=None, source=DateSource.IMPLIED) if decided else when
    return when


def _others(figure: Figure) -> Iterator[Figure]:
    """ "three hikes instead of the two foreseen in June": a second count of the same moves, its noun left out."""
    sentence, quantity = figure.sentence, figure.quantity
    for other in within(sentence.quantities, quantity.end, sentence.end):
        bare = other.unit in (None, "count") and other.form == "word" and other.scale == 1
        if bare and _AGAINST.fullmatch(sentence.text, quantity.end, other.start):
            yield replace(figure, quantity=replace(other, unit="count"))
            return


def metric_of(figure: Figure) -> str | None:
    quantity = figure.quantity
    if quantity.unit == "count" and quantity.text.lower().endswith(("times", "twice")):
        told = _TIMES.search(figure.sentence.text, figure.clause.start, quantity.start)
        return "count" if told and figure.bound.how != "remembered" else None
    if quantity.unit == "count":
        moves = _MOVES.match(figure.sentence.text, quantity.end, quantity.end + 50)
        inside = re.search(r"\b(?:hikes?|cuts?|increases?|reductions?)\b", quantity.text, re.IGNORECASE)
        return "count" if moves or inside else None
    if quantity.unit in ("basis_points", "percentage_points", "points"):
        return "change"
    if quantity.high is not None:
        return "target_range"
    if is_odds(figure.sentence, quantity):
        return "probability"
    if figure.reading is Reading.CHANGE and figure.movement and figure.lead not in ("to", "at", "of"):
        return "change"
    return "level"


def _unit_of(figure: Figure) -> str:
    """A bare number is in percent; "a quarter point" of a rate is of a percentage point."""
    unit = figure.quantity.unit
    return "percent" if unit is None else "percentage_points" if unit == "points" else unit


def _is_of_odds(figure: Figure) -> bool:
    """ "the probability of a 75-basis-point move": what odds are of has not happened."""
    before = figure.sentence.text[max(figure.sentence.start, figure.quantity.start - 60) : figure.quantity.start]
    return bool(_ODDS_OF.search(before))


def _is_priced(figure: Figure) -> bool:
    """What markets see or price in, a bank is seen to do: none of it is a decision."""
    sentence, quantity = figure.sentence, figure.quantity
    before = _PRICED.search(sentence.text, figure.clause.start, quantity.start)
    return bool(before or _PRICED_IN.match(sentence.text, quantity.end, sentence.end))


def _is_past(figure: Figure) -> bool:
    return bool(_PAST.search(figure.sentence.text, figure.clause.start, figure.quantity.start))


def direction_of(figure: Figure) -> Direction | None:
    if figure.direction:
        return figure.direction
    around = figure.sentence.text[figure.clause.start : figure.clause.end]
    cut, hike = bool(_CUT.search(around)), bool(_HIKE.search(around))
    return None if cut == hike else Direction.DOWN if cut else Direction.UP
