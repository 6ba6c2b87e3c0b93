"""Fine-tunes the small encoder on the given labels.

python -m models.sentiment.train [--output DIR] [--device auto] [--set epochs=1 ...]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from extractor.adapters.sentiment_encoding import SentenceEncoder
from models.sentiment import batches, encoder_weights, lines
from models.sentiment import model as models
from models.sentiment.batches import Example
from models.sentiment.config import BUILD, load
from models.sentiment.learn import Epoch, device, learn
from models.sentiment.lines import Line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=BUILD / "undistilled")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="Settings of [train] or [model].")
    arguments = parser.parse_args()
    config = load()
    for name, value in (pair.split("=", 1) for pair in arguments.set):
        table = config["model"] if name in config["model"] else config["train"]
        table[name] = json.loads(value)
    folder = encoder_weights.student(config["encoder"])
    fit(folder, config["model"], config["train"], arguments.output, on=device(arguments.device))


def fit(
    folder: Path, model: dict[str, Any], settings: dict[str, Any], output: Path, *, on: torch.device, **more: Any
) -> float:
    """Trains on build/sentiment/train.jsonl and keeps the epoch that validates best."""
    encoder = batches.encoder(folder, limit=model["limit"])
    torch.manual_seed(settings["seed"])
    fresh = models.start(folder, model, marker=encoder.open)
    training = list(lines.read(BUILD / "train.jsonl"))
    best = learn(fresh, passes(training, encoder, settings), validation(encoder), settings, output, on=on, **more)
    shutil.copy(folder / "tokenizer.json", output / "tokenizer.json")
    return best


def validation(encoder: SentenceEncoder) -> dict[str, list[Example]]:
    """Examples of the validation part by set."""
    found: dict[str, list[Example]] = defaultdict(list)
    for line in lines.read(BUILD / "validation.jsonl"):
        found[line.source].append(batches.example(line, encoder))
    return dict(found)


def passes(training: Sequence[Line], encoder: SentenceEncoder, settings: dict[str, Any]) -> Epoch:
    """Each pass reads some lines with a single target as a whole, and weighs sets and, if asked, labels."""
    counts = Counter(line.label for line in training)
    rarity = {
        label: len(training) / (3 * count) if settings["class_weights"] else 1.0 for label, count in counts.items()
    }
    chosen = [line for line in training if line.source in settings["sets"]]
    weights = [settings["sets"][line.source] * rarity[line.label] for line in chosen]
    toward = [batches.example(line, encoder, weight=weight) for line, weight in zip(chosen, weights, strict=True)]
    whole = [
        batches.example(line, encoder, weight=weight, whole=True) if line.targets == 1 else None
        for line, weight in zip(chosen, weights, strict=True)
    ]

    def one(chance: random.Random) -> list[Example]:
        share = settings["whole_sentence"]
        return [
            alone if alone is not None and chance.random() < share else marked
            for marked, alone in zip(toward, whole, strict=True)
        ]

    return one


if __name__ == "__main__":
    main()
