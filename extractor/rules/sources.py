"""Which price source is primary, and which only passes on what another made (sources.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

PRIMARY, UNKNOWN, AGGREGATOR = 0, 1, 2


@cache
def source_rank(source: str) -> int:
    """0 for a primary source, 2 for an aggregator, 1 where its name tells nothing.

    An aggregator that names the primary source it copies ("Yahoo (CBOE)") stays an aggregator.
    """
    for rank, pattern in ((AGGREGATOR, _patterns()["aggregator"]), (PRIMARY, _patterns()["primary"])):
        if pattern.search(source):
            return rank
    return UNKNOWN


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    tables = tomllib.loads(files("extractor.rules").joinpath("sources.toml").read_text(encoding="utf-8"))
    return {
        name: re.compile(
            r"(?<!\w)(?:" + "|".join(re.escape(word) for word in table["words"]) + r")(?!\w)", re.IGNORECASE
        )
        for name, table in tables.items()
    }
