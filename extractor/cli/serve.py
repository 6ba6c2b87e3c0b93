"""`tapecheck serve`."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli import options


@click.command("serve", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@options.quiet_option
@click.argument("db", type=options.DATABASE)
@click.argument("datasette_options", nargs=-1, type=click.UNPROCESSED)
def command(db: Path, datasette_options: tuple[str, ...], quiet: bool) -> int:
    """Browse a database of claims with datasette.

    What follows the database is passed on to datasette.

    \b
    Examples:
      tapecheck serve claims.db
      tapecheck serve claims.db --port 8010 --open
    """
    from extractor.store.repository import Repository

    options.Notes(quiet=quiet)
    Repository.open(db).close()  # one clear line where it is not a database of ours
    from extractor import browse

    browse.serve(db, datasette_options)
    return 0
