"""What `LiveSource` needs from one source: what to ask it, and what its answers say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from extractor.adapters.live.answers import Answer, Request
from extractor.adapters.live.rows import Checked
from extractor.adapters.price_values import decimals_shown
from extractor.domain.bars import BarTable
from extractor.domain.market import Adjustment, Print, Rejection, SeriesInfo, Split
from extractor.rules.price_symbols import SourceRules, Symbol
from extractor.rules.sources import source_rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One series over some days, both ends included. today: by the clock of the one who asks, UTC.

    splits: of the instrument, as other sources list them.
    """

    symbol: Symbol
    first_on: date
    last_on: date
    today: date
    splits: tuple[Split, ...] = ()

    @property
    def days(self) -> tuple[date, date]:
        return self.first_on, self.last_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one answer says. table: rows as quoted, of all the days it has, None where it is about something else."""

    table: BarTable | None = None
    splits: tuple[Split, ...] = ()
    prints: tuple[Print, ...] = ()
    rejections: tuple[Rejection, ...] = ()


class Provider(Protocol):
    """One source. `read` raises UnusableError where an answer gives no series."""

    @property
    def rules(self) -> SourceRules: ...

    def requests(self, wanted: Wanted) -> Sequence[Request]: ...

    def read(self, wanted: Wanted, request: Request, answer: Answer) -> Reading: ...


def table_of(
    wanted: Wanted, rules: SourceRules, answer: Answer, checked: Checked, *, vintage: str | None = None
) -> BarTable | None:
    """The sound rows of an answer, as a series of the source; None where there is no row."""
    if not checked.rows:
        return None
    columns = checked.columns()
    sessions = [row.session for row in checked.rows]
    info = SeriesInfo(
        id=wanted.symbol.instrument,
        source=rules.source,
        adjustment=Adjustment.NONE,
        first_on=sessions[0],
        last_on=sessions[-1],
        fields=tuple(columns),
        missing_sessions=checked.rejected_on,
        vintage=vintage,
        retrieved_at=answer.retrieved_at,
        snapshot=answer.snapshot,
        decimals=decimals_shown(columns["close"]),
        rank=source_rank(rules.source),
    )
    return BarTable(info, sessions, columns)
