"""Sentence boundaries on characters: news text is full of "Inc.", "U.S." and figures that mislead a parser.

Blank lines always end a sentence. A single line break does, unless the paragraph is hard-wrapped. Full
stops after known abbreviations and initials do only before a word that opens sentences.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractor.rules import grammar

_PARAGRAPH_END = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t\u00a0]*+(?:\r\n|\r|\n)\s*+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_STOP = re.compile(r"[.!?]++[\"”’')\]]{0,3}(?=\s+[\"“‘'(\[]{0,2}[\w$€£¥+−-])")
_NEXT_WORD = re.compile(r"\s+([\"“‘'(\[]{0,2})([\w$€£¥+−-]\S*)")
_INITIALS = re.compile(r"[a-z](?:\.[a-z])*")  # "J.C. Penney"
_LAST_WORD = re.compile(r"[\w.&’'-]{1,24}$")


def boundaries(text: str) -> list[int]:
    """Offsets at which a sentence begins, in order; the first is 0 for any text."""
    starts = [0]
    for start, end in _blocks(text):
        if start > starts[-1]:
            starts.append(start)
        starts.extend(offset for offset in _inside(text, start, end) if offset > starts[-1])
    return starts


def _blocks(text: str) -> list[tuple[int, int]]:
    """Stretches that a sentence cannot cross: paragraphs, or single lines where lines are not wrapped."""
    blocks: list[tuple[int, int]] = []
    start = 0
    for match in _PARAGRAPH_END.finditer(text):
        blocks.append((start, match.start()))
        start = match.end()
    blocks.append((start, len(text)))
    return [line for block in blocks for line in _lines(text, *block)]


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    edges = [start, *(match.end() for match in _LINE_END.finditer(text, start, end)), end]
    lines = [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]
    if len(lines) < 2 or not _is_wrapped([len(text[a:b].rstrip()) for a, b in lines[:-1]]):
        return lines
    return [(start, end)]


def _is_wrapped(lengths: list[int]) -> bool:
    """Hard-wrapped text has lines of much the same length, 50 to 100 characters."""
    return min(lengths) >= 50 and max(lengths) <= 100 and max(lengths) - min(lengths) <= 25


def _inside(text: str, start: int, end: int) -> list[int]:
    found = []
    for match in _STOP.finditer(text, start, end):
        following = _NEXT_WORD.match(text, match.end(), end)
        if following and _ends(text, match.start(), following):
            found.append(following.start(1) if following.group(1) else following.start(2))
    return found


def _ends(text: str, stop: int, following: re.Match[str]) -> bool:
    """Whether the full stop at `stop` ends a sentence, given the word after it."""
    word = following.group(2)
    opens = word[0].isupper() or word[0].isdigit() or word[0] in "$€£¥+−-" or bool(following.group(1))
    if text[stop] != ".":
        return opens or text[stop] == "?"
    last = _LAST_WORD.search(text, max(0, stop - 24), stop)
    before = last.group().lower().strip("’'") if last else ""
    if before in grammar.words("abbreviations") or _INITIALS.fullmatch(before):
        return word.lower().strip("\"“”’',.:;") in grammar.words("sentence_openers") and word[0].isupper()
    return opens
