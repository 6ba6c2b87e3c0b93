"""Plain text as it is copied from a portal's page: headline, caption, dateline, headings, and a tail of furniture."""

from __future__ import annotations

from datetime import date

import pytest

from extractor import ingest
from extractor.domain.article import Article, Zone
from extractor.ingest import Page

TITLE = "The Long Thaw: Copper Miners Lead as the Metals Index Ends a Three-Year Winter"
COPIED = f"""{TITLE}

Photo for article

NEW YORK — In a move that few had on their list, the shares of copper miners have led the market for a sixth week. As \
of March 3, 2016, the group stands 14.2% above where it began the year, and the metal itself trades near $2.19 a pound.

The consequences are plain. For three years money had gone everywhere else, and what was left was cheap enough.

From Glut to Deficit: A Short History

The turn came on February 11, 2016, when two mines in Chile cut their plans. Copper closed at $2.03 that day and has \
not been lower since, which is why Harbor Metals (NYSE: HBM) has gained 31% in a month.

What Comes Next

Investors will watch the figures from China on March 8 for the next sign. Until then the winter is over, or so they say.


This content is intended for informational purposes only and is not financial advice.

More News

View More

Recent Quotes

View More
Symbol Price Change (%)
HBM  12.11
+0.84 (7.45%)
QUAY  71.72
-0.12 (-0.17%)
Stock Quote API & Stock News API supplied by an example
Quotes delayed at least 20 minutes.
By accessing this page, you agree to the Privacy Policy and Terms Of Service.
"""


@pytest.fixture
def article() -> Article:
    return ingest.read(Page(name="copied.txt", source="copied.txt", data=COPIED.encode()))


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        (TITLE, Zone.TITLE),
        ("Photo for article", Zone.BOILERPLATE),
        ("NEW YORK — In a move", Zone.BODY),
        ("The consequences are plain.", Zone.BODY),
        ("From Glut to Deficit: A Short History", Zone.BODY),
        ("The turn came on February 11, 2016", Zone.BODY),
        ("Until then the winter is over", Zone.BODY),
        ("This content is intended for informational purposes", Zone.BOILERPLATE),
        ("More News", Zone.BOILERPLATE),
        ("Recent Quotes", Zone.QUOTES),
        ("Symbol Price Change (%)", Zone.QUOTES),
        ("HBM  12.11", Zone.QUOTES),
        ("-0.12 (-0.17%)", Zone.QUOTES),
        ("Quotes delayed at least", Zone.BOILERPLATE),
        ("By accessing this page", Zone.BOILERPLATE),
    ],
)
def test_each_part_is_in_its_zone(article: Article, words: str, zone: Zone) -> None:
    assert article.zone_at(article.text.index(words)) is zone


def test_what_is_known_of_it(article: Article) -> None:
    assert article.text == COPIED
    assert (article.title, article.told_by.title) == (TITLE, "heading")
    assert (article.published_on, article.published_from) == (date(2016, 3, 3), "text")
    assert (article.published_at, article.timezone) == (None, "America/New_York")
    assert (article.byline, article.section, article.updated_at) == (None, None, None)


def test_its_head_is_told_from_its_body() -> None:
    """The same with a byline and a date line, as the portal prints them for other stories."""
    text = COPIED.replace("Photo for article", "By: Example Minute\nMarch 4, 2016 at 17:31 PM EST\n\nPhoto for article")
    article = ingest.read(Page(name="copied.txt", source="copied.txt", data=text.encode()))
    assert (article.byline, article.published_on, article.published_from) == (
        "Example Minute",
        date(2016, 3, 4),
        "dateline",
    )
    for words in ("By: Example Minute", "March 4, 2016 at"):
        assert article.zone_at(article.text.index(words)) is Zone.BOILERPLATE
