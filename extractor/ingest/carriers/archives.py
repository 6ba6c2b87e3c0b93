"""Web archives (WARC): the pages a crawler was given. An article is called by its record's number ("crawl.warc:17")."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from extractor.domain.errors import SourceError
from extractor.domain.page import Page, Told
from extractor.ingest import content
from extractor.ingest.carriers import streams
from extractor.ingest.carriers.carried import Carried
from extractor.ingest.carriers.streams import DamagedError
from extractor.ingest.discover import SourceFailure

logger = logging.getLogger(__name__)

_KINDS = ("response", "resource", "conversion")  # the last is text that was taken from a page (Common Crawl's WET)
_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_NO_ARTICLES = ("robots.txt", "ads.txt", "app-ads.txt", "security.txt", "humans.txt", "llms.txt", "sellers.json")
_LONGEST_HEAD = 1_000_000  # bytes of a record's headers
_CHUNK = 1 << 16
_CUT = "the archive is cut off in the midst of a record"
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:\-]{1,40})", re.IGNORECASE)
_WEB = re.compile(r"https?://\S{3,2000}$", re.IGNORECASE)
_GZIP, _ZLIB, _DEFLATE = 31, 15, -15  # window bits, as zlib names the forms


class _UnusableError(Exception):
    """A record that can hold an article and cannot be read. The message says why, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """body: limited to the record. http: of the answer in it, None where the record is no answer."""

    kind: str
    address: str
    media_type: str
    charset: str | None
    http: Any
    body: Any

    @property
    def passed_over(self) -> str | None:
        """Why it holds no article, None where it may."""
        if self.kind not in _KINDS:
            return self.kind or "no kind"
        if self.http is not None and self.http.get_statuscode() != "200":
            return f"status {self.http.get_statuscode()}"
        if self.media_type and self.media_type not in _TYPES:
            return self.media_type
        if not self.body.limit:
            return "empty"
        return "for robots" if _path(self.address).endswith(_NO_ARTICLES) else None


def pages(carried: Carried) -> Iterator[Page | SourceFailure]:
    """The pages that were answered with 200, in HTML or text. Other records are counted in the debug log.

    What a record says of its date is when the crawler came; it is not told.
    Raises SourceError where this is no archive, DamagedError where it is cut off.
    """
    if not carried.head.lstrip().startswith(b"WARC/"):
        reason = "the file is empty" if not carried.head.strip() else "not a web archive: it does not begin with WARC/"
        raise SourceError(carried.source, reason)
    passed: Counter[str] = Counter()
    number = 0
    for number, record in _records(carried):
        if isinstance(record, SourceFailure):
            yield record
            continue
        if (why := record.passed_over) is not None:
            passed[why] += 1
            _leave(record)
            continue
        outcome = _page(carried, record, number)
        _leave(record)
        yield outcome
    for reason, count in passed.most_common():
        logger.debug("%s: %d records passed over: %s", carried.source, count, reason)
    if passed.total() == number:
        yield carried.failure(None, f"no page in the archive (records: {number})")


def _records(carried: Carried) -> Iterator[tuple[int, _Record | SourceFailure]]:
    """Records with their numbers, from 1. Where one does not end where it says, the next is looked for.

    warcio's loader is given the bytes unpacked: packed as a whole or record by record is one to it.
    """
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    file = _Lines(carried.file)
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    number = 0
    while line := file.next():
        number += 1
        if not line.startswith(b"WARC/"):
            yield number, carried.failure(number, "no record begins where the one before says that it ends")
            line = file.next(b"WARC/")
            if not line:
                return
        try:
            yield number, _described(loader.parse_record_stream(file, line, "warc", no_record_parse=True))
        except (ArchiveLoadFailed, EOFError, ValueError, _UnusableError) as error:
            reason = str(error) if isinstance(error, _UnusableError) else "not a WARC record that can be read"
            yield number, carried.failure(number, reason)
            file.next(b"WARC/", keep=True)


def _described(record: Any) -> _Record:
    from warcio.statusandheaders import StatusAndHeadersParser

    if record.length is None:
        raise _UnusableError("a record without a length")
    kind = record.rec_type or ""
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    http, content_type = None, record.content_type or ""
    if kind == "response" and content_type.replace(" ", "").lower().startswith("application/http") and record.length:
        http = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False).parse(record.raw_stream)
        content_type = http.get_header("Content-Type") or ""
    media_type, _, parameters = content_type.partition(";")
    charset = _CHARSET.search(parameters)
    return _Record(
        kind=kind,
        address=address,
        media_type=media_type.strip().lower(),
        charset=charset[1] if charset else None,
        http=http,
        body=record.raw_stream,
    )


def _page(carried: Carried, record: _Record, number: int) -> Page | SourceFailure:
    """The page of a record that may hold an article; reads it to its end, or to where it is too large."""
    source = f"{carried.source}:{number}"
    try:
        data = _unpacked(_body(record), record.http)
        content.check(data, source)
    except _UnusableError as error:
        return SourceFailure(source=source, reason=str(error))
    except SourceError as error:
        return SourceFailure(source=source, reason=error.reason)
    return Page(
        name=f"{carried.name}:{number}",
        source=source,
        data=data,
        media_type=record.media_type or None,
        charset=record.charset,
        told=Told(by="archive", address=record.address if _WEB.match(record.address) else None),
        member="",
    )


def _body(record: _Record) -> bytes:
    data = streams.whole(record.body, content.LARGEST + 1)
    if len(data) > content.LARGEST:
        raise _UnusableError(content.too_large())
    if record.body.limit:
        raise DamagedError(_CUT)
    return data


def _unpacked(data: bytes, http: Any) -> bytes:
    """The page as its server meant it. Crawlers unpack what they store as often as not, and leave the header."""
    if http is None:
        return data
    if (http.get_header("Transfer-Encoding") or "").lower().strip() == "chunked":
        from warcio.bufferedreaders import ChunkedDataReader

        data = ChunkedDataReader(io.BytesIO(data)).read()
    encoding = (http.get_header("Content-Encoding") or "").lower().strip()
    if encoding in ("gzip", "x-gzip"):
        return _inflated(data, _GZIP) if data.startswith(streams.GZIP_MAGIC) else data
    if encoding == "deflate":
        return data if _is_text(data) else _inflated(data, _ZLIB if data[:1] == b"\x78" else _DEFLATE)
    if encoding not in ("", "identity", "none") and not _is_text(data):
        raise _UnusableError(f"packed in a way that is not known here: {encoding[:20]}")
    return data


def _inflated(data: bytes, form: int) -> bytes:
    most = min(content.LARGEST, max(streams.FREE, streams.MOST_RATIO * len(data)))
    unpacker = zlib.decompressobj(form)
    try:
        found = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise _UnusableError("the packed page is damaged") from error
    if len(found) > most:
        raise _UnusableError(f"too large: unpacks to more than {most // 1_000_000} MB")
    if not unpacker.eof:
        raise _UnusableError("the packed page ends too early")
    return found


def _is_text(data: bytes) -> bool:
    """Whether bytes that are said to be packed are not: the beginning of HTML or of a text, without control bytes."""
    head = data[:500]
    return bool(head) and not any(byte < 9 or 13 < byte < 32 for byte in head)


def _leave(record: _Record) -> None:
    """Reads what is left of a record. Raises DamagedError where it is not all there."""
    while record.body.read(_CHUNK):
        pass
    if record.body.limit:
        raise DamagedError(_CUT)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.lower()
    except ValueError:  # an address that is none
        return ""


class _Lines:
    """A file as warcio reads it, whose headers come to an end."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self._kept = b""
        self._in_head = 0

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def readline(self, size: int | None = None) -> bytes:
        line = self._file.readline(_LONGEST_HEAD if size is None else min(size, _LONGEST_HEAD))
        self._in_head += len(line)
        if self._in_head > _LONGEST_HEAD:
            raise DamagedError("headers of a record that do not end")
        return line

    def next(self, beginning: bytes = b"", *, keep: bool = False) -> bytes:
        """The next line that is not blank and begins so; b"" where there is none. keep: it is the next one again."""
        self._in_head = 0
        line, self._kept = self._kept or self._file.readline(_LONGEST_HEAD), b""
        while line and (not line.strip() or not line.startswith(beginning)):
            line = self._file.readline(_LONGEST_HEAD)
        if keep:
            self._kept = line
        return line
