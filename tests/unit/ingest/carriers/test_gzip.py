"""Packed sources: any form, under any name, with an end to what comes out."""

from __future__ import annotations

import gzip
import random
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest

from extractor.domain.page import Page
from extractor.ingest import Source, content, pages
from extractor.ingest.read import read
from tests.carriers import PAGE, STORY, Standard, lines, only, packed, told, warc, warc_record


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.html.gz", packed(PAGE), ["a.html.gz"]),
        ("a.HTML.GZ", packed(PAGE), ["a.HTML.GZ"]),
        ("a.txt.gz", packed(STORY), ["a.txt.gz"]),
        ("a.txt", packed(STORY), ["a.txt"]),  # packed, whatever its name
        ("a.gz", packed(lines({"text": STORY})), ["a.gz"]),
        ("a.jsonl.gz", packed(lines({"text": STORY}, {"text": STORY})), ["a.jsonl.gz:1", "a.jsonl.gz:2"]),
        ("a.jsonl.gz", lines({"text": STORY}), ["a.jsonl.gz:1"]),  # not packed, whatever its name
        (
            "a.jsonl.gz",
            packed(lines({"text": "One."})) + packed(lines({"text": "Two."})),
            ["a.jsonl.gz:1", "a.jsonl.gz:2"],
        ),
        ("a.warc.gz", packed(warc_record()) + packed(warc_record()), ["a.warc.gz:1", "a.warc.gz:2"]),
        ("a.warc.gz", packed(warc(warc_record(), warc_record())), ["a.warc.gz:1", "a.warc.gz:2"]),
        ("a.eml.gz", packed(f"From: a@example.com\nDate: x\nSubject: y\n\n{STORY}"), ["a.eml.gz"]),
        ("a.txt.gz", packed(""), ["a.txt.gz: the file is empty"]),
        ("a.txt.gz", packed(packed(STORY)), ["a.txt.gz: gzip within gzip is not unpacked"]),
        ("a.txt.gz", packed(STORY)[:-9], ["a.txt.gz: the gzip data end too early"]),
        ("a.txt.gz", b"\x1f\x8b", ["a.txt.gz: the gzip data end too early"]),
        ("a.txt.gz", b"\x1f\x8bnothing of the kind", ["a.txt.gz: the gzip data are damaged"]),
        ("a.txt.gz", packed(STORY)[:-8] + b"12345678", ["a.txt.gz: the gzip data are damaged"]),
        ("a.txt.gz", packed(STORY) + b"\0\0\0\0", ["a.txt.gz"]),  # padding
        ("a.txt.gz", packed(b"%PDF-1.7"), ["a.txt.gz: not text but a PDF file"]),
        ("a.txt", b"\x28\xb5\x2f\xfd..", ["a.txt: not text but a Zstandard file"]),
    ],
)
def test_packed_sources(tmp_path: Path, name: str, data: bytes, found: list[str]) -> None:
    assert told(tmp_path, name, data) == found


def test_the_inner_ending_says_what_a_packed_page_is(tmp_path: Path) -> None:
    page = only(tmp_path, "wrap_20241218.html.gz", packed("<p>" + STORY.replace("&", "&amp;") + "</p>"))
    article = read(page)
    assert article.text == STORY
    assert str(article.published_on) == "2024-12-18"


def test_what_came_before_the_damage_is_kept(tmp_path: Path) -> None:
    noise = random.Random(1)
    records = [{"text": f"{STORY} {noise.random()}"} for _ in range(2_000)]
    whole = packed(lines(*records))
    cut = told(tmp_path, "a.jsonl.gz", whole[: len(whole) // 2])
    assert cut[:2] == ["a.jsonl.gz:1", "a.jsonl.gz:2"]
    assert 500 < len(cut) < 1_500
    assert cut[-1] == "a.jsonl.gz: the gzip data end too early"
    assert all(one.startswith("a.jsonl.gz:") and ": " not in one for one in cut[:-1])


@pytest.mark.parametrize("name", ["a.html.gz", "a.jsonl.gz", "a.json.gz", "a.warc.gz", "a.eml.gz", "a.gz"])
def test_a_bomb_costs_little(tmp_path: Path, name: str) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = {"a.jsonl.gz": b'{"text": "', "a.json.gz": b'[{"text": "', "a.warc.gz": warc_record(length=600_000_000)}
    zeros = b"0" * 1_000_000
    parts = [packer.compress(start.get(name, b"")), *(packer.compress(zeros) for _ in range(60)), packer.flush()]
    bomb = b"".join(parts)
    assert len(bomb) < 100_000
    began = time.process_time()
    tracemalloc.start()
    try:
        found = told(tmp_path, name, bomb)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == [f"{name}: too large: unpacks to more than 200 times its size"]
    assert most < 40_000_000
    assert time.process_time() - began < 5


def test_a_page_that_packs_well_is_no_bomb(tmp_path: Path) -> None:
    assert len(only(tmp_path, "a.txt.gz", packed("Stocks rose. " * 500_000)).data) == 6_500_000


def test_a_page_is_as_large_packed_as_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST", 1_000_000)
    assert told(tmp_path, "a.txt.gz", packed("a" * 1_000_001)) == ["a.txt.gz: too large (more than 1 MB)"]
    assert told(tmp_path, "a.txt.gz", packed("a" * 1_000_000)) == ["a.txt.gz"]


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (STORY.encode(), ["stdin"]),
        (PAGE.encode(), ["stdin"]),
        (packed(PAGE), ["stdin"]),
        (lines({"text": STORY}, {"text": STORY}), ["stdin:1", "stdin:2"]),
        (packed(lines({"text": STORY}, {"text": STORY})), ["stdin:1", "stdin:2"]),
        (lines({"text": STORY}), ["stdin"]),
        (lines({"articles": [{"text": STORY}, {"text": STORY}]}), ["stdin:1", "stdin:2"]),
        (lines([{"text": STORY}]), ["stdin:1"]),
        (warc_record(), ["stdin:1"]),
        (packed(warc_record()) * 2, ["stdin:1", "stdin:2"]),
        (f"Received: by x\nFrom: a@example.com\nSubject: y\n\n{STORY}".encode(), ["stdin"]),
        (gzip.compress(b"From a@b Thu\nFrom: a@example.com\nTo: y\n\nStocks rose."), ["stdin"]),
    ],
)
def test_standard_input_is_what_it_is(data: bytes, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "sys", Standard(data))
    found = list(pages(Source(name="stdin", path=None)))
    assert [one.name for one in found if isinstance(one, Page)] == names
    assert len(found) == len(names)
