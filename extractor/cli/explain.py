"""`tapecheck explain`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extractor.cli import options


@click.command("explain")
@click.argument("claim_id")
@click.option("--db", type=options.DATABASE, required=True, help="Database that holds the claim.")
@options.quiet_option
def command(claim_id: str, db: Path, quiet: bool) -> int:
    """Show how the verdict on one claim was reached.

    CLAIM_ID may be cut short as long as it fits one claim; - reads it from standard input. Prints the claim's words,
    its rule, the price rows, the arithmetic and the tolerance.

    \b
    Example:
      tapecheck explain 3f9a1c04 --db claims.db
    """
    from extractor.report.explanation import explain
    from extractor.store.repository import Repository

    options.Notes(quiet=quiet)
    if claim_id == "-":
        claim_id = sys.stdin.readline().strip()
    with Repository.open(db) as repository:
        claim = repository.claim(claim_id)
        article = repository.article(claim.article_id)
        verdict = repository.verdicts(article.id).get(claim.id)
        given = repository.verdicts(article.id, vantage="given").get(claim.id)
        now = repository.verdicts(article.id, vantage="now").get(claim.id)
    options.data_stream().write(explain(article, claim, verdict or given, now))
    return 0
