"""Neighbouring dates put together: "early" + "December", "since" + "June", "Monday" + "to" + "Thursday".

Each step looks only at the few characters between one date and the next, so that the work stays
proportional to the number of dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from extractor.annotate.periods.slots import DASH, EITHER, GAP, any_of
from extractor.domain.annotation import DateExpression, DateForm
from extractor.rules.periods import load

_LOOK_BACK = 40
_LONGEST_JOIN = 24

_OF = re.compile(rf"(?:{GAP}(?:of|in))?{GAP}|,{GAP}(?:of{GAP})?", re.IGNORECASE)
_WEEKDAY_TO_DAY = re.compile(rf",?{GAP}(?:the{GAP})?|{GAP}?\(", re.IGNORECASE)
_TO_CLOCK = re.compile(
    rf",?{GAP}(?:at{GAP}|around{GAP}|by{GAP}|as{GAP}of{GAP}|about{GAP}|[-\u2013|]{GAP})?", re.IGNORECASE
)
_FROM_CLOCK = re.compile(rf",?{GAP}(?:on{GAP})?", re.IGNORECASE)
_THROUGH = re.compile(rf"{GAP}(?:through|thru|until|till){GAP}|{GAP}?{DASH}{GAP}?", re.IGNORECASE)
_TO = re.compile(rf"{GAP}(?:to|and){GAP}", re.IGNORECASE)
_SINCE = re.compile(
    rf"(?<!\w)since(?:{GAP}(?:at{GAP}least|about|around|roughly|way{GAP}back{GAP}in|back{GAP}in|the))?{GAP}\Z",
    re.IGNORECASE,
)
_FROM = re.compile(rf"(?<!\w)(?P<word>from|between){GAP}(?:the{GAP})?\Z", re.IGNORECASE)
_ENDED = re.compile(
    rf"(?<!\w)(?:(?:(?P<count>three|six|nine|twelve|two|four|12|3|6|9){EITHER})?(?P<unit>week|month|quarter|year)s?"
    rf"(?:{EITHER}period)?{GAP}(?:ended|ending|to|through)(?:{GAP}(?:on|in))?{GAP}(?:the{GAP})?)\Z",
    re.IGNORECASE,
)
_BARE_END = re.compile(rf"{DASH}\Z|(?<!\w)(?:by|at|from|until|since|before|through){GAP}end{GAP}\Z", re.IGNORECASE)
_COUNTS = {"two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "twelve": 12, "12": 12, "3": 3, "6": 6, "9": 9}

_DAYLIKE = frozenset({DateForm.DAY, DateForm.WEEKDAY})
_PART_OF = frozenset({DateForm.MONTH, DateForm.QUARTER, DateForm.HALF, DateForm.SEASON})

Join = Callable[[str, DateExpression, DateExpression], "DateExpression | None"]


def compose(text: str, dates: Sequence[DateExpression]) -> tuple[DateExpression, ...]:
    """Dates of one text, sorted and not overlapping, with what stands beside them taken in."""
    joined = list(dates)
    for join in (_named_day, _of_period):
        joined = _pairs(text, joined, join)
    joined = _before(text, joined, _parts)
    joined = _pairs(text, joined, _of_period)
    joined = _pairs(text, joined, _clocked)
    joined = _before(text, joined, _ended)
    joined = _pairs(text, joined, _range)
    joined = _before(text, joined, _since)
    joined = _of_the_month(joined)
    return tuple(date for date in joined if date.anchor != "whole")


def _pairs(text: str, dates: Sequence[DateExpression], join: Join) -> list[DateExpression]:
    """Each date with the next, where `join` makes one of the two."""
    out: list[DateExpression] = []
    for date in dates:
        if out and date.start - out[-1].end <= _LONGEST_JOIN:
            both = join(text, out[-1], date)
            if both is not None:
                out[-1] = both
                continue
        out.append(date)
    return out


def _before(
    text: str, dates: Sequence[DateExpression], take: Callable[[str, DateExpression], DateExpression]
) -> list[DateExpression]:
    """Each date with the words before it, never back into the date before."""
    out: list[DateExpression] = []
    for date in dates:
        floor = max(out[-1].end if out else 0, date.start - _LOOK_BACK)
        taken = take(text[floor : date.start], date)
        out.append(replace(taken, text=text[taken.start : taken.end]))
    return out


def _named_day(text: str, first: DateExpression, second: DateExpression) -> DateExpression | None:
    """ "Thursday, Dec. 11"; "Dec. 11 (Thursday)"."""
    between = text[first.end : second.start]
    if not _WEEKDAY_TO_DAY.fullmatch(between):
        return None
    if first.form is DateForm.WEEKDAY and first.anchor is None and second.form is DateForm.DAY:
        return replace(second, weekday=first.weekday, start=first.start, text=text[first.start : second.end])
    if (
        first.form is DateForm.DAY
        and second.form is DateForm.WEEKDAY
        and between.endswith("(")
        and first.weekday is None
    ):
        return replace(first, weekday=second.weekday, end=second.end, text=text[first.start : second.end])
    return None


def _of_period(text: str, first: DateExpression, second: DateExpression) -> DateExpression | None:
    """ "third quarter" of "last year", "first half" of "December", "Friday" of "this week"."""
    between = text[first.end : second.start]
    if not _OF.fullmatch(between) or first.year is not None or first.unit in ("week", "year"):
        return None
    if "," in between and first.form is not DateForm.WEEKDAY:
        return None
    whole = (first.start, second.end, text[first.start : second.end])
    anchor = "this" if second.anchor == "whole" else second.anchor
    if first.form in _PART_OF and first.anchor is None and second.form is DateForm.YEAR and second.part is None:
        return replace(first, year=second.year, start=whole[0], end=whole[1], text=whole[2])
    relative = second.form is DateForm.RELATIVE and second.anchor in ("last", "previous", "this", "next", "whole")
    if relative and second.unit == "year" and first.form in _PART_OF and first.anchor in (None, "fiscal"):
        return replace(first, unit="year", anchor=anchor, start=whole[0], end=whole[1], text=whole[2])
    if relative and second.unit == "week" and first.form is DateForm.WEEKDAY and first.anchor is None:
        return replace(first, unit="week", anchor=anchor, start=whole[0], end=whole[1], text=whole[2])
    if first.form is DateForm.HALF and second.form is DateForm.MONTH:
        part = "first_half" if first.number == 1 else "second_half"
        return replace(second, part=part, start=whole[0], text=whole[2])
    return None


@cache
def _part_words() -> tuple[re.Pattern[str], dict[str, str]]:
    parts = {" ".join(words.lower().split()): name for name, all_words in load().parts.items() for words in all_words}
    pattern = rf"(?<![\w-])(?P<words>{any_of(parts)})(?:{GAP}(?:the{GAP})?|{DASH})\Z"
    return re.compile(pattern, re.IGNORECASE), parts


def _parts(before: str, date: DateExpression) -> DateExpression:
    if date.form is DateForm.SINCE or date.part is not None:
        return date
    pattern, parts = _part_words()
    match = pattern.search(before)
    if match is None:
        return date
    name = parts[" ".join(match["words"].lower().split())]
    if date.form in (DateForm.DAY, DateForm.RANGE):
        return date
    if match["words"].lower() == "end" and not _BARE_END.search(before):
        return date  # "the reports that end next week"
    if date.form in (DateForm.WEEKDAY, DateForm.YEAR) and name.endswith(("_week", "_half")):
        return date
    anchor = "this" if date.anchor == "whole" else date.anchor
    return replace(date, part=name, anchor=anchor, start=date.start - (len(before) - match.start()))


def _clocked(text: str, first: DateExpression, second: DateExpression) -> DateExpression | None:
    """A day and a time of day beside each other are one."""
    between = text[first.end : second.start]
    days = (*_DAYLIKE, DateForm.RELATIVE)
    if second.clock and not second.day and first.form in days and first.unit in (None, "day", "week"):
        if first.clock is None and (_TO_CLOCK.fullmatch(between) or not between):
            return replace(first, clock=second.clock, end=second.end, text=text[first.start : second.end])
        return None
    told = first.clock is not None and first.anchor == "own" and second.form in days and second.clock is None
    if told and second.unit in (None, "day") and _FROM_CLOCK.fullmatch(between):
        return replace(second, clock=first.clock, start=first.start, text=text[first.start : second.end])
    return None


def _ended(before: str, date: DateExpression) -> DateExpression:
    """ "the week ended Dec. 6", "three months to September"."""
    if date.form not in (DateForm.DAY, DateForm.MONTH, DateForm.WEEKDAY) or date.part is not None:
        return date
    match = _ENDED.search(before)
    if match is None or (date.form is DateForm.WEEKDAY and match["unit"].lower() != "week"):
        return date
    count = _COUNTS.get((match["count"] or "").lower(), 1)
    start = date.start - (len(before) - match.start())
    return replace(date, part="ended", unit=match["unit"].lower(), number=count, start=start)


def _range(text: str, first: DateExpression, second: DateExpression) -> DateExpression | None:
    """ "from Monday to Thursday", "Nov. 28 - Dec. 5", "between 2010 and 2019"."""
    if DateForm.RANGE in (first.form, second.form) or DateForm.SINCE in (first.form, second.form):
        return None
    alike = first.form is second.form or {first.form, second.form} <= _DAYLIKE
    if not alike or first.form not in (*_DAYLIKE, DateForm.MONTH, DateForm.YEAR, DateForm.QUARTER):
        return None
    if first.clock or second.clock or first.part == "ended" or second.part == "ended":
        return None
    between = text[first.end : second.start]
    floor = max(0, first.start - _LOOK_BACK)
    lead = _FROM.search(text[floor : first.start])
    word = lead["word"].lower() if lead else None
    joined = between.strip().lower()
    paired = (word, joined) in (("from", "to"), ("between", "and"))
    if not _THROUGH.fullmatch(between) and not (paired and _TO.fullmatch(between)):
        return None
    return replace(
        first, form=DateForm.RANGE, last=second, first=first, end=second.end, text=text[first.start : second.end]
    )


def _of_the_month(dates: Sequence[DateExpression]) -> list[DateExpression]:
    """ "the February record (6,144 on the 19th)": a day without a month is of the month named right before it."""
    out: list[DateExpression] = []
    for date in dates:
        if date.form is DateForm.DAY and date.month is None and out and out[-1].month and date.start - out[-1].end < 60:
            date = replace(date, month=out[-1].month, year=out[-1].year)
        out.append(date)
    return out


def _since(before: str, date: DateExpression) -> DateExpression:
    """ "since June", "since last December": a window that opens there and ends at publication."""
    match = _SINCE.search(before)
    if match is None or date.form in (DateForm.SINCE, DateForm.RANGE) or date.anchor == "own":
        return date
    start = date.start - (len(before) - match.start())
    return DateExpression(
        start=start,
        end=date.end,
        text="",
        form=DateForm.SINCE,
        anchor="since",
        opens=True,
        first=date,
    )
