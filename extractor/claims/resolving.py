"""Which days a date as printed names, seen from one day. Knows no trading calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractor.claims import spans
from extractor.claims.spans import Span
from extractor.domain.annotation import DateExpression, DateForm

# A day without a year may lie this far ahead: "the meeting on January 6", written in December.
_AHEAD = timedelta(days=31)
SHIFT = {"last": -1, "previous": -1, "this": 0, "next": 1, "before_last": -2}
_FULL_UNITS = ("week", "month", "quarter", "half", "year", "decade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The day dates are seen from.

    today: None where no page told. future: the sentence looks ahead. day_first: 4/12 is the 4th of December.
    """

    today: date | None
    future: bool
    day_first: bool


def is_day(expression: DateExpression) -> bool:
    """Whether it names one day."""
    if expression.form in (DateForm.DAY, DateForm.WEEKDAY):
        return expression.part != "ended"
    return expression.form is DateForm.RELATIVE and (
        expression.unit in ("day", "session") or (expression.anchor == "ago" and expression.part is None)
    )


def span_of(expression: DateExpression, outlook: Outlook) -> Span | None:
    """First and last day, both included; None where it cannot be told or there is no such day."""
    try:
        span = _READERS[expression.form](expression, outlook)
        return span if span is None else _part(expression, span, outlook)
    except (ValueError, OverflowError, KeyError):
        return None  # 31 November, a year before 1: printed, but no day


def _part(expression: DateExpression, span: Span, outlook: Outlook) -> Span:
    part, today = expression.part, outlook.today
    if part is None or part == "ended" or is_day(expression):
        return span
    if part in ("earlier", "later"):
        if today is None or not span[0] <= today <= span[1] + timedelta(days=2):
            return span
        return (span[0], min(today, span[1])) if part == "earlier" else (min(today, span[1]), span[1])
    first, last = spans.part_of(span, part, expression.number)
    if part in ("early", "mid", "late") and today and first <= today < last and not outlook.future:
        last = today  # "late 2025", written in late 2025
    return first, last


def _nearest(of_year: Callable[[int], Span], outlook: Outlook, *, ahead: timedelta = timedelta(0)) -> Span | None:
    """The year's instance that was last, or the next one where the sentence looks ahead."""
    if outlook.today is None:
        return None
    known: list[Span] = []
    for year in range(outlook.today.year - 8, outlook.today.year + 9):
        try:
            known.append(of_year(year))
        except ValueError:
            continue  # 29 February
    if outlook.future:
        return next((span for span in known if span[1] >= outlook.today), None)
    return next((span for span in reversed(known) if span[0] <= outlook.today + ahead), None)


def _instance(expression: DateExpression, of_year: Callable[[int], Span], outlook: Outlook) -> Span | None:
    """A month, quarter, half or season by its printed year, its anchor, or whichever is nearest."""
    if expression.year is not None:
        return of_year(expression.year)
    today = outlook.today
    if today is None:
        return None
    if expression.anchor in SHIFT and expression.unit == "year":
        return of_year(today.year + SHIFT[expression.anchor])
    if expression.anchor in ("last", "previous"):
        return max((s for y in range(today.year - 2, today.year + 1) if (s := of_year(y))[1] < today), default=None)
    if expression.anchor == "next":
        return min((s for y in range(today.year - 1, today.year + 2) if (s := of_year(y))[0] > today), default=None)
    if expression.anchor == "this":
        return min((of_year(y) for y in range(today.year - 1, today.year + 2)), key=lambda s: _distance(s, today))
    return _nearest(of_year, outlook)


def _distance(span: Span, today: date) -> int:
    return 0 if span[0] <= today <= span[1] else min(abs((span[0] - today).days), abs((span[1] - today).days))


def _day(expression: DateExpression, outlook: Outlook) -> Span | None:
    month, number = expression.month, expression.day
    if month is None and number and outlook.today:
        day = _day_of_month(number, outlook.today)
        return day, day
    if month is None or number is None:
        return None
    if expression.anchor == "slashed" and expression.year is not None:
        day = _slashed(expression.year, month, number, expression.weekday, outlook)
    elif expression.year is not None:
        day = date(expression.year, month, number)
    else:
        found = _nearest(lambda year: (date(year, month, number),) * 2, outlook, ahead=_AHEAD)
        if found is None:
            return None
        day = found[0]
    return _ended(expression, day) if expression.part == "ended" else (day, day)


def _day_of_month(number: int, today: date) -> date:
    """ "On the 19th": this month's, or last month's where that is still to come. Raises ValueError for no such day."""
    return today.replace(day=number) if number <= today.day else spans.months_before(today, 1).replace(day=number)


def _slashed(year: int, first: int, second: int, weekday: int | None, outlook: Outlook) -> date:
    """12/04/2025 by the custom of the article's zone, unless only the other reading is not in the far future.

    A weekday beside it that only one of the readings has decides.
    """
    straight = date(year, first, second)
    if second > 12:
        return straight
    swapped = date(year, second, first)
    likely, other = (swapped, straight) if outlook.day_first else (straight, swapped)
    if weekday is not None and likely.weekday() != weekday == other.weekday():
        return other
    if outlook.today and likely > outlook.today + _AHEAD and other <= outlook.today:
        return other
    return likely


def _ended(expression: DateExpression, last: date) -> Span:
    """ "the week ended December 6": that day and the six before it."""
    return spans.back(last, expression.number or 1, expression.unit or "week") + timedelta(days=1), last


def _month(expression: DateExpression, outlook: Outlook) -> Span | None:
    month = expression.month
    if month is None:
        return None
    span = _instance(expression, lambda year: spans.month_span(year, month), outlook)
    if span is None or expression.part != "ended":
        return span
    return spans.months_before(span[0], (expression.number or 1) * _MONTHS[expression.unit or "month"] - 1), span[1]


_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _quarter(expression: DateExpression, outlook: Outlook) -> Span | None:
    number = expression.number
    if number is None or expression.anchor == "fiscal":
        return None  # a company's own quarter: which months it means is not in the text
    return _instance(expression, lambda year: spans.quarter_span(year, number), outlook)


def _half(expression: DateExpression, outlook: Outlook) -> Span | None:
    number = expression.number
    return None if number is None else _instance(expression, lambda year: spans.half_span(year, number), outlook)


def _season(expression: DateExpression, outlook: Outlook) -> Span | None:
    number = expression.number
    return None if number is None else _instance(expression, lambda year: spans.season_span(year, number), outlook)


def _year(expression: DateExpression, outlook: Outlook) -> Span | None:
    """A fiscal year is taken as the calendar year it is named for: which months it has is not in the text."""
    if expression.year is not None:
        return spans.year_span(expression.year)
    if outlook.today is None or expression.anchor not in SHIFT:
        return None
    return spans.year_span(outlook.today.year + SHIFT[expression.anchor])


def _weekday(expression: DateExpression, outlook: Outlook) -> Span | None:
    today, weekday = outlook.today, expression.weekday
    if today is None or weekday is None:
        return None
    since = (today.weekday() - weekday) % 7
    if expression.unit == "week" and expression.anchor in SHIFT and expression.part != "ended":
        monday = spans.unit_span(today, "week", SHIFT[expression.anchor])[0]
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
    elif expression.anchor == "before":
        if since and today.weekday() < 5:
            return None  # which week's, only the text could tell
        day = today - timedelta(days=since + 7)
    elif outlook.future:
        day = today + timedelta(days=(7 - since) % 7)
    else:
        day = today - timedelta(days=since)
    return _ended(expression, day) if expression.part == "ended" else (day, day)


def _relative(expression: DateExpression, outlook: Outlook) -> Span | None:
    today, unit, anchor = outlook.today, expression.unit, expression.anchor
    if today is None or unit is None or anchor == "following":
        return None
    if anchor == "ago":
        day = spans.back(today, expression.number or 1, unit)
        if unit == "week" and today.weekday() > 4:
            day -= timedelta(days=today.weekday() - 4)  # written on a weekend, it is the Friday before the last
    elif unit == "session":
        day = spans.weekday_before(today)
    elif unit == "day":
        day = today + timedelta(days={"yesterday": -1, "previous": -1, "last": -1, "next": 1}.get(anchor or "", 0))
    else:
        just_over = (
            unit == "week" and anchor == "last" and today.weekday() == 5
        )  # on a Saturday, the one that has ended
        return spans.unit_span(today, unit, 0 if just_over else SHIFT[anchor or "this"])
    return day, day


def _since(expression: DateExpression, outlook: Outlook) -> Span | None:
    today, unit, anchor = outlook.today, expression.unit, expression.anchor
    if today is None or anchor == "past_some":
        return None
    if expression.first is not None:
        return _since_first(expression.first, outlook)
    if unit is None:
        inner = _month(expression, outlook) if expression.month else _year(expression, outlook)
        return None if inner is None else (spans.day_before(inner[0]), min(inner[1], today))
    number = expression.number or 1
    if anchor == "within" and outlook.future:
        return today, spans.back(today, -number, unit)
    if anchor == "before":  # "the previous two sessions": those before today's
        end = spans.weekday_before(today) if unit in ("day", "session") else today
        return spans.back(end, number, "session" if unit == "day" else unit), end
    if anchor in ("past", "within") or (anchor == "per" and unit == "week"):
        trading = unit == "day" and "trading" in expression.text.lower()
        return spans.back(today, number, "session" if trading else unit), today
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


def _since_first(first: DateExpression, outlook: Outlook) -> Span | None:
    today = outlook.today
    inner = span_of(first if first.part != "start" else replace(first, part=None), outlook)
    if today and inner and inner[0] > today and first.form is DateForm.DAY and first.year is None:
        inner = span_of(replace(first, year=inner[0].year - 1), outlook)  # nothing is measured from a day ahead
    if today is None or inner is None or inner[0] > today:
        return None
    whole = first.form is DateForm.RELATIVE and first.unit in _FULL_UNITS and first.anchor == "this"
    # "Since the start of the year" is measured from the close before it.
    return (spans.day_before(inner[0]) if first.part == "start" or whole else inner[0]), today


def _range(expression: DateExpression, outlook: Outlook) -> Span | None:
    last = expression.last
    if last is None:
        return None
    end = span_of(last, outlook)
    if end is None:
        return None
    first = expression.first or replace(expression, form=DateForm.DAY, last=None, text=str(expression.day))
    if first.year is None and first.form is not DateForm.YEAR:
        # The first end has no year of its own: it is the last such day before the second.
        start = span_of(first, Outlook(today=end[0], future=False, day_first=outlook.day_first))
    else:
        start = span_of(first, outlook)
    return None if start is None else (start[0], end[1])


_READERS: dict[DateForm, Callable[[DateExpression, Outlook], Span | None]] = {
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
