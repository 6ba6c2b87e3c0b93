"""Published figures and policy-rate decisions, as they were known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from extractor.domain.bars import BarTable
from extractor.domain.market import Bar, Missing, Print, RateDecision
from extractor.domain.ports import PriceSource
from extractor.verify.absent import failed, why_not


def known(sources: Sequence[PriceSource], indicator: str, reference: date, *, on: date | None) -> Print | Missing:
    """The newest release about a period on a day (None: of all)."""
    every = [one for source in sources for one in source.prints(indicator)]
    about = [one for one in every if _same_period(one.reference, reference)]
    if not about:
        told = why_not(sources, indicator)
        if told is not None and failed(told):
            return told
        latest = [info for source in sources for info in source.series(indicator)]
        if latest and not every:
            return Missing("no_vintage", f"{indicator} is at hand only as last revised ({latest[0].source})")
        if every:
            return Missing("no_vintage", f"no release of {indicator} for {reference:%Y-%m} is at hand")
        return told or Missing("no_series", f"no source at hand has {indicator}")
    out = [one for one in about if on is None or one.released_on <= on]
    if not out:
        first = min(one.released_on for one in about)
        return Missing("not_known_yet", f"{indicator} for {reference:%Y-%m} came out on {first}, later than {on}")
    return max(out, key=lambda one: (one.released_on, one.source, one.value))


def _same_period(published: date, asked: date) -> bool:
    """A monthly figure is filed under the first of its month, whatever day of it is asked for."""
    return published == asked or (published.day == 1 and published == asked.replace(day=1))


def decisions(sources: Sequence[PriceSource], rate: str, *, as_of: date | None) -> Sequence[RateDecision] | Missing:
    """Decisions by day, from tables where a source has them, else read off the daily range of the rate."""
    tabled = {(one.decided_on, one.low, one.high): one for source in sources for one in source.decisions(rate)}
    found = list(tabled.values()) or list(_read_off(sources, rate))
    if not found:
        told = why_not(sources, rate)
        return told or Missing("no_series", f"no source at hand has decisions on {rate}, nor its daily range")
    visible = [one for one in found if as_of is None or one.decided_on <= as_of]
    if not visible:
        return Missing("not_known_yet", f"no decision on {rate} was known on {as_of}")
    return sorted(visible, key=lambda one: (one.decided_on, one.effective_on))


def _read_off(sources: Sequence[PriceSource], rate: str) -> Iterable[RateDecision]:
    """Each change of the daily range. It takes effect the day after the decision."""
    upper, lower = _daily(sources, rate + ":UPPER"), _daily(sources, rate + ":LOWER")
    before: tuple[Decimal, Decimal] | None = None
    for day in sorted(upper.keys() & lower.keys()):
        now = (lower[day].close, upper[day].close)
        if before is not None and now != before:
            yield RateDecision(
                rate=rate,
                decided_on=day - timedelta(days=1),
                effective_on=day,
                low=now[0],
                high=now[1],
                source=upper[day].series.source,
                snapshot=upper[day].series.snapshot,
                derived=True,
            )
        before = now


def _daily(sources: Sequence[PriceSource], series: str) -> dict[date, Bar]:
    for source in sources:
        for info in source.series(series):
            return {bar.session: bar for bar in BarTable.of(info, source.bars(info, info.first_on, info.last_on))}
    return {}
