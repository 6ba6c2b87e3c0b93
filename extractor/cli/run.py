"""`tapecheck run`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from extractor import __version__
from extractor.cli import options
from extractor.runs import Counts, Failure


@click.command("run")
@options.sources_argument
@click.option("--db", type=options.DATABASE, required=True, help="Database to fill; made if it does not exist.")
@options.price_options
@options.reading_options
@options.web_options
@options.sentiment_option
@click.option("--no-sentiment", is_flag=True, help="Score no sentiment.")
@options.quiet_option
def command(
    sources: tuple[str, ...],
    db: Path,
    prices: tuple[Path, ...],
    names: tuple[str, ...],
    references: tuple[Path, ...],
    published: date | None,
    timezone: str | None,
    web: options.Web,
    model: str | None,
    no_sentiment: bool,
    quiet: bool,
) -> int:
    """Read, extract, store and verify a batch of articles.

    SOURCE is a file, a folder, an address, or - for standard input: HTML, text, Markdown, JSON, JSON Lines, mails
    (.eml), web archives (.warc), and gzip of each; a feed, a sitemap or a feeds.toml gives the pages it leads to. A
    file of many articles is read one by one. What is stored already and has not changed is not read again, so an
    interrupted run is simply started again. Verdicts are made where --prices or --source is given, and each sentence
    is scored toward each instrument it names. A run asks the network for nothing but the addresses it is given: fetch
    prices first, or verify afterwards with --source yahoo.

    \b
    Examples:
      tapecheck run articles/ --db claims.db --prices prices/
      tapecheck run new/*.html --db claims.db --no-sentiment
      tapecheck run dump.jsonl.gz crawl.warc.gz --db claims.db
      tapecheck run --feeds feeds.toml --db claims.db
    """
    from extractor import wiring
    from extractor.runs import run
    from extractor.store.repository import Repository

    sources = options.need_sources(web.with_feeds(sources))
    notes = options.Notes(quiet=quiet)
    options.need_folders(references, "reference")
    options.need_folders(prices, "price")
    live = next((name for name in names if wiring.is_live(name)), None)
    if live is not None:
        raise click.UsageError(f"run fetches no prices; afterwards: tapecheck verify --db {db} --source {live}")
    scorer = None if no_sentiment else wiring.sentiment_model(model)
    extraction = wiring.extraction(
        references=references,
        published=published,
        timezone=timezone,
        sentiment=scorer,
        allowed_hosts=web.hosts,
        most_pages=web.most,
    )
    price_sources = wiring.price_sources(prices, names, references=references) if prices or names else []
    tape = wiring.tape(price_sources, references=references) if price_sources else None
    arguments = {"sources": sources, "prices": prices, "source": names, "reference": references}
    with Repository.open(db, "create") as repository, _progress(sources, notes, quiet=quiet) as progress:
        counts = run(
            sources,
            repository,
            extraction,
            version=__version__,
            tape=tape,
            checker=wiring.checker() if tape else None,
            arguments=arguments,
            progress=progress,
        )
    notes.succeeded = counts.read
    notes.left_out(wiring.rejections(price_sources))
    notes.say(summary(counts))
    return notes.exit_code()


def summary(counts: Counts) -> str:
    """One line: "12 new, 0 updated, 3 unchanged, 1 failed; 214 claims; 96 sentences scored; 131 supported"."""
    parts = [
        f"{counts.new} new, {counts.updated} updated, {counts.unchanged} unchanged, {counts.failed} failed",
        f"{counts.claims} claims",
    ]
    if counts.scored:
        parts.append(f"{counts.scored} sentences scored")
    if counts.ratings:
        parts.append(", ".join(f"{number} {rating.replace('_', ' ')}" for rating, number in counts.ratings.items()))
    return "; ".join(parts)


@contextmanager
def _progress(
    sources: tuple[str, ...], notes: options.Notes, *, quiet: bool
) -> Iterator[Callable[[str | Failure], None]]:
    """A bar on a terminal. Failures are said as they happen, above the bar where there is one."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda event: notes.fail(event) if isinstance(event, Failure) else None
        return
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("articles", total=expected(sources))

        def step(event: str | Failure) -> None:
            if isinstance(event, Failure):
                notes.fail(event)
            bar.advance(task)

        yield step


def expected(sources: Sequence[str]) -> int | None:
    """How many articles and failures the sources will give; None where one of them may hold any number."""
    from extractor.ingest import Source, discover
    from extractor.ingest.forms import may_hold_many

    count = 0
    for found in discover(sources):
        if isinstance(found, Source) and may_hold_many(found.name):
            return None
        count += 1
    return count
