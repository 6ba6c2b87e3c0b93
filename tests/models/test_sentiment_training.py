"""The recipe's steps on a tiny encoder: what is learned, how a stopped run goes on, what comes out.

Runs where the libraries of the `train` extra are installed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.adapters.sentiment_onnx import OnnxSentiment
from models.sentiment import lines
from models.sentiment.config import load
from models.sentiment.lines import Line

torch: Any = pytest.importorskip("torch")
transformers: Any = pytest.importorskip("transformers")
tokenizers: Any = pytest.importorskip("tokenizers")
pytest.importorskip("onnx")
pytest.importorskip("sklearn")

from models.sentiment import batches, calibrate, distill, export, learn, train  # noqa: E402
from models.sentiment import model as models  # noqa: E402

CPU = torch.device("cpu")
NAMES = ["oracle", "nvidia", "kestrel", "aaon", "shell", "visa"]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "[unused1]", *NAMES, "rose", "fell", "while", "."]
SETTINGS: dict[str, Any] = {
    **load()["train"],
    "epochs": 6,
    "batch": 8,
    "learning_rate": 3e-3,
    "head_learning_rate": 3e-3,
    "freeze_embeddings": True,
    "patience": 9,
}
MODEL = {**load()["model"], "limit": 32}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untrained encoder of two layers, with a tokenizer that knows a dozen words."""
    place = tmp_path_factory.mktemp("encoder")
    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    transformers.BertModel(config).save_pretrained(place)
    pieces = tokenizers.Tokenizer(
        tokenizers.models.WordPiece({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    pieces.normalizer = tokenizers.normalizers.Lowercase()
    pieces.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    pieces.save(str(place / "tokenizer.json"))
    return place


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place with sentences in which one rose while another fell."""
    for module in (train, distill, calibrate):
        monkeypatch.setattr(module, "BUILD", tmp_path)
    told = [
        Line(
            text=f"{up} rose while {down} fell.",
            target=name,
            label=label,
            source="written",
            row=f"{up} {down}",
            targets=2,
        )
        for up in NAMES
        for down in NAMES
        if up != down
        for name, label in ((up, "positive"), (down, "negative"))
    ]
    lines.write(tmp_path / "train.jsonl", told)
    lines.write(tmp_path / "validation.jsonl", told[::5])
    return tmp_path


def test_it_learns_which_of_two_is_meant(folder: Path, build: Path) -> None:
    best = train.fit(folder, MODEL, {**SETTINGS, "epochs": 12}, build / "out", on=CPU)
    assert best > 0.6  # two of the three labels, all right: 2/3


def test_a_stopped_run_ends_as_if_it_had_not_been(folder: Path, build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learn, "_KEPT_EVERY", 3)
    train.fit(folder, MODEL, SETTINGS, build / "whole", on=CPU)
    steps = learn._step
    left = 20

    def until_stopped(*arguments: Any) -> float:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return steps(*arguments)

    monkeypatch.setattr(learn, "_step", until_stopped)
    with pytest.raises(KeyboardInterrupt):
        train.fit(folder, MODEL, SETTINGS, build / "parts", on=CPU, resume=build / "state.pt")
    monkeypatch.setattr(learn, "_step", steps)
    train.fit(folder, MODEL, SETTINGS, build / "parts", on=CPU, resume=build / "state.pt")
    whole, parts = (models.restore(build / name).state_dict() for name in ("whole", "parts"))
    assert all(torch.equal(whole[name], parts[name]) for name in whole)


def test_frozen_layers_and_embeddings_stay_as_they_were(folder: Path, build: Path) -> None:
    train.fit(folder, MODEL, {**SETTINGS, "frozen_layers": 1, "epochs": 1}, build / "out", on=CPU)
    before = transformers.AutoModel.from_pretrained(folder).state_dict()
    after = models.restore(build / "out").encoder.state_dict()
    changed = {name.rsplit(".layer.", 1)[-1][0] for name in after if not torch.equal(before[name], after[name])}
    assert changed == {"1"}


def test_a_student_takes_over_what_a_teacher_says(folder: Path, build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distill.encoder_weights, "student", lambda encoder: folder)
    train.fit(folder, MODEL, {**SETTINGS, "epochs": 12}, build / "teacher", on=CPU)
    config = {**load(), "model": MODEL, "train": {**SETTINGS, "epochs": 8}}
    assert distill.distill(config, build / "teacher", build / "student", on=CPU) > 0.6


def test_what_ships_says_what_was_trained(folder: Path, build: Path) -> None:
    train.fit(folder, MODEL, {**SETTINGS, "epochs": 8}, build / "model", on=CPU)
    config = {**load(), "model": MODEL}
    calibrate.calibrate(build / "model", config)
    manifest = export.export(build / "model", build / "weights", config)
    shipped = OnnxSentiment(build / "weights")
    encoder = batches.encoder(folder, limit=MODEL["limit"])
    told = list(lines.read(build / "validation.jsonl"))
    trained = models.restore(build / "model")
    for line, score in zip(told, shipped.scores([(line.text, line.place) for line in told]), strict=True):
        ids = torch.tensor([encoder.encode(line.text, line.place).windows[0]])
        logits = trained(ids, torch.ones_like(ids))[0].detach() / manifest["temperature"]
        expected = torch.softmax(logits, dim=-1).tolist()
        assert [score.negative, score.neutral, score.positive] == pytest.approx(expected, abs=0.05)


def test_tensors_that_ship_go_on_from_upstreams_embeddings(folder: Path, build: Path) -> None:
    train.fit(folder, MODEL, {**SETTINGS, "epochs": 1}, build / "model", on=CPU)
    trained = models.restore(build / "model")
    models.save(trained, build / "small", small=True)
    restored = models.restore(build / "small", upstream=folder)
    for name, tensor in trained.state_dict().items():
        assert torch.allclose(tensor, restored.state_dict()[name], atol=2e-3), name


def test_temperature_is_found_and_the_error_falls() -> None:
    import numpy as np

    dice = np.random.default_rng(4)
    labels = dice.integers(0, 3, 4000)
    logits = dice.normal(size=(4000, 3))
    logits[np.arange(4000), labels] += 1.0
    true = calibrate.best_temperature(logits, labels, np.ones(4000))
    sure = calibrate.best_temperature(logits * 3, labels, np.ones(4000))
    assert math.isclose(sure, 3 * true, rel_tol=0.01)
    before = calibrate.expected_error(calibrate.chances(logits * 3, 1.0), labels)
    after = calibrate.expected_error(calibrate.chances(logits * 3, sure), labels)
    assert after < 0.03 < before
    rows = calibrate.reliability(calibrate.chances(logits, true), labels)
    assert sum(row["count"] for row in rows) == 4000
    assert json.loads(json.dumps(rows)) == rows
