"""When a record or a mail says it was published: ISO 8601, RFC 2822, printed dates, seconds since 1970."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from typing import Any

from extractor.ingest.printed import printed_dates

Day = tuple[date, datetime | None]

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SECONDS = (100_000_000, 4_200_000_000)  # 1973 to 2103
_UNITS = (1, 1_000, 1_000_000, 1_000_000_000)  # of a second: services count in each of these
_DIGITS = re.compile(r"\d{1,20}(?:\.\d{1,12})?")
_SLASHED = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})\b")
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})\b")
_MIDNIGHT = time(0, 0)


def read(value: Any, *, utc: bool = False) -> Day | None:
    """The day, and the moment (aware) where a clock and its zone are told. None where it says neither plainly.

    utc: whether a clock without a zone is of UTC; it tells nothing otherwise.
    Midnight to the second is a day without a clock: that is how days are stored where only moments can be.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _of_number(float(value), utc=utc) if abs(value) < 1e20 else None
    if not isinstance(value, str) or not 0 < len(text := value.strip()) <= 100:
        return None
    if _DIGITS.fullmatch(text):
        return _of_number(float(text), utc=utc)
    return _of_text(text, utc=utc)


def _of_number(number: float, *, utc: bool) -> Day | None:
    if not math.isfinite(number):
        return None
    if 19_000_101 <= number <= 21_001_231:  # 20241218
        return _of_text(f"{int(number):08}", utc=utc)
    if 19_000_101_000_000 <= number <= 21_001_231_235_959:  # 20241218210500
        digits = f"{int(number):014}"
        return _of_text(f"{digits[:8]}T{digits[8:]}", utc=utc)
    for unit in _UNITS:
        if _SECONDS[0] <= number / unit <= _SECONDS[1]:
            return _told(datetime.fromtimestamp(int(number / unit), UTC))
    return None


def _of_text(text: str, *, utc: bool) -> Day | None:
    if match := _YEAR_FIRST.match(text):
        text = f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}{text[match.end() :]}"
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):  # what the parsers give for nonsense
            continue
        if moment.tzinfo is None and utc:
            moment = moment.replace(tzinfo=UTC)
        return _told(moment)
    if match := _SLASHED.match(text):
        return _of_slashed(int(match[1]), int(match[3]), int(match[4]))
    for one in printed_dates(text):
        if one.clock is None or one.zone is None:
            return _sane(one.day)
        return _told(datetime.combine(one.day, one.clock, tzinfo=one.zone))
    return None


def _of_slashed(first: int, second: int, year: int) -> Day | None:
    """Day and month in an order that is told by one of them alone: 3/4 is in March or in April."""
    month, day = (first, second) if second > 12 or first == second else (second, first)
    if first <= 12 and second <= 12 and first != second:
        return None
    try:
        return _sane(date(year, month, day))
    except ValueError:
        return None


def _told(moment: datetime) -> Day | None:
    if moment.tzinfo is None or moment.time() == _MIDNIGHT:
        return _sane(moment.date())
    try:
        moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    known = _sane(moment.date())
    return (known[0], moment) if known else None


def _sane(day: date) -> Day | None:
    return (day, None) if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
