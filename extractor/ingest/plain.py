"""Plain text and Markdown become an article; the text is stored exactly as it was decoded."""

from __future__ import annotations

from datetime import date

from extractor.domain.article import Article, PageKind, Provenance, Zone
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import addresses, credits, headline, kinds, publication, titles, zones
from extractor.ingest.credits import Found


def article_of_text(page: Page, text: str, *, published: date | None, timezone: str | None) -> Article:
    """`text` is not empty. Offsets of zones and claims count in it as it stands. What its carrier tells of it (title,
    writer, publisher) outranks what its lines seem to say.

    Raises SourceError where it is the text of an error page.
    """
    judged = kinds.of_text(text)
    if judged.kind is PageKind.ERROR:
        raise SourceError(page.source, f"an error page, not an article: {judged.why}")
    marked = zones.mark(text, title=titles.where(text, page.told.title))
    by = page.told.by or "record"
    title: Found | None = (page.told.title, by) if page.told.title else None
    if title is None:
        heads = (headline.clean(text[span.start : span.end].strip()) for span in marked if span.zone is Zone.TITLE)
        title = next(((one, "heading") for one in heads), None)
    known = publication.of_text(page, text, zones=marked, published=published, timezone=timezone)
    byline = (page.told.byline, by) if page.told.byline else credits.byline_of_text(text, marked)
    section = (page.told.section, by) if page.told.section else credits.section_of_text(text, marked)
    publisher: Found | None = (page.told.publisher, by) if page.told.publisher else None
    if known.publisher is not None:
        publisher = known.publisher.name, known.publisher_from or "dateline"
    named = [
        (page.told.address, by),
        (page.source if "://" in page.source else None, "address"),
        (known.source, "text"),
    ]
    address = addresses.choose(named, own=(page.told.address,), base=None) if any(one for one, _ in named) else None
    return Article(
        name=page.name,
        source=page.source,
        text=text,
        title=title[0] if title else None,
        zones=marked,
        published_on=known.on,
        published_at=known.at,
        published_from=known.read_from,
        timezone=known.timezone,
        publisher=publisher[0] if publisher else None,
        url=address.canonical if address else None,
        byline=byline[0] if byline else None,
        section=section[0] if section else None,
        updated_at=known.updated_at,
        told_by=Provenance(
            title=title[1] if title else None,
            byline=byline[1] if byline else None,
            publisher=publisher[1] if publisher else None,
            section=section[1] if section else None,
            url=address.read_from if address else None,
            updated=known.updated_from,
            published_zone=known.zone,
            updated_zone=known.updated_zone,
        ),
        file_time=page.file_time,
    )
