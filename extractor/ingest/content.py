"""The bytes of a source, and the text they stand for."""

from __future__ import annotations

import codecs
import logging
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from extractor.domain.errors import SourceError
from extractor.ingest.discover import LEADS_OUT, STANDARD_INPUT, Source

LARGEST = 50_000_000  # bytes; a page of 150 kB is long, so this is not an article

logger = logging.getLogger(__name__)

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"SQLite format 3\x00", "a SQLite database"),
)
_NOT_OF_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7", "undefined"})
# Browsers read all of these as windows-1252; many pages that declare them are UTF-8, which nothing is by chance.
_WESTERN = frozenset({"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252"})
_META_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]{1,40})", re.IGNORECASE)
_HTML_OPENING = re.compile(
    r"\s{0,1000}+(?:<\?xml[^>]{0,200}>\s{0,100}+)?(?:<!--.{0,500}?-->\s{0,100}+)?<(?:!doctype\s+html|html[\s>])",
    re.I | re.S,
)


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """The bytes of a source, to be read once. Raises SourceError where it is no regular file, OSError, ValueError."""
    if source.path is None:
        yield sys.stdin.buffer
        return
    # Opened without blocking and looked at afterwards: a pipe put in a file's place must not hang the batch.
    with open(source.path, "rb", opener=_without_waiting) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise SourceError(str(source), "not a regular file")
        if source.folder is not None and not _lies_in(source.folder, source.path, found):
            raise SourceError(str(source), LEADS_OUT)
        yield file


def check(data: bytes, source: str) -> None:
    """Raises SourceError where the bytes of an article are more than LARGEST, none at all, or no text."""
    if len(data) > LARGEST:
        raise SourceError(source, too_large())
    need_text(
        data, name=source, empty="nothing came on standard input" if source == STANDARD_INPUT else "the file is empty"
    )


def need_text(data: bytes, *, name: str, empty: str) -> None:
    """Raises SourceError where there is nothing in it, or what is no text. empty: how to say the former."""
    if not data.strip():
        raise SourceError(name, empty)
    if kind := binary_kind(data):
        raise SourceError(name, f"not text but {kind}")


def too_large() -> str:
    return f"too large (more than {LARGEST // 1_000_000} MB)"


def decode(data: bytes, *, name: str, html: bool, charset: str | None = None) -> str:
    """Text by byte order mark, then `charset`, then the page's own declaration, then UTF-8, then windows-1252.


    charset: as the header has it that came with the bytes. That windows-1252 was nobody's word but a guess is logged.
    Nothing else is changed: carriage returns and odd spaces stay as they are.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    declared = _declared_encoding(data) if html else None
    for encoding in filter(None, (_known_encoding(charset or ""), declared, "utf-8")):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    logger.warning("%s: not UTF-8; read as windows-1252", name)
    return data.decode("cp1252", errors="tapecheck-control")


def looks_like_html(text: str) -> bool:
    return _HTML_OPENING.match(text) is not None


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _lies_in(folder: Path, path: Path, found: os.stat_result) -> bool:
    """Whether the opened file is the one in the folder: a link may have taken its place since, or its folder's."""
    real = path.resolve(strict=True)
    return real.is_relative_to(folder) and os.path.samestat(real.stat(), found)


def binary_kind(data: bytes) -> str | None:
    """What the bytes are, in words, where they are no text."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS)):
        return None
    return "binary data (it has NUL bytes)" if b"\0" in data else None


def _declared_encoding(data: bytes) -> str | None:
    """The charset of a page's meta element, None where there is none or Python does not know it."""
    match = _META_CHARSET.search(data, 0, 4096)
    if not match:
        return None
    return _known_encoding(match.group(1).decode("ascii"))


def _known_encoding(label: str) -> str | None:
    """Python's name of a charset that a page or a header declares; None where it is none to be relied on."""
    label = label.strip().lower()
    if label in _WESTERN:
        return None
    try:
        found = codecs.lookup(label)
        "".encode(found.name)  # some codecs are not of text
    except (LookupError, ValueError):  # ValueError: a NUL in the label
        return None
    return None if found.name in _NOT_OF_PAGES else found.name


def _keep_control(error: UnicodeError) -> tuple[str, int]:
    """The five bytes windows-1252 leaves undefined become the control characters browsers make of them."""
    assert isinstance(error, UnicodeDecodeError)
    return "".join(chr(byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("tapecheck-control", _keep_control)
