"""A line of a set: one text, one target, one label."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from extractor.domain.sentiment import LABELS

__all__ = ["LABELS", "Line", "read", "read_own", "write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """target: as it stands in the text, or None for the text as a whole.

    start, end: its place, where only that one is meant. row: where the text comes from; lines of one text share it.
    group: what a line of our own is there to test.
    """

    text: str
    target: str | None
    label: str
    source: str
    row: str
    start: int | None = None
    end: int | None = None
    group: str | None = None
    targets: int = 1  # how many targets the text has in its set

    @property
    def place(self) -> str | tuple[int, int] | None:
        """What the encoder is asked to mark."""
        if self.start is not None and self.end is not None:
            return self.start, self.end
        return self.target


def write(path: Path, lines: Iterable[Line]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [json.dumps({k: v for k, v in asdict(line).items() if v is not None}, ensure_ascii=False) for line in lines]
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return len(rows)


def read(path: Path) -> Iterator[Line]:
    for row in path.read_text(encoding="utf-8").splitlines():
        yield Line(**{"target": None, **json.loads(row)})


def read_own(path: Path, source: str) -> list[Line]:
    """A set of our own (`sets/*.jsonl`), as sets/README.md describes it; none where the file is not there."""
    if not path.is_file():
        return []
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["text"]] = counts.get(row["text"], 0) + 1
    names = {text: f"{source}:{path.stem}:{number}" for number, text in enumerate(counts)}
    return [
        Line(
            text=row["text"],
            target=row.get("target"),
            label=row["label"],
            group=row.get("group"),
            source=source,
            row=names[row["text"]],
            targets=counts[row["text"]],
        )
        for row in rows
    ]
