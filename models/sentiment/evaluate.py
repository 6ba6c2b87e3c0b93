"""Measures models and baselines on every held-out set.

    python -m models.sentiment.evaluate [--model DIR] [--undistilled DIR] [--weights DIR]

Writes metrics.json; `python -m models.sentiment.card` puts them into the README.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score

from extractor.adapters.sentiment_onnx import OnnxSentiment
from models.sentiment import baselines, batches, lines
from models.sentiment import model as models
from models.sentiment.baselines import Predictor
from models.sentiment.calibrate import expected_error, reliability
from models.sentiment.config import BUILD, HERE, WEIGHTS, load
from models.sentiment.lines import LABELS, Line
from models.sentiment.predict import logits
from models.sentiment.sources import fiqa

# Each set and the figure it is judged by: what its own literature reports.
SETS = {
    "sentfin": "macro",
    "sentfin-several": "macro",
    "finentity": "macro",
    "fiqa": "weighted",
    "tweets": "weighted",
    "market_news": "macro",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=BUILD / "model", help="The trained model, in full precision.")
    parser.add_argument("--undistilled", type=Path, help="The same encoder not distilled, where the model was.")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="What ships.")
    parser.add_argument("--output", type=Path, default=HERE / "metrics.json")
    arguments = parser.parse_args()
    found = evaluate(arguments.model, arguments.undistilled, arguments.weights, load())
    save(found, arguments.output)
    for name, rows in found["sets"].items():
        print(name, {kind: row[SETS[name]] for kind, row in rows["by"].items()})


def save(found: dict[str, Any], path: Path = HERE / "metrics.json") -> None:
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def evaluate(model: Path, undistilled: Path | None, weights: Path, config: dict[str, Any]) -> dict[str, Any]:
    training = list(lines.read(BUILD / "train.jsonl"))
    shipped = OnnxSentiment(weights)
    predictors: dict[str, Predictor] = {
        "majority": baselines.majority(training),
        "vader": baselines.vader,
        "word count": baselines.word_count,
        "full precision": by_torch(model, config["model"]["limit"]),
        "int8": lambda some: [score.label for score in shipped.scores([(line.text, line.place) for line in some])],
    }
    if undistilled is not None:
        predictors["undistilled"] = by_torch(undistilled, config["model"]["limit"])
    sets = held_out()
    return {
        "model": f"{shipped.name} {shipped.version}",
        "sha256": shipped.sha256,
        "judged_by": SETS,
        "sets": {
            name: {
                "lines": len(some),
                "by": {kind: figures(predict(some), some) for kind, predict in predictors.items()},
            }
            for name, some in sets.items()
        },
        "fiqa_by_score": _by_score(shipped, sets.get("fiqa", [])),
        "calibration": {name: _calibration(shipped, some) for name, some in sets.items()},
        "groups": _by_group(predictors["int8"], sets.get("market_news", [])),
    }


def held_out() -> dict[str, list[Line]]:
    """The sets that are there, by name."""
    found = {}
    for name in SETS:
        path = BUILD / f"test-{name.removesuffix('-several')}.jsonl"
        some = list(lines.read(path)) if path.is_file() else []
        if name.endswith("-several"):
            some = [line for line in some if line.targets > 1]
        if some:
            found[name] = some
    return found


def by_torch(folder: Path, limit: int) -> Predictor:
    def predict(some: Sequence[Line]) -> list[str]:
        encoder = batches.encoder(folder, limit=limit)
        examples = [batches.example(line, encoder) for line in some]
        on = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        guessed = logits(models.restore(folder).to(on), examples, device=on)
        return [LABELS[at] for at in guessed.argmax(axis=1)]

    return predict


def figures(guessed: Sequence[str], told: Sequence[Line]) -> dict[str, Any]:
    """Shares from 0 to 1; the confusion matrix has a row for each true label, in the order of LABELS."""
    true = [line.label for line in told]
    of = {"labels": LABELS, "zero_division": 0}
    return {
        "macro": round(float(f1_score(true, guessed, average="macro", **of)), 4),
        "weighted": round(float(f1_score(true, guessed, average="weighted", **of)), 4),
        "accuracy": round(float(accuracy_score(true, guessed)), 4),
        "f1": [round(float(value), 4) for value in f1_score(true, guessed, average=None, **of)],
        "confusion": confusion_matrix(true, guessed, labels=LABELS).tolist(),
    }


def _by_score(shipped: OnnxSentiment, told: Sequence[Line]) -> dict[str, Any]:
    """FiQA's labels come from a score, cut in two places; the same cuts on our own score, positive less negative."""
    scores = [score.score for score in shipped.scores([(line.text, line.place) for line in told])]
    return figures([fiqa.label(score) for score in scores], told) if told else {}


def _calibration(shipped: OnnxSentiment, told: Sequence[Line]) -> dict[str, Any]:
    scores = shipped.scores([(line.text, line.place) for line in told])
    likely = np.array([(score.negative, score.neutral, score.positive) for score in scores])
    labels = np.array([LABELS.index(line.label) for line in told])
    return {"ece": expected_error(likely, labels), "reliability": reliability(likely, labels)}


def _by_group(predict: Predictor, told: Sequence[Line]) -> dict[str, dict[str, float]]:
    """How many of each group of our own set are right."""
    if not told:
        return {}
    right: dict[str, list[bool]] = {}
    for line, label in zip(told, predict(told), strict=True):
        right.setdefault(line.group or "none", []).append(line.label == label)
    return {
        name: {"lines": len(flags), "right": round(sum(flags) / len(flags), 4)} for name, flags in sorted(right.items())
    }


if __name__ == "__main__":
    main()
