"""Superlatives bound to the instrument, the day and the stretch of time they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.claims.dating import Dater
from extractor.claims.making import Making, certainty
from extractor.claims.modality import modality_of
from extractor.claims.sentence import Sentence, within
from extractor.claims.subjects import NOBODY, Binder, Bound
from extractor.domain.annotation import Quantity, RecordMention
from extractor.domain.claim import Claim, Comparator, Direction, Kind, Modality, Period

_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("a an one first", "two second", "three third", "four fourth", "five fifth", "six sixth", "seven seventh",
         "eight eighth", "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth"),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_UNITS = {"year": "years", "month": "months", "week": "weeks", "day": "days", "session": "days", "decade": "years"}
_HEDGES = {"more than": Comparator.ABOVE, "over": Comparator.ABOVE, "at least": Comparator.AT_LEAST,
           "almost": Comparator.BELOW, "nearly": Comparator.BELOW, "about": Comparator.ABOUT}  # fmt: skip
_DOWN = re.compile(
    r"\b(?:cuts?|loss(?:es)?|losing|declines?|drops?|falls?|down|lower|reductions?|fell|below|lost|slid)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:hikes?|gains?|winning|increases?|rises?|rose|up|higher|above|advances?|climbed|crossed|topped|breach\w+|reach\w+|surpass\w+)\b",
    re.I,
)
_AVERAGE = re.compile(r"\b(?:moving|\d{1,3}-day) average\b", re.IGNORECASE)
_RATE_MOVE = re.compile(r"\b(?:cuts?|hikes?|rate|interest|increase|reduction)\b", re.IGNORECASE)
_PRICED = frozenset({"index", "equity", "etf", "yield", "commodity", "currency", "crypto", "indicator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    mention: RecordMention
    bound: Bound
    direction: Direction | None


def find(sentence: Sentence, binder: Binder, making: Making, dater: Dater, policy_rate: str | None) -> Iterator[Claim]:
    """One claim an instrument a superlative. `policy_rate` is the rate last spoken of, for "third straight cut"."""
    for mention in sentence.records:
        if _AVERAGE.search(_clause_text(sentence, mention)):
            continue  # a record against a moving average is about the average
        bound = _bind(sentence, mention, binder, policy_rate)
        direction = mention.direction or _direction(sentence, mention)
        found = _Found(mention=mention, bound=bound, direction=direction)
        for identifier in bound.ids:
            yield _claim(sentence, found, identifier, making, dater)


def _bind(sentence: Sentence, mention: RecordMention, binder: Binder, policy_rate: str | None) -> Bound:
    placeholder = Quantity(start=mention.start, end=mention.end, text=mention.text, value=Decimal(0), unit="percent")
    clause = sentence.clause_at(mention.start)
    about_rates = _RATE_MOVE.search(mention.text) or (
        mention.metric in ("first_since", "ordinal") and sentence_is_about_rates(sentence)
    )
    if about_rates and policy_rate:
        return Bound(ids=(policy_rate,), how="policy")
    bound = binder.bind(sentence, clause, placeholder)
    priced = tuple(i for i in bound.ids if i.split(":", 1)[0] in _PRICED)
    return Bound(ids=priced, how=bound.how, mention=bound.mention) if priced else NOBODY


def sentence_is_about_rates(sentence: Sentence) -> bool:
    return any(cue.layer == "decision" and cue.value in ("change", "range", "hold") for cue in sentence.cues)


def _claim(sentence: Sentence, found: _Found, identifier: str, making: Making, dater: Dater) -> Claim:
    mention = found.mention
    number = _number(mention)
    unit = _UNITS.get((mention.unit or "").lower()) if mention.metric != "streak" else "count"
    if mention.unit == "decade" and number is not None:
        number *= 10
    counted = mention.metric in ("streak", "ordinal") or "of the year" in mention.text.lower()
    if counted:
        unit = "count"
        number = Decimal(1) if mention.metric == "first" else number
    modality = _modality(sentence, mention)
    return making.from_words(
        sentence, mention.start, mention.end, making.subject(identifier),
        kind=Kind.RECORD, metric=mention.metric, rule=f"record.{mention.metric}",
        period=dater.abroad((identifier,), _period(sentence, mention, dater)),
        confidence=certainty(found.bound), modality=modality,
        direction=found.direction,
        value=number, unit=unit if number is not None else None, decimals=0 if number is not None else None,
        comparator=_HEDGES.get((mention.hedge or "").lower(), Comparator.EQUAL), hedge=mention.hedge,
    )  # fmt: skip


def _modality(sentence: Sentence, mention: RecordMention) -> Modality:
    """As of a figure in its place; "for the first time in five years, growth is projected to" looks ahead too."""
    clause = sentence.clause_at(mention.start)
    place = Quantity(start=mention.start, end=mention.end, text=mention.text, value=Decimal(0))
    told = modality_of(sentence, clause, place)
    fronted = mention.start - sentence.start < 12
    ahead = any(cue.modality is Modality.FORECAST and cue.value == "clause" for cue in sentence.modality)
    return Modality.FORECAST if told is Modality.ASSERTED and fronted and ahead else told


def _period(sentence: Sentence, mention: RecordMention, dater: Dater) -> Period | None:
    """The day of the record; the words after "since" are no day of it."""
    outside = tuple(e for e in sentence.periods if not mention.start <= e.start < mention.end)
    return dater.at(replace(sentence, periods=outside), mention.start)


def _number(mention: RecordMention) -> Decimal | None:
    if mention.number is None:
        first = mention.text.split()[0].lower().split("-")[0] if mention.metric == "streak" else ""
        return Decimal(_NUMBERS[first]) if first in _NUMBERS else Decimal(first) if first.isdigit() else None
    word = mention.number.lower()
    digits = re.match(r"\d+", word)
    if digits:
        return Decimal(digits.group())
    return Decimal(_NUMBERS[word]) if word in _NUMBERS else None


def _direction(sentence: Sentence, mention: RecordMention) -> Direction | None:
    """From the superlative's own words, else from its clause, else from the nearest movement before it."""
    for text in (mention.text, _clause_text(sentence, mention)):
        down, up = bool(_DOWN.search(text)), bool(_UP.search(text))
        if down != up:
            return Direction.DOWN if down else Direction.UP
    cues = [
        c.direction for c in within(sentence.cues, sentence.start, mention.end) if c.layer == "movement" and c.direction
    ]
    return cues[-1] if cues else None


def _clause_text(sentence: Sentence, mention: RecordMention) -> str:
    clause = sentence.clause_at(mention.start)
    return sentence.text[clause.start : clause.end]
