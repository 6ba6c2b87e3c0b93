"""Superlatives bound to the instrument, the day and the stretch of time they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from extractor.claims import periods
from extractor.claims.choosing import is_calendar_span
from extractor.claims.dating import Dater
from extractor.claims.figures import Figure, Reading
from extractor.claims.indicator.told import Prints
from extractor.claims.making import Making, certainty
from extractor.claims.modality import modality_of
from extractor.claims.peaks import set_on
from extractor.claims.record import standing
from extractor.claims.record.way import direction_of
from extractor.claims.record.whose import Whose, whose
from extractor.claims.sentence import Sentence
from extractor.claims.subjects import Binder
from extractor.domain.annotation import InstrumentMention, Quantity, RecordMention
from extractor.domain.claim import Claim, Comparator, DateSource, Direction, Kind, Modality, Period

_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("a an one first", "two second", "three third", "four fourth", "five fifth", "six sixth", "seven seventh",
         "eight eighth", "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth", "thirteen thirteenth",
         "fourteen fourteenth", "fifteen fifteenth", "sixteen sixteenth", "seventeen seventeenth",
         "eighteen eighteenth", "nineteen nineteenth", "twenty twentieth"),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_UNITS = {"year": ("years", 1), "month": ("months", 1), "week": ("weeks", 1), "day": ("days", 1),
          "session": ("days", 1), "decade": ("years", 10), "century": ("years", 100), "fortnight": ("weeks", 2),
          "quarter": ("months", 3)}  # fmt: skip
_PARTS = {"half": Decimal("0.5"), "a quarter": Decimal("0.25")}
_HEDGES = {"more than": Comparator.ABOVE, "over": Comparator.ABOVE, "just over": Comparator.ABOVE,
           "well over": Comparator.ABOVE, "at least": Comparator.AT_LEAST, "almost": Comparator.BELOW,
           "nearly": Comparator.BELOW, "just under": Comparator.BELOW, "less than": Comparator.BELOW,
           "about": Comparator.ABOUT, "near": Comparator.ABOUT, "around": Comparator.ABOUT,
           "roughly": Comparator.ABOUT, "close to": Comparator.ABOUT}  # fmt: skip
_OF_THE_YEAR = re.compile(r"\b(?:of the|this) year$", re.IGNORECASE)
_OF_DAYS = re.compile(r"\b(?:days?|sessions?)\b", re.IGNORECASE)
_COUNTED = frozenset({"streak", "ordinal", "rank"})
# Names of one statement said upside down, for a currency that the pair counts in ("the yen's lowest since May").
_UPSIDE_DOWN = {"highest_since": "lowest_since", "lowest_since": "highest_since", "record_high": "record_low",
                "record_low": "record_high", "high_52w": "low_52w", "low_52w": "high_52w"}  # fmt: skip


class Book(Protocol):
    def is_inverse(self, mention: InstrumentMention, instrument: str) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    mention: RecordMention
    told: Whose
    metric: str
    direction: Direction | None
    figures: Sequence[Figure]


def find(
    sentence: Sentence,
    figures: Sequence[Figure],
    binder: Binder,
    making: Making,
    dater: Dater,
    book: Book,
    policy_rate: str | None,
) -> Iterator[Claim]:
    """One claim an instrument a superlative. `policy_rate` is the rate last spoken of, for "third straight cut"."""
    for mention in sentence.records:
        if standing.is_no_event(sentence, mention):
            continue
        told = whose(sentence, mention, figures, binder, policy_rate)
        direction = direction_of(sentence, mention, told)
        metric = mention.metric
        if direction and told.bound.mention and book.is_inverse(told.bound.mention, told.bound.ids[0]):
            metric, direction = _UPSIDE_DOWN.get(metric, metric), direction.opposite
        if metric == "first" and _OF_THE_YEAR.search(mention.text):
            metric = "ordinal"
        if metric == "record_low":  # the contract's name for a record of either way
            metric = "record_high"
        found = _Found(mention=mention, told=told, metric=metric, direction=direction, figures=figures)
        for identifier in told.bound.ids:
            yield _claim(sentence, found, identifier, making, dater)


def _claim(sentence: Sentence, found: _Found, identifier: str, making: Making, dater: Dater) -> Claim:
    mention = found.mention
    number = _number(mention)
    unit, times = _UNITS.get((mention.unit or "").lower(), (None, 1))
    number = Decimal(int(number * times)) if number is not None else None
    if found.metric in _COUNTED:
        unit = "count"
        number = Decimal(1) if mention.metric == "first" else number
    if unit is None:
        number = None
    return making.from_words(
        sentence, mention.start, mention.end, making.subject(identifier),
        kind=Kind.RECORD, metric=found.metric, rule=f"record.{found.metric}",
        period=_period(sentence, found, identifier, making, dater),
        confidence=certainty(found.told.bound), modality=_modality(sentence, mention),
        direction=found.direction,
        value=number, unit=unit if number is not None else None, decimals=0 if number is not None else None,
        comparator=_HEDGES.get((mention.hedge or "").lower(), Comparator.EQUAL), hedge=mention.hedge,
    )  # fmt: skip


def _modality(sentence: Sentence, mention: RecordMention) -> Modality:
    """As of a figure in its place; a week one is "on pace for" is not over, and a forecast may open with it."""
    clause = sentence.clause_at(mention.start)
    place = Quantity(start=mention.start, end=mention.end, text=mention.text, value=Decimal(0))
    told = modality_of(sentence, clause, place)
    if told is Modality.ASSERTED and standing.is_on_course(sentence, mention):
        return Modality.FORECAST
    fronted = mention.start - sentence.start < 12
    ahead = any(cue.modality is Modality.FORECAST and cue.value == "clause" for cue in sentence.modality)
    return Modality.FORECAST if told is Modality.ASSERTED and fronted and ahead else told


def _period(sentence: Sentence, found: _Found, identifier: str, making: Making, dater: Dater) -> Period | None:
    """The day of the record, or the period a statistic is about; the words after "since" are no day of it."""
    mention = found.mention
    outside = tuple(e for e in sentence.periods if not mention.start <= e.start < mention.end)
    plain = replace(sentence, periods=outside)
    owned = [e for e in outside if 0 <= mention.start - e.end <= 3]
    # "Monday's record", "its September record"
    if owned and (periods.is_day(owned[-1]) or is_calendar_span(owned[-1])):
        return periods.resolve(owned[-1], dater.article)
    if standing.is_measured_from(sentence, mention):
        told = set_on(sentence, mention.end)
        return periods.resolve(told, dater.article) if told else None
    if standing.is_broken(sentence, mention) and not identifier.startswith("rate:"):  # meetings are weeks apart
        return _streak_before(mention, dater.at(plain, mention.start))
    figure = found.told.figure
    at = figure.quantity.start if figure and figure.quantity.end <= mention.start else mention.start
    if figure is None:
        at = _figure_before(plain, found, identifier) or at
    if identifier.startswith("indicator:"):
        return _reported(plain, found, identifier, making.prints, dater, at)
    if figure and figure.reading is Reading.LEVEL and at < mention.start:
        return dater.of_level(replace(figure, sentence=plain))  # "having hit $57 in the session before, its highest"
    return dater.abroad((identifier,), dater.at(plain, at))


def _figure_before(sentence: Sentence, found: _Found, identifier: str) -> int | None:
    """Where the sentence's figure of the same subject stands, if no other day comes between the two or right after."""
    skipped = [(m.start, m.end) for m in sentence.records]
    for figure in reversed(found.figures):
        start, end = figure.quantity.end, found.mention.start
        if identifier in figure.bound.ids and start <= end:
            between = [e for e in sentence.periods if start <= e.start < found.mention.end + 30]
            own = all(any(a <= e.start < b for a, b in skipped) for e in between)
            return figure.quantity.start if own else None
    return None


def _streak_before(mention: RecordMention, ended: Period | None) -> Period | None:
    """The days of a streak that ended before a day, as far as the week tells; None for weeks and months."""
    length = _number(mention)
    if ended is None or not ended.is_day or length is None or length > 60 or not _OF_DAYS.search(mention.text):
        return None
    days: list[date] = []
    day = ended.start
    while len(days) < length:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return Period(start=days[-1], end=days[0], text=None, source=DateSource.IMPLIED)


def _reported(
    sentence: Sentence, found: _Found, identifier: str, prints: Prints, dater: Dater, at: int
) -> Period | None:
    """The period a statistic's record is of: that of its own figures in the sentence, else that of the release."""
    own = [f for f in found.figures if identifier in f.bound.ids and f.lead != "from"]
    for figure in reversed(own):
        named = dater.named(sentence, figure.clause, figure.quantity.start)
        if named and not named.is_day:
            return named
    told = found.told.figure
    if told and told.lead != "from":
        return prints.period(replace(told, sentence=sentence), identifier, forecast=False, revised=False)
    return dater.named(sentence, sentence.clause_at(at), at) or prints.known(identifier)


def _number(mention: RecordMention) -> Decimal | None:
    if mention.number is None:
        return None
    word = mention.number.lower()
    for part, share in _PARTS.items():
        if word.startswith(part):
            return share
    digits = re.match(r"\d+", word)
    if digits:
        return Decimal(digits.group())
    return Decimal(_NUMBERS[word]) if word in _NUMBERS else None
