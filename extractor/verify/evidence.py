"""From a row to the evidence a verdict carries: the value as the source gives it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from extractor.domain.bars import Closes
from extractor.domain.market import Bar, ListingRecord, Print, RateDecision
from extractor.domain.verdict import Evidence


def plain(value: Decimal) -> str:
    """A decimal string without an exponent."""
    return format(value, "f")


def of_bar(bar: Bar, name: str = "close") -> Evidence:
    """One field of a row. Where a later split was undone, the value is the one quoted on the day."""
    value = bar.value(name)
    if value is None:
        raise ValueError(f"{bar.series.id} has no {name} on {bar.session}")
    return Evidence(
        series=bar.series.id,
        source=bar.series.source,
        session=bar.session,
        field=name,
        value=plain(value),
        adjustment=bar.series.adjustment,
        retrieved_at=bar.series.retrieved_at,
        snapshot=bar.series.snapshot,
    )


def of_closes(closes: Closes, index: int) -> Evidence:
    """One row of a whole history."""
    return Evidence(
        series=closes.series.id,
        source=closes.series.source,
        session=closes.sessions[index],
        field=closes.field,
        value=plain(closes.values[index]),
        adjustment=closes.series.adjustment,
        retrieved_at=closes.series.retrieved_at,
        snapshot=closes.series.snapshot,
    )


def of_decision(decision: RateDecision) -> Evidence:
    return Evidence(
        series=decision.rate,
        source=decision.source,
        session=decision.decided_on,
        field=f"target range, effective {decision.effective_on.isoformat()}",
        value=f"{plain(decision.low)}-{plain(decision.high)}",
        snapshot=decision.snapshot,
    )


def of_print(release: Print) -> Evidence:
    return Evidence(
        series=release.indicator,
        source=release.source,
        session=release.released_on,
        field=f"print for {release.reference:%Y-%m}",
        value=plain(release.value),
        snapshot=release.snapshot,
    )


def of_listing(record: ListingRecord, *, series: str, on: date) -> Evidence:
    """A listing's row as it was on a day; `series` is the instrument's id."""
    return Evidence(
        series=series, source=record.source, session=on, field="listing", value=f"{record.mic}:{record.symbol}"
    )
