"""Countries as a text names them."""

from __future__ import annotations

import re
from functools import cache

from extractor.rules.instruments.load import table


def named(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, str]]:
    """Every country in text[start:end] with its place; "us" the pronoun is not one, nor is the U.S. in "US dollar"."""
    pattern, words = _words()
    return [
        (match.start(), words[match.group().casefold()])
        for match in pattern.finditer(text, start, len(text) if end is None else end)
        if match.group()[0].isupper() or match.group().startswith("euro")
    ]


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {word.casefold(): code for code, group in table("indicators")["countries"].items() for word in group}
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{pattern})(?![\w$]| dollars?\b)", re.IGNORECASE), words
