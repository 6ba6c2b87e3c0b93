"""What a model must beat to be worth its cost: the commonest label, VADER, and counting words of our own lexicon."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from models.sentiment.config import ROOT
from models.sentiment.lines import Line

Predictor = Callable[[Sequence[Line]], list[str]]


def majority(training: Sequence[Line]) -> Predictor:
    """Always the commonest label of the training part."""
    commonest = Counter(line.label for line in training).most_common(1)[0][0]
    return lambda lines: [commonest] * len(lines)


def vader(lines: Sequence[Line]) -> list[str]:
    """VADER's compound score of the text, cut at 0.05 either side as its authors do; it knows no target."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    scorer = SentimentIntensityAnalyzer()
    return [_cut(scorer.polarity_scores(line.text)["compound"], 0.05) for line in lines]


def word_count(lines: Sequence[Line]) -> list[str]:
    """More words of rising than of falling, by rules/movements.toml; counted as with Loughran and McDonald's lists."""
    up, down = _movements()
    return [_cut(len(up.findall(line.text)) - len(down.findall(line.text)), 0) for line in lines]


def _cut(score: float, band: float) -> str:
    return "positive" if score > band else "negative" if score < -band else "neutral"


@cache
def _movements() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rules = tomllib.loads((ROOT / "extractor/rules/movements.toml").read_text(encoding="utf-8"))["movement"]
    found = []
    for direction in ("up", "down"):
        words = {
            word
            for rule in rules
            if rule.get("direction") == direction
            for kind in ("verbs", "nouns", "states")
            for word in rule.get(kind, ())
        }
        listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        found.append(re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE))
    return found[0], found[1]
