"""One form for an article's address, and which of those a page names it is."""

from __future__ import annotations

import pytest

from extractor.ingest.addresses import Addresses, choose, normalised
from extractor.rules.addresses import Example, address_rules


@pytest.mark.parametrize("example", address_rules().examples, ids=lambda one: one.given)
def test_examples(example: Example) -> None:
    assert normalised(example.given) == example.cleaned
    assert normalised(example.cleaned) == example.cleaned


@pytest.mark.parametrize(
    ("address", "base", "expected"),
    [
        ("/a/b", "https://example.com/c/d", "https://example.com/a/b"),
        ("e", "https://example.com/c/d", "https://example.com/c/e"),
        ("//example.com/a", "https://other.org/", "https://example.com/a"),
        ("/a/b", None, None),
        ("javascript:void(0)", "https://example.com/", None),
        ("file:///etc/passwd", None, None),
        ("mailto:a@example.com", None, None),
        ("http://[bad", None, None),
        ("https://example.com:port/a", None, None),
        ("https://localhost/a", None, None),
        ("https://example.com/" + "a" * 3000, None, None),
        (" https://example.com/a\n", None, "https://example.com/a"),
    ],
)
def test_normalised(address: str, base: str | None, expected: str | None) -> None:
    assert normalised(address, base) == expected


STORY = "https://www.example.com/markets/2016/copper-climbs"


@pytest.mark.parametrize(
    ("named", "own", "expected"),
    [
        ([(STORY + "?utm_source=x", "link")], [], (STORY, "link", STORY)),
        ([("/markets/2016/copper-climbs", "link"), (STORY, "meta")], [], (STORY, "link", STORY)),
        ([("/markets/2016/copper-climbs", "link")], [STORY + "#top"], (STORY, "link", STORY)),
        ([("https://www.example.com/", "link"), (STORY, "meta")], [], (STORY, "meta", STORY)),
        ([("https://www.example.com", "link")], [], (None, None, None)),
        ([("https://example.com/markets/", "link")], [], (None, None, None)),
        ([("https://source.org/a-1", "link"), (STORY, "meta")], [STORY], ("https://source.org/a-1", "link", STORY)),
        ([("https://source.org/", "link"), (STORY, "meta")], [STORY], (STORY, "meta", STORY)),
        ([(None, "link"), ("", "meta"), ("about:blank", "json-ld")], [None], (None, None, None)),
    ],
)
def test_the_address_of_a_page(
    named: list[tuple[str | None, str]], own: list[str | None], expected: tuple[str | None, ...]
) -> None:
    found: Addresses = choose(named, own=own, base=None)
    assert (found.canonical, found.read_from, found.own) == expected
