"""How a series is written in the price store, both ways."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from extractor.domain.market import Adjustment, SeriesInfo

INFO_COLUMNS = (
    "instrument, source, adjustment, first_on, last_on, fields, complete_since, missing_sessions, vintage,"
    " retrieved_at, snapshot, decimals, rank"
)


def info_of(columns: Sequence[Any]) -> SeriesInfo:
    instrument, source, adjustment, first_on, last_on, fields, since, missing, vintage, retrieved, *rest = columns
    snapshot, decimals, rank = rest
    return SeriesInfo(
        id=instrument,
        source=source,
        adjustment=Adjustment(adjustment),
        first_on=day(first_on),
        last_on=day(last_on),
        fields=tuple(json.loads(fields)),
        complete_since=None if since is None else day(since),
        missing_sessions=frozenset(map(day, json.loads(missing))),
        vintage=vintage,
        retrieved_at=None if retrieved is None else datetime.fromisoformat(retrieved),
        snapshot=snapshot or None,
        decimals=decimals,
        rank=rank,
    )


def columns_of(info: SeriesInfo) -> tuple[Any, ...]:
    """The values of `INFO_COLUMNS`."""
    return (
        info.id,
        info.source,
        info.adjustment.value,
        info.first_on.isoformat(),
        info.last_on.isoformat(),
        json.dumps(info.fields),
        info.complete_since and info.complete_since.isoformat(),
        json.dumps(sorted(day.isoformat() for day in info.missing_sessions)),
        info.vintage,
        info.retrieved_at and info.retrieved_at.isoformat(),
        info.snapshot or "",
        info.decimals,
        info.rank,
    )


@lru_cache(maxsize=1 << 16)
def day(text: str) -> date:
    return date.fromisoformat(text)
