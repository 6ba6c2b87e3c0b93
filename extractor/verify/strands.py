"""All series at hand of one instrument, best first, and the joins between them.

A strand is one series of one source. A listing that moved to another exchange leaves two strands under two ids, which
are one history when one follows the other without a gap; a symbol that a new company took up years later is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.domain.bars import BarTable
from extractor.domain.instruments import fold, listed
from extractor.domain.market import Adjustment, SeriesInfo
from extractor.domain.ports import PriceSource

# A symbol unseen for longer than this may have become another company's. Price files do miss days, rarely two weeks.
_SAME_COMPANY = timedelta(days=14)

_ORDER = {Adjustment.NONE: 0, Adjustment.SPLIT: 1, Adjustment.SPLIT_DIV: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One series with its rows."""

    info: SeriesInfo
    rows: BarTable

    @property
    def order(self) -> tuple[object, ...]:
        """As quoted before adjusted, primary before aggregator, then by name: never by the order of folders."""
        info = self.info
        return (
            _ORDER[info.adjustment],
            info.rank,
            -info.last_on.toordinal(),
            info.source,
            info.id,
            info.snapshot or "",
            info.complete_since or date.max,  # the same rows, and one that vouches for their reach
            info.first_on,
            sorted(info.missing_sessions),
            repr((info.fields, info.vintage, info.retrieved_at, info.decimals)),
        )

    def touches(self, start: date, end: date) -> bool:
        """Whether the rows come within two weeks of a stretch of days."""
        return self.info.first_on <= end + _SAME_COMPANY and start <= self.info.last_on + _SAME_COMPANY


def gather(instrument: str, sources: Iterable[PriceSource]) -> list[Strand]:
    """Every strand of an instrument, best first: its own, and those of its listing on another US exchange."""
    sources = list(sources)
    own = [strand for source in sources for strand in _strands(source, instrument)]
    parts = listed(instrument)
    if parts is None or not parts.in_us:
        return sorted(own, key=lambda strand: strand.order)
    wanted = fold(instrument)
    names = {other for source in sources for other in source.same_symbol(instrument) if fold(other) != wanted}
    moved = [strand for source in sources for other in sorted(names) for strand in _strands(source, other)]
    return sorted(_one_company(own, moved), key=lambda strand: strand.order)


def _strands(source: PriceSource, instrument: str) -> Iterable[Strand]:
    for info in source.series(instrument):
        rows = BarTable.of(info, source.bars(info, info.first_on, info.last_on))
        if rows:
            yield Strand(info=info, rows=rows)


def _one_company(own: Sequence[Strand], moved: Sequence[Strand]) -> list[Strand]:
    """`own` and those others that follow on it in time; all the others where there is no own."""
    if not own:
        return list(moved)
    joined, left = list(own), list(moved)
    grown = True
    while grown:
        near = [strand for strand in left if any(strand.touches(one.info.first_on, one.info.last_on) for one in joined)]
        left = [strand for strand in left if strand not in near]
        joined += near
        grown = bool(near)
    return joined
