"""One continuous history out of several strands, for records, streaks and windows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from extractor.domain.bars import Closes
from extractor.domain.market import Adjustment, SeriesInfo
from extractor.verify.quoting import SplitTable, adjusted_until
from extractor.verify.strands import Strand

# Beyond such a hole two stretches are not one history: nothing says what the price did in between.
_HOLE = timedelta(days=120)
_REPORTING = timedelta(days=400)  # published figures may come once a year

Place = tuple[date, int, int]  # session, which strand, which of its rows


def places(strands: Sequence[Strand], field: str) -> list[Place]:
    """Each session's row in the best strand that has the field, by session."""
    with_field = [(number, strand) for number, strand in enumerate(strands) if field in strand.rows.columns]
    best: dict[date, Place] = {}
    for number, strand in with_field:
        column = strand.rows.columns[field]
        partial = field != "close"
        for row, session in enumerate(strand.rows.sessions):
            if session in best or (partial and column[row] is None):
                continue
            best[session] = (session, number, row)
    return [best[session] for session in sorted(best)]


def stretches(found: Sequence[Place], kind: str) -> list[Sequence[Place]]:
    """The rows apart at holes too long to see across."""
    longest = _REPORTING if kind == "indicator" else _HOLE
    cuts = [at for at in range(1, len(found)) if found[at][0] - found[at - 1][0] > longest]
    return [found[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(found)], strict=True)] if found else []


def closes(strands: Sequence[Strand], stretch: Sequence[Place], field: str, splits: SplitTable) -> Closes:
    """A stretch as columns, every price restated to the shares of its last day."""
    used = sorted({number for _, number, _ in stretch})
    first, last = stretch[0][0], stretch[-1][0]
    factors = {number: _Restated(strands[number], splits, last) for number in used}
    values: list[Decimal] = []
    for session, number, row in stretch:
        value = strands[number].rows.columns[field][row]
        if value is None:
            raise ValueError(f"{strands[number].info.id}: no {field} on {session}")
        values.append(factors[number].of(session, value))
    sessions = [session for session, _, _ in stretch]
    info = _joined([strands[number].info for number in used], strands[stretch[0][1]].info, first, last)
    holes = frozenset(
        day
        for number in used
        for day in strands[number].info.missing_sessions
        if first < day < last and not _covers(sessions, day)
    )
    return Closes(series=info, field=field, sessions=sessions, values=values, holes=holes)


def until(whole: Closes, as_of: date, splits: SplitTable) -> Closes | None:
    """What of a history was known on a day, on the footing of its last session then."""
    count = whole.until(as_of)
    if count == len(whole.sessions):
        return whole
    if count == 0:
        return None
    last = whole.sessions[count - 1]
    factor = splits.ratio(last, whole.series.last_on)
    values = whole.values[:count]
    return Closes(
        series=replace(whole.series, last_on=last),
        field=whole.field,
        sessions=whole.sessions[:count],
        values=values if factor == 1 else [value * factor for value in values],
        holes=frozenset(day for day in whole.holes if day < last),
    )


class _Restated:
    """Takes the splits out of a strand's prices, up to the footing."""

    def __init__(self, strand: Strand, splits: SplitTable, footing: date) -> None:
        self._adjusted = strand.info.adjustment is not Adjustment.NONE
        self._footing = footing
        self._until = adjusted_until(strand.info)
        self._splits = splits
        self._plain = not splits.splits

    def of(self, session: date, value: Decimal) -> Decimal:
        if self._plain:
            return value
        if self._adjusted:  # stands on the shares of the strand's own last day, whatever the session
            if self._until > self._footing:
                return value * self._splits.ratio(self._footing, self._until)
            return value / self._splits.ratio(self._until, self._footing)
        ratio = self._splits.ratio(session, self._footing)
        return value if ratio == 1 else value / ratio


def _joined(infos: Sequence[SeriesInfo], earliest: SeriesInfo, first: date, last: date) -> SeriesInfo:
    """What can be said of the whole: its sources together, its reach, the loosest of its adjustments."""
    if len(infos) == 1:
        return replace(infos[0], first_on=first, last_on=last)
    best = infos[0]
    order = [Adjustment.NONE, Adjustment.SPLIT, Adjustment.SPLIT_DIV]
    return replace(
        best,
        source="; ".join(dict.fromkeys(info.source for info in infos)),
        adjustment=max((info.adjustment for info in infos), key=order.index),
        first_on=first,
        last_on=last,
        fields=("close",),
        complete_since=earliest.complete_since,
        missing_sessions=frozenset(_all(info.missing_sessions for info in infos)),
        rank=max(info.rank for info in infos),
    )


def _all(groups: Iterable[Iterable[date]]) -> Iterable[date]:
    return (day for group in groups for day in group)


def _covers(sessions: Sequence[date], day: date) -> bool:
    place = bisect_left(sessions, day)
    return place < len(sessions) and sessions[place] == day
