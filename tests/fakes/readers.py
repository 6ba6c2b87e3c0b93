"""A reader that does what its page says, so that each way of going wrong can be had at will."""

from __future__ import annotations

import logging
import os
import re
import signal
import sys
import time
from datetime import date
from pathlib import Path

from extractor.domain.article import Article
from extractor.domain.errors import SourceError, TapecheckError
from extractor.domain.page import Page

MB = 1 << 20


def read(page: Page, *, published: date | None = None, timezone: str | None = None) -> Article:
    word, _, argument = page.data.decode().partition(" ")
    DEEDS[word](page, argument)
    return Article(name=page.name, source=page.source, text=page.data.decode(), published_on=published)


def process(page: Page, *, published: date | None = None, timezone: str | None = None) -> Article:
    """The number of the process that read it."""
    return Article(name=page.name, source=page.source, text=str(os.getpid()))


def _hang(page: Page, _: str) -> None:
    sys.stderr.write("hanging\n")
    sys.stderr.flush()
    while True:
        pass


def _hang_in_c(page: Page, _: str) -> None:
    """In a C function that does not let another thread run, nor a signal be seen, for longer than anybody waits."""
    sys.stderr.write("hanging\n")
    sys.stderr.flush()
    re.match(r"(?:a+)+$", "a" * 60 + "b")


def _eat(page: Page, _: str) -> None:
    eaten = []
    while True:
        eaten.append(bytearray(16 * MB))


def _log(page: Page, argument: str) -> None:
    logging.getLogger("extractor.ingest.fake").warning("%s: %s", page.source, argument)
    logging.getLogger("extractor.ingest.fake").debug("not for everybody")


def _print(page: Page, argument: str) -> None:
    print(argument)
    os.write(1, b"straight to the descriptor\n")


def _raise(error: type[Exception]):
    def deed(page: Page, argument: str) -> None:
        raise SourceError(page.source, argument) if error is SourceError else error(argument)

    return deed


DEEDS = {
    "fine": lambda page, argument: None,
    "touch": lambda page, argument: Path(argument).touch(),
    "sleep": lambda page, argument: time.sleep(float(argument)),
    "hang": _hang,
    "hang_in_c": _hang_in_c,
    "segfault": lambda page, argument: os.kill(os.getpid(), signal.SIGSEGV),
    "leave": lambda page, argument: os._exit(int(argument)),
    "eat": _eat,
    "log": _log,
    "log_and_hang": lambda page, argument: (_log(page, argument), _hang(page, "")),
    "print": _print,
    "refuse": _raise(SourceError),
    "break": _raise(ValueError),
    "rules": _raise(TapecheckError),
    "recurse": lambda page, argument: DEEDS["recurse"](page, argument),
}
