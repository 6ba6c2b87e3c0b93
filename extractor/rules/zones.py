"""Loads `zones.toml`: the cues that tell an article from what surrounds it on the page."""

from __future__ import annotations

import re
import tomllib
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.domain.article import Zone
from extractor.domain.errors import RulesError

Scope = Literal["line", "opening", "prefix", "ending", "tail"]

LONGEST_LINE = 400  # characters; a longer line is never wholly a cue, and no pattern is tried on all of it
LONGEST_PROSE = 100_000  # characters between two line breaks; a whole article has a tenth of that
ENDING_REACH = 600  # characters at the end of a line that an `ending` rule sees


class ZoneRule(BaseModel):
    """One cue. `find` says which part of a line it takes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    zone: Zone
    scope: Scope
    pattern: str
    case: bool = False
    examples: tuple[str, ...] = Field(min_length=1)
    counterexamples: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern, 0 if self.case else re.IGNORECASE)

    def find(self, line: str) -> tuple[int, int] | None:
        """Start and end of what the rule takes of a line that has no white space around it, None where it is silent."""
        if self.scope in ("line", "tail"):
            return (0, len(line)) if len(line) <= LONGEST_LINE and self.regex.fullmatch(line) else None
        if self.scope == "ending":
            reach = max(0, len(line) - ENDING_REACH)
            match = self.regex.search(line, reach)
            return (match.start(), len(line)) if match else None
        match = self.regex.match(line, 0, LONGEST_LINE)
        if not match:
            return None
        return (0, len(line) if self.scope == "opening" else match.end())


class _ZoneRules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: tuple[ZoneRule, ...]


@cache
def zone_rules() -> tuple[ZoneRule, ...]:
    """The rules in the file's order, which is the order they are tried in."""
    resource = files("extractor.rules").joinpath("zones.toml")
    try:
        return _ZoneRules.model_validate(tomllib.loads(resource.read_text("utf-8"))).rule
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"zones.toml: {error}") from error


def may_be_taken_whole(line: str) -> bool:
    """Whether a rule for whole lines takes a line: one look instead of one a rule, for most lines are taken by none."""
    return any(pattern.fullmatch(line) for pattern in _of_whole_lines())


@cache
def _of_whole_lines() -> tuple[re.Pattern[str], ...]:
    """All patterns for whole lines in one, and those that mind capital letters in another."""
    whole = [rule for rule in zone_rules() if rule.scope in ("line", "tail")]
    parted = [[rule.pattern for rule in whole if rule.case == case] for case in (False, True)]
    return tuple(
        re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)
        for patterns, flags in zip(parted, (re.IGNORECASE, 0), strict=True)
        if patterns
    )
