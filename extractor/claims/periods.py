"""Dates as printed, resolved against the article's own day, and what part they play in a sentence.

Nothing here knows a trading calendar: a Sunday stays a Sunday, and checking says what is wrong with it.
Only "yesterday's close" and "the previous session" step over a weekend, because they name a session.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from extractor.claims import spans
from extractor.claims.spans import Span
from extractor.domain.annotation import DateExpression, DateForm
from extractor.domain.article import Article
from extractor.domain.claim import DateSource, Period

# A day without a year may lie this far ahead: "the meeting on January 6", written in December.
_AHEAD = timedelta(days=31)
_SHIFT = {"last": -1, "previous": -1, "this": 0, "next": 1, "before_last": -2}
_FULL_UNITS = ("week", "month", "quarter", "half", "year", "decade")


class Role(StrEnum):
    """What a date does in its sentence."""

    WHEN = "when"  # "on Monday", "in November": when the claim holds
    WINDOW = "window"  # "year to date", "over the past month": what a move is measured over
    REFERENCE = "reference"  # "from a year earlier", "best since June": what something is compared with


def today_of(article: Article) -> date | None:
    """The day the article calls today, in its own zone; None where nothing on the page tells."""
    if article.published_on is not None:
        return article.published_on
    return article.published_at.astimezone(article.tzinfo).date() if article.published_at else None


def implied(article: Article) -> Period | None:
    """The article's own day, for what bears no date."""
    today = today_of(article)
    return None if today is None else Period(start=today, end=today, text=None, source=DateSource.IMPLIED)


def resolve(expression: DateExpression, article: Article, *, future: bool = False) -> Period | None:
    """The day or days an expression names, both ends included.

    future: the sentence looks ahead, so that "on Thursday" or "in March" is the next one, not the last.
    A window ("since June", "year to date") runs from the day it is measured from to publication.
    None where the article's day is needed and unknown, where words cannot be placed ("recent weeks", a fiscal
    quarter) and where there is no such day (31 November).
    """
    return _period(expression, _span(expression, _Context.of(article, future)))


def reference(expression: DateExpression, article: Article) -> Period | None:
    """The period a "since ..." names itself: "since September" gives September. Otherwise as `resolve`."""
    first = expression.first
    if expression.form is not DateForm.SINCE or first is None:
        return resolve(expression, article)
    return resolve(replace(first, part=None) if first.part == "start" else first, article)


def window_of(expression: DateExpression, article: Article, *, future: bool = False) -> Period | None:
    """The period of a *move* dated by an expression: its start is the day the move is measured from.

    A day stays a day, a window a window, and a part ("early December") is taken as it stands. A whole week is
    measured from the Friday before, a whole month, quarter or year from the last day before it; one still
    running ends at publication.
    """
    period = resolve(expression, article, future=future)
    today = today_of(article)
    if period is None or is_day(expression) or is_window(expression) or expression.form is DateForm.RANGE:
        return period
    if (expression.part and expression.part not in ("ended", "earlier")) or (today and period.start > today):
        return period
    week = expression.unit == "week"
    if period.start.year == 1:
        return period  # there is no day before
    start = spans.weekday_before(period.start) if week else spans.day_before(period.start)
    end = today if today and period.start <= today < period.end else period.end
    return replace(period, start=start, end=end)


def candidates(expression: DateExpression, article: Article) -> tuple[Period, ...]:
    """Every reading of an ambiguous date, likeliest first; one reading for most, none where none can be told."""
    readings = [resolve(expression, article)]
    if expression.anchor == "slashed" and expression.month and expression.day:
        swapped = replace(expression, month=expression.day, day=expression.month, anchor=None)
        straight = replace(expression, anchor=None)
        readings += [resolve(straight, article), resolve(swapped, article)]
    elif expression.anchor == "yesterday":
        readings.append(resolve(replace(expression, anchor="previous", unit="session"), article))
    elif expression.form is DateForm.RELATIVE and expression.unit == "week" and expression.anchor == "last":
        today = today_of(article)
        if today and expression.text.lower().startswith("just"):
            around = (today - timedelta(days=9), today - timedelta(days=5))
            readings.append(_period(expression, around))
    return tuple(dict.fromkeys(reading for reading in readings if reading is not None))


def is_day(expression: DateExpression) -> bool:
    """Whether it names one day."""
    if expression.form in (DateForm.DAY, DateForm.WEEKDAY):
        return expression.part != "ended"
    return expression.form is DateForm.RELATIVE and (
        expression.unit in ("day", "session") or (expression.anchor == "ago" and expression.part is None)
    )


def is_window(expression: DateExpression) -> bool:
    """Whether it names a window a move is measured over."""
    return expression.form is DateForm.SINCE


_COMPARED = re.compile(
    r"(?<!\w)(?:from|than|versus|vs\.?|against|compared (?:with|to)|after|following|before|ahead of|until)"
    r"\s(?:the\s|its\s|about\s|that of\s|those of\s|in\s|on\s)?\Z",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"(?<!\w)(?:first|second|third|fourth|fifth|last|only|highest|lowest|best|worst|biggest|largest|smallest|steepest|"
    r"sharpest|strongest|weakest|longest|most|least|record|high|low|highs|lows|peak|not|never|unseen|time)(?!\w)[^.;:]{0,60}\Z",
    re.IGNORECASE,
)


def role(expression: DateExpression, text: str) -> Role:
    """What a date does where it stands in `text`, judged by the words right before it."""
    before = text[max(0, expression.start - 80) : expression.start]
    if expression.form is DateForm.SINCE:
        bounded = expression.anchor in ("since", "within", "past_some")
        return Role.REFERENCE if bounded and _SUPERLATIVE.search(before) else Role.WINDOW
    if expression.form is DateForm.RELATIVE and expression.anchor in ("ago", "previous"):
        earlier = re.search(
            r"\b(?:earlier|before|previously|ago|close|session|period)\b", expression.text, re.IGNORECASE
        )
        if earlier and not expression.text.lower().startswith("yesterday"):
            return Role.REFERENCE
    if expression.form is not DateForm.RANGE and _COMPARED.search(before[-24:]):
        return Role.REFERENCE
    return Role.WHEN


_AHEAD_CUE = re.compile(
    r"(?<!\w)(?:will|won['’]t|going to|set to|due|scheduled|slated|plans?|planned|planning|expect(?:s|ed)?|likely|"
    r"could|might|may|should|projected|forecasts?|sees|seen|foresees?|until|upcoming|if|by the)(?!\w)"
)
_SENTENCE_END = re.compile(r"[.!?][\s”\"]|\n")


def looks_ahead(expression: DateExpression, text: str) -> bool:
    """Whether the words before a date in its sentence speak of the future; for `resolve(..., future=...)`."""
    before = text[max(0, expression.start - 200) : expression.start]
    ends = [
        match.end() for match in _SENTENCE_END.finditer(before) if before[match.start() - 1 : match.start()].islower()
    ]
    return _AHEAD_CUE.search(before, ends[-1] if ends else 0) is not None


class _Context:
    """What resolving needs of the article."""

    __slots__ = ("day_first", "future", "today")

    def __init__(self, today: date | None, future: bool, day_first: bool) -> None:
        self.today = today
        self.future = future
        self.day_first = day_first

    @classmethod
    def of(cls, article: Article, future: bool) -> _Context:
        month_first = article.timezone.startswith("America/") or article.timezone in ("UTC", "Asia/Manila")
        return cls(today_of(article), future, not month_first)


def _period(expression: DateExpression, span: Span | None) -> Period | None:
    if span is None or span[0] > span[1]:
        return None
    return Period(start=span[0], end=span[1], text=expression.text, source=_source(expression))


def _source(expression: DateExpression) -> DateSource:
    if expression.anchor == "own":
        return DateSource.IMPLIED
    if expression.form is DateForm.SINCE:
        if expression.first is not None:
            return _source(expression.first)
        return DateSource.EXPLICIT if expression.year or expression.month else DateSource.RELATIVE
    if expression.form is DateForm.RANGE and expression.first is not None:
        return _source(expression.first)
    relative = expression.form in (DateForm.WEEKDAY, DateForm.RELATIVE) or expression.anchor in _SHIFT
    return DateSource.RELATIVE if relative else DateSource.EXPLICIT


def _span(expression: DateExpression, context: _Context) -> Span | None:
    try:
        span = _READERS[expression.form](expression, context)
        return span if span is None else _part(expression, span, context)
    except (ValueError, OverflowError, KeyError):
        return None  # 31 November, a year before 1: printed, but no day


def _part(expression: DateExpression, span: Span, context: _Context) -> Span:
    part, today = expression.part, context.today
    if part is None or part == "ended" or is_day(expression):
        return span
    if part in ("earlier", "later"):
        if today is None or not span[0] <= today <= span[1] + timedelta(days=2):
            return span
        return (span[0], min(today, span[1])) if part == "earlier" else (min(today, span[1]), span[1])
    first, last = spans.part_of(span, part, expression.number)
    if part in ("early", "mid", "late") and today and first <= today < last and not context.future:
        last = today  # "late 2025", written in late 2025
    return first, last


def _nearest(of_year: Callable[[int], Span], context: _Context, *, ahead: timedelta = timedelta(0)) -> Span | None:
    """The year's instance that was last, or the next one where the sentence looks ahead."""
    if context.today is None:
        return None
    known: list[Span] = []
    for year in range(context.today.year - 8, context.today.year + 9):
        try:
            known.append(of_year(year))
        except ValueError:
            continue  # 29 February
    if context.future:
        return next((span for span in known if span[1] >= context.today), None)
    return next((span for span in reversed(known) if span[0] <= context.today + ahead), None)


def _instance(expression: DateExpression, of_year: Callable[[int], Span], context: _Context) -> Span | None:
    """A month, quarter, half or season by its printed year, its anchor, or whichever is nearest."""
    if expression.year is not None:
        return of_year(expression.year)
    today = context.today
    if today is None:
        return None
    if expression.anchor in _SHIFT and expression.unit == "year":
        return of_year(today.year + _SHIFT[expression.anchor])
    if expression.anchor in ("last", "previous"):
        return max((s for y in range(today.year - 2, today.year + 1) if (s := of_year(y))[1] < today), default=None)
    if expression.anchor == "next":
        return min((s for y in range(today.year - 1, today.year + 2) if (s := of_year(y))[0] > today), default=None)
    if expression.anchor == "this":
        return min((of_year(y) for y in range(today.year - 1, today.year + 2)), key=lambda s: _distance(s, today))
    return _nearest(of_year, context)


def _distance(span: Span, today: date) -> int:
    return 0 if span[0] <= today <= span[1] else min(abs((span[0] - today).days), abs((span[1] - today).days))


def _day(expression: DateExpression, context: _Context) -> Span | None:
    month, number = expression.month, expression.day
    if month is None or number is None:
        return None
    if expression.anchor == "slashed" and expression.year is not None:
        day = _slashed(expression.year, month, number, context)
    elif expression.year is not None:
        day = date(expression.year, month, number)
    else:
        found = _nearest(lambda year: (date(year, month, number),) * 2, context, ahead=_AHEAD)
        if found is None:
            return None
        day = found[0]
    return _ended(expression, day) if expression.part == "ended" else (day, day)


def _slashed(year: int, first: int, second: int, context: _Context) -> date:
    """12/04/2025 by the custom of the article's zone, unless only the other reading is not in the far future."""
    straight = date(year, first, second)
    if second > 12:
        return straight
    swapped = date(year, second, first)
    likely, other = (swapped, straight) if context.day_first else (straight, swapped)
    if context.today and likely > context.today + _AHEAD and other <= context.today:
        return other
    return likely


def _ended(expression: DateExpression, last: date) -> Span:
    """ "the week ended December 6": that day and the six before it."""
    return spans.back(last, expression.number or 1, expression.unit or "week") + timedelta(days=1), last


def _month(expression: DateExpression, context: _Context) -> Span | None:
    month = expression.month
    if month is None:
        return None
    span = _instance(expression, lambda year: spans.month_span(year, month), context)
    if span is None or expression.part != "ended":
        return span
    return spans.months_before(span[0], (expression.number or 1) * _MONTHS[expression.unit or "month"] - 1), span[1]


_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _quarter(expression: DateExpression, context: _Context) -> Span | None:
    number = expression.number
    if number is None or expression.anchor == "fiscal":
        return None  # a company's own quarter: which months it means is not in the text
    return _instance(expression, lambda year: spans.quarter_span(year, number), context)


def _half(expression: DateExpression, context: _Context) -> Span | None:
    number = expression.number
    return None if number is None else _instance(expression, lambda year: spans.half_span(year, number), context)


def _season(expression: DateExpression, context: _Context) -> Span | None:
    number = expression.number
    return None if number is None else _instance(expression, lambda year: spans.season_span(year, number), context)


def _year(expression: DateExpression, context: _Context) -> Span | None:
    """A fiscal year is taken as the calendar year it is named for: which months it has is not in the text."""
    if expression.year is not None:
        return spans.year_span(expression.year)
    if context.today is None or expression.anchor not in _SHIFT:
        return None
    return spans.year_span(context.today.year + _SHIFT[expression.anchor])


def _weekday(expression: DateExpression, context: _Context) -> Span | None:
    today, weekday = context.today, expression.weekday
    if today is None or weekday is None:
        return None
    since = (today.weekday() - weekday) % 7
    if expression.unit == "week" and expression.anchor in _SHIFT and expression.part != "ended":
        monday = spans.unit_span(today, "week", _SHIFT[expression.anchor])[0]
        day = monday + timedelta(days=weekday)
    elif expression.anchor in ("last", "previous"):
        day = today - timedelta(days=since or 7)
    elif expression.anchor == "this":
        day = spans.week_span(today)[0] + timedelta(days=weekday)
    elif expression.anchor == "next":
        day = today + timedelta(days=7 - since)
        day += timedelta(days=7 if today.weekday() < weekday <= 6 and today.weekday() < 5 else 0)
    elif expression.anchor == "ago":
        day = today - timedelta(days=(since or 7) + 7)
    elif context.future:
        day = today + timedelta(days=(7 - since) % 7)
    else:
        day = today - timedelta(days=since)
    return _ended(expression, day) if expression.part == "ended" else (day, day)


def _relative(expression: DateExpression, context: _Context) -> Span | None:
    today, unit, anchor = context.today, expression.unit, expression.anchor
    if today is None or unit is None:
        return None
    if anchor == "ago":
        day = spans.back(today, expression.number or 1, unit)
    elif unit == "session":
        day = spans.weekday_before(today)
    elif unit == "day":
        day = today + timedelta(days={"yesterday": -1, "previous": -1, "last": -1, "next": 1}.get(anchor or "", 0))
    else:
        return spans.unit_span(today, unit, _SHIFT[anchor or "this"])
    return day, day


def _since(expression: DateExpression, context: _Context) -> Span | None:
    today, unit, anchor = context.today, expression.unit, expression.anchor
    if today is None or anchor == "past_some":
        return None
    if expression.first is not None:
        return _since_first(expression.first, context)
    if unit is None:
        inner = _month(expression, context) if expression.month else _year(expression, context)
        return None if inner is None else (spans.day_before(inner[0]), min(inner[1], today))
    number = expression.number or 1
    if anchor == "within" and context.future:
        return today, spans.back(today, -number, unit)
    if anchor in ("past", "within") or (anchor == "per" and unit == "week"):
        return spans.back(today, number, unit), today
    return _running(unit, anchor == "to_date", today)


def _running(unit: str, to_date: bool, today: date) -> Span:
    """The week, month, quarter or year under way, from the close before it.

    "For the week", written on its first weekday or on the weekend before, is the week that has just ended.
    """
    span = spans.unit_span(today, unit)
    first_weekday = span[0]
    while first_weekday.weekday() > 4:
        first_weekday += timedelta(days=1)
    if not to_date and today <= first_weekday:
        span = spans.unit_span(span[0], unit, -1)
    start = spans.weekday_before(span[0]) if unit == "week" else spans.day_before(span[0])
    return start, min(span[1], today)


def _since_first(first: DateExpression, context: _Context) -> Span | None:
    today = context.today
    inner = _span(first if first.part != "start" else replace(first, part=None), context)
    if today is None or inner is None or inner[0] > today:
        return None
    whole = first.form is DateForm.RELATIVE and first.unit in _FULL_UNITS and first.anchor == "this"
    # "Since the start of the year" is measured from the close before it.
    start = spans.day_before(inner[0]) if first.part == "start" or whole else inner[0]
    return start, today


def _range(expression: DateExpression, context: _Context) -> Span | None:
    last = expression.last
    if last is None:
        return None
    end = _span(last, context)
    if end is None:
        return None
    first = expression.first or replace(expression, form=DateForm.DAY, last=None, text=str(expression.day))
    if first.year is None and first.form is not DateForm.YEAR:
        # The first end has no year of its own: it is the last such day before the second.
        start = _span(first, _Context(end[0], False, context.day_first))
    else:
        start = _span(first, context)
    return None if start is None else (start[0], end[1])


_READERS: dict[DateForm, Callable[[DateExpression, _Context], Span | None]] = {
    DateForm.DAY: _day,
    DateForm.MONTH: _month,
    DateForm.QUARTER: _quarter,
    DateForm.HALF: _half,
    DateForm.YEAR: _year,
    DateForm.FISCAL_YEAR: _year,
    DateForm.SEASON: _season,
    DateForm.WEEKDAY: _weekday,
    DateForm.RELATIVE: _relative,
    DateForm.SINCE: _since,
    DateForm.RANGE: _range,
}
