"""Figures that are a policy rate's by their words: odds of a move, moves in points, where a bank stands.

Binding by names gives such figures to whoever was spoken of last. Here the words beside a figure say that it is about a
policy rate; whose it is tells the central bank, or the country, named nearest before it in the sentence, then one named
after it, then the one the article spoke of last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Protocol

from extractor.claims.sentence import Clause, Sentence
from extractor.claims.subjects import Bound
from extractor.domain.annotation import Quantity
from extractor.rules import countries, prints
from extractor.rules.instruments.load import shipped

_ODDS = prints.pattern("odds")
_NOT_ODDS = prints.pattern("other_odds")
_MOVES = prints.pattern("policy_moves")
_MOVE_AFTER = re.compile(
    r"[ -]?(?:(?:interest[ -])?rate[ -])?(?:hikes?|cuts?|easing|tightening|increases?|reductions?|rises?|moves?)\b"
    r"|\sof\s(?:(?:further|more|additional|rate|monetary|policy)\s){0,2}(?:easing|tightening|cuts?|hikes?)\b",
    re.IGNORECASE,
)
_MOVED_BY = re.compile(
    r"\b(?:hik|cut|lower|rais|trim|eas|tighten|reduc|lift|slash)\w*\s(?:[\w’'-]+\s){0,6}?by\s"
    r"(?:(?:just|about|only|another|an?|further|as much as)\s){0,2}\Z",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:on\shold|hold(?:ing)?|paus(?:ed|ing)|unchanged|steady)\s(?:[\w’'-]+\s){0,2}?at\s\Z"
    r"|\brange\s(?:of|between|at)\s\Z|\bto\sa\s(?:target\s)?range\s(?:of|between)\s\Z"
    r"|\b(?:cut|hike|increase|rise|move|reduction),?\sto\s\Z"
    r"|\b(?:the|its|their)\s(?:policy\s|key\s|cash\s|repo\s|funds\s|benchmark\s|terminal\s)?rate\s(?:at|to|of)\s\Z"
    r"|\brates?\s(?:now\s|currently\s|still\s)?(?:stands?|stood|sits?|sat|is|remains?)\s(?:now\s|currently\s|still\s)?"
    r"(?:at|between|in)\s(?:a\srange\s(?:of\s)?)?\Z"
    r"|\b(?:kept|keep(?:s|ing)?|held|hold(?:s|ing)?|left|leav(?:es|ing)|maintain(?:s|ed|ing)?)\s(?:[\w’'-]+\s){0,5}?"
    r"(?:rates?|range|benchmark|target)\s(?:[\w-]+\s){0,2}?(?:at|between|of)\s(?:a\srange\s(?:of\s|between\s)?)?\Z"
    r"|\b(?:hike[ds]?|cuts?|cutting|lower(?:s|ed|ing)?|rais(?:es?|ed|ing)|trim(?:s|med)?|reduc(?:es?|ed|ing)|lift(?:s|ed)?)\s"
    r"(?:its|the|their)\s[a-z\s-]{0,30}?by\s(?:an?\s)?(?:quarter|half|[\d.]{1,4})[\s-](?:(?:of\sa\s)?(?:percentage\s)?points?|"
    r"basis\spoints|bps?)\sto\s(?:a\srange\sof\s)?\Z"
    r"|\bput\sthe\s(?:peak|terminal\srate)\sat\s\Z"
    r"|\brate\s(?:outlooks?|projections?|forecasts?)\s(?:[\w’'-]+\s){0,4}?(?:at|to|of)\s\Z",
    re.IGNORECASE,
)
_COUNTED = prints.pattern("counted_rate_moves")
_FORESEES = prints.pattern("foresees_moves")
_BARE_MOVES = re.compile(r"[\w-]+(?:\s(?:more|further|additional))?\s(?:cuts?|hikes?)", re.IGNORECASE)
_WHEN = re.compile(r"(?:[.,;]|\s(?:in|this|next|by|before|at|over|through|for)\s)")
_TIMES = re.compile(r"\b(?:rais|hik|cut|lower|lift|trimm|eas)\w*\b[^,;.]{0,40}\Z", re.IGNORECASE)
# "The Fed hiked by 25 basis points to 5.25%-5.5%": said of yields too, so only where a bank is the subject.
_STEP_TO = re.compile(r"\b(?:points?|bps?)\s(?:on\s\w+\s)?to\s(?:a\srange\s(?:of\s)?|between\s)?\Z")
_BRACKET = re.compile(r"\s\(\Z")
_REACH = 70
_ODDS_REACH = 120


class Book(Protocol):
    def policy_rate(self, identifier: str) -> str | None: ...


def rebound(
    sentence: Sentence, clause: Clause, quantity: Quantity, bound: Bound, policy_rate: str | None, book: Book
) -> Bound:
    """The same binding, or the policy rate's where the words beside the figure are about one."""
    if bound.type in ("rate", "policy"):
        return bound
    if quantity.unit == "percent" and is_odds(sentence, quantity):
        return _to(sentence, quantity, bound, policy_rate, book)
    if quantity.unit == "percent" and _stands(sentence, clause, quantity, bound, book):
        return _to(sentence, quantity, bound, policy_rate, book)
    if quantity.unit == "count" and _is_counted(sentence, clause, quantity, bound, book):
        return _to(sentence, quantity, bound, policy_rate, book)
    yields = bound.type == "yield" and bound.how != "remembered"
    if _is_step(quantity) and not yields and _is_move(sentence, clause, quantity):
        return _to(sentence, quantity, bound, policy_rate, book)
    return bound


def is_odds(sentence: Sentence, quantity: Quantity) -> bool:
    """ "an 80% probability that the Fed ...", "the odds of a cut at 87%, up from 40%"."""
    if not _MOVES.search(sentence.text, sentence.start, sentence.end) or _NOT_ODDS.search(sentence.words):
        return False
    if _ODDS.search(sentence.text, quantity.start, min(sentence.end, quantity.end + 16)):
        return True
    before = list(_ODDS.finditer(sentence.text, max(sentence.start, quantity.start - _ODDS_REACH), quantity.start))
    if not before:
        return False
    gap = sentence.text[before[-1].end() : quantity.start]
    return not re.search(r"[;]|\b(?:while|but|which reports|shares|stocks|yields?)\b", gap)


def _is_counted(sentence: Sentence, clause: Clause, quantity: Quantity, bound: Bound, book: Book) -> bool:
    """ "two rate cuts", "sees one more cut in 2026", "the Fed will cut three times": how often a bank moves its rate.

    A company that is named has cuts of its own, of jobs and prices.
    """
    text = quantity.text
    if _COUNTED.search(text):
        return True
    bank = bool(bound.ids) and book.policy_rate(bound.ids[0]) is not None
    if text.lower().endswith((" times", "twice")):
        named = bank and _nearest(sentence, quantity, book) is not None
        return named and bool(_TIMES.search(sentence.text, clause.start, quantity.start))
    if (bound.ids and not bank) or not _BARE_MOVES.fullmatch(text):
        return False
    foreseen = _FORESEES.search(sentence.text, max(clause.start, quantity.start - _REACH), quantity.start)
    return bool(foreseen and _WHEN.match(sentence.text, quantity.end))


def _is_step(quantity: Quantity) -> bool:
    """ "25 basis points", "a quarter point": what a policy rate is moved by."""
    if quantity.unit in ("basis_points", "percentage_points"):
        return True
    return quantity.unit == "points" and quantity.form == "fraction" and quantity.value <= 1


def _is_move(sentence: Sentence, clause: Clause, quantity: Quantity) -> bool:
    if _MOVE_AFTER.match(sentence.text, quantity.end, min(sentence.end, quantity.end + 50)):
        return True
    return bool(_MOVED_BY.search(sentence.text, max(clause.start, quantity.start - _REACH), quantity.start))


def _stands(sentence: Sentence, clause: Clause, quantity: Quantity, bound: Bound, book: Book) -> bool:
    """Where a bank's rate is: "on hold at 4.5%", "a half-point cut, to 13%", "the Fed (5% to 5.25%)"."""
    start = max(sentence.start, quantity.start - _REACH)
    banks = [m for m in sentence.mentions if m.end <= quantity.start and _rate_of(m.candidates[:1], book)]
    if banks and _BRACKET.fullmatch(sentence.text, banks[-1].end, quantity.start):
        return True
    between = bound.mention is not None and bound.mention.end <= quantity.start and bound.type != "organization"
    named = between and bound.mention is not None and (not banks or bound.mention.start > banks[-1].start)
    if named and bound.mention is not None and bound.mention.form != "generic":
        return False
    if (
        banks
        and bound.type == "organization"
        and _STEP_TO.search(sentence.text, max(start, clause.start), quantity.start)
    ):
        return True
    return bool(_STANDS.search(sentence.text, max(start, clause.start), quantity.start))


def _to(sentence: Sentence, quantity: Quantity, bound: Bound, policy_rate: str | None, book: Book) -> Bound:
    rate = _nearest(sentence, quantity, book) or policy_rate
    return bound if rate is None else replace(bound, ids=(rate,), how="policy")


def _nearest(sentence: Sentence, quantity: Quantity, book: Book) -> str | None:
    """Of the bank or the rate named last before the figure, else of a country, else of a bank named after it."""
    told = [(m.start, rate) for m in sentence.mentions if (rate := _rate_of(m.candidates[:1], book))]
    before = [rate for start, rate in told if start < quantity.start]
    if before:
        return before[-1]
    places = countries.named(sentence.text, sentence.start, quantity.start)
    if places and not told:
        return _of_countries().get(places[-1][1])
    return told[0][1] if told else None


def _rate_of(candidates: tuple[str, ...], book: Book) -> str | None:
    if not candidates:
        return None
    first = candidates[0]
    return first if first.startswith("rate:") else book.policy_rate(first)


@cache
def _of_countries() -> Mapping[str, str]:
    """The policy rate of each country whose bank the book knows."""
    rates = [each.policy_rate for each in shipped().instruments.values() if each.policy_rate]
    return {rate.split(":")[1]: rate for rate in rates}
