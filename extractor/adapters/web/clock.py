"""Time as the fetcher sees it, so that tests can let an hour pass at once."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Of a clock that is never set back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class LateError(Exception):
    """A page was not there in time."""


class Deadline:
    """Seconds that something may take, from now on; no longer than `within`, of which it is a part."""

    def __init__(self, clock: Clock, seconds: float, *, within: Deadline | None = None) -> None:
        self._clock = clock
        self._within = within
        self.seconds = seconds
        self._end = clock.seconds() + seconds

    def left(self) -> float:
        """More than zero. Raises LateError where nothing is left."""
        left = self._end - self._clock.seconds()
        if left <= 0:
            raise LateError(f"not there after {self.seconds:g} seconds; given up")
        return left if self._within is None else min(left, self._within.left())

    def postpone(self, seconds: float) -> None:
        """What was spent on waiting for our own turn is not the page's fault."""
        self._end += seconds
        if self._within is not None:
            self._within.postpone(seconds)
