"""`tapecheck verify`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor import __version__
from extractor.cli import FOUND, options
from extractor.report.output import Format, open_output
from extractor.runs import Checked
from extractor.stages import Failure, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from extractor.domain.claim import Claim
    from extractor.domain.ports import Market, PriceSource
    from extractor.runs import Check
    from extractor.stages import Extraction

    Fetch = Callable[[Iterable[Claim]], None]


@click.command("verify")
@options.sources_argument
@click.option("--db", type=options.DATABASE, help="Check the claims of this database, and keep the verdicts in it.")
@options.price_options
@options.reading_options
@options.web_options
@click.option("--as-of", type=options.day, metavar="DATE", help="Use only what was known at the end of this day.")
@options.ratings_option("contradicted")
@options.format_option
@options.quiet_option
def command(
    sources: tuple[str, ...],
    db: Path | None,
    prices: tuple[Path, ...],
    names: tuple[str, ...],
    references: tuple[Path, ...],
    published: date | None,
    timezone: str | None,
    web: options.Web,
    as_of: date | None,
    fail_on: Sequence[str],
    form: Format,
    quiet: bool,
) -> int:
    """Check quoted figures and print the verdicts.

    Give articles (files, folders, addresses, - for standard input: HTML, text, Markdown, JSON, JSON Lines, mails, web
    archives, gzip of each, feeds, sitemaps), or a database with --db. Each verdict uses what could be known at the end
    of the article's own day; where more recent data says something else, that stands beside it. Below the tables stands
    each article's trust score, or that too few of its claims are checked for one (docs/trust.md), and figures that two
    articles claim differently. Exit code 4 says that a verdict was found which --fail-on names; it outranks 3, that
    some sources failed. The network is used only for the addresses that are given (docs/reading.md), and for prices
    where --source names a source of it; what is needed is then fetched first, and kept in a cache (docs/prices.md).

    \b
    Examples:
      tapecheck verify article.txt --prices prices/
      tapecheck verify --db claims.db --prices prices/ --format jsonl
      tapecheck verify article.txt --source yahoo --source fred
      tapecheck verify https://example.com/markets/close.html --prices prices/
      tapecheck verify articles/ --prices prices/ --fail-on contradicted,conflicting
    """
    from extractor import wiring

    sources = web.with_feeds(sources)
    if bool(sources) == bool(db):
        raise click.UsageError("Give either SOURCE... or --db.")
    notes = options.Notes(quiet=quiet)
    options.need_folders(references, "reference")
    options.need_folders(prices, "price")
    price_sources = wiring.price_sources(prices, names, references=references)
    tape = wiring.tape(price_sources, references=references)
    checker = wiring.checker()
    fetch = partial(_fetch, price_sources, notes) if any(map(wiring.is_live, names)) else None
    if db:
        outcomes = _of_database(db, tape, checker, as_of, fetch)
    else:
        extraction = wiring.extraction(
            references=references,
            published=published,
            timezone=timezone,
            allowed_hosts=web.hosts,
            most_pages=web.most,
        )
        outcomes = _of_sources(sources, extraction, tape, checker, as_of, fetch)
    ratings = _print(outcomes, form, notes, partial(_copies, db))
    notes.left_out(wiring.rejections(price_sources))
    notes.say(
        ", ".join(f"{number} {rating.replace('_', ' ')}" for rating, number in ratings.most_common()) or "no claims"
    )
    return FOUND if any(ratings[rating] for rating in fail_on) else notes.exit_code()


def _print(
    outcomes: Iterator[Checked | Failure],
    form: Format,
    notes: options.Notes,
    copies: Callable[[], Mapping[str, str]],
) -> Counter[str]:
    """Prints what was checked, says what failed, and counts the ratings."""
    ratings: Counter[str] = Counter()
    claims: list[Claim] = []
    output = open_output(form, options.data_stream(), verdicts=True)
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            notes.fail(outcome)
            continue
        notes.succeeded += 1
        for line in outcome.lines:
            output.write(line)
            if line.verdict:
                ratings[str(line.verdict.rating)] += 1
            if form == "table":
                claims.append(line.claim)
    if notes.succeeded:
        output.close()
        _print_conflicts(claims, copies() if claims else {})
    return ratings


def _print_conflicts(claims: Sequence[Claim], copies: Mapping[str, str]) -> None:
    from extractor.report.table import conflict_lines, console_for
    from extractor.verify.conflicts import conflicts

    found = conflicts(claims, copies=copies)
    if found:
        console_for(options.data_stream()).print("", conflict_lines(found), sep="\n")


def _copies(db: Path | None) -> Mapping[str, str]:
    """Which articles of a database are copies; articles that are not stored are held against nothing."""
    from extractor.store.repository import Repository

    if db is None:
        return {}
    with Repository.open(db) as repository:
        return repository.copies()


def _of_sources(
    sources: Sequence[str],
    extraction: Extraction,
    tape: Market,
    checker: Check,
    as_of: date | None,
    fetch: Fetch | None,
) -> Iterator[Checked | Failure]:
    from extractor.runs import check
    from extractor.stages import extract

    outcomes: Iterable[Reading | Failure] = extract(sources, extraction)
    if fetch is not None:  # one question a series, whatever the number of articles
        outcomes = list(outcomes)
        fetch(claim for outcome in outcomes if isinstance(outcome, Reading) for claim in outcome.claims)
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            yield outcome
        else:
            yield check(outcome.article, outcome.claims, tape, checker, as_of=as_of)


def _of_database(
    path: Path, tape: Market, checker: Check, as_of: date | None, fetch: Fetch | None
) -> Iterator[Checked | Failure]:
    from extractor.runs import verify_stored
    from extractor.store.repository import Repository

    with Repository.open(path, "write") as repository:
        if fetch is not None:
            fetch(repository.claims())
        yield from verify_stored(repository, tape, checker, version=__version__, as_of=as_of)


def _fetch(sources: Sequence[PriceSource], notes: options.Notes, claims: Iterable[Claim]) -> None:
    """What went wrong is said; the verdicts that miss it are not_enough_data."""
    from extractor import wiring

    for outcome in wiring.fetch_needed(sources, claims):
        if outcome.missing is not None and outcome.symbol:
            notes.say(f"not fetched: {options.one_line(str(outcome))}")
