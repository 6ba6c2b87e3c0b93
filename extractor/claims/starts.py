"""Levels that a move set out from, and the dates they have: "from $29.00 in January to $60.00, a gain of 107%"."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.claims import periods
from extractor.claims.choosing import is_move_window
from extractor.claims.lead import lead_of
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import DateExpression, Quantity
from extractor.domain.article import Article
from extractor.domain.claim import Period

_REACH = 25  # characters between a level and the date behind it
_LONGEST = 160  # characters from the level set out from to the change told behind the one arrived at
_ON_TO = re.compile(r",?\sto\s")
_LONG_BEFORE = re.compile(
    r"\s(?:an?|one|two|three|four|five|six|\d{1,2})\s(?:week|month|quarter|year)s?\s(?:before|earlier|prior)\b"
)
_APPOSED = re.compile(r"[^\d;:]{0,60},\san?\s[a-z]{2,20}\sof\s(?:\w+\s)?")  # "to $183.78 this year, a gain of 37%"


def without_starts(sentence: Sentence) -> Sentence:
    """The sentence less the dates of levels that a move set out from: where it arrived is of another day."""
    own = [expression for expression in sentence.periods if _is_of_start(sentence, expression)]
    return replace(sentence, periods=tuple(e for e in sentence.periods if e not in own)) if own else sentence


def is_long_before(sentence: Sentence, quantity: Quantity) -> bool:
    """ "from 1.55% a week before that": the level is of no day that the words could place."""
    return _LONG_BEFORE.match(sentence.text, quantity.end) is not None


def measured_over(sentence: Sentence, quantity: Quantity, article: Article) -> Period | None:
    """The window of a change told behind the two levels it lies between; None where nothing there says one.

    A window named beside them ("this year") is it; else it begins on the day that the first level has of its own.
    """
    between = within(sentence.quantities, quantity.start - _LONGEST, quantity.start)
    if len(between) < 2 or not _APPOSED.fullmatch(sentence.text, between[-1].end, quantity.start):
        return None
    first, last = between[-2:]
    if lead_of(sentence, first) != "from" or lead_of(sentence, last) != "to":
        return None
    named = within(sentence.periods, first.end, quantity.start)
    windows = [expression for expression in named if is_move_window(expression)]
    if windows:
        return periods.window_of(windows[-1], article)
    starts = [expression for expression in named if _is_of_start(sentence, expression)]
    since, today = (periods.resolve(starts[0], article) if starts else None), periods.implied(article)
    if since is None or today is None or not since.is_day or since.end >= today.end:
        return None
    return replace(since, end=today.end)


def _is_of_start(sentence: Sentence, expression: DateExpression) -> bool:
    if not _ON_TO.match(sentence.text, expression.end):
        return False
    before = within(sentence.quantities, expression.start - _REACH - 24, expression.start)
    if not before or not 0 <= expression.start - before[-1].end <= _REACH:
        return False
    between = sentence.text[before[-1].end : expression.start]
    return not re.search(r"[\d,;]", between) and lead_of(sentence, before[-1]) == "from"
