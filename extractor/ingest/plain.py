"""Plain text and Markdown become an article; the text is stored exactly as it was decoded."""

from __future__ import annotations

from datetime import date

from extractor.domain.article import Article, PageKind, Zone
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import headline, kinds, publication, zones


def article_of_text(page: Page, text: str, *, published: date | None, timezone: str | None) -> Article:
    """`text` is not empty. Offsets of zones and claims count in it as it stands.

    Raises SourceError where it is the text of an error page.
    """
    judged = kinds.of_text(text)
    if judged.kind is PageKind.ERROR:
        raise SourceError(page.source, f"an error page, not an article: {judged.why}")
    marked = zones.mark(text)
    title = next(
        (headline.clean(text[span.start : span.end].strip()) for span in marked if span.zone is Zone.TITLE), None
    )
    known = publication.of_text(
        text, title=title, zones=marked, file_name=page.name, published=published, timezone=timezone
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
    )
