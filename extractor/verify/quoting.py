"""Prices as they were quoted on their day: later splits undone, dividend adjustments never trusted for a level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from extractor.domain.market import Adjustment, Bar, SeriesInfo, Split
from extractor.domain.ports import PriceSource
from extractor.verify.strands import Strand

_ONE = Decimal(1)
_LONG_WEEKEND = timedelta(days=4)  # from the last session before an ex-date to it
_PRICES = ("open", "high", "low", "close")
_INTRADAY = ("high", "low", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitTable:
    """Splits of one instrument by ex-date, and since when the table knows them all (None: it never said)."""

    splits: tuple[Split, ...]
    complete_since: date | None

    @classmethod
    def of(cls, instrument: str, sources: Iterable[PriceSource]) -> SplitTable:
        """From every source; one that two of them list counts once."""
        sources = list(sources)
        every = sorted((split for source in sources for split in source.splits(instrument)), key=_by_ratio)
        by_day = {split.ex_on: split for split in every}
        since = [day for source in sources if (day := source.splits_complete_since()) is not None]
        return cls(splits=tuple(by_day[day] for day in sorted(by_day)), complete_since=min(since, default=None))

    def ratio(self, after: date, until: date) -> Decimal:
        """Product of the ratios with after < ex-date <= until."""
        product = _ONE
        for split in self.splits:
            if after < split.ex_on <= until:
                product *= split.ratio
        return product

    def knows_all_after(self, session: date) -> bool:
        """Whether every split with an ex-date after the session is in the table."""
        return self.complete_since is not None and session >= self.complete_since - _LONG_WEEKEND


def _by_ratio(split: Split) -> tuple[date, Decimal]:
    return split.ex_on, split.ratio


def adjusted_until(info: SeriesInfo) -> date:
    """The last day whose splits a series of adjusted prices can have taken in."""
    return max(info.last_on, info.retrieved_at.date()) if info.retrieved_at else info.last_on


def as_quoted(strand: Strand, bar: Bar, splits: SplitTable) -> Bar | None:
    """A row as it was quoted; None for dividend-adjusted ones, whose quote cannot be had from them alone."""
    adjustment = strand.info.adjustment
    if adjustment is Adjustment.NONE:
        return bar
    if adjustment is Adjustment.SPLIT_DIV:
        return None
    ratio = splits.ratio(bar.session, adjusted_until(strand.info))
    return replace(scaled(bar, ratio), certain=splits.knows_all_after(bar.session))


def scaled(bar: Bar, factor: Decimal) -> Bar:
    """The row with its prices times a factor, its volume by it."""
    if factor == 1:
        return bar
    prices = {name: None if (value := bar.value(name)) is None else value * factor for name in _PRICES}
    close = prices["close"]
    if close is None:
        raise ValueError("a bar has a close")
    return replace(
        bar,
        open=prices["open"],
        high=prices["high"],
        low=prices["low"],
        close=close,
        volume=None if bar.volume is None else bar.volume / factor,
        scale=bar.scale * factor,
    )


def rebased(bar: Bar, quoted: Bar) -> Bar:
    """A dividend-adjusted row put on the close quoted that day, to the digits of that close.

    One factor adjusts the four prices of a day alike, so the day's high and low can be had back; they may support a
    figure, never contradict it.
    """
    decimals = max(quoted.series.decimals or 0, -int(quoted.close.as_tuple().exponent), 0)
    moved = scaled(bar, quoted.close / bar.close)
    info = replace(bar.series, decimals=decimals)
    high, low, opened = (None if (value := moved.value(name)) is None else round(value, decimals) for name in _INTRADAY)
    return replace(moved, series=info, close=quoted.close, high=high, low=low, open=opened)


def disagree(first: Bar, other: Bar, name: str = "close") -> bool:
    """Whether two sources differ by more than both their roundings."""
    ours, theirs = first.value(name), other.value(name)
    if ours is None or theirs is None:
        return False
    return abs(ours - theirs) > first.half_unit(name) + other.half_unit(name)


def peers(bars: Sequence[Bar]) -> Sequence[Bar]:
    """The first bar and those of equal standing: neither adjusted otherwise nor outranked."""
    first = bars[0].series
    return [bar for bar in bars if (bar.series.adjustment, bar.series.rank) == (first.adjustment, first.rank)]
