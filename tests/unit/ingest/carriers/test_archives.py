"""Web archives: which records are pages, what is passed over, and what is left of a damaged one."""

from __future__ import annotations

import gzip
import logging
import zlib
from datetime import date
from pathlib import Path

import pytest

from extractor.domain.page import Page
from extractor.ingest import content
from extractor.ingest.read import read
from tests.carriers import PAGE, STORY, only, opened, packed, told, warc, warc_record

RULED_OUT = [
    warc_record(kind="warcinfo", content_type="application/warc-fields"),
    warc_record(kind="request"),
    warc_record(kind="metadata", content_type="application/warc-fields"),
    warc_record(kind="revisit"),
    warc_record(status="404 Not Found"),
    warc_record(status="301 Moved"),
    warc_record(b"\x89PNG", content_type="image/png"),
    warc_record("body { color: red }", content_type="text/css"),
    warc_record("User-agent: *", content_type="text/plain", address="https://www.example.com/robots.txt"),
]


def test_a_page_comes_with_its_address_and_no_date(tmp_path: Path) -> None:
    page = only(tmp_path, "a.warc", warc_record())
    assert (page.name, page.media_type, page.charset, page.data.decode()) == ("a.warc:1", "text/html", "utf-8", PAGE)
    assert (page.told.by, page.told.address) == ("archive", "https://www.example.com/a")
    article = read(page)
    assert article.url == "https://www.example.com/a"
    assert article.published_on is None  # not 2026-01-02, when the crawler came


def test_the_address_may_tell_the_day_and_the_publisher(tmp_path: Path) -> None:
    record = warc_record(address="https://www.reuters.com/2024/12/18/a")
    article = read(only(tmp_path, "a_20260102.warc", record))
    assert (article.published_on, article.published_from, article.publisher) == (
        date(2024, 12, 18),
        "address",
        "Reuters",
    )


def test_other_records_are_passed_over_and_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="extractor.ingest.carriers.archives"):
        found = told(tmp_path, "a.warc", warc(*RULED_OUT, warc_record(), *RULED_OUT))
    assert found == ["a.warc:10"]
    assert "2 records passed over: revisit" in caplog.text
    assert "2 records passed over: for robots" in caplog.text


@pytest.mark.parametrize(
    "record",
    [
        warc_record(STORY, content_type="text/plain"),
        warc_record(STORY, kind="conversion", content_type="text/plain"),
        warc_record(kind="resource", content_type="text/html"),
        warc_record(packed(PAGE), headers=("Content-Encoding: gzip",)),
        warc_record(PAGE, headers=("Content-Encoding: gzip",)),  # unpacked when it was stored
        warc_record(zlib.compress(PAGE.encode()), headers=("Content-Encoding: deflate",)),
        warc_record(zlib.compress(PAGE.encode())[2:-4], headers=("Content-Encoding: deflate",)),
        warc_record(PAGE, headers=("Content-Encoding: br",)),
        warc_record(f"{len(PAGE):x}\r\n{PAGE}\r\n0\r\n\r\n", headers=("Transfer-Encoding: chunked",)),
        warc_record(PAGE, headers=("Transfer-Encoding: chunked",)),
    ],
)
def test_ways_a_page_is_stored(tmp_path: Path, record: bytes) -> None:
    page = only(tmp_path, "a.warc", record)
    assert STORY in read(page).text


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", ["a.warc: the file is empty"]),
        (b"<html></html>", ["a.warc: not a web archive: it does not begin with WARC/"]),
        (warc_record("") + RULED_OUT[0], ["a.warc: no page in the archive (records: 2)"]),
        (warc_record(" "), ["a.warc:1: the file is empty"]),
        (warc_record(b"%PDF-1.7"), ["a.warc:1: not text but a PDF file"]),
        (warc_record()[:-30], ["a.warc: the archive is cut off in the midst of a record"]),
        (warc_record() + warc_record()[:-30], ["a.warc:1", "a.warc: the archive is cut off in the midst of a record"]),
        (
            warc_record() + warc_record(length=100) + warc_record(),
            ["a.warc:1", "a.warc:2", "a.warc:3: no record begins where the one before says that it ends", "a.warc:3"],
        ),
        (
            warc_record() + b"WARC/1.0\r\n\r\n" + warc_record(),
            ["a.warc:1", "a.warc:2: a record without a length", "a.warc:3"],
        ),
        (
            warc_record(packed(PAGE)[:-9], headers=("Content-Encoding: gzip",)),
            ["a.warc:1: the packed page ends too early"],
        ),
        (
            warc_record(packed(PAGE)[:30] + b"\xff" * 30, headers=("Content-Encoding: gzip",)),
            ["a.warc:1: the packed page is damaged"],
        ),
        (
            warc_record(gzip.compress(bytes(20_000_000)), headers=("Content-Encoding: gzip",)) + warc_record(),
            ["a.warc:1: too large: unpacks to more than 10 MB", "a.warc:2"],
        ),
        (
            warc_record(b"\x1b\x02\x00" * 9, headers=("Content-Encoding: br",)),
            ["a.warc:1: packed in a way that is not known here: br"],
        ),
        (b"WARC/1.0\r\n" + b"x" * 3_000_000, ["a.warc: headers of a record that do not end"]),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, data: bytes, found: list[str]) -> None:
    assert told(tmp_path, "a.warc", data) == found


def test_a_page_that_is_too_large_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST", 2_000_000)
    data = warc(warc_record(), warc_record("x" * 5_000_000), warc_record())
    assert told(tmp_path, "a.warc", data) == ["a.warc:1", "a.warc:2: too large (more than 2 MB)", "a.warc:3"]


def test_an_archive_that_grows_keeps_its_names(tmp_path: Path) -> None:
    first = opened(tmp_path, "a.warc.gz", packed(warc_record()))
    grown = opened(tmp_path, "a.warc.gz", packed(warc_record()) + packed(warc_record(PAGE.replace("fell", "rose"))))
    assert grown[:1] == first
    assert len({read(page).id for page in grown if isinstance(page, Page)}) == 2
