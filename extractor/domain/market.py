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


BAR_FIELDS = ("open", "high", "low", "close", "volume")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesInfo:
    """One series of one source.

    id: the instrument's id in the contract's form. first_on, last_on: its reach.
    complete_since: records can be judged from this day on (None: from `first_on`, as far as the file goes).
    missing_sessions: days the source says it lacks. vintage: "latest" where only the last revision is at hand.
    snapshot: "sha256:..." of the file or response the rows came from.
    decimals: how many decimals the source prints in this series; None where nothing tells.
    rank: 0 for a primary source (the exchange, the Treasury), 1 where nothing is known, 2 for an aggregator.
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
    decimals: int | None = None
    rank: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One session of one series. Economic series and yields carry their value in `close`.

    scale: what the source's own prices were multiplied by to get these, 1 where they stand as the source gives
    them: the ratio of later splits that were undone, or the factor that puts a
    dividend-adjusted row on the day's quoted close.
    certain: False where a split may be missing from the tables, so that the prices may be off by its whole ratio.
    """

    series: SeriesInfo
    session: date
    close: Decimal
    open: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    volume: Decimal | None = None
    scale: Decimal = Decimal(1)
    certain: bool = True

    def value(self, name: str) -> Decimal | None:
        """One of open, high, low, close, volume."""
        if name not in BAR_FIELDS:
            raise ValueError(f"a bar has no field {name!r}")
        value: Decimal | None = getattr(self, name)
        return value

    def can_refute(self, name: str, stated: Decimal) -> bool:
        """Whether a stated value that differs from this bar's is wrong for sure.

        A dividend-adjusted row never can, rebased or not. An uncertain one can where no split explains the
        difference: the smallest in use is five for four.
        """
        value = self.value(name)
        if value is None or self.series.adjustment is Adjustment.SPLIT_DIV:
            return False
        if self.certain:
            return True
        return value > 0 and Decimal("0.85") < stated / value < Decimal("1.18")

    def half_unit(self, name: str = "close") -> Decimal:
        """Half of the last digit the source prints: how far off its own rounding can be."""
        value = self.value(name)
        if value is None:
            return Decimal(0)
        decimals = self.series.decimals or 0
        if self.scale == 1:  # a rescaled value has digits that nobody printed
            decimals = max(decimals, -int(value.as_tuple().exponent))
        return Decimal(5).scaleb(-decimals - 1) * self.scale


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
class RateDecision:
    """One decision of a central bank on its policy rate: a level where low == high, else a target range, in percent.

    derived: read off the daily series of the rate, where decisions that changed nothing leave no trace.
    """

    rate: str
    decided_on: date
    effective_on: date
    low: Decimal
    high: Decimal
    source: str
    snapshot: str | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A row that was left out.

    row: the line of a CSV file (its header is line 1), or the row of a Parquet table, from 1.
    """

    file: str
    row: int
    series: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.series or 'no series'}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Days of an instrument that somebody waits for, both ends included."""

    instrument: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRecord:
    """A symbol on an exchange, under a name, over the days it was seen there (None: open).

    fund: whether the list says it is an exchange-traded fund; None where it does not say.
    """

    mic: str
    symbol: str
    name: str
    first_on: date | None
    last_on: date | None
    source: str
    fund: bool | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no value, and this is why. Reasons are a small vocabulary:

    no_series, before_series, after_series, session_missing, not_a_session, adjusted_only, no_field,
    source_conflict, not_known_yet, no_vintage, source_down, source_refused, unusable_answer, no_intraday.
    """

    reason: str
    detail: str = ""
