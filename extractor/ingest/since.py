"""`--since`: what is older is left out.

An article counts by when it was published: on the day that was named or later, or within the time that was named. Where
its clock is not known its day counts whole, and where nothing is known it is not left out. A file that was last changed
before that holds no article published since, so it is not opened. One that was changed since is opened, and its
articles count by their own dates: a copy of an archive made today is not new.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Self

from extractor.domain.article import Article
from extractor.domain.page import Page, Told
from extractor.ingest.discover import Source, SourceFailure

_DURATION = re.compile(r"(?P<number>\d{1,5})(?P<unit>[mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_EARLIEST_ZONE, _LATEST_ZONE = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))  # where a day begins


@dataclass(kw_only=True)
class Since:
    """day: of publication; None where a moment was named. moment: aware, what files and clocks are compared with.

    left_out counts sources, pages and articles that were.
    """

    moment: datetime
    day: date | None = None
    left_out: int = field(default=0)

    @classmethod
    def parse(cls, text: str, now: datetime) -> Self:
        """ "2025-12-01", or a number with m, h, d or w: minutes, hours, days or weeks before now. Raises ValueError."""
        if match := _DURATION.fullmatch(text.strip()):
            try:
                return cls(moment=now - timedelta(**{_UNITS[match["unit"]]: int(match["number"])}))
            except OverflowError:
                raise ValueError(text) from None
        day = datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day, not a moment
        return cls(moment=datetime.combine(day, time(), tzinfo=_EARLIEST_ZONE), day=day)

    def discover(
        self, discover: Callable[[Sequence[str]], Iterator[Source | SourceFailure]]
    ) -> Callable[[Sequence[str]], Iterator[Source | SourceFailure]]:
        def recent(names: Sequence[str]) -> Iterator[Source | SourceFailure]:
            for each in discover(names):
                if isinstance(each, SourceFailure) or self._kept(self._touched(each)):
                    yield each

        return recent

    def pages(
        self, pages: Callable[[Source], Iterator[Page | SourceFailure]]
    ) -> Callable[[Source], Iterator[Page | SourceFailure]]:
        def recent(source: Source) -> Iterator[Page | SourceFailure]:
            for each in pages(source):
                if isinstance(each, SourceFailure) or self._kept(self.told(each.told)):
                    yield each

        return recent

    def read(self, read: Callable[[Page], Article | None]) -> Callable[[Page], Article | None]:
        def recent(page: Page) -> Article | None:
            article = read(page)
            return article if article is not None and self._kept(self.published(article)) else None

        return recent

    def wanted(self, told: Told) -> bool:
        """Whether to fetch what a feed or sitemap tells of; what is not wanted counts as left out."""
        return self._kept(self.told(told))

    def told(self, told: Told) -> bool:
        """Whether an article is recent enough, or may be, by what its carrier tells. Its zone is not known yet."""
        return self._recent(told.published_at, told.published_on, _LATEST_ZONE)

    def published(self, article: Article) -> bool:
        return self._recent(article.published_at, article.published_on, article.tzinfo)

    def _recent(self, at: datetime | None, on: date | None, zone: tzinfo) -> bool:
        if self.day is not None:
            on = on or (at.date() if at else None)
            return on is None or on >= self.day
        if at is not None:
            return at >= self.moment
        return on is None or on >= self.moment.astimezone(zone).date()

    def _touched(self, source: Source) -> bool:
        """What is no file, or is gone, is for others to open or to complain of."""
        if source.path is None:
            return True
        try:
            return source.path.stat().st_mtime >= self.moment.timestamp()
        except OSError:
            return True

    def _kept(self, recent: bool) -> bool:
        self.left_out += not recent
        return recent
