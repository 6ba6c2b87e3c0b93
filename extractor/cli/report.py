"""`tapecheck report`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from extractor.cli import options


def _site(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    if not re.fullmatch(r"https?://[^\s\"'<>\\^`{|}?#]+", value, re.IGNORECASE):
        raise click.BadParameter(f"{value!r} is not an address like https://example.org/factcheck/")
    return value.rstrip("/") + "/"


@click.command("report")
@click.option("--db", type=options.DATABASE, required=True, help="Database to report on.")
@click.option("-o", "--output", type=options.FOLDER, required=True, help="Folder for the pages; made if missing.")
@click.option("--claimreview", is_flag=True, help="Add the verdicts as schema.org ClaimReview, in pages and files.")
@click.option("--site", metavar="URL", callback=_site, help="With --claimreview: where the folder will be published.")
@click.option("--reviewer", metavar="NAME", help="With --claimreview: the organization that answers for the reviews.")
@options.quiet_option
def command(db: Path, output: Path, claimreview: bool, site: str | None, reviewer: str | None, quiet: bool) -> int:
    """Write annotated HTML pages of what a database holds.

    Each article is a page with its claims marked by their verdicts and the evidence beside them; the index has trust
    scores, and figures that two articles claim differently. Pages open from disk and load nothing from the network.
    With --claimreview each page carries its verdicts in the form that search engines and fact-check aggregators read,
    and a .jsonld file beside it holds the same (docs/claimreview.md).

    \b
    Examples:
      tapecheck report --db claims.db -o report/
      tapecheck report --db claims.db -o report/ --claimreview --site https://example.org/checks/ --reviewer "Desk"
    """
    from extractor.store.repository import Repository

    if (site or reviewer) and not claimreview:
        raise click.UsageError("--site and --reviewer go with --claimreview.")
    notes = options.Notes(quiet=quiet)
    with Repository.open(db) as repository:
        from datetime import datetime

        from extractor.report import pages
        from extractor.report.claimreview import Imprint
        from extractor.verify.conflicts import conflicts

        today = datetime.now().astimezone().date()
        imprint = Imprint(reviewed_on=today, reviewer=reviewer or "tapecheck", site=site) if claimreview else None
        copies = repository.copies()
        disagreeing = conflicts(repository.claims(), copies=copies)
        pages.write(repository, output, conflicts=disagreeing, copies=copies, imprint=imprint)
    notes.say(f"wrote {output / 'index.html'}")
    return 0
