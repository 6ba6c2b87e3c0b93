"""The sentiment model that ships: ONNX in int8 on the processor, without torch.

Quantisation takes the scale of a layer's input from the whole tensor, so in a batch one sentence would change the
score of another, and padding would too. So each sequence is run by itself, unpadded, one thread each and several at
a time; that is no slower, and the same text gets the same score whatever it is asked together with.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.adapters.sentiment_encoding import Marked, Pieces, SentenceEncoder
from extractor.domain.errors import TapecheckError
from extractor.domain.sentiment import Sentiment

MANIFEST = "manifest.json"
_ASKED_AT_ONCE = 1024  # sequences whose answers are remembered together

Target = str | tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manifest:
    """What a folder of weights says of itself."""

    name: str
    version: str
    model: str  # the file's name
    sha256: dict[str, str]  # of every file that is read
    limit: int
    temperature: float


class OnnxSentiment:
    """folder: weights with their manifest. threads: sequences run at a time; one for each processor if None."""

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        manifest = _read_manifest(folder)
        model = _verified(folder, manifest.model, manifest)
        tokenizer = _verified(folder, "tokenizer.json", manifest)
        self.name, self.version = manifest.name, manifest.version
        self.sha256 = manifest.sha256[manifest.model]
        self._temperature = manifest.temperature
        self._threads = threads or _processors()
        self._encoder = SentenceEncoder(_tokenizer(tokenizer), limit=manifest.limit)
        self._session = _session(model)

    def scores(self, sentences: Sequence[tuple[str, Target]]) -> list[Sentiment]:
        """See `ScoresSentiment`. Equal sequences are run once."""
        marked = [self._encoder.encode(text, target) for text, target in sentences]
        wanted = list(dict.fromkeys(window for one in marked for window in one.windows))
        answers: dict[Pieces, NDArray[np.float64]] = {}
        with ThreadPoolExecutor(self._threads) as pool:
            for first in range(0, len(wanted), _ASKED_AT_ONCE):
                part = wanted[first : first + _ASKED_AT_ONCE]
                answers.update(zip(part, pool.map(self._run, part), strict=True))
        return [_joined(one, answers) for one in marked]

    def _run(self, pieces: Pieces) -> NDArray[np.float64]:
        """Probabilities of one sequence."""
        ids = np.array([pieces], dtype=np.int64)
        (logits,) = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        return softmax(np.asarray(logits[0], dtype=np.float64) / self._temperature)


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum())


def _processors() -> int:
    """Those this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _joined(marked: Marked, answers: dict[Pieces, NDArray[np.float64]]) -> Sentiment:
    """The mean over a sentence's windows."""
    mean = np.mean([answers[window] for window in marked.windows], axis=0)
    return Sentiment(
        negative=float(mean[0]),
        neutral=float(mean[1]),
        positive=float(mean[2]),
        windowed=marked.windowed,
        target_found=marked.target_found,
    )


def _read_manifest(folder: Path) -> _Manifest:
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return _Manifest(**{name: told[name] for name in _Manifest.__slots__})
    except FileNotFoundError:
        raise TapecheckError(f"{folder}: no sentiment model there; {MANIFEST} is missing") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TapecheckError(f"{path}: cannot be read as the manifest of a model ({error})") from None


def _verified(folder: Path, name: str, manifest: _Manifest) -> bytes:
    """The file's bytes, if they are the ones that were measured."""
    try:
        found = (folder / name).read_bytes()
    except OSError as error:
        raise TapecheckError(f"{folder / name}: {error.strerror}") from None
    if hashlib.sha256(found).hexdigest() != manifest.sha256.get(name):
        raise TapecheckError(f"{folder / name}: not the file that {MANIFEST} describes; its SHA-256 differs")
    return found


def _tokenizer(told: bytes) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(told)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True  # "[SEP]" in an article is text
    return tokenizer


def _session(model: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
