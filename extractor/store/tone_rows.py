"""Sentiment and relevance to rows and back. Probabilities are numbers here, for nobody printed them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.domain.article import Article, Zone
from extractor.domain.sentiment import Relevance, Sentiment, SentimentModel, Tone
from extractor.store.rows import Row


def tone_row(article: Article, tone: Tone) -> Row:
    """Without its model, which is a row of its own. Six decimals are more than a model is sure of."""
    return {
        "article_id": article.id,
        "subject_id": tone.subject,
        "start": tone.start,
        "end": tone.end,
        "sentence": article.text[tone.start : tone.end],
        "target_start": tone.target_start,
        "target_end": tone.target_end,
        "target": tone.target,
        "zone": str(tone.zone),
        "negative": round(tone.sentiment.negative, 6),
        "neutral": round(tone.sentiment.neutral, 6),
        "positive": round(tone.sentiment.positive, 6),
        "windowed": int(tone.sentiment.windowed),
    }


def tone_from(row: Mapping[str, Any]) -> Tone:
    return Tone(
        subject=row["subject_id"],
        start=row["start"],
        end=row["end"],
        target_start=row["target_start"],
        target_end=row["target_end"],
        target=row["target"],
        zone=Zone(row["zone"]),
        sentiment=Sentiment(
            negative=row["negative"],
            neutral=row["neutral"],
            positive=row["positive"],
            windowed=bool(row["windowed"]),
        ),
    )


def relevance_row(article_id: str, relevance: Relevance) -> Row:
    return {
        "article_id": article_id,
        "subject_id": relevance.subject,
        "relevance": relevance.value,
        "mentions": relevance.mentions,
        "first": relevance.first,
        "in_title": int(relevance.in_title),
    }


def relevance_from(row: Mapping[str, Any]) -> Relevance:
    return Relevance(
        subject=row["subject_id"],
        value=row["relevance"],
        mentions=row["mentions"],
        first=row["first"],
        in_title=bool(row["in_title"]),
    )


def model_row(model: SentimentModel) -> Row:
    return {"name": model.name, "version": model.version, "sha256": model.sha256}
