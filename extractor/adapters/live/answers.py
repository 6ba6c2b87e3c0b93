"""What a price source is asked, what came back, and the reading of it as JSON or CSV.

Whatever cannot be used is an `UnusableError` with the reason in words; `LiveSource` makes a `Missing` of it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from extractor.adapters.download import Secrets
from extractor.adapters.price_values import quoted
from extractor.domain.market import Missing

_SHOWN = 160  # characters of what a server says
_AGENT = "tapecheck"
NAN = Decimal("NaN")
_DIGITS = 15  # before the point or after it; beyond, a figure is a fault, and arithmetic would run out of digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question to one source.

    sort: what is asked for, in a word; with `symbol` and the address before "?" it tells which answers are of one
    series. first_on, last_on: the days that are wanted. reach_on: the last day that the answer can have.
    taken: HTTP statuses whose body says something.
    """

    source: str
    symbol: str
    sort: str
    address: str
    first_on: date
    last_on: date
    reach_on: date
    agent: str = _AGENT
    secrets: Secrets = field(default_factory=Secrets)
    taken: frozenset[int] = frozenset({200, 400, 401, 403, 404, 422})

    @property
    def series(self) -> str:
        return f"{self.address.partition('?')[0]}|{self.sort}|{self.symbol}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Bytes as they came, decompressed. address: without secrets."""

    content: bytes
    address: str
    retrieved_at: datetime
    status: int = 200

    @property
    def snapshot(self) -> str:
        return f"sha256:{hashlib.sha256(self.content).hexdigest()}"


class UnusableError(Exception):
    """An answer that gives no series. reason: as in `Missing`; detail: in words, what came."""

    def __init__(self, detail: str, reason: str = "unusable_answer") -> None:
        super().__init__(detail)
        self.missing = Missing(reason, " ".join(detail.split())[: 2 * _SHOWN] or "an error without words")


def no_series(detail: str) -> UnusableError:
    """The source answers that it has no such series, or no row in it."""
    return UnusableError(detail, "no_series")


def refused(detail: str) -> UnusableError:
    """The source wants another account, or none of our questions."""
    return UnusableError(detail, "source_refused")


def json_of(answer: Answer) -> Any:
    """The body as JSON. NaN and Infinity, which JSON does not have and servers send, become floats."""
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        raise UnusableError(f"answered {_looks_like(answer)}, not JSON") from None


def csv_of(answer: Answer, *headers: Sequence[str]) -> list[list[str]]:
    """The rows below the header line, which must be one of `headers`, in any case of letters.

    Every row has as many cells as the header, but a last one that was cut short, which makes the answer unusable.
    """
    try:
        text = answer.content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise UnusableError(f"answered {_looks_like(answer)}, not CSV") from None
    found = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if found not in [[name.casefold() for name in header] for header in headers]:
        raise UnusableError(f"answered {_looks_like(answer)}, not CSV of {', '.join(headers[0])}")
    body = [[cell.strip() for cell in row] for row in rows[1:] if row]
    if any(len(row) != len(found) for row in body):
        raise UnusableError("the CSV is cut short")
    return body


def _looks_like(answer: Answer) -> str:
    begin = answer.content[:500].lstrip().lower()
    if not begin:
        return "with nothing"
    if begin.startswith((b"<!doctype", b"<html", b"<head", b"<?xml")):
        return "with a web page"
    return f"with {said(answer.content[:_SHOWN].decode('utf-8', 'replace'))!r}"


def said(text: object) -> str:
    """A server's words on one line, not too many of them."""
    line = "".join(char if char.isprintable() else " " for char in str(text))
    return " ".join(line.split())[:_SHOWN]


def mapping(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UnusableError(f"{what} is missing")
    return value


def sequence(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise UnusableError(f"{what} is missing")
    return value


def number(value: Any) -> Decimal | None:
    """A JSON number as the decimal that was quoted; None for null, NaN for anything that is no finite number."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return NAN
    if value != value or abs(value) >= 10**_DIGITS:
        return NAN
    return Decimal(value) if isinstance(value, int) else quoted(value)


def decimal(text: str) -> Decimal | None:
    """A cell as a decimal; None where it is empty or "." (FRED's word for no value), NaN where it is no price."""
    if text in ("", "."):
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return NAN
    return bounded(found)


def bounded(value: Decimal) -> Decimal:
    """NaN for what no price can be."""
    return value if value.is_finite() and abs(value.adjusted()) < _DIGITS else NAN
