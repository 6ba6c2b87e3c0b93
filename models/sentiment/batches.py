"""Lines as batches of tensors: encoded once, then drawn by length so that little of a batch is padding."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractor.adapters.sentiment_encoding import SentenceEncoder
from models.sentiment.lines import LABELS, Line

_POOL = 50  # batches shuffled together before they are sorted by length


@dataclass(frozen=True, slots=True)
class Example:
    """One sequence and what is known of it.

    label: -1 where there is none. weight: in the loss. soft: a teacher's logits.
    """

    pieces: tuple[int, ...]
    label: int
    weight: float = 1.0
    soft: tuple[float, float, float] | None = None


def encoder(folder: Path, *, limit: int) -> SentenceEncoder:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True
    return SentenceEncoder(tokenizer, limit=limit)


def example(line: Line, encoder: SentenceEncoder, *, whole: bool = False, weight: float = 1.0) -> Example:
    """whole: without its target. The few texts longer than the limit are learned from by their first window."""
    marked = encoder.encode(line.text, None if whole else line.place)
    return Example(marked.windows[0], LABELS.index(line.label), weight)


def drawn(examples: Sequence[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Batches in a random order, each of sequences of much the same length."""
    order = list(examples)
    chance.shuffle(order)
    batches = []
    for first in range(0, len(order), size * _POOL):
        pool = sorted(order[first : first + size * _POOL], key=lambda one: len(one.pieces))
        batches += [pool[at : at + size] for at in range(0, len(pool), size)]
    chance.shuffle(batches)
    yield from batches


def tensors(examples: Sequence[Example], *, pad: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Pieces and their mask, padded to the longest."""
    longest = max(len(one.pieces) for one in examples)
    rows = [[*one.pieces, *[pad] * (longest - len(one.pieces))] for one in examples]
    mask = [[1] * len(one.pieces) + [0] * (longest - len(one.pieces)) for one in examples]
    return torch.tensor(rows, device=device), torch.tensor(mask, device=device)
