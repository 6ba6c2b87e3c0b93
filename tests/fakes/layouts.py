"""Pages of our own making in the layouts of the web, each with the sentences of its article and traps around it.

Every figure of furniture has 777 in it, and no figure of an article has: what of a page is text shows in its digits.
"""

# ruff: noqa: E501 markup reads better in one piece

from __future__ import annotations

import html as markup
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TITLE = "Tin miners climb as a flooded shaft halts supply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """paragraphs: of the article, in order. items, rows: of a list and a table in its body."""

    title: str = TITLE
    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    name: str
    build: Callable[[Story], str] = field(repr=False)
    lists: bool = True  # whether the layout has a place for the story's list and table


_METALS = ("Tin", "Copper", "Zinc", "Nickel", "Lead", "Cobalt", "Lithium", "Silver")
_FIRMS = ("Harbor Tool", "Nordic Smelting", "Bergen Mining", "Tidewater Metals", "Oslo Wire", "Fjord Alloys")
_VERBS = ("rose", "fell", "climbed", "slid", "gained", "lost")
_REASONS = (
    "after a flooded shaft halted deliveries from the largest pit in the region",
    "as stockpiles in registered warehouses shrank for a sixth week running",
    "because smelters in the north had been told to cut their use of power",
    "while traders waited for the government's figures on factory orders",
    "even though the dollar was firmer against most of the currencies it is weighed against",
)
_VIEWS = (
    "“Nobody has metal to lend,” said an analyst at a broker in Bergen, who expects a shortfall of {0} tonnes this year.",
    "The union said that {0} of its members would stay away from work until the pumps had been replaced.",
    "“We had not seen that coming,” the chief executive told reporters, adding that {0} tonnes were under way by ship.",
    "Analysts had expected {0} tonnes, according to a survey that was taken before the shaft was flooded.",
)


def _number(dice: random.Random, low: int, high: int) -> str:
    while "777" in (figure := f"{dice.randint(low, high):,}") or "777" in figure.replace(",", ""):
        pass
    return figure


def story(seed: int = 1, paragraphs: int = 9) -> Story:
    """A story no two of whose paragraphs are alike."""
    dice = random.Random(seed)
    found = []
    for index in range(paragraphs):
        metal, firm = dice.choice(_METALS), dice.choice(_FIRMS)
        price, share = _number(dice, 1_000, 30_000), dice.randint(10, 69) / 10
        first = f"{metal} {dice.choice(_VERBS)} {share}% to ${price} a tonne on Monday, {dice.choice(_REASONS)}."
        second = f"{firm} {dice.choice(_VERBS)} {dice.randint(10, 69) / 10}%, its largest move in {index + 2} months."
        third = dice.choice(_VIEWS).format(_number(dice, 1_000, 60_000))
        found.append(" ".join((first, second, third)[: dice.choice((1, 2, 3, 3))]))
    items = tuple(f"{metal}: ${_number(dice, 1_000, 30_000)} a tonne" for metal in _METALS[:4])
    rows = (("Metal", "Stocks", "Week"), *((m, f"{_number(dice, 1_000, 90_000)} tonnes", "4.2%") for m in _METALS[4:7]))
    return Story(paragraphs=tuple(found), items=items, rows=rows)


# ---------------------------------------------------------------- pieces


def _e(text: str) -> str:
    return markup.escape(text, quote=False)


def _p(lines: Sequence[str], tag: str = "p", attributes: str = "") -> str:
    space = " " if attributes else ""
    return "\n".join(f"<{tag}{space}{attributes}>{_e(line)}</{tag}>" for line in lines)


def _lists(one: Story) -> str:
    table = "".join("<tr>" + "".join(f"<td>{_e(cell)}</td>" for cell in row) + "</tr>" for row in one.rows)
    items = "".join(f"<li>{_e(item)}</li>" for item in one.items)
    return f"<ul>{items}</ul><table>{table}</table>" if one.items else ""


def _links(count: int, what: str = "Ten shares that rose {0}% this year and why it matters") -> str:
    return "".join(f'<li><a href="/n/{n}">{_e(what.format(f"1{n}.777"))}</a></li>' for n in range(count))


def _page(head: str, body: str, one: Story, *, ld: bool = True, article: bool = True) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": one.title}
    data["datePublished"] = "2016-03-07T10:15:00+00:00"
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if ld else ""
    kind = f'<meta property="og:type" content="article"><meta property="og:title" content="{_e(one.title)}">'
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_e(one.title)} | Example</title>'
        f"{kind if article else ''}{script}{head}</head><body>{body}</body></html>"
    )


NAV = f'<header><nav class="site-nav"><ul>{_links(12, "Section {0}")}</ul></nav></header>'
FOOT = (
    f"<footer><ul>{_links(8, 'About us {0}')}</ul><p>Copyright 2016 Example 777 Ltd. All rights reserved.</p></footer>"
)
STRIP = (
    '<div class="ticker-strip"><span>DOW 17,777.10 +0.4%</span><span>NASDAQ 4,777.2 -0.2%</span>'
    "<span>OIL $37.77 +1.777%</span></div>"
)
COOKIES = (
    '<div id="cookie-banner" role="dialog"><p>We and our 777 partners store cookies on your device to measure what is '
    "read, to show advertisements that suit you, and to keep you signed in for as long as you like.</p></div>"
)
RELATED = f'<div class="related-stories"><h3>Related stories</h3><ul>{_links(5)}</ul></div>'
NEWSLETTER = (
    '<div class="newsletter-signup"><h4>The morning in 777 words</h4><p>Join 1,777,000 readers who get our free '
    "newsletter every morning before the bell, with all that moves the market.</p><form><input></form></div>"
)
SHARE = '<ul class="share-tools"><li>1,777 shares</li><li><a href="#">Tweet</a></li><li><a href="#">Mail</a></li></ul>'
FIGURE = (
    '<figure><img src="a.jpg" alt="A shaft"><figcaption>A shaft near Bergen, 777 metres deep. '
    "<span>Photo: Jane Doe/Example Pictures</span></figcaption></figure>"
)
BIO = (
    '<div class="author-bio"><img src="j.jpg"><p>Jane Doe has covered metals for 777 weeks. She was with the Bergen Post '
    "before, holds 1,777 shares of nothing, and lives by the harbor with a dog that is afraid of ships.</p></div>"
)
COMMENTS = (
    '<section id="comments"><h3>777 comments</h3><ol class="comment-list"><li><p>I bought at $7.77 and sold at $17.77, '
    "which was the best trade that I have ever made in all my years of doing this.</p></li><li><p>Tin will go to "
    "$77,700, mark my words, because nobody digs any more and everybody needs it.</p></li></ol></section>"
)
DISCLAIMER = (
    '<div class="disclaimer"><p>This material is for informational purposes only and is no advice. Past returns of '
    "17.77% say nothing about the future.</p></div>"
)
QUOTES_TABLE = (
    '<div class="quotes-widget"><h3>Recent Quotes</h3><table><tr><th>Symbol</th><th>Last</th><th>Change</th>'
    "<th>%</th></tr><tr><td>HBT</td><td>41.20</td><td>+0.52</td><td>+1.28%</td></tr>"
    "<tr><td>NSM</td><td>12.95</td><td>-0.15</td><td>-1.15%</td></tr></table></div>"
)
POPULAR = f'<aside class="sidebar"><h3>Most read</h3><ol>{_links(6)}</ol></aside>'
PROMO = (
    '<div class="promo-box"><p>Our best share for the next ten years: get the report of 777 pages free of charge when '
    "you try the service for a month.</p></div>"
)


def _middle(one: Story, between: Sequence[str], tag: str = "p", attributes: str = "") -> str:
    """The paragraphs with something after each third of them, list and table before the last."""
    parts = []
    for index, line in enumerate(one.paragraphs):
        if index == len(one.paragraphs) - 1:
            parts.append(_lists(one))
        parts.append(_p([line], tag, attributes))
        if index % 2 and index // 2 < len(between):
            parts.append(between[index // 2])
    return "\n".join(parts)


# ---------------------------------------------------------------- layouts of articles


def _wordpress(one: Story) -> str:
    body = (
        f'{NAV}<div id="page"><main id="main"><article id="post-1" class="post type-post"><header class="entry-header">'
        f'<h1 class="entry-title">{_e(one.title)}</h1><div class="entry-meta">March 7, 2016 by <a href="/j">Jane Doe</a>'
        f' · 777 views</div></header><div class="entry-content">{FIGURE}{_middle(one, [RELATED, NEWSLETTER])}'
        f'<div class="sharedaddy sd-sharing"><h3>Share this:</h3>{SHARE}</div>'
        f'<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><p>Shares that rose 1.777% '
        f"and why it matters to those who hold them</p></div></div>{BIO}</article>{COMMENTS}</main>{POPULAR}</div>{FOOT}"
    )
    return _page("", body, one)


def _semantic(one: Story) -> str:
    body = (
        f"{COOKIES}{STRIP}{NAV}<main><article><header><h1>{_e(one.title)}</h1></header>{FIGURE}"
        f"{_middle(one, [f'<aside>{RELATED}</aside>', f'<aside>{NEWSLETTER}</aside>', FIGURE])}"
        f"<footer>{BIO}{SHARE}</footer></article></main>{POPULAR}{FOOT}"
    )
    return _page("", body, one)


def _hashed(one: Story) -> str:
    """Classes a build made up; paragraphs are divs."""
    between = (
        f'<div class="css-9z2k"><h3 class="css-q2">More on this</h3><ul>{_links(4)}</ul></div>',
        '<div class="css-7ad1" data-testid="inline-newsletter"><p>Sign up for our newsletter: 777 words on metals '
        "every morning.</p></div>",
    )
    body = (
        f'<div id="root"><div class="css-1a">{NAV}</div><div class="css-1b"><div class="css-2c"><h1 class="css-3d">'
        f'{_e(one.title)}</h1><div class="css-4e">By Jane Doe</div><div class="css-5f">'
        f"{_middle(one, between, 'div', 'class=' + chr(34) + 'css-6g' + chr(34))}</div></div>"
        f'<div class="css-8h"><h3>Trending</h3><ul>{_links(8)}</ul></div></div>{FOOT}</div>'
    )
    return _page("", body, one)


def _tables_of_old(one: Story) -> str:
    left = "<br>".join(f'<a href="/{n}">Section {n}.777</a>' for n in range(8))
    text = "<br><br>".join(_e(line) for line in one.paragraphs)
    body = (
        f'<table width="100%"><tr><td width="150" valign="top"><font size="1">{left}</font></td><td valign="top">'
        f'<font face="Arial"><b><h1>{_e(one.title)}</h1></b><br>{text}<br></font></td><td width="120">'
        f'<font size="1">DOW 17,777.10<br>NASDAQ 4,777.20<br><a href="/q">Quotes 777</a></font></td></tr></table>'
    )
    return _page("", body, one, ld=False, article=False)


def _rich_text(one: Story) -> str:
    hub = '<div class="HubPeek"><a href="/hub">Full coverage: 777 stories on metals</a></div>'
    ad = '<div class="Advertisement SovrnAd"><p>Advertisement 777</p></div>'
    body = (
        f'{NAV}<div class="Page-content"><main class="Page-main"><div class="Page-headline"><h1>{_e(one.title)}</h1></div>'
        f'<div class="Page-lead"><div class="CarouselSlide"><p>1 of 777 | A shaft near Bergen. (Jane Doe/Example)</p></div>'
        f'</div><div class="RichTextStoryBody RichTextBody">{_middle(one, [ad, hub, ad])}</div>'
        f'<div class="Author-biography"><p>Doe covers metals and 777 other things for Example from the harbor.</p></div>'
        f'</main><div class="Page-below"><div class="PageList"><h2>Most read</h2><ul>{_links(6)}</ul></div></div></div>{FOOT}'
    )
    return _page("", body, one)


def _drupal(one: Story) -> str:
    body = (
        f'{NAV}<div class="region region-content"><div class="node node--type-article"><h1 class="page-title">'
        f'{_e(one.title)}</h1><div class="field field--name-body field--type-text-with-summary field__item">'
        f'{_middle(one, [NEWSLETTER])}</div><div class="field field--name-field-tags"><a href="/t">tin 777</a></div>'
        f'</div></div><div class="region region-sidebar-second">{POPULAR}{PROMO}</div>{COMMENTS}{FOOT}'
    )
    return _page("", body, one)


def _newsletter(one: Story) -> str:
    subscribe = (
        '<div class="subscription-widget-wrap"><p class="preamble">Metal Notes is supported by its readers. '
        "Join 17,770 others.</p><form><input></form></div>"
    )
    body = (
        f'<div class="main-menu"><a href="/">Metal Notes 777</a></div><article class="newsletter-post post"><div class='
        f'"post-header"><h1 class="post-title">{_e(one.title)}</h1></div><div class="available-content"><div '
        f'class="body markup">{_middle(one, [subscribe])}</div></div></article><div class="comments-page"><h4>'
        f"Discussion about this post</h4><p>Tin to $77,700 and not a cent less, said somebody who knows.</p></div>{FOOT}"
    )
    return _page("", body, one)


def _web_forms(one: Story) -> str:
    body = (
        f'<form method="post" action="./a.aspx" id="aspnetForm"><div id="ctl00_top">{STRIP}{NAV}</div><div id="ctl00_main">'
        f'<h1>{_e(one.title)}</h1><div id="ctl00_body" class="articleText">{_middle(one, [RELATED])}</div></div>'
        f'<div id="ctl00_right">{POPULAR}</div></form>{FOOT}'
    )
    return _page("", body, one)


def _amp(one: Story) -> str:
    ad = '<amp-ad width="300" height="250" type="x"></amp-ad>'
    body = (
        f'<amp-sidebar id="side"><ul>{_links(8, "Section {0}")}</ul></amp-sidebar><article class="amp-wp-article"><h1 '
        f'class="amp-wp-title">{_e(one.title)}</h1><amp-img src="a.jpg" width="9" height="9"></amp-img>'
        f'<div class="amp-wp-article-content">{_middle(one, [ad, RELATED])}</div></article><amp-list>'
        f"<ul>{_links(5)}</ul></amp-list>{FOOT}"
    )
    return _page("", body, one)


def _structured_only(one: Story) -> str:
    data = {"@type": "NewsArticle", "headline": one.title, "articleBody": "\n\n".join(one.paragraphs)}
    data["datePublished"] = "2016-03-07T10:15:00Z"
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    body = '<div id="__next"><div class="spinner">Loading 777</div></div><script>var state = {"n": 777};</script>'
    return _page(head, body, one, ld=False)


def _press_release(one: Story) -> str:
    body = (
        f'{NAV}<section class="release-body container"><div class="row"><div class="col-sm-10"><h1>{_e(one.title)}</h1>'
        f'<p><span class="xn-location">BERGEN</span>, <span class="xn-chron">March 7, 2016</span> /Example Wire/ -- '
        f"Harbor Tool reported its quarter.</p>{_middle(one, [])}</div></div></section>"
        f'<section class="related-links"><h2>Also from this source</h2><ul>{_links(4)}</ul></section>{FOOT}'
    )
    return _page("", body, one)


def _preformatted(one: Story) -> str:
    import textwrap

    text = "\n\n".join(textwrap.fill(line, 72) for line in one.paragraphs)
    body = f"{NAV}<h1>{_e(one.title)}</h1><pre>{_e(text)}</pre>{FOOT}"
    return _page("", body, one, ld=False)


def _unclosed(one: Story) -> str:
    lines = "\n".join(f"<p>{_e(line)}" for line in one.paragraphs)
    items = "".join(f"<li>{_e(item)}" for item in one.items)
    return (
        f"<html><title>{_e(one.title)}</title><div class=story><h1>{_e(one.title)}</h1>{lines}<ul>{items}</ul>"
        f"<div class=related>{'<li>'.join(f'<a href=/{n}>Shares up {n}.777%</a>' for n in range(6))}"
    )


def _hosted(one: Story) -> str:
    """A syndicated page: the widget of quotes stands in the story's column."""
    body = (
        f'<div class="invc">{STRIP}</div><div id="content"><h1 class="article-title">{_e(one.title)}</h1><div '
        f'class="author">By: Example Wire</div><div class="body" id="news_body">{_middle(one, [QUOTES_TABLE])}</div>'
        f'<div class="more-news"><h3>More News</h3><ul>{_links(6)}</ul><a href="/m">View More</a></div></div>'
        f'<div class="quote-feed"><p>Quote data supplied by Example 777, delayed at least 20 minutes.</p></div>{FOOT}'
    )
    return _page("", body, one)


def _spans(one: Story) -> str:
    """Each paragraph a section of spans; a share bar and a player between."""
    player = '<div class="video-player"><p>Watch now: 777 seconds on tin</p><button>Play 7:77</button></div>'
    parts = []
    for index, line in enumerate(one.paragraphs):
        words = line.split(" ")
        half = len(words) // 2
        parts.append(
            f"<section><span>{_e(' '.join(words[:half]))} </span><em>{_e(' '.join(words[half:]))}</em></section>"
        )
        if index == 1:
            parts.append(player)
    body = f'{NAV}<div class="wrap"><h1>{_e(one.title)}</h1>{SHARE}<div class="txt">{"".join(parts)}</div></div>{FOOT}'
    return _page("", body, one)


def _premium(one: Story) -> str:
    """Names of classes that sound like furniture on what is none."""
    body = (
        f'{NAV}<div class="premium-widget embed-wrapper"><article class="article-share-page"><h1>{_e(one.title)}</h1>'
        f'<div class="article-body paywall-content expandable">{_middle(one, [PROMO], "p", "class=" + chr(34) + "text-embedded" + chr(34))}'
        f"</div></article></div>{DISCLAIMER}{FOOT}"
    )
    return _page("", body, one)


def _numbered(one: Story) -> str:
    """A list of shares: a heading and a paragraph each, no paragraph like another."""
    parts = [f"<h2>{n}. {_e(_FIRMS[n % len(_FIRMS)])}</h2>{_p([line])}" for n, line in enumerate(one.paragraphs, 1)]
    body = (
        f"{NAV}<main><h1>{_e(one.title)}</h1>{''.join(parts)}{_lists(one)}{RELATED}{NEWSLETTER}</main>{POPULAR}{FOOT}"
    )
    return _page("", body, one)


def _live(one: Story) -> str:
    """A live page: posts with a time each, the newest first."""
    posts = "".join(
        f'<article class="live-post"><time datetime="2016-03-07T{10 + n // 60}:{n % 60:02}:00Z">10:{n:02}</time>'
        f"<h3>Post on {_METALS[n % 8]}</h3>{_p([line])}</article>"
        for n, line in enumerate(one.paragraphs)
    )
    body = f'{NAV}<main><h1>{_e(one.title)}</h1><div class="live-feed">{posts}</div></main>{POPULAR}{FOOT}'
    return _page("", body, one)


def _short(one: Story) -> str:
    """Two paragraphs in a page full of everything else."""
    body = (
        f"{STRIP}{NAV}<div class='content'><h1>{_e(one.title)}</h1><div class='story-text'>{_p(one.paragraphs[:2])}</div>"
        f"</div>{RELATED}{POPULAR}{COMMENTS}{NEWSLETTER}{FOOT}"
    )
    return _page("", body, one)


def _figures_of_blocks(one: Story) -> str:
    """Blocks of an editor: each paragraph in wrappers of its own, three deep."""
    wrap = lambda line: f'<div class="blk"><div class="blk-i"><div class="blk-t"><p>{_e(line)}</p></div></div></div>'  # noqa: E731
    lines = "".join(map(wrap, one.paragraphs[:-1]))
    body = (
        f'{NAV}<div class="layout"><div class="col"><h1>{_e(one.title)}</h1>{lines}<div class="blk">{_lists(one)}</div>'
        f"{wrap(one.paragraphs[-1])}</div><div class='col-r'>{POPULAR}{NEWSLETTER}</div></div>{FOOT}"
    )
    return _page("", body, one)


LAYOUTS = (
    Layout(name="wordpress", build=_wordpress),
    Layout(name="semantic", build=_semantic),
    Layout(name="hashed classes", build=_hashed),
    Layout(name="tables of old", build=_tables_of_old, lists=False),
    Layout(name="rich text", build=_rich_text),
    Layout(name="drupal", build=_drupal),
    Layout(name="newsletter", build=_newsletter),
    Layout(name="web forms", build=_web_forms),
    Layout(name="amp", build=_amp),
    Layout(name="structured only", build=_structured_only, lists=False),
    Layout(name="press release", build=_press_release),
    Layout(name="preformatted", build=_preformatted, lists=False),
    Layout(name="unclosed", build=_unclosed, lists=False),
    Layout(name="hosted", build=_hosted),
    Layout(name="spans", build=_spans, lists=False),
    Layout(name="premium", build=_premium),
    Layout(name="numbered", build=_numbered),
    Layout(name="live", build=_live, lists=False),
    Layout(name="short", build=_short, lists=False),
    Layout(name="blocks", build=_figures_of_blocks),
)


def without_names(page: str, seed: int = 3) -> str:
    """The page with other classes and ids than its own, made up of letters that say nothing: what a build leaves."""
    import re

    dice = random.Random(seed)
    known: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        name = match.group(2)
        if name not in known:
            known[name] = "x" + "".join(dice.choice("bcdfghjkmqvwxz") for _ in range(6))
        return f'{match.group(1)}="{known[name]}"'

    return re.sub(r'(?<= )(class|id)="([^"]{1,200})"', other, page)
