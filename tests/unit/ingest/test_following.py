"""Addresses, feeds, sitemaps and lists of feeds lead to pages; what cannot be had is one failure each."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractor.domain.addresses import name_of
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import Source, SourceFailure, discover, pages, read
from extractor.ingest.feed_lists import read_feed_list
from extractor.ingest.following import Following
from extractor.ingest.since import Since
from tests.fakes.fetched import Pages

SITE = "https://news.example"
LONG = "Stocks rose on Thursday and the S&amp;P 500 closed 1.2% higher at 6,001.10. " * 12


def item(path: str, title: str = "Title", content: str = "", date: str = "Thu, 18 Dec 2025 16:31:00 EST") -> str:
    link = f"<link>{SITE}{path}</link>" if path else "<guid isPermaLink='false'>tag:17</guid>"
    full = f"<content:encoded>&lt;p&gt;{content}&lt;/p&gt;</content:encoded>" if content else ""
    return f"<item><title>{title}</title>{link}<pubDate>{date}</pubDate>{full}</item>"


def feed(*items: str) -> bytes:
    module = "http://purl.org/rss/1.0/modules/content/"
    return f'<rss version="2.0" xmlns:content="{module}"><channel>{"".join(items)}</channel></rss>'.encode()


def sitemap(*paths: str, of: str = "url") -> bytes:
    root = {"url": "urlset", "sitemap": "sitemapindex"}[of]
    return f"<{root}>{''.join(f'<{of}><loc>{SITE}{path}</loc></{of}>' for path in paths)}</{root}>".encode()


def led(given: str, at: dict[str, object], most: int = 200) -> tuple[list[Page | SourceFailure], Pages]:
    fetcher = Pages(at={f"{SITE}{path}" if path.startswith("/") else path: what for path, what in at.items()})
    following = Following(open=lambda: fetcher, most=most)
    found: list[Page | SourceFailure] = []
    for source in discover([given]):
        if isinstance(source, SourceFailure):
            found.append(source)
            continue
        try:
            found.extend(pages(source, following))
        except SourceError as error:
            found.append(SourceFailure(source=error.source, reason=error.reason))
    return found, fetcher


def told(found: list[Page | SourceFailure]) -> list[str]:
    return [one.name if isinstance(one, Page) else f"{one.source}: {one.reason}" for one in found]


def test_an_address_is_one_page() -> None:
    to = f"{SITE}/2025/close"
    (page,), _ = led(f"{SITE}/a?utm_source=x#top", {"/a?utm_source=x#top": (to, b"<p>Stocks", "text/html", "utf-8")})
    assert isinstance(page, Page)
    assert (page.name, page.source) == (f"{SITE}/a", f"{SITE}/a?utm_source=x#top")
    assert (page.data, page.media_type, page.charset) == (b"<p>Stocks", "text/html", "utf-8")
    assert (page.told.by, page.told.address) == ("", to)


def test_a_feed_leads_to_the_pages_of_its_entries() -> None:
    found, fetcher = led(
        f"{SITE}/rss",
        {
            "/rss": feed(item("/a", "First"), item("/b?utm_medium=rss"), item("/a#again")),
            "/a": b"<p>A",
            "/b?utm_medium=rss": b"<p>B",
        },
    )
    assert told(found) == [f"{SITE}/a", f"{SITE}/b"]
    assert fetcher.asked[1:] == [(f"{SITE}/a", f"{SITE}/rss"), (f"{SITE}/b?utm_medium=rss", f"{SITE}/rss")]
    first = found[0]
    assert isinstance(first, Page)
    assert (first.told.by, first.told.title, first.told.address) == ("feed", "First", f"{SITE}/a")
    assert first.told.published_at is not None
    assert first.told.published_at.isoformat() == "2025-12-18T16:31:00-05:00"


def test_an_entry_whose_page_cannot_be_had_is_read_from_the_feed(caplog: pytest.LogCaptureFixture) -> None:
    found, _ = led(
        f"{SITE}/rss",
        {"/rss": feed(item("/gone", "Stocks &amp; bonds", LONG), item("/gone-too"), item("", "Linkless", LONG))},
    )
    assert told(found) == [f"{SITE}/gone", f"{SITE}/gone-too: answered 404 Not Found", f"{SITE}/rss#tag:17"]
    first = found[0]
    assert isinstance(first, Page)
    article = read(first)
    assert article.title == "Stocks & bonds"
    assert "S&P 500 closed 1.2% higher" in article.text
    assert (first.told.by, first.told.address) == ("feed", f"{SITE}/gone")
    assert f"{SITE}/gone: answered 404 Not Found; read as the feed has it" in caplog.text


def test_links_that_are_no_addresses_are_failures_of_their_own() -> None:
    data = feed(item("/a")).replace(f"{SITE}/a".encode(), b"file:///etc/passwd")
    found, fetcher = led(f"{SITE}/rss", {"/rss": data})
    assert [one.reason for one in found if isinstance(one, SourceFailure)] == [
        "only http:// and https:// addresses are read"
    ]
    assert len(fetcher.asked) == 1


def test_a_feed_of_feeds_is_not_followed() -> None:
    found, _ = led(f"{SITE}/rss", {"/rss": feed(item("/rss"), item("/a")), "/a": b"<p>A"})
    assert told(found) == [f"{SITE}/rss: a feed or a sitemap, not an article", f"{SITE}/a"]


def test_a_feed_at_hand_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "rss.xml"
    path.write_bytes(feed(item("/a")))
    found, fetcher = led(str(path), {"/a": b"<p>A"})
    assert told(found) == [f"{SITE}/a"]
    assert fetcher.asked == [(f"{SITE}/a", None)]


def test_a_feed_is_capped_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    found, _ = led(f"{SITE}/rss", {"/rss": feed(*map(item, ("/a", "/b", "/c"))), "/a": b"A", "/b": b"B"}, most=2)
    assert told(found) == [f"{SITE}/a", f"{SITE}/b"]
    assert f"{SITE}/rss: 1 more entries are left out (--max-pages)" in caplog.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (feed(), "a feed without entries"),
        (b"<urlset></urlset>", "no addresses in this sitemap"),
        (b" ", "the file is empty"),
    ],
)
def test_what_leads_nowhere(data: bytes, reason: str) -> None:
    found, _ = led(f"{SITE}/rss", {"/rss": data})
    assert told(found) == [f"{SITE}/rss: {reason}"]


def test_a_sitemap_leads_to_its_pages_and_an_index_to_its_sitemaps() -> None:
    packed = gzip.compress(sitemap("/a", "/b"))
    found, fetcher = led(
        f"{SITE}/map",
        {
            "/map": sitemap("/1.xml.gz", "/gone.xml", "/map", of="sitemap"),
            "/1.xml.gz": (f"{SITE}/1.xml.gz", packed, "application/gzip", None),
            "/a": b"A",
        },
    )
    assert told(found) == [
        f"{SITE}/a",
        f"{SITE}/b: answered 404 Not Found",
        f"{SITE}/gone.xml: answered 404 Not Found",
        f"{SITE}/map: an index of sitemaps inside another one",
    ]
    assert fetcher.asked[1] == (f"{SITE}/1.xml.gz", f"{SITE}/map")
    assert isinstance(found[0], Page)
    assert found[0].told.by == "sitemap"


def test_an_index_is_capped_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    at = {
        "/map": sitemap("/1.xml", "/2.xml", "/3.xml", of="sitemap"),
        "/1.xml": sitemap("/a", "/b"),
        "/a": b"A",
        "/b": b"B",
    }
    found, fetcher = led(f"{SITE}/map", {**at, "/2.xml": sitemap("/c", "/d"), "/c": b"C"}, most=3)
    assert told(found) == [f"{SITE}/a", f"{SITE}/b", f"{SITE}/c"]
    assert (f"{SITE}/3.xml", f"{SITE}/map") not in fetcher.asked
    assert "/map: 1 more pages are left out (--max-pages)" in caplog.text
    assert "/map: 1 more sitemaps are left out (--max-pages)" in caplog.text


def test_a_gzip_bomb_behind_a_sitemap_is_too_large() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    found, _ = led(f"{SITE}/map.gz", {"/map.gz": bomb})
    assert told(found) == [f"{SITE}/map.gz: too large: unpacks to more than 200 times its size"]
    found, _ = led(f"{SITE}/map.gz", {"/map.gz": bomb[:5_000]})
    assert told(found) == [f"{SITE}/map.gz: the gzip data end too early"]


def test_an_address_may_lead_to_a_dump() -> None:
    dump = gzip.compress(b'{"title": "A", "text": "Stocks rose."}\n{"title": "B"}\n{"text": "Gold fell."}\n')
    found, _ = led(f"{SITE}/dump?day=1", {"/dump?day=1": (f"{SITE}/dump", dump, "application/gzip", None)})
    assert [one.split(": ")[0] for one in told(found)] == [f"{SITE}/dump?day=1:{number}" for number in (1, 2, 3)]
    assert isinstance(found[1], SourceFailure)


def test_a_feed_at_hand_may_be_packed(tmp_path: Path) -> None:
    (tmp_path / "map.xml.gz").write_bytes(gzip.compress(sitemap("/a")))
    found, _ = led(str(tmp_path / "map.xml.gz"), {"/a": b"A"})
    assert told(found) == [f"{SITE}/a"]


def test_bytes_that_are_no_text_are_refused() -> None:
    found, _ = led(f"{SITE}/a", {"/a": b"%PDF-1.7"})
    assert told(found) == [f"{SITE}/a: not text but a PDF file"]


FEEDS = """
[[feed]]
address = "https://news.example/rss"
name = "Example markets"
publisher = "Example News"
timezone = "Europe/London"

[[feed]]
address = "https://gone.example/rss"
name = "Gone"

[[feed]]
address = "https://news.example/front"
name = "A page"
"""


def test_a_list_of_feeds_leads_through_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(FEEDS)
    found, _ = led(str(path), {"/rss": feed(item("/a")), "/a": f"<p>{LONG}".encode(), "/front": b"<p>Front"})
    assert told(found) == [
        f"{SITE}/a",
        "https://gone.example/rss: answered 404 Not Found (Gone)",
        f"{SITE}/front",
    ]
    assert isinstance(found[0], Page)
    assert (found[0].told.publisher, found[0].told.timezone) == ("Example News", "Europe/London")
    assert read(found[0]).timezone == "Europe/London"
    assert read(found[0], timezone="Asia/Tokyo").timezone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "feed: field required"),
        ("feed = []", "feed"),
        ("[[feed]]\nname = 'a'", "feed.0.address: field required"),
        ("[[feed]]\naddress = 'https://a.example'", "feed.0.name: field required"),
        ("[[feed]]\naddress = 'file:///etc/passwd'\nname = 'a'", "not an http or https address"),
        ("[[feed]]\naddress = 'https://a.example'\nname = 'a'\nzone = 'UTC'", "feed.0.zone: extra inputs"),
        ("[[feed]]\naddress = 'https://a.example'\nname = 'a'\ntimezone = 'Mars/Olympus'", "no such time zone"),
        ("[[feed]]\naddress = 'https://a.example'\nname = 'a'\ntimezone = '../../etc/passwd'", "feed.0.timezone"),
        ("[[feed]", "no feed list"),
        ("a = " + "[" * 10_000, "no feed list"),
    ],
)
def test_what_is_no_list_of_feeds(text: str, reason: str) -> None:
    with pytest.raises(SourceError) as refused:
        read_feed_list(text.encode(), source="feeds.toml")
    assert reason in refused.value.reason
    assert "\n" not in refused.value.reason


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("HTTPS://News.Example:443", "https://news.example/"),
        ("http://news.example:8080/A?b=1&utm_source=x&c=%20#d", "http://news.example:8080/A?b=1&c=%20"),
        ("https://news.example/a?fbclid=1&UTM_Medium=2", "https://news.example/a"),
        ("https://news.example/a?id=7&cid=8&ref=9&mod=x", "https://news.example/a?id=7&cid=8&ref=9&mod=x"),
        ("https://user:s3cret@news.example/a", "https://news.example/a"),
        ("https://[bad/a", "https://[bad/a"),
        (" https://news.example/a ", "https://news.example/a"),
    ],
)
def test_an_article_has_one_name_whoever_linked_to_it(address: str, name: str) -> None:
    assert name_of(address) == name
    assert name_of(name) == name


def test_a_source_by_address_is_not_opened_without_a_fetcher() -> None:
    with pytest.raises(SourceError, match="not read here"):
        next(pages(Source(name="a", path=None, address=f"{SITE}/a")))


def test_what_is_too_old_by_the_feed_is_not_fetched() -> None:
    since = Since.parse("2025-12-18", datetime(2025, 12, 19, tzinfo=UTC))
    items = [item("/old", date="Wed, 17 Dec 2025 16:31:00 EST"), item("/new")]
    fetcher = Pages(at={f"{SITE}/rss": feed(*items), f"{SITE}/new": b"<p>Stocks"})
    found = list(Following(open=lambda: fetcher, wanted=since.wanted).address(f"{SITE}/rss"))
    assert told(found) == [f"{SITE}/new"]
    assert since.left_out == 1
