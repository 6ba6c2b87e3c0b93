"""A source becomes pages: the bytes of one article each. Most sources hold one; a dump or an archive holds many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import carriers, content
from extractor.ingest.discover import Source, SourceFailure, explain


def pages(source: Source) -> Iterator[Page | SourceFailure]:
    """The pages of a source in its own order, read one by one; a failure for each part that cannot be read.

    Raises SourceError where the source cannot be opened, or not be read any further.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(content.opened(source))
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise SourceError(str(source), explain(error)) from error
        try:
            changed = _file_time(source)
            for page in carriers.unpack(file, name=source.name, source=str(source)):
                if isinstance(page, Page) and page.member is None:
                    page = replace(page, file_time=changed)
                yield page
        except OSError as error:
            raise SourceError(str(source), explain(error)) from error


def _file_time(source: Source) -> datetime | None:
    return datetime.fromtimestamp(source.path.stat().st_mtime, UTC) if source.path else None
