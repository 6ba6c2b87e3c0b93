"""From scored targets to tones: which instrument each target is on the article's day, and where it may count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from extractor.domain.article import Article, Zone
from extractor.domain.sentiment import Sentiment, TargetMention, Tone

_COUNTED = frozenset({Zone.TITLE, Zone.BODY})


def tones(
    targets: Sequence[TargetMention], meant: Mapping[int, str], article: Article, *, inverse: Set[int] = frozenset()
) -> tuple[Tone, ...]:
    """One a sentence and subject, by place. Rows of prices and furniture have none.

    meant: the id each mention of the article means, by where it starts. inverse: where a mention names the currency
    that its pair counts in: a strong yen is a weak USDJPY, and the tone is the pair's, as a claim's direction is.
    """
    found: dict[tuple[int, str], Tone] = {}
    for tone in _each(targets, meant, article, inverse):
        found.setdefault((tone.start, tone.subject), tone)
    return tuple(found.values())


def _each(
    targets: Sequence[TargetMention], meant: Mapping[int, str], article: Article, inverse: Set[int]
) -> Iterator[Tone]:
    for target in targets:
        subject = target.candidates[0] if target.policy else meant.get(target.start)
        zone = article.zone_at(target.sentence_start)
        if subject is None or target.sentiment is None or zone not in _COUNTED:
            continue
        yield Tone(
            subject=subject,
            start=target.sentence_start,
            end=target.sentence_end,
            target_start=target.start,
            target_end=target.end,
            target=target.text,
            zone=zone,
            sentiment=_turned(target.sentiment) if target.start in inverse else target.sentiment,
        )


def _turned(sentiment: Sentiment) -> Sentiment:
    return replace(sentiment, negative=sentiment.positive, positive=sentiment.negative)
