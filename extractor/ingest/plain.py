"""Plain text and Markdown become an article; the text is stored as it was decoded, under its title."""

from __future__ import annotations

import re
from datetime import date

from extractor.domain.article import Article, Zone
from extractor.domain.page import Page
from extractor.ingest import headline, publication, zones
from extractor.ingest.lines import split

_TOP = 2000  # characters in which a text may begin with its title
_FIRST_LINES = 3


def article_of_text(page: Page, text: str, *, published: date | None, timezone: str | None) -> Article:
    """`text` is not empty. Offsets of zones and claims count in the article's text.

    That is `text` as it stands. A title that the carrier tells (a record's, a mail's) is put over it, where the text
    does not begin with it.
    """
    text, title_at = _with_title(text, page.told.title)
    marked = zones.mark(text, title=title_at)
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


def _with_title(text: str, title: str | None) -> tuple[str, tuple[int, int] | None]:
    """The text with its title, and where that stands; None where no title is told."""
    wanted = _key(title or "")
    if not title or not wanted:
        return text, None
    for line in [line for line in split(text[:_TOP]) if not line.blank][:_FIRST_LINES]:
        if _key(headline.clean(line.text)) == wanted:
            return text, (line.start, line.end)
    return f"{title}\n\n{text}", (0, len(title))


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
