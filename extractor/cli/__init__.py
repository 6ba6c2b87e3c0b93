"""The command `tapecheck`.

Only what `--help` and `--version` need is imported here. A command's module is imported when the command is
called: the group knows each by name and by its one line of help.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NoReturn

import click

from extractor import __version__
from extractor.domain.errors import TapecheckError

ERROR, USAGE, PARTIAL, FOUND = 1, 2, 3, 4  # the documented exit codes; 0 is fine
INTERRUPTED, PIPE_CLOSED = 130, 141  # what a shell reports for a program ended by SIGINT, SIGPIPE

# Command to module and line of help, in the order they are listed.
COMMANDS = {
    "extract": ("extractor.cli.extract", "Print the claims of articles."),
    "run": ("extractor.cli.run", "Read, extract, store and verify a batch of articles."),
    "verify": ("extractor.cli.verify", "Check quoted figures and print the verdicts."),
    "explain": ("extractor.cli.explain", "Show how the verdict on one claim was reached."),
    "report": ("extractor.cli.report", "Write annotated HTML pages of what a database holds."),
    "serve": ("extractor.cli.serve", "Browse a database of claims with datasette."),
    "sentiment": ("extractor.cli.sentiment", "Score sentences, each toward a target."),
    "prices": ("extractor.cli.prices", "Fill the local price store, or list what it holds."),
    "reference": ("extractor.cli.reference", "Fetch listing files into a reference folder, or list what one holds."),
    "eval": ("extractor.cli.eval", "Measure the extraction against gold claims."),
}

HELP = """Read market news, write down every checkable statement in it, and check the figures against the tape.

\b
  tapecheck extract article.txt
  tapecheck verify article.html --prices prices/
  tapecheck run articles/ --db claims.db --prices prices/

Exit codes: 0 fine, 1 error, 2 usage, 3 some sources failed (they are listed), 4 verify found what --fail-on names.

\b
Shell completion:
  bash  eval "$(_TAPECHECK_COMPLETE=bash_source tapecheck)"
  zsh   eval "$(_TAPECHECK_COMPLETE=zsh_source tapecheck)"
  fish  _TAPECHECK_COMPLETE=fish_source tapecheck | source
"""


class ReaderGoneError(Exception):
    """Whoever read our standard output has stopped. click would make it an error with code 1."""


@contextmanager
def _noticing_the_reader() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGoneError from error


class LazyGroup(click.Group):
    """Knows its commands without importing them, and turns what goes wrong into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"no such command: {args[0]}. Commands are {', '.join(COMMANDS)}.")
        return super().resolve_command(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _noticing_the_reader():  # --help and --version print from here
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _noticing_the_reader():
            return super().invoke(ctx)

    def main(self, *args: Any, standalone_mode: bool = True, **kwargs: Any) -> Any:
        start: Any = super().main
        if not standalone_mode:
            return start(*args, standalone_mode=False, **kwargs)
        kwargs["prog_name"] = kwargs.get("prog_name") or "tapecheck"
        try:
            code = start(*args, standalone_mode=False, **kwargs)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:  # Ctrl-C, as click passes it on
            _stop("interrupted", INTERRUPTED)
        except (BrokenPipeError, ReaderGoneError):
            # The reader has seen enough. Python would complain once more while flushing at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(PIPE_CLOSED)
        except TapecheckError as error:
            _stop(str(error), ERROR)
        sys.exit(code if isinstance(code, int) else 0)


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"tapecheck: {message}", err=True)
    sys.exit(code)


@click.group(cls=LazyGroup, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tapecheck")
def cli() -> None: ...


def main() -> None:
    cli()
