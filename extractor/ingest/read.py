"""A page becomes an article."""

from __future__ import annotations

import logging
import re
from datetime import date
from pathlib import PurePath
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extractor.domain.article import Article
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import filings
from extractor.ingest.content import decode, looks_like_html
from extractor.ingest.lines import split
from extractor.ingest.mojibake import repaired
from extractor.ingest.titles import with_title
from extractor.rules.zones import LONGEST_PROSE

logger = logging.getLogger(__name__)

_HTML_SUFFIXES = (".html", ".htm")
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_HEAD = 16_000  # bytes; what makes a text markup stands in its first few thousand characters
_ASCII_CHARSETS = frozenset(
    {None, "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252", "cp1252"}
)
_TAG = re.compile(rb"<[!?a-z]", re.IGNORECASE)


def read(page: Page, *, published: date | None = None, timezone: str | None = None) -> Article:
    """The article of one page: text, title, zones, and when it was published.

    published, timezone: what the user says; it outranks everything the page tells.
    Raises SourceError, with one line that says what is wrong.
    """
    timezone = page.told.timezone if timezone is None else timezone
    if timezone is not None:
        _check_timezone(page, timezone)
    html = _is_called_html(page)
    text = decode(page.data, name=page.source, html=html, charset=page.charset)
    if not html and looks_like_html(text):
        html, text = True, decode(page.data, name=page.source, html=True, charset=page.charset)
    text, mended = repaired(text)
    if mended:
        logger.warning("%s: UTF-8 that was read as windows-1252, put back in %s places", page.source, mended)
    if not text.strip():
        raise SourceError(page.source, "the file is empty")
    if filings.is_filing(text):
        article = filings.article_of_filing(page, text, published=published, timezone=timezone)
    elif html:
        from extractor.ingest.page import article_of_page

        article = article_of_page(page, text, published=published, timezone=timezone)
    else:
        from extractor.ingest.plain import article_of_text

        article = article_of_text(page, with_title(text, page.told.title), published=published, timezone=timezone)
    _say_what_is_left_out(page, article.text)
    return article


def may_be_html(page: Page) -> bool:
    """Whether `read` may find HTML in it: told by its name and first bytes, and in doubt it may."""
    if _is_called_html(page) or (page.charset and page.charset.lower()) not in _ASCII_CHARSETS:
        return True
    return _TAG.search(page.data[:_HEAD].replace(b"\0", b"")) is not None


def _is_called_html(page: Page) -> bool:
    return page.media_type in _HTML_TYPES or PurePath(page.name).suffix.lower() in _HTML_SUFFIXES


def _say_what_is_left_out(page: Page, text: str) -> None:
    for line in split(text) if len(text) > LONGEST_PROSE else ():
        if len(line.text) > LONGEST_PROSE:
            logger.warning("%s: a line of %s characters is no prose; left out", page.source, f"{len(line.text):,}")


def _check_timezone(page: Page, timezone: str) -> None:
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SourceError(page.source, f"no such time zone: {timezone}") from error
