"""Publishers as data: one TOML file each, and what the reader needs of them.

A publisher's file says which addresses are its own, where its clock hangs, and what its stamps are worth.
`corpus/pages/<slug>/` holds a page in its markup with what reading it must give; the tests fail for a file without one.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.domain.errors import RulesError

Stamp = Literal["moment", "wall_clock", "day"]


class Publisher(BaseModel):
    """slug: the file's name. name: as readers know it.

    domains: host names; their subdomains count too. bylines: names in a dateline's brackets or a credit line.
    timezone: of its newsroom's clock. stamps: "moment" (as printed), "wall_clock" (the offset printed is wrong, the
    clock is the newsroom's) or "day" (the clock means nothing, the day holds).
    furniture: XPaths of what stands inside the article and is none of it; removed before the text is taken.
    published: names of meta elements or JSON-LD keys with the first publication, tried before the usual ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str = ""
    name: str
    domains: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    timezone: str
    stamps: Stamp = "moment"
    published: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    notes: str = Field(min_length=20)


@cache
def publishers() -> tuple[Publisher, ...]:
    """Every publisher, by slug."""
    found = []
    for resource in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if not resource.name.endswith(".toml"):
            continue
        try:
            publisher = Publisher.model_validate(tomllib.loads(resource.read_text("utf-8")))
        except (ValidationError, tomllib.TOMLDecodeError) as error:
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
