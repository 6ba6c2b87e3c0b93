"""Sources written in the forms that articles come in, and what opening them gives."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import Source, pages

STORY = "Stocks fell on Wednesday. The S&P 500 sank 2.9% to 5,872.16, and the Dow lost 1,123.03 points."
PAGE = f"<html><head><title>A day</title></head><body><article><p>{STORY.replace('&', '&amp;')}</p></article></body></html>"


def source(folder: Path, name: str, data: bytes | str) -> Source:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Source(name=name, path=path)


def opened(folder: Path, name: str, data: bytes | str) -> list[Page | str]:
    """The pages in order; each failure as "part: reason", that of the whole source too, the folder's path left out."""
    found: list[Page | str] = []
    try:
        for one in pages(source(folder, name, data)):
            found.append(one if isinstance(one, Page) else f"{one.source}: {one.reason}".replace(f"{folder}/", ""))
    except SourceError as error:
        found.append(str(error).replace(f"{folder}/", ""))
    return found


def told(folder: Path, name: str, data: bytes | str) -> list[str]:
    """What opening gives in words: a page by its name, a failure as it would be said."""
    return [one.name if isinstance(one, Page) else one for one in opened(folder, name, data)]


def only(folder: Path, name: str, data: bytes | str) -> Page:
    (found,) = opened(folder, name, data)
    assert isinstance(found, Page), found
    return found


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def warc(*records: bytes) -> bytes:
    return b"".join(records)


def warc_record(
    body: bytes | str = PAGE,
    *,
    kind: str = "response",
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    address: str = "https://www.example.com/a",
    headers: tuple[str, ...] = (),
    length: int | None = None,
) -> bytes:
    """One record. length: what it says of itself, where that is not true."""
    data = body.encode() if isinstance(body, str) else body
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers]).encode() + b"\r\n\r\n"
    block = head + data if kind in ("response", "revisit") else data
    outer = "application/http; msgtype=response" if kind in ("response", "revisit") else content_type
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {address}",
        "WARC-Date: 2026-01-02T03:04:05Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        f"Content-Type: {outer}",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


class Standard:
    """In the place of `sys`, with these bytes on standard input, in small pieces as a pipe gives them."""

    def __init__(self, data: bytes) -> None:
        self.stdin = self
        self.buffer = _Pipe(data)


class _Pipe(io.BytesIO):
    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(min(size, 7) if size and size > 0 else 7)


def packed(data: bytes | str) -> bytes:
    return gzip.compress(data.encode() if isinstance(data, str) else data)
