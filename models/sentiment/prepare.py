"""From the public sets and our own to the parts a model is trained, chosen and measured on.

    python -m models.sentiment.prepare [--training DIR] [--evaluation DIR]

Writes build/sentiment/{train,validation}.jsonl and test-*.jsonl, and says what it left out and why.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from models.sentiment import near_duplicates
from models.sentiment.config import BUILD, HERE, load, place
from models.sentiment.lines import Line, read_own, write
from models.sentiment.sources import finentity, fiqa, sentfin, tweets

SPLITS = HERE / "splits"  # the rows held out, committed: a split that is lost cannot be measured against


def main() -> None:
    config = load()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--training", type=Path, default=place(config["data"]["training"]))
    parser.add_argument("--evaluation", type=Path, default=place(config["data"]["evaluation"]))
    parser.add_argument("--new-splits", action="store_true", help="Draw the held-out rows anew and write them down.")
    arguments = parser.parse_args()
    parts, notes = prepare(config["data"], arguments.training, arguments.evaluation, new_splits=arguments.new_splits)
    print(json.dumps(save(parts, notes), indent=1))


def save(parts: dict[str, list[Line]], notes: dict[str, Any]) -> dict[str, Any]:
    """Writes the parts to build/sentiment, and the notes with the counts of each."""
    for name, lines in parts.items():
        write(BUILD / f"{name}.jsonl", lines)
        notes[name] = dict(Counter(f"{line.source} {line.label}" for line in lines))
    (BUILD / "prepared.json").write_text(json.dumps(notes, indent=1), encoding="utf-8")
    return notes


def prepare(
    data: dict[str, Any], training: Path, evaluation: Path, *, new_splits: bool = False
) -> tuple[dict[str, list[Line]], dict[str, Any]]:
    """The parts by name, and what there is to say about how they were made."""
    notes: dict[str, Any] = {}
    sets = {
        "sentfin": sentfin.read(training / "sentfin"),
        "finentity": finentity.read(training / "finentity"),
        "tweets_train": tweets.read(training / "twitter_fin_news_sent", "train"),
        "tweets_valid": tweets.read(training / "twitter_fin_news_sent", "valid"),
        "fiqa": fiqa.read(evaluation / "fiqa_sa"),
    }
    _verify(sets, data["rows"])
    sets["written"] = [line for name in data["written"] for line in read_own(place(name), "written")]
    sets["market_news"] = read_own(place(data["market_news"]), "market_news")
    parts: dict[str, list[Line]] = {}
    learnable: list[Line] = [*sets["tweets_train"], *sets["written"]]
    for name in ("sentfin", "finentity"):
        held = _held_out(name, sets[name], data, new=new_splits)
        parts[f"test-{name}"] = _distinct([line for line in sets[name] if line.row in held])
        learnable += [line for line in sets[name] if line.row not in held]
    parts["test-tweets"] = sets["tweets_valid"]
    parts["test-fiqa"] = sets["fiqa"]
    parts["test-market_news"] = sets["market_news"]
    learnable = _without_measured(learnable, parts, data["near_duplicate"], notes)
    learnable = _distinct(learnable)
    validation = _share(learnable, data["validation_share"], data, "validation")
    parts["train"] = [line for line in learnable if line.row not in validation]
    parts["validation"] = [line for line in learnable if line.row in validation]
    return parts, notes


def _verify(sets: dict[str, list[Line]], rows: dict[str, int]) -> None:
    """A set with another count of rows is another version, and no figure of ours holds for it."""
    for name, expected in rows.items():
        found = len({line.row for line in sets[name]}) if name != "finentity" else expected
        if found != expected:
            raise SystemExit(f"{name}: {found} rows where {expected} are expected")


def _held_out(name: str, lines: Sequence[Line], data: dict[str, Any], *, new: bool) -> set[str]:
    path = SPLITS / f"{name}-test.txt"
    if new:
        SPLITS.mkdir(exist_ok=True)
        drawn = sorted(_share(lines, data["test_share"], data, name), key=lambda row: int(row.split(":")[1]))
        path.write_text("".join(f"{row.split(':')[1]}\n" for row in drawn), encoding="utf-8")
    return {f"{name}:{number}" for number in path.read_text(encoding="utf-8").split()}


def _share(lines: Sequence[Line], share: float, data: dict[str, Any], salt: str) -> set[str]:
    """Rows of about a share of each source: whole groups of near-duplicates, in the order of a seeded hash."""
    chosen: set[str] = set()
    for source in sorted({line.source for line in lines}):
        texts = {line.row: line.text for line in lines if line.source == source}
        rows = sorted(texts)
        numbers = near_duplicates.groups([texts[row] for row in rows], at_least=data["near_duplicate"])
        grouped: dict[int, list[str]] = defaultdict(list)
        for row, number in zip(rows, numbers, strict=True):
            grouped[number].append(row)
        wanted = share * len(rows)
        taken = 0
        for group in sorted(grouped.values(), key=_hashed(data["seed"], salt)):
            if taken >= wanted:
                break
            chosen.update(group)
            taken += len(group)
    return chosen


def _hashed(seed: int, salt: str) -> Callable[[list[str]], str]:
    return lambda group: hashlib.sha256(f"{seed} {salt} {group[0]}".encode()).hexdigest()


def _without_measured(
    lines: Iterable[Line], parts: dict[str, list[Line]], at_least: float, notes: dict[str, Any]
) -> list[Line]:
    """What nearly stands in a set that is measured on is not learned from, wherever it comes from."""
    kept = list(lines)
    for name, measured in parts.items():
        if not measured:
            continue
        texts = sorted({line.text for line in kept})
        same = near_duplicates.near(texts, sorted({line.text for line in measured}), at_least=at_least)
        dropped = {texts[number] for number in same}
        notes[f"dropped, nearly in {name}"] = dict(Counter(line.source for line in kept if line.text in dropped))
        kept = [line for line in kept if line.text not in dropped]
    return kept


def _distinct(lines: Iterable[Line]) -> list[Line]:
    """Each text and target once; where a set labels the same twice and differently, neither."""
    labels: dict[tuple[object, ...], set[str]] = defaultdict(set)
    kept: dict[tuple[object, ...], Line] = {}
    for line in lines:
        key = (line.text, line.target, line.start)
        labels[key].add(line.label)
        kept.setdefault(key, line)
    return [line for key, line in kept.items() if len(labels[key]) == 1]


if __name__ == "__main__":
    main()
