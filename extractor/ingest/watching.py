"""New and changed files of folders, as they come.

The folders are looked at again and again. A file is handed on once its size and time have stayed the same for `SETTLED`
seconds, so that none is read while somebody still writes it; and again whenever it has changed since. Looking works on
every file system, network shares and volumes of containers among them, where the system's own events are missing or
partial; and a file has to be looked at twice anyway, for an event says that somebody writes, not that they are done.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.ingest.discover import Source, SourceFailure, discover

SETTLED = 1.0  # seconds

State = tuple[int, int, int]  # size, time of the last change in nanoseconds, number on its disk


@dataclass(kw_only=True)
class Watcher:
    """names: files and folders. Call `look` now and then."""

    names: Sequence[str]
    discover: Callable[[Sequence[str]], Iterator[Source | SourceFailure]] = discover
    clock: Callable[[], float] = time.monotonic
    _known: dict[Path, State] = field(default_factory=dict)
    _waiting: dict[Path, tuple[State, float]] = field(default_factory=dict)
    _said: set[SourceFailure] = field(default_factory=set)

    def look(self) -> tuple[list[Path], list[SourceFailure]]:
        """Files that are new or changed and have settled, by name; and what cannot be read, each said once."""
        states: dict[Path, State] = {}
        failures: set[SourceFailure] = set()
        for each in self.discover(self.names):
            if isinstance(each, SourceFailure):
                if not self._is_empty_folder(each):
                    failures.add(each)
            elif each.path is not None and (state := _state(each.path)) is not None:
                states[each.path] = state
        new = sorted(failures - self._said, key=str)
        self._said = failures
        return self._settled(states), new

    @property
    def waiting(self) -> bool:
        """Whether a file was seen that has yet to settle."""
        return bool(self._waiting)

    def _settled(self, states: dict[Path, State]) -> list[Path]:
        now = self.clock()
        waiting = {}
        for path, state in states.items():
            if self._known.get(path) == state:
                continue
            before, since = self._waiting.get(path, (state, now))
            waiting[path] = (state, since if before == state else now)
        self._known = {path: state for path, state in self._known.items() if path in states}
        done = {path for path, (_, since) in waiting.items() if now - since >= SETTLED}
        self._known |= {path: states[path] for path in done}
        self._waiting = {path: each for path, each in waiting.items() if path not in done}
        return sorted(done)

    def _is_empty_folder(self, failure: SourceFailure) -> bool:
        """A folder without articles is no failure here: they are yet to come."""
        return failure.source in self.names and os.path.isdir(failure.source) and os.access(failure.source, os.R_OK)


def _state(path: Path) -> State | None:
    try:
        found = path.stat()
    except OSError:  # gone since it was found
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
