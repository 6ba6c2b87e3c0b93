"""Trading calendars by instrument.

New York since 1990 comes from a short list of closures and needs no library. Anything else, and years before, is
asked of `exchange_calendars`, which is loaded then (it brings pandas with it). A market that nobody knows keeps
Monday to Friday: no day is called a holiday on a guess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property

from extractor.domain.ports import Calendar
from extractor.rules.venues import BONDS, DAILY, NEW_YORK, WEEKDAYS, Closures, new_york, us_bonds, venue

_DAY = timedelta(days=1)
_EARLIEST = {NEW_YORK: "1927-01-01"}  # as far back as an index of the United States is quoted daily


class TradingCalendars:
    """Fulfils `Calendars`."""

    def __init__(self) -> None:
        self._known: dict[str, Calendar] = {}

    def for_instrument(self, instrument: str) -> Calendar:
        return self.by_venue(venue(instrument))

    def by_venue(self, name: str) -> Calendar:
        """The calendar of a MIC, or of "bonds", "weekdays", "daily"."""
        if name not in self._known:
            self._known[name] = _build(name)
        return self._known[name]


def _build(name: str) -> Calendar:
    if name == DAILY:
        return RuleCalendar(lambda day: True)
    if name == WEEKDAYS:
        return RuleCalendar(_is_weekday)
    if name == NEW_YORK:
        return ListedCalendar(new_york(), before=LibraryCalendar(NEW_YORK))
    if name == BONDS:
        return ListedCalendar(us_bonds(), before=RuleCalendar(_is_weekday))
    return LibraryCalendar(name)


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


class RuleCalendar:
    """Sessions by a rule on the day."""

    def __init__(self, rule: Callable[[date], bool]) -> None:
        self._rule = rule

    def is_session(self, day: date) -> bool:
        return self._rule(day)

    def previous(self, day: date) -> date:
        day -= _DAY
        while not self.is_session(day):
            day -= _DAY
        return day

    def next(self, day: date) -> date:
        day += _DAY
        while not self.is_session(day):
            day += _DAY
        return day

    def sessions(self, start: date, end: date) -> Sequence[date]:
        span = (start + timedelta(days=n) for n in range((end - start).days + 1))
        return [day for day in span if self.is_session(day)]


class ListedCalendar(RuleCalendar):
    """Weekdays less the closures of a list; years before it by another calendar, years after it Monday to Friday."""

    def __init__(self, closures: Closures, *, before: Calendar) -> None:
        super().__init__(self._is_session)
        self._closures = closures
        self._before = before

    def _is_session(self, day: date) -> bool:
        if day < self._closures.first:
            return self._before.is_session(day)
        return day.weekday() < 5 and day not in self._closures.days


class LibraryCalendar(RuleCalendar):
    """A market's sessions as exchange_calendars knows them; Monday to Friday outside the years it covers."""

    def __init__(self, mic: str) -> None:
        super().__init__(self._is_session)
        self._mic = mic

    def _is_session(self, day: date) -> bool:
        days = self._days
        if not days or day < days[0] or day > days[-1]:
            return _is_weekday(day)
        place = bisect_left(days, day)
        return days[place] == day

    def sessions(self, start: date, end: date) -> Sequence[date]:
        days = self._days
        if days and days[0] <= start and end <= days[-1]:
            return days[bisect_left(days, start) : bisect_right(days, end)]
        return super().sessions(start, end)

    @cached_property
    def _days(self) -> list[date]:
        import exchange_calendars
        from exchange_calendars.errors import InvalidCalendarName

        try:
            calendar = exchange_calendars.get_calendar(self._mic, start=_EARLIEST.get(self._mic, "2000-01-01"))
        except InvalidCalendarName:
            return []
        except ValueError:  # some calendars begin later than that
            calendar = exchange_calendars.get_calendar(self._mic)
        return list(calendar.sessions.date)
