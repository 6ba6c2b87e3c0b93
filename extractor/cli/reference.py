"""`tapecheck reference`: the folder of listing files."""

from __future__ import annotations

import re
from pathlib import Path

import click

from extractor.cli import options

_DEFAULT = "TAPECHECK_REFERENCE, or one in the user's data folder"


def _names(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    from extractor.rules.listing_sources import listing_sources

    known = [source.name for source in listing_sources()]
    unknown = [name for name in value if name not in known]
    if unknown:
        raise click.BadParameter(f"no such listing file: {unknown[0]}. They are {', '.join(known)}.")
    return value


def _contact(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """It goes into a header of the request, so it must be an address and nothing more."""
    if value is not None and not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+", value):
        raise click.BadParameter(f"{value!r} is not an e-mail address")
    return value


@click.group("reference")
def command() -> None:
    """Fetch listing files into a reference folder, or list what one holds.

    \b
    Examples:
      tapecheck reference fetch --contact you@example.org
      tapecheck reference list
    """


@command.command("fetch")
@click.argument("names", nargs=-1, callback=_names, metavar="[NAME]...")
@click.option("--to", "folder", type=options.FOLDER, metavar="DIR", help=f"Reference folder; default: {_DEFAULT}.")
@click.option(
    "--contact",
    envvar="TAPECHECK_CONTACT",
    show_envvar=True,
    callback=_contact,
    metavar="EMAIL",
    help="Your address, told to the SEC and nobody else: it answers no program without one.",
)
@click.option("--from", "mirror", metavar="URL", help="An https address of a folder that mirrors the files.")
@options.quiet_option
def fetch(names: tuple[str, ...], folder: Path | None, contact: str | None, mirror: str | None, quiet: bool) -> int:
    """Fetch listing files into a reference folder.

    NAME is sec (the SEC's company list), nasdaqlisted or otherlisted (Nasdaq Trader's symbol directories); all three
    where none is given. A file that has not changed is not fetched again; one that cannot be read replaces nothing.

    \b
    Examples:
      tapecheck reference fetch --contact you@example.org --to reference/
      tapecheck reference fetch nasdaqlisted otherlisted
      tapecheck extract article.txt --reference reference/
    """
    from extractor import wiring
    from extractor.domain.errors import SourceError

    notes = options.Notes(quiet=quiet)
    for outcome in wiring.fetch_reference(names, folder or wiring.default_reference(), contact=contact, mirror=mirror):
        if isinstance(outcome, SourceError):
            notes.fail(outcome)
        else:
            notes.succeeded += 1
            notes.say(str(outcome))
    return notes.exit_code()


@command.command("list")
@click.option("--reference", "folder", type=options.FOLDER, metavar="DIR", help=f"Default: {_DEFAULT}.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@options.quiet_option
def list_(folder: Path | None, form: str, quiet: bool) -> int:
    """List the files of a reference folder: what each holds, as of when, and where it came from.

    \b
    Examples:
      tapecheck reference list
      tapecheck reference list --reference reference/ --format jsonl
    """
    import json

    from extractor import wiring
    from extractor.report.listings import listing_record, listing_table

    options.Notes(quiet=quiet)
    found = wiring.reference_files(folder or wiring.default_reference())
    stream = options.data_stream()
    if form == "jsonl":
        stream.writelines(json.dumps(listing_record(entry, count)) + "\n" for entry, count in found)
    else:
        listing_table(found, stream)
    return 0
