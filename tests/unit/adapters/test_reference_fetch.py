"""Fetching listing files: answers as servers give them, good and bad, played on this machine."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from extractor.adapters.download import Limits
from extractor.adapters.reference_fetch import Fetched, fetch
from extractor.domain.errors import ReferenceDataError, SourceError
from extractor.rules.instruments import InstrumentBook
from extractor.rules.listing_sources import ListingSource, listing_sources
from extractor.rules.reference_manifest import ListingEntry, read_manifest
from extractor.rules.references import read
from tests.fakes.listing_server import (
    NASDAQ,
    NASDAQLISTED,
    OTHER,
    OTHERLISTED,
    SEC,
    SEC_LIST,
    Answer,
    ListingServer,
    serving,
)

QUICK = Limits(connect_s=2, read_s=2, total_s=5, pause_s=0.01, max_wait_s=2, tries=3)


@pytest.fixture
def server() -> Iterator[ListingServer]:
    with serving() as server:
        yield server


def sources(server: ListingServer) -> list[ListingSource]:
    return [source.mirrored(server.address) for source in listing_sources()]


def fetched(
    server: ListingServer, folder: Path, *names: str, limits: Limits = QUICK, contact: str | None = None
) -> list[Fetched | SourceError]:
    wanted = [source for source in sources(server) if not names or source.file in names]
    return asyncio.run(fetch(wanted, folder, contact=contact, limits=limits))


def failure(server: ListingServer, folder: Path, name: str, *, limits: Limits = QUICK) -> str:
    """What went wrong with one file; its message names the address, and nothing is left in the folder."""
    before = sorted(folder.iterdir()) if folder.exists() else []
    (outcome,) = fetched(server, folder, name, limits=limits)
    assert isinstance(outcome, SourceError)
    assert outcome.source == f"{server.address}/{name}"
    assert "\n" not in str(outcome)
    assert (sorted(folder.iterdir()) if folder.exists() else []) == before
    return outcome.reason


def entry_of(folder: Path, name: str) -> ListingEntry:
    (entry,) = [entry for entry in read_manifest(folder) if entry.path == name]
    return entry


# -- what is stored


def test_the_files_are_kept_as_they_came_and_described(server: ListingServer, tmp_path: Path) -> None:
    server.plays(SEC, Answer(body=SEC_LIST, headers={"Last-Modified": "Sat, 21 Nov 2026 04:00:00 GMT", "ETag": '"a1"'}))
    folder = tmp_path / "new" / "reference"
    before = datetime.now(UTC).replace(microsecond=0)
    outcomes = fetched(server, folder)
    assert [outcome.listings for outcome in outcomes if isinstance(outcome, Fetched)] == [3, 4, 3]
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".toml"} == {
        NASDAQ: NASDAQLISTED,
        OTHER: OTHERLISTED,
        SEC: SEC_LIST,
    }
    entries = read_manifest(folder)
    assert [(entry.path, entry.format, entry.as_of) for entry in entries] == [
        (NASDAQ, "nasdaqlisted", date(2026, 11, 24)),  # as the last line says
        (OTHER, "otherlisted", date(2026, 11, 23)),
        (SEC, "sec", date(2026, 11, 21)),  # as the server says
    ]
    assert entries[2].source == "the SEC's company list of 2026-11-21"
    origin = entries[2].origin
    assert origin is not None
    assert origin.address == f"{server.address}/{SEC}"
    assert (origin.sha256, origin.size) == (hashlib.sha256(SEC_LIST).hexdigest(), len(SEC_LIST))
    assert (origin.etag, origin.last_modified) == ('"a1"', "Sat, 21 Nov 2026 04:00:00 GMT")
    assert before <= origin.fetched_at <= datetime.now(UTC)


def test_without_a_day_in_file_or_answer_it_is_as_of_the_day_fetched(server: ListingServer, tmp_path: Path) -> None:
    server.plays(SEC, Answer(body=SEC_LIST, headers={"Last-Modified": "yesterday"}))
    fetched(server, tmp_path, SEC)
    assert abs((entry_of(tmp_path, SEC).as_of or date.min) - datetime.now(UTC).date()) <= timedelta(days=1)


def test_the_folder_widens_the_book(server: ListingServer, tmp_path: Path) -> None:
    fetched(server, tmp_path)
    book = InstrumentBook.load([tmp_path])
    assert book.listed("IWM") == ("etf:ARCX:IWM",)
    assert book.listed("QYLD") == ("etf:XNAS:QYLD",)
    assert book.listed("BRK.B", mic="XNYS") == ("equity:XNYS:BRK.B",)
    for ticker, key in (("NA", "XNAS:NA"), ("TRUE", "XNAS:TRUE"), ("NULL", "XASE:NULL"), ("1E5", "XNYS:1E5")):
        assert f"equity:{key}" in book.listed(ticker), ticker
    assert not read(tmp_path).find("ZVZZT", on=None)


def test_a_compressed_answer_is_kept_unpacked(server: ListingServer, tmp_path: Path) -> None:
    server.plays(OTHER, Answer(body=gzip.compress(OTHERLISTED), headers={"Content-Encoding": "gzip"}))
    fetched(server, tmp_path, OTHER)
    assert (tmp_path / OTHER).read_bytes() == OTHERLISTED


def test_the_contact_is_told_to_those_who_want_it(server: ListingServer, tmp_path: Path) -> None:
    known = {source.file: source for source in sources(server)}
    wanted = [replace(known[SEC], contact=True), known[OTHER]]
    (refused, taken) = asyncio.run(fetch(wanted, tmp_path, limits=QUICK))
    assert isinstance(refused, SourceError)
    assert "--contact EMAIL" in str(refused)
    assert isinstance(taken, Fetched)
    assert server.headers_of(SEC) == []
    asyncio.run(fetch(wanted, tmp_path, contact="someone@example.org", limits=QUICK))
    assert "(someone@example.org)" in server.headers_of(SEC)[0]["user-agent"]
    agents = [headers["user-agent"] for headers in server.headers_of(OTHER)]
    assert all(agent.startswith("tapecheck/") and "@" not in agent for agent in agents)


# -- the second time


def test_an_unchanged_file_is_not_sent_again_and_nothing_is_written(server: ListingServer, tmp_path: Path) -> None:
    known = {"ETag": '"v1"', "Last-Modified": "Mon, 23 Nov 2026 23:05:00 GMT"}
    server.plays(OTHER, Answer(body=OTHERLISTED, headers=known), Answer(status=304))
    fetched(server, tmp_path)
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()}
    outcomes = fetched(server, tmp_path)
    assert all("unchanged" in str(outcome) for outcome in outcomes), "the same bytes sent anew are no change either"
    assert {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()} == before
    first, second = server.headers_of(OTHER)
    assert "if-none-match" not in first
    assert (second["if-none-match"], second["if-modified-since"]) == (known["ETag"], known["Last-Modified"])


@pytest.mark.parametrize("touch", [lambda path: path.unlink(), lambda path: path.write_bytes(b"by hand")])
def test_a_file_that_is_not_as_stored_is_fetched_whole(server: ListingServer, tmp_path: Path, touch) -> None:
    server.plays(OTHER, Answer(body=OTHERLISTED, headers={"ETag": '"v1"'}))
    fetched(server, tmp_path, OTHER)
    touch(tmp_path / OTHER)
    fetched(server, tmp_path, OTHER)
    assert "if-none-match" not in server.headers_of(OTHER)[1]
    assert (tmp_path / OTHER).read_bytes() == OTHERLISTED


def test_a_new_version_takes_the_old_ones_place(server: ListingServer, tmp_path: Path) -> None:
    fetched(server, tmp_path)
    newer = OTHERLISTED.replace(b"1123202618:01", b"1125202618:01")
    server.plays(OTHER, Answer(body=newer))
    fetched(server, tmp_path, OTHER)
    assert (tmp_path / OTHER).read_bytes() == newer
    assert entry_of(tmp_path, OTHER).as_of == date(2026, 11, 25)
    assert [entry.path for entry in read_manifest(tmp_path)] == [NASDAQ, OTHER, SEC]
    assert len(list(tmp_path.iterdir())) == 4, "no half-written file is left"


def test_a_304_that_nobody_asked_for_is_an_error(server: ListingServer, tmp_path: Path) -> None:
    server.plays(OTHER, Answer(status=304))
    assert "304" in failure(server, tmp_path, OTHER)


# -- what is refused

PAGE = b"<!DOCTYPE html>\n<html><body>Your request has been blocked.</body></html>"
REFUSED = [
    (SEC, PAGE, "a web page, not a listing file"),
    (OTHER, PAGE, "a web page, not a listing file"),
    (SEC, SEC_LIST[:-40], "not JSON"),
    (SEC, b'{"fields": ["cik", "name", "ticker", "exchange"], "data": []}', "no listing in it"),
    (OTHER, b"", "the file is empty"),
    (OTHER, OTHERLISTED[: OTHERLISTED.index(b"File Creation")], "cut short"),
    (NASDAQ, NASDAQLISTED[:-30], "cut short"),
    (NASDAQ, OTHERLISTED, "column 'Symbol' is missing"),
    (NASDAQ, b"\xff\xfe" + NASDAQLISTED, "not UTF-8 text"),
]


@pytest.mark.parametrize(("name", "body", "says"), REFUSED, ids=[f"{case[0]}-{case[2]}" for case in REFUSED])
def test_what_cannot_be_read_replaces_nothing(
    server: ListingServer, tmp_path: Path, name: str, body: bytes, says: str
) -> None:
    server.plays(name, Answer(body=body))
    assert says in failure(server, tmp_path, name)
    server.plays(name, Answer(body={NASDAQ: NASDAQLISTED, OTHER: OTHERLISTED, SEC: SEC_LIST}[name]))
    fetched(server, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    server.plays(name, Answer(body=body))
    assert says in failure(server, tmp_path, name)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_one_failure_leaves_the_others_updated(server: ListingServer, tmp_path: Path) -> None:
    fetched(server, tmp_path)
    newer = NASDAQLISTED.replace(b"1124202621:31", b"1125202621:31")
    server.plays(NASDAQ, Answer(body=newer))
    server.plays(OTHER, Answer(status=404))
    outcomes = fetched(server, tmp_path)
    assert [type(outcome) for outcome in outcomes] == [Fetched, SourceError, Fetched]
    assert (tmp_path / NASDAQ).read_bytes() == newer
    assert (tmp_path / OTHER).read_bytes() == OTHERLISTED
    assert entry_of(tmp_path, OTHER).as_of == date(2026, 11, 23)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 500])
def test_an_error_is_not_tried_again(server: ListingServer, tmp_path: Path, status: int) -> None:
    server.plays(OTHER, Answer(status=status, body=PAGE))
    assert f"answered {status}" in failure(server, tmp_path, OTHER)
    assert len(server.asked) == 1


def test_a_body_shorter_than_announced_is_refused(server: ListingServer, tmp_path: Path) -> None:
    server.plays(SEC, Answer(body=SEC_LIST, missing=10))
    assert "3 tries" in failure(server, tmp_path, SEC)


@pytest.mark.parametrize("packed", [False, True])
def test_too_much_is_refused_by_its_unpacked_size(server: ListingServer, tmp_path: Path, packed: bool) -> None:
    body = OTHERLISTED + b" " * 200_000
    headers = {"Content-Encoding": "gzip"} if packed else {}
    server.plays(OTHER, Answer(body=gzip.compress(body) if packed else body, headers=headers))
    assert "more than 100,000 bytes" in failure(server, tmp_path, OTHER, limits=replace(QUICK, max_bytes=100_000))


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_an_encoding_that_was_not_asked_for_is_refused(server: ListingServer, tmp_path: Path, encoding: str) -> None:
    server.plays(OTHER, Answer(body=OTHERLISTED, headers={"Content-Encoding": encoding}))
    assert "encoding" in failure(server, tmp_path, OTHER)


def test_a_broken_compressed_body_is_refused(server: ListingServer, tmp_path: Path) -> None:
    server.plays(OTHER, Answer(body=OTHERLISTED, headers={"Content-Encoding": "gzip"}))
    assert failure(server, tmp_path, OTHER)
    server.plays(OTHER, Answer(body=gzip.compress(OTHERLISTED)[:-60], headers={"Content-Encoding": "gzip"}))
    assert failure(server, tmp_path, OTHER)


# -- waiting


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again(server: ListingServer, tmp_path: Path, status: int) -> None:
    server.plays(OTHER, Answer(status=status), Answer(status=status), Answer(body=OTHERLISTED))
    assert isinstance(fetched(server, tmp_path, OTHER)[0], Fetched)
    assert len(server.asked) == 3


def test_tries_have_an_end(server: ListingServer, tmp_path: Path) -> None:
    server.plays(OTHER, Answer(status=503))
    assert "answered 503 Service Unavailable (3 tries)" in failure(server, tmp_path, OTHER)
    assert len(server.asked) == 3


def test_retry_after_is_heeded(server: ListingServer, tmp_path: Path) -> None:
    server.plays(OTHER, Answer(status=429, headers={"Retry-After": "1"}), Answer(body=OTHERLISTED))
    start = time.monotonic()
    assert isinstance(fetched(server, tmp_path, OTHER)[0], Fetched)
    assert time.monotonic() - start >= 1


@pytest.mark.parametrize("asked", ["3600", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)])
def test_a_long_retry_after_is_not_waited_for(server: ListingServer, tmp_path: Path, asked: str) -> None:
    server.plays(OTHER, Answer(status=429, headers={"Retry-After": asked}))
    assert "try again later" in failure(server, tmp_path, OTHER)
    assert len(server.asked) == 1


@pytest.mark.parametrize("headers", [False, True])
def test_a_slow_drip_ends_at_the_deadline(server: ListingServer, tmp_path: Path, headers: bool) -> None:
    server.plays(OTHER, Answer(body=OTHERLISTED, drip_s=0.05, drip_headers=headers))
    start = time.monotonic()
    limits = replace(QUICK, total_s=0.6)  # each byte comes long before read_s is over
    assert "not there after 0.6 seconds" in failure(server, tmp_path, OTHER, limits=limits)
    assert time.monotonic() - start < 3


def test_nobody_there(tmp_path: Path) -> None:
    with serving() as server:
        pass
    assert "3 tries" in failure(server, tmp_path, OTHER)


# -- where to


@pytest.mark.parametrize(
    "where", ["http://example.org/otherlisted.txt", "https://127.0.0.1/otherlisted.txt", "//example.org/x", "http://["]
)
def test_a_redirect_to_another_place_is_not_followed(server: ListingServer, tmp_path: Path, where: str) -> None:
    server.plays(OTHER, Answer(status=302, headers={"Location": where}))
    assert "redirects to" in failure(server, tmp_path, OTHER)
    assert len(server.asked) == 1


def test_a_redirect_within_the_host_is_followed(server: ListingServer, tmp_path: Path) -> None:
    server.plays(OTHER, Answer(status=301, headers={"Location": "/moved/here.txt"}))
    server.plays("moved/here.txt", Answer(body=OTHERLISTED))
    fetched(server, tmp_path, OTHER)
    origin = entry_of(tmp_path, OTHER).origin
    assert origin is not None
    assert origin.address == f"{server.address}/{OTHER}"


def test_redirects_have_an_end(server: ListingServer, tmp_path: Path) -> None:
    server.plays(OTHER, Answer(status=302, headers={"Location": f"/{OTHER}"}))
    assert "redirects without end" in failure(server, tmp_path, OTHER)
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/x",
        "https://ex\udcff.org/x",
        "http://localhost/x",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "x",
        "",
        "https://",
    ],
)
def test_only_https_is_asked(tmp_path: Path, address: str) -> None:
    source = replace(listing_sources()[0], address=address)
    (outcome,) = asyncio.run(fetch([source], tmp_path, limits=QUICK))
    assert isinstance(outcome, SourceError)
    assert re.match("not an (https )?address", outcome.reason)


def test_a_password_in_an_address_is_neither_used_nor_printed(tmp_path: Path) -> None:
    source = replace(listing_sources()[0], address="https://me:secret@example.org/x")
    (outcome,) = asyncio.run(fetch([source], tmp_path, limits=QUICK))
    assert isinstance(outcome, SourceError)
    assert "password" in outcome.reason
    assert "secret" not in str(outcome)


def test_every_source_that_ships_is_https() -> None:
    assert all(source.address.startswith("https://") for source in listing_sources())
    assert [source.contact for source in listing_sources() if source.name == "sec"] == [True]


# -- the folder


@pytest.mark.parametrize(
    "manifest",
    ['[[listings]]\npath = "mine.csv"\nformat = "intervals"\n', '[[documents]]\npath = "x.csv"\n', "[[listings]\n"],
)
def test_a_manifest_of_somebody_elses_is_left_alone(server: ListingServer, tmp_path: Path, manifest: str) -> None:
    (tmp_path / "reference.toml").write_text(manifest)
    with pytest.raises(ReferenceDataError, match=r"reference\.toml"):
        fetched(server, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["reference.toml"]
    assert (tmp_path / "reference.toml").read_text() == manifest
    assert server.asked == []


def test_a_folder_that_cannot_be_written(server: ListingServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (outcome,) = fetched(server, tmp_path / "file" / "reference", OTHER)
    assert isinstance(outcome, SourceError)
    assert "cannot be written" in outcome.reason
