"""Which price of the day a figure speaks of, and what it agrees with (rule 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractor.domain.claim import Basis, Claim
from extractor.domain.market import Adjustment, Bar, Missing
from extractor.domain.ports import Market
from extractor.rules.tolerances import tolerances
from extractor.verify.intervals import Interval
from extractor.verify.rounding import quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One field of one session as it was quoted, with the row it stands in."""

    name: str
    bar: Bar

    @property
    def value(self) -> Decimal:
        value = self.bar.value(self.name)
        if value is None:
            raise ValueError(f"{self.bar.series.id} has no {self.name} on {self.bar.session}")
        return value

    @property
    def interval(self) -> Interval:
        return quoted(self.bar, self.name)

    @property
    def certain(self) -> bool:
        """Whether it may contradict: dividend-adjusted or doubtful rows may only support (rule 7)."""
        return self.bar.certain and self.bar.series.adjustment is not Adjustment.SPLIT_DIV


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRange:
    """The day's low and high."""

    low: Price
    high: Price

    def holds(self, value: Decimal) -> bool:
        return self.low.interval.low <= value <= self.high.interval.high

    @property
    def certain(self) -> bool:
        return self.low.certain and self.high.certain


def price(market: Market, instrument: str, session: date, name: str) -> Price | Missing:
    """A field as quoted that day."""
    found = market.field(instrument, session, name)
    if isinstance(found, Missing):
        return found
    return Price(name=name, bar=found[1])


def day_range(market: Market, instrument: str, session: date) -> DayRange | Missing:
    low = price(market, instrument, session, "low")
    if isinstance(low, Missing):
        return low
    high = price(market, instrument, session, "high")
    if isinstance(high, Missing):
        return high
    if low.value > high.value:
        return Missing("no_field", "the source's low lies above its high")
    return DayRange(low=low, high=high)


def prices_between(
    market: Market, instrument: str, start: date, end: date, name: str = "close"
) -> tuple[Price, Price] | Missing:
    """The first session's close and a field of the last one, on one footing: as quoted where they can be."""
    pair = market.comparable(instrument, start, end, field=name)
    if not isinstance(pair, Missing) and pair[1].series.adjustment is not Adjustment.SPLIT_DIV:
        return Price(name="close", bar=pair[0]), Price(name=name, bar=pair[1])
    before, after = price(market, instrument, start, "close"), price(market, instrument, end, name)
    quoted_both = not isinstance(before, Missing) and not isinstance(after, Missing)
    if quoted_both and not isinstance(pair, Missing) and market.split_ratio(instrument, start, end) == 1:
        assert not isinstance(before, Missing)
        assert not isinstance(after, Missing)
        return before, after
    return pair if isinstance(pair, Missing) else (Price(name="close", bar=pair[0]), Price(name=name, bar=pair[1]))


def is_par_yield(bar: Bar) -> bool:
    """Whether the row is an official par yield, which is no market quote (rule 9)."""
    rules = tolerances().par_yields
    return bar.series.id.startswith(rules.subjects) and any(name in bar.series.source for name in rules.sources)


def says_regular_session(claim: Claim) -> bool:
    """Whether the words put an intraday figure into the regular session."""
    text = claim.sentence.casefold()
    return claim.basis is Basis.INTRADAY and any(word in text for word in tolerances().intraday.regular_session)


def is_extreme(claim: Claim) -> bool:
    """Whether a bound is meant as the day's extreme ("as much as 3 %")."""
    hedge = (claim.hedge or "").casefold()
    return any(word in hedge for word in tolerances().intraday.extreme_words)


def is_other_hour(claim: Claim) -> bool:
    """Whether the figure is of an hour that no daily row covers at all."""
    return claim.basis in (Basis.PREMARKET, Basis.AFTERHOURS)
