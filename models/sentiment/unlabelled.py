"""Sentences and targets that nobody labelled, for a teacher to speak about.

From the training sentences, the other names in them; from our own articles in corpus/, every sentence with each
of its names. A name is a run of capitalised words; which of them are instruments does not matter here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extractor.annotate.sentences import boundaries
from models.sentiment.config import ROOT
from models.sentiment.lines import Line

_NAME = re.compile(r"(?<!\w)(?:[A-Z][\w&.’'-]*\w|[A-Z]{2,})(?: (?:[A-Z][\w&.’'-]*\w|[A-Z]{2,}|of|&)){0,4}(?!\w)")
_WORDS = range(4, 61)
_NEVER = re.compile("A|After|An|And|As|At|Before|But|By|For|He|If|In|It|On|She|That|The|They|This|We|When|While")


def lines(training: Sequence[Line]) -> list[Line]:
    """Lines whose label means nothing."""
    labelled = {(line.text, line.target) for line in training}
    texts = dict.fromkeys(line.text for line in training if line.source != "tweets")
    found = [line for text in texts for line in _lines(text, "unlabelled")]
    found += [line for text in _corpus() for line in _lines(text, "corpus")]
    return [line for line in found if (line.text, line.target) not in labelled]


def _lines(text: str, source: str) -> Iterator[Line]:
    if len(text.split()) not in _WORDS:
        return
    for name in dict.fromkeys(match.group() for match in _NAME.finditer(text)):
        if not _NEVER.fullmatch(name):
            yield Line(text=text, target=name, label="neutral", source=source, row=f"{source}:{text}")


def _corpus() -> Iterator[str]:
    for path in sorted((ROOT / "corpus" / "articles").rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        edges = [*boundaries(text), len(text)]
        for start, end in itertools.pairwise(edges):
            sentence = " ".join(text[start:end].split())
            if sentence:
                yield sentence
