"""Sentences a second of the shipped model beside a BERT-base under transformers, over the same sentences in one run.

Run with `make bench`; needs torch and transformers. Only the ratio says anything: ours is to be at least five times as
fast. The weights of the BERT-base are drawn at random, which costs as much time as good ones. Ours runs two sequences
at a time with a thread each; BERT-base batches of sixteen, all of one length, with two threads.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import pytest

from extractor.adapters import places
from extractor.adapters.sentiment_onnx import OnnxSentiment

THREADS = 2
SENTENCES = 96
_TEXT = "shares of the company rose fell after guiding lower while yields climbed and small caps jumped on Friday"


def _sentences() -> list[tuple[str, str]]:
    """About thirty-one pieces each, as market news has in the mean, none twice."""
    dice = random.Random(5)
    return [
        (f"Oracle {' '.join(dice.choices(_TEXT.split(), k=dice.randint(22, 30)))}", "Oracle") for _ in range(SENTENCES)
    ]


def _ours() -> Callable[[], Any]:
    model = OnnxSentiment(places.sentiment_weights(), threads=THREADS)
    return lambda: model.scores(_sentences())


def _bert_base() -> Callable[[], Any]:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    torch.set_num_threads(THREADS)
    model = transformers.BertForSequenceClassification(transformers.BertConfig(num_labels=3)).eval()
    pieces = [torch.randint(1000, 20000, (16, 31)) for _ in range(SENTENCES // 16)]

    def run() -> None:
        with torch.inference_mode():
            for batch in pieces:
                model(input_ids=batch, attention_mask=torch.ones_like(batch))

    return run


@pytest.mark.benchmark(group="loading the sentiment model", min_rounds=3)
def test_loading(benchmark: Any) -> None:
    """Hashes checked and session made; onnxruntime is imported already."""
    benchmark(lambda: OnnxSentiment(places.sentiment_weights(), threads=THREADS))


@pytest.mark.benchmark(group=f"{SENTENCES} sentences", min_rounds=3)
@pytest.mark.parametrize("model", [_ours, _bert_base], ids=["ours, int8", "BERT-base, transformers"])
def test_sentiment(benchmark: Any, model: Callable[[], Callable[[], Any]]) -> None:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    benchmark(model())
