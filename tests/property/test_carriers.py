"""Whatever bytes a source holds, opening it gives pages and failures, and comes to an end."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import Source, SourceFailure, pages
from extractor.ingest.carriers import moments, records
from extractor.ingest.carriers.json_values import UnreadableError, elements, parse
from extractor.ingest.read import read
from tests.carriers import PAGE, STORY, lines, packed, warc_record

QUIET = settings(max_examples=120, deadline=2_000, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "A <a@example.com>", "x", "Wed, 18 Dec 2024 17:05:00 -0500"
    message.set_content(STORY)
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(STORY.encode(), maintype="text", subtype="plain", filename="a.txt")
    return message.as_bytes()


WHOLE = {
    "a.json": json.dumps([{"title": "x", "text": STORY}, {"html": PAGE, "date": 1734555900}]).encode(),
    "a.jsonl": lines({"title": "x", "text": STORY, "author": [{"name": "y"}]}, {"articles": [{"body": PAGE}]}),
    "a.eml": _mail(),
    "a.warc": warc_record()
    + warc_record(packed(PAGE), headers=("Content-Encoding: gzip",))
    + warc_record(kind="request"),
    "a.warc.gz": packed(warc_record()) + packed(warc_record(STORY, content_type="text/plain")),
    "a.html.gz": packed(PAGE),
    "stdin": lines({"text": STORY}),
}
SNIPPETS = [b"\n", b"\r\n\r\n", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b"\0", b"\xff", b"\x1f\x8b\x08", b"WARC/1.0\r\n",
            b"Content-Length: 99999999999", b"Content-Length: -1", b"Content-Type: multipart/mixed; boundary=x", b"--x", b"\xef\xbb\xbf",
            b"=?utf-8?b?", b"\\ud800", b"NaN", b"1e999", b"HTTP/1.1 200 OK\r\n", b"Transfer-Encoding: chunked", b"<script"]  # fmt: skip


def _changed(data: bytes, changes: list[tuple[float, float, bytes]]) -> bytes:
    """Pieces of the data, each from a place to a place, replaced."""
    for where, length, piece in changes:
        start = int(where * len(data))
        data = data[:start] + piece + data[start + int(length * 40) :]
    return data


PLACE = st.floats(0, 1, exclude_max=True)
CHANGES = st.lists(st.tuples(PLACE, PLACE, st.sampled_from(SNIPPETS) | st.binary(max_size=8)), min_size=1, max_size=6)


def _holds(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    names = []
    found = pages(Source(name=name, path=folder / name))
    try:
        for one in found:
            assert isinstance(one, Page | SourceFailure)
            if isinstance(one, Page):
                names.append(one.name)
                _is_read(one)
    except SourceError as error:
        assert "\n" not in str(error)
    assert len(names) == len(set(names))


def _is_read(page: Page) -> None:
    if page.media_type == "text/html" and len(page.data) > 5_000:
        return
    try:
        article = read(page)
    except SourceError:
        return
    assert article.name == page.name
    article.text.encode()


@QUIET
@given(name=st.sampled_from(sorted(WHOLE)), changes=CHANGES)
def test_damaged_sources(tmp_path: Path, name: str, changes: list[tuple[float, float, bytes]]) -> None:
    _holds(tmp_path, name, _changed(WHOLE[name], changes))


@QUIET
@given(name=st.sampled_from(["a.warc.gz", "a.html.gz", "a.jsonl.gz", "a.eml.gz"]), changes=CHANGES)
def test_damage_within_packed_sources(tmp_path: Path, name: str, changes: list[tuple[float, float, bytes]]) -> None:
    inner = {"a.warc.gz": "a.warc", "a.jsonl.gz": "a.jsonl", "a.eml.gz": "a.eml"}.get(name)
    _holds(tmp_path, name, packed(_changed(WHOLE[inner] if inner else PAGE.encode(), changes)))


@QUIET
@given(name=st.sampled_from(sorted(WHOLE)), data=st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, name: str, data: bytes) -> None:
    _holds(tmp_path, name, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(["text", "html", "content", "title", "date", "publishedAt", "url", "source", "author", "section", "articles", "data",
                        "_source", "@type", "@graph", "hits", "id"])  # fmt: skip
RECORDS = st.recursive(
    JSON, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=20
)


@QUIET
@given(value=RECORDS)
def test_any_value_is_a_record_or_none(value: Any) -> None:
    for record in records.members(value) or [value]:
        try:
            page = records.page(record, name="a", source="a", member=None)
        except UnreadableError as error:
            assert str(error)
            continue
        assert page.data.decode("utf-8").strip()
        assert page.told.title is None or "\n" not in page.told.title
        assert page.told.published_at is None or page.told.published_at.tzinfo is not None


@QUIET
@given(values=st.lists(JSON, min_size=1, max_size=5), indent=st.none() | st.integers(0, 2), chunk=st.integers(1, 50))
@example(values=[["]", "[", '"', "\\", "\\\\"]], indent=None, chunk=1)
def test_a_list_is_parted_as_the_parser_would(values: list[Any], indent: int | None, chunk: int) -> None:
    class Slow:
        """A file that gives a few bytes at a time."""

        def __init__(self, data: bytes) -> None:
            self.data = data

        def read(self, size: int) -> bytes:
            assert size > 0
            given, self.data = self.data[:chunk], self.data[chunk:]
            return given

    text = json.dumps(values, indent=indent)
    parted = [parse(one or b"") for one in elements(Slow(text.encode()))]  # type: ignore[arg-type]
    assert json.dumps(parted) == json.dumps(parse(text))


@QUIET
@given(
    value=JSON
    | st.integers()
    | st.floats()
    | st.text()
    | st.datetimes().map(str)
    | st.from_regex(r"[\d/.: TZ+\-]{1,25}")
)
@example(value="0001-01-01T00:30:00+14:00")
@example(value="9999-12-31T23:59:59-12:00")
@example(value=-1e300)
def test_any_value_is_a_day_or_none(value: Any) -> None:
    for utc in (False, True):
        found = moments.read(value, utc=utc)
        if found is not None:
            day, moment = found
            assert 1900 <= day.year <= 2100
            assert moment is None or (moment.tzinfo is not None and moment.date() == day)


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@example.com\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 20_000,
        b"From: a@example.com\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: message/rfc822\n\n" * 3_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (number, number) for number in range(99)) + b"a\n" * 50_000,
        b"From: a@example.com\nContent-Type: text/html\n\n" + b"<p " * 200_000,
        b"From: a@example.com\nContent-Type: text/html\n\n" + b"<!--" * 200_000,
        b"From: a@example.com\nContent-Type: text/html\n\n" + b"<script>" * 100_000,
        b"From: a@example.com\nContent-Type: text/html\n\n" + b"<div><title>" * 50_000,
        b"From: a@example.com\n\n" + b"a " * 500_000,
        b"From: a@example.com\nContent-Type: text/plain; format=flowed\n\n" + b"a \n" * 300_000,
        b"X: " + b"=?utf-8?q?a?= " * 100_000 + b"\nFrom: a@example.com\n\nStocks rose.",
        b"From: a@example.com\nContent-Transfer-Encoding: base64\n\n" + b"!" * 1_000_000,
        b"From: a@example.com\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + b"!" * 1_000_000,
    ],
    ids=["parts", "mails", "boundaries", "tags", "comments", "scripts", "titles", "words", "flowed", "words in a header", "base64", "uuencode"],
)  # fmt: skip
def test_hostile_mails_come_to_an_end(tmp_path: Path, data: bytes) -> None:
    import time

    (tmp_path / "a.eml").write_bytes(data)
    began = time.process_time()
    try:
        list(pages(Source(name="a.eml", path=tmp_path / "a.eml")))
    except SourceError:
        pass
    assert time.process_time() - began < 10
