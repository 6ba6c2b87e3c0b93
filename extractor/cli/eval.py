"""`tapecheck eval`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from extractor.cli import ERROR, options

if TYPE_CHECKING:
    from extractor.domain.article import Article
    from extractor.domain.claim import Claim
    from extractor.domain.ports import Market
    from extractor.domain.verdict import Verdict
    from extractor.evaluate.run import Check as Judge
    from extractor.evaluate.run import Extract, Show

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("eval")
@click.option("--gold", type=_FOLDER, help="Folder of gold claims (*.jsonl), with --articles; default: the corpus.")
@click.option("--articles", type=_FOLDER, help="Folder of the articles the gold claims are about.")
@click.option("--prices", type=_FOLDER, help="Price folder the gold's ratings were made with.")
@click.option("--only", "names", multiple=True, metavar="ARTICLE", help="Only this article; repeatable.")
@click.option(
    "--show",
    type=click.Choice(["misses", "spurious", "changed", "verdicts"]),
    multiple=True,
    help="List them too; repeatable.",
)
@click.option("--baseline", type=click.Path(path_type=Path), help="Fail if a figure is below the one in this file.")
@click.option("--update-baseline", is_flag=True, help="Raise the baseline to the figures of this run.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@options.quiet_option
def command(
    gold: Path | None,
    articles: Path | None,
    prices: Path | None,
    names: tuple[str, ...],
    show: tuple[Show, ...],
    baseline: Path | None,
    update_baseline: bool,
    form: Literal["table", "json"],
    quiet: bool,
) -> int:
    """Measure the extraction against gold claims.

    Prints precision, recall and F1 by kind, on the corpus of a checkout or on --gold with --articles.

    \b
    Examples:
      tapecheck eval
      tapecheck eval --show misses --only closing_wrap
      tapecheck eval --baseline corpus/BASELINE.json
    """
    from extractor.evaluate.run import EvalRequest, run_eval

    notes = options.Notes(quiet=quiet)
    request = EvalRequest(
        checkout=_checkout(),
        gold=gold,
        articles=articles,
        prices=prices,
        names=names,
        show=show,
        baseline=baseline,
        update_baseline=update_baseline,
        format=form,
    )
    outcome = run_eval(request, *_stages())
    options.data_stream().write(outcome.text.rstrip("\n") + "\n")
    for figure in outcome.fallen:
        click.echo(f"tapecheck: below the baseline: {figure}", err=True)
    if not outcome.fallen and baseline:
        notes.say("no figure is below the baseline")
    return ERROR if outcome.fallen else 0


def _stages() -> tuple[Extract, Judge]:
    """Extraction and checking as the evaluation wants them: one article at a time, errors raised."""
    from extractor import wiring
    from extractor.domain.errors import TapecheckError
    from extractor.runs import check
    from extractor.stages import Failure, extract

    extraction = wiring.extraction()
    checker = wiring.checker()

    def read(path: Path) -> tuple[Article, Sequence[Claim]]:
        outcome = next(extract([str(path)], extraction))
        if isinstance(outcome, Failure):
            raise TapecheckError(str(outcome))
        return outcome.article, outcome.claims

    @cache
    def tape(prices: Path) -> Market:
        return wiring.tape(wiring.price_sources((prices,)))

    def judge(article: Article, claims: Sequence[Claim], prices: Path) -> Mapping[str, Verdict]:
        outcome = check(article, claims, tape(prices), checker)
        if isinstance(outcome, Failure):
            raise TapecheckError(str(outcome))
        return {line.claim.id: line.verdict for line in outcome.lines if line.verdict}

    return read, judge


def _checkout() -> Path:
    """The checkout one stands in, else the one this package runs from."""
    here = Path.cwd()
    return here if (here / "corpus" / "gold").is_dir() else Path(__file__).resolve().parents[2]
