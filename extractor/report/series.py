"""What a price source holds: each series with its source, its adjustment and as of when it is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.table import Table

from extractor.domain.market import SeriesInfo
from extractor.report.table import clean, console_for


def series_record(info: SeriesInfo) -> dict[str, object]:
    return {
        "id": info.id,
        "source": info.source,
        "adjustment": str(info.adjustment),
        "first": info.first_on.isoformat(),
        "last": info.last_on.isoformat(),
        "fields": list(info.fields),
        "complete_since": info.complete_since.isoformat() if info.complete_since else None,
        "vintage": info.vintage,
        "retrieved_at": info.retrieved_at.isoformat() if info.retrieved_at else None,
        "snapshot": info.snapshot,
    }


def series_table(series: Iterable[SeriesInfo], stream: TextIO) -> None:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("id", "source", "adjustment", "first", "last", "fields", "as of"):
        table.add_column(name, overflow="fold")
    for info in series:
        as_of = info.retrieved_at.date().isoformat() if info.retrieved_at else (info.vintage or "")
        row = (info.id, info.source, str(info.adjustment), str(info.first_on), str(info.last_on), " ".join(info.fields))
        table.add_row(*(clean(cell) for cell in (*row, as_of)))
    console_for(stream).print(table)
