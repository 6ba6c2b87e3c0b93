"""A source becomes pages: the bytes of one article each. Most sources hold one; a dump or an archive holds many."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from extractor.domain.errors import NoArticleError, SourceError
from extractor.domain.page import Page
from extractor.ingest import carriers, content
from extractor.ingest.carriers import streams
from extractor.ingest.discover import FEED_LIST_SUFFIX, NoArticle, Source, SourceFailure, explain
from extractor.ingest.markup_kind import kind_of

if TYPE_CHECKING:
    from extractor.ingest.following import Following


logger = logging.getLogger(__name__)


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
            yield from _read(source, file, following)
        except OSError as error:
            raise SourceError(str(source), explain(error)) from error
        except streams.DamagedError as error:
            raise SourceError(str(source), str(error)) from error


def _read(source: Source, file: Any, following: Following | None) -> Iterator[Page | SourceFailure]:
    name = str(source)
    if following is not None and source.path is not None and source.path.suffix.lower() == FEED_LIST_SUFFIX:
        yield from following.feed_list(streams.whole(file, content.LARGEST), source=name)
        return
    if following is not None:
        head, file = streams.begin(file)
        if kind_of(head) is not None:
            data = streams.whole(file, content.LARGEST + 1)
            content.check(data, name)
            yield from following.file(data, source=name)
            return
    changed = _file_time(source)
    found = carriers.unpack(file, name=source.name, source=name)
    for page in found if source.folder is None else _beside_data(source, found):
        if isinstance(page, Page) and page.member is None:
            yield replace(page, file_time=changed)
        else:
            yield page


def _beside_data(source: Source, found: Iterator[Page | SourceFailure]) -> Iterator[Page | SourceFailure]:
    """Of a file that nobody named: where no record in it is an article it is data of a folder's, and passed over."""
    held: list[NoArticle] = []
    none_yet = True
    try:
        for one in found:
            if none_yet and isinstance(one, NoArticle):
                held.append(one)
                continue
            yield from held
            held, none_yet = [], False
            yield one
    except NoArticleError as error:
        logger.warning("%s; passed over", error)
    if held:
        logger.warning("%s: no article in it: %s; passed over", source, held[0].reason)


def _file_time(source: Source) -> datetime | None:
    return datetime.fromtimestamp(source.path.stat().st_mtime, UTC) if source.path else None
