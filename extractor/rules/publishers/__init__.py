"""Publishers as data: one TOML file each, and what the reader needs of them.

A publisher's file says which addresses are its own, where its clock hangs, what its stamps are worth, where its pages
keep title, byline, section and dates, and what must be found on them if the file still holds.
`corpus/pages/<slug>/` holds a page in its markup with what reading it must give; the tests fail for a file without one.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractor.domain.errors import RulesError

Stamp = Literal["moment", "wall_clock", "day"]
Sure = Literal["seen", "memory"]


class Expected(BaseModel):
    """What a page of this layout must have. paths: XPaths that must find something.

    values: pattern by name of a meta element or JSON-LD key; the value must be there and match it whole.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    paths: tuple[str, ...] = ()
    values: dict[str, str] = {}

    @model_validator(mode="after")
    def _patterns(self) -> Expected:
        for pattern in self.values.values():
            re.compile(pattern)
        return self


class Layout(BaseModel):
    """How a publisher's pages are built, for as long as they are built so.

    title, byline, section, published, updated: where each stands, tried in order before the usual places: the name of a
    meta element or a JSON-LD key, or, where it begins with a slash, an XPath whose text or attribute is taken.
    published is the first publication. stamps: "moment" (as printed), "wall_clock" (the offset printed is wrong, the
    clock is the newsroom's) or "day" (the clock means nothing, the day holds).
    furniture: XPaths of what stands inside the article and is none of it; removed before the text is taken.
    expect: how a changed layout is noticed. valid_until: the last day of articles that are built so, where it is known.
    checked: when the rules were last compared with pages. sure: "seen" on such pages, or written from "memory" of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    stamps: Stamp = "moment"
    title: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    expect: Expected = Expected()
    valid_until: date | None = None
    checked: date
    sure: Sure

    @property
    def paths(self) -> tuple[str, ...]:
        """Every XPath in it."""
        named = (*self.title, *self.byline, *self.section, *self.published, *self.updated)
        return (*(one for one in named if one.startswith("/")), *self.furniture, *self.expect.paths)


class Publisher(Layout):
    """slug: the file's name. name: as readers know it. The layout is that of today's pages.

    domains: host names; their subdomains count too. bylines: names in a dateline's brackets or a credit line.
    timezone: what "today" means in its stories, where they are all at home in one place. clock: the zone of clocks that
    it prints without one, where that is another.
    datelines: openings of its stories, as the tests read them. earlier: layouts of the past, the oldest first.
    """

    slug: str = ""
    name: str
    domains: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    timezone: str | None = None
    clock: str | None = None
    datelines: tuple[str, ...] = ()
    earlier: tuple[Layout, ...] = ()
    notes: str = Field(min_length=20)

    @model_validator(mode="after")
    def _in_order(self) -> Publisher:
        ends = [layout.valid_until for layout in self.earlier]
        if None in ends or ends != sorted(filter(None, ends)):
            raise ValueError("each earlier layout needs a valid_until, the oldest first")
        return self

    def layouts(self, day: date | None) -> tuple[Layout, ...]:
        """Every layout, the one that was in use on an article's day first: today's where no day is known.

        An old article may be shown in a newer layout: the others follow.
        """
        every: tuple[Layout, ...] = (*self.earlier, self)
        used = next((one for one in self.earlier if day and one.valid_until and day <= one.valid_until), self)
        return (used, *(one for one in reversed(every) if one is not used))


@cache
def publishers() -> tuple[Publisher, ...]:
    """Every publisher, by slug."""
    found = []
    for resource in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if not resource.name.endswith(".toml"):
            continue
        try:
            publisher = Publisher.model_validate(tomllib.loads(resource.read_text("utf-8")))
        except (ValidationError, tomllib.TOMLDecodeError, re.error) as error:
            raise RulesError(f"publishers/{resource.name}: {error}") from error
        found.append(publisher.model_copy(update={"slug": resource.name.removesuffix(".toml")}))
    return tuple(found)


def of_address(address: str | None) -> Publisher | None:
    """The publisher that an address belongs to."""
    if not address:
        return None
    try:
        host = (urlsplit(address.strip()).hostname or "").lower()
    except ValueError:  # an address that is none
        return None
    for publisher in publishers():
        if any(host == domain or host.endswith("." + domain) for domain in publisher.domains):
            return publisher
    return None


def of_byline(byline: str | None) -> Publisher | None:
    """The publisher with this name in a dateline's brackets or a credit line."""
    wanted = (byline or "").strip().casefold()
    return next((one for one in publishers() if wanted and wanted in map(str.casefold, one.bylines)), None)
