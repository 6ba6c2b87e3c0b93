"""Moves whose days are not certain: not contradicted where they hold over days that the sentence may mean."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.claims.check import check_article
from extractor.domain.article import Article
from tests.fakes.tape import tape

CLOSES = {
    "2025-12-12": "6827.41",
    "2025-12-15": "6816.51",
    "2025-12-16": "6800.26",
    "2025-12-17": "6721.43",
    "2025-12-18": "6774.76",
    "2025-12-19": "6834.50",
}


@pytest.mark.parametrize(
    ("text", "quote", "rating"),
    [
        ("A week to forget: the S&P 500 rose 0.1%.", "0.1%", "not_enough_data"),
        ("Monday's wobble is history: the S&P 500 rose 0.9%.", "0.9%", "not_enough_data"),
        ("The S&P 500 rose 0.9%, bringing its two-day gain to 1.7%.", "1.7%", "not_enough_data"),
        ("The S&P 500 opened 1.7% higher.", "1.7%", "not_enough_data"),
        ("For a second day the S&P 500 prospered.", "second day", "supported"),
        ("After losing 1.2% on Wednesday, the S&P 500 rose 0.9%.", "0.9%", "supported"),
        ("The S&P 500 rose 13.4% from its spring low.", "13.4%", "not_enough_data"),
        ("The S&P 500 rose 13.4%.", "13.4%", "contradicted"),
        ("The S&P 500 closed at 15,586.57.", "15,586.57", "contradicted"),
        ("The S&P 500 fell. The index closed at 15,586.57.", "15,586.57", "not_enough_data"),
    ],
)
def test_ratings(extract, text: str, quote: str, rating: str) -> None:
    market = tape({"index:SPX": CLOSES})
    article = Article(name="s.txt", source="s", text=text, published_on=date(2025, 12, 19))
    claims = extract(article)
    told = {claim.quote: verdict.rating for claim, verdict in zip(claims, check_article(claims, market), strict=True)}
    assert told[quote] == rating
