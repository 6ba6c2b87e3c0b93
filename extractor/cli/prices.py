"""`tapecheck prices`: the local price store."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli import options
from extractor.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.adapters.live.source import Fetched
    from extractor.domain.market import Need

_store_option = click.option(
    "--store", type=options.DATABASE, help="Price store; default: TAPECHECK_STORE, or one in the user's data folder."
)


@click.group("prices")
def command() -> None:
    """Fill the local price store, or list what it holds.

    \b
    Examples:
      tapecheck prices import prices/
      tapecheck prices fetch --source yahoo --from 2025-01-01 index:SPX
      tapecheck prices list
    """


@command.command("import")
@click.argument("folders", nargs=-1, required=True, type=options.FOLDER, metavar="DIR...")
@_store_option
@options.quiet_option
def import_(folders: tuple[Path, ...], store: Path | None, quiet: bool) -> int:
    """Copy the series of price folders into the store.

    \b
    Example:
      tapecheck prices import prices/ --store prices.db
    """
    from extractor import wiring

    notes = options.Notes(quiet=quiet)
    options.need_folders(folders, "price")
    for folder in folders:
        summary = wiring.import_prices(folder, store or wiring.default_store())
        notes.say(str(summary))
        notes.left_out(summary.rejections)
    return 0


def _live(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    from extractor.rules.price_symbols import source_rules

    unknown = [name for name in value if name.partition("=")[0] not in source_rules()]
    if unknown:
        raise click.BadParameter(f"no such source: {unknown[0]}. They are {', '.join(source_rules())}.")
    return value


@command.command("fetch")
@click.argument("instruments", nargs=-1, metavar="[ID]...")
@click.option(
    "--source",
    "names",
    multiple=True,
    required=True,
    callback=_live,
    metavar="NAME[=URL]",
    help="yahoo, tiingo, fred or cboe; URL: of a server that answers as the source does; repeatable.",
)
@click.option("--from", "first_on", type=options.day, metavar="DATE", help="The first day that is wanted.")
@click.option("--to", "last_on", type=options.day, metavar="DATE", help="The last one; default: yesterday.")
@click.option("--db", type=options.DATABASE, help="Fetch what the claims of this database wait for.")
@click.option("--refresh", is_flag=True, help="Ask again for what is in the cache.")
@_store_option
@options.quiet_option
def fetch(
    instruments: tuple[str, ...],
    names: tuple[str, ...],
    first_on: date | None,
    last_on: date | None,
    db: Path | None,
    refresh: bool,
    store: Path | None,
    quiet: bool,
) -> int:
    """Fetch series over the network into the store.

    ID is an instrument as claims name it. Each answer is kept as it came, and a stretch of days that is over is asked
    for once. Prices are stored as they were quoted on their day. tiingo needs a token in TIINGO_TOKEN; fred gives
    releases as they were published with a key in FRED_API_KEY, and the last revision without one. Whether you may use
    a source is between you and its keeper. Exit codes: 0 all came, 3 some failed, 1 all failed.

    \b
    Examples:
      tapecheck prices fetch --source yahoo --from 2025-01-01 index:SPX equity:XNAS:NVDA
      tapecheck prices fetch --source cboe --from 1990-01-02 --to 2025-12-31 index:VIX
      tapecheck prices fetch --source fred --source yahoo --db claims.db
    """
    from extractor import wiring
    from extractor.adapters.price_import import ImportSummary

    notes = options.Notes(quiet=quiet)
    wanted = _wanted(instruments, db, first_on, last_on)
    nowhere = _nowhere(names, wanted)
    for name, outcome in wiring.fetch_prices(names, wanted, store or wiring.default_store(), refresh=refresh):
        if isinstance(outcome, ImportSummary):
            notes.say(str(outcome))
            notes.left_out(outcome.rejections)
        elif outcome.symbol:
            _note(notes, name, outcome)
    if db and nowhere:
        notes.say(f"not from {', '.join(names)}: {', '.join(nowhere)}")
    elif nowhere:
        for one in nowhere:
            notes.fail(SourceError(one, f"not from {', '.join(names)}"))
    return notes.exit_code()


def _wanted(instruments: Sequence[str], db: Path | None, first_on: date | None, last_on: date | None) -> Sequence[Need]:
    """The ids over the days that were named, or what a database waits for."""
    from extractor import wiring
    from extractor.domain.market import Need

    if bool(instruments) == bool(db):
        raise click.UsageError("Give either ID... or --db.")
    if db and (first_on or last_on):
        raise click.UsageError("--db says itself which days are wanted; leave out --from and --to.")
    if db:
        return wiring.stored_needs(db)
    if first_on is None:
        raise click.UsageError("Say with --from which day comes first.")
    last_on = last_on or date.max
    if last_on < first_on:
        raise click.UsageError(f"--to {last_on} is before --from {first_on}.")
    return [Need(instrument=one, first_on=first_on, last_on=last_on) for one in dict.fromkeys(instruments)]


def _nowhere(names: Sequence[str], wanted: Sequence[Need]) -> list[str]:
    """Instruments that none of the sources has."""
    from extractor.rules.price_symbols import source_rules

    rules = [source_rules()[name.partition("=")[0]] for name in names]
    return [
        need.instrument
        for need in wanted
        if not any(one.symbol(part) for one in rules for part in one.made_of(need.instrument))
    ]


def _note(notes: options.Notes, name: str, outcome: Fetched) -> None:
    if outcome.missing is not None:
        notes.fail(SourceError(name, str(outcome)))
    if outcome.rows or outcome.prints:
        notes.succeeded += 1
    if outcome.missing is None:
        notes.say(f"{name}: {options.one_line(str(outcome))}")


@command.command("list")
@_store_option
@click.option("--prices", type=options.FOLDER, multiple=True, help="List a price folder instead; repeatable.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@options.quiet_option
def list_(store: Path | None, prices: tuple[Path, ...], form: str, quiet: bool) -> int:
    """List series with source, adjustment and reach.

    \b
    Examples:
      tapecheck prices list
      tapecheck prices list --prices prices/
    """
    import json

    from extractor import wiring
    from extractor.report.series import series_record, series_table

    options.Notes(quiet=quiet)
    options.need_folders(prices, "price")
    sources = wiring.price_sources(prices, () if prices else (str(store or wiring.default_store()),))
    found = [
        info for source in sources for instrument in sorted(source.instruments()) for info in source.series(instrument)
    ]
    stream = options.data_stream()
    if form == "jsonl":
        stream.writelines(json.dumps(series_record(info)) + "\n" for info in found)
    else:
        series_table(found, stream)
    return 0
