"""Starts datasette on one database of ours, for reading only."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from extractor.domain.errors import TapecheckError

# Generous for our queries, short enough that a careless one does not hold the page.
SETTINGS = {"sql_time_limit_ms": 3000, "facet_time_limit_ms": 500, "default_page_size": 50, "max_returned_rows": 2000}

_NEEDED = frozenset({"articles", "claims", "verdicts", "evidence", "instruments"})
_OTHER_PROGRAM = "is not a database of claims; `tapecheck run` makes one"


def serve(db: Path, options: Sequence[str] = ()) -> None:
    """Runs datasette until it is stopped. `options` are datasette's own, and outrank ours.

    Raises TapecheckError where the file is missing or not a database of claims, and what click raises where
    datasette does not know an option.
    """
    check(db)
    if "--reload" in options:
        raise TapecheckError("--reload restarts the command datasette itself, and so cannot be passed on")
    from datasette.cli import cli

    with tempfile.TemporaryDirectory(prefix="tapecheck-") as folder:
        described = Path(folder) / "metadata.json"  # the name of the file is the database's name there, so it varies
        described.write_text(json.dumps(metadata(db)), encoding="utf-8")
        cli.main(arguments(db, described, options), prog_name="tapecheck", standalone_mode=False)


def arguments(db: Path, described: Path, options: Sequence[str] = ()) -> list[str]:
    """The command line for datasette."""
    settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]
    file = ["--immutable", str(db)] if _nobody_writes(db) else [str(db)]  # without the flag datasette opens mode=ro
    looks = ["--static", f"tapecheck:{resources.files('extractor.browse').joinpath('static')}"]
    return ["serve", *file, "--metadata", str(described), *looks, *settings, *options]


def metadata(db: Path) -> dict[str, Any]:
    """What datasette shows of this database: descriptions, facets, orders and canned queries."""
    from datasette.utils import parse_metadata

    text = resources.files("extractor.browse").joinpath("metadata.yml").read_text("utf-8")
    described: dict[str, Any] = parse_metadata(text)
    described["databases"] = {Path(db).stem: described.pop("database")}
    return described


def check(db: Path) -> None:
    """Raises TapecheckError, in one line that names the file, where it is not a database of claims."""
    if not db.is_file():
        raise TapecheckError(f"{db}: no such database; `tapecheck run` makes one")
    if not os.access(db, os.R_OK):
        raise TapecheckError(f"{db}: cannot be read")
    try:
        connection = sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro{_immutable(db)}", uri=True)
        try:
            found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise TapecheckError(f"{db}: {_OTHER_PROGRAM} ({error})") from error
    if not found >= _NEEDED:
        raise TapecheckError(f"{db}: {_OTHER_PROGRAM}")


def _immutable(db: Path) -> str:
    return "&immutable=1" if _nobody_writes(db) else ""


def _nobody_writes(db: Path) -> bool:
    """A reader of a WAL database keeps an index beside it. Where it may not, no one else can write either, and the
    file can be read as it stands."""
    folder_writable = os.access(db.absolute().parent, os.W_OK)
    return not folder_writable and not db.with_name(db.name + "-wal").exists()
