"""Rows out of an answer, checked: what cannot be a price is left out and said by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractor.domain.bars import Column
from extractor.domain.market import Rejection

# Kinds whose price is above zero by nature. Oil settled at -37.63 dollars on 2020-04-20; yields go below zero.
_POSITIVE = frozenset({"equity", "etf", "index", "crypto", "currency"})
# A share trades at a hundredth of a cent or more; crypto assets at far less.
_LEAST = {kind: Decimal(least) for kind, least in (("equity", "0.0001"), ("etf", "0.0001"), ("index", "0.01"))}
# A close that is under a hundredth of those on both sides was never traded: portals fill holes with such values.
_SPIKE = Decimal("0.01")
FIELDS = ("open", "high", "low", "close", "volume")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """One row of an answer. number: its place there, from 1. values: by field; None for none, NaN for no number."""

    number: int
    session: date
    values: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Sound rows by session, one each, and those left out."""

    rows: tuple[RawRow, ...]
    rejections: tuple[Rejection, ...]
    rejected_on: frozenset[date]

    def columns(self) -> dict[str, Column]:
        """By field that any row has."""
        at_hand = [name for name in FIELDS if any(row.values.get(name) is not None for row in self.rows)]
        return {name: [row.values.get(name) for row in self.rows] for name in at_hand}


def check(rows: Sequence[RawRow], *, kind: str, series: str, address: str, days: tuple[date, date]) -> Checked:
    """A row without a sound close goes; another field that is unsound is only emptied.

    kind: of the instrument. days: the first and the last one of interest; what is left out of others is not said.
    """
    faults: dict[int, str] = {}
    sound: list[RawRow] = []
    for row in rows:
        reason = _fault(row, kind)
        if reason is None:
            sound.append(_emptied(row, kind))
        else:
            faults[row.number] = reason
    kept = _without_spikes(_by_session(sound, faults), kind, faults)
    sessions = {row.number: row.session for row in rows}
    here = {row.session for row in kept}
    return Checked(
        rows=tuple(kept),
        rejections=tuple(
            Rejection(file=address, row=number, series=series, reason=f"{sessions[number]}: {reason}")
            for number, reason in sorted(faults.items())
            if days[0] <= sessions[number] <= days[1]
        ),
        rejected_on=frozenset(sessions[number] for number in faults) - here,
    )


def _fault(row: RawRow, kind: str) -> str | None:
    close = row.values.get("close")
    if close is None:
        return "no close"
    if close.is_nan():
        return "close: not a number"
    if kind in _POSITIVE and close <= 0:
        return f"close: {close} is zero or negative, which this series cannot be"
    if kind in _LEAST and close < _LEAST[kind]:
        return f"close: {close} is next to zero"
    high, low = row.values.get("high"), row.values.get("low")
    if high is None or low is None or high.is_nan() or low.is_nan():
        return None
    if high < low:
        return "the high is below the low"
    return None


def _emptied(row: RawRow, kind: str) -> RawRow:
    """Without what is no price: old rows of an index have an open of zero where they have none."""
    values = {
        name: None if value is None or value.is_nan() or (value <= 0 and _must_be_positive(name, kind)) else value
        for name, value in row.values.items()
    }
    return RawRow(number=row.number, session=row.session, values=values)


def _must_be_positive(name: str, kind: str) -> bool:
    return name != "volume" and kind in _POSITIVE


def _by_session(rows: Sequence[RawRow], faults: dict[int, str]) -> list[RawRow]:
    """One row a session; of rows that say the same the first, of rows that differ none."""
    groups: dict[date, list[RawRow]] = {}
    for row in rows:
        groups.setdefault(row.session, []).append(row)
    kept: list[RawRow] = []
    for session in sorted(groups):
        first, *others = groups[session]
        if all(other.values == first.values for other in others):
            kept.append(first)
            others_reason = "the session stands here a second time"
        else:
            others = [first, *others]
            others_reason = f"the session stands here {len(others)} times, with different values"
        for other in others:
            faults[other.number] = others_reason
    return kept


def _without_spikes(rows: Sequence[RawRow], kind: str, faults: dict[int, str]) -> list[RawRow]:
    if kind not in _POSITIVE:
        return list(rows)
    closes = [row.values["close"] or Decimal(0) for row in rows]
    kept: list[RawRow] = []
    for place, row in enumerate(rows):
        beside = [closes[at] for at in (place - 1, place + 1) if 0 <= at < len(rows)]
        if beside and all(closes[place] < other * _SPIKE for other in beside):
            faults[row.number] = f"close: {closes[place]} is next to zero beside {beside[0]}"
        else:
            kept.append(row)
    return kept
