"""Published figures and policy-rate decisions, as they were known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from extractor.domain.market import Bar, Missing, Print, RateDecision
from extractor.domain.ports import PriceSource
from extractor.rules.sources import source_rank
from extractor.rules.statistics import series_of
from extractor.verify.absent import failed, why_not
from extractor.verify.strands import gather

SATURDAY = 5


def known(sources: Sequence[PriceSource], indicator: str, reference: date, *, on: date | None) -> Print | Missing:
    """The newest release about a period on a day (None: of all)."""
    out = _released(sources, indicator, reference, on)
    if isinstance(out, Missing):
        return out
    newest = max(one.released_on for one in out)
    return _undisputed([one for one in out if one.released_on == newest])


def first(sources: Sequence[PriceSource], indicator: str, reference: date, *, on: date | None) -> Print | Missing:
    """The first release about a period, if it was out on a day (None: whenever it came)."""
    out = _released(sources, indicator, reference, on)
    if isinstance(out, Missing):
        return out
    oldest = min(one.released_on for one in out)
    return _undisputed([one for one in out if one.released_on == oldest])


def _released(
    sources: Sequence[PriceSource], indicator: str, reference: date, on: date | None
) -> Sequence[Print] | Missing:
    """Every release about a period that was out on a day; never empty."""
    every = [one for source in sources for one in source.prints(indicator)]
    same = _same_week if series_of(indicator).every == "week" else _same_month
    about = [one for one in every if same(one.reference, reference)]
    if not about:
        return _no_release(sources, indicator, reference, any_period=bool(every))
    out = [one for one in about if on is None or one.released_on <= on]
    if out:
        return out
    came = min(one.released_on for one in about)
    return Missing("not_known_yet", f"{indicator} for {reference:%Y-%m} came out on {came}, later than {on}")


def _no_release(sources: Sequence[PriceSource], indicator: str, reference: date, *, any_period: bool) -> Missing:
    told = why_not(sources, indicator)
    if told is not None and failed(told):
        return told
    if any_period:
        return Missing("no_vintage", f"no release of {indicator} for {reference:%Y-%m} is at hand")
    latest = [info.source for source in sources for info in source.series(indicator)]
    if latest:
        return Missing("no_vintage", f"{indicator} is at hand only as last revised ({min(latest)})")
    return told or Missing("no_series", f"no source at hand has {indicator}")


def _undisputed(releases: Sequence[Print]) -> Print | Missing:
    """Of the releases of one day the one of the best source, unless its equals say otherwise (rule 13)."""
    first, *others = sorted(releases, key=lambda one: (source_rank(one.source), one.source, one.unit, one.value))
    for other in others:
        alike = (source_rank(other.source), other.unit) == (source_rank(first.source), first.unit)
        if alike and other.value != first.value:
            return Missing(
                "source_conflict",
                f"{first.indicator} for {first.reference:%Y-%m}: {first.value} by {first.source},"
                f" {other.value} by {other.source}",
            )
    return min((one for one in releases if _told_alike(one, first)), key=lambda one: one.snapshot or "")


def _told_alike(one: Print, other: Print) -> bool:
    return (one.source, one.unit, one.value) == (other.source, other.unit, other.value)


def _same_month(published: date, asked: date) -> bool:
    """A monthly figure is filed under the first of its month, whatever day of it is asked for."""
    return published == asked or (published.day == 1 and published == asked.replace(day=1))


def _same_week(published: date, asked: date) -> bool:
    """A weekly figure is filed under a day of its week, mostly the last, and that may be the first of a month."""
    return _saturday(published) == _saturday(asked)


def _saturday(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)


def decisions(sources: Sequence[PriceSource], rate: str, *, as_of: date | None) -> Sequence[RateDecision] | Missing:
    """Decisions by day, from tables where a source has them, else read off the daily range of the rate."""
    tabled = [one for source in sources for one in source.decisions(rate)]
    if not tabled:
        read_off = _read_off(sources, rate)
        if isinstance(read_off, Missing):
            return read_off
        tabled = read_off
    if not tabled:
        told = why_not(sources, rate)
        return told or Missing("no_series", f"no source at hand has decisions on {rate}, nor its daily range")
    visible = [one for one in tabled if as_of is None or one.decided_on <= as_of]
    if not visible:
        return Missing("not_known_yet", f"no decision on {rate} was known on {as_of}")
    return _one_a_day(visible)


def _one_a_day(found: Sequence[RateDecision]) -> Sequence[RateDecision] | Missing:
    """Each day's decision as the best source has it, unless its equals have another (rule 13)."""
    days: dict[date, RateDecision] = {}
    for one in sorted(found, key=_by_standing):
        first = days.setdefault(one.decided_on, one)
        differs = (one.low, one.high) != (first.low, first.high)
        if differs and source_rank(one.source) == source_rank(first.source):
            return Missing(
                "source_conflict",
                f"{one.rate} as decided on {one.decided_on}: {first.low}-{first.high} by {first.source},"
                f" {one.low}-{one.high} by {one.source}",
            )
    return [days[day] for day in sorted(days)]


def _by_standing(one: RateDecision) -> tuple[object, ...]:
    return source_rank(one.source), one.source, one.effective_on, one.low, one.high, one.snapshot or ""


def _read_off(sources: Sequence[PriceSource], rate: str) -> list[RateDecision] | Missing:
    """Each change of the daily range. It takes effect the day after the decision."""
    upper, lower = _daily(sources, rate + ":UPPER"), _daily(sources, rate + ":LOWER")
    for found in (upper, lower):
        if isinstance(found, Missing):
            return found
    assert not isinstance(upper, Missing)
    assert not isinstance(lower, Missing)
    changed: list[RateDecision] = []
    before: tuple[Decimal, Decimal] | None = None
    for day in sorted(upper.keys() & lower.keys()):
        now = (lower[day].close, upper[day].close)
        if before is not None and now != before:
            changed.append(
                RateDecision(
                    rate=rate,
                    decided_on=day - timedelta(days=1),
                    effective_on=day,
                    low=now[0],
                    high=now[1],
                    source=upper[day].series.source,
                    snapshot=upper[day].series.snapshot,
                    derived=True,
                )
            )
        before = now
    return changed


def _daily(sources: Sequence[PriceSource], series: str) -> dict[date, Bar] | Missing:
    """The rows of the best series there is; where one of equal standing has other values neither is believed."""
    strands = gather(series, sources)
    if not strands:
        return {}
    best = strands[0]
    rows = {bar.session: bar for bar in best.rows}
    for other in strands[1:]:
        if (other.info.adjustment, other.info.rank) != (best.info.adjustment, best.info.rank):
            continue
        for bar in other.rows:
            if bar.session in rows and bar.close != rows[bar.session].close:
                return Missing(
                    "source_conflict",
                    f"{series} on {bar.session}: {rows[bar.session].close} by {best.info.source},"
                    f" {bar.close} by {other.info.source}",
                )
    return rows
