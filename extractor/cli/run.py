"""`tapecheck run`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor import __version__
from extractor.cli import options
from extractor.runs import Counts
from extractor.stages import Failure

if TYPE_CHECKING:
    from extractor.domain.ports import Market, PriceSource
    from extractor.ingest.since import Since
    from extractor.runs import Check
    from extractor.stages import Extraction
    from extractor.store.repository import Repository


@click.command("run")
@options.sources_argument
@click.option("--db", type=options.DATABASE, required=True, help="Database to fill; made if it does not exist.")
@options.price_options
@options.reading_options
@options.web_options
@click.option(
    "--since",
    type=options.since,
    metavar="DATE|SPAN",
    help="Leave out what was published before that day, or before 36h, 2d, 1w ago; files not changed since stay shut.",
)
@options.sentiment_option
@click.option("--no-sentiment", is_flag=True, help="Score no sentiment.")
@click.option("--watch", is_flag=True, help="Go on, and read new and changed files as they come, until interrupted.")
@click.option(
    "--interval",
    type=click.FloatRange(min=0.1),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="How often --watch looks.",
)
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
    since: Since | None,
    model: str | None,
    no_sentiment: bool,
    watch: bool,
    interval: float,
    quiet: bool,
) -> int:
    """Read, extract, store and verify a batch of articles.

    SOURCE is a file, a folder, an address, or - for standard input: HTML, text, Markdown, JSON, JSON Lines, mails
    (.eml), web archives (.warc), and gzip of each; a file of many articles is read one by one, and a feed, a sitemap or
    a feeds.toml gives the pages it leads to. What is stored already and has not changed is not read again, so an
    interrupted run is simply started again. Verdicts are made where --prices or --source is given, and each sentence is
    scored toward each instrument it names. A run asks the network for nothing but the addresses it is given: fetch
    prices first, or verify afterwards with --source yahoo.

    An article that is a copy of a stored one (the same address, the same words, most of the words and figures) is
    stored all the same, and marked. --watch says one line for each batch; the first Ctrl-C or SIGTERM lets it finish
    the article at hand, and it ends with 0.

    \b
    Examples:
      tapecheck run articles/ --db claims.db --prices prices/
      tapecheck run new/*.html --db claims.db --no-sentiment
      tapecheck run dump.jsonl.gz crawl.warc.gz --db claims.db
      tapecheck run --feeds feeds.toml --db claims.db
      tapecheck run archive/ --db claims.db --since 2d
      tapecheck run --watch inbox/ --db claims.db --prices prices/
    """
    from extractor import wiring
    from extractor.store.repository import Repository

    sources = options.need_sources(web.with_feeds(sources))
    notes = options.Notes(quiet=quiet)
    options.need_folders(references, "reference")
    options.need_folders(prices, "price")
    if watch:
        _need_files(sources)
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
        since=since,
    )
    price_sources = wiring.price_sources(prices, names, references=references) if prices or names else []
    arguments = {"sources": sources, "prices": prices, "source": names, "reference": references}
    with Repository.open(db, "create") as repository:
        batches = Batches(
            repository=repository,
            extraction=extraction,
            tape=wiring.tape(price_sources, references=references) if price_sources else None,
            checker=wiring.checker() if price_sources else None,
            price_sources=price_sources,
            arguments=arguments,
            since=since,
            notes=notes,
        )
        if watch:
            _watch(sources, batches, interval)
            return 0
        with _progress(sources, notes, quiet=quiet) as progress:
            counts = batches.run(sources, progress)
    notes.succeeded = counts.read
    notes.say(batches.summary(counts))
    return notes.exit_code()


@dataclass(kw_only=True)
class Batches:
    """One batch after the other into one database, with the same settings."""

    repository: Repository
    extraction: Extraction
    tape: Market | None
    checker: Check | None
    price_sources: list[PriceSource]
    arguments: dict[str, Any]
    since: Since | None
    notes: options.Notes
    _said: int = 0

    def run(
        self,
        sources: tuple[str, ...],
        progress: Callable[[str | Failure], None],
        stopped: Callable[[], bool] = lambda: False,
    ) -> Counts:
        """Rows of price tables that this batch was the first to meet are said where they cannot be used."""
        from extractor import wiring
        from extractor.runs import run

        if self.since is not None:
            self.since.left_out = 0
        counts = run(
            sources,
            self.repository,
            self.extraction,
            version=__version__,
            tape=self.tape,
            checker=self.checker,
            arguments=self.arguments,
            progress=progress,
            stopped=stopped,
        )
        rejected = wiring.rejections(self.price_sources)
        self.notes.left_out(rejected[self._said :])
        self._said = len(rejected)
        return counts

    def summary(self, counts: Counts) -> str:
        return summary(counts, self.since.left_out if self.since else 0)


def summary(counts: Counts, older: int = 0) -> str:
    """One line: "9 new, 0 updated, 3 unchanged, 1 failed; 2 copies; 214 claims; 96 sentences scored; 131 supported"."""
    parts = [f"{counts.new} new, {counts.updated} updated, {counts.unchanged} unchanged, {counts.failed} failed"]
    if older:
        parts.append(f"{older} older left out")
    if counts.copies:
        parts.append("1 copy" if counts.copies == 1 else f"{counts.copies} copies")
    parts.append(f"{counts.claims} claims")
    if counts.scored:
        parts.append(f"{counts.scored} sentences scored")
    if counts.ratings:
        parts.append(", ".join(f"{number} {rating.replace('_', ' ')}" for rating, number in counts.ratings.items()))
    return "; ".join(parts)


def _need_files(sources: tuple[str, ...]) -> None:
    """What is watched is there, and can be looked at again."""
    for source in sources:
        if source == "-" or "://" in source:
            raise click.UsageError(f"--watch looks at files and folders, not at {source}")
        if not Path(source).exists():
            raise click.UsageError(f"--watch: {source}: no such file or folder")


def _watch(sources: tuple[str, ...], batches: Batches, interval: float) -> None:
    """Looks, reads what has settled, and says so, until it is told to stop."""
    from extractor.ingest.watching import SETTLED, Watcher

    notes = batches.notes

    def progress(event: str | Failure) -> None:
        if isinstance(event, Failure):
            notes.fail(event)

    watcher = Watcher(names=sources)
    with _stopping(notes) as stop:
        while not stop():
            ready, failures = watcher.look()
            for each in failures:
                notes.fail(each.error)
            if ready:
                counts = batches.run(tuple(map(str, ready)), progress, stop)
                notes.say(batches.summary(counts))
            stop.wait(min(interval, SETTLED) if watcher.waiting else interval)


class Stop:
    """Whether to stop; set by a signal."""

    def __init__(self) -> None:
        from threading import Event

        self._event = Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        self._event.set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)


@contextmanager
def _stopping(notes: options.Notes) -> Iterator[Stop]:
    """The first SIGINT or SIGTERM sets what is yielded, a second one ends the program as ever."""
    import signal

    stop = Stop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def handle(number: int, frame: object) -> None:
        stop.set()
        for each, handler in before.items():
            signal.signal(each, handler)

    for number in before:
        signal.signal(number, handle)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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
        if isinstance(found, Source) and (found.address is not None or may_hold_many(found.name)):
            return None
        count += 1
    return count
