"""Claims and verdicts for a terminal: one table an article, the figure beside what the tape shows, the scores last."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.domain.claim import Claim, Comparator, Direction, Modality, Period
from extractor.domain.conflict import Conflict
from extractor.domain.verdict import Rating, Verdict
from extractor.report.records import Line
from extractor.report.trust import Tally, count_words, score_words, tally

NARROW = 90  # columns; below it the ids and the days are left out
TINY = 60  # below it there are no columns, but a few lines for each claim
PIPED = 140  # what a table is set to where there is no terminal to measure

_STYLES = {
    Rating.SUPPORTED: "green",
    Rating.IMPRECISE: "yellow",
    Rating.CONFLICTING: "magenta",
    Rating.CONTRADICTED: "bold red",
    Rating.NOT_ENOUGH_DATA: "dim",
    Rating.NOT_CHECKABLE: "dim",
}
_SIGNS = {"percent": "%", "USD": " USD", "points": "", "percentage_points": " pp", "basis_points": " bp"}
_SHOWN = 3  # articles that put a figure in the same way
_ID_LENGTH = 8  # enough of an id for `explain`


class TableOutput:
    """Collects an article's lines and prints them together, so that columns fit what stands in them."""

    def __init__(self, stream: TextIO, *, verdicts: bool, width: int | None = None) -> None:
        self._console = console_for(stream, width)
        self._verdicts = verdicts
        self._lines: list[Line] = []
        self._tallies: list[tuple[str, Tally]] = []  # by article, in the order of the tables

    def write(self, line: Line) -> None:
        if self._lines and self._lines[-1].claim.article_id != line.claim.article_id:
            self._flush()
        self._lines.append(line)

    def close(self) -> None:
        self._flush()
        if self._tallies:
            self._console.print(trust_lines(self._tallies))

    def _flush(self) -> None:
        for _, group in groupby(self._lines, key=lambda line: line.claim.article_id):
            lines = list(group)
            first = lines[0].claim
            if self._verdicts:
                counts = tally((line.claim, line.verdict) for line in lines)
                self._tallies.append((first.article, counts))
            self._console.print(Text(f"{clean(first.article)}  {first.published or 'no date'}", style="bold"))
            if self._console.width < TINY:
                self._console.print(stacked(lines))
            else:
                show = verdict_table if self._verdicts else claim_table
                self._console.print(show(lines, self._console.width))
        self._lines = []


def console_for(stream: TextIO, width: int | None = None) -> Console:
    """Width from the terminal or COLUMNS; a pipe has neither and gets a wide one. NO_COLOR is rich's to heed."""
    console = Console(file=stream, width=width, highlight=False, emoji=False, markup=False)
    if width is None and not console.is_terminal and "COLUMNS" not in console._environ:
        console.width = PIPED
    return console


def claim_table(lines: Sequence[Line], width: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    wide = width >= NARROW
    if wide:
        table.add_column("id", no_wrap=True, style="dim")
    table.add_column("kind", no_wrap=True)
    table.add_column("subject", overflow="fold")
    table.add_column("metric", overflow="fold")
    table.add_column("quote", overflow="fold")
    table.add_column("value", justify="right", overflow="fold")
    if wide:
        table.add_column("day", no_wrap=True)
        table.add_column("modality", no_wrap=True)
    for line in lines:
        claim = line.claim
        cells = [claim.kind, claim.subject.id, claim.metric or "", claim.quote, stated_words(claim)]
        if wide:
            cells = [claim.id[:_ID_LENGTH], *cells, days(claim.date), _modality(claim)]
        table.add_row(*(clean(cell) for cell in cells))
    return table


def verdict_table(lines: Sequence[Line], width: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    wide = width >= NARROW
    if wide:
        table.add_column("id", no_wrap=True, style="dim")
    table.add_column("rating", no_wrap=True)
    table.add_column("subject", overflow="fold")
    table.add_column("quote", overflow="fold")
    table.add_column("tape", justify="right", overflow="fold")
    if wide:
        table.add_column("day", no_wrap=True)
    table.add_column("why", overflow="fold", ratio=1)
    for line in lines:
        claim, verdict = line.claim, line.verdict
        if verdict is None:
            continue
        rating = Text(verdict.rating, style=_STYLES[verdict.rating])
        cells: list[Text] = [clean(claim.subject.id), clean(claim.quote), clean(actual_words(claim, verdict))]
        if wide:
            table.add_row(clean(claim.id[:_ID_LENGTH]), rating, *cells, clean(days(claim.date)), clean(why(line)))
        else:
            table.add_row(rating, *cells, clean(why(line)))
    return table


def stacked(lines: Sequence[Line]) -> Text:
    """A claim in a few lines, for a terminal too narrow for columns."""
    text = Text(overflow="fold")
    for line in lines:
        claim, verdict = line.claim, line.verdict
        head = Text(verdict.rating, style=_STYLES[verdict.rating]) if verdict else Text(claim.kind)
        text.append("\n").append_text(head).append_text(clean(f" {claim.subject.id} {days(claim.date)}"))
        text.append("\n  ").append_text(clean(claim.quote))
        shown = f"tape {actual_words(claim, verdict)}" if verdict and verdict.actual is not None else ""
        text.append_text(clean(f"  {shown or stated_words(claim)}"))
        if verdict:
            text.append("\n  ").append_text(clean(why(line)))
        text.append("\n")
    return text


def trust_lines(tallies: Sequence[tuple[str, Tally]]) -> Text:
    """One line an article: its trust score, or why it has none, and the counts behind it."""
    text = Text(overflow="fold")
    text.append("Trust score, of what each article says in its own voice", style="bold")
    for article, counts in tallies:
        text.append("\n").append_text(clean(f"{article}  {score_words(counts)}; {count_words(counts)}"))
    return text


def conflict_lines(conflicts: Sequence[Conflict]) -> Text:
    """Figures that articles claim differently: for each what it is of, then each way it is put and by whom."""
    text = Text(overflow="fold")
    text.append("Articles that disagree", style="bold")
    for conflict in conflicts:
        text.append("\n").append_text(clean(figure_words(conflict)))
        for figure, group in groupby(conflict.claims, key=stated_words):
            claims = list(group)
            for claim in claims[:_SHOWN]:
                text.append("\n  ").append_text(clean(f"{figure}  {claim.article}: “{claim.sentence}”"))
            if len(claims) > _SHOWN:
                text.append(f"\n  {figure}  in {len(claims) - _SHOWN} more")
    return text


def figure_words(conflict: Conflict) -> str:
    """What the figures are of: "S&P 500 close, 2025-12-11"."""
    claim = conflict.claims[0]
    return f"{claim.subject.name} {(claim.metric or claim.kind).replace('_', ' ')}, {days(claim.date)}"


def why(line: Line) -> str:
    """The correction where there is one, else the explanation, else the bare reason; and what is known now."""
    verdict = line.verdict
    if verdict is None:
        return ""
    words = verdict.correction or verdict.explanation or verdict.reason
    if line.verdict_now is not None:
        words += f" (known now: {line.verdict_now.rating})"
    return words


def stated_words(claim: Claim) -> str:
    """The figure as it was understood: "> 2590.61", "-13%", "3.50..3.75%"."""
    if claim.value is None:
        return {Direction.UP: "up", Direction.DOWN: "down"}[claim.direction] if claim.direction else ""
    sign = {Direction.UP: "+", Direction.DOWN: "-"}[claim.direction] if claim.direction else ""
    high = "" if claim.value_high is None else f"..{grouped(claim.value_high)}"
    bound = "" if claim.comparator is Comparator.EQUAL else f"{claim.comparator} "
    return f"{bound}{sign}{grouped(claim.value)}{high}{_unit(claim.unit)}"


def actual_words(claim: Claim, verdict: Verdict) -> str:
    return "" if verdict.actual is None else f"{grouped(verdict.actual)}{_unit(claim.unit)}"


def grouped(number: Decimal) -> str:
    """With thousands separators, and no more than four decimals of a quotient's many."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -4:
        number = round(number, 4)
    return f"{number:,f}"


def days(period: Period | None) -> str:
    if period is None:
        return ""
    return str(period.start) if period.is_day else f"{period.start}..{period.end}"


def clean(text: str) -> Text:
    """Text with whatever could drive a terminal, or turn the reading direction, made harmless."""
    kept = (" " if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char for char in text)
    return Text("".join(kept))


def _modality(claim: Claim) -> str:
    return claim.modality if claim.modality is not Modality.ASSERTED else ""


def _unit(unit: str | None) -> str:
    return "" if unit is None else _SIGNS.get(unit, f" {unit}")
