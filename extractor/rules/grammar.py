"""The closed word lists of `grammar.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def words(name: str) -> frozenset[str]:
    """One list by its key."""
    return _tables()[name]


@cache
def _tables() -> dict[str, frozenset[str]]:
    source = resources.files("extractor.rules").joinpath("grammar.toml").read_text(encoding="utf-8")
    return {key: frozenset(listed.split()) for key, listed in tomllib.loads(source).items()}
