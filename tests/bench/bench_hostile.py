"""How long hostile text takes from string to claims: each is to stay under two seconds."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.annotate import pipeline
from extractor.claims.find import find_claims
from extractor.domain.article import Article
from extractor.ingest import zones
from extractor.rules.instruments import InstrumentBook
from tests.fakes.hostile import HOSTILE


@pytest.mark.benchmark(group="hostile text")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile(benchmark, text: str) -> None:
    nlp, book = pipeline.load(), InstrumentBook.load()

    def run() -> None:
        article = Article(name="x", source="x", text=text, zones=zones.mark(text), published_on=date(2025, 6, 13))
        find_claims(nlp(article.readable), article, book)

    nlp("S&P 500 rose 1%.")
    benchmark.pedantic(run, rounds=1)
