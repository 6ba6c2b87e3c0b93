"""Releases of a statistic out of ALFRED's real-time periods.

ALFRED says of each value from which day to which it was the one that was known. A print that is a change ("139,000 jobs
were added") is the difference of two levels known on the same day, never of a first print and a later revision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from extractor.domain.market import Print
from extractor.rules.price_symbols import PrintRule

_MONTH = timedelta(days=31)  # a change over a hole is the change of no month


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A value of one reference period, and the days over which it was the newest, both ends included."""

    reference: date
    value: Decimal
    from_on: date
    to_on: date


def prints_of(
    known: Sequence[Known], indicator: str, rule: PrintRule, *, source: str, snapshot: str
) -> tuple[Print, ...]:
    """By reference then day. A release that repeats the figure before it is none."""
    periods: dict[date, list[Known]] = {}
    for one in sorted(known, key=lambda one: (one.reference, one.from_on)):
        periods.setdefault(one.reference, []).append(one)
    references = sorted(periods)
    found: list[Print] = []
    for place, reference in enumerate(references):
        follows = place > 0 and reference - references[place - 1] <= _MONTH
        before = periods[references[place - 1]] if follows else []
        releases = _changes(periods[reference], before) if rule.change else _levels(periods[reference])
        last: Decimal | None = None
        for released_on, value in releases:
            if value == last:
                continue
            last = value
            found.append(
                Print(
                    indicator=indicator,
                    reference=reference,
                    value=value if rule.times == 1 else _plain(value * rule.times),
                    unit=rule.unit,
                    released_on=released_on,
                    source=source,
                    snapshot=snapshot,
                )
            )
    return tuple(found)


def _levels(period: Sequence[Known]) -> list[tuple[date, Decimal]]:
    return [(one.from_on, one.value) for one in period]


def _changes(period: Sequence[Known], before: Sequence[Known]) -> list[tuple[date, Decimal]]:
    """On each day that either level became known, their difference, where both were known then."""
    days = sorted({one.from_on for one in (*period, *before)})
    found: list[tuple[date, Decimal]] = []
    for day in days:
        level, earlier = _on(period, day), _on(before, day)
        if level is not None and earlier is not None:
            found.append((day, level - earlier))
    return found


def _on(period: Sequence[Known], day: date) -> Decimal | None:
    return next((one.value for one in period if one.from_on <= day <= one.to_on), None)


def _plain(value: Decimal) -> Decimal:
    """139000, not 139000.0 or 1.39E+5."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == value else value
