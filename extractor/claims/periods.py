"""Dates as printed, resolved against the article's own day, and what part they play in a sentence.

Nothing here knows a trading calendar: a Sunday stays a Sunday, and checking says what is wrong with it.
Only "yesterday's close" and "the previous session" step over a weekend, because they name a session.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from extractor.claims import spans
from extractor.claims.resolving import SHIFT, Outlook, is_day, span_of
from extractor.claims.roles import Role, looks_ahead, role
from extractor.claims.spans import Span
from extractor.domain.annotation import DateExpression, DateForm
from extractor.domain.article import Article
from extractor.domain.claim import DateSource, Period

_BARE_MONTH = re.compile(r"[A-Za-z]{3,9}\.?")
_LONG_PAST = 240  # days since a month ended after which one would say "last September"

__all__ = [
    "Role",
    "candidates",
    "coming",
    "implied",
    "is_ahead",
    "is_day",
    "is_window",
    "looks_ahead",
    "reference",
    "resolve",
    "role",
    "today_of",
    "window_of",
]


def today_of(article: Article) -> date | None:
    """The day the article calls today, in its own zone; None where nothing on the page tells."""
    if article.published_on is not None:
        return article.published_on
    return article.published_at.astimezone(article.tzinfo).date() if article.published_at else None


def implied(article: Article) -> Period | None:
    """The article's own day, for what bears no date."""
    today = today_of(article)
    return None if today is None else Period(start=today, end=today, text=None, source=DateSource.IMPLIED)


def is_ahead(period: Period | None, article: Article) -> bool:
    """Whether a period ends after the article's own day: what it is told of has not wholly happened."""
    today = today_of(article)
    return period is not None and today is not None and period.start >= today and period.end > today


def coming(period: Period | None, article: Article) -> Period | None:
    """Of a rate's move in a bare month long past, the month to come: "a 50bp move in September", in August."""
    today = today_of(article)
    if period is None or today is None or period.text is None or not _BARE_MONTH.fullmatch(period.text):
        return period
    if (today - period.end).days < _LONG_PAST or period.start.day != 1:
        return period
    start = period.start.replace(year=period.start.year + 1)
    return replace(period, start=start, end=spans.month_span(start.year, start.month)[1])


def resolve(expression: DateExpression, article: Article, *, future: bool = False) -> Period | None:
    """The day or days an expression names, both ends included.

    future: the sentence looks ahead, so that "on Thursday" or "in March" is the next one, not the last.
    A window ("since June", "year to date") runs from the day it is measured from to publication.
    None where the article's day is needed and unknown, where words cannot be placed ("recent weeks", a fiscal
    quarter) and where there is no such day (31 November).
    """
    return _period(expression, span_of(expression, _outlook(article, future)))


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


def is_window(expression: DateExpression) -> bool:
    """Whether it names a window a move is measured over."""
    return expression.form is DateForm.SINCE


def _outlook(article: Article, future: bool) -> Outlook:
    month_first = article.timezone.startswith("America/") or article.timezone in ("UTC", "Asia/Manila")
    return Outlook(today=today_of(article), future=future, day_first=not month_first)


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
    relative = expression.form in (DateForm.WEEKDAY, DateForm.RELATIVE) or expression.anchor in SHIFT
    return DateSource.RELATIVE if relative else DateSource.EXPLICIT
