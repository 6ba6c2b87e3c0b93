"""The words between figures of one sentence: whether they go on with the same thing, and what they make of a level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.domain.claim import Claim

# What begins another thing, or another hour of the same.
_APART = re.compile(
    r"[:\n]|;(?!\sit\b)|\b(?:while|whereas|whilst|although|though|but|as|when|after|before|following|having|than|and|then)\b"
    r"|\bwith\b(?!\s{1,2}[+-]?$|\san?\s(?:gain|loss|rise|drop|decline|fall|advance)\b)"
    r"|\b(?:earlier|initially|first|noon|midday|midsession|morning|afternoon|open|opening|overnight|premarket|point\sin)\b"
)
_STRETCH = 80  # characters between two figures of one move
_APPOSED = re.compile(r"[^,;\d]{0,20},\san?\s[a-z]+\sof\s")  # "to $4,250 an ounce, a gain of 1.2%"
_BETWEEN_SENTENCES = 3  # characters: blanks and a closing quotation mark
_LEAD = 24
_FROM, _TO = (
    re.compile(rf"\b{word}\s(?:an?\s|the\s)?(?:range\sof\s|between\s)?\Z", re.IGNORECASE) for word in ("from", "to")
)
# What may follow the level a move set out from: nothing that dates it to another time ("from 4.08% in March").
_UNITS = r"(?:\s(?:per|an?)\s[a-z]+|\s(?:points?|percent|per\scent|yen|dollars?|euros?|cents?)){0,2}"
_DAY_BEFORE = r"(?:previous|prior|yesterday|close|session|day|(?:Mon|Tues|Wednes|Thurs|Fri)day)\b"
_LEFT = re.compile(
    rf"{_UNITS}(?:\s?[.,;)\]–—]|\s?\Z|\s(?:to|and)\s|\s(?:late\s|at\s|on\s|in\s)?(?:the\s|its\s)?{_DAY_BEFORE})"
)
_INSIDE_A_NUMBER = re.compile(r"\d\||\|[.,]?\d")
_OFTEN = 20  # A figure printed more often in one sentence has no one place there.


def is_start(level: Claim) -> bool:
    """ "to 4.12% from 4.08%": whether a level is the one that a move set out from."""
    return _is_led_by(_FROM, level)


def is_left(level: Claim) -> bool:
    """Whether nothing behind a level says that it stood there at another time than right before the move."""
    return any(_LEFT.match(level.sentence, place + len(level.quote)) for place in _places(level))


def is_end(move: Claim) -> bool:
    """ "the gap widened to 0.845 percentage point": whether a figure read as a change is where something ended up."""
    return _is_led_by(_TO, move)


def _is_led_by(lead: re.Pattern[str], claim: Claim) -> bool:
    return any(lead.search(claim.sentence, max(0, place - _LEAD), place) for place in _places(claim))


def are_tied(claims: Sequence[Claim]) -> bool:
    """Whether figures of one sentence follow each other with nothing between them that begins something else."""
    ordered = sorted(claims, key=lambda claim: claim.start)
    for one, other in pairwise(ordered):
        words = between(one, other)
        if words is None or len(words) > _STRETCH or _APART.search(words):
            return False
    return True


def is_apposed(level: Claim, move: Claim) -> bool:
    """ "from $4,200 to $4,250 an ounce, a gain of 1.2%": whether a move is set beside the level it led to."""
    words = between(level, move) if level.start < move.start else None
    return words is not None and _APPOSED.fullmatch(words) is not None


def between(one: Claim, other: Claim) -> str | None:
    """The text between two figures of one sentence, the first of which comes first; None where they are not in it."""
    if one.sentence != other.sentence:
        return None
    gap = other.start - one.start
    for place in _places(one):
        if one.sentence.startswith(other.quote, place + gap):
            return one.sentence[place + len(one.quote) : place + gap]
    return None


def adjoin(first: Sequence[Claim], second: Sequence[Claim]) -> bool:
    """Whether the sentences of two groups of figures follow each other directly."""
    ends = {claim.start + len(claim.sentence) - place for claim in first[:1] for place in _places(claim)}
    starts = {claim.start - place for claim in second[:1] for place in _places(claim)}
    return any(0 < start - end <= _BETWEEN_SENTENCES for start in starts for end in ends)


def _places(claim: Claim) -> Iterator[int]:
    """Where a claim's quote is printed in its sentence: once as a rule, and which of several is its own is not said."""
    text, quote = claim.sentence, claim.quote
    place = text.find(quote)
    for _ in range(_OFTEN):
        if place == -1:
            return
        if not _INSIDE_A_NUMBER.search(
            text[max(0, place - 1) : place] + "|" + text[(end := place + len(quote)) : end + 2]
        ):
            yield place
        place = text.find(quote, place + 1)
