"""Records, streaks and highs since a day, over one whole history (rule 6). Knows no claim, only numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from extractor.domain.bars import Closes
from extractor.domain.claim import Direction
from extractor.domain.ports import Calendar
from extractor.rules.tolerances import tolerances
from extractor.verify.sessions import months_before


@dataclass(frozen=True, slots=True)
class History:
    """A field's history up to one session, seen so that "higher" is the claimed direction.

    A record low is a record high of the negated values.
    """

    closes: Closes
    direction: Direction

    def __len__(self) -> int:
        return len(self.closes.sessions)

    def height(self, index: int) -> Decimal:
        value = self.closes.values[index]
        return value if self.direction is Direction.UP else -value

    def session(self, index: int) -> date:
        return self.closes.sessions[index]

    def find(self, session: date) -> int | None:
        return self.closes.find(session)

    def last_as_high(self, index: int, *, strictly: bool = False, lowest: int = 0) -> int | None:
        """The newest row before `index` that is as high (higher, if `strictly`); None if none is, down to `lowest`."""
        height = self.height(index)
        for earlier in range(index - 1, lowest - 1, -1):
            other = self.height(earlier)
            if other > height or (other == height and not strictly):
                return earlier
        return None

    def highest_before(self, index: int, *, lowest: int = 0) -> int | None:
        """The highest row before `index`, the newest of equals."""
        rows = range(lowest, index)
        return max(rows, key=lambda row: (self.height(row), row)) if rows else None

    def first_at(self, day: date) -> int:
        """Index of the first row on or after a day."""
        return self.closes.until(day - timedelta(days=1))

    def records_in(self, start: date, end: date) -> list[int]:
        """Rows with start <= session <= end that stand above everything before them in the whole history."""
        records: list[int] = []
        top: Decimal | None = None
        for index in range(self.closes.until(end)):
            height = self.height(index)
            if top is None or height > top:
                if top is not None and self.session(index) >= start:
                    records.append(index)
                top = height
        return records

    def begins(self) -> date:
        """From when on the history can be judged."""
        return self.closes.series.complete_since or self.closes.sessions[0]

    def is_long_enough_for_all_time(self, session: date) -> bool:
        """Whether "all-time" can be confirmed: the source vouches for it, or the history reaches back far enough."""
        if self.closes.series.complete_since is not None and session > self.closes.series.complete_since:
            return True
        return self.closes.sessions[0] <= months_before(session, 12 * tolerances().records.all_time_years)

    def gap_in(self, start: date, end: date, calendar: Calendar) -> date | None:
        """A session in the stretch that the history lacks, where more are missing than is allowed."""
        rows = set(self.closes.sessions[self.first_at(start) : self.closes.until(end)])
        sessions = calendar.sessions(max(start, self.closes.sessions[0]), end)
        missing = [day for day in sessions if day not in rows]
        allowed = len(sessions) * tolerances().records.missing_sessions_percent / 100
        return missing[-1] if len(missing) > allowed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Consecutive changes in one direction that end on a session.

    length: how many. first: index of the first one. whole: False where the history began, or had a hole, before the
    run was broken, so that it may be longer.
    """

    length: int
    first: int
    whole: bool


def run_until(history: History, index: int, calendar: Calendar | None) -> Run:
    """How many sessions in a row rose (in the history's direction), the one at `index` included."""
    length = 0
    row = index
    while row > 0:
        if calendar is not None and calendar.previous(history.session(row)) != history.session(row - 1):
            return Run(length=length, first=row, whole=False)
        if history.height(row) <= history.height(row - 1):
            return Run(length=length, first=row + 1, whole=True)
        length += 1
        row -= 1
    return Run(length=length, first=1, whole=False)


def periods_until(history: History, index: int, unit: str) -> list[int]:
    """Indexes of the last rows of the weeks, months, quarters or years up to `index`, oldest first."""

    def key(day: date) -> tuple[int, int]:
        if unit == "weeks":
            iso = day.isocalendar()
            return iso.year, iso.week
        if unit == "months":
            return day.year, day.month
        if unit == "quarters":
            return day.year, (day.month - 1) // 3
        return day.year, 0

    last: dict[tuple[int, int], int] = {}
    for row in range(index + 1):
        last[key(history.session(row))] = row
    return list(last.values())


def percent_gains(history: History, rows: Sequence[int]) -> list[tuple[int, Decimal]]:
    """(row, percent gain from the row before it in `rows`), signed so that the history's direction is up."""
    gains: list[tuple[int, Decimal]] = []
    values = history.closes.values
    sign = 1 if history.direction is Direction.UP else -1
    for before, after in pairwise(rows):
        if values[before] > 0:
            gains.append((after, sign * (values[after] / values[before] - 1) * 100))
    return gains
