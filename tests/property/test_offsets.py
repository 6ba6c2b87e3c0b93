"""`article.text[start:end] == quote`, whatever the text: real articles, odd characters, carriage returns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import ingest
from extractor.domain.article import Article
from extractor.domain.claim import Claim
from tests.sources import read

Extract = Callable[[Article], tuple[Claim, ...]]
CHECKOUT = Path(__file__).resolve().parents[2]
PIECES = [
    "The S&P 500 rose 0.4% to 6,801.40", "Nvidia (NASDAQ: NVDA) fell 3%", "the Fed cut rates by 25 basis points",
    "on Tuesday", "record high", "“quoted”", "Café", "🎈", "\r\n", "\n\n", "\u00a0", "\u200b", "\u2028",
    "é\u0301", "٣٪", ". ", " and ", ", ", "’s", "—", "$4.5 trillion", "AMZN  227.11\n+5.84 (2.64%)\n", "\ud800",
]  # fmt: skip


def _holds(article: Article, claims: tuple[Claim, ...]) -> None:
    for claim in claims:
        assert article.text[claim.start : claim.end] == claim.quote
        assert claim.quote


def _articles(folder: Path) -> list[Article]:
    return [read(source) for source in ingest.discover([str(folder)]) if isinstance(source, ingest.Source)]


def test_corpus(extract: Extract, corpus: Path) -> None:
    articles = _articles(corpus / "articles")
    assert articles
    for article in articles:
        _holds(article, extract(article))


@pytest.mark.shared
def test_articles_at_hand(extract: Extract, shared: Path) -> None:
    articles = _articles(shared / "articles" / "dev")
    assert articles
    for article in articles:
        _holds(article, extract(article))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture(extract: Extract, text: str) -> None:
    article = Article(name="mixture.txt", source="mixture", text=text)
    _holds(article, extract(article))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text(extract: Extract, text: str) -> None:
    article = Article(name="text.txt", source="text", text=text)
    _holds(article, extract(article))


@pytest.mark.parametrize("name", ["crlf", "cr"])
def test_carriage_returns_stay(extract: Extract, tmp_path: Path, name: str) -> None:
    ending = {"crlf": "\r\n", "cr": "\r"}[name]
    text = ending.join(["Stocks end higher", "", "The S&P 500 rose 0.4% to 6,801.40 — its third straight gain.", ""])
    path = tmp_path / "wrap_20251125.txt"
    path.write_bytes(text.encode())
    article = read(next(iter(ingest.discover([str(path)]))))
    assert article.text == text
    claims = extract(article)
    assert {claim.quote for claim in claims} >= {"0.4%", "6,801.40"}
    _holds(article, claims)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 20_000,
        "(" * 20_000,
        "The S&P 500 rose 1%. " * 2_000,
        "🎈" * 5_000,
        "السوق ارتفع 3% " * 500,
        "a,b " * 50_000,
    ],
    ids=["digits", "parentheses", "long", "emoji", "right-to-left", "commas"],
)
def test_hostile_text_comes_to_an_end(extract: Extract, text: str) -> None:
    article = Article(name="hostile.txt", source="hostile", text=text)
    _holds(article, extract(article))
