"""A list of feeds that somebody keeps: `feeds.toml`."""

from __future__ import annotations

import tomllib
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from extractor.domain.addresses import is_of_the_web
from extractor.domain.errors import SourceError

HINT = "see docs/reading.md for the form"


def _of_the_web(address: str) -> str:
    if not is_of_the_web(address):
        raise ValueError("not an http or https address")
    return address


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError("no such time zone") from error
    return name


class ListedFeed(BaseModel):
    """One `[[feed]]`. address: of a feed, a sitemap or a page. name: what failures call it.

    publisher: whose articles these are. timezone: what their "today" is counted in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: Annotated[str, AfterValidator(_of_the_web)]
    name: str = Field(min_length=1, max_length=200)
    publisher: str | None = None
    timezone: Annotated[str, AfterValidator(_zone)] | None = None


class _FeedList(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    feed: tuple[ListedFeed, ...] = Field(min_length=1)


def read_feed_list(data: bytes, *, source: str) -> tuple[ListedFeed, ...]:
    """Raises SourceError, which names the place that is wrong."""
    try:
        return _FeedList.model_validate(tomllib.loads(data.decode("utf-8-sig"))).feed
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise SourceError(source, f"no feed list: {place}: {first['msg'].lower()}; {HINT}") from error
    except (ValueError, RecursionError) as error:  # tomllib.TOMLDecodeError and UnicodeDecodeError among them
        raise SourceError(source, f"no feed list: {error}; {HINT}") from error
