"""Arithmetic on calendar days: months, quarters, weeks and the parts of them. Knows no trading calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Span = tuple[date, date]

_FRIDAY = 4
_SUNDAY = 6


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def weekday_before(day: date, steps: int = 1) -> date:
    """The day from Monday to Friday that lies `steps` such days before `day`; holidays are not known here."""
    for _ in range(steps):
        day -= timedelta(days=1)
        while day.weekday() > _FRIDAY:
            day -= timedelta(days=1)
    return day


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month (a later one where negative), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_span(year: int, month: int, months: int = 1) -> Span:
    """First to last day of a month, or of several from it on."""
    first = date(year, month, 1)
    return first, day_before(months_before(first, -months))


def quarter_span(year: int, quarter: int) -> Span:
    return month_span(year, 3 * quarter - 2, 3)


def half_span(year: int, half: int) -> Span:
    return month_span(year, 6 * half - 5, 6)


def year_span(year: int, years: int = 1) -> Span:
    return month_span(year, 1, 12 * years)


def season_span(year: int, season: int) -> Span:
    """Spring (1) is March to May; winter (4) begins in December of its year."""
    return month_span(year, 3 * season, 3)


def week_span(day: date) -> Span:
    """Monday to Friday of the week of a day. A Sunday belongs to the week it opens, as in "the week ahead"."""
    monday = day + timedelta(days=1) if day.weekday() == _SUNDAY else day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=4)


def unit_span(day: date, unit: str, shift: int = 0) -> Span:
    """The week, month, quarter, half, year or decade that holds a day, or one `shift` units on. Raises KeyError."""
    if unit == "week":
        return week_span(day + timedelta(days=7 * shift))
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}[unit]
    if unit == "decade":
        return year_span(day.year - day.year % 10 + 10 * shift, 10)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return month_span(*months_before(first, -months * shift).timetuple()[:2], months)


def back(day: date, number: int, unit: str) -> date:
    """A day so many units before another. Fifty-two weeks are a year. Raises KeyError for an unknown unit."""
    if unit == "day":
        return day - timedelta(days=number)
    if unit == "session":
        return weekday_before(day, min(number, 1000))
    if unit == "week" and number % 52:
        return day - timedelta(days=7 * number)
    if unit == "week":
        return months_before(day, 12 * (number // 52))
    return months_before(day, number * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}[unit])


def part_of(span: Span, part: str, number: int | None = None) -> Span:
    """Part of a month, or of anything longer: "early", "mid", "late", "start", "end", "first_week", "first_half", ...

    An early December is the 1st to the 10th, a late 2025 October to December, an end is the last day.
    """
    first, last = span
    days = (last - first).days + 1
    if part == "end":
        return last, last
    if part == "first_months" and number:
        return first, day_before(months_before(first, -number))
    if part in ("first_half", "second_half"):
        middle = first + timedelta(days=14 if days <= 31 else days // 2 - 1)
        return (first, middle) if part == "first_half" else (middle + timedelta(days=1), last)
    if part.endswith("_week"):
        return _week_of(span, part)
    if days <= 7:
        return {"early": (first, first + timedelta(days=1)), "start": (first, first), "mid": (first, last)}.get(
            part, (last - timedelta(days=1), last)
        )
    if days > 360:
        return _part_of_year(span, part)
    third = 10 if days <= 31 else days // 3
    cuts = {
        "early": (first, first + timedelta(days=third - 1)),
        "mid": (first + timedelta(days=third), first + timedelta(days=2 * third - 1)),
        "late": (first + timedelta(days=2 * third), last),
    }
    return cuts["early" if part == "start" else part]


def _week_of(span: Span, part: str) -> Span:
    first, last = span
    if part == "last_week":
        return last - timedelta(days=6), last
    start = first + timedelta(days=7 * ["first_week", "second_week", "third_week", "fourth_week"].index(part))
    return start, start + timedelta(days=6)


def _part_of_year(span: Span, part: str) -> Span:
    first, last = span
    return {
        "start": month_span(first.year, 1),
        "early": month_span(first.year, 1, 3),
        "mid": month_span(first.year, 5, 4),
    }.get(part, (date(last.year, 10, 1), last))
