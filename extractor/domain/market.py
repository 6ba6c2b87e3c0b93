"""Values of the market: price rows as a source gives them, and the reasons why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Adjustment(StrEnum):
    """What a source did to its prices. Only `none` is what was quoted on the day."""

    NONE = "none"
    SPLIT = "split"
    SPLIT_DIV = "split_div"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesInfo:
    """One series of one source.

    id: the instrument's id in the contract's form. first_on, last_on: its reach.
    complete_since: records can be judged from this day on (None: from `first_on`, as far as the file goes).
    missing_sessions: days the source says it lacks. vintage: "latest" where only the last revision is at hand.
    snapshot: "sha256:..." of the file or response the rows came from.
    """

    id: str
    source: str
    adjustment: Adjustment
    first_on: date
    last_on: date
    fields: tuple[str, ...]
    complete_since: date | None = None
    missing_sessions: frozenset[date] = field(default_factory=frozenset)
    vintage: str | None = None
    retrieved_at: datetime | None = None
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One session of one series. Economic series and yields carry their value in `close`."""

    series: SeriesInfo
    session: date
    close: Decimal
    open: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    volume: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One release of an economic statistic, as published.

    reference: first day of the period it is about. value: signed, in `unit`.
    """

    indicator: str
    reference: date
    value: Decimal
    unit: str
    released_on: date
    source: str
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """`ratio` new shares for one old, from `ex_on`."""

    ex_on: date
    instrument: str
    ratio: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRecord:
    """A symbol on an exchange, under a name, over the days it was seen there (None: open)."""

    mic: str
    symbol: str
    name: str
    first_on: date | None
    last_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no value, and this is why. Reasons are a small vocabulary:

    no_series, before_series, after_series, session_missing, not_a_session, adjusted_only, no_field,
    source_conflict, not_known_yet, no_vintage, source_down, no_intraday.
    """

    reason: str
    detail: str = ""
