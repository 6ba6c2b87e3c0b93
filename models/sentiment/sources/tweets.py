"""Finance tweets, each labelled as a whole (MIT), in their official split."""

from __future__ import annotations

import csv
from pathlib import Path

from models.sentiment.lines import Line

_LABELS = {"0": "negative", "1": "positive", "2": "neutral"}


def read(folder: Path, part: str) -> list[Line]:
    """part: `train` or `valid`."""
    with (folder / f"sent_{part}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Line(
                text=" ".join(row["text"].split()),
                target=None,
                label=_LABELS[row["label"]],
                source="tweets",
                row=f"tweets-{part}:{number}",
            )
            for number, row in enumerate(csv.DictReader(file))
        ]
