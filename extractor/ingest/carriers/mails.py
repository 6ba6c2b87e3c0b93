"""Mails (RFC 5322): the text they bring, and the texts, pages and mails attached to them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import PurePath
from typing import Any

from extractor.domain.errors import SourceError
from extractor.domain.page import Page, Told
from extractor.ingest import content, wrapping
from extractor.ingest.carriers import markup, moments, streams
from extractor.ingest.carriers.carried import Carried
from extractor.ingest.discover import SourceFailure
from extractor.rules.publishers import of_address

Found = Iterator[Page | SourceFailure]

_LONGEST_HEADER = 5_000  # characters; the parser's time grows faster than a header's length
_DEEPEST = 5  # mails within mails
_MOST_PARTS = 200
_MOST_BOUNDARIES = 100
_MOST_DELIMITERS = 5_000
_BOUNDARY = re.compile(rb"boundary[*\d]{0,4}\s{0,9}=", re.IGNORECASE)
_LONGEST_TITLE = 300
_PAGE_FIRST = 1.25  # a text part has to have a quarter more to read than the page
_HOST = re.compile(r"[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}")
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg)\s?(?:\[\d{1,3}\])?:\s*)+", re.IGNORECASE)
_TEXTS = {
    ".txt": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".eml": "message/rfc822",
}
# Hosts of anybody's mail: the sender is no publisher.
_ANYBODY = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com",
     "aol.com", "icloud.com", "me.com", "mac.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "proton.me",
     "protonmail.com", "fastmail.com", "zoho.com", "mail.com", "yandex.com", "qq.com", "163.com"}
)  # fmt: skip
# What the parser and its header classes raise on mails that nobody meant to write.
_PARSER_TROUBLE = (MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)


class _Policy(policy.EmailPolicy):
    """The standard library's default policy, but that no header is longer than a person would write."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def pages(carried: Carried) -> Found:
    """Raises SourceError where the bytes are no mail, or none of its parts is a text."""
    data = streams.whole(carried.file, content.LARGEST + 1)
    content.check(data, carried.source)
    message = _parsed(data.removeprefix(codecs.BOM_UTF8), carried.source)
    yield from _of_mail(carried, message, place="", depth=0)


def _parsed(data: bytes, source: str) -> EmailMessage:
    # The parser looks for every boundary in every line, and takes its time for every part.
    boundaries = sum(1 for _ in _BOUNDARY.finditer(data))
    if boundaries > _MOST_BOUNDARIES or (boundaries and data.count(b"\n--") > _MOST_DELIMITERS):
        raise SourceError(source, "not a mail that can be read: it has too many parts")
    try:
        message = BytesParser(policy=_Policy()).parsebytes(data)
    except _PARSER_TROUBLE as error:
        raise SourceError(source, "not a mail that can be read") from error
    if not isinstance(message, EmailMessage) or not message.keys():
        raise SourceError(source, "not a mail: it begins with no header")
    return message


def _of_mail(carried: Carried, message: EmailMessage, *, place: str, depth: int) -> Found:
    """place: of the mail in the file, "" where it is all of it."""
    source = carried.source + place
    if depth > _DEEPEST:
        yield SourceFailure(source=source, reason=f"more than {_DEEPEST} mails within mails")
        return
    try:
        leaves = list(_leaves(message))
        bodies = [_body(one, source) for one in leaves if _is_body(one)]
        attached = [one for one in leaves if not _is_body(one) and _kind(one)]
        told = _told(message)
    except _PARSER_TROUBLE:
        yield SourceFailure(source=source, reason="not a mail that can be read")
        return
    best = _best(bodies)
    if best is not None:
        yield Page(
            name=carried.name + place,
            source=source,
            data=best.data,
            media_type=best.media_type,
            charset=best.charset,
            told=told,
            member="" if place else None,
        )
    elif not attached:
        yield SourceFailure(source=source, reason="no text in the mail")
    for position, part in enumerate(attached, start=1):
        yield from _attachment(carried, part, f"{place}:{position}", depth)


def _attachment(carried: Carried, part: EmailMessage, place: str, depth: int) -> Found:
    """An attached text or page; of an attached mail all that it brings. It has a day of its own, or none."""
    source = carried.source + place
    try:
        kind, name = _kind(part), _file_name(part)
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else _parsed(_payload(part), source)
            assert isinstance(inner, EmailMessage)
            yield from _of_mail(carried, inner, place=place, depth=depth + 1)
            return
        data = _payload(part)
        content.check(data, source)
        charset = part.get_content_charset()
    except SourceError as error:
        yield SourceFailure(source=error.source, reason=error.reason)
    except _PARSER_TROUBLE:
        yield SourceFailure(source=source, reason="an attachment that cannot be read")
    else:
        yield Page(
            name=carried.name + place, source=source, data=data, media_type=kind, charset=charset, member=name or ""
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """A text part. prose: characters of sentences in it, by which the best of several is chosen."""

    data: bytes
    charset: str | None
    media_type: str
    prose: int


def _body(part: EmailMessage, source: str) -> _Body | None:
    data, charset = _payload(part), part.get_content_charset()
    if not data.strip() or content.binary_kind(data):
        return None
    html = part.get_content_type() == "text/html"
    text = content.decode(data, name=source, html=html, charset=charset)
    if html:
        return _Body(data=data, charset=charset, media_type="text/html", prose=markup.prose(markup.seen(text)))
    if str(part.get_param("format", "")).lower() == "flowed":
        text = wrapping.unflowed(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    text = markup.clean(wrapping.unwrapped(text))
    return _Body(data=text.encode(), charset="utf-8", media_type="text/plain", prose=markup.prose(text))


def _best(bodies: Iterable[_Body | None]) -> _Body | None:
    """The body with most to read. A page says more than a text: it is taken unless it has clearly less."""
    found = [body for body in bodies if body is not None]
    return max(found, key=_worth, default=None)


def _worth(body: _Body) -> float:
    return body.prose * (_PAGE_FIRST if body.media_type == "text/html" else 1)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that have no parts, attached mails among them, in order."""
    waiting = [message]
    count = 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > _MOST_PARTS:
            raise ValueError("too many parts")
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            payload = part.get_payload()
            assert isinstance(payload, list)
            waiting.extend(reversed([one for one in payload if isinstance(one, EmailMessage)]))
        else:
            yield part


def _is_body(part: EmailMessage) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text and part.get_content_disposition() != "attachment" and not _file_name(part)


def _kind(part: EmailMessage) -> str | None:
    """The media type of an attachment that can be an article; None of one that cannot."""
    by_name = _TEXTS.get(PurePath(_file_name(part) or "").suffix.lower())
    told = part.get_content_type()
    return by_name or (told if told in _TEXTS.values() else None)


def _file_name(part: EmailMessage) -> str | None:
    name = part.get_filename()
    return PurePath(markup.line(str(name)[:_LONGEST_TITLE])).name if name else None


def _payload(part: Message[Any, Any]) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _told(message: EmailMessage) -> Told:
    """Subject, Date and From. A header that cannot be read tells nothing."""
    title = _REPLY.sub("", markup.line(str(message.get("subject") or "")), count=1)
    sent = moments.read(str(message.get("date") or ""))
    name, host = _sender(message)
    publisher = of_address(f"https://{host}/") if host else None
    is_house = bool(name and host) and _letters(name) in _letters(host)
    return Told(
        by="mail",
        title=title[:_LONGEST_TITLE] or None,
        byline=None if is_house or not name else name,
        publisher=publisher.name if publisher else name if is_house else host or None,
        published_on=sent[0] if sent else None,
        published_at=sent[1] if sent else None,
    )


def _sender(message: EmailMessage) -> tuple[str, str]:
    """The name of who sent it, and the host of a house; "" for what is not told, and for a host of anybody's mail."""
    name, address = parseaddr(str(message.get("from") or ""))
    host = address.rpartition("@")[2].lower().strip()
    is_house = "." in host and host not in _ANYBODY and _HOST.fullmatch(host)
    return markup.line(name)[:_LONGEST_TITLE], host if is_house else ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
