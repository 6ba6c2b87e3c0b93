"""Listings: the cases beside the finder, and once for each company."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib import resources

import pytest

from extractor.annotate.instruments import InstrumentFinder
from extractor.claims.listing.find import find
from extractor.domain.article import Article
from extractor.domain.claim import Claim, DateSource, Kind
from extractor.rules.instruments import InstrumentBook

BOOK = InstrumentBook.load()
FINDER = InstrumentFinder(BOOK)
CASES = tomllib.loads(resources.files("extractor.claims").joinpath("listing", "cases.toml").read_text(encoding="utf-8"))


def _claims(text: str, published: str | None) -> list[Claim]:
    day = date.fromisoformat(published) if published else None
    article = Article(name="case.txt", source="case", text=text, published_on=day)

    def sentence_at(offset: int) -> tuple[int, int]:
        ends = [match.end() for match in re.finditer(r"[a-z]\. (?=[A-Z])", text)]
        return max((end for end in ends if end <= offset), default=0), min(
            (end for end in ends if end > offset), default=len(text)
        )

    return list(find(FINDER.find(text), article, BOOK, sentence_at))


@pytest.mark.parametrize("case", CASES["case"], ids=[case["text"][:50] for case in CASES["case"]])
def test_case(case: dict) -> None:
    found = _claims(case["text"], case["published"])
    assert [(claim.quote, claim.subject.id) for claim in found] == [
        (wanted["quote"], wanted["subject"]) for wanted in case["claims"]
    ]
    for claim in found:
        assert claim.kind is Kind.LISTING
        assert (claim.value, claim.metric, claim.unit) == (None, None, None)
        assert case["text"][claim.start : claim.end] == claim.quote
        assert claim.date is not None
        assert str(claim.date.start) == case["published"]
        assert claim.date.source is DateSource.IMPLIED


@pytest.mark.parametrize("case", CASES["negative"], ids=[case["text"][:50] for case in CASES["negative"]])
def test_negative(case: dict) -> None:
    assert _claims(case["text"], case["published"]) == []


def test_the_subject_keeps_the_exchange_as_printed() -> None:
    (claim,) = _claims("Amerant Bancorp Inc. (NASDAQ: AMTB) lends.", "2025-12-18")
    assert (claim.subject.id, claim.subject.mic, claim.subject.symbol) == ("equity:XNAS:AMTB", "XNAS", "AMTB")


def test_an_article_without_a_day_has_listings_without_one() -> None:
    (claim,) = _claims("Orders at Alamo Group Inc. (NYSE: ALG) rose.", None)
    assert claim.date is None


def test_the_sentence_is_the_one_it_stands_in() -> None:
    (claim,) = _claims("It rained. Orders at Alamo Group Inc. (NYSE: ALG) rose today. It dried.", "2025-12-18")
    assert claim.sentence == "Orders at Alamo Group Inc. (NYSE: ALG) rose today."
