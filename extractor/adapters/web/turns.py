"""When a host may be asked: one thing at a time, with a pause in between, and not at all while it wants none."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock

from extractor.adapters.web.addresses import RefusedError, SilentError
from extractor.adapters.web.clock import Clock, Deadline, LateError

LONGEST_DELAY_S = 60.0  # a host that wants longer pauses cannot be read in any reasonable time

_SILENCES = 3  # pages of a host that may go unanswered before it is given up


class Locks:
    """One lock for each name."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._locks: dict[str, Lock] = {}

    def of(self, name: str) -> Lock:
        with self._guard:
            return self._locks.setdefault(name, Lock())


class Turns:
    """pause_s: seconds from one request to the next one to the same host, where the host asks for no longer pause."""

    def __init__(self, clock: Clock, *, pause_s: float = 1.0) -> None:
        self._clock = clock
        self._pause_s = pause_s
        self._asked: dict[str, float] = {}
        self._held: dict[str, datetime] = {}
        self._silent: dict[str, int] = {}
        self._locks = Locks()

    @contextmanager
    def turn(self, host: str, deadline: Deadline, *, delay_s: float = 0.0) -> Iterator[None]:
        """The time in which the host may be asked one thing, by nobody else. Waiting for it is not the page's fault.

        Raises RefusedError where the host has asked to be left alone for longer than the page may take, and where it
        has been silent too often.
        """
        began = self._clock.seconds()
        with self._locks.of(host):
            deadline.postpone(self._clock.seconds() - began)
            if self._silent.get(host, 0) >= _SILENCES:
                raise RefusedError(f"{host} did not answer {_SILENCES} times in a row; not asked again")
            self._wait(host, deadline, delay_s)
            try:
                yield
            except (SilentError, LateError):
                self._silent[host] = self._silent.get(host, 0) + 1
                raise
            self._silent.pop(host, None)

    def _wait(self, host: str, deadline: Deadline, delay_s: float) -> None:
        if delay_s > LONGEST_DELAY_S:
            raise RefusedError(f"its robots.txt wants {delay_s:,.0f} seconds between requests; not waited for")
        self._wait_out(host, deadline)
        now = self._clock.seconds()
        wait_s = self._asked.get(host, -math.inf) + max(self._pause_s, delay_s) - now
        if wait_s > 0:
            self._clock.sleep(wait_s)
            deadline.postpone(wait_s)
        self._asked[host] = self._clock.seconds()

    def hold(self, host: str, wait_s: float, deadline: Deadline, said: str) -> None:
        """The host wants no request for some seconds. Raises RefusedError where that is past the deadline."""
        until = self._clock.now() + timedelta(seconds=min(wait_s, 10_000_000.0))
        self._held[host] = max(until, self._held.get(host, until))
        if wait_s >= deadline.left():
            raise RefusedError(f"{said}, and asks to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC")

    def _wait_out(self, host: str, deadline: Deadline) -> None:
        until = self._held.get(host)
        wait_s = (until - self._clock.now()).total_seconds() if until else 0.0
        if until is None or wait_s <= 0:
            return
        if wait_s >= deadline.left():
            raise RefusedError(f"{host} has asked to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC")
        self._clock.sleep(wait_s)
