"""Other people's models: whose label is which is read from their config, never guessed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.adapters.sentiment_transformers import TransformersSentiment, label_columns
from extractor.domain.errors import TapecheckError


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["positive", "negative", "neutral"], {"negative": [1], "neutral": [2], "positive": [0]}),  # ProsusAI/finbert
        (["Neutral", "Positive", "Negative"], {"negative": [2], "neutral": [0], "positive": [1]}),  # yiyanghkust
        (["Bearish", "Bullish", "Neutral"], {"negative": [0], "neutral": [2], "positive": [1]}),
        (["NEGATIVE", "POSITIVE"], {"negative": [0], "neutral": [], "positive": [1]}),
        (
            ["Very Negative", "Negative", "Neutral", "Positive", "Very Positive"],
            {"negative": [0, 1], "neutral": [2], "positive": [3, 4]},
        ),
    ],
)
def test_the_config_says_which_output_is_which(labels: list[str], expected: dict[str, list[int]]) -> None:
    assert label_columns(dict(enumerate(labels)), "m") == expected


@pytest.mark.parametrize("labels", [["LABEL_0", "LABEL_1", "LABEL_2"], ["1 star", "5 stars"], ["positive", "neutral"]])
def test_labels_that_do_not_say_are_refused(labels: list[str]) -> None:
    with pytest.raises(TapecheckError, match=r"some/model: its labels \(.*\)"):
        label_columns(dict(enumerate(labels)), "some/model")


def test_without_the_libraries_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(TapecheckError, match=r"tapecheck\[transformers\]"):
        TransformersSentiment("some/model")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny untrained classifier, saved as transformers saves any."""
    torch: Any = pytest.importorskip("torch")
    transformers: Any = pytest.importorskip("transformers")
    torch.manual_seed(1)
    place = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "[unused1]"]
    words += ["shares", "of", "oracle", "rose", "fell", "and", "."]
    (place / "vocab.txt").write_text("\n".join(words))
    transformers.BertTokenizerFast(vocab={word: at for at, word in enumerate(words)}).save_pretrained(place)
    labels = {0: "positive", 1: "negative", 2: "neutral"}
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        initializer_range=0.5,
        id2label=labels,
        label2id={label: at for at, label in labels.items()},
    )
    transformers.BertForSequenceClassification(config).save_pretrained(place)
    return place


def test_any_classifier_scores_whole_sentences(folder: Path) -> None:
    model = TransformersSentiment(str(folder), device="cpu")
    sentences = [("Shares of Oracle rose.", "Oracle"), ("Oracle fell.", None), ("rose " * 200, None)]
    scores = model.scores(sentences)
    assert scores == [model.scores([sentence])[0] for sentence in sentences]
    assert [score.windowed for score in scores] == [False, False, True]
    for score in scores:
        assert score.negative + score.neutral + score.positive == pytest.approx(1, abs=1e-4)
    assert model.scores([("Shares of Oracle rose.", None)]) == scores[:1]  # it knows no target


def test_a_model_that_knows_our_markers_is_shown_the_target(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps({**config, "target_markers": True}))
    model = TransformersSentiment(str(tmp_path), device="cpu")
    toward, whole = model.scores([("Shares of Oracle rose.", "Oracle"), ("Shares of Oracle rose.", None)])
    assert toward != whole


def test_a_place_without_a_model_is_named(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    with pytest.raises(TapecheckError, match="no sentiment model can be loaded"):
        TransformersSentiment(str(tmp_path))
