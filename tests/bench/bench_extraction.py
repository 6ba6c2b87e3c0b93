"""Extraction beside what it is measured against: the plain English pipeline, over the same text in the same run.

Run with `make bench`. Times are this machine's; only their ratio says anything.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import ingest
from extractor.annotate import pipeline
from extractor.annotate.english import english_package
from extractor.claims.find import find_claims
from extractor.domain.article import Article
from extractor.rules.instruments import InstrumentBook


@pytest.fixture(scope="module")
def articles(corpus: Path) -> list[Article]:
    found = ingest.discover([str(corpus / "articles")])
    return [ingest.read(source) for source in found if isinstance(source, ingest.Source)]


@pytest.mark.benchmark(group="corpus, text to claims")
def test_extraction(benchmark, articles: list[Article]) -> None:
    nlp, book = pipeline.load(), InstrumentBook.load()

    def run() -> int:
        docs = nlp.pipe(article.text for article in articles)
        return sum(len(find_claims(doc, article, book)) for doc, article in zip(docs, articles, strict=True))

    assert benchmark(run) > 0


@pytest.mark.benchmark(group="corpus, text to claims")
def test_plain_english_pipeline(benchmark, articles: list[Article]) -> None:
    import spacy

    nlp = spacy.load(english_package())
    assert benchmark(lambda: sum(len(doc.ents) for doc in nlp.pipe(article.text for article in articles))) > 0


@pytest.mark.benchmark(group="corpus, stages")
@pytest.mark.parametrize("stage", ["instruments", "periods", "quantities", "movements", "modality", "policy", "names"])
def test_stage(benchmark, articles: list[Article], stage: str) -> None:
    nlp = pipeline.load()
    docs = list(nlp.pipe(article.text for article in articles))
    component = nlp.get_pipe(stage)
    benchmark(lambda: [component(doc) for doc in docs])
