"""What an article knows of its own text."""

from __future__ import annotations

import pytest

from extractor.domain.article import Article, Zone, ZoneSpan

TEXT = "Title\n\nBody one.\n\nAll rights reserved.\nBody two.\n\nPlease subscribe."


def spans(*ends: tuple[int, Zone]) -> tuple[ZoneSpan, ...]:
    start, found = 0, []
    for end, zone in ends:
        found.append(ZoneSpan(start=start, end=end, zone=zone))
        start = end
    return tuple(found)


@pytest.fixture
def article() -> Article:
    legal, tail = TEXT.index("All rights"), TEXT.index("Please")
    zones = spans(
        (7, Zone.TITLE),
        (legal, Zone.BODY),
        (TEXT.index("Body two"), Zone.BOILERPLATE),
        (tail, Zone.BODY),
        (len(TEXT), Zone.BOILERPLATE),
    )
    return Article(name="a.txt", source="a.txt", text=TEXT, zones=zones)


@pytest.mark.parametrize(
    ("words", "zone"),
    [("Title", Zone.TITLE), ("Body one", Zone.BODY), ("rights", Zone.BOILERPLATE), ("Body two", Zone.BODY)],
)
def test_the_zone_of_a_character(article: Article, words: str, zone: Zone) -> None:
    assert article.zone_at(TEXT.index(words)) is zone


def test_past_the_last_zone_and_without_zones_all_is_body(article: Article) -> None:
    assert article.zone_at(len(TEXT)) is Zone.BODY
    assert Article(name="a", source="a", text=TEXT).zone_at(3) is Zone.BODY


def test_what_is_read_has_no_boilerplate_and_every_other_character_in_its_place(article: Article) -> None:
    read = article.readable
    assert "rights" not in read
    assert "subscribe" not in read
    for words in ("Title", "Body one.", "Body two."):
        assert read.index(words) == TEXT.index(words)
    assert [at for at, char in enumerate(read) if char == "\n"] == [
        at for at, char in enumerate(TEXT) if char == "\n" and at < len(read)
    ]


def test_the_id_is_that_of_name_and_text(article: Article) -> None:
    same = Article(name="a.txt", source="elsewhere", text=TEXT)
    assert article.id == same.id
    assert article.id != Article(name="b.txt", source="a.txt", text=TEXT).id
