"""One article as it stands: a page of HTML, a plain text."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.domain.page import Page
from extractor.ingest import content
from extractor.ingest.carriers import streams
from extractor.ingest.carriers.carried import Carried
from extractor.ingest.forms import inner_suffix


def pages(carried: Carried) -> Iterator[Page]:
    """Raises SourceError where it is empty, too large or no text."""
    data = streams.whole(carried.file, content.LARGEST + 1)
    content.check(data, carried.source)
    media_type = carried.media_type
    if media_type is None and inner_suffix(carried.name) in (".html", ".htm"):
        media_type = "text/html"
    yield Page(
        name=carried.name,
        source=carried.source,
        data=data,
        media_type=media_type,
        charset=carried.charset,
        told=carried.told,
    )
