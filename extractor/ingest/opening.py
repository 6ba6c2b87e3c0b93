"""A source becomes pages: the bytes of one article each. Most sources hold one; a dump or an archive holds many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest.content import fetch
from extractor.ingest.discover import FEED_LIST_SUFFIX, Source, SourceFailure

if TYPE_CHECKING:
    from extractor.ingest.following import Following


def pages(source: Source, following: Following | None = None) -> Iterator[Page | SourceFailure]:
    """The pages of a source in its own order; a failure for each part that cannot be read.

    following: goes to addresses, where that is wanted.
    Raises SourceError where the source as a whole cannot be opened.
    """
    if source.address is not None:
        if following is None:
            raise SourceError(str(source), "addresses are not read here")
        yield from following.address(source.address)
        return
    data = fetch(source)
    if following is not None:
        if source.path is not None and source.path.suffix.lower() == FEED_LIST_SUFFIX:
            yield from following.feed_list(data, source=str(source))
            return
        followed = following.file(data, source=str(source))
        if followed is not None:
            yield from followed
            return
    yield Page(name=source.name, source=str(source), data=data)
