"""The child of `reader_process`: reads one page after the other, and answers each with an article or a reason.

It speaks pickles over its standard input and output. Whatever it imports writes to standard error, and what it logs
is sent to the parent. It ends when its input ends, which is also how it learns that its parent is gone.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, BinaryIO

from extractor.domain.article import Article
from extractor.domain.errors import SourceError, TapecheckError, unforeseen
from extractor.domain.page import Page

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the child is told first.

    read: "module:function", called with a page and `options`. first: a page to read before any other, so that what
    is slow the first time is done. lifetime: seconds a page may take before the child ends itself, should nobody else
    do it. memory: bytes of address space, where the platform can limit it. log_level: the least that is sent.
    """

    read: str
    options: dict[str, Any]
    first: Page | None
    lifetime: float
    memory: int
    log_level: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The child is set up."""


@dataclass(frozen=True, slots=True)
class Read:
    article: Article


@dataclass(frozen=True, slots=True)
class Refused:
    """The page is the cause, or something nobody thought of; `reason` is one line."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The page wanted more than there is. The child is not to be used any further."""


Answer = Ready | Read | Refused | OutOfMemory


class _Sender(logging.Handler):
    """Writes answers, and log records as plain dictionaries between them."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._writing = Lock()

    def send(self, message: Answer | dict[str, Any]) -> None:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        with self._writing:
            self._stream.write(data)
            self._stream.flush()

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        plain = {name: value for name, value in record.__dict__.items() if isinstance(value, str | int | float)}
        self.send(plain | {"msg": record.getMessage(), "args": None, "exc_info": None})


def main() -> None:
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    requests, answers = _streams()
    setup: Setup = pickle.load(requests)
    _limit_memory(setup.memory)
    module, _, name = setup.read.partition(":")
    read: Callable[..., Article] = getattr(import_module(module), name)
    if setup.first is not None:
        logging.disable()
        _answer(read, setup.first, setup.options)
        logging.disable(logging.NOTSET)
    sender = _Sender(answers)
    logging.basicConfig(level=setup.log_level, handlers=[sender], force=True)
    pages: SimpleQueue[Page] = SimpleQueue()
    Thread(target=_listen, args=(requests, pages), daemon=True).start()
    sender.send(Ready())
    while True:
        page = pages.get()
        _end_after(setup.lifetime)
        try:
            sender.send(_answer(read, page, setup.options))
        except MemoryError:  # the article can be had, and not once more as bytes
            sender.send(OutOfMemory())
        _end_after(0)


def _answer(read: Callable[..., Article], page: Page, options: dict[str, Any]) -> Answer:
    try:
        return Read(read(page, **options))
    except SourceError as error:
        return Refused(error.source, error.reason)
    except TapecheckError as error:
        return Refused(page.source, str(error))
    except MemoryError:
        return OutOfMemory()
    except Exception as error:  # as everywhere, what one page brings about is that page's failure
        logger.debug("%s: %s", page.source, error, exc_info=error)
        return Refused(page.source, unforeseen(error))


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """What comes in and what goes out; anything else that prints goes to standard error from now on."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _listen(requests: BinaryIO, pages: SimpleQueue[Page]) -> None:
    """In a thread of its own, so that the parent's end is noticed in the middle of a page too."""
    try:
        while True:
            pages.put(pickle.load(requests))
    finally:
        os._exit(0)


def _end_after(seconds: float) -> None:
    """The system ends this process then; 0 calls it off. Python cannot: a C function may never come back to it.

    Nothing is done where there are no timers (Windows): the parent is there to end what takes too long.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(most: int) -> None:
    """Of the address space; nothing where the platform has no such limit."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):  # macOS knows the name and takes no number
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
