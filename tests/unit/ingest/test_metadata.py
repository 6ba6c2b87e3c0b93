"""Who wrote an article, under which title and address, when it was changed, and where each was read."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from extractor import ingest
from extractor.domain.article import Article
from extractor.domain.page import Told
from extractor.ingest import Page, Source, markup_dates
from tests.sources import page

PROSE = "Copper and tin were little changed in thin trade, and nobody who was asked could say why that should be so."
TITLE = "Copper and tin go nowhere"


def article_of(data: str, name: str = "a.html", told: Told | None = None) -> Article:
    return ingest.read(Page(name=name, source=name, data=data.encode(), told=told or Told()))


def html(head: str, inner: str = f"<h1>{TITLE}</h1>") -> str:
    return (
        f"<html><head>{head}</head><body><article>{inner}<p>{PROSE}</p><p>{PROSE} Lead too.</p></article></body></html>"
    )


def ld(**values: Any) -> str:
    told = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **values})
    return f'<script type="application/ld+json">{told}</script>'


@pytest.mark.parametrize(
    ("head", "inner", "expected"),
    [
        (ld(author="A. Writer"), "", ("A. Writer", "json-ld")),
        (ld(author={"@type": "Person", "name": "A. Writer"}), "", ("A. Writer", "json-ld")),
        (ld(author=[{"name": "A. One"}, {"name": "B. Two"}, {"name": "A. One"}]), "", ("A. One, B. Two", "json-ld")),
        (ld(author=[["C. Writer"]]), "", ("C. Writer", "json-ld")),
        (ld(author={"name": "O&#x27;Writer"}), "", ("O'Writer", "json-ld")),
        (ld(author={"url": "https://example.com/a"}), "", (None, None)),
        (ld(author={"name": "https://example.com/a"}), "", (None, None)),
        ('<meta name="author" content="By A. Writer">', "", ("A. Writer", "meta")),
        ('<meta property="article:author" content="https://www.facebook.com/a.writer">', "", (None, None)),
        ("", '<p class="byline">By <a rel="author" href="/a">A. Writer</a></p>', ("A. Writer", "byline")),
        ("", '<div class="byline">By A. Writer | March 3, 2016</div>', ("A. Writer", "byline")),
        ("", '<span itemprop="author"><span itemprop="name">A. Writer</span>, desk</span>', ("A. Writer", "byline")),
        ("", '<div class="bylines-list">Most read</div>', (None, None)),
        (ld(author="A. Writer"), '<p class="byline">By B. Writer</p>', ("A. Writer", "json-ld")),
        ("", "", (None, None)),
    ],
)  # fmt: skip
def test_byline_of_a_page(head: str, inner: str, expected: tuple[str | None, str | None]) -> None:
    article = article_of(html(head, f"<h1>{TITLE}</h1>{inner}"))
    assert (article.byline, article.told_by.byline) == expected


def test_names_without_end_cost_nothing() -> None:
    started = time.perf_counter()
    for value in ("a" * 200_000, "a " * 100_000, [["a"] * 500] * 500, "By " * 70_000):
        article_of(html(ld(author=value, articleSection=value, datePublished="2016-03-03")))
        article_of(html(f'<meta name="date" content="2016-03-03"><meta name="author" content="{value!s:.200000}">'))
    assert time.perf_counter() - started < 10  # where a pattern ran back and forth it would be minutes


@pytest.mark.parametrize(
    ("head", "tail", "expected"),
    [
        ("By A. Writer\n\n", "", "A. Writer"),
        ("By A. Writer and B. Writer, Example Wire\n\n", "", "A. Writer and B. Writer, Example Wire"),
        ("By A. Writer | March 3, 2016\n\n", "", "A. Writer"),
        ("Author: The Example Desk\n\n", "", "The Example Desk"),
        ("", "\n\n(Reporting by A. Writer in Oslo; Editing by E. Ditor)\n", "A. Writer in Oslo"),
        ("By Friday, the index had lost 3%.\n\n", "", None),
        ("By December the rally was over.\n\n", "", None),
        ("", "\n\nFinancial reporting by companies picks up next week.\n", None),
        ("", "", None),
    ],
)
def test_byline_of_a_text(head: str, tail: str, expected: str | None) -> None:
    article = article_of(f"{TITLE}\n\n{head}{PROSE}\n\n{PROSE}{tail}", "a.txt")
    assert (article.byline, article.told_by.byline) == (expected, "byline" if expected else None)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ld(articleSection="Markets"), ("Markets", "json-ld")),
        (ld(articleSection=["Markets", "Metals"]), ("Markets", "json-ld")),
        (ld(articleSection={"name": "Markets"}), (None, None)),
        ('<meta property="article:section" content="Metals">', ("Metals", "meta")),
        ('<meta name="parsely-section" content="Metals">', ("Metals", "meta")),
        ("", (None, None)),
    ],
)
def test_section_of_a_page(head: str, expected: tuple[str | None, str | None]) -> None:
    article = article_of(html(head))
    assert (article.section, article.told_by.section) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Markets\n{TITLE}\n\n{PROSE}\n", "Markets"),
        (f"{TITLE}\n\nBY EXAMPLE WIRE | METALS | 03/03/16 05:02 PM EST\n\n{PROSE}\n", "METALS"),
        (f"{TITLE}\n\nMarkets were open.\n\n{PROSE}\n", None),
        (f"{TITLE}\n\n{PROSE}\n", None),
    ],
)
def test_section_of_a_text(text: str, expected: str | None) -> None:
    assert article_of(text, "a.txt").section == expected


@pytest.mark.parametrize(
    ("head", "inner", "expected"),
    [
        (ld(headline=TITLE), f"<h1>{TITLE}</h1>", (TITLE, "heading")),
        (ld(headline=TITLE), "<h1>Example News</h1>", (TITLE, "json-ld")),
        (f'<meta property="og:title" content="{TITLE}">', "", (TITLE, "meta")),
        (f"<title>{TITLE} - Example News</title>", "", (TITLE, "title element")),
        (ld(headline="Tin &amp; copper go nowhere"), "", ("Tin & copper go nowhere", "json-ld")),
        # a site's name goes where the page calls itself so; a dash inside a headline stays
        (ld(headline=f"{TITLE} - Example", publisher={"name": "Example"}), "", (TITLE, "json-ld")),
        (ld(headline="Tin ends the week - copper down 3%"), "", ("Tin ends the week - copper down 3%", "json-ld")),
        ("<title>Tin ends the week up - lead 3%</title>", "", ("Tin ends the week up - lead 3%", "title element")),
    ],
)  # fmt: skip
def test_title_of_a_page(head: str, inner: str, expected: tuple[str, str]) -> None:
    article = article_of(html(head, inner))
    assert (article.title, article.told_by.title) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ld(datePublished="2016-03-03", dateModified="2016-03-03T16:30:00Z"), ("16:30", "json-ld", "+00:00")),
        ('<meta property="article:modified_time" content="2016-03-03T11:30:00-05:00">', ("16:30", "meta", "-05:00")),
        # changed before it was published: one of the two is no such stamp
        (ld(datePublished="2016-03-03T09:00:00-05:00", dateModified="2016-03-01T16:30:00Z"), (None, None, None)),
        (ld(datePublished="2016-03-03T09:00:00-05:00", dateModified="2016-03-03"), (None, None, None)),
        (ld(datePublished="2016-03-03T09:00:00-05:00"), (None, None, None)),
    ],
)  # fmt: skip
def test_when_a_page_was_changed(head: str, expected: tuple[str | None, ...]) -> None:
    article = article_of(html(head))
    at = article.updated_at.astimezone(UTC).strftime("%H:%M") if article.updated_at else None
    assert (at, article.told_by.updated, article.told_by.updated_zone) == expected


def test_the_zone_a_clock_was_read_from() -> None:
    heads = {
        "2016-03-03T09:00:00-05:00": "-05:00",
        "2016-03-03T14:00:00Z": "+00:00",
        "March 3, 2016 9:00 AM EST": "America/New_York",
        "2016-03-03T09:00:00": "assumed America/New_York",
        "2016-03-03": None,
    }
    for stamp, zone in heads.items():
        article = article_of(html(ld(datePublished=stamp)))
        assert (article.told_by.published_zone, article.published_on) == (zone, date(2016, 3, 3)), stamp


def test_the_address_of_a_page() -> None:
    story = "https://www.example.com/2016/03/03/copper"
    article = article_of(html(f'<link rel="canonical" href="{story}?utm_source=feed#top">'))
    assert (article.url, article.told_by.url) == (story, "link")
    article = article_of(html('<base href="https://www.example.com/"><link rel="canonical" href="/2016/03/03/copper">'))
    assert (article.url, article.told_by.url) == (story, "link")
    article = article_of(html('<link rel="canonical" href="/2016/03/03/copper">'), told=Told(by="feed", address=story))
    assert (article.url, article.told_by.url) == (story, "link")
    article = article_of(html(""), told=Told(by="feed", address=f"{story}?fbclid=1"))
    assert (article.url, article.told_by.url) == (story, "feed")
    article = article_of(html(ld(mainEntityOfPage={"@id": story})))
    assert (article.url, article.told_by.url) == (story, "json-ld")
    article = article_of(html('<link rel="canonical" href="https://www.example.com/">'))
    assert (article.url, article.told_by.url) == (None, None)


def test_a_copy_at_another_house_keeps_the_sources_address_and_its_own_publisher() -> None:
    head = '<link rel="canonical" href="https://apnews.com/article/copper-1"><meta property="og:url" content="https://www.marketwatch.com/story/copper-1">'
    article = article_of(html(head))
    assert article.url == "https://apnews.com/article/copper-1"
    assert article.publisher == "MarketWatch"


CARRIED = Told(
    by="feed",
    title="What the feed calls it",
    byline="F. Eed",
    publisher="Example Feed",
    section="Metals",
    address="https://www.example.com/copper",
    published_at=datetime(2016, 3, 4, 1, 30, tzinfo=UTC),
)


def test_what_a_carrier_tells_of_a_text_outranks_its_lines() -> None:
    article = article_of(f"{TITLE}\n\nBy A. Writer\nMarch 9, 2016, 4:47 PM\n\n{PROSE}\n", "a_20160310.txt", CARRIED)
    assert (article.title, article.byline, article.section) == ("What the feed calls it", "F. Eed", "Metals")
    assert (article.publisher, article.url) == ("Example Feed", "https://www.example.com/copper")
    assert (article.published_on, article.published_at) == (date(2016, 3, 3), CARRIED.published_at)
    told = article.told_by
    assert {article.published_from, told.title, told.byline, told.publisher, told.section, told.url} == {"feed"}
    assert told.published_zone == "+00:00"


def test_what_a_page_tells_outranks_its_carrier() -> None:
    head = ld(headline=TITLE, author="A. Writer", datePublished="2016-03-01", publisher={"name": "Example"})
    article = article_of(html(head), told=CARRIED)
    assert (article.title, article.byline, article.publisher) == (TITLE, "A. Writer", "Example")
    assert (article.section, article.told_by.section) == ("Metals", "feed")
    assert (article.published_on, article.published_from) == (date(2016, 3, 1), "json-ld")
    bare = article_of(html("", ""), told=CARRIED)
    assert (bare.title, bare.published_on, bare.published_from) == (CARRIED.title, date(2016, 3, 3), "feed")


def test_a_mail_is_called_by_its_subject() -> None:
    article = article_of(
        html("<title>Newsletter template 4 of the house</title>"), told=Told(by="mail", title="Tin today")
    )
    assert (article.title, article.told_by.title) == ("Tin today", "mail")


def test_a_publisher_is_known_by_the_name_its_carrier_tells() -> None:
    article = article_of(html(""), told=Told(by="record", publisher="reuters"))
    assert (article.publisher, article.told_by.publisher) == ("Reuters", "record")


def test_a_title_the_carrier_tells_is_marked_where_it_stands() -> None:
    told = Told(by="record", title="Tin.")
    article = article_of(f"Tin.\n\n{PROSE}\n", "a.txt", told)
    first = article.zones[0]
    assert (str(first.zone), article.text[first.start : first.end].strip()) == ("title", "Tin.")


def test_a_files_time_dates_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{TITLE}\n\n{PROSE}\n", "utf-8")
    article = ingest.read(page(Source(name="a.txt", path=path)))
    assert article.published_on is None
    assert article.file_time == datetime.fromtimestamp(path.stat().st_mtime, UTC)


def test_the_whole_page_is_searched_for_a_date_only_where_nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(markup_dates, "guessed", lambda page, data: asked.append(page) or iter(()))
    article_of(html(ld(datePublished="2016-03-03")))
    article_of(html(""), "a_20160303.html")
    article_of(html(""), told=CARRIED)
    assert asked == []
    article_of(html(""))
    assert len(asked) == 1
