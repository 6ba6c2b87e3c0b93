"""A large encoder is fine-tuned first, then the small one learns what it says.

    python -m models.sentiment.distill teacher [--output DIR] [--device auto]
    python -m models.sentiment.distill student [--teacher DIR] [--output DIR] [--device auto]

The teacher's lower layers stay as they are: with the few sentences there are, it keeps more of what it knew. It speaks
about every training line, toward the target and as a whole, and about unlabelled targets: the other names of the same
sentences, and sentences of our own articles. The student learns from its soft labels beside the given ones.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from extractor.adapters.sentiment_encoding import SentenceEncoder
from models.sentiment import batches, encoder_weights, lines, unlabelled
from models.sentiment import model as models
from models.sentiment.batches import Example
from models.sentiment.config import BUILD, load
from models.sentiment.learn import Epoch, device, learn
from models.sentiment.lines import Line
from models.sentiment.predict import logits
from models.sentiment.train import fit, validation

TEACHER = BUILD / "teacher"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["teacher", "student"])
    parser.add_argument("--teacher", type=Path, default=TEACHER)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--device", default="auto")
    arguments = parser.parse_args()
    config, on = load(), device(arguments.device)
    if arguments.step == "teacher":
        train_teacher(config, arguments.output or TEACHER, on=on)
    else:
        distill(config, arguments.teacher, arguments.output or BUILD / "model", on=on)


def train_teacher(config: dict[str, Any], output: Path, *, on: torch.device) -> float:
    folder = encoder_weights.teacher(config["teacher"])
    settings = {**config["train"], **config["teacher"]}
    return fit(folder, config["model"], settings, output, on=on, resume=output / "state.pt")


def distill(config: dict[str, Any], teacher: Path, output: Path, *, on: torch.device) -> float:
    folder = encoder_weights.student(config["encoder"])
    limit = config["model"]["limit"]
    encoder = batches.encoder(folder, limit=limit)
    settings = {**config["train"], **config["distill"]}
    training = list(lines.read(BUILD / "train.jsonl"))
    examples = taught(training, encoder, teacher, limit, settings, on=on)
    torch.manual_seed(settings["seed"])
    student = models.start(folder, config["model"], marker=encoder.open)
    best = learn(student, examples, validation(encoder), settings, output, on=on)
    shutil.copy(folder / "tokenizer.json", output / "tokenizer.json")
    return best


def taught(
    training: Sequence[Line],
    encoder: SentenceEncoder,
    teacher: Path,
    limit: int,
    settings: dict[str, Any],
    *,
    on: torch.device,
) -> Epoch:
    """The training lines, some of them as whole sentences too, and unlabelled ones, each with the teacher's logits."""
    chance = random.Random(settings["seed"])
    single = [line for line in training if line.targets == 1 and line.target]
    alone = chance.sample(single, int(len(single) * settings["whole_sentence"]))
    whole = [replace(line, target=None, start=None, end=None) for line in alone]
    others = unlabelled.lines(training)
    others = chance.sample(others, min(len(others), settings["unlabelled"]))
    said = _Teacher(teacher, limit, on)
    examples = [
        *_spoken([*training, *whole], said, encoder, settings["sets"]),
        *(replace(one, label=-1) for one in _spoken(others, said, encoder, {})),
    ]
    return lambda chance: examples


class _Teacher:
    """The large model; it cuts text into other pieces than the small one."""

    def __init__(self, folder: Path, limit: int, on: torch.device) -> None:
        self._model = models.restore(folder).to(on)
        self._encoder = batches.encoder(folder, limit=limit)
        self._on = on

    def logits(self, some: Sequence[Line]) -> list[list[float]]:
        told: list[list[float]] = logits(
            self._model, [batches.example(line, self._encoder) for line in some], device=self._on
        ).tolist()
        return told


def _spoken(
    some: Sequence[Line], teacher: _Teacher, encoder: SentenceEncoder, weights: Mapping[str, float]
) -> list[Example]:
    return [
        replace(batches.example(line, encoder, weight=weights.get(line.source, 1.0)), soft=(soft[0], soft[1], soft[2]))
        for line, soft in zip(some, teacher.logits(some), strict=True)
    ]


if __name__ == "__main__":
    main()
