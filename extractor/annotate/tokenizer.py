"""spaCy's English tokenizer, guarded against runs that it takes quadratic time over.

The tokenizer peels prefixes and suffixes off each stretch between blanks, one at a time: 20,000 brackets in
a row take half a minute. No word of any text is that long, so such stretches are cut by a plain pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from extractor.annotate.spans import keep_text

_LONGEST = 150  # characters between two blanks; addresses of pages can be about that long
_RUN = re.compile(rf"\S{{{_LONGEST + 1},}}+|\s{{{_LONGEST + 1},}}+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PIECE = re.compile(r"\w{1,40}+|[^\w\s]|\s+")


class GuardedTokenizer:
    """Text to Doc: spaCy's tokens, but for runs of more than 150 characters without a blank."""

    def __init__(self, base: Any) -> None:  # spaCy's Tokenizer is compiled and ships no types
        self._base = base

    def __call__(self, text: str) -> Doc:
        text = _SURROGATE.sub("\ufffd", text)  # half a character cannot be hashed; offsets stay as they are
        if not _RUN.search(text):
            return keep_text(self._base(text), text)
        words: list[str] = []
        spaces: list[bool] = []
        for word, space in self._pieces(text):
            words.append(word)
            spaces.append(space)
        return keep_text(Doc(self._base.vocab, words=words, spaces=spaces), text)

    def _pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        """(token, whether one blank follows) for the whole text; together they are the text."""
        done = 0
        for run in _RUN.finditer(text):
            yield from ((token.text, bool(token.whitespace_)) for token in self._base(text[done : run.start()]))
            yield from ((piece.group(), False) for piece in _PIECE.finditer(run.group()))
            done = run.end()
        yield from ((token.text, bool(token.whitespace_)) for token in self._base(text[done:]))

    def __getattr__(self, name: str) -> object:
        return getattr(self._base, name)


@registry.tokenizers("tapecheck.tokenizer.v1")  # type: ignore[untyped-decorator]
def make() -> Callable[[Language], GuardedTokenizer]:
    from spacy.language import create_tokenizer

    return lambda nlp: GuardedTokenizer(create_tokenizer()(nlp))
