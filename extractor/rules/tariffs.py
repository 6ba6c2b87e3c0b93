"""The lists of `tariffs.toml`: whose goods pay a tariff, and the words around a rate."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


def payers(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Every country or group in text[start:end] that a tariff may fall on: start, end, code."""
    pattern, codes = _payers()
    return [(match.start(), match.end(), codes[match.group()]) for match in pattern.finditer(text, start, end)]


@cache
def phrases(name: str) -> str:
    """One list of words as an alternative of a regular expression, the longest phrase first."""
    return _either(_tables()["words"][name])


def _either(listed: list[str]) -> str:
    return "(?:" + "|".join(re.escape(phrase) for phrase in sorted(listed, key=len, reverse=True)) + ")"


@cache
def _payers() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {name: code for code, names in _tables()["payers"].items() for name in names}
    return re.compile(rf"(?<![\w.-]){_either(list(codes))}(?![\w-])"), codes


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    source = resources.files("extractor.rules").joinpath("tariffs.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)
