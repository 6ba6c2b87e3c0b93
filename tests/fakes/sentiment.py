"""A sentiment model that goes by one word: what follows the target decides, and the batch is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.domain.sentiment import Sentiment

GLAD = Sentiment(negative=0.1, neutral=0.2, positive=0.7)
SORRY = Sentiment(negative=0.7, neutral=0.2, positive=0.1)
NO_WISER = Sentiment(negative=0.1, neutral=0.8, positive=0.1)

Question = tuple[str, str | tuple[int, int] | None]


@dataclass
class FakeSentiment:
    """ "rose" within 20 characters after the target is good, "fell" bad; of a whole sentence, anywhere."""

    name: str = "fake"
    version: str = "1"
    sha256: str = "00"
    batches: list[list[Question]] = field(default_factory=list)

    def scores(self, sentences: Sequence[Question]) -> list[Sentiment]:
        self.batches.append(list(sentences))
        return [_score(text, target) for text, target in sentences]


def _score(text: str, target: str | tuple[int, int] | None) -> Sentiment:
    words = text[target[1] : target[1] + 20] if isinstance(target, tuple) else text
    if "rose" in words:
        return GLAD
    return SORRY if "fell" in words else NO_WISER
