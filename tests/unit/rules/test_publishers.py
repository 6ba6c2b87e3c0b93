"""A publisher is data, and each proves itself on a page in its own markup."""

from __future__ import annotations

import json
from datetime import UTC, date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from extractor.domain.article import Article, Zone
from extractor.ingest import Source, dateline, layouts
from extractor.rules.datelines import HomeMarket, datelines
from extractor.rules.publishers import Layout, Publisher, of_address, of_byline, publishers
from tests.sources import read

PAGES = Path(__file__).parents[3] / "corpus" / "pages"


def pages_of(slug: str) -> list[tuple[Path, Path]]:
    """A publisher's pages, each with what must come out of it: today's layout is page.html, earlier ones have names."""
    found = sorted((PAGES / slug).glob("*.html"))
    return [(page, page.with_name("expected.json" if page.stem == "page" else f"{page.stem}.json")) for page in found]


def read_page(page: Path) -> Article:
    """As if its file's name told nothing."""
    return read(Source(name="page.html", path=page))


def said_of(publisher: Publisher, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was warned of a publisher's rules."""
    mark = f"{publisher.slug}: "
    return [each.removeprefix(mark) for each in caplog.messages if each.startswith(mark)]


EVERY = [(publisher, *pair) for publisher in publishers() for pair in pages_of(publisher.slug)]


@pytest.mark.parametrize(
    ("publisher", "page", "told"), EVERY, ids=[f"{one.slug}-{page.stem}" for one, page, _ in EVERY]
)
def test_a_publisher_reads_its_own_page(
    publisher: Publisher, page: Path, told: Path, caplog: pytest.LogCaptureFixture
) -> None:
    layouts._warn.cache_clear()
    expected = json.loads(told.read_text("utf-8"))
    article = read_page(page)
    assert article.title == expected["title"]
    assert str(article.published_on) == expected["published_on"]
    assert (article.published_at.isoformat() if article.published_at else None) == expected["published_at"]
    updated = article.updated_at.astimezone(UTC).isoformat() if article.updated_at else None
    assert updated == expected["updated_at"]
    assert article.timezone == expected["timezone"]
    assert article.publisher == expected["publisher"] == publisher.name
    assert (article.byline, article.section, article.url) == (expected["byline"], expected["section"], expected["url"])
    zones: dict[Zone, str] = {
        zone: "\n".join(article.text[span.start : span.end] for span in article.zones if span.zone is zone)
        for zone in Zone
    }
    body = zones[Zone.BODY].split("\n")
    for line in expected["body"]:
        assert line in body
    for row in expected["quotes"]:
        assert row in zones[Zone.QUOTES]
    for words in expected["not_in_body"]:
        assert words not in zones[Zone.BODY]
    assert said_of(publisher, caplog) == []  # what its rules expect is there


@pytest.mark.parametrize("publisher", publishers(), ids=lambda publisher: publisher.slug)
def test_a_publisher_has_a_page_for_each_layout(publisher: Publisher) -> None:
    assert (PAGES / publisher.slug / "page.html").is_file(), f"{publisher.slug} has no page under corpus/pages"
    assert len(pages_of(publisher.slug)) == 1 + len(publisher.earlier)


@pytest.mark.parametrize("publisher", publishers(), ids=lambda publisher: publisher.slug)
def test_a_page_that_was_rebuilt_is_noticed(
    publisher: Publisher, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The same words in a layout nobody has seen: they are read, and the file is said to be out of date."""
    layouts._warn.cache_clear()
    article = read_page(PAGES / publisher.slug / "page.html")
    path = tmp_path / "page.html"
    text = "".join(f"<p>{line}</p>" for line in article.text.split("\n") if line)
    head = f'<link rel="canonical" href="{article.url}"><title>{article.title}</title>'
    path.write_text(f"<html><head>{head}</head><body><main>{text}</main></body></html>", "utf-8")
    for _ in range(2):
        assert read_page(path).publisher == publisher.name
    said = said_of(publisher, caplog)
    assert said
    assert all(each.startswith("its pages have changed: expected ") for each in said)
    assert all(each.endswith(f"rules of {publisher.checked}") for each in said)
    assert len(set(said)) == len(said)  # once for each thing, not for each page


LAYOUTS = [(publisher, layout) for publisher in publishers() for layout in (publisher, *publisher.earlier)]


@pytest.mark.parametrize(("publisher", "layout"), LAYOUTS, ids=lambda one: getattr(one, "slug", "earlier"))
def test_the_rules_of_a_layout_can_be_applied(publisher: Publisher, layout: Layout) -> None:
    from lxml import etree

    for path in layout.paths:
        etree.XPath(path)
    assert layout.expect.paths or layout.expect.values, "nothing would show that the pages have changed"


def test_the_layout_in_use_on_the_articles_day_comes_first() -> None:
    old = Layout(valid_until=date(2016, 12, 31), checked=date(2016, 1, 1), sure="seen")
    newer = Layout(valid_until=date(2019, 12, 31), checked=date(2019, 1, 1), sure="seen")
    publisher = Publisher(
        name="Example",
        checked=date(2024, 1, 1),
        sure="seen",
        earlier=(old, newer),
        notes="An example of three layouts.",
    )
    assert publisher.layouts(date(2016, 12, 31))[0] is old
    assert publisher.layouts(date(2017, 1, 1))[0] is newer
    assert publisher.layouts(date(2020, 1, 1)) == (publisher, newer, old)
    assert publisher.layouts(None)[0] is publisher


def test_an_earlier_layout_needs_its_end() -> None:
    with pytest.raises(ValidationError, match="valid_until"):
        Publisher(
            name="Example",
            checked=date(2024, 1, 1),
            sure="seen",
            earlier=(Layout(checked=date(2016, 1, 1), sure="seen"),),
            notes="An example of two layouts.",
        )


def test_rules_that_have_ended_are_said_to_be_stale(caplog: pytest.LogCaptureFixture) -> None:
    layouts._warn.cache_clear()
    ended = Publisher(
        name="Example",
        valid_until=date(2024, 1, 31),
        checked=date(2024, 1, 1),
        sure="seen",
        notes="Rules that end soon.",
    )
    layouts.say_what_changed(ended, ended, [], date(2024, 1, 31))
    assert caplog.messages == []
    layouts.say_what_changed(ended, ended, [], date(2024, 2, 1))
    assert "its rules are stale: they hold until 2024-01-31" in caplog.text


@pytest.mark.parametrize("publisher", publishers(), ids=lambda publisher: publisher.slug)
def test_a_publishers_clocks_are_zones(publisher: Publisher) -> None:
    for zone in filter(None, (publisher.timezone, publisher.clock)):
        assert ZoneInfo(zone).key == zone


DATELINES = [(publisher, opening) for publisher in publishers() for opening in publisher.datelines]


@pytest.mark.parametrize(("publisher", "opening"), DATELINES, ids=[opening for _, opening in DATELINES])
def test_a_dateline_names_its_publisher(publisher: Publisher, opening: str) -> None:
    head = dateline.read(f"{opening}Copper and tin were little changed.", ())
    found = of_byline(head.agency)
    assert found is not None
    assert found.slug == publisher.slug


def test_every_page_has_a_publisher(corpus: Path) -> None:
    assert {folder.name for folder in (corpus / "pages").iterdir()} == {one.slug for one in publishers()}


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://www.reuters.com/article/idUS1", "reuters"),
        ("http://reuters.com", "reuters"),
        ("https://247wallst.com/a", "247wallst"),
        ("https://notreuters.com/a", None),
        ("https://reuters.com.example.org/a", None),
        ("http://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_belongs_to_its_host(address: str | None, slug: str | None) -> None:
    found = of_address(address)
    assert (found.slug if found else None) == slug


def test_a_byline_is_a_name_and_no_part_of_one() -> None:
    reuters = of_byline("reuters")
    assert reuters is not None
    assert reuters.slug == "reuters"
    assert of_byline("Reut") is None
    assert of_byline("") is None


@pytest.mark.parametrize("market", datelines().home_market, ids=lambda market: market.timezone)
def test_home_market_examples(market: HomeMarket) -> None:
    for example in market.examples:
        assert datelines().home_timezone(example) == market.timezone


def test_no_home_market_in_a_text_that_names_none() -> None:
    assert datelines().home_timezone("Copper rose in thin trade.") is None
