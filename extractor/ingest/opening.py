"""A source becomes pages: the bytes of one article each. Most sources hold one; a dump or an archive holds many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from extractor.domain.page import Page
from extractor.ingest.content import fetch
from extractor.ingest.discover import Source, SourceFailure


def pages(source: Source) -> Iterator[Page | SourceFailure]:
    """The pages of a source in its own order; a failure for each part that cannot be read.

    Raises SourceError where the source as a whole cannot be opened.
    """
    yield Page(name=source.name, source=str(source), data=fetch(source), file_time=_file_time(source))


def _file_time(source: Source) -> datetime | None:
    return datetime.fromtimestamp(source.path.stat().st_mtime, UTC) if source.path else None
