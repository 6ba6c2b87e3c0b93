"""Policies an article speaks of: each once, at its first mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from extractor.claims.making import of_words
from extractor.domain.annotation import PolicyMention
from extractor.domain.article import Article
from extractor.domain.claim import Claim, Kind, Modality, Period, Subject, SubjectType
from extractor.rules.policy import load_topics

# A figure this near to a provision is the provision's: an amount, which says more than the bare mention.
_FIGURE_BEFORE = re.compile(
    r"(?:\d\s?%|\d (?:percent|per cent)|[$€£]\s?\d[\d.,]*+(?: (?:trillion|billion|million))?)(?:\s[\w-]+){0,3}\s?\Z"
)
_FIGURE_AFTER = re.compile(r"(?:\s[\w-]+){0,3}?\s(?:[$€£]\s?\d|\d[\d.,]*+\s?(?:%|percent|per cent))")

_STATUTE = re.compile(r"\b(?:Act|Section \d{1,4}|Article \d{1,3})\b")


def find(
    mentions: Sequence[PolicyMention],
    article: Article,
    date_for: Callable[[int], Period | None],
    sentence_at: Callable[[int], tuple[int, int]],
    modality_at: Callable[[int], Modality] | None = None,
) -> Iterator[Claim]:
    """One claim a topic. An event has a metric, and a date where its words say what happened; a provision with its
    figure is an amount's claim.

    date_for, modality_at: of the words at an offset. sentence_at: start and end of the sentence around one.
    """
    seen: set[str] = set()
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if mention.topic in seen:
            continue
        seen.add(mention.topic)
        if _carries_figure(mention, article.text):
            continue
        start, end = sentence_at(mention.start)
        yield of_words(
            article,
            mention.start,
            mention.end,
            Subject(id=mention.topic, type=SubjectType.POLICY, name=mention.name),
            sentence=article.text[start:end],
            kind=Kind.POLICY,
            metric="event" if mention.event or _is_enacted(mention) else None,
            rule=mention.rule,
            period=date_for(mention.start) if mention.event else None,
            confidence=0.9 if mention.event else 0.85,
            modality=modality_at(mention.start) if modality_at else Modality.ASSERTED,
        )


def _is_enacted(mention: PolicyMention) -> bool:
    """A law by its name stands for its passage; "tariffs" or "easing" go on without one."""
    return mention.rule == "policy.law" or bool(_STATUTE.search(mention.text))


def _carries_figure(mention: PolicyMention, text: str) -> bool:
    topic = load_topics().by_id(mention.topic)
    if topic is None or not topic.provision:
        return False
    before = text[max(0, mention.start - 48) : mention.start]
    return bool(_FIGURE_BEFORE.search(before) or _FIGURE_AFTER.match(text, mention.end, mention.end + 48))
