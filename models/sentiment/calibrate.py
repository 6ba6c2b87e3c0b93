"""How sure is sure: one temperature for the logits, found on the validation part, and how far off they are.

python -m models.sentiment.calibrate [--model DIR]
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.optimize import minimize_scalar

from models.sentiment import batches, lines
from models.sentiment import model as models
from models.sentiment.config import BUILD, load
from models.sentiment.predict import logits

BINS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=BUILD / "model")
    arguments = parser.parse_args()
    print(json.dumps(calibrate(arguments.model, load()), indent=1))


def calibrate(folder: Path, config: dict[str, Any]) -> dict[str, Any]:
    """Writes calibration.json beside the model; the validation sets weigh alike, whatever their sizes."""
    encoder = batches.encoder(folder, limit=config["model"]["limit"])
    told = list(lines.read(BUILD / "validation.jsonl"))
    guessed = logits(
        models.restore(folder), [batches.example(line, encoder) for line in told], device=torch.device("cpu")
    )
    labels = np.array([lines.LABELS.index(line.label) for line in told])
    sources = np.array([line.source for line in told])
    weights = np.array([1 / np.sum(sources == source) for source in sources])
    temperature = best_temperature(guessed, labels, weights)
    found = {
        "temperature": round(temperature, 4),
        "ece_before": expected_error(chances(guessed, 1.0), labels),
        "ece_after": expected_error(chances(guessed, temperature), labels),
        "reliability": reliability(chances(guessed, temperature), labels),
    }
    (folder / "calibration.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def best_temperature(guessed: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> float:
    """The one with the least weighted negative log-likelihood."""

    def loss(heat: float) -> float:
        likely = chances(guessed, heat)[np.arange(len(labels)), labels]
        return float(np.average(-np.log(np.maximum(likely, 1e-12)), weights=weights))

    return float(minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded").x)


def chances(guessed: np.ndarray, heat: float) -> np.ndarray:
    scaled = guessed.astype(np.float64) / heat
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def reliability(likely: np.ndarray, labels: np.ndarray) -> list[dict[str, float]]:
    """By how sure the model was of its answer: how many, how sure in the mean, and how many of them were right."""
    sure, right = likely.max(axis=1), likely.argmax(axis=1) == labels
    edges = np.linspace(1 / 3, 1, BINS + 1)
    rows = []
    for low, high in itertools.pairwise(edges):
        inside = (sure > low) & (sure <= high)
        if inside.any():
            rows.append(
                {
                    "from": round(float(low), 3),
                    "to": round(float(high), 3),
                    "count": int(inside.sum()),
                    "sure": round(float(sure[inside].mean()), 3),
                    "right": round(float(right[inside].mean()), 3),
                }
            )
    return rows


def expected_error(likely: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error: how far sureness and correctness are apart, in the mean over the answers."""
    rows = reliability(likely, labels)
    return round(sum(row["count"] * abs(row["sure"] - row["right"]) for row in rows) / len(labels), 4)


if __name__ == "__main__":
    main()
