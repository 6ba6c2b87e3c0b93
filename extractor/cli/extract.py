"""`tapecheck extract`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from extractor.cli import options
from extractor.report.output import Format, open_output
from extractor.report.records import Line


@click.command("extract")
@options.sources_argument(required=True)
@options.reading_options
@options.format_option
@options.quiet_option
def command(
    sources: tuple[str, ...],
    references: tuple[Path, ...],
    published: date | None,
    timezone: str | None,
    form: Format,
    quiet: bool,
) -> int:
    """Print the claims of articles.

    SOURCE is a file, a folder, or - for standard input: HTML, text, Markdown, JSON, JSON Lines, mails (.eml), web
    archives (.warc), and gzip of each (docs/reading.md). Claims go to standard output, one line each as JSONL.

    \b
    Examples:
      tapecheck extract article.txt
      tapecheck extract articles/ --format jsonl > claims.jsonl
      pbpaste | tapecheck extract - --published 2025-12-18
      zcat dump.jsonl.gz | tapecheck extract - --format jsonl
    """
    from extractor import wiring
    from extractor.runs import Failure, extract

    notes = options.Notes(quiet=quiet)
    options.need_folders(references, "reference")
    output = open_output(form, options.data_stream(), verdicts=False)
    claims = 0
    extraction = wiring.extraction(references=references, published=published, timezone=timezone)
    for outcome in extract(sources, extraction):
        if isinstance(outcome, Failure):
            notes.fail(outcome)
            continue
        notes.succeeded += 1
        claims += len(outcome.claims)
        for claim in outcome.claims:
            output.write(Line(claim=claim))
    if notes.succeeded:
        output.close()
    notes.say(f"{claims} claims in {notes.succeeded} articles")
    return notes.exit_code()
