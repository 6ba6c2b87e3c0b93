"""Pages are read in a process that can be killed: what a hostile page does to it ends with that page.

docs/adr/0009-reader-process.md says why it is made as it is.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from threading import Event, Lock, Thread, Timer
from typing import IO, Any

from extractor.adapters.reader_child import Answer, OutOfMemory, Read, Ready, Refused, Setup
from extractor.domain.article import Article
from extractor.domain.errors import SourceError
from extractor.domain.page import Page

DEADLINE = 20.0  # seconds for one page; a long one takes a tenth of one
MEMORY = 2 << 30  # bytes of address space
_START = 60.0  # seconds a child may take until it is ready
_GRACE = 5.0  # seconds after which a child ends itself that nobody has ended

# -P: no module may come from the folder one happens to stand in. The parent's search path comes over the pipe.
_CHILD = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from extractor.adapters.reader_child import main
main()
"""

# What pickle raises, by its own account, for what is cut short or no pickle.
_BROKEN = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, ValueError)


class ReaderProcess:
    """Reads pages in a child process, which is started with the first one and replaced where a page breaks it.

    read: a function at the top of a module, called in the child with a page and `options`.
    elsewhere: whether a page is read in the child; any other is read here, when it is asked for.
    first: a page for the child to read before the clock runs for any.
    """

    def __init__(
        self,
        read: Callable[..., Article],
        *,
        options: Mapping[str, Any] | None = None,
        elsewhere: Callable[[Page], bool] = lambda page: True,
        first: Page | None = None,
        deadline: float = DEADLINE,
        memory: int = MEMORY,
    ) -> None:
        self._read = read
        self._options = dict(options or {})
        self._elsewhere = elsewhere
        setup = Setup(
            read=f"{read.__module__}:{read.__qualname__}",
            options=self._options,
            first=first,
            lifetime=deadline + _GRACE,
            memory=memory,
            log_level=logging.WARNING,
        )
        self._worker = _Worker(setup, deadline)
        self._expected: dict[int, tuple[Page, Future[_Outcome]]] = {}  # by id: the page is kept, so no other has it
        self.close = weakref.finalize(self, self._worker.stop)

    def expect(self, page: Page) -> bool:
        """Begins on a page that will be asked for, in the order of these calls; False where it is not the child's."""
        if not self._elsewhere(page):
            return False
        if id(page) not in self._expected:
            self._expected[id(page)] = (page, self._worker.begin(page))
        return True

    def __call__(self, page: Page) -> Article:
        """The article of a page.

        Raises SourceError, as the function does, and where the page took too long, too much, or the child with it.
        """
        if not self.expect(page):
            return self._read(page, **self._options)
        outcome = self._expected.pop(id(page))[1].result()
        for record in outcome.records:
            log = logging.getLogger(record.name)
            if log.isEnabledFor(record.levelno):
                log.handle(record)
        if outcome.article is None:
            raise SourceError(outcome.source, outcome.reason)
        return outcome.article


@dataclass(slots=True, kw_only=True)
class _Outcome:
    """records: what was logged on the way, to be handled where the page is asked for."""

    article: Article | None = None
    source: str = ""
    reason: str = ""
    records: list[logging.LogRecord] = field(default_factory=list)


class _Worker:
    """A thread that feeds the child, one page after the other, so that nobody waits who has something else to do."""

    def __init__(self, setup: Setup, deadline: float) -> None:
        self._setup = setup
        self._deadline = deadline
        self._waiting: SimpleQueue[tuple[Page, Future[_Outcome]] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._child: _Child | None = None
        self._starting = Lock()
        self._stopped = False

    def begin(self, page: Page) -> Future[_Outcome]:
        if self._stopped:
            raise RuntimeError("the reader is closed")
        future: Future[_Outcome] = Future()
        self._waiting.put((page, future))
        if self._thread is None:
            self._thread = Thread(target=self._work, name="pages to the reader", daemon=True)
            self._thread.start()
        return future

    def stop(self) -> None:
        """Ends the child at once, whatever it is doing; what waits is cancelled."""
        with self._starting:
            self._stopped = True
            if self._child is not None:
                self._child.kill()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(_GRACE)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            page, future = job
            if self._stopped or not future.set_running_or_notify_cancel():
                future.cancel()
                continue
            try:
                future.set_result(self._outcome(page))
            except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it
                future.set_exception(error)
        if self._child is not None:
            self._child.end()

    def _outcome(self, page: Page) -> _Outcome:
        outcome = _Outcome(source=page.source)
        if self._child is None or self._child.is_gone():
            try:
                self._child = self._started()
            except OSError as error:
                outcome.reason = f"the reader does not start: {error}"
                return outcome
        answer = self._child.ask(page, self._deadline, outcome.records)
        if isinstance(answer, Read):
            outcome.article = answer.article
        elif isinstance(answer, Refused):
            outcome.source, outcome.reason = answer.source, answer.reason
        elif isinstance(answer, OutOfMemory):
            outcome.reason = f"reading it takes more than {self._setup.memory >> 20:,} MB of memory; given up"
        else:
            outcome.reason = self._child.why_gone(self._deadline)
        if not isinstance(answer, Read | Refused):
            self._child = None
        return outcome

    def _started(self) -> _Child:
        """Raises OSError where no process can be had, or where it is not ready in time."""
        with self._starting:  # so that no child is started behind the back of `stop`
            if self._stopped:
                raise ProcessLookupError("it was stopped")
            level = logging.getLogger().getEffectiveLevel()
            self._child = child = _Child(replace(self._setup, log_level=level))
        if not child.is_ready():
            self._child = None
            raise ChildProcessError(child.ended_as())
        return child


class _Child:
    """One process. Whatever is asked of it ends: with an answer, with its death, or at a deadline with both."""

    def __init__(self, setup: Setup) -> None:
        """Raises OSError where no process can be had."""
        apart: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {"creationflags": _windows_flags()}
        self._setup = setup
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **apart
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout
        self._late = Event()

    def is_ready(self) -> bool:
        """Waits until it is; a child that is not is ended."""
        return isinstance(self._exchange([sys.path, self._setup], _START, []), Ready)

    def ask(self, page: Page, deadline: float, records: list[logging.LogRecord]) -> Answer | None:
        """The answer; None where the child died of it or was ended for it. Records are added as they come."""
        answer = self._exchange([page], deadline, records)
        if isinstance(answer, OutOfMemory):
            self.end()
        return answer

    def is_gone(self) -> bool:
        """Since its last answer: nobody's fault, then."""
        if self._process.poll() is None and not self._late.is_set():
            return False
        self.end()
        return True

    def why_gone(self, deadline: float) -> str:
        """After `ask` has come back without an answer."""
        alarm = getattr(signal, "SIGALRM", None)
        if self._late.is_set() or (alarm is not None and self._process.returncode == -alarm):
            return f"not read within {deadline:g} seconds; given up"
        return f"reading it crashed the reader ({self.ended_as()})"

    def ended_as(self) -> str:
        code = self._process.returncode
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        for stream in (self._requests, self._answers):
            with suppress(OSError):  # what was still to be written to it
                stream.close()
        self._process.wait()

    def _exchange(self, messages: list[Any], seconds: float, records: list[logging.LogRecord]) -> Answer | None:
        """An answer that has come whole counts, however late: the machine may have slept."""
        watch = Timer(seconds, self._too_late)
        watch.daemon = True
        watch.start()
        try:
            for message in messages:
                pickle.dump(message, self._requests, pickle.HIGHEST_PROTOCOL)
            self._requests.flush()
            while isinstance(answer := pickle.load(self._answers), dict):
                records.append(logging.makeLogRecord(answer))
        except _BROKEN:
            self._wait_or_end()
            return None
        finally:
            watch.cancel()
            watch.join()  # it may be at it just now; the next page must not pay
        assert isinstance(answer, Answer)
        return answer

    def _too_late(self) -> None:
        self._late.set()
        self._process.kill()

    def _wait_or_end(self) -> None:
        """Its stream has ended, so it has too or is about to: how it did is worth a moment."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        self.end()


def _windows_flags() -> int:
    """No window, and Ctrl-C is the parent's alone."""
    return int(getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0))
