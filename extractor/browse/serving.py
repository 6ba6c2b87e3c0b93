"""Starts datasette with the project's metadata. The database is opened read-only, and queries have a time limit."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

# Milliseconds a query may take, and rows a page may hold: a reader's mistake must not hold up the others.
_SETTINGS = {"sql_time_limit_ms": "3000", "default_page_size": "50", "max_returned_rows": "2000"}


def metadata(name: str) -> dict[str, Any]:
    """The metadata for a database that datasette will know as `name`: the stem of its file."""
    import yaml

    text = resources.files("extractor.browse").joinpath("metadata.yml").read_text(encoding="utf-8")
    described: dict[str, Any] = yaml.safe_load(text)
    described["databases"] = {name: described.pop("database")}
    return described


def arguments(db: Path, metadata_file: Path, given: Sequence[str] = ()) -> list[str]:
    """The command line for datasette. What the user gave comes last, so that it wins."""
    settings = [word for name, value in _SETTINGS.items() for word in ("--setting", name, value)]
    return ["serve", str(db), "--metadata", str(metadata_file), *settings, *given]


def serve(db: Path, given: Sequence[str] = ()) -> None:
    """Runs datasette until it is stopped. `given`: further options of `datasette serve`, passed on as they are."""
    from datasette.cli import cli

    with _written(db.stem) as path:
        cli.main(args=arguments(db, path, given), prog_name="tapecheck serve", standalone_mode=False)


@contextmanager
def _written(name: str) -> Iterator[Path]:
    """The metadata in a file, since that is how datasette takes it; gone when the server has stopped."""
    import json

    with tempfile.TemporaryDirectory(prefix="tapecheck-") as folder:
        path = Path(folder) / "metadata.json"
        path.write_text(json.dumps(metadata(name)), encoding="utf-8")
        yield path
