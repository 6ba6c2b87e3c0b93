"""What the name, the server and the first bytes of a source say of its form."""

from __future__ import annotations

import pytest

from extractor.ingest.forms import Form, form_of, inner_suffix, may_hold_many


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b'{"title": 1}', Form.JSON),
        (b"{\n", Form.JSON),
        (b"\xef\xbb\xbf [{", Form.JSON),
        ('{"a": 1}'.encode("utf-16"), Form.JSON),
        (b"[]", Form.JSON),
        (b"WARC/1.1\r\n", Form.ARCHIVE),
        (b"Received: by x\r\n\tfor y\r\nSubject: z\r\n\r\n", Form.MAIL),
        (b"From: a@example.com\nSubject: z\n\n", Form.MAIL),
        (b"MIME-Version: 1.0\nDate: x\n\n", Form.MAIL),
        (b"<!doctype html>", Form.PAGE),
        (b"", Form.PAGE),
        (b"Stocks rose.", Form.PAGE),
        (b"{Reuters} Stocks rose.", Form.PAGE),
        (b"[Reuters] Stocks rose.", Form.PAGE),
        (b"Title: Stocks rise\nDate: 2024-12-18\n\nStocks rose.", Form.PAGE),
        (b"Subject: stocks\nDate: today\n\nStocks rose.", Form.PAGE),
        (b"From: our desk\n\nStocks rose.", Form.PAGE),
        (b"WARC is a format.", Form.PAGE),
    ],
)
def test_first_bytes(head: bytes, form: Form) -> None:
    assert form_of("stdin", head) is form


@pytest.mark.parametrize(
    ("name", "media_type", "form"),
    [
        ("a.txt", None, Form.PAGE),
        ("a.HTML.gz", None, Form.PAGE),
        ("a.jsonl", None, Form.LINES),
        ("a.ndjson.gz", None, Form.LINES),
        ("a.warc.wet.gz", None, Form.ARCHIVE),
        ("a.eml", None, Form.MAIL),
        ("a.json", "text/html", Form.PAGE),  # the server knows better
        ("a", "application/json", Form.JSON),
        ("a.json", "application/octet-stream", Form.JSON),
    ],
)
def test_names_and_media_types(name: str, media_type: str | None, form: Form) -> None:
    assert form_of(name, b'{"text": "a"}', media_type) is form


@pytest.mark.parametrize(
    ("name", "suffix", "many"),
    [
        ("a.txt", ".txt", False),
        ("a.txt.gz", ".txt", False),
        ("a.json", ".json", True),
        ("a.gz", "", True),
        ("stdin", "", True),
        ("a.csv", "", True),
        ("a.gz.txt", ".txt", False),
    ],
)
def test_endings(name: str, suffix: str, many: bool) -> None:
    assert inner_suffix(name) == suffix
    assert may_hold_many(name) is many
