"""A sentence with its target marked, as the numbers a model reads.

Text is cut into word pieces once, whatever the target is, and two marker pieces are put around each place where the
target stands. A sentence without a target gets an empty pair of markers at its beginning, so that a model that
looks at the markers has somewhere to look. Training and running use this same code.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

OPEN, CLOSE = "[unused0]", "[unused1]"  # pieces that BERT's and MPNet's vocabularies have and never use
_ENDS = (("[CLS]", "[SEP]"), ("<s>", "</s>"))

# Addresses, and the codes a wire puts into its text: <AAPL.O>, [nL4N2Z028U]. They say nothing and take room.
_NOISE = re.compile(r"https?://\S{1,300}+|<[A-Z0-9.^=]{1,12}>|\[n[A-Z0-9]{6,14}\]")
_STRIDE = 32  # pieces that two windows of a sentence without a target share
_MARKS = 8  # places of a target that are marked in one sequence, the first ones


class _Encoding(Protocol):
    ids: list[int]
    offsets: list[tuple[int, int]]


class Tokenizer(Protocol):
    """What is asked of `tokenizers.Tokenizer`."""

    def encode(self, sequence: str, *, add_special_tokens: bool) -> _Encoding: ...

    def token_to_id(self, token: str) -> int | None: ...


Pieces = tuple[int, ...]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One sentence toward one target. windows: the sequences to be read, one where the sentence fits."""

    windows: tuple[Pieces, ...]
    windowed: bool
    target_found: bool


class SentenceEncoder:
    """limit: the most pieces of one sequence, markers and ends included."""

    def __init__(self, tokenizer: Tokenizer, *, limit: int) -> None:
        self._tokenizer = tokenizer
        self._limit = limit
        self.open, self.close = self._id(OPEN), self._id(CLOSE)
        self._start, self._end = next(
            (self._id(start), self._id(end)) for start, end in _ENDS if tokenizer.token_to_id(start) is not None
        )

    def _id(self, piece: str) -> int:
        found = self._tokenizer.token_to_id(piece)
        if found is None:
            raise ValueError(f"the tokenizer has no piece {piece}")
        return found

    def encode(self, text: str, target: str | Place | None) -> Marked:
        """target: as it stands in the text, or its (start, end) in characters, or None for the sentence as a whole."""
        ids, offsets = self._pieces(text)
        places = [target] if isinstance(target, tuple) else mentions(text, target) if target else []
        marks = list(_piece_places(offsets, places))
        found = bool(marks) or not target
        first = marks[:_MARKS]
        if len(ids) + 2 * max(len(first), 1) + 2 <= self._limit:
            return Marked(windows=(self._sequence(ids, first),), windowed=False, target_found=found)
        room = self._limit - 2 - 2 * _MARKS
        spans = _around(marks, len(ids), room) if marks else _along(len(ids), room)
        windows = tuple(self._sequence(ids[a:b], [(s - a, e - a) for s, e in kept]) for a, b, kept in spans)
        return Marked(windows=windows, windowed=True, target_found=found)

    def _pieces(self, text: str) -> tuple[list[int], list[Place]]:
        """The text's pieces and where each stands, without those of addresses and codes."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        noise = [match.span() for match in _NOISE.finditer(text)]
        if not noise:
            return encoding.ids, encoding.offsets
        starts = [start for start, _ in noise]
        kept = []
        for piece, place in zip(encoding.ids, encoding.offsets, strict=True):
            before = bisect_right(starts, place[0]) - 1
            if before < 0 or place[0] >= noise[before][1]:
                kept.append((piece, place))
        return [piece for piece, _ in kept], [place for _, place in kept]

    def _sequence(self, ids: Sequence[int], marks: Sequence[Place]) -> Pieces:
        """With both ends, and markers around each mark (in pieces; sorted, apart from each other)."""
        out = [self._start]
        if not marks:
            out += [self.open, self.close]
        last = 0
        for start, end in marks:
            out += [*ids[last:start], self.open, *ids[start:end], self.close]
            last = end
        return (*out, *ids[last:], self._end)


def mentions(text: str, target: str) -> list[Place]:
    """Every place of the target, in order: as a word of its own, or else in small or capital letters, or in a word."""
    word = rf"(?<!\w){re.escape(target)}(?!\w)"
    for pattern, flags in ((word, 0), (word, re.IGNORECASE), (re.escape(target), 0)):
        found = [match.span() for match in re.finditer(pattern, text, flags)]
        if found:
            return found
    return []


def _piece_places(offsets: Sequence[Place], places: Sequence[Place]) -> Iterator[Place]:
    """Places in characters as places in pieces; one that is not a piece (an address, a blank) is left out."""
    starts, ends = [a for a, _ in offsets], [b for _, b in offsets]
    last = 0
    for start, end in places:
        first = max(bisect_right(ends, start), last)
        last = max(bisect_left(starts, end), last)
        if first < last:
            yield first, last


def _around(marks: Sequence[Place], length: int, room: int) -> list[tuple[int, int, list[Place]]]:
    """Windows that hold the marks, each with as much before its first mark as there is behind it."""
    windows: list[tuple[int, int, list[Place]]] = []
    for start, end in marks:
        if windows and end <= windows[-1][1]:
            if len(windows[-1][2]) < _MARKS:
                windows[-1][2].append((start, end))
            continue
        middle = (start + min(end, start + room)) // 2
        first = max(0, min(middle - room // 2, length - room))
        windows.append((first, min(length, first + room), [(start, min(end, first + room))]))
    return windows


def _along(length: int, room: int) -> list[tuple[int, int, list[Place]]]:
    """Windows over the whole, each sharing a stretch with the one before."""
    starts = range(0, max(length - _STRIDE, 1), room - _STRIDE)
    return [(start, min(length, start + room), []) for start in starts]
