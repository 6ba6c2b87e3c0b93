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
from collections.abc import Sequence
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
    """The training lines with the teacher's logits, and as many unlabelled ones as there are, drawn anew each pass."""
    whole = [replace(line, target=None, start=None, end=None) for line in training if line.targets == 1 and line.target]
    others = unlabelled.lines(training)
    spoken = [
        _spoken(some, encoder, teacher, limit, on=on, labelled=labelled)
        for some, labelled in ((training, True), (whole, True), (others, False))
    ]

    def one(chance: random.Random) -> list[Example]:
        toward, as_whole, free = spoken
        drawn = chance.sample(as_whole, int(len(as_whole) * settings["whole_sentence"]))
        return [*toward, *drawn, *chance.sample(free, min(len(free), len(toward)))]

    return one


def _spoken(
    some: Sequence[Line], encoder: SentenceEncoder, teacher: Path, limit: int, *, on: torch.device, labelled: bool
) -> list[Example]:
    own = batches.encoder(teacher, limit=limit)  # the teacher cuts text into other pieces
    said = logits(models.restore(teacher).to(on), [batches.example(line, own) for line in some], device=on)
    found = []
    for line, soft in zip(some, said.tolist(), strict=True):
        given = batches.example(line, encoder)
        found.append(Example(given.pieces, given.label if labelled else -1, soft=(soft[0], soft[1], soft[2])))
    return found


if __name__ == "__main__":
    main()
