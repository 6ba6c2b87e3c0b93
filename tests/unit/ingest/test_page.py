"""HTML pages: the main text whole, word for word, and nothing of what surrounds it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from extractor import ingest
from extractor.domain.article import Article, Zone
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import Source, discover, main_text
from extractor.ingest.forms import may_hold_many
from tests.sources import read

FIRST = "Copper rose 1.2% to $9,100.50 a tonne on Monday, its highest close since March, after a mine was shut."
SECOND = (
    "“Nobody holds stock,” said a trader at an example broker, who sees $9,500 by the summer; tin & lead were flat."
)
NAV = '<nav><ul><li><a href="/a">Gold hits $2,000</a></li><li><a href="/b">Ten shares up 40%</a></li></ul></nav>'
FOOT = "<footer><p>Copyright 2016 Example. All rights reserved. Dow 17,000.10 +0.4%</p></footer>"


def article_of(folder: Path, html: str, name: str = "a.html") -> Article:
    path = folder / name
    path.write_text(html, encoding="utf-8")
    if "\0" in html:  # a file with such bytes is refused before it is taken for a page; an archive may hand them over
        return ingest.read(Page(name=name, source=name, data=html.encode()))
    return read(Source(name=name, path=path))


def page(inner: str, head: str = "<title>Copper climbs on a closed mine - Example News</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{NAV}<article>{inner}</article>{FOOT}</body></html>"


def body(article: Article) -> str:
    return "".join(article.text[zone.start : zone.end] for zone in article.zones if zone.zone is Zone.BODY)


def test_title_blank_line_paragraphs(tmp_path: Path) -> None:
    inner = f"<h1>Copper climbs on a closed mine</h1><p>{FIRST}</p><h2>What comes next</h2><p>{SECOND}</p>"
    article = article_of(tmp_path, page(inner))
    assert article.title == "Copper climbs on a closed mine"
    assert article.text == f"Copper climbs on a closed mine\n\n{FIRST}\n\nWhat comes next\n\n{SECOND}"
    assert [zone.zone for zone in article.zones] == [Zone.TITLE, Zone.BODY]


def test_white_space_is_one_space_and_words_stay(tmp_path: Path) -> None:
    shares = (
        "Shares of <b>Harbor</b>\n   <a href='/x'>Tool</a> (NYSE:&nbsp;HBT)\t rose 2&frac12;%&mdash;to <i>$41</i>.20."
    )
    inner = f"<p>{FIRST}</p><p>{shares}</p>"
    text = article_of(tmp_path, page(inner)).text
    assert "Shares of Harbor Tool (NYSE:\u00a0HBT) rose 2½%—to $41.20." in text


def test_lists_and_tables_in_the_body_are_kept(tmp_path: Path) -> None:
    inner = (
        f"<p>{FIRST}</p><ul><li>Copper: $9,100.50 a tonne</li><li>Tin: <b>$17,000</b> a tonne</li></ul>"
        "<table><tr><th>Metal</th><th>Stocks</th></tr><tr><td>Copper</td><td>150,025 tonnes</td></tr>"
        f"<tr><td>Tin</td><td>4,010 tonnes</td></tr></table><p>{SECOND}</p>"
    )
    lines = body(article_of(tmp_path, page(inner))).split("\n")
    wanted = [
        "Copper: $9,100.50 a tonne",
        "Tin: $17,000 a tonne",
        "Metal\tStocks",
        "Copper\t150,025 tonnes",
        "Tin\t4,010 tonnes",
    ]
    places = [lines.index(line) for line in [FIRST, *wanted, SECOND]]
    assert places == sorted(places)


def test_furniture_is_left_out(tmp_path: Path) -> None:
    inner = f"<p>{FIRST}</p><script>var dow = 17100.55;</script><style>p {{ margin: 1.25em }}</style><p>{SECOND}</p>"
    text = article_of(tmp_path, page(inner)).text
    for figure in ("2,000", "40%", "17,000.10", "17100.55", "1.25em"):
        assert figure not in text


def test_a_link_line_is_boilerplate_and_a_linked_word_is_not(tmp_path: Path) -> None:
    inner = f"<p>{FIRST}</p><p><a href='/c'>Why zinc may fall 30% next</a></p><p>See <a href='/d'>the data</a>. {SECOND}</p>"  # noqa: E501
    article = article_of(tmp_path, page(inner))
    assert "30%" not in body(article)
    assert "See the data." in body(article)


def test_a_live_quote_in_a_sentence_is_marked_and_the_sentence_kept(tmp_path: Path) -> None:
    live = "<a href='/q'>BX10Y,\n <b>0.673%</b></a>"
    inner = f"<p>{FIRST}</p><p>The 10-year yield\n {live}\n fell 4.8 basis points to 0.675%.</p><p>{SECOND}</p>"
    article = article_of(tmp_path, page(inner))
    assert "The 10-year yield BX10Y, 0.673% fell 4.8 basis points to 0.675%." in article.text
    assert "0.673%" not in body(article)
    assert "fell 4.8 basis points to 0.675%." in body(article)


@pytest.mark.parametrize(
    ("head", "inner", "title"),
    [
        ("<title>Copper climbs on a closed mine | Example</title>", "", "Copper climbs on a closed mine"),
        (
            "<title>Copper climbs</title><meta property='og:title' content='Copper climbs on a closed mine'>",
            "",
            "Copper climbs on a closed mine",
        ),
        (
            "<meta property='og:title' content='Copper climbs on a closed mine | Example'>",
            "<h1>Copper climbs on a&nbsp;closed mine</h1>",
            "Copper climbs on a closed mine",
        ),
        ("<title>Tin - the forgotten metal of the year</title>", "", "Tin - the forgotten metal of the year"),
        ("", "", None),
    ],
)
def test_title(tmp_path: Path, head: str, inner: str, title: str | None) -> None:
    article = article_of(tmp_path, page(f"{inner}<p>{FIRST}</p><p>{SECOND}</p>", head))
    assert (article.title or "").replace("\u00a0", " ") == (title or "")


def test_the_line_under_the_headline_is_kept(tmp_path: Path) -> None:
    deck = "<h2 class='sub-headline'>The metal is up 12% this year.</h2>"
    inner = f"<header><h1>Copper climbs on a closed mine</h1>{deck}</header><p>{FIRST}</p><p>{SECOND}</p>"
    assert "The metal is up 12% this year." in body(article_of(tmp_path, page(inner))).split("\n")


@pytest.mark.parametrize(
    "method", ["_by_trafilatura", "_by_trafilatura _by_paragraphs", "_by_trafilatura _by_paragraphs _by_elements"]
)
def test_the_chain_goes_on_where_a_method_finds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    for name in method.split():
        monkeypatch.setattr(main_text, name, lambda *_: [])
    copy = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{FIRST}\\n{SECOND}"}}</script>'
    )
    article = article_of(tmp_path, page(f"<p>{FIRST}</p><p>{SECOND}</p>", copy))
    assert article.text.split("\n\n")[-2:] == [FIRST, SECOND]


def test_a_page_without_markup_for_its_text(tmp_path: Path) -> None:
    article = article_of(tmp_path, f"<html><body><div>{FIRST}<br><br>{SECOND}</div></body></html>")
    assert FIRST in article.text
    assert SECOND in article.text


def test_the_same_page_twice_gives_the_same_text(tmp_path: Path) -> None:
    html = page(f"<p>{FIRST}</p><p>{SECOND}</p>")
    assert len({article_of(tmp_path, html, f"{n}.html").text for n in range(4)}) == 1


HOSTILE = {
    "nested deep": "<div>" * 5_000 + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * 5_000,
    "never closed": "<div>" * 30_000 + f"<p>{FIRST}</p><p>{SECOND}</p>",
    "inline nested deep": "<p>" + "<b>" * 5_000 + FIRST + SECOND,
    "tables nested": "<table><tr><td>" * 500 + f"<p>{FIRST}</p><p>{SECOND}</p>",
    "lists nested": "<ul><li>" * 1_000 + f"<p>{FIRST}</p><p>{SECOND}</p>",
    "repeated": f"<p>{FIRST}</p><p>{SECOND}</p>" + "<span>1</span>" * 10_000,
    "lone surrogates": f"<p>&#xD800;{FIRST}&#57343;</p><p>{SECOND}</p>",
    "one line": f"<p>{FIRST} " + "The index rose 1.2 percent. " * 20_000 + "</p>",
    "a script of a line": f"<p>{FIRST}</p><script>{'a' * 20_000_000}</script><p>{SECOND}</p>",
    "a script before all": f"<script>{'a' * 20_000_000}</script><p>{FIRST}</p><p>{SECOND}</p>",
    "NUL bytes": f"<p>{FIRST}</p>" + "\0" * 10_000 + f"<p>{SECOND}</p>",
    "boxes of one name": f"<p>{FIRST}</p><p>{SECOND}</p>" + "<div class='related'><p>Tin, too.</p></div>" * 5_000,
    "names without end": f"<p>{FIRST}</p><p>{SECOND}</p>"
    + "".join(f"<i class='promo-{n}'>1</i>" for n in range(10_000)),
    "a long name": f"<p>{FIRST}</p><p>{SECOND}</p><p class='{'related ' * 100_000}'>x</p>",
    "tables without end": f"<p>{FIRST}</p><p>{SECOND}</p>" + "<table><tr><td>AAA<td>10.00<td>+1.0</table>" * 3_000,
    "live quotes without end": f"<p>{FIRST}</p><p>{SECOND}</p><p>" + "<b class='quote'>ORCL, +1.0%</b> rose " * 5_000,
    "links without end": f"<p>{FIRST}</p><p>{SECOND}</p><p>" + "so <a href='/'>tin</a> rose " * 10_000,
    "open attribute": f"<p>{FIRST}</p><p>{SECOND}</p><p title='" + "a" * 200_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_page_is_read_in_time(tmp_path: Path, case: str) -> None:
    began = time.perf_counter()
    article = article_of(tmp_path, f"<html><body>{HOSTILE[case]}</body></html>")
    assert time.perf_counter() - began < 10
    assert "its highest close since March" in article.text
    article.text.encode("utf-8")
    assert all(left.end == right.start for left, right in pairwise(article.zones))


def test_a_page_of_elements_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="more than 100,000 elements"):
        article_of(tmp_path, "<div>" * 300_000)


def test_an_element_of_attributes_without_end_is_refused(tmp_path: Path) -> None:
    bomb = "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>"
    with pytest.raises(SourceError, match="an element with more than 2,000 attributes"):
        article_of(tmp_path, f"<p>{FIRST}</p>{bomb}")


def test_a_page_without_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no article text found in the page: it shows \d words"):
        article_of(tmp_path, "<html><body><div id='root'></div><p>Tin rose.</p></body></html>")


def test_structured_data_nested_without_end(tmp_path: Path) -> None:
    head = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    assert FIRST in article_of(tmp_path, page(f"<p>{FIRST}</p><p>{SECOND}</p>", head)).text


# What the table of the evaluation data says of its pages: the day, the moment where one is known, the zone.
KNOWN = {
    "great_rotation.txt": ("2025-12-18", None, "America/New_York"),
    "247wallst_djia_20141229.html": ("2014-12-29", "2014-12-29T16:08:14-05:00", "America/New_York"),
    "foxbusiness_homedepot_2019.html": ("2019-11-19", "2019-11-19T06:12:56-05:00", "America/New_York"),
    "marketwatch_yields_20200908.html": ("2020-09-08", "2020-09-08T09:22:00-04:00", "America/New_York"),
    "reuters_fed_20161214.html": ("2016-12-14", None, "America/New_York"),
    "pg_wtop_20201123.txt": ("2020-11-23", "2020-11-23T16:47:00-05:00", "America/New_York"),
    "pg_gurufocus_20200514.txt": ("2020-05-14", None, "America/New_York"),
    "pg_mtnewswires_20251210.txt": ("2025-12-10", "2025-12-10T17:02:00-05:00", "America/New_York"),
    "pg_investing_20251211.txt": ("2025-12-11", None, "America/New_York"),
    "pg_rtt_gold_20250707.txt": ("2025-07-07", None, "America/New_York"),
    "pg_rtt_oil_20241030.txt": ("2024-10-30", None, "America/New_York"),
    "pg_inquirer_afp_20140826.txt": ("2014-08-26", None, "Asia/Hong_Kong"),
    "pg_ftsefutures_20180430.txt": ("2018-04-30", None, "Europe/London"),
    "pg_openblog_sensex_20201020.txt": ("2020-10-20", None, "Asia/Kolkata"),
    "pg_bbc_20141114.txt": ("2014-11-14", None, "Europe/London"),
    "rtrs_markets-stocks_20131118.txt": ("2013-11-18", "2013-11-18T18:24:00-05:00", "America/New_York"),
    "mojibake_pressherald_20211222.txt": ("2021-12-22", None, "America/New_York"),
    "pg_marketbeat_ratings_20211022.txt": ("2021-10-22", None, "America/New_York"),
    "pg_schaeffers_20170626.txt": ("2017-06-26", None, "America/New_York"),
}


@pytest.mark.shared
def test_dates_of_the_real_pages(shared: Path) -> None:
    read_as = {}
    for source in discover([str(shared / "articles")]):
        assert isinstance(source, Source)
        if may_hold_many(source.name):
            continue  # tables that stand beside the articles
        article = read(source)
        at = article.published_at.isoformat() if article.published_at else None
        read_as[source.name] = (str(article.published_on), at, article.timezone)
    assert read_as == KNOWN


def _gold(shared: Path, held_out: set[str]) -> Iterator[tuple[Path, list[dict[str, object]]]]:
    import json

    for path in sorted((shared / "articles" / "gold").glob("*.jsonl")):
        if path.stem.endswith(".dates") or path.stem in held_out:
            continue
        places = (shared / "articles" / "dev").glob(path.stem + ".*")
        text = next(places, shared / "articles" / f"{path.stem}.txt")
        yield text, [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.shared
def test_real_sentences_stand_word_for_word_in_their_zone(shared: Path, corpus: Path) -> None:
    import tomllib

    held_out = set(tomllib.loads((corpus / "heldout.toml").read_text("utf-8"))["articles"])
    checked = 0
    for path, claims in _gold(shared, held_out):
        article = read(Source(name=path.name, path=path))
        for claim in claims:
            words = [re.escape(word) for word in str(claim["context"]).split()]
            found = list(re.finditer(r"\s+".join(words), article.text))
            assert found, (path.name, claim["context"])
            first = str(claim["quote"]).split()[0]
            zones = {str(article.zone_at(article.text.index(first, match.start()))) for match in found}
            assert claim["zone"] in zones, (path.name, claim["context"])
            checked += 1
    assert checked > 300
