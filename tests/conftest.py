"""Fixtures every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The articles, gold claims and prices that ship with the project."""
    return CHECKOUT / "corpus"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real articles, gold and prices that stand beside a checkout and are never part of it."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "contract.md").is_file():
        pytest.skip(f"evaluation data not found at {folder}; these tests run where it stands beside the checkout")
    return folder


@pytest.fixture(scope="session")
def extract():
    """Article to claims by the real pipeline, loaded once for the whole run."""
    from extractor.annotate import pipeline
    from extractor.claims.find import find_claims
    from extractor.rules.instruments import InstrumentBook

    nlp, book = pipeline.load(), InstrumentBook.load()
    return lambda article: find_claims(nlp(article.text), article, book)
