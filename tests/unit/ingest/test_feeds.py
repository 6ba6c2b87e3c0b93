"""Feeds and sitemaps of every dialect become entries, and hostile ones cost little and reach for nothing."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest

from extractor.domain.errors import SourceError
from extractor.ingest.feeds import FULL, moment, read_feed
from extractor.ingest.markup_kind import kind_of
from extractor.ingest.sitemaps import read_sitemap

LONG = "<p>" + "Stocks rose on Thursday. " * (FULL // 20) + "</p>"

RSS2 = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Markets</title><link>https://news.example/</link>
<item><title>Stocks &amp; bonds &lt;b&gt;rise&lt;/b&gt;&nbsp;again</title><link>
  /2025/12/18/close?utm_source=rss
</link><guid isPermaLink="false">17</guid><dc:creator>A. Writer</dc:creator>
<pubDate>Thu, 18 Dec 2025 16:31:00 EST</pubDate><description>Teaser.</description>
<content:encoded><![CDATA[{LONG}]]></content:encoded></item>
<item><guid>https://news.example/by-guid</guid><description>Only a teaser.</description></item>
<item><title>No link</title><description>{LONG.replace("<", "&lt;")}</description></item>
</channel></rss>""".encode()

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/desk/"><title>Markets</title>
<entry><title type="html">Stocks &amp;amp; bonds</title><link rel="self" href="self.atom"/>
<link rel="alternate" href="close.html"/><id>urn:17</id><author><name>A. Writer</name></author>
<published>2025-12-18T16:31:00-05:00</published><updated>2025-12-19T01:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{LONG}</div></content></entry>
<entry><title>Second</title><link href="https://news.example/second"/><id>urn:18</id><updated>2025-12-18T00:00:00Z</updated>
<summary>{"Teaser. " * 200}</summary></entry></feed>""".encode()

RSS1 = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>Markets</title></channel>
<item rdf:about="https://news.example/a"><title>Stocks rise</title><link>https://news.example/a</link>
<dc:date>2025-12-18T16:31:00-05:00</dc:date></item></rdf:RDF>"""

RSS090 = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>Markets</title></channel><item><title>Stocks rise</title><link>https://news.example/a</link></item>
</rdf:RDF>"""
RSS091 = b"""<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><item><title>Stocks rise</title><link>https://news.example/a</link></item></channel></rss>"""


def test_rss_2() -> None:
    first, second, third = read_feed(RSS2, source="feed", base="https://news.example/rss", most=9).entries
    assert first.title == "Stocks & bonds rise again"
    assert first.link == "https://news.example/2025/12/18/close?utm_source=rss"
    assert (first.id, first.byline) == ("17", "A. Writer")
    assert first.published_at == datetime(2025, 12, 18, 21, 31, tzinfo=UTC)
    assert first.content == LONG
    assert (second.link, second.content, second.published_at) == ("https://news.example/by-guid", None, None)
    assert (third.link, third.content) == (None, None)  # a long description may be a teaser all the same


def test_atom() -> None:
    first, second = read_feed(ATOM, source="feed", base="https://news.example/atom", most=9).entries
    assert (first.title, first.byline, first.link) == (
        "Stocks & bonds",
        "A. Writer",
        "https://news.example/desk/close.html",
    )
    assert first.published_at == datetime(2025, 12, 18, 21, 31, tzinfo=UTC)
    assert first.content is not None
    assert "Stocks rose on Thursday." in first.content
    assert (second.link, second.content) == ("https://news.example/second", None)
    assert (second.published_on, second.published_at) == (date(2025, 12, 18), None)


@pytest.mark.parametrize(
    "data", [RSS1, RSS090, RSS091, b"\xef\xbb\xbf" + RSS1, RSS2.decode().replace("utf-8", "utf-16").encode("utf-16")]
)
def test_older_dialects_and_other_encodings(data: bytes) -> None:
    assert kind_of(data) == "feed"
    first = read_feed(data, source="feed", base="https://news.example/rss", most=9).entries[0]
    assert first.link is not None
    assert first.link.startswith("https://news.example/")
    assert first.title is not None
    assert first.title.startswith("Stocks")


def test_a_charset_of_the_header_is_believed() -> None:
    data = '<rss version="2.0"><channel><item><title>Börse</title></item></channel></rss>'.encode("iso-8859-1")
    assert read_feed(data, source="feed", charset="iso-8859-1", most=9).entries[0].title == "Börse"
    assert read_feed(RSS2, source="feed", charset="no-such-charset", most=9).entries[0].byline == "A. Writer"


def test_the_first_entries_are_read_and_the_rest_is_counted() -> None:
    feed = read_feed(RSS2, source="feed", most=1)
    assert len(feed.entries) == 1
    assert feed.left_out == 2


def test_what_breaks_off_is_read_as_far_as_it_goes() -> None:
    assert read_feed(RSS2[: RSS2.index(b"<item><guid>") + 20], source="feed", most=9).entries[0].content == LONG


BILLION = b'<!DOCTYPE rss [<!ENTITY a0 "lol">' + b"".join(
    b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 12)
)
ITEM = b"<rss><channel><item><title>%s</title></item></channel></rss>"


@pytest.mark.parametrize(
    "data",
    [
        BILLION + b"]>" + ITEM % b"a &a11; b",
        b'<!DOCTYPE rss [<!ENTITY a "' + b"x" * 100_000 + b'">]>' + ITEM % (b"&a;" * 20_000 + b"b"),
        b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + ITEM % b"a &a; b",
        b'<!DOCTYPE rss [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]>' + ITEM % b"b",
        b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd">' + ITEM % b"b",
        b'<?xml-stylesheet href="file:///etc/passwd"?>' + ITEM % b"b",
        (
            b'<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><title>b<xi:include parse="text" '
            b'href="file:///etc/passwd"/></title></item></channel></rss>'
        ),
    ],
)
def test_an_entity_stands_for_nothing_and_nothing_is_opened(data: bytes) -> None:
    began = time.process_time()
    title = read_feed(data, source="feed", most=9).entries[0].title  # cut short where a limit was met
    assert title in ("a b", "a", "b", None)
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    "data",
    [
        b"<rss><channel><item>" + b"<a>" * 300_000,
        b"<rss><channel>" + b"<item><title>a" * 100_000,
        b"<rss><channel>" + b"<item><title>a</title></item>" * 100_000,
        b"<rss><channel><item><title>" + b"<!" * 500_000,
        b"<rss><channel><item><title>" + b"&" * 500_000,
        b"<rss><channel><item><title>" + b"<![CDATA[" * 200_000,
        b"<!DOCTYPE rss [" + b'<!ENTITY a "b' * 100_000 + b"<rss>",
        b"<rss " + b"a='b' " * 200_000 + b">",
    ],
)
def test_hostile_nesting_and_repetition_cost_little(data: bytes) -> None:
    began = time.process_time()
    with suppress(SourceError):
        assert len(read_feed(data, source="feed", most=20).entries) <= 20
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    ("given", "day", "at"),
    [
        ("Thu, 18 Dec 2025 16:31:00 EST", None, datetime(2025, 12, 18, 21, 31, tzinfo=UTC)),
        ("Thu, 18 Dec 2025 16:31 -0500", None, datetime(2025, 12, 18, 21, 31, tzinfo=UTC)),
        ("2025-12-18T16:31:00-05:00", None, datetime(2025, 12, 18, 21, 31, tzinfo=UTC)),
        ("2025-12-18T21:31:00.123Z", None, datetime(2025, 12, 18, 21, 31, 0, 123_000, tzinfo=UTC)),
        ("2025-12-18", date(2025, 12, 18), None),
        ("Thu, 18 Dec 2025", date(2025, 12, 18), None),
        ("2025-12-18T16:31:00", date(2025, 12, 18), None),  # of which zone?
        ("Thu, 18 Dec 2025 00:00:00 GMT", date(2025, 12, 18), None),
        ("2025-12-18T00:00:00+00:00", date(2025, 12, 18), None),
        ("2025-12-18T00:00:00-05:00", None, datetime(2025, 12, 18, 5, tzinfo=UTC)),
        ("yesterday", None, None),
        ("", None, None),
        ("9" * 5_000, None, None),
        ("0001-01-01T00:00:00+14:00", date(1, 1, 1), None),
    ],
)
def test_a_date(given: str, day: date | None, at: datetime | None) -> None:
    assert moment(given) == (day, at)


URLSET = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example/old </loc><lastmod>2025-12-01</lastmod></url>
<url><loc>https://news.example/close</loc><image:image><image:loc>https://news.example/a.png</image:loc></image:image>
<news:news><news:publication><news:name>Example News</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2025-12-18T16:31:00-05:00</news:publication_date><news:title>Stocks rise</news:title></news:news>
</url>
<url><loc>https://news.example/new</loc><lastmod>2025-12-19T10:00:00Z</lastmod></url>
<url><lastmod>2025-12-20</lastmod></url>
</urlset>"""


def test_a_sitemap_with_news() -> None:
    found = read_sitemap(URLSET, source="map", most=9)
    assert [page.link for page in found.pages] == [f"https://news.example/{name}" for name in ("old", "close", "new")]
    news = found.pages[1]
    assert (news.title, news.publisher) == ("Stocks rise", "Example News")
    assert news.published_at == datetime(2025, 12, 18, 21, 31, tzinfo=UTC)
    assert found.pages[0].published_on is None  # when a page last changed is not when it was published


def test_of_a_long_sitemap_the_pages_that_changed_last_are_read() -> None:
    found = read_sitemap(URLSET, source="map", most=2)
    assert [page.link for page in found.pages] == ["https://news.example/close", "https://news.example/new"]
    assert found.left_out == 1


def test_an_index_has_its_latest_sitemap_first() -> None:
    data = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>https://news.example/1.xml</loc><lastmod>2025-12-01</lastmod></sitemap>
    <sitemap><loc>https://news.example/2.xml</loc><lastmod>2025-12-18</lastmod></sitemap>
    <sitemap><loc>https://news.example/3.xml</loc></sitemap></sitemapindex>"""
    assert kind_of(data) == "sitemap"
    assert read_sitemap(data, source="map", most=9).children == tuple(
        f"https://news.example/{n}.xml" for n in (2, 1, 3)
    )


@pytest.mark.parametrize(
    "data",
    [b"<urlset></urlset>", b"<urlset><url><loc></loc></url></urlset>", b"<urlset>" + b"<url><a>" * 100_000, BILLION],
)
def test_a_sitemap_without_addresses(data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(SourceError, match="no addresses in this sitemap"):
        read_sitemap(data, source="map", most=9)
    assert time.process_time() - began < 8


def test_a_sitemap_of_fifty_thousand_addresses_costs_little() -> None:
    data = b"<urlset>" + b"<url><loc>https://news.example/a</loc><lastmod>2025-12-18</lastmod></url>" * 60_000
    began = time.process_time()
    found = read_sitemap(data, source="map", most=9)
    assert (len(found.pages), found.left_out) == (9, 59_991)
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (RSS2, "feed"),
        (ATOM, "feed"),
        (b"\n <!-- a feed --> <rss version='2.0'>", "feed"),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'/>", "feed"),
        (URLSET, "sitemap"),
        (b"<!doctype html><html><p>About &lt;rss&gt; and <feed >feeds</html>", None),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><rss /></html>", None),
        (b"Stocks rose. <rss>", None),
        (b'{"feed": "<rss >"}', None),
        (b"<rss", None),
        (b"", None),
    ],
)
def test_what_is_a_feed(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind
