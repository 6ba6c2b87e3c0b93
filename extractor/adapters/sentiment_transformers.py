"""Any sequence classifier of transformers as a sentiment model, by path or by its name on the hub.

Such a model says what a sentence as a whole means; the target is not shown to it, unless its config says that it knows
our markers (`target_markers: true`), as the one in models/sentiment does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from extractor.adapters.sentiment_encoding import Marked, Pieces, SentenceEncoder
from extractor.domain.errors import TapecheckError
from extractor.domain.sentiment import LABELS, Sentiment

_LIMIT = 512  # pieces, where a config does not say less
_AT_ONCE = 32  # sequences of one length
_DECIMALS = 5  # what two batch sizes agree on in single precision; the rest is left out, so that a score is a score
_STRIDE = 32

_NAMES = {
    "negative": ("negative", "neg", "bearish", "bear", "verynegative", "strongnegative"),
    "neutral": ("neutral", "neu", "none", "mixed", "hold"),
    "positive": ("positive", "pos", "bullish", "bull", "verypositive", "strongpositive"),
}

Target = str | tuple[int, int] | None


class TransformersSentiment:
    """name: a folder or a hub's name. device: `auto` takes a GPU where there is one, and half precision there."""

    def __init__(self, name: str, *, device: str = "auto") -> None:
        torch, transformers = _libraries()
        self.name = name
        try:
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(name)
            self._model = transformers.AutoModelForSequenceClassification.from_pretrained(name)
        except (OSError, ValueError) as error:
            reason = str(error).strip().splitlines()[0]
            raise TapecheckError(f"{name}: no sentiment model can be loaded from there ({reason})") from None
        config = self._model.config
        self._columns = label_columns(config.id2label, name)
        self._torch = torch
        self._device = torch.device(("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device)
        self._model.to(self._device).eval()
        if self._device.type == "cuda":
            self._model.to(torch.bfloat16)
        self._limit = min(_LIMIT, getattr(config, "max_position_embeddings", _LIMIT), self._tokenizer.model_max_length)
        self._marks = _marking(self._tokenizer, self._limit) if getattr(config, "target_markers", False) else None
        self._temperature = float(getattr(config, "temperature", 1.0))
        self.version = str(getattr(config, "_commit_hash", None) or "local")
        self.sha256 = _digest(self._model)

    def scores(self, sentences: Sequence[tuple[str, Target]]) -> list[Sentiment]:
        """See `ScoresSentiment`; the same to five decimals whatever it is asked together with."""
        marked = [self._encoded(text, target) for text, target in sentences]
        wanted = sorted(dict.fromkeys(window for one in marked for window in one.windows), key=len)
        answers: dict[Pieces, list[float]] = {}
        for _, same in groupby(wanted, key=len):  # of one length, so that nothing is padded
            answers.update(self._run(list(same)))
        return [_joined(one, [answers[window] for window in one.windows]) for one in marked]

    def _encoded(self, text: str, target: Target) -> Marked:
        if self._marks is not None:
            return self._marks.encode(text, target)
        tokenized = self._tokenizer(
            text, truncation=True, max_length=self._limit, stride=_STRIDE, return_overflowing_tokens=True
        )
        ids = tokenized["input_ids"]
        windows = tuple(map(tuple, ids if ids and isinstance(ids[0], list) else [ids]))
        return Marked(windows=windows, windowed=len(windows) > 1, target_found=True)

    def _run(self, sequences: list[Pieces]) -> Iterator[tuple[Pieces, list[float]]]:
        torch = self._torch
        for first in range(0, len(sequences), _AT_ONCE):
            part = sequences[first : first + _AT_ONCE]
            ids = torch.tensor(part, device=self._device)
            with torch.no_grad():
                logits = self._model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits
            chances = torch.softmax(logits.float() / self._temperature, dim=-1).cpu().tolist()
            for sequence, row in zip(part, chances, strict=True):
                yield sequence, [sum(row[column] for column in self._columns[label]) for label in LABELS]


def label_columns(labels: Mapping[int, str], name: str) -> dict[str, list[int]]:
    """Which outputs of a model mean negative, neutral, positive; a model without a neutral one never says neutral.

    TapecheckError: the config's names do not say. An order is never guessed: models disagree about it.
    """
    columns: dict[str, list[int]] = {label: [] for label in LABELS}
    for column, told in labels.items():
        word = re.sub(r"[^a-z]", "", told.lower())
        meant = [label for label, words in _NAMES.items() if word in words]
        if not meant:
            listed = ", ".join(labels.values())
            raise TapecheckError(f"{name}: its labels ({listed}) do not say which is negative, neutral and positive")
        columns[meant[0]].append(int(column))
    if not columns["negative"] or not columns["positive"]:
        raise TapecheckError(f"{name}: its labels ({', '.join(labels.values())}) lack negative or positive")
    return columns


def _joined(marked: Marked, rows: Sequence[Sequence[float]]) -> Sentiment:
    negative, neutral, positive = (round(sum(column) / len(rows), _DECIMALS) for column in zip(*rows, strict=True))
    return Sentiment(
        negative=negative,
        neutral=neutral,
        positive=positive,
        windowed=marked.windowed,
        target_found=marked.target_found,
    )


def _libraries() -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except ImportError as error:
        raise TapecheckError(
            f"a model by path or name needs {error.name}: pip install 'tapecheck[transformers]' and torch"
        ) from None
    transformers.logging.set_verbosity_error()
    return torch, transformers


def _marking(tokenizer: Any, limit: int) -> SentenceEncoder:
    backend = tokenizer.backend_tokenizer
    backend.no_padding()
    backend.no_truncation()
    backend.encode_special_tokens = True
    return SentenceEncoder(backend, limit=limit)


def _digest(model: Any) -> str:
    """Of the weights as loaded, by name: a hub's model has no one file to hash."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().float().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
