"""The agency's tag at the head of a story, with the place and day before it (agency_tags.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def without_tags(text: str) -> str:
    """The text without the agency's tag, and what stands before it, at the head of any of its lines."""
    return _pattern().sub("", text)


@cache
def _pattern() -> re.Pattern[str]:
    rules = tomllib.loads(files("extractor.rules").joinpath("agency_tags.toml").read_text(encoding="utf-8"))
    names = "|".join(sorted(map(re.escape, rules["names"]), key=len, reverse=True))
    # Every word of a place begins with a capital, so that no sentence is taken for one.
    place = r"[A-Z][A-Za-z.'/\-]{1,20}(?:,? [A-Z][A-Za-z.'/\-]{1,20}){0,3}"
    day = r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    tag = rf"\((?:{names})\)[ \t]{{0,4}}(?:[-–—]{{1,3}}|:)[ \t]{{0,4}}"
    return re.compile(rf"^[ \t]*+(?:{place}{day},? ?)?{tag}", re.MULTILINE)
