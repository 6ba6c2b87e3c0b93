"""Weeks, months, quarters and years that something ended: whether a figure says by how much, or where it stood then."""

from __future__ import annotations

import re

from extractor.claims.sentence import Sentence
from extractor.domain.annotation import Quantity

ENDED = re.compile(r"\b(?:ended|finished|closed) the (?:week|month|year|quarter)\b", re.IGNORECASE)
_BY_HOW_MUCH = re.compile(
    r"\s(?:up|down|higher by|lower by|(?:with )?a (?:gain|loss|rise|drop|decline) of)\s(?:\w+\s)?"
)
_AT_A_LEVEL = re.compile(
    r"\sat\s[A-Z]{0,3}[$€£¥]?\d++(?:[.,]\d++)*+(?:\s\w++)?,\s(?:for\s)?an?\s|\sat\s[^\s]{1,12}\sfor\san?\s"
)
# "ended the week 0.7% lower", "finished the month with a 2% gain"
_STRAIGHT = re.compile(
    r"\s(?:with\s)?(?:an?\s)?(?:(?:just|only|about|around|roughly|nearly|almost|over|some|more than|less than)\s){0,2}"
)
_A_WAY = re.compile(
    r"\s(?:higher|lower|up|down|gains?|loss(?:es)?|rise|drop|decline|fall|advance|jump|slide|increase|rally|slump)\b",
    re.IGNORECASE,
)
_A_CHANGE = re.compile(r"\s(?:gain|loss|rise|drop|decline|fall|advance|jump|slide|increase)\b", re.IGNORECASE)


def by_how_much(sentence: Sentence, ended: int, quantity: Quantity) -> bool:
    """ "Ended the week down 0.7%", "at $1.1170, a 2.9% gain": by how much, and not where it ended."""
    if _BY_HOW_MUCH.fullmatch(sentence.text, ended, quantity.start):
        return True
    if _STRAIGHT.fullmatch(sentence.text, ended, quantity.start) and _A_WAY.match(sentence.text, quantity.end):
        return True
    apposed = _AT_A_LEVEL.fullmatch(sentence.text, ended, quantity.start)
    return apposed is not None and _A_CHANGE.match(sentence.text, quantity.end) is not None
