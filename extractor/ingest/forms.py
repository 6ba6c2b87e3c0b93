"""Which form the bytes of a source have: by name, by media type, by the first bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePath


class Form(StrEnum):
    """PAGE: one article as it stands, HTML or text. JSON and LINES tell each other apart when they are read."""

    PAGE = "page"
    JSON = "JSON"
    LINES = "JSON Lines"
    MAIL = "mail"
    ARCHIVE = "WARC"


SUFFIXES: Mapping[str, Form] = {
    ".txt": Form.PAGE,
    ".md": Form.PAGE,
    ".html": Form.PAGE,
    ".htm": Form.PAGE,
    ".json": Form.JSON,
    ".jsonl": Form.LINES,
    ".ndjson": Form.LINES,
    ".eml": Form.MAIL,
    ".warc": Form.ARCHIVE,
    ".wet": Form.ARCHIVE,  # Common Crawl's archives of extracted text
}
GZIP_SUFFIX = ".gz"
_MEDIA_TYPES: Mapping[str, Form] = {
    "text/html": Form.PAGE,
    "application/xhtml+xml": Form.PAGE,
    "text/markdown": Form.PAGE,
    "application/json": Form.JSON,
    "application/ld+json": Form.JSON,
    "application/feed+json": Form.JSON,
    "application/jsonl": Form.LINES,
    "application/jsonlines": Form.LINES,
    "application/x-jsonlines": Form.LINES,
    "application/x-ndjson": Form.LINES,
    "application/ndjson": Form.LINES,
    "message/rfc822": Form.MAIL,
    "application/warc": Form.ARCHIVE,
}
_ARCHIVE = re.compile(rb"WARC/[01]\.\d")
_JSON = re.compile(rb"\{\s*(?:[\"}]|\Z)|\[\s*(?:[{\]]|\Z)")
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9\-]{1,60}):[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_MBOX = re.compile(rb"From [^\r\n]{1,300}\r?\n")
# A text may begin with a line "Date: ..." or "Subject: ..."; these stand in mails alone.
_MAIL_ALONE = frozenset({b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"from"})
_MAIL_TOO = frozenset({b"to", b"date", b"subject", b"reply-to", b"content-type", b"dkim-signature"})


def inner_suffix(name: str) -> str:
    """The ending that tells a form, in lower case: ".html" of "wrap.html" and of "wrap.HTML.gz"; "" where none does."""
    path = PurePath(name)
    if path.suffix.lower() == GZIP_SUFFIX:
        path = PurePath(path.stem)
    suffix = path.suffix.lower()
    return suffix if suffix in SUFFIXES else ""


def may_hold_many(name: str) -> bool:
    """Whether a source of this name can hold more than one article; one whose ending tells nothing may."""
    return SUFFIXES.get(inner_suffix(name)) is not Form.PAGE


def form_of(name: str, head: bytes, media_type: str | None = None) -> Form:
    """The form by what a server said, then by the name's ending, then by the first bytes (of unpacked data)."""
    told = _MEDIA_TYPES.get(media_type or "") or SUFFIXES.get(inner_suffix(name))
    return told or _sniffed(head)


def _sniffed(head: bytes) -> Form:
    head = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if _ARCHIVE.match(head):
        return Form.ARCHIVE
    if _JSON.match(as_ascii(head)):
        return Form.JSON
    return Form.MAIL if _is_mail(head) else Form.PAGE


def as_ascii(head: bytes) -> bytes:
    """The first bytes of UTF-16 or UTF-32 as their ASCII letters; others as they are."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return head[2:].removeprefix(b"\xfe\xff").replace(b"\0", b"").lstrip()
    return head


def _is_mail(head: bytes) -> bool:
    match = _MBOX.match(head)
    position = match.end() if match else 0
    found: set[bytes] = set()
    while match := _HEADER.match(head, position):
        found.add(match[1].lower())
        position = match.end()
    return bool(found & _MAIL_ALONE) and len(found & (_MAIL_ALONE | _MAIL_TOO)) >= 2
