"""SEntFiN 1.0: headlines, each with its entities and the sentiment toward each (MIT)."""

from __future__ import annotations

import csv
import re
from itertools import product
from pathlib import Path

from models.sentiment.lines import LABELS, Line

# The column is a Python dict written without escapes, so that an apostrophe in a name ends nothing.
_DECISION = re.compile(r"'((?:[^']|'(?!: '|, '|\}))*)': '(\w+)'")

# Whoever turned "hold", "sell" and "buy" into labels did so inside the names too: "L&T Finance neutralings",
# "Frank Rusnegative Company".
_UNDONE = {"neutral": ("Hold", "hold"), "negative": ("sell", "Sell"), "positive": ("buy", "Buy")}


def read(folder: Path) -> list[Line]:
    with (folder / "SEntFiN.csv").open(encoding="utf-8", newline="") as file:
        return [line for row in csv.DictReader(file) for line in _lines(row)]


def _lines(row: dict[str, str]) -> list[Line]:
    text = row["Title"]
    decisions = _DECISION.findall(row["Decisions"])
    if not decisions:
        raise ValueError(f"SEntFiN row {row['S No.']}: no decision can be read")
    return [
        Line(
            text=text,
            target=_as_it_stands(name, text),
            label=LABELS[LABELS.index(label)],
            source="sentfin",
            row=f"sentfin:{row['S No.']}",
            targets=len(decisions),
        )
        for name, label in decisions
    ]


def _as_it_stands(name: str, text: str) -> str:
    for words in product(*(("", *_UNDONE[label]) for label in _UNDONE)):
        candidate = name
        for label, word in zip(_UNDONE, words, strict=True):
            candidate = candidate.replace(label, word) if word else candidate
        if candidate in text:
            return candidate
    raise ValueError(f"SEntFiN: {name!r} does not stand in {text!r}")
