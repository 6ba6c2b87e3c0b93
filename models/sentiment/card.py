"""Puts the figures of metrics.json into the model card: the table, the reliability table and its picture.

python -m models.sentiment.card
"""

from __future__ import annotations

import json
import re
from typing import Any

from models.sentiment.config import HERE

README, PICTURE = HERE / "README.md", HERE / "reliability.svg"
_TITLES = {
    "sentfin": "SEntFiN, held out",
    "sentfin-several": "… headlines with several entities",
    "finentity": "FinEntity, held out",
    "fiqa": "FiQA",
    "tweets": "finance tweets, validation split",
    "market_news": "market_news, our own",
}
_ROWS = ("majority", "word count", "vader", "undistilled", "full precision", "int8")
_SIDE, _EDGE = 260, 36  # of the picture, in pixels


def write() -> None:
    found = json.loads((HERE / "metrics.json").read_text(encoding="utf-8"))
    text = README.read_text(encoding="utf-8")
    for name, block in (("figures", figures(found)), ("groups", groups(found)), ("reliability", reliability(found))):
        text = re.sub(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", rf"\g<1>{block}\g<2>", text, flags=re.DOTALL)
    README.write_text(text, encoding="utf-8")
    PICTURE.write_text(picture(found), encoding="utf-8")


def figures(found: dict[str, Any]) -> str:
    kinds = [kind for kind in _ROWS if kind in next(iter(found["sets"].values()))["by"]]
    lines = [f"| set | lines | F1 | {' | '.join(kinds)} |", f"|---|---:|---|{'---:|' * len(kinds)}"]
    for name, told in found["sets"].items():
        judged = found["judged_by"][name]
        values = " | ".join(f"{told['by'][kind][judged]:.3f}" for kind in kinds)
        lines.append(f"| {_TITLES[name]} | {told['lines']:,} | {judged} | {values} |")
    by_score = found.get("fiqa_by_score")
    if by_score:
        figure = f"{by_score['weighted']:.3f}"
        lines += ["", f"FiQA by our own score, cut as FiQA's is, instead of by the likeliest label: {figure}."]
    return "\n".join(lines) + "\n"


def groups(found: dict[str, Any]) -> str:
    lines = ["| group | lines | right |", "|---|---:|---:|"]
    lines += [f"| {name} | {told['lines']} | {told['right']:.0%} |" for name, told in found["groups"].items()]
    return "\n".join(lines) + "\n"


def reliability(found: dict[str, Any]) -> str:
    errors = ", ".join(f"{_TITLES[name]} {told['ece']:.3f}" for name, told in found["calibration"].items())
    lines = [f"Expected calibration error: {errors}.", ""]
    lines += ["| how sure | answers | sure in the mean | right |", "|---|---:|---:|---:|"]
    for row in found["calibration"]["sentfin"]["reliability"]:
        span = f"{row['from']:.2f} to {row['to']:.2f}"
        lines.append(f"| {span} | {row['count']:,} | {row['sure']:.2f} | {row['right']:.2f} |")
    return "\n".join(lines) + "\n"


def picture(found: dict[str, Any]) -> str:
    """Sureness across, correctness up, one line a set; the diagonal is what it should be."""
    colours = ("#1b6ca8", "#7a4fa3", "#c2571a", "#2e7d32", "#a02c4a")
    sets = [name for name in found["calibration"] if name != "sentfin-several"]
    whole = _SIDE + 2 * _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole + 190} {whole}" font-family="sans-serif"',
        ' font-size="11"><rect width="100%" height="100%" fill="#fff"/>',
        f'<path d="M{_EDGE} {_EDGE}V{_EDGE + _SIDE}H{_EDGE + _SIDE}" fill="none" stroke="#333"/>',
        f'<path d="{_path([(0.3, 0.3), (1, 1)])}" stroke="#aaa" stroke-dasharray="4 3"/>',
        f'<text x="{_EDGE}" y="{whole - 14}">0.3</text><text x="{_EDGE + _SIDE - 8}" y="{whole - 14}">1</text>',
        f'<text x="{_EDGE + 80}" y="{whole - 14}">how sure it is</text>',
        f'<text x="{_EDGE}" y="{_EDGE - 12}">share that is right, 0.3 to 1</text>',
    ]
    for at, (name, colour) in enumerate(zip(sets, colours, strict=False)):
        rows = [row for row in found["calibration"][name]["reliability"] if row["count"] >= 10]
        line = _path([(row["sure"], max(row["right"], 0.3)) for row in rows])
        parts.append(f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{whole}" y="{_EDGE + 16 + 18 * at}" fill="{colour}">{_TITLES[name]}</text>')
    return "".join(parts) + "</svg>\n"


def _path(points: list[tuple[float, float]]) -> str:
    """Points from 0.3 to 1 either way, as a line in the picture."""
    placed = [(_EDGE + (x - 0.3) / 0.7 * _SIDE, _EDGE + (1 - (y - 0.3) / 0.7) * _SIDE) for x, y in points]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)


if __name__ == "__main__":
    write()
