"""A text as the instrument finders read it: its tokens, and questions about what stands beside them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from extractor.rules.instruments.names import Token, tokenise

# A sentence ends at a line break, or at a mark after a lower-case letter, a figure or a bracket: not after "U.S.".
_BREAK = re.compile(r"\n|(?<=[a-z0-9%)”\"’])[.!?][”\"’)]?(?=\s)")


class Reading:
    """The text, tokenised once for every finder."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = tokenise(text)
        self._starts = [token.start for token in self.tokens]
        self._breaks = [match.end() for match in _BREAK.finditer(text)]

    def words(self) -> set[str]:
        """Every word of the text, case-folded."""
        return {token.key for token in self.tokens}

    def token_before(self, offset: int) -> int:
        """Index of the last token that ends at or before an offset; -1 where there is none."""
        index = bisect_left(self._starts, offset) - 1
        if index >= 0 and self.tokens[index].end > offset:
            index -= 1
        return index

    def token_after(self, offset: int) -> int:
        """Index of the first token that starts at or after an offset; the number of tokens where there is none."""
        return bisect_left(self._starts, offset)

    def sentence_start(self, offset: int) -> int:
        place = bisect_right(self._breaks, offset)
        return self._breaks[place - 1] if place else 0

    def sentence_end(self, offset: int) -> int:
        place = bisect_right(self._breaks, offset)
        return self._breaks[place] if place < len(self._breaks) else len(self.text)

    def opens_sentence(self, index: int) -> bool:
        """Whether no other word stands before this token in its sentence."""
        token = self.tokens[index]
        return index == 0 or self.tokens[index - 1].end <= self.sentence_start(token.start)

    def next_words(self, index: int, end: int) -> tuple[str, str, str]:
        """What follows a name that ends before token `index`: one word, two words, and the next mark, case-folded."""
        tokens = self.tokens
        mark = self.text[end : end + 3].lstrip()[:1]
        if index >= len(tokens) or not tokens[index].joined:
            return "", "", mark
        one = tokens[index].key
        if index + 1 < len(tokens) and tokens[index + 1].joined:
            return one, f"{one} {tokens[index + 1].key}", mark
        return one, "", mark

    def previous_words(self, index: int) -> tuple[str, str, str]:
        """What precedes token `index`: one word, two words, and the mark before it, case-folded."""
        tokens = self.tokens
        mark = self.text[max(0, tokens[index].start - 2) : tokens[index].start].strip()[-1:]
        if index == 0 or not tokens[index].joined:
            return "", "", mark
        one = tokens[index - 1].key
        if index > 1 and tokens[index - 1].joined:
            return one, f"{tokens[index - 2].key} {one}", mark
        return one, "", mark
