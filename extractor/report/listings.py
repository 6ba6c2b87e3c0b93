"""What a reference folder holds: each listing file with its size, its day and where it came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.table import Table

from extractor.report.table import clean, console_for
from extractor.rules.reference_manifest import ListingEntry


def listing_record(entry: ListingEntry, listings: int) -> dict[str, object]:
    """The last four are null where the file was not fetched by `reference fetch`."""
    origin = entry.origin
    return {
        "path": entry.path,
        "format": entry.format,
        "listings": listings,
        "as_of": entry.as_of.isoformat() if entry.as_of else None,
        "source": entry.source,
        "address": origin.address if origin else None,
        "fetched_at": origin.fetched_at.isoformat() if origin else None,
        "sha256": origin.sha256 if origin else None,
        "size": origin.size if origin else None,
    }


def listing_table(files: Iterable[tuple[ListingEntry, int]], stream: TextIO) -> None:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("file", "format", "listings", "as of", "source", "fetched"):
        table.add_column(name, overflow="fold", justify="right" if name == "listings" else "left")
    for entry, listings in files:
        fetched = entry.origin.fetched_at.date().isoformat() if entry.origin else ""
        row = (entry.path, entry.format, f"{listings:,}", str(entry.as_of or ""), entry.source, fetched)
        table.add_row(*map(clean, row))
    console_for(stream).print(table)
