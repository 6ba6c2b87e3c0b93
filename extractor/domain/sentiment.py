"""What a sentence says toward a target: three probabilities that sum to one."""

from __future__ import annotations

from dataclasses import dataclass

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
