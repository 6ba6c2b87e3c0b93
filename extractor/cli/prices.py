"""`tapecheck prices`: the local price store."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli import options

_store_option = click.option(
    "--store", type=options.DATABASE, help="Price store; default: TAPECHECK_STORE, or one in the user's data folder."
)


@click.group("prices")
def command() -> None:
    """Fill the local price store, or list what it holds.

    \b
    Examples:
      tapecheck prices import prices/
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
