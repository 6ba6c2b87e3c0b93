"""A text as lines that know where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Blank lines that follow one another are one line: a page of a million of them costs no more than one of two.
_LINE = re.compile(r"(?:[ \t]*+(?:\r\n|\r|\n))++|[^\r\n]*+(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`text` is the line without the white space around it; `start:end` is where that stands.

    first:stop is the whole line with its white space and its line break: lines leave no gap.
    """

    first: int
    start: int
    end: int
    stop: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text


def split(text: str) -> list[Line]:
    """All lines of a text, a run of blank ones as one. Only carriage returns and line feeds break lines."""
    lines: list[Line] = []
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        assert match is not None
        raw = match.group()
        bare = raw.strip()
        start = position + (len(raw) - len(raw.lstrip())) if bare else position
        lines.append(Line(first=position, start=start, end=start + len(bare), stop=match.end(), text=bare))
        position = match.end()
    return lines
