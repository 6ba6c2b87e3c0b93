"""A source becomes pages: the bytes of one article each. Most sources hold one; a dump or an archive holds many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import carriers, content
from extractor.ingest.carriers import streams
from extractor.ingest.discover import FEED_LIST_SUFFIX, Source, SourceFailure, explain
from extractor.ingest.markup_kind import kind_of

if TYPE_CHECKING:
    from extractor.ingest.following import Following


def pages(source: Source, following: Following | None = None) -> Iterator[Page | SourceFailure]:
    """The pages of a source in its own order, read one by one; a failure for each part that cannot be read.

    following: goes to addresses, where that is wanted.
    Raises SourceError where the source cannot be opened, or not be read any further.
    """
    if source.address is not None:
        if following is None:
            raise SourceError(str(source), "addresses are not read here")
        yield from following.address(source.address)
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(content.opened(source))
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise SourceError(str(source), explain(error)) from error
        try:
            yield from _pages_of_file(source, file, following)
        except OSError as error:
            raise SourceError(str(source), explain(error)) from error


def _pages_of_file(source: Source, file: Any, following: Following | None) -> Iterator[Page | SourceFailure]:
    head, file = streams.looked_at(file)
    if following is not None and source.path is not None and source.path.suffix.lower() == FEED_LIST_SUFFIX:
        yield from following.feed_list(_whole(source, file), source=str(source))
        return
    if following is not None and kind_of(head):
        followed = following.file(_whole(source, file), source=str(source))
        if followed is not None:
            yield from followed
            return
    changed = _file_time(source)
    for page in carriers.unpack(file, name=source.name, source=str(source)):
        if isinstance(page, Page) and page.member is None:
            yield replace(page, file_time=changed)
        else:
            yield page


def _whole(source: Source, file: Any) -> bytes:
    data = streams.whole(file, content.LARGEST + 1)
    content.check(data, str(source))
    return data


def _file_time(source: Source) -> datetime | None:
    return datetime.fromtimestamp(source.path.stat().st_mtime, UTC) if source.path else None
