"""Plain text and Markdown become an article; the text is stored exactly as it was decoded."""

from __future__ import annotations

from datetime import date

from extractor.domain.article import Article, Zone
from extractor.domain.page import Page
from extractor.ingest import headline, publication, titles, zones


def article_of_text(page: Page, text: str, *, published: date | None, timezone: str | None) -> Article:
    """`text` is not empty, and has the title at its top that its carrier tells. Offsets count in it as it stands."""
    marked = zones.mark(text, title=titles.where(text, page.told.title))
    title = next(
        (headline.clean(text[span.start : span.end].strip()) for span in marked if span.zone is Zone.TITLE), None
    )
    known = publication.of_text(
        text,
        title=title,
        zones=marked,
        file_name=page.file_name,
        told=page.told,
        published=published,
        timezone=timezone,
    )
    return Article(
        name=page.name,
        source=page.source,
        text=text,
        title=title,
        zones=marked,
        published_on=known.on,
        published_at=known.at,
        published_from=known.read_from,
        timezone=known.timezone,
        publisher=known.publisher,
        url=page.told.address,
    )
