"""FinEntity: paragraphs of wire news with the places of their entities and the sentiment toward each (ODC-BY)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractor.annotate.sentences import boundaries
from models.sentiment.lines import Line

_LONG = 60  # words, from which a paragraph is cut to the sentence with the entity


def read(folder: Path) -> list[Line]:
    paragraphs = json.loads((folder / "FinEntity.json").read_text(encoding="utf-8"))
    numbers: dict[str, int] = {}
    for paragraph in paragraphs:  # a few paragraphs stand twice
        numbers.setdefault(paragraph["content"], len(numbers))
    return [
        line
        for paragraph in paragraphs
        for line in _lines(paragraph["content"], paragraph["annotations"], f"finentity:{numbers[paragraph['content']]}")
    ]


def _lines(content: str, annotations: list[dict[str, Any]], row: str) -> list[Line]:
    found = []
    for annotation in annotations:
        place = _place(content, annotation)
        if place is None:
            continue
        text, start = _cut(content, *place)
        end = start + place[1] - place[0]
        found.append(
            Line(
                text=text,
                target=text[start:end],
                start=start,
                end=end,
                label=annotation["tag"].lower(),
                source="finentity",
                row=row,
                targets=len(annotations),
            )
        )
    return found


def _place(content: str, annotation: dict[str, Any]) -> tuple[int, int] | None:
    """Where the entity stands; some places are a few characters off, and then it is the nearest one that reads so."""
    start, value = annotation["start"], annotation["value"].strip()
    starts = [at for at in range(len(content)) if content.startswith(value, at)]
    if not starts or not value:
        return None
    nearest = min(starts, key=lambda at: abs(at - start))
    return nearest, nearest + len(value)


def _cut(content: str, start: int, end: int) -> tuple[str, int]:
    """The paragraph, or where it is long the sentence with the place, and where the place begins in it."""
    first, last = 0, len(content)
    if len(content.split()) > _LONG:
        edges = [*boundaries(content), len(content)]
        first = max(edge for edge in edges if edge <= start)
        last = min(edge for edge in edges if edge >= end)
    text = content[first:last]
    lead = len(text) - len(text.lstrip())
    return text.strip(), start - first - lead
