"""`tapecheck extract`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from extractor.cli import options
from extractor.report.output import Format, open_output
from extractor.report.records import Line


@click.command("extract")
@options.sources_argument
@options.reading_options
@options.web_options
@options.format_option
@options.quiet_option
def command(
    sources: tuple[str, ...],
    references: tuple[Path, ...],
    published: date | None,
    timezone: str | None,
    web: options.Web,
    form: Format,
    quiet: bool,
) -> int:
    """Print the claims of articles.

    SOURCE is a file, a folder, an address, or - for standard input: HTML, text, Markdown, JSON, JSON Lines, mails
    (.eml), web archives (.warc), and gzip of each; a file of many articles is read one by one. A feed, a sitemap or a
    feeds.toml, by file or by address, gives the pages it leads to. Only the public network is asked, by robots.txt and
    one request a second (docs/reading.md). Claims go to standard output, one line each as JSONL.


    \b
    Examples:
      tapecheck extract article.txt
      tapecheck extract https://example.com/markets/rss.xml
      tapecheck extract articles/ --format jsonl > claims.jsonl
      pbpaste | tapecheck extract - --published 2025-12-18
      zcat dump.jsonl.gz | tapecheck extract - --format jsonl
    """
    from extractor import wiring
    from extractor.stages import Failure, extract

    sources = options.need_sources(web.with_feeds(sources))
    notes = options.Notes(quiet=quiet)
    options.need_folders(references, "reference")
    output = open_output(form, options.data_stream(), verdicts=False)
    claims = 0
    extraction = wiring.extraction(
        references=references,
        published=published,
        timezone=timezone,
        allowed_hosts=web.hosts,
        most_pages=web.most,
    )
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
