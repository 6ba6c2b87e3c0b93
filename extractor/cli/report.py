"""`tapecheck report`."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli import options


@click.command("report")
@click.option("--db", type=options.DATABASE, required=True, help="Database to report on.")
@click.option("-o", "--output", type=options.FOLDER, required=True, help="Folder for the pages; made if missing.")
@options.quiet_option
def command(db: Path, output: Path, quiet: bool) -> int:
    """Write annotated HTML pages of what a database holds.

    Each article is a page with its claims marked by their verdicts and the evidence beside them. The pages open
    from disk and load nothing from the network.

    \b
    Example:
      tapecheck report --db claims.db -o report/
    """
    from extractor.store.repository import Repository

    notes = options.Notes(quiet=quiet)
    with Repository.open(db) as repository:
        from extractor.report import pages

        pages.write(repository, output)
    notes.say(f"wrote {output / 'index.html'}")
    return 0
