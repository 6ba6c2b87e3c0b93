"""JSON and JSON Lines: one record, a list of records, an object that holds a list, a record a line.

An article is called by its line ("dump.jsonl:12") or its place in the list ("dump.json:3"): what is added at the end of
a dump changes no name before it. The only record of a document is called as the file is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from extractor.domain.errors import NoArticleError, SourceError
from extractor.domain.page import Page
from extractor.ingest import content
from extractor.ingest.carriers import records, streams
from extractor.ingest.carriers.carried import Carried
from extractor.ingest.carriers.json_values import UnreadableError, elements, parse
from extractor.ingest.discover import NoArticle, SourceFailure
from extractor.ingest.forms import Form, form_of

Found = Iterator[Page | SourceFailure]

_HOPELESS = 1_000  # records without an article, from the first on: a table of something else
_SAID = 5  # of them, where all are


def pages(carried: Carried) -> Found:
    """Lines and lists are read one by one, however many; an object as a whole. The first line tells which it is.

    Raises SourceError where it is empty, no text, no JSON or a document too large; NoArticleError where it is
    a table of something else, many records and no article.
    """
    without: list[SourceFailure] = []  # said when the first article comes, or at the end
    hopeful = True
    for one in _pages(carried):
        if hopeful and isinstance(one, NoArticle):
            without.append(one)
            if len(without) == _HOPELESS:
                break
            continue
        if isinstance(one, Page):
            yield from without
            without, hopeful = [], False
        yield one
    if len(without) > _SAID:
        reason = f"no article in it: {len(without)} records, the first of them: {without[0].reason}"
        raise NoArticleError(carried.source, reason)
    yield from without


def _pages(carried: Carried) -> Found:
    if kind := content.binary_kind(carried.head):
        raise SourceError(carried.source, f"not text but {kind}")
    file = carried.utf8()
    number = _skip_blank(file) + 1
    first = file.peek(1)[:1]
    if not first:
        try:
            content.check(b"", carried.source)
        except SourceError as error:
            raise NoArticleError(error.source, error.reason) from None
    if first == b"[":
        yield from _list(carried, file)
        return
    line = file.readline(content.LARGEST + 1)
    if form_of(carried.name, b"", carried.media_type) is Form.LINES:
        by_line, skipped = line.strip() != b"{", 0  # a brace alone begins a document that somebody has laid out
    else:
        closed = line.rstrip().endswith(b"}")
        skipped = _skip_blank(file) if closed else 0
        by_line = closed and file.peek(1) != b""
    if by_line:
        yield from _line(carried, number, line, file)
        yield from _lines(carried, file, number + skipped)
    else:
        yield from _document(carried, line + streams.whole(file, content.LARGEST + 1 - len(line)))


def _lines(carried: Carried, file: io.BufferedReader, number: int) -> Found:
    """number: of the line before. Blank lines are passed over, and counted."""
    while line := file.readline(content.LARGEST + 1):
        number += 1
        if line.strip():
            yield from _line(carried, number, line, file)


def _line(carried: Carried, number: int, line: bytes, file: io.BufferedReader) -> Found:
    if len(line) > content.LARGEST:
        while line and not line.endswith(b"\n"):
            line = file.readline(content.LARGEST)
        yield carried.failure(number, content.too_large())
        return
    try:
        value = parse(line.strip())
    except UnreadableError as error:
        yield carried.failure(number, str(error))
        return
    yield from _articles(carried, value, f":{number}")


def _list(carried: Carried, file: io.BufferedReader) -> Found:
    position = 0
    for position, data in enumerate(elements(file), start=1):
        if data is None:
            yield carried.failure(position, content.too_large())
            continue
        try:
            record = parse(data.strip())
        except UnreadableError as error:
            yield carried.failure(position, str(error))
            continue
        yield _article(carried, record, f":{position}")
    if not position:
        raise SourceError(carried.source, "no articles in it: an empty list")


def _document(carried: Carried, data: bytes) -> Found:
    if len(data) > content.LARGEST:
        reason = f"{content.too_large()} for one JSON object; a list, or an object a line, may be of any length"
        raise SourceError(carried.source, reason)
    try:
        value = parse(data)
    except UnreadableError as error:
        raise SourceError(carried.source, str(error)) from error
    yield from _articles(carried, value, "")


def _articles(carried: Carried, value: object, place: str) -> Found:
    """The articles of one value. place: of the value in its file; "" where it is all of it."""
    members = records.members(value)
    if members is None:
        yield _article(carried, value, place)
        return
    position = 0
    for position, record in enumerate(members, start=1):
        yield _article(carried, record, f"{place}:{position}")
    if not position:
        yield SourceFailure(source=carried.source + place, reason="no articles in it: an empty list")


def _article(carried: Carried, record: object, place: str) -> Page | SourceFailure:
    source = carried.source + place
    try:
        return records.page(record, name=carried.name + place, source=source, member="" if place else None)
    except UnreadableError as error:
        return NoArticle(source=source, reason=str(error))


def _skip_blank(file: io.BufferedReader) -> int:
    """Moves to the next byte that is no white space. Returns the line ends on the way."""
    ends = 0
    while ahead := file.peek(1):
        blank = len(ahead) - len(ahead.lstrip())
        ends += file.read(blank).count(b"\n")
        if blank < len(ahead):
            break
    return ends
