"""Reads a CSV or Parquet file as columns, and takes nothing for what it is not.

CSV cells stay text: the tickers NA, TRUE, 1E5 and 007 are names, not numbers, and "4.50" has two decimals. Each row
keeps its place in the file, so that a fault can be named by it.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from extractor.domain.errors import PriceDataError

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """Columns by name as they stand in the file, each a chunked Arrow array of one length.

    rows: a row's line in a CSV file (the header is line 1), its number from 1 in a Parquet table.
    faults: rows that could not be split into cells, with the reason; they are not in the columns.
    """

    columns: dict[str, pa.ChunkedArray]
    rows: np.ndarray[Any, Any]
    faults: Sequence[tuple[int, str]] = ()

    def texts(self, name: str) -> list[str]:
        """A column as text; a cell without a value is empty."""
        return [text or "" for text in as_text(self.columns[name]).to_pylist()]


def is_parquet(path: Path) -> bool:
    return path.suffix.lower() in (".parquet", ".pq")


def column_names(path: Path) -> list[str]:
    """The columns of a file, without reading its rows."""
    if not path.is_file():
        raise PriceDataError(f"{path}: prices.toml names this file, but it is not there")
    if is_parquet(path):
        import pyarrow.parquet

        with _named(path):
            return list(pyarrow.parquet.read_schema(path).names)
    with _named(path), path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])


def read_table(path: Path, columns: Sequence[str]) -> RawTable:
    """The named columns of a file. Raises PriceDataError where it cannot be read or lacks one of them."""
    at_hand = column_names(path)
    for name in columns:
        if name not in at_hand:
            raise PriceDataError(
                f"{path}: prices.toml names the column {name!r}, but the file has {', '.join(at_hand)}"
            )
    return _read_parquet(path, columns) if is_parquet(path) else _read_csv(path, columns)


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any column as text; days and moments in ISO form, in their own zone."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        column = pc.local_timestamp(column)
    return column.cast(pa.string())


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column as small numbers: ``names[codes[row]]``; -1 where the cell has no value."""

    codes: np.ndarray[Any, Any]
    names: list[str]


def coded(column: pa.ChunkedArray) -> Coded:
    """A text column by its distinct values."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type):
        column = as_text(column).dictionary_encode()
    merged = column.unify_dictionaries().combine_chunks()
    if isinstance(merged, pa.ChunkedArray):  # an empty table has no chunk to combine
        merged = merged.chunk(0) if merged.num_chunks else pa.array([], pa.string()).dictionary_encode()
    codes = pc.fill_null(merged.indices.cast(pa.int32()), -1).to_numpy(zero_copy_only=False)
    return Coded(codes, [name or "" for name in merged.dictionary.cast(pa.string()).to_pylist()])


def _read_parquet(path: Path, columns: Sequence[str]) -> RawTable:
    import pyarrow.parquet

    with _named(path):
        file = pyarrow.parquet.ParquetFile(path)
        texts = [name for name in columns if _is_text(file.schema_arrow.field(name).type)]
        file.close()
        table = pyarrow.parquet.read_table(path, columns=list(columns), read_dictionary=texts, partitioning=None)
    return RawTable(
        columns={name: table.column(name) for name in columns},
        rows=np.arange(1, table.num_rows + 1, dtype=np.int32),
    )


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _read_csv(path: Path, columns: Sequence[str]) -> RawTable:
    """Streams a CSV file into Arrow text columns: cells of Python's own would take five times the memory."""
    import pyarrow as pa

    chunks: dict[str, list[pa.Array]] = {name: [] for name in columns}
    rows: list[int] = []
    faults: list[tuple[int, str]] = []
    with _named(path), path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        places = [header.index(name) for name in columns]
        for block in _blocks(reader, len(header), rows, faults):
            for name, place in zip(columns, places, strict=True):
                chunks[name].append(pa.array([cells[place] for cells in block], pa.string()))
    return RawTable(
        columns={name: pa.chunked_array(parts, pa.string()) for name, parts in chunks.items()},
        rows=np.asarray(rows, dtype=np.int32),
        faults=faults,
    )


def _blocks(reader: Any, width: int, rows: list[int], faults: list[tuple[int, str]]) -> Iterator[list[list[str]]]:
    """Whole rows in blocks; notes each one's line in `rows`, and in `faults` those with too many or too few cells."""
    block: list[list[str]] = []
    for cells in reader:
        if not cells:
            continue
        if len(cells) != width:
            faults.append((reader.line_num, f"has {len(cells)} cells, the header {width}"))
            continue
        block.append(cells)
        rows.append(reader.line_num)
        if len(block) == _CHUNK:
            yield block
            block = []
    if block:
        yield block


class _named:  # noqa: N801 - reads as a verb: `with _named(path):`
    """Turns whatever a reader raises over a file into an error that names it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None:
            return
        if isinstance(error, OSError) and error.strerror:
            raise PriceDataError(f"{self.path}: cannot be read: {error.strerror}") from error
        if isinstance(error, (OSError, ValueError, csv.Error)):  # ArrowInvalid and UnicodeDecodeError are ValueErrors
            what = "Parquet" if is_parquet(self.path) else "CSV"
            raise PriceDataError(f"{self.path}: not a readable {what} file: {str(error).splitlines()[0]}") from error


def snapshot(path: Path) -> str:
    """ "sha256:..." of a file's bytes, computed once as long as the file does not change."""
    state = os.stat(path)
    return _digest(path, state.st_size, state.st_mtime_ns)


@cache
def _digest(path: Path, size: int, mtime: int) -> str:
    del size, mtime  # part of the key alone
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
