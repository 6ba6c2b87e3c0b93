"""From the day or window a claim speaks of to the sessions that may be meant (rule 8)."""

from __future__ import annotations

import calendar as months
import re
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.domain.claim import Claim, DateSource, Period
from extractor.domain.ports import Calendar
from extractor.rules.tolerances import tolerances

DAY = timedelta(days=1)

_COUNTED_BACK = re.compile(
    r"\b(?:past|last|in|over|within)\s(?:the\s)?(?:\w+\s){0,2}?(?:days?|weeks?|month)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Sessions to test, the likeliest first.

    closed_on: the day that was named as a trading day though the market was closed; `sessions` then holds the
    session before it. window: whether any session of a stretch of days will do.
    """

    sessions: tuple[date, ...]
    closed_on: date | None = None
    window: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the close of `start` to the close of `end`."""

    start: date
    end: date


def candidate_sessions(claim: Claim, period: Period, calendar: Calendar) -> Candidates:
    """The sessions a level of this period may be quoted from."""
    if not period.is_day:
        return _of_window(claim, period, calendar)
    day = period.end
    if calendar.is_session(day):
        if period.source is DateSource.IMPLIED and day == claim.published:
            # Nothing in the words says which day: a morning article still speaks of the session before.
            return Candidates(sessions=(day, calendar.previous(day)))
        if period.source is DateSource.IMPLIED and claim.published is not None and calendar.is_session(claim.published):
            # Carried over from a sentence before, which may have spoken of another day than the article.
            return Candidates(sessions=(day, claim.published) if day < claim.published else (day,))
        return Candidates(sessions=(day,))
    before = calendar.previous(day)
    if period.source is DateSource.IMPLIED or _is_yesterday(period) or day == claim.published:
        return Candidates(sessions=(before,))
    return Candidates(sessions=(before,), closed_on=day)


def candidate_spans(claim: Claim, period: Period, calendar: Calendar) -> tuple[tuple[Span, ...], date | None]:
    """The spans a move of this period may be measured over, and the closed day that was named, if any."""
    if period.is_day:
        found = candidate_sessions(claim, period, calendar)
        return tuple(Span(start=calendar.previous(day), end=day) for day in found.sessions), found.closed_on
    starts = _window_starts(period, calendar)
    ends = _window_ends(claim, period, calendar)
    spans = [Span(start=start, end=end) for end in ends for start in starts if start < end]
    return tuple(dict.fromkeys(spans)), None


def at_or_before(day: date, calendar: Calendar) -> date:
    """The session itself, or the last one before it."""
    return day if calendar.is_session(day) else calendar.previous(day)


def last_known(claim: Claim, calendar: Calendar, as_of: date | None) -> date | None:
    """The last session whose close was surely known when the article was written."""
    day = claim.published or as_of
    return None if day is None else calendar.previous(day)


def is_calendar_start(start: date, end: date) -> bool:
    """Whether a window looks like a week, month, quarter or year, named by its first day."""
    length = (end - start).days
    return length >= 3 and (start.day == 1 or (start.weekday() == 0 and length < 7))


def months_before(day: date, count: int) -> date:
    """The same day of the month `count` months earlier, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _is_yesterday(period: Period) -> bool:
    words = (period.text or "").casefold()
    return any(word in words for word in ("yesterday", "previous", "prior", "last close", "overnight"))


def _of_window(claim: Claim, period: Period, calendar: Calendar) -> Candidates:
    rules = tolerances().dates
    start, end = period.start, period.end
    published = claim.published
    words = f"{period.text or ''} {claim.sentence}".casefold()
    if published is not None and any(word in words for word in rules.just_last_week_words):
        least, most = rules.just_last_week_days
        start = min(start, published - most * DAY)
        end = max(end, published - least * DAY)
    if published is not None:
        end = max(min(end, published), start)
    return Candidates(sessions=tuple(calendar.sessions(start, end)), window=True)


def _window_starts(period: Period, calendar: Calendar) -> tuple[date, ...]:
    """The session the window is measured from; for one named by its first day, the session before that as well."""
    own = at_or_before(period.start, calendar)
    if is_calendar_start(period.start, period.end):
        return tuple(dict.fromkeys((calendar.previous(period.start), own)))
    if _COUNTED_BACK.search(period.text or ""):
        # "Over the past month" may also be since the last month's end, "in four days" since a day earlier.
        month_end = calendar.previous(period.end.replace(day=1))
        whole = (month_end,) if "month" in (period.text or "").casefold() else ()
        return tuple(dict.fromkeys((own, calendar.previous(own), *whole)))
    return (own,)


def _window_ends(claim: Claim, period: Period, calendar: Calendar) -> tuple[date, ...]:
    """The last session of the window; where it ends at publication, the day's own close may not be known yet."""
    published = claim.published
    if published is None or period.end < published:
        return (at_or_before(period.end, calendar),)
    own = at_or_before(published, calendar)
    return tuple(dict.fromkeys((own, calendar.previous(published))))
