"""Extraction beside what it is measured against: the plain English pipeline, over the same text in the same run.

Run with `make bench`. Times are this machine's; only the ratio of the two says anything: extraction, sentiment aside,
is to take at most 0.7 times the time of the plain pipeline with all its components.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractor import ingest
from extractor.annotate import pipeline
from extractor.annotate.english import english_package
from extractor.claims.find import find_claims
from extractor.domain.article import Article
from extractor.rules.instruments import InstrumentBook
from tests.sources import read

COPIES = 200
_DIGIT_AFTER_POINT = re.compile(r"(?<=\d\.)\d+|(?<=\d,\d)\d{2}\b")


def _read(folder: Path) -> list[Article]:
    return [read(source) for source in ingest.discover([str(folder)]) if isinstance(source, ingest.Source)]


def _varied(article: Article, copies: int) -> list[Article]:
    """The article again and again with other figures, so that nothing is gained by having seen the text before."""
    dice = random.Random(7)

    def other(match: re.Match[str]) -> str:
        return "".join(str(dice.randrange(10)) for _ in match.group())

    return [replace(article, text=_DIGIT_AFTER_POINT.sub(other, article.text)) for _ in range(copies)]


@pytest.fixture(scope="module")
def texts(corpus: Path, request: pytest.FixtureRequest) -> Callable[[str], list[Article]]:
    """Articles by the name of a group; those beside the checkout are skipped where it has none."""

    def of(group: str) -> list[Article]:
        if group == "corpus":
            return _read(corpus / "articles")
        if group == "desks":
            return _read(corpus / "desks" / "articles")
        shared: Path = request.getfixturevalue("shared") / "articles"
        if group == "real":
            return _read(shared / "dev")
        return _varied(_read(shared / "great_rotation.txt")[0], COPIES)

    return of


GROUPS = ["corpus", "desks", "real", f"sample x {COPIES}"]


@pytest.mark.parametrize("group", GROUPS)
def test_extraction(benchmark, texts: Callable[[str], list[Article]], group: str) -> None:
    benchmark.group = f"{group}, text to claims"
    articles, nlp, book = texts(group), pipeline.load(), InstrumentBook.load()

    def run() -> int:
        docs = nlp.pipe(article.readable for article in articles)
        return sum(len(find_claims(doc, article, book)) for doc, article in zip(docs, articles, strict=True))

    assert run() > 0  # the names of people load with the first that speaks
    assert benchmark.pedantic(run, rounds=1 if group.startswith("sample") else 3) > 0


@pytest.mark.parametrize("group", GROUPS)
def test_plain_english_pipeline(benchmark, texts: Callable[[str], list[Article]], group: str) -> None:
    import spacy

    benchmark.group = f"{group}, text to claims"
    articles, nlp = texts(group), spacy.load(english_package())
    run = lambda: sum(len(doc.ents) for doc in nlp.pipe(article.text for article in articles))  # noqa: E731
    assert benchmark.pedantic(run, rounds=1 if group.startswith("sample") else 3, warmup_rounds=0) > 0


@pytest.mark.benchmark(group="corpus, stages")
@pytest.mark.parametrize("stage", ["instruments", "periods", "quantities", "movements", "modality", "policy", "names"])
def test_stage(benchmark, texts: Callable[[str], list[Article]], stage: str) -> None:
    nlp = pipeline.load()
    docs = list(nlp.pipe(article.readable for article in texts("corpus")))
    component = nlp.get_pipe(stage)
    benchmark(lambda: [component(doc) for doc in docs])
