"""Sentiment toward a target: what a model answers, and what is kept of an article.

Positive means that somebody who holds the target is glad of what the sentence says; `models/sentiment/LABELLING.md`
says what that comes to for yields, indexes and the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.domain.article import Zone

LABELS = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentiment:
    """Calibrated probabilities of one sentence toward one target.

    windowed: the sentence was longer than the model takes, and was read in windows around the target.
    target_found: the target stands in the sentence; where it does not, the sentence was scored as a whole.
    """

    negative: float
    neutral: float
    positive: float
    windowed: bool = False
    target_found: bool = True

    @property
    def label(self) -> str:
        """The likeliest of the three; neutral where it ties."""
        if self.neutral >= max(self.negative, self.positive):
            return "neutral"
        return "positive" if self.positive > self.negative else "negative"

    @property
    def score(self) -> float:
        """From -1 to 1: how much likelier positive is than negative."""
        return self.positive - self.negative


@dataclass(frozen=True, slots=True, kw_only=True)
class SentimentModel:
    """Which weights spoke. sha256: of the file that was loaded, in hex; None where a model is not one file."""

    name: str
    version: str
    sha256: str | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.version} {(self.sha256 or '')[:12]}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetMention:
    """A target that annotation found and had scored. Offsets count in the annotated text, ends exclusive.

    start, end: of the target. candidates: the ids it may mean, best first; empty where it points to a name before it.
    noun: what it can point back to. policy: the target is a policy, and the sentence was scored as a whole.
    """

    start: int
    end: int
    text: str
    sentence_start: int
    sentence_end: int
    candidates: tuple[str, ...]
    noun: str | None = None
    policy: bool = False
    sentiment: Sentiment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """What one sentence of an article says of one instrument or policy.

    start, end: of the sentence in the article's text. target_start, target_end: of the words that name it there.
    """

    subject: str
    start: int
    end: int
    target_start: int
    target_end: int
    target: str
    zone: Zone
    sentiment: Sentiment


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """How much an article is about an instrument; the formula is in `extractor/claims/relevance.py`.

    value: 0 to 1. mentions: in title and body. first: offset of the first one in the article's text.
    """

    subject: str
    value: float
    mentions: int
    first: int
    in_title: bool
