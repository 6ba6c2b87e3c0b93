"""From scored targets to tones and relevance: whose they are, which zones count, and the formula."""

from __future__ import annotations

import pytest

from extractor.annotate import pipeline
from extractor.claims.find import find
from extractor.claims.relevance import relevance
from extractor.claims.tones import tones
from extractor.domain.article import Article, Zone, ZoneSpan
from extractor.rules.instruments import InstrumentBook
from tests.factories import make_article
from tests.fakes.sentiment import GLAD, SORRY, FakeSentiment


@pytest.fixture(scope="module")
def book() -> InstrumentBook:
    return InstrumentBook.load()


@pytest.fixture(scope="module")
def nlp(book: InstrumentBook):
    return pipeline.load(book, FakeSentiment())


@pytest.fixture
def tones_of(nlp, book: InstrumentBook):
    def read(article: Article):
        doc = nlp(article.readable)
        found = find(doc, article, book)
        return tones(doc._.targets, found.meant, article, inverse=found.inverse)

    return read


def test_the_stock_is_the_one_named_before(tones_of) -> None:
    article = make_article("Oracle reported in the evening.\n\nThe stock fell hard, and the shares rose later.")
    assert [(tone.subject, tone.sentiment) for tone in tones_of(article)][-1] == ("equity:XNYS:ORCL", SORRY)


def test_a_strong_yen_is_a_weak_pair(tones_of) -> None:
    (tone,) = tones_of(make_article("The yen rose against the dollar once more."))[:1]
    assert (tone.subject, tone.target, tone.sentiment) == ("currency:USDJPY", "yen", SORRY)


def test_quotes_and_furniture_have_no_tone(tones_of) -> None:
    text = "Nvidia rose again today.\n\nNvidia stock price rose today.\n\nRead why Nvidia rose today."
    parts = (Zone.BODY, Zone.QUOTES, Zone.BOILERPLATE)
    starts = [0, text.index("Nvidia stock"), text.index("Read")]
    zones = tuple(
        ZoneSpan(start=start, end=end, zone=zone)
        for start, end, zone in zip(starts, [*starts[1:], len(text)], parts, strict=True)
    )
    (tone,) = tones_of(make_article(text, zones=zones))
    assert (tone.start, tone.sentiment) == (0, GLAD)


def zoned(title: str, body: str) -> Article:
    text = f"{title}\n\n{body}"
    cut = len(title) + 2
    return make_article(
        text,
        zones=(ZoneSpan(start=0, end=cut, zone=Zone.TITLE), ZoneSpan(start=cut, end=len(text), zone=Zone.BODY)),
    )


def test_relevance_by_its_formula() -> None:
    article = zoned("T" * 8, "B" * 100)  # the body begins at 10
    meant = {0: "index:RUT", 10: "index:RUT", 60: "index:SPX", 70: "index:RUT", 80: "indicator:US:CPI"}
    first, second = relevance(meant, article)
    assert (first.subject, first.value, first.mentions, first.in_title) == ("index:RUT", 1.0, 3, True)
    assert (second.subject, second.value, second.first) == ("index:SPX", 0.3 * 0.5 + 0.3 / 3, 60)


def test_nothing_named_is_relevant_to_nothing() -> None:
    assert relevance({}, zoned("A", "B")) == ()
