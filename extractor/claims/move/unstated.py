"""A move without a date of its own that does not hold for the day, in a sentence that speaks of a longer stretch.

"A week to forget: the Nasdaq fell 3%", "bringing its two-day loss to 10.5%": where the figure holds over such a
stretch, it is not known that the day was meant, and nobody is accused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from extractor.domain.claim import Claim, DateSource
from extractor.domain.ports import Calendar
from extractor.verify.sessions import Span, at_or_before, months_before

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_WEEK = re.compile(r"\bweek(?:s|ly|long)?\b|\bfive (?:days|sessions)\b|\bfive-(?:day|session)\b", re.IGNORECASE)
_MONTH = re.compile(rf"\bmonth(?:s|ly)?\b|(?-i:\b(?:{'|'.join(_MONTHS)})\b)", re.IGNORECASE)
_QUARTER = re.compile(r"\bquarter(?:s|ly)?\b|\bthree months\b", re.IGNORECASE)
_HALF = re.compile(r"\bhalf(?:-year)?\b|\bsix months\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!-)\byear(?:s|ly)?\b|\bannual(?:ly)?\b|\b20\d\d\b|\bYTD\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b|\bso far\b|\bseason\b", re.IGNORECASE)
_DAYS = re.compile(
    r"\b(?:(?P<count>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[ -](?:straight |consecutive )?"
    r"(?:day|session)s?|(?:run|streak|stretch|string|series|slide|rally|days|sessions)\b)",
    re.IGNORECASE,
)
_APART = re.compile(r",\s|[;:]\s|[–—]|\s--?\s|\bto\s")
_FROM_A_TURN = re.compile(
    r"\s(?:from|off|above|since)\s(?:its|the|their|an?|that)\s(?:[\w.’'-]+\s){0,4}(?:lows?|highs?|peak|trough|bottom|nadir)\b"
)
_NEAR = 300  # characters back to the sentence before
_MOST_DAYS = 10


def other_spans(claim: Claim, siblings: Sequence[Claim], calendar: Calendar) -> Iterator[Span]:
    """The longer stretches that the claim's sentence or the one before speaks of, to the article's day or before it."""
    period, published = claim.date, claim.published
    if period is None or published is None or not period.is_day or _is_told(claim):
        return
    last = at_or_before(published, calendar)
    told = {each.date.end for each in siblings if each.sentence == claim.sentence and each.date is not None}
    for day in sorted(told):
        if day < last:  # "After sliding 1.6% on Nov. 20, it has risen 4.7%"
            yield Span(start=at_or_before(day, calendar), end=last)
    ends = (last, calendar.previous(last))
    words = f"{_told_before(claim, siblings)} {claim.sentence}"
    for end in ends:
        if _DAYS.search(words):
            start = calendar.previous(end)
            for _ in range(_MOST_DAYS - 1):
                start = calendar.previous(start)
                yield Span(start=start, end=end)
        for start in _starts(words, end):
            yield Span(start=at_or_before(start - timedelta(days=1), calendar), end=end)
    if _WEEK.search(words):
        friday = last - timedelta(days=last.weekday() + 3)
        before = at_or_before(friday - timedelta(days=7), calendar)
        yield Span(start=before, end=at_or_before(friday, calendar))
    if _MONTH.search(words):
        for back in range(12):
            first = months_before(last.replace(day=1), back)
            over = months_before(last.replace(day=1), back - 1)
            if over <= last and (back == 1 or _MONTHS[first.month - 1] in words):
                yield _between(first, over, calendar)
    if _QUARTER.search(words):
        yield _between(months_before(_quarter(last), 3), _quarter(last), calendar)
    if _YEAR.search(words):
        yield _between(date(last.year - 1, 1, 1), date(last.year, 1, 1), calendar)


def own_day(claim: Claim, calendar: Calendar) -> Span | None:
    """The article's day, for a move that was dated by words which may be another figure's; None where they are its own.

    "The S&P 500 erased its 2025 loss, adding 0.7%": a comma stands between the date and the figure.
    """
    period, published = claim.date, claim.published
    if period is None or published is None or (period.is_day and period.end == published):
        return None
    if _is_told(claim):
        return None
    last = at_or_before(published, calendar)
    return Span(start=calendar.previous(last), end=last)


def _is_told(claim: Claim) -> bool:
    """Whether the words of the claim's date stand with the figure, and not in a dateline or another clause."""
    period = claim.date
    if period is None or not period.text or period.source is DateSource.IMPLIED:
        return False
    place, figure = claim.sentence.find(period.text), claim.sentence.find(claim.quote)
    if place < 0 or figure < 0:
        return True
    first, last = min(place + len(period.text), figure + len(claim.quote)), max(place, figure)
    return not _APART.search(claim.sentence[first:last])


def is_from_a_turn(claim: Claim) -> bool:
    """ "up 24% from its April low": no move of a day, nor of a stretch that is named."""
    place = claim.sentence.find(claim.quote)
    return place >= 0 and bool(_FROM_A_TURN.match(claim.sentence, place + len(claim.quote)))


def _told_before(claim: Claim, siblings: Sequence[Claim]) -> str:
    before = [each for each in siblings if each.start < claim.start and each.sentence != claim.sentence]
    near = before[-1] if before and claim.start - before[-1].start < _NEAR else None
    return near.sentence if near else ""


def _starts(words: str, end: date) -> Iterator[date]:
    """The first days of the stretches that run to `end`."""
    anyhow = _SINCE.search(words) is not None
    if anyhow or _WEEK.search(words):
        yield end - timedelta(days=end.weekday())
        yield end - timedelta(days=6)
    if anyhow or _MONTH.search(words):
        yield end.replace(day=1)
    if anyhow or _QUARTER.search(words):
        yield _quarter(end)
    if _HALF.search(words):
        yield date(end.year, 1 if end.month < 7 else 7, 1)
    if anyhow or _YEAR.search(words):
        yield date(end.year, 1, 1)
        yield months_before(end, 12) + timedelta(days=1)


def _quarter(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def _between(first: date, over: date, calendar: Calendar) -> Span:
    """From the last session before `first` to the last one before `over`."""
    one = timedelta(days=1)
    return Span(start=at_or_before(first - one, calendar), end=at_or_before(over - one, calendar))
