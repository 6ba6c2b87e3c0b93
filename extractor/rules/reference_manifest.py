"""`reference.toml`: which listing files a reference folder holds, and where they came from."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from extractor.domain.errors import ReferenceDataError
from extractor.rules.listing_files import FORMATS

NAME = "reference.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a file was fetched, and what it takes to ask whether it has changed since.

    sha256: of the bytes as stored. size: their number. etag, last_modified: as the server sent them.
    """

    address: str
    fetched_at: datetime
    sha256: str
    size: int
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEntry:
    """One `[[listings]]` table. path: relative to the folder. origin: None where the file was not fetched by us."""

    path: str
    format: str
    source: str
    as_of: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    origin: Origin | None = None


def read_manifest(folder: Path) -> list[ListingEntry]:
    """The listings a folder's manifest describes, in its order. Raises ReferenceDataError naming the entry."""
    manifest = folder / NAME
    entries = parse_manifest(folder).get("listings", [])
    if not isinstance(entries, list):
        raise ReferenceDataError(f"{manifest}: `listings` must be tables, each under [[listings]]")
    return [_entry(f"{manifest}: listings entry {number}", entry) for number, entry in enumerate(entries, start=1)]


def parse_manifest(folder: Path) -> dict[str, Any]:
    """The manifest as TOML, whatever else stands in it."""
    manifest = folder / NAME
    try:
        return tomllib.loads(manifest.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise ReferenceDataError(f"{manifest}: not found; a reference folder is described by a {NAME}") from None
    except OSError as error:
        raise ReferenceDataError(f"{manifest}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReferenceDataError(f"{manifest}: {error}") from error


def _entry(where: str, entry: object) -> ListingEntry:
    if not isinstance(entry, dict):
        raise ReferenceDataError(f"{where}: not a table")
    for name in ("path", "format"):
        if not isinstance(entry.get(name), str):
            raise ReferenceDataError(f"{where}: `{name}` is missing")
    if entry["format"] not in FORMATS:
        raise ReferenceDataError(f"{where}: format {entry['format']!r} is not one of {', '.join(sorted(FORMATS))}")
    columns = entry.get("columns", {})
    if not isinstance(columns, dict) or not all(isinstance(column, str) for column in columns.values()):
        raise ReferenceDataError(f"{where}: `columns` must name columns")
    return ListingEntry(
        path=entry["path"],
        format=entry["format"],
        source=str(entry.get("source", Path(entry["path"]).name)),
        as_of=_day(where, entry.get("as_of")),
        columns=columns,
        origin=_origin(entry),
    )


def _day(where: str, given: object) -> date | None:
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError as error:
        raise ReferenceDataError(f"{where}: as_of {given!r} is not a day like 2026-08-22") from error


def _origin(entry: Mapping[str, Any]) -> Origin | None:
    """What `reference fetch` wrote, whole; anything less is somebody else's note."""
    wanted: dict[str, type] = {"address": str, "sha256": str, "size": int, "fetched_at": datetime}
    if not all(isinstance(entry.get(name), kind) for name, kind in wanted.items()):
        return None
    validators = {name: entry[name] for name in ("etag", "last_modified") if isinstance(entry.get(name), str)}
    return Origin(**{name: entry[name] for name in wanted}, **validators)


_HEAD = """\
# Written by `tapecheck reference fetch`, which writes it anew. Files of your own belong in another folder:
# --reference can be given more than once.
"""


def manifest_text(entries: Iterable[ListingEntry]) -> str:
    """The manifest of fetched files; `read_manifest` reads the same entries back."""
    return "\n".join([_HEAD, *map(_table, entries)])


def _table(entry: ListingEntry) -> str:
    values: dict[str, str | int | date | None] = {
        "path": entry.path, "format": entry.format, "as_of": entry.as_of and entry.as_of.isoformat(),
        "source": entry.source,
    }  # fmt: skip
    if entry.origin is not None:
        values |= {
            "address": entry.origin.address, "fetched_at": entry.origin.fetched_at, "sha256": entry.origin.sha256,
            "size": entry.origin.size, "etag": entry.origin.etag, "last_modified": entry.origin.last_modified,
        }  # fmt: skip
    lines = (f"{name} = {_value(value)}\n" for name, value in values.items() if value is not None)
    return "[[listings]]\n" + "".join(lines)


def _value(value: str | int | date) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, str):  # TOML quotes as JSON does, but for one more control character
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
