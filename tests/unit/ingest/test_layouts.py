"""Pages in the layouts of the web: every sentence of the story is kept, and next to nothing of what surrounds it."""

# ruff: noqa: E501 markup reads better in one piece

from __future__ import annotations

import re

import pytest

from extractor import ingest
from extractor.domain.article import Article, Zone
from extractor.domain.page import Page
from tests.fakes import layouts
from tests.fakes.layouts import LAYOUTS, Layout, Story, story, without_names

SEEDS = (1, 2, 3)
_TOLD = (Zone.TITLE, Zone.BODY)


def read(html: str) -> Article:
    return ingest.read(Page(name="a.html", source="a.html", data=html.encode()))


def told(article: Article, *zones: Zone) -> str:
    return "".join(article.text[zone.start : zone.end] for zone in article.zones if zone.zone in zones)


def flat(text: str) -> str:
    return " ".join(text.split())


def wanted(layout: Layout, one: Story) -> list[str]:
    lines = list(one.paragraphs[:2] if layout.name == "short" else one.paragraphs)
    return [*lines, *one.items, *(" ".join(row) for row in one.rows)] if layout.lists else lines


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_page(layout: Layout) -> None:
    for seed in SEEDS:
        one = story(seed)
        article = read(layout.build(one))
        assert article.title == one.title
        body = flat(told(article, Zone.BODY))
        assert [line for line in wanted(layout, one) if flat(line) not in body] == []
        assert "777" not in told(article, *_TOLD).replace(",", "")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_page_whose_names_say_nothing_keeps_its_sentences(layout: Layout) -> None:
    for seed in SEEDS:
        one = story(seed)
        body = flat(told(read(without_names(layout.build(one))), Zone.BODY))
        assert [line for line in wanted(layout, one) if flat(line) not in body] == []


def test_without_names_next_to_no_furniture_is_let_in() -> None:
    """All layouts together: at most four figures in a hundred of title and body are furniture's."""
    figures = furniture = 0
    for layout in LAYOUTS:
        for seed in SEEDS:
            text = told(read(without_names(layout.build(story(seed)))), *_TOLD)
            found = re.findall(r"\d[\d.,]*", text)
            figures += len(found)
            furniture += sum("777" in one.replace(",", "").replace(".", "") for one in found)
    assert figures > 1_000
    assert furniture / figures <= 0.04, (furniture, figures)


def test_rows_of_a_widget_are_quotes() -> None:
    hosted = next(layout for layout in LAYOUTS if layout.name == "hosted")
    article = read(hosted.build(story()))
    assert "HBT\t41.20\t+0.52\t+1.28%" in told(article, Zone.QUOTES)


EXTRA = "Harbor Tool gained 3.3% in Oslo after its results were read again."
MORE = "Nordic Smelting shed 2.2% as well on thin trading."
_NAMES = (
    "slide embed expand meta rating message bar-chart widget-text premium-text viewport attachment options next-par"
)
INSIDE = {
    **{f"p.{name}": f'<p class="{name}">{EXTRA}</p>' for name in _NAMES.split()},
    **{f"div.{name}": f'<div class="{name}">{EXTRA}</div>' for name in _NAMES.split()},
    "a list of links": f"<ul><li><a href='/q'>{EXTRA}</a></li><li>{MORE}</li><li><a href='/q'>Tin</a> was flat</li></ul>",
    "a quotation": f"<blockquote><p>{EXTRA}</p></blockquote>",
    "a clock": "<p>By <time>10:15 a.m.</time> it had gained 3.3% in <label>Oslo</label>.</p>",
    "line breaks": f"<p>{EXTRA}<br>{MORE}<br/><br/>Tin was flat.</p>",
    "an element of the site's own": f"<story-text>{EXTRA}</story-text>",
    "a list in a list": f"<ol><li><p>{EXTRA}</p><ul><li>{MORE}</li></ul></li></ol>",
    "bare text": f"<strong>{EXTRA}</strong><br><br>{MORE}",
    "short lines": "<p>Tin: +3.3%.</p><p>Zinc was flat.</p>",
    "a figure with a table": "<figure class='wp-block-table'><table><tr><td>Tin</td><td>up 3.3 percent</td></tr>"
    "<tr><td>Zinc</td><td>down 2.2 percent</td></tr></table></figure>",
    "key points in an aside": f'<aside class="key-points"><ul><li>{EXTRA}</li><li>{MORE}</li></ul></aside>',
    "a second container": f'</div><div class="x">…</div><div class="article-body"><p>{EXTRA}</p>',
    "definitions": "<dl><dt>Tin</dt><dd>up 3.3% at $17,000</dd><dt>Zinc</dt><dd>down 2.2% at $2,000</dd></dl>",
}


@pytest.mark.parametrize("case", INSIDE)
def test_what_stands_inside_an_article_stays_in_it(case: str) -> None:
    one = story(5)
    lines = [f"<p>{line}</p>" for line in one.paragraphs]
    inner = "".join([*lines[:4], INSIDE[case], *lines[4:]])
    html = f'{layouts.NAV}<main><article><h1>{one.title}</h1><div class="article-body">{inner}</div></article></main>'
    body = flat(told(read(f"<html><body>{html}{layouts.POPULAR}{layouts.FOOT}</body></html>"), Zone.BODY))
    words = re.sub(r"<[^>]+>", "\n", INSIDE[case].replace("<time>", "").replace("</time>", ""))
    words = words.replace("\nOslo\n", "Oslo").replace("…", "")
    assert [line for line in words.split("\n") if line.strip() and flat(line) not in body] == []
    assert [line for line in one.paragraphs if flat(line) not in body] == []


LIVE = {
    'Oracle (<a class="ticker">ORCL</a> <span class="chg">-7.7%</span>) fell 10.8% on Monday to $198.85.': "ORCL -7.7%",
    'Oracle <span class="quote" data-symbol="ORCL">ORCL, +7.77%</span> fell 10.8% on Monday.': "ORCL, +7.77%",
    '<span class="chip">$AAPL 212.3 ▲ 7.7%</span> Apple fell 10.8% on Monday after its results.': "$AAPL 212.3 ▲ 7.7%",
    'Shares of Oracle <fin-streamer data-symbol="ORCL" class="x">198.77 (-7.77%)</fin-streamer> fell 10.8%.': "198.77 (-7.77%)",
    "Oracle (NVDA 7.77%) fell 10.8% on Monday, as did the rest of the group.": "(NVDA 7.77%)",
    'The yield <a href="/q">BX10Y,\n <b>7.777%</b></a> fell 10.8% of its way.': "BX10Y, 7.777%",
    '<a data-ticker="ORCL" href="/q">Oracle <span>▼ 7.77%</span></a> fell 10.8% on Monday, its worst day.': "▼ 7.77%",
}


@pytest.mark.parametrize("sentence", LIVE)
def test_a_live_quote_is_told_apart_and_its_sentence_reads_on(sentence: str) -> None:
    one = story(6)
    lines = "".join(f"<p>{line}</p>" for line in (*one.paragraphs[:3], sentence, *one.paragraphs[3:]))
    article = read(f"<html><body><article><h1>{one.title}</h1>{lines}</article></body></html>")
    text = flat(re.sub(r"<[^>]+>", "", sentence))
    assert flat(article.text).count(text) == 1
    body = told(article, Zone.BODY)
    assert "7.7" not in body
    assert "fell 10.8%" in body
    assert LIVE[sentence] in flat(told(article, Zone.QUOTES))


OWN = [
    "Oracle (ORCL 198.85, -24.16, -10.8%) fell on Monday.",
    "The economy (GDP +2.5%) grew on Monday.",
    "Growth (YOY 2.50%) held on Monday.",
    "$AAPL +4.1%, $TSLA +2.2% on Monday.",
    'Shares rose <span class="price-value">2.5</span> percent on Monday.',
    "Shares of Oracle (NYSE: ORCL) fell 10.8% on Monday.",
    "Profit (up 12.50%) beat the forecast on Monday.",
]


@pytest.mark.parametrize("sentence", OWN)
def test_a_figure_of_the_article_is_no_live_quote(sentence: str) -> None:
    one = story(6)
    lines = "".join(f"<p>{line}</p>" for line in (*one.paragraphs[:3], sentence, *one.paragraphs[3:]))
    article = read(f"<html><body><article><h1>{one.title}</h1>{lines}</article></body></html>")
    assert flat(re.sub(r"<[^>]+>", "", sentence)) in flat(told(article, Zone.BODY))
