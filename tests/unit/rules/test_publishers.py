"""A publisher is data, and each proves itself on a page in its own markup."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from extractor.domain.article import Zone
from extractor.ingest import Source
from extractor.rules.datelines import HomeMarket, datelines
from extractor.rules.publishers import Publisher, of_address, of_byline, publishers
from tests.sources import read


@pytest.mark.parametrize("publisher", publishers(), ids=lambda publisher: publisher.slug)
def test_a_publisher_reads_its_own_page(publisher: Publisher, corpus: Path) -> None:
    folder = corpus / "pages" / publisher.slug
    assert (folder / "page.html").is_file(), f"{publisher.slug} has no page under corpus/pages"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    article = read(Source(name="page.html", path=folder / "page.html"))
    assert article.title == expected["title"]
    assert str(article.published_on) == expected["published_on"]
    assert (article.published_at.isoformat() if article.published_at else None) == expected["published_at"]
    assert article.timezone == expected["timezone"]
    assert article.publisher == expected["publisher"] == publisher.name
    told: dict[Zone, str] = {
        zone: "\n".join(article.text[span.start : span.end] for span in article.zones if span.zone is zone)
        for zone in Zone
    }
    body = told[Zone.BODY].split("\n")
    for line in expected["body"]:
        assert line in body
    for row in expected["quotes"]:
        assert row in told[Zone.QUOTES]
    for words in expected["not_in_body"]:
        assert words not in told[Zone.BODY]


@pytest.mark.parametrize("publisher", publishers(), ids=lambda publisher: publisher.slug)
def test_a_publisher_has_a_clock(publisher: Publisher) -> None:
    assert ZoneInfo(publisher.timezone).key == publisher.timezone


def test_every_page_has_a_publisher(corpus: Path) -> None:
    assert {folder.name for folder in (corpus / "pages").iterdir()} == {one.slug for one in publishers()}


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://www.reuters.com/article/idUS1", "reuters"),
        ("http://reuters.com", "reuters"),
        ("https://247wallst.com/a", "247wallst"),
        ("https://notreuters.com/a", None),
        ("https://reuters.com.example.org/a", None),
        ("http://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_belongs_to_its_host(address: str | None, slug: str | None) -> None:
    found = of_address(address)
    assert (found.slug if found else None) == slug


def test_a_byline_is_a_name_and_no_part_of_one() -> None:
    reuters = of_byline("reuters")
    assert reuters is not None
    assert reuters.slug == "reuters"
    assert of_byline("Reut") is None
    assert of_byline("") is None


@pytest.mark.parametrize("market", datelines().home_market, ids=lambda market: market.timezone)
def test_home_market_examples(market: HomeMarket) -> None:
    for example in market.examples:
        assert datelines().home_timezone(example) == market.timezone


def test_no_home_market_in_a_text_that_names_none() -> None:
    assert datelines().home_timezone("Copper rose in thin trade.") is None
