"""Word lists the instrument finders ask about, from `words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def word_list(key: str) -> frozenset[str]:
    """One list of `words.toml`."""
    return frozenset(_table()[key])


@cache
def _table() -> dict[str, list[str]]:
    source = files("extractor.rules.instruments").joinpath("words.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
