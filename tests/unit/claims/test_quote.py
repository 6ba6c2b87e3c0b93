"""Rows of quotes tables become claims: `cases.toml` of the kind, and what it cannot say."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources
from typing import Any

import pytest

from extractor.annotate import quote_rows
from extractor.claims.quote.find import find
from extractor.domain.article import Article, Zone
from extractor.domain.claim import Claim, DateSource, Kind
from extractor.ingest import zones
from extractor.rules.instruments import InstrumentBook
from tests.factories import make_article

PUBLISHED = date(2025, 11, 24)


def _tables(key: str) -> list[Any]:
    source = resources.files("extractor.claims").joinpath("quote", "cases.toml").read_text(encoding="utf-8")
    return [pytest.param(entry, id=entry["text"][:50]) for entry in tomllib.loads(source)[key]]


def article_of(text: str, **changes: Any) -> Article:
    return make_article(text, zones=zones.mark(text), published_on=PUBLISHED, **changes)


def claims_of(article: Article) -> list[Claim]:
    return list(find(quote_rows.find(article.text, article.zones), article, InstrumentBook.load()))


def field(claim: Claim, name: str) -> str | None:
    value = claim.subject.id if name == "subject" else getattr(claim, name)
    return None if value is None else str(value)


@pytest.mark.parametrize("entry", _tables("case"))
def test_case(entry: dict[str, Any]) -> None:
    found = claims_of(article_of(entry["text"]))
    assert [claim.quote for claim in found] == [wanted["quote"] for wanted in entry["claims"]]
    for claim, wanted in zip(found, entry["claims"], strict=True):
        assert {name: field(claim, name) for name in wanted} == wanted


@pytest.mark.parametrize("entry", _tables("negative"))
def test_negative(entry: dict[str, Any]) -> None:
    assert claims_of(article_of(entry["text"])) == []


def test_a_row_is_of_the_articles_day_and_says_so() -> None:
    article = article_of("Recent Quotes\nMSFT  101.25\n+1.05 (1.05%)\n")
    for claim in claims_of(article):
        assert claim.date is not None
        assert (claim.date.start, claim.date.end, claim.date.source) == (PUBLISHED, PUBLISHED, DateSource.IMPLIED)
        assert claim.zone is Zone.QUOTES
        assert claim.sentence == "MSFT  101.25\n+1.05 (1.05%)"
        assert article.text[claim.start : claim.end] == claim.quote


def test_without_a_date_there_is_none() -> None:
    text = "BAC 30.10 -0.30 -0.99%\n"
    article = make_article(text, zones=zones.mark(text), published_on=None)
    found = list(find(quote_rows.find(text, article.zones), article, InstrumentBook.load()))
    assert [claim.date for claim in found] == [None, None, None]


@pytest.mark.parametrize(
    ("row", "subject"),
    [
        ("DOW 35,100.00 +14.00 +0.04%", "index:DJI"),  # no share costs that
        ("DOW 55.10 +0.40 +0.73%", "equity:XNYS:DOW"),
        ("DOW $5,500.10 +0.40 +0.73%", "equity:XNYS:DOW"),  # an index is not in dollars
    ],
)
def test_a_symbol_that_is_a_name_too(row: str, subject: str) -> None:
    assert {claim.subject.id for claim in claims_of(article_of(row + "\n"))} == {subject}


def test_a_price_has_no_direction_and_its_changes_do() -> None:
    found = claims_of(article_of("MSFT\t99.00\t▼ 1.00\t1.00%\n"))
    assert [(claim.kind, claim.direction and claim.direction.value) for claim in found] == [
        (Kind.QUOTE, None),
        (Kind.MOVE, "down"),
        (Kind.MOVE, "down"),
    ]
