"""Words of a text with their places, and a table of phrases looked up by their first word.

A phrase table costs one dictionary look-up a word, however many phrases it holds, where an
alternation of a thousand phrases costs a thousand comparisons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

# An apostrophe, a dot, an ampersand or a hyphen joins word characters: "day's", "U.S", "S&P", "25-basis-point".
_WORD = re.compile(r"[^\W_]++(?:[’'.&-][^\W_]++)*+")
_GAP = re.compile(r"[\s-]{1,8}|/")  # "P/E ratio"

T = TypeVar("T")


class Word(NamedTuple):
    start: int
    end: int
    lower: str


class Found(NamedTuple, Generic[T]):
    start: int
    end: int
    first: int  # number of the first word
    entry: T


@lru_cache(maxsize=1)  # one component after another asks for the words of the same text
def words_of(text: str) -> Sequence[Word]:
    """Every word with its offsets; curly apostrophes read as straight ones."""
    return [Word(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in _WORD.finditer(text)]


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(word.lower for word in words_of(phrase))


class PhraseTable(Generic[T]):
    """Finds phrases, the longest at each place, each word matched whole and without regard to case."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, entry in entries:
            parts = _split(phrase)
            self._by_first.setdefault(parts[0], []).append((parts[1:], entry))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    def find(self, text: str, words: Sequence[Word]) -> Iterator[Found[T]]:
        """Matches in order, not overlapping. `words` are those of `text`."""
        position = 0
        while position < len(words):
            for rest, entry in self._by_first.get(words[position].lower, ()):
                last = position + len(rest)
                if last < len(words) and self._continues(text, words, position, rest):
                    yield Found(words[position].start, words[last].end, position, entry)
                    position = last
                    break
            position += 1

    @staticmethod
    def _continues(text: str, words: Sequence[Word], position: int, rest: tuple[str, ...]) -> bool:
        for offset, wanted in enumerate(rest, start=1):
            before, word = words[position + offset - 1], words[position + offset]
            if word.lower != wanted or not _GAP.fullmatch(text, before.end, word.start):
                return False
        return True
