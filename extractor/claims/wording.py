"""Questions about the few words between two places of a sentence. All linear, however hostile the text."""

from __future__ import annotations

import re

from extractor.rules import grammar

# Words keep inner hyphens, dots and apostrophes; a final "'s" is a word of its own; other marks stand alone.
_TOKEN = re.compile(r"[^\W_]++(?:[.&-][^\W_]++)*+|[’']s\b|[^\w\s]")


def tokens(text: str, start: int, end: int) -> list[str]:
    """Lower-cased words and marks of text[start:end]."""
    return [match.group().lower() for match in _TOKEN.finditer(text, max(start, 0), end)]


def only(text: str, start: int, end: int, *lists: str) -> bool:
    """Whether nothing but words of the named lists stands in text[start:end]; true where nothing stands."""
    allowed = frozenset().union(*(grammar.words(name) for name in lists))
    return all(token in allowed for token in tokens(text, start, end))


def governor(text: str, start: int, end: int) -> tuple[str, str]:
    """The last two words before `end` once modifiers and possessives are passed over, nearest last.

    "a 13% decline in the tech-heavy" gives ("decline", "in"); ("", "") where nothing stands.
    """
    words = tokens(text, max(start, end - 90), end)
    modifiers = grammar.words("modifiers")
    while words and (words[-1] in modifiers or words[-1] in ("'s", "’s")):
        owner = words.pop()
        if owner in ("'s", "’s") and words:
            words.pop()
    last = words[-1] if words else ""
    before = words[-2] if len(words) > 1 else ""
    return before, last
