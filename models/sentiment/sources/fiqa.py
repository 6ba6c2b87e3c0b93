"""FiQA 2018, task 1: headlines and posts, each with a target and a score from -1 to 1. For measuring only.

The set itself has no classes. The score is cut as the FinGPT benchmark cuts it: below -0.1 negative, from -0.1 up to
0.1 neutral, from 0.1 positive.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from models.sentiment.lines import Line

BAND = 0.1


def label(score: float) -> str:
    """The class of a score from -1 to 1."""
    return "negative" if score < -BAND else "neutral" if score < BAND else "positive"


def read(folder: Path) -> list[Line]:
    rows: list[tuple[str, Any]] = []
    for part in ("train", "valid", "test"):
        rows += json.loads((folder / f"flame_{part}.json").read_text(encoding="utf-8")).items()
    return [
        Line(
            text=" ".join(row["sentence"].split()),
            target=info["target"],
            label=label(float(info["sentiment_score"])),
            source="fiqa",
            row=f"fiqa:{name}",
            targets=len(row["info"]),
        )
        for name, row in rows
        for info in row["info"]
    ]
