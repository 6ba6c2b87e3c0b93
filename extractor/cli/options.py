"""Options and habits that commands share."""

from __future__ import annotations

import functools
import io
import logging
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from extractor.cli import ERROR, PARTIAL
from extractor.domain.errors import SourceError, TapecheckError
from extractor.domain.market import Rejection
from extractor.stages import Failure

if TYPE_CHECKING:
    from extractor.ingest.since import Since

Function = TypeVar("Function", bound=Callable[..., Any])


def day(value: str) -> date:
    """A day as 2025-12-18."""
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day like 2025-12-18") from None


def since(value: str) -> Since:
    """A day as 2025-12-18, or a span before now as 90m, 36h, 2d or 1w."""
    from extractor.ingest.since import Since

    try:
        return Since.parse(value, datetime.now().astimezone())
    except ValueError:
        raise click.BadParameter(f"{value!r} is neither a day like 2025-12-18 nor a span like 36h, 2d or 1w") from None


def zone(value: str) -> str:
    """A zone name of the tz database."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise click.BadParameter(f"{value!r} is not a time zone like America/New_York") from None
    return value


def need_sources(sources: tuple[str, ...]) -> tuple[str, ...]:
    """At least one; a list of feeds may be the only one, so click cannot ask for it."""
    if not sources:
        raise click.UsageError("Missing argument 'SOURCE...'; or give --feeds.")
    return sources


sources_argument = click.argument("sources", nargs=-1, metavar="[SOURCE]...")


def reading_options(function: Function) -> Function:
    """How articles are read: --reference, --published, --timezone."""
    for option in (
        click.option("--timezone", type=zone, metavar="ZONE", help='What the articles\' "today" is counted in.'),
        click.option(
            "--published", type=day, metavar="DATE", help="When they were published; outranks what the page says."
        ),
        click.option(
            "--reference", "references", type=FOLDER, multiple=True, help="Folder with a reference.toml; repeatable."
        ),
    ):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """What the user says of addresses. feeds: files that list them. hosts: allowed, each with its port."""

    feeds: tuple[str, ...]
    hosts: tuple[str, ...]
    most: int | None

    def with_feeds(self, sources: Sequence[str]) -> tuple[str, ...]:
        return (*sources, *self.feeds)


def web_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """How addresses are read: --feeds, --max-pages, --allow-host. The command gets them as one, `web`."""

    @functools.wraps(function)
    def collected(*args: Any, feeds: tuple[str, ...], hosts: tuple[str, ...], most: int | None, **kwargs: Any) -> Any:
        return function(*args, web=Web(feeds=feeds, hosts=hosts, most=most), **kwargs)

    for option in (
        click.option(
            "--allow-host",
            "hosts",
            multiple=True,
            metavar="HOST:PORT",
            help="Fetch from this host of a private network too; repeatable.",
        ),
        click.option(
            "--max-pages",
            "most",
            type=click.IntRange(min=1),
            metavar="N",
            help="Pages that one feed or sitemap gives. Default: 200.",
        ),
        click.option(
            "--feeds",
            type=click.Path(exists=True, dir_okay=False),
            callback=_feed_lists,
            multiple=True,
            metavar="FILE",
            help="A feeds.toml, a list of feeds (docs/reading.md); repeatable.",
        ),
    ):
        collected = option(collected)
    return collected


def _feed_lists(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The ending is what tells a list of feeds from an article."""
    other = next((path for path in value if not path.lower().endswith(".toml")), None)
    if other is not None:
        raise click.BadParameter(f"{other}: a list of feeds is a .toml file")
    return value


def price_options(function: Function) -> Function:
    """Where prices come from: --prices, --source."""
    for option in (
        click.option(
            "--source",
            "names",
            multiple=True,
            metavar="NAME",
            help="A price store, `store` or its path; or yahoo, tiingo, fred, cboe over the network; repeatable.",
        ),
        click.option("--prices", type=FOLDER, multiple=True, help="Folder with a prices.toml; repeatable."),
    ):
        function = option(function)
    return function


sentiment_option = click.option(
    "--sentiment-model",
    "model",
    metavar="PATH|NAME",
    help="A folder of weights, or any sequence classifier of transformers by path or hub name. Default: ours.",
)
_SHOWN = 20  # rejected rows
FOLDER = click.Path(path_type=Path)
DATABASE = click.Path(path_type=Path, dir_okay=False)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors on standard error.")
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="How to print.",
)


class Notes:
    """What a command says beside its data, on standard error, and the exit code that its failures amount to."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self.failed = 0
        self.succeeded = 0
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_OneLine("tapecheck: %(message)s"))
        logging.basicConfig(level=logging.ERROR if quiet else logging.WARNING, handlers=[handler], force=True)

    def say(self, message: str) -> None:
        if not self._quiet:
            click.echo(message, err=True)

    def fail(self, failure: Failure | SourceError) -> None:
        self.failed += 1
        click.echo(f"tapecheck: {one_line(str(failure))}", err=True)

    def left_out(self, rows: Sequence[Rejection]) -> None:
        """Rows of price tables that cannot be used; the first few of many."""
        for row in rows[:_SHOWN]:
            self.say(f"left out: {one_line(str(row))}")
        if len(rows) > _SHOWN:
            self.say(f"left out: {len(rows) - _SHOWN} rows more")

    def exit_code(self) -> int:
        """Some failed, or all did."""
        if not self.failed:
            return 0
        return PARTIAL if self.succeeded else ERROR


class _OneLine(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name in logging
        return one_line(super().formatMessage(record))


def one_line(text: str) -> str:
    """Nothing in a file's name or an error's words may break the line or drive the terminal.

    A line feed is shown as \\n, and what has no look of its own, as a mark that turns the direction, by its number.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _shown(char) for char in text)


def _shown(char: str) -> str:
    return " " if unicodedata.category(char) == "Zs" else char.encode("unicode_escape").decode("ascii")


def data_stream() -> TextIO:
    """Standard output as UTF-8 whatever the locale says: JSON has no other encoding."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
        stream.reconfigure(encoding="utf-8")
    return stream


def need_folders(folders: Iterable[Path], what: str) -> None:
    """Before any work is done: a folder that is not there is a mistake, not missing evidence."""
    for folder in folders:
        if not folder.is_dir():
            raise TapecheckError(f"{folder}: no such {what} folder")


def ratings_option(default: str) -> Callable[[Function], Function]:
    return click.option(
        "--fail-on",
        default=default,
        show_default=True,
        callback=_ratings,
        metavar="RATINGS",
        help="Exit with 4 if a verdict has one of these (comma-separated), or `none`.",
    )


def _ratings(ctx: click.Context, param: click.Parameter, value: str) -> Sequence[str]:
    from extractor.domain.verdict import Rating

    names = [name.strip() for name in value.split(",") if name.strip()]
    if names in ([], ["none"]):
        return ()
    unknown = sorted(set(names) - {str(rating) for rating in Rating})
    if unknown:
        raise click.BadParameter(f"no such rating: {unknown[0]}. Ratings are {', '.join(Rating)}, or none.")
    return tuple(names)
