"""From an address, a feed, a sitemap or a list of feeds to the pages they lead to."""

from __future__ import annotations

import html
import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from extractor.domain.addresses import is_of_the_web, name_of, shown
from extractor.domain.errors import SourceError
from extractor.domain.page import NOTHING_TOLD, Fetched, Page, Told
from extractor.domain.ports import FetchesPages
from extractor.ingest import carriers, content
from extractor.ingest.carriers import streams
from extractor.ingest.discover import SourceFailure
from extractor.ingest.feeds import Entry, read_feed
from extractor.ingest.markup_kind import kind_of
from extractor.ingest.side_by_side import side_by_side
from extractor.ingest.sitemaps import read_sitemap

if TYPE_CHECKING:
    from extractor.ingest.feed_lists import ListedFeed

MOST = 200  # pages of one feed or sitemap
_CHILDREN = 50  # sitemaps of one index
_AT_ONCE = 8  # feeds of a list
_ROOM = 16  # pages of each that wait to be read

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Following:
    """open: makes the fetcher, when the first address is asked for. most: pages that one feed or sitemap gives.

    wanted: whether a page is to be fetched, by what the feed or sitemap tells of it.
    """

    open: Callable[[], FetchesPages]
    most: int = MOST
    wanted: Callable[[Told], bool] = lambda told: True

    @cached_property
    def fetcher(self) -> FetchesPages:
        return self.open()

    def address(self, address: str) -> Iterator[Page | SourceFailure]:
        """The page at an address; of a feed or sitemap the pages it leads to. Raises SourceError."""
        yield from self._address(address, NOTHING_TOLD)

    def feed_list(self, data: bytes, *, source: str) -> Iterator[Page | SourceFailure]:
        """What each feed of a list leads to; a feed that cannot be had is a failure, and the next one follows.

        Feeds are walked side by side, so that one slow host does not hold up the others. Raises SourceError where it is
        no such list.
        """
        from extractor.ingest.feed_lists import read_feed_list

        feeds = read_feed_list(data, source=source)
        _ = self.fetcher  # one for all threads
        yield from side_by_side([partial(self._listed, feed) for feed in feeds], at_once=_AT_ONCE, room=_ROOM)

    def file(self, data: bytes, *, source: str) -> Iterator[Page | SourceFailure]:
        """What a feed or sitemap that is at hand leads to."""
        yield from self._further(data, _Found(source=source), NOTHING_TOLD)

    def _listed(self, feed: ListedFeed) -> Iterator[Page | SourceFailure]:
        by = "feed list" if feed.publisher else ""
        try:
            yield from self._address(feed.address, Told(by=by, publisher=feed.publisher, timezone=feed.timezone))
        except SourceError as error:
            yield SourceFailure(source=error.source, reason=f"{error.reason} ({feed.name})")

    def _address(self, address: str, told: Told) -> Iterator[Page | SourceFailure]:
        fetched = _unpacked(self.fetcher.fetch(address), address)
        if kind_of(fetched.data) is None:
            yield from _pages(fetched, address, told)
        else:
            found = _Found(source=address, address=fetched.address, charset=fetched.charset)
            yield from self._further(fetched.data, found, told)

    def _further(self, data: bytes, found: _Found, told: Told) -> Iterator[Page | SourceFailure]:
        return self._feed(data, found, told) if kind_of(data) == "feed" else self._sitemap(data, found, told)

    def _feed(self, data: bytes, found: _Found, told: Told) -> Iterator[Page | SourceFailure]:
        feed = read_feed(data, source=found.source, base=found.address or "", charset=found.charset, most=self.most)
        if not feed.entries:
            raise SourceError(found.source, "a feed without entries")
        _say_left_out(found.source, feed.left_out, "entries")
        yield from self._entries(feed.entries, found, told, by="feed")

    def _sitemap(self, data: bytes, found: _Found, told: Told) -> Iterator[Page | SourceFailure]:
        """Of an index, its sitemaps until there are pages enough; no index inside an index."""
        first = read_sitemap(data, source=found.source, most=self.most)
        left, left_out, unread = self.most - len(first.pages), first.left_out, len(first.children)
        yield from self._entries(first.pages, found, told, by="sitemap")
        for child in first.children[:_CHILDREN]:
            if left <= 0:
                break
            unread -= 1
            try:
                inner = _unpacked(self.fetcher.fetch(child, linked_from=found.address), child)
                pages = read_sitemap(inner.data, source=child, most=left)
                if not pages.pages:
                    raise SourceError(child, "an index of sitemaps inside another one")
            except SourceError as error:
                yield SourceFailure(source=error.source, reason=error.reason)
                continue
            left, left_out = left - len(pages.pages), left_out + pages.left_out
            yield from self._entries(pages.pages, replace(found, address=inner.address), told, by="sitemap")
        _say_left_out(found.source, left_out, "pages")
        _say_left_out(found.source, unread, "sitemaps")

    def _entries(
        self, entries: tuple[Entry, ...], found: _Found, told: Told, *, by: str
    ) -> Iterator[Page | SourceFailure]:
        seen: set[str] = set()
        for entry in entries:
            name = name_of(entry.link) if entry.link else f"{found.source}#{entry.id or entry.title or ''}"
            if name in seen:
                continue
            seen.add(name)
            about = _told(entry, told, by)
            if not self.wanted(about):
                continue
            try:
                yield from self._entry(entry, name, found, about)
            except SourceError as error:
                yield SourceFailure(source=error.source, reason=error.reason)

    def _entry(self, entry: Entry, name: str, found: _Found, told: Told) -> Iterator[Page | SourceFailure]:
        """What an entry links to; where that cannot be had, the article that stands in the feed itself."""
        try:
            pages = self._linked(entry, name, found, told)
            first = next(pages)
        except SourceError as error:
            if entry.content is None:
                raise
            logger.warning("%s: %s; read as the feed has it", error.source, error.reason)
            yield _as_page(entry, name, told)
            return
        yield first
        yield from pages

    def _linked(self, entry: Entry, name: str, found: _Found, told: Told) -> Iterator[Page | SourceFailure]:
        if entry.link is None:
            raise SourceError(shown(name), "an entry without a link")
        if not is_of_the_web(entry.link):
            raise SourceError(shown(entry.link), "only http:// and https:// addresses are read")
        fetched = _unpacked(self.fetcher.fetch(entry.link, linked_from=found.address), entry.link)
        if kind_of(fetched.data) is not None:
            raise SourceError(shown(entry.link), "a feed or a sitemap, not an article")
        yield from _pages(fetched, entry.link, told)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A feed or sitemap. source: as it was named. address: where it was found; None for a file."""

    source: str
    address: str | None = None
    charset: str | None = None


def _say_left_out(source: str, number: int, what: str) -> None:
    if number:
        logger.warning("%s: %s more %s are left out (--max-pages)", source, f"{number:,}", what)


def _unpacked(fetched: Fetched, address: str) -> Fetched:
    """Without the gzip that sitemaps come in. Raises SourceError where it is damaged, or gives too much."""
    if not fetched.data.startswith(streams.GZIP_MAGIC):
        return fetched
    try:
        _, file = streams.begin(io.BytesIO(fetched.data))
        data = streams.whole(file, content.LARGEST + 1)
    except streams.DamagedError as error:
        raise SourceError(shown(address), str(error)) from error
    if len(data) > content.LARGEST:
        raise SourceError(shown(address), content.too_large())
    return replace(fetched, data=data, media_type=None)


def _pages(fetched: Fetched, address: str, told: Told) -> Iterator[Page | SourceFailure]:
    """The article at an address, or the many of a dump. Raises SourceError."""
    return carriers.unpack(
        io.BytesIO(fetched.data),
        name=name_of(address),
        source=shown(address),
        media_type=fetched.media_type,
        charset=fetched.charset,
        told=replace(told, address=fetched.address),
    )


def _as_page(entry: Entry, name: str, told: Told) -> Page:
    title = html.escape(entry.title or "")
    body = f"<article><h1>{title}</h1>\n{entry.content}\n</article>" if title else f"<article>{entry.content}</article>"
    page = f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>{body}</body></html>'
    return Page(
        name=name,
        source=shown(entry.link or name),
        data=page.encode("utf-8", "replace"),
        media_type="text/html",
        charset="utf-8",
        told=told,
    )


def _told(entry: Entry, told: Told, by: str) -> Told:
    """What the entry says; of the publisher, what the list of feeds says before that."""
    return Told(
        by=by,
        title=entry.title,
        byline=entry.byline,
        publisher=told.publisher or entry.publisher,
        address=entry.link,
        published_on=entry.published_on,
        published_at=entry.published_at,
        timezone=told.timezone,
    )
