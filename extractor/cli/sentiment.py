"""`tapecheck sentiment`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

import click

from extractor.cli import options
from extractor.domain.errors import SourceError

if TYPE_CHECKING:
    from extractor.domain.ports import ScoresSentiment

_AT_ONCE = 1024  # lines read, scored and printed together


@click.command("sentiment")
@click.argument("source", type=click.File("r", encoding="utf-8"), metavar="FILE")
@options.sentiment_option
@options.quiet_option
def command(source: TextIO, model: str | None, quiet: bool) -> int:
    """Score sentences, each toward a target.

    FILE has one JSON object a line: `text` and, if any, `target`, as it stands in the text; - for standard input. The
    same comes out with `negative`, `neutral`, `positive`, `label` and `model`, in the same order. `windowed` is there
    where the text was longer than the model takes, `target_found` (false) where the target does not stand in the text.

    \b
    Examples:
      tapecheck sentiment sentences.jsonl > scored.jsonl
      echo '{"text": "Small caps jumped while Oracle sank.", "target": "Oracle"}' | tapecheck sentiment -
    """
    from extractor import wiring

    notes = options.Notes(quiet=quiet)
    scorer = wiring.sentiment_model(model)
    out = options.data_stream()
    lines = _read(source, notes)
    while part := list(islice(lines, _AT_ONCE)):
        for scored in _scored(part, scorer):
            out.write(json.dumps(scored, ensure_ascii=False) + "\n")
        notes.succeeded += len(part)
    notes.say(f"{notes.succeeded} sentences scored by {scorer.name} {scorer.version}")
    return notes.exit_code()


def _read(source: Iterable[str], notes: options.Notes) -> Iterator[dict[str, Any]]:
    name = getattr(source, "name", "-")
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            yield _checked(json.loads(line))
        except ValueError as error:
            notes.fail(SourceError(f"{name}:{number}", str(error)))


def _checked(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict) or not isinstance(told.get("text"), str) or not told["text"].strip():
        raise ValueError("not an object with a `text`")
    if not isinstance(told.get("target"), str | None):
        raise ValueError("its `target` is not a string")
    return told


def _scored(lines: list[dict[str, Any]], scorer: ScoresSentiment) -> Iterator[dict[str, Any]]:
    answers = scorer.scores([(line["text"], line.get("target")) for line in lines])
    for line, answer in zip(lines, answers, strict=True):
        scored = {
            **line,
            "negative": round(answer.negative, 4),
            "neutral": round(answer.neutral, 4),
            "positive": round(answer.positive, 4),
            "label": answer.label,
            "model": f"{scorer.name} {scorer.version}",
        }
        if answer.windowed:
            scored["windowed"] = True
        if not answer.target_found:
            scored["target_found"] = False
        yield scored
