"""A date whose weekday is another, or that can be read in two ways: each day that may be meant is tested (rule 8).

"On Thursday, Dec. 10" of a year in which that was a Wednesday is a slip in the one or the other. A figure that holds on
either day is no false figure; the date is looser than it was printed. "04/12/2025" is a day in April or in December.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from extractor.domain.claim import Claim, Modality, Period
from extractor.domain.verdict import Rating
from extractor.rules.periods import load
from extractor.verify.ruling import Ruling, best_for, not_enough_data
from extractor.verify.wording import day

_WEEK = 7
_MONTHS = 12
_HOLDS = (Rating.SUPPORTED, Rating.IMPRECISE)
_LATELY = timedelta(days=31)  # so long a day without a year is surely the last one
_YEAR = re.compile(r"\d{4}")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """days: those that may be meant, the one it was read as first. weekday: the one printed, where it is another's.

    year: whether the year is in doubt too: "Monday, Oct. 19" without one, months later, may be another year's.
    """

    days: tuple[date, ...]
    weekday: int | None = None
    year: bool = False

    def says(self, text: str | None) -> str:
        listed = " and ".join(day(one) for one in self.days)
        if self.weekday is None:
            return f'"{text}" can be read as {listed}'
        told, printed = _name(self.days[0].weekday()), _name(self.weekday)
        tested = f"; tested: {listed}" if len(self.days) > 1 else ""
        return f'"{text}": {day(self.days[0])} was a {told}, not a {printed}{tested}'


def tested(claim: Claim, rule: Callable[[Claim], Ruling]) -> Ruling:
    """The ruling of `rule` on a claim, on each of the days that its date may mean where it is in doubt."""
    doubt = doubt_of(claim.date, claim.published)
    if doubt is None or claim.date is None:
        return rule(claim)
    rulings = [rule(replace(claim, date=replace(claim.date, start=one, end=one))) for one in doubt.days]
    return _chosen(claim, doubt, rulings)


def doubt_of(period: Period | None, published: date | None) -> Doubt | None:
    """Why a day is in doubt; None where it is not, or where the period is no one day."""
    if period is None or not period.is_day or not period.text:
        return None
    read, weekday = period.start, _weekday_in(period.text)
    if weekday is not None:
        if read.weekday() == weekday:
            return None
        named = _nearest(read, weekday)
        days = (read,) if published is not None and named > published >= read else (read, named)
        year = not _YEAR.search(period.text) and (published is None or published - read > _LATELY)
        return Doubt(days=days, weekday=weekday, year=year)
    swapped = _swapped(read) if _SLASHED.search(period.text) else None
    if swapped is None or (published is not None and swapped > published):
        return None
    return Doubt(days=(read, swapped))


def _chosen(claim: Claim, doubt: Doubt, rulings: Sequence[Ruling]) -> Ruling:
    assert claim.date is not None
    chosen = best_for(claim, rulings)
    note = doubt.says(claim.date.text)
    is_denied = claim.modality is Modality.NEGATED
    if doubt.year and chosen.rating is (Rating.SUPPORTED if is_denied else Rating.CONTRADICTED):
        said = f"{chosen.explanation.rstrip('.')}; {note}; it may be another year's."
        return not_enough_data("other_weekday", said)
    if chosen.rating not in _HOLDS or is_denied:
        return chosen if doubt.weekday is None and chosen is rulings[0] else chosen.noting(note)
    on = doubt.days[rulings.index(chosen)]
    if doubt.weekday is None:
        return chosen if on == doubt.days[0] else chosen.noting(f"{note}; it holds on {day(on)}")
    holding = [one for one, ruling in zip(doubt.days, rulings, strict=True) if ruling.rating in _HOLDS]
    if len(doubt.days) > 1:
        note = f"{note}; it holds on {'either' if len(holding) > 1 else day(on)}"
    if len(holding) > 1:
        return chosen.noting(note)
    return replace(chosen.noting(note), rating=Rating.IMPRECISE, reason="other_weekday")


def _nearest(read: date, weekday: int) -> date:
    """The day of that weekday within three days."""
    ahead = (weekday - read.weekday()) % _WEEK
    return read + timedelta(days=ahead if ahead <= _WEEK // 2 else ahead - _WEEK)


def _swapped(read: date) -> date | None:
    """The other day that the same two numbers may mean; None where there is none."""
    return read.replace(month=read.day, day=read.month) if read.day <= _MONTHS and read.day != read.month else None


def _weekday_in(text: str) -> int | None:
    """The weekday printed in a date with a day of the month; None where there is none, or several."""
    pattern, numbers = _weekdays()
    found = {numbers[match[0].casefold()] for match in pattern.finditer(text)}
    return found.pop() if len(found) == 1 and re.search(r"\d", text) else None


@cache
def _weekdays() -> tuple[re.Pattern[str], dict[str, int]]:
    numbers = {name.casefold(): number for number, names in load().weekdays.items() for name in names}
    longest = sorted(numbers, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE), numbers


def _name(number: int) -> str:
    return load().weekdays[number][0]
