"""Pages that are no article say so and what they are; an article in any layout stays one."""

from __future__ import annotations

import logging

import pytest

from extractor import ingest
from extractor.domain.article import PageKind
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from tests.fakes import not_articles
from tests.fakes.layouts import LAYOUTS, Layout, story, without_names


def read(html: str, name: str = "a.html"):
    return ingest.read(Page(name=name, source=name, data=html.encode()))


@pytest.mark.parametrize("name", not_articles.INDEXES)
def test_indexes(name: str) -> None:
    with pytest.raises(SourceError, match=r"an index page, not an article: \d+ headlines and no story"):
        read(not_articles.INDEXES[name])


@pytest.mark.parametrize("name", not_articles.QUOTE_PAGES)
def test_quote_pages(name: str) -> None:
    with pytest.raises(SourceError, match="a quote page, not an article: 12 figures of one symbol"):
        read(not_articles.QUOTE_PAGES[name])


@pytest.mark.parametrize("name", not_articles.ERRORS)
def test_errors(name: str) -> None:
    with pytest.raises(SourceError, match=r"an error page, not an article: (the|a) "):
        read(not_articles.ERRORS[name])


@pytest.mark.parametrize(
    "offer",
    [
        "Subscribe to continue reading",
        "This article is only available to subscribers.",
        "Sign in to read the full story",
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_a_stub_is_read_as_far_as_it_goes(offer: str, marked: bool, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        article = read(not_articles.stub(offer, marked=marked))
    assert article.kind is PageKind.PAYWALL_STUB
    assert "a paywall's stub" in caplog.text
    assert all(line in article.text for line in story(4).paragraphs[:2])
    assert "cancel when you like" not in article.text


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_articles_stay_articles(layout: Layout, named: bool, marked: bool) -> None:
    for seed in (1, 2):
        page = layout.build(story(seed))
        if not marked:
            page = page.replace('content="article"', 'content="website"').replace("NewsArticle", "WebPage")
        if layout.name == "structured only" and not marked:
            continue  # its text is the article's of its JSON-LD
        assert read(page if named else without_names(page)).kind is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("404 Not Found\n\nnginx", True),
        ("Access Denied\n\nYou don't have permission to access this page.", True),
        ("Tin rose 2%.\n\nCopper fell.", False),
        ("Please enable JavaScript, the bank told its 404 branches." + " Tin rose 2% on Monday." * 60, False),
    ],
)
def test_texts(text: str, refused: bool) -> None:
    if refused:
        with pytest.raises(SourceError, match="an error page"):
            read(text, "a.txt")
    else:
        assert read(text, "a.txt").text == text
