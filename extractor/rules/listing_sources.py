"""Where listing files are published (listing_sources.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingSource:
    """One file to fetch. file: its name in the folder. contact: whether its keeper wants an address to write to."""

    name: str
    file: str
    format: str
    address: str
    source: str
    contact: bool = False

    def mirrored(self, base: str) -> ListingSource:
        """The same file under another address, whose keeper is not asked for by name."""
        return replace(self, address=f"{base.rstrip('/')}/{self.file}", contact=False)


@cache
def listing_sources() -> tuple[ListingSource, ...]:
    """Those the package knows."""
    table = tomllib.loads(files("extractor.rules").joinpath("listing_sources.toml").read_text(encoding="utf-8"))
    return tuple(ListingSource(**entry) for entry in table["listing"])
