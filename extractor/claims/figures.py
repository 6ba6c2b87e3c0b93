"""A figure read in its sentence: whose it is, what it measures, which way it goes, and whether it is asserted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from extractor.claims.sentence import Clause, Sentence, within
from extractor.claims.subjects import Bound
from extractor.domain.annotation import Cue, Quantity
from extractor.domain.claim import Basis, Comparator, Direction, Modality
from extractor.rules import statistics

CURRENCY = re.compile(r"[A-Z]{3}")
MEASURED_AGAINST = frozenset({"above", "below", "over", "under", "exceeding", "topping", "beyond", "than", "past"})
_CHANGE_UNITS = frozenset({"points", "basis_points", "percentage_points", "multiple"})
_STANDS_AT = frozenset(
    {
        "towards",
        "at",
        "hit",
        "touched",
        "above",
        "from",
        "near",
        "toward",
        "around",
        "fetched",
        "reached",
        "to",
        "below",
        "beneath",
        "under",
        "bought",
        "past",
    }
)
_SIZED = frozenset({"gain", "gains", "loss", "losses", "advance", "decline", "rise", "drop", "fall"})
_NEVER_BELOW_ZERO = frozenset({"index", "equity", "etf", "commodity", "currency", "crypto"})
_LOWEST_INDEX = 500  # fewer points are a change
_PRINTED = frozenset({"figure", "bid_ask"})
_COUNTS = frozenset({"count", "days", "weeks", "months", "years"})


class Reading(StrEnum):
    LEVEL = "level"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Everything known of one figure when its kind is decided."""

    sentence: Sentence
    clause: Clause
    quantity: Quantity
    bound: Bound
    lead: str
    movement: Cue | None
    measure: Cue | None
    level: Cue | None
    decision: Cue | None
    basis: Basis | None
    direction: Direction | None
    reading: Reading
    counts_things: bool
    modality: Modality
    speaker: str | None

    @property
    def is_money(self) -> bool:
        return bool(self.quantity.unit and CURRENCY.fullmatch(self.quantity.unit))

    @property
    def is_scaled(self) -> bool:
        return self.quantity.scale > 1


def fits(identifier: str, quantity: Quantity) -> bool:
    """Whether a subject of this type can own a figure of this unit."""
    kind, unit = identifier.split(":", 1)[0], quantity.unit
    if quantity.form == "superlative":  # words, of whatever they are said
        return kind != "policy"
    if kind == "indicator":
        return statistics.fits(identifier, quantity)
    if unit == "percent":
        return kind != "policy"
    if unit in ("basis_points", "percentage_points"):
        return kind in ("yield", "rate", "organization", "index", "equity", "etf")
    if unit == "points":
        return kind in ("index", "yield", "etf", "commodity")
    if unit == "multiple":
        return kind in ("equity", "etf", "index", "commodity", "crypto", "organization", "currency")
    if unit == "shares":
        return kind in ("equity", "organization")  # whoever holds them, or whose they are
    if unit in _COUNTS:
        return kind in ("rate", "organization")
    if unit and CURRENCY.fullmatch(unit):
        if quantity.scale > 1:
            return kind in ("equity", "organization", "policy", "etf", "crypto")
        return kind in ("equity", "etf", "commodity", "currency", "crypto", "organization", "index")
    if unit is None:
        if quantity.scale > 1:
            return kind in ("equity", "organization", "crypto")
        if kind in ("equity", "etf"):
            return quantity.decimals == 2 and quantity.form == "figure"
        return kind in ("index", "currency", "commodity", "crypto") and quantity.form in _PRINTED
    return False


def reading_of(
    sentence: Sentence, quantity: Quantity, bound: Bound, lead: str, movement: Cue | None, adjacent: bool
) -> Reading:
    """Whether the figure says where a thing stands or how far it went."""
    unit = quantity.unit
    if unit == "points" and bound.type == "index" and _stands(sentence, quantity, lead):
        return Reading.LEVEL
    if unit in _CHANGE_UNITS:
        return Reading.CHANGE
    rated = bound.type in ("yield", "rate", "indicator")
    if unit == "percent" and not rated:
        return Reading.CHANGE
    if quantity.sign is not None and (unit is not None or bound.type in _NEVER_BELOW_ZERO):
        return Reading.CHANGE  # "Dow -160"
    if _how_much(sentence, quantity, movement):
        return Reading.CHANGE
    extremes = [c for c in sentence.layer("level") if c.value in ("high", "low") and 0 <= quantity.start - c.end <= 2]
    around = sentence.text[max(sentence.start, quantity.start - 16) : quantity.start]
    compared = lead == "off" and _ANOTHERS.search(around)
    # "rose as high as 6,903.46", "well off the 104.18 yen of Monday", "slid back under $95K"
    if lead in _STANDS_AT or extremes or compared or _BACK.search(around):
        return Reading.LEVEL
    if movement is None:
        return Reading.LEVEL
    if movement.start > quantity.end:  # "a $2 gain", "a 2 percent rise"
        return Reading.CHANGE if movement.noun or movement.value == "state" else Reading.LEVEL
    return Reading.CHANGE if adjacent or lead == "by" else Reading.LEVEL


def _how_much(sentence: Sentence, quantity: Quantity, movement: Cue | None) -> bool:
    """ "pared its loss to 118.30": the loss comes to that; a number of an index's size is where the index stands."""
    if movement is None or not movement.noun or movement.text.lower() not in _SIZED or quantity.value >= _LOWEST_INDEX:
        return False
    return sentence.text[movement.end : quantity.start].strip().lower() in ("to", "to about", "to just")


def _stands(sentence: Sentence, quantity: Quantity, lead: str) -> bool:
    """ "at 6,005.9 points", "closed above 6,000 points": where an index stands, in its own unit."""
    if quantity.sign is not None or (quantity.value < _LOWEST_INDEX and not (lead == "at" and quantity.decimals)):
        return False
    at = quantity.hedge_start if quantity.hedge_start is not None else quantity.start
    nouns = [
        c for c in sentence.layer("movement") if c.noun and 0 <= at - c.end <= 12
    ]  # "extends losses to 600 points"
    placed = lead in _STANDS_AT or (quantity.hedge or "").lower() in _STANDS_AT
    return placed and not nouns


def basis_of(sentence: Sentence, clause: Clause, quantity: Quantity) -> Basis | None:
    """Premarket, after hours, intraday or close, where the sentence says so; its own clause first."""
    cues = [c for c in sentence.cues if c.layer == "basis" and c.value]
    inside = [c for c in cues if clause.start <= c.start < clause.end]
    closes = any(c.value == "close" and c.layer == "level" for c in within(sentence.cues, clause.start, clause.end))
    if closes and not inside:  # "fell as much as 5% before closing 2.1% lower": the second figure is the close's
        return Basis.CLOSE
    nearest = min(inside or cues, key=lambda c: abs(c.start - quantity.start), default=None)
    return Basis(nearest.value) if nearest and nearest.value else None


_BACK = re.compile(r"\bback (?:over|under|up to|down to|above|below) \Z", re.IGNORECASE)
_ANOTHERS = re.compile(r"\b(?:the|its|their|previous|prior)\s\Z", re.IGNORECASE)


def comparator_of(figure: Figure) -> Comparator:
    """The printed hedge decides; "above 16,000" and "below $1.38" bound a level though they are no hedge.

    What a result is measured against ("above the $519 billion consensus") is itself exact.
    """
    quantity, lead, reading = figure.quantity, figure.lead, figure.reading
    if figure.measure and figure.modality is Modality.FORECAST and lead in MEASURED_AGAINST and _is_named(figure):
        return Comparator.EQUAL
    if figure.measure and quantity.comparator is Comparator.EQUAL and (bound := _bounded(figure)):
        return bound
    if reading is Reading.LEVEL and (quantity.hedge or "").lower() == "up to" and lead not in ("at", "of", "for"):
        return Comparator.EQUAL  # "pushed the yield up to 4.71 percent": which way, and where to
    if quantity.comparator is not Comparator.EQUAL or reading is Reading.CHANGE:
        return quantity.comparator
    if _ANOTHERS.search(figure.sentence.text, max(figure.sentence.start, quantity.start - 12), quantity.start):
        return Comparator.EQUAL  # "above the 5.035% at which they had been trading"
    return {
        "above": Comparator.ABOVE, "over": Comparator.ABOVE, "past": Comparator.ABOVE, "topping": Comparator.ABOVE,
        "exceeding": Comparator.ABOVE, "beyond": Comparator.ABOVE, "below": Comparator.BELOW, "under": Comparator.BELOW,
        "near": Comparator.ABOUT, "toward": Comparator.ABOUT, "towards": Comparator.ABOUT, "around": Comparator.ABOUT,
    }.get(lead, Comparator.EQUAL)  # fmt: skip


_NAMED = re.compile(r"\b(?:the|their|its|an?|analysts[’']?|consensus|street[’']s)\s(?:[\w-]+\s)?\Z", re.IGNORECASE)
_NAMED_BEHIND = re.compile(r"(?:\s[\w-]+){0,3}?\s(?:estimate|consensus|forecast|expected|analysts|projected)", re.I)
_AT_LEAST = re.compile(r"\b(?:exceeds?|tops?|surpass(?:es)?|north of|upwards? of)\s\Z", re.IGNORECASE)
_ABOVE_ONE = re.compile(r"\b(?P<way>above|over|past|below|under)\san?\s(?:[\w-]+\s){1,3}of\s\Z", re.IGNORECASE)


def _is_named(figure: Figure) -> bool:
    """Whether a figure after "above" or "than" is somebody's forecast: "above the $519 billion consensus"."""
    text, quantity = figure.sentence.text, figure.quantity
    before = text[max(figure.sentence.start, quantity.start - 30) : quantity.start]
    return bool(_NAMED.search(before) or _NAMED_BEHIND.match(text, quantity.end, quantity.end + 50))


def _bounded(figure: Figure) -> Comparator | None:
    """ "should exceed $30 billion", "above a market value of $4 trillion": a sum that is a bound."""
    before = figure.sentence.text[max(figure.sentence.start, figure.quantity.start - 50) : figure.quantity.start]
    if _AT_LEAST.search(before):
        return Comparator.ABOVE
    match = _ABOVE_ONE.search(before)
    if match is None or figure.modality is Modality.FORECAST:
        return None
    return Comparator.BELOW if match.group("way").lower() in ("below", "under") else Comparator.ABOVE
