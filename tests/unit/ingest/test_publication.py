"""When an article was published, and where that was read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractor.domain.article import Article
from extractor.domain.errors import SourceError
from extractor.ingest import Source
from tests.sources import read

PROSE = "Copper and tin were little changed in thin trade, and nobody who was asked could say why that should be so."


def article_of(folder: Path, text: str, name: str = "a.txt", **given: object) -> Article:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read(Source(name=name, path=path), **given)  # type: ignore[arg-type]


def told(article: Article) -> tuple[str | None, str | None, str | None, str]:
    at = article.published_at.isoformat() if article.published_at else None
    return (str(article.published_on) if article.published_on else None, at, article.published_from, article.timezone)


NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.txt", "", (None, None, None, NEW_YORK)),
        ("wrap_20160303.txt", "", ("2016-03-03", None, "file name", NEW_YORK)),
        ("2016-03-03-wrap.txt", "", ("2016-03-03", None, "file name", NEW_YORK)),
        ("wrap_20161341.txt", "", (None, None, None, NEW_YORK)),
        ("id12016030399.txt", "", (None, None, None, NEW_YORK)),
        ("a.txt", "March 3, 2016, 4:47 PM\n\n", ("2016-03-03", "2016-03-03T16:47:00-05:00", "dateline", NEW_YORK)),
        (
            "a.txt",
            "-- Thu Mar 3, 2016 6:24pm EST\n\n",
            ("2016-03-03", "2016-03-03T18:24:00-05:00", "dateline", NEW_YORK),
        ),
        (
            "a.txt",
            "July 5, 2016 | 4:38 p.m. Eastern\n\n",
            ("2016-07-05", "2016-07-05T16:38:00-04:00", "dateline", NEW_YORK),
        ),
        ("a.txt", "July 5, 2016 5:15 PM EST\n\n", ("2016-07-05", "2016-07-05T17:15:00-04:00", "dateline", NEW_YORK)),
        (
            "a.txt",
            "BY EXAMPLE WIRE | METALS | 03/03/16 05:02 PM EST05:02 PM EST, 03/03/2016 (Example Wire) -- ",
            ("2016-03-03", "2016-03-03T17:02:00-05:00", "dateline", NEW_YORK),
        ),
        ("a.txt", "Hong Kong (Example Wire) –\n\n", (None, None, None, "Asia/Hong_Kong")),
        (
            "a.txt",
            "Hong Kong, March 3, 2016 (Example Wire) - ",
            ("2016-03-03", None, "dateline", "Asia/Hong_Kong"),
        ),
        ("a.txt", "Sydney (the city) is far.\n\n", (None, None, None, NEW_YORK)),
        ("a.txt", "Most Asian markets rose after a rally on Wall Street.\n\n", (None, None, None, "Asia/Hong_Kong")),
        ("a.txt", "European shares rose.\n\n", (None, None, None, "Europe/London")),
        (
            "a.txt",
            "MORNING NOTE\nThu 3 Mar 2016, 07:05 GMT\n\nThe ISEQ was firm.",
            ("2016-03-03", "2016-03-03T07:05:00+00:00", "dateline", "Europe/Dublin"),
        ),
        (
            "a.txt",
            "MORNING NOTE\nThu 14 Jul 2016, 07:05 BST\n\n",
            ("2016-07-14", "2016-07-14T07:05:00+01:00", "dateline", "Europe/London"),
        ),
        ("a.txt", "NEW YORK, March 3, 2016 (Example Wire) - ", ("2016-03-03", None, "dateline", NEW_YORK)),
        (
            "a.txt",
            "London, 3 March 2016, 17:10 GMT\n\n",
            ("2016-03-03", "2016-03-03T12:10:00-05:00", "dateline", NEW_YORK),
        ),
        ("a.txt", "LONDON, 4 March 2016 (Example Wire) - ", ("2016-03-04", None, "dateline", "Europe/London")),
        ("a_20160304.txt", "HONG KONG–", ("2016-03-04", None, "file name", "Asia/Hong_Kong")),
        ("a_20160304.txt", "NEW DELHI: ", ("2016-03-04", None, "file name", "Asia/Kolkata")),
        ("a_20160304.txt", "TOKYO (Example Wire) - ", ("2016-03-04", None, "file name", "Asia/Tokyo")),
        ("a_20160304.txt", "London stocks slid on Friday. ", ("2016-03-04", None, "file name", "Europe/London")),
        ("a_20160304.txt", "Wall Street led the FTSE 100 lower. ", ("2016-03-04", None, "file name", NEW_YORK)),
        ("a.txt", "As of March 3, 2016, nothing moved. ", ("2016-03-03", None, "text", NEW_YORK)),
        ("a.txt", "Tin fell on March 2, 2016, and on March 3, 2016. ", ("2016-03-03", None, "text", NEW_YORK)),
        # a clock outranks the file's name, the name a date without one
        (
            "a_20160301.txt",
            "March 3, 2016, 4:47 PM\n\n",
            ("2016-03-03", "2016-03-03T16:47:00-05:00", "dateline", NEW_YORK),
        ),
        ("a_20160301.txt", "As of March 3, 2016, nothing moved. ", ("2016-03-01", None, "file name", NEW_YORK)),
        # a date that opens a line, whatever follows it
        ("a.txt", "Thursday, March 3, 2016. All times Eastern.\n\n", ("2016-03-03", None, "dateline", NEW_YORK)),
        ("a.txt", "3 March 2016 Last updated at 13:34\n\n", ("2016-03-03", None, "dateline", NEW_YORK)),
        ("a.txt", "Thursday, March 3, 2016 was the low of the year.\n\n", (None, None, None, NEW_YORK)),
        # first published, then changed; changed alone is better than nothing
        (
            "a.txt",
            "Published Thu, March 3, 2016 • 4:14 PM EST | Updated Fri, March 4, 2016 • 6:02 PM EST\n\n",
            ("2016-03-03", None, "dateline", NEW_YORK),
        ),
        (
            "a.txt",
            "Updated March 3, 2016 4:48 p.m. ET\n\n",
            ("2016-03-03", "2016-03-03T16:48:00-05:00", "dateline", NEW_YORK),
        ),
        ("a_20160302.txt", "Updated March 3, 2016 4:48 p.m. ET\n\n", ("2016-03-02", None, "file name", NEW_YORK)),
        # "last updated" may be a table's: the story must name that weekday
        (
            "a.txt",
            "Last Updated at March 3, 2016 19:14 IST\n\nTin was flat on Thursday. ",
            ("2016-03-03", "2016-03-03T19:14:00+05:30", "dateline", "Asia/Kolkata"),
        ),
        (
            "a.txt",
            "Last Updated at March 3, 2016 19:14 IST\n\nTin was flat on Friday. ",
            (None, None, None, "Asia/Kolkata"),
        ),
        # a dateline without its year: a year that is told, and a weekday that fits it and no other
        ("a.txt", "OSLO (March 3): Tin was flat on Thursday. ", (None, None, None, "Europe/Oslo")),
        (
            "a.txt",
            "OSLO (March 3): Tin was flat on Thursday, the lowest since June 5, 2015. ",
            (None, None, None, "Europe/Oslo"),
        ),
        (
            "a.txt",
            "© 2016 Example Wire\n\nTOKYO, March 3 (Example Wire) - Tin was flat on Thursday. ",
            ("2016-03-03", None, "dateline", "Asia/Tokyo"),
        ),
        (
            "a.txt",
            "© 2016 Example Wire\n\nTOKYO, March 3 (Example Wire) - Tin was flat on Friday. ",
            (None, None, None, "Asia/Tokyo"),
        ),
        (
            "a.txt",
            "© 2016 Example Wire\n\nTOKYO, March 3 (Example Wire) - Tin was flat on Thursday, as on May 5, 2011. ",
            (None, None, None, "Asia/Tokyo"),
        ),
        # a story that looks back on a day was written later, nobody knows when
        ("a.txt", "Tin fell on March 3, 2016. On Friday buyers returned. ", (None, None, None, NEW_YORK)),
        ("a.txt", "Tin fell on March 3, 2016. On Wednesday it had risen. ", ("2016-03-03", None, "text", NEW_YORK)),
        ("a.txt", "Tin fell on March 3, 2016. A board meets next Friday. ", ("2016-03-03", None, "text", NEW_YORK)),
        ("a.txt", f"{PROSE} Tin fell on March 3, 2016. ", (None, None, None, NEW_YORK)),
        ("a.txt", "Tin was flat, as on May 5, 2011. ", (None, None, None, NEW_YORK)),
        ("a.txt", "Tin fell to a low last hit on May 5, 2011. ", (None, None, None, NEW_YORK)),
        ("a.txt", "As of March 3, 2016, tin was flat. It fell on March 7, 2016. ", (None, None, None, NEW_YORK)),
        ("a.txt", "As of December 31, 2015, the fund held nothing. ", (None, None, None, NEW_YORK)),
        ("a.txt", "As of Thursday, March 31, 2016, nothing moved. ", ("2016-03-31", None, "text", NEW_YORK)),
        # what is no date of publication
        ("a.txt", "Last Updated at 20 Sep 2017, 00:45 GMT\n\n", (None, None, None, "Europe/London")),
        ("a.txt", "Copyright 2016 Example Wire, March 3, 2016\n\n", (None, None, None, NEW_YORK)),
        ("a.txt", "The price is the lowest since March 3, 2009. ", (None, None, None, NEW_YORK)),
        ("a.txt", "The board will meet on March 30, 2016. ", (None, None, None, NEW_YORK)),
    ],
)
def test_text(tmp_path: Path, name: str, head: str, expected: tuple[str | None, ...]) -> None:
    assert told(article_of(tmp_path, f"{head}{PROSE}\n\n{PROSE}\n", name)) == expected


def test_what_the_user_says_outranks_the_page(tmp_path: Path) -> None:
    text = f"March 3, 2016, 11:47 PM EST\n\n{PROSE}\n"
    given = article_of(tmp_path, text, published=date(2016, 3, 1))
    assert told(given) == ("2016-03-01", None, "given", NEW_YORK)
    moved = article_of(tmp_path, text, timezone="Asia/Tokyo")
    assert told(moved) == ("2016-03-04", "2016-03-04T13:47:00+09:00", "dateline", "Asia/Tokyo")


def test_the_clock_of_the_given_day_is_kept(tmp_path: Path) -> None:
    article = article_of(tmp_path, f"March 3, 2016, 4:47 PM\n\n{PROSE}\n", published=date(2016, 3, 3))
    assert told(article) == ("2016-03-03", "2016-03-03T16:47:00-05:00", "given", NEW_YORK)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", ""])
def test_no_such_zone(tmp_path: Path, zone: str) -> None:
    with pytest.raises(SourceError, match="no such time zone"):
        article_of(tmp_path, PROSE, timezone=zone)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<meta property="article:published_time" content="2016-03-04T01:30:00Z">',
            ("2016-03-03", "2016-03-03T20:30:00-05:00", "meta", NEW_YORK),
        ),
        ('<meta property="article:published_time" content="2016-03-03">', ("2016-03-03", None, "meta", NEW_YORK)),
        ('<meta name="date" content="20160303">', ("2016-03-03", None, "meta", NEW_YORK)),
        (
            '<meta name="pubdate" content="March 3, 2016 4:47 PM EST">',
            ("2016-03-03", "2016-03-03T16:47:00-05:00", "meta", NEW_YORK),
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"],'
            ' "datePublished": "2016-03-03T09:22:00-05:00"}]}</script><meta name="date" content="2016-03-09">',
            ("2016-03-03", "2016-03-03T09:22:00-05:00", "json-ld", NEW_YORK),
        ),
        ('<script type="application/ld+json">{"datePublished": "never"}</script>', (None, None, None, NEW_YORK)),
        ('<script type="application/ld+json">{"datePublished": ["2016"]}}}</script>', (None, None, None, NEW_YORK)),
        ('<meta property="article:modified_time" content="2016-03-09T01:30:00Z">', (None, None, None, NEW_YORK)),
        (
            '<link rel="canonical" href="https://www.example.com/2016/03/03/copper">',
            ("2016-03-03", None, "address", NEW_YORK),
        ),
        (
            '<link rel="canonical" href="https://www.247wallst.com/copper"><meta name="date" content="2016-03-03T16:08:14+00:00">',  # noqa: E501
            ("2016-03-03", "2016-03-03T16:08:14-05:00", "meta", NEW_YORK),
        ),
        ('<meta name="date" content="9999-12-31T23:59:59-12:00">', ("9999-12-31", None, "meta", NEW_YORK)),
    ],
)
def test_page(tmp_path: Path, head: str, expected: tuple[str | None, ...]) -> None:
    page = f"<html><head>{head}</head><body><article><p>{PROSE}</p><p>{PROSE} Lead too.</p></article><p>© 2019 Example</p></body></html>"  # noqa: E501
    assert told(article_of(tmp_path, page, "a.html")) == expected


WIRE = f"<article><p>NEW YORK, March 3 (Example Wire) -- {PROSE}</p><p>{PROSE} Lead too.</p></article>"


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2016-03-04T13:00:00Z", ("2016-03-03", "2016-03-04T08:00:00-05:00", "dateline", NEW_YORK)),
        ("2016-03-03T13:00:00Z", ("2016-03-03", "2016-03-03T08:00:00-05:00", "json-ld", NEW_YORK)),
        ("2016-03-02T13:00:00Z", ("2016-03-02", "2016-03-02T08:00:00-05:00", "json-ld", NEW_YORK)),
        ("2016-03-09T13:00:00Z", ("2016-03-09", "2016-03-09T08:00:00-05:00", "json-ld", NEW_YORK)),
    ],
)
def test_a_storys_today_is_its_datelines_where_the_stamp_is_of_the_morning_after(
    tmp_path: Path, stamp: str, expected: tuple[str, ...]
) -> None:
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{stamp}"}}</script>'
    page = f"<html><head>{head}</head><body>{WIRE}</body></html>"
    assert told(article_of(tmp_path, page, "a.html")) == expected


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("NEW YORK, March 3 (Example Wire) -- Tin was flat.", "2016-03-03"),
        ("AUSTIN, Texas, March 3, 2016 (EXAMPLE WIRE) -- Tin was flat.", "2016-03-03"),
        ("TOKYO (March 3): Tin was flat.", "2016-03-03"),
        ("EARNINGS, March 3: Harbor Tool, Mill River Foods", "2016-03-04"),
        ("On March 3 - a Thursday - tin was flat.", "2016-03-04"),
        ("NEW YORK, March 3 was cold.", "2016-03-04"),
    ],
)
def test_what_a_dateline_is(tmp_path: Path, line: str, day: str) -> None:
    stamp = "Source: Example| 2016-03-04 05:21:36|Editor: Example"
    article = article_of(tmp_path, f"Tin goes nowhere again\n{stamp}\n\n{line} {PROSE}\n")
    assert str(article.published_on) == day
    # a clock that nobody knows where it hangs tells no moment of another day's story
    assert (article.published_at is None) == (day == "2016-03-03")


def test_a_text_says_when_it_was_changed(tmp_path: Path) -> None:
    head = "Published Thu, March 3, 2016 • 4:14 PM EST | Updated Fri, March 4, 2016 • 6:02 PM EST\n\n"
    article = article_of(tmp_path, f"{head}{PROSE}\n")
    # the clocks stand apart from their dates, so no moment is known
    assert article.updated_at is None
    article = article_of(tmp_path, f"March 3, 2016 4:14 PM EST\nUpdated March 4, 2016 6:02 PM EST\n\n{PROSE}\n")
    assert article.updated_at is not None
    assert article.updated_at.isoformat() == "2016-03-04T18:02:00-05:00"
    assert (article.told_by.updated, article.told_by.updated_zone) == ("dateline", "America/New_York")
    assert str(article.published_on) == "2016-03-03"


@pytest.mark.parametrize(
    ("told_of", "expected"),
    [("Thursday", "2016-03-03"), ("Wednesday", "2016-03-03"), ("Friday", None), ("a day", "2016-03-03")],
)
def test_a_guess_from_the_whole_page_must_fit_the_weekday(tmp_path: Path, told_of: str, expected: str | None) -> None:
    text = f"<p>Tin was flat on {told_of}. {PROSE}</p><p>{PROSE} Lead too.</p>"
    foot = '<footer><abbr class="published" title="2016-03-03">then</abbr></footer>'
    page = f"<html><body><article>{text}</article>{foot}</body></html>"
    article = article_of(tmp_path, page, "a.html")
    assert (str(article.published_on) if article.published_on else None) == expected
    assert article.published_from == ("htmldate" if expected else None)
