"""JSON and JSON Lines: which articles are in them, what they are called, and what is said of the rest."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from extractor.domain.page import Page
from extractor.ingest import Source, content, discover, pages
from tests.carriers import PAGE, STORY, lines, only, opened, source, told

RECORD = {"title": "Stocks fall", "text": STORY, "date": "2024-12-18"}


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.jsonl", lines(RECORD, RECORD), ["a.jsonl:1", "a.jsonl:2"]),
        ("a.ndjson", lines(RECORD), ["a.ndjson:1"]),
        ("a.jsonl", b"\n" + lines(RECORD) + b" \r\n\n" + lines(RECORD).strip(), ["a.jsonl:2", "a.jsonl:5"]),
        ("a.jsonl", b"\xef\xbb\xbf" + lines(RECORD), ["a.jsonl:1"]),
        ("a.jsonl", lines(RECORD, RECORD).decode().encode("utf-16"), ["a.jsonl:1", "a.jsonl:2"]),
        ("a.jsonl", lines(RECORD).decode().replace("\n", "\r\n").encode() * 2, ["a.jsonl:1", "a.jsonl:2"]),
        ("a.jsonl", lines({"articles": [RECORD, RECORD]}), ["a.jsonl:1:1", "a.jsonl:1:2"]),
        ("a.json", json.dumps(RECORD), ["a.json"]),
        ("a.json", json.dumps(RECORD, indent=2), ["a.json"]),
        ("a.json", json.dumps(RECORD, indent=2).encode("utf-16"), ["a.json"]),
        ("a.json", json.dumps([RECORD, RECORD]), ["a.json:1", "a.json:2"]),
        ("a.json", json.dumps([RECORD, RECORD], indent=2), ["a.json:1", "a.json:2"]),
        ("a.json", json.dumps({"status": "ok", "articles": [RECORD, RECORD]}), ["a.json:1", "a.json:2"]),
        ("a.json", json.dumps({"response": {"total": 1, "results": [RECORD]}}, indent=1), ["a.json:1"]),
        ("a.json", json.dumps({"hits": {"hits": [{"_id": "x", "_source": RECORD}]}}), ["a.json:1"]),
        ("a.json", json.dumps({"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle"} | RECORD]}), ["a.json:1"]),
        ("a.json", lines(RECORD, RECORD), ["a.json:1", "a.json:2"]),  # lines under the other name
        ("a.json", lines(RECORD) + b"\n\n" + lines(RECORD), ["a.json:1", "a.json:4"]),
        ("a.jsonl", json.dumps([RECORD, RECORD], indent=2), ["a.jsonl:1", "a.jsonl:2"]),
        ("a.jsonl", json.dumps(RECORD, indent=2), ["a.jsonl"]),
        ("dump", lines(RECORD, RECORD), ["dump:1", "dump:2"]),  # known by its first bytes
        ("dump", json.dumps([RECORD], indent=2), ["dump:1"]),
        ("a.txt", lines(RECORD), ["a.txt"]),  # a text is what it says it is
    ],
)
def test_articles_and_their_names(tmp_path: Path, name: str, data: bytes | str, found: list[str]) -> None:
    assert told(tmp_path, name, data) == found


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.jsonl", b"", ["a.jsonl: the file is empty"]),
        ("a.jsonl", b" \n\n", ["a.jsonl: the file is empty"]),
        ("a.json", b" ", ["a.json: the file is empty"]),
        ("a.json", b"[]", ["a.json: no articles in it: an empty list"]),
        ("a.json", b'{"articles": []}', ["a.json: no articles in it: an empty list"]),
        ("a.json", b"null", ["a.json: not an object but null"]),
        ("a.json", b'"text"', ["a.json: not an object but a text"]),
        ("a.json", b'{"text": "a"', ["a.json: not JSON: expecting ',' delimiter (column 13)"]),
        ("a.json", b'{\n "text": a\n}', ["a.json: not JSON: expecting value (line 2, column 10)"]),
        ("a.json", b"{\x00}", ["a.json: not text but binary data (it has NUL bytes)"]),
        ("a.jsonl", b"\x89PNG\r\n\x1a\n", ["a.jsonl: not text but a PNG image"]),
        (
            "a.jsonl",
            lines(RECORD) + b"{bad}\n" + lines([1], 7, {"title": "x", "n": 1}) + lines(RECORD),
            [
                "a.jsonl:1",
                "a.jsonl:2: not JSON: expecting property name enclosed in double quotes (column 2)",
                "a.jsonl:3:1: not an object but a number",
                "a.jsonl:4: not an object but a number",
                "a.jsonl:5: no article text in the record (its keys: title, n)",
                "a.jsonl:6",
            ],
        ),
        (
            "a.json",
            b'[{"text": "Stocks rose."}, {"text": nope}, 5,, {"text": "Bonds fell."}]',
            [
                "a.json:1",
                "a.json:2: not JSON: expecting value (column 10)",
                "a.json:3: not an object but a number",
                "a.json:4: not JSON: expecting value (column 1)",
                "a.json:5",
            ],
        ),
        ("a.json", b'[{"text": "Stocks rose."}, {"te', ["a.json:1", "a.json: the JSON list is cut off"]),
        ("a.json", b'[{"text": "Stocks rose."}] x', ["a.json:1", "a.json: something follows the end of the JSON list"]),
        ("a.jsonl", b'{"text": "\xff"}\n' + lines(RECORD), ["a.jsonl:1: not UTF-8 (byte 11)", "a.jsonl:2"]),
        ("a.jsonl", b'{"text": "a", "text": "b"}', ["a.jsonl:1: the key 'text' has two values"]),
        ("a.jsonl", b'{"text": "a b", "text": "a b"}', ["a.jsonl:1"]),
        ("a.jsonl", b'{"a":' * 100_000, ["a.jsonl:1: not an article: JSON nested too deeply"]),
        ("a.json", b"[" * 100_000, ["a.json: the JSON list is cut off"]),
        ("a.json", b"[" * 100_000 + b"]" * 100_000, ["a.json:1: not an article: JSON nested too deeply"]),
    ],
)
def test_what_is_no_article(tmp_path: Path, name: str, data: bytes, found: list[str]) -> None:
    assert told(tmp_path, name, data) == found


def test_a_table_of_something_else_is_one_failure(tmp_path: Path) -> None:
    rows = [{"symbol": "AAPL", "close": number} for number in range(9)]
    why = "no article text in the record (its keys: symbol, close)"
    assert told(tmp_path, "a.jsonl", lines(*rows)) == [
        f"a.jsonl: no article in it: 9 records, the first of them: {why}"
    ]
    assert told(tmp_path, "a.json", json.dumps(rows[:2])) == [f"a.json:1: {why}", f"a.json:2: {why}"]
    late = told(tmp_path, "a.jsonl", lines(*rows, RECORD, *rows))
    assert late == [
        *(f"a.jsonl:{line}: {why}" for line in range(1, 10)),
        "a.jsonl:10",
        *(f"a.jsonl:{line}: {why}" for line in range(11, 20)),
    ]
    endless = lines(*rows) * 200 + lines(RECORD)
    (found,) = told(tmp_path, "a.jsonl", endless)
    assert found.startswith("a.jsonl: no article in it: 1000 records")


def test_keys_of_a_large_record_are_not_all_said(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "a.json", json.dumps({f"key{number}": 1 for number in range(40)}))
    assert found.endswith("key10, key11 and 28 more)")


@pytest.mark.parametrize(
    ("record", "text", "media_type"),
    [
        ({"text": STORY}, STORY, "text/plain"),
        ({"text": STORY.replace("&", "&amp;")}, STORY, "text/plain"),  # escaped for a page, and put on none
        ({"text": "2 < 3 and 5 > 4, said <Reuters>."}, "2 < 3 and 5 > 4, said <Reuters>.", "text/plain"),
        ({"text": "a half \ud83d of a character\x00."}, "a half \ufffd of a character .", "text/plain"),
        ({"text": "Stocks rose.", "n": 10**5000, "share": float("nan")}, "Stocks rose.", "text/plain"),
        ({"text": ["One.", "Two."]}, "One.\n\nTwo.", "text/plain"),
        ({"text": PAGE}, PAGE, "text/html"),
        ({"content": "<p>One.</p>"}, "<html><body><article><p>One.</p></article></body></html>", "text/html"),
        ({"content": "One.<br/>Two."}, "<html><body><article>One.<br/>Two.</article></body></html>", "text/html"),
    ],
)
def test_the_text_of_a_record(tmp_path: Path, record: dict[str, Any], text: str, media_type: str) -> None:
    import sys

    sys.set_int_max_str_digits(0)
    try:
        data = json.dumps(record)
    finally:
        sys.set_int_max_str_digits(4300)
    page = only(tmp_path, "a.json", data)
    assert (page.data.decode(), page.media_type, page.charset) == (text, media_type, "utf-8")


def test_a_line_that_is_too_large_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST", 3_000_000)
    data = lines(RECORD, {"text": "x" * 9_000_000}, RECORD)
    large = "too large (more than 3 MB)"
    assert told(tmp_path, "a.jsonl", data) == ["a.jsonl:1", f"a.jsonl:2: {large}", "a.jsonl:3"]
    listed = b"[" + b",".join(data.splitlines()) + b"]"
    assert told(tmp_path, "a.json", listed) == ["a.json:1", f"a.json:2: {large}", "a.json:3"]
    (found,) = told(tmp_path, "b.json", json.dumps({"articles": [{"text": "x" * 9_000_000}]}))
    assert found.startswith(f"b.json: {large} for one JSON object")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str) -> None:
    record = json.dumps({"text": STORY * 200})
    whole = "\n".join([record] * 500) if name == "a.jsonl" else f"[{','.join([record] * 500)}]"
    given = source(tmp_path, name, whole)
    size, count = len(whole), 0
    tracemalloc.start()
    try:
        for page in pages(given):
            assert isinstance(page, Page)
            count += 1
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 500
    assert size > 9_000_000
    assert most < 2_000_000


def test_a_dump_is_read_no_further_than_it_is_asked(tmp_path: Path) -> None:
    found = pages(source(tmp_path, "a.jsonl", lines(RECORD) + b" " * 5_000 + b"\x1f\x8b\x00"))
    assert isinstance(next(found), Page)


def test_what_is_added_at_the_end_changes_nothing_before(tmp_path: Path) -> None:
    first = opened(tmp_path, "a.jsonl", lines(RECORD, RECORD))
    assert opened(tmp_path, "a.jsonl", lines(RECORD, RECORD, RECORD))[:2] == first


def test_a_dumps_name_and_a_lines_number_are_no_day(tmp_path: Path) -> None:
    page = opened(tmp_path, "dump_20241218.jsonl", lines({"text": STORY}))[0]
    assert isinstance(page, Page)
    assert page.file_name == ""
    assert only(tmp_path, "wrap_20241218.json", json.dumps({"text": STORY})).file_name == "wrap_20241218.json"


@pytest.mark.parametrize("count", [1, 3, 9])
def test_data_beside_articles_in_a_folder_is_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, count: int
) -> None:
    (tmp_path / "gold.jsonl").write_text('{"kind": "level", "value": "7"}\n' * count)
    (tmp_path / "wrap.txt").write_text(STORY)
    (source, other) = discover([str(tmp_path)])
    assert isinstance(source, Source)
    assert isinstance(other, Source)
    assert list(pages(source)) == []
    assert "gold.jsonl: no article in it" in caplog.text
    assert [page.name for page in pages(other) if isinstance(page, Page)] == ["wrap.txt"]


def test_a_bad_record_among_articles_of_a_folder_is_told(tmp_path: Path) -> None:
    record = json.dumps({"title": "A day", "text": STORY})
    (tmp_path / "dump.jsonl").write_text(f'{{"kind": "level"}}\n{record}\n{{"kind": "level"}}\n')
    (source,) = discover([str(tmp_path)])
    assert isinstance(source, Source)
    assert [type(one).__name__ for one in pages(source)] == ["NoArticle", "Page", "NoArticle"]
