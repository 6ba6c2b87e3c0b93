"""The word lists of `prints.toml`, as patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def phrases(name: str) -> str:
    """One list as an alternative of a regular expression, the longest phrase first."""
    listed = sorted(_tables()[name], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in listed) + ")"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One list, met as whole words in any case."""
    return re.compile(rf"(?<![\w-]){phrases(name)}(?![\w-])", re.IGNORECASE)


@cache
def _tables() -> dict[str, list[str]]:
    source = resources.files("extractor.rules").joinpath("prints.toml").read_text(encoding="utf-8")
    return {key: list(listed) for key, listed in tomllib.loads(source).items()}
