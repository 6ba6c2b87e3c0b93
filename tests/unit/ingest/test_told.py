"""What outranks what: the user, the page's own markup, the carrier, then the text and the names."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extractor.domain.article import Article
from extractor.domain.page import Page, Told
from extractor.ingest.read import read

DAY = date(2024, 12, 18)
TOLD = Told(
    by="record",
    title="Stocks fall hard",
    publisher="The Example",
    address="https://www.example.com/2024/12/16/a",
    published_on=DAY,
    published_at=datetime(2024, 12, 18, 21, 5, tzinfo=UTC),
)
SENTENCES = "Stocks fell on Wednesday after a long day of small moves. The S&P 500 sank 2.9% to 5,872.16 at the close."
MARKUP = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Another title of the page",'
    ' "datePublished": "2024-12-17T10:00:00-05:00", "url": "https://www.reuters.com/b"}</script>'
)


def text(told: Told = TOLD, *, head: str = "", name: str = "wrap_20241210.txt", member: str | None = None) -> Page:
    return Page(name=name, source=name, data=f"{head}{SENTENCES}".encode(), told=told, member=member)


def page(told: Told = TOLD, *, head: str = "", member: str | None = None) -> Page:
    html = f"<html><head>{head}</head><body><article><p>{SENTENCES.replace('&', '&amp;')}</p></article></body></html>"
    return Page(name="wrap_20241210.html", source="a", data=html.encode(), told=told, member=member)


def dated(article: Article) -> tuple[str, str | None]:
    return str(article.published_on), article.published_from


DATELINE = "NEW YORK, December 12, 2024 4:30 PM ET -\n\n"
UNDATED = Told(by="record", title="Stocks fall hard")
ADDRESSED = Told(by="record", address="https://www.example.com/2024/12/16/a")


@pytest.mark.parametrize(
    ("given", "published", "found"),
    [
        (text(), date(2024, 12, 1), ("2024-12-01", "given")),
        (page(head=MARKUP), date(2024, 12, 1), ("2024-12-01", "given")),
        (page(head=MARKUP), None, ("2024-12-17", "json-ld")),
        (page(), None, ("2024-12-18", "record")),
        (text(), None, ("2024-12-18", "record")),
        (text(head=DATELINE), None, ("2024-12-18", "record")),
        (text(UNDATED, head=DATELINE), None, ("2024-12-12", "dateline")),
        (text(ADDRESSED), None, ("2024-12-16", "address")),
        (page(ADDRESSED), None, ("2024-12-16", "address")),
        (text(UNDATED), None, ("2024-12-10", "file name")),
        (page(UNDATED), None, ("2024-12-10", "file name")),
        (text(UNDATED, name="dump_20241210.jsonl:20241211", member=""), None, ("None", None)),
        (page(UNDATED, member=""), None, ("None", None)),
        (text(UNDATED, name="a.eml:1", member="wrap_20241209.txt"), None, ("2024-12-09", "file name")),
    ],
)
def test_when_it_was_published(given: Page, published: date | None, found: tuple[str, str | None]) -> None:
    assert dated(read(given, published=published)) == found


def test_a_moment_counts_in_the_zone_of_the_story() -> None:
    late = Told(by="record", published_on=DAY, published_at=datetime(2024, 12, 18, 2, 0, tzinfo=UTC))
    assert dated(read(text(late))) == ("2024-12-17", "record")
    assert dated(read(text(late), timezone="Asia/Tokyo")) == ("2024-12-18", "record")


@pytest.mark.parametrize(
    ("given", "title", "publisher", "url"),
    [
        (text(), "Stocks fall hard", "The Example", TOLD.address),
        (page(), "Stocks fall hard", "The Example", TOLD.address),
        (page(head=MARKUP), "Another title of the page", "Reuters", "https://www.reuters.com/b"),
        (text(Told()), None, None, None),
        (text(Told(by="record", publisher="Reuters")), None, "Reuters", None),
    ],
)
def test_title_publisher_and_address(given: Page, title: str | None, publisher: str | None, url: str | None) -> None:
    article = read(given)
    assert (article.title, article.publisher, article.url) == (title, publisher, url)


@pytest.mark.parametrize(
    ("head", "whole"),
    [
        ("", f"Stocks fall hard\n\n{SENTENCES}"),
        ("Stocks fall hard\n\n", f"Stocks fall hard\n\n{SENTENCES}"),
        ("# STOCKS FALL HARD!\n\n", f"# STOCKS FALL HARD!\n\n{SENTENCES}"),
        ("By Jane Doe\n\nStocks fall hard\n\n", f"By Jane Doe\n\nStocks fall hard\n\n{SENTENCES}"),
        ("Stocks fall hard on Wednesday\n", f"Stocks fall hard\n\nStocks fall hard on Wednesday\n{SENTENCES}"),
    ],
)
def test_a_text_stands_under_the_title_that_came_with_it(head: str, whole: str) -> None:
    article = read(text(head=head))
    assert article.text == whole
    title = next(zone for zone in article.zones if zone.zone == "title")
    assert article.text[title.start : title.end].strip("# !\n").casefold() == "stocks fall hard"


def test_the_charset_of_a_header_outranks_the_page() -> None:
    html = f'<html><meta charset="windows-1251"><body><article><p>{SENTENCES} Café.</p></article></body></html>'
    assert "Café" in read(Page(name="a", source="a", data=html.encode(), media_type="text/html", charset="utf-8")).text
