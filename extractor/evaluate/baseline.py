"""The floor under the figures: corpus/BASELINE.json. It rises when they do and is never lowered by a command."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from extractor.domain.errors import TapecheckError
from extractor.evaluate.scoring import DEPTHS, Scores

Figures = dict[str, float]

# Figures are kept to four decimals, so a fall below half of the last one is a fall.
_ROUNDING = 0.00005


def figures(scores: Scores) -> Figures:
    """What is held: F1 at each depth, the share of claims that are not spurious, the share of right verdicts."""
    held = {f"f1.{depth.name.lower()}": round(scores.total.f1(depth), 4) for depth in DEPTHS}
    held["not_spurious"] = round(1 - scores.total.spurious_rate, 4)
    if scores.verdicts.checked:
        held["verdicts"] = round(scores.verdicts.share, 4)
    return held


def load_baseline(path: Path) -> dict[str, dict[str, float]]:
    """Figures by set name, and under "lines" the depth of each gold line. Empty where there is no file yet."""
    if not path.is_file():
        return {}
    try:
        stored: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise TapecheckError(f"{path}: not a baseline: {error}") from error
    return stored


def fallen(before: Mapping[str, Mapping[str, float]], now: Mapping[str, Figures]) -> list[str]:
    """One line for each figure below its floor; sets that were not measured are left alone."""
    return [
        f"{name}: {key} fell from {floor:.4f} to {now[name].get(key, 0.0):.4f}"
        for name, floors in before.items()
        if name in now
        for key, floor in floors.items()
        if now[name].get(key, 0.0) < floor - _ROUNDING
    ]


def update(path: Path, now: Mapping[str, Figures], lines: Mapping[str, int]) -> None:
    """Write the higher figures. Raises TapecheckError, and writes nothing, if one would be lower."""
    before = load_baseline(path)
    lower = fallen({name: held for name, held in before.items() if name != "lines"}, now)
    if lower:
        raise TapecheckError(f"{path}: a baseline is never lowered: " + "; ".join(lower))
    stored: dict[str, Mapping[str, float]] = {name: held for name, held in before.items() if name != "lines"}
    stored |= {name: dict(held) for name, held in now.items()}
    stored["lines"] = {**before.get("lines", {}), **dict(sorted(lines.items()))}
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
