"""A file read as the stages would read it, in one step."""

from __future__ import annotations

from datetime import date

from extractor import ingest
from extractor.domain.article import Article
from extractor.ingest import Page, Source


def page(source: Source) -> Page:
    """The only page of a source."""
    (found,) = ingest.pages(source)
    assert isinstance(found, Page), found
    return found


def read(source: Source, *, published: date | None = None, timezone: str | None = None) -> Article:
    return ingest.read(page(source), published=published, timezone=timezone)
