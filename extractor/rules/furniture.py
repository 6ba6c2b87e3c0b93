"""Loads `furniture.toml`: what page builders call the parts of a page that are not the article."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.domain.errors import RulesError

LONGEST_HEADING = 160  # characters
LONGEST_NAMES = 400  # characters of classes and id that are looked at
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_JOINTS = re.compile(r"[_\-:./]+")


class FurnitureRule(BaseModel):
    """One sort of furniture. `share` is the most of a page's paragraphs that an element of this name may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z_]+$")
    share: float = Field(gt=0, le=1)
    pattern: str
    examples: tuple[str, ...] = Field(min_length=2)
    counterexamples: tuple[str, ...] = Field(min_length=2)

    @property
    def regex(self) -> re.Pattern[str]:
        return _compiled(self.pattern)


class Names(BaseModel):
    """A sort of names that is told apart and not taken out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: str
    examples: tuple[str, ...] = Field(min_length=2)
    counterexamples: tuple[str, ...] = Field(min_length=2)

    @property
    def regex(self) -> re.Pattern[str]:
        return _compiled(self.pattern)


class _FurnitureRules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: tuple[FurnitureRule, ...]
    heading: tuple[FurnitureRule, ...]
    story: Names
    doubtful: Names
    summary: Names


def furniture_rules() -> tuple[FurnitureRule, ...]:
    """By the names of elements."""
    return _load().rule


def heading_rules() -> tuple[FurnitureRule, ...]:
    """By the words of headings."""
    return _load().heading


def names_told_apart() -> tuple[Names, ...]:
    """Those of the story, the doubtful ones, and those of summaries."""
    return _load().story, _load().doubtful, _load().summary


@lru_cache(maxsize=4096)  # pages, and the pages of one publisher, repeat their names
def of_names(names: str) -> FurnitureRule | None:
    """The first rule that one of the names, parted by white space, falls under; None where one is the story's own."""
    plain = [plain_name(name) for name in names[:LONGEST_NAMES].split()]
    if any(map(_load().story.regex.search, plain)):
        return None
    return next((rule for rule in furniture_rules() if any(map(rule.regex.search, plain))), None)


@lru_cache(maxsize=4096)
def of_heading(words: str) -> FurnitureRule | None:
    """The first rule that the whole of a heading falls under."""
    if len(words) > LONGEST_HEADING:
        return None
    plain = words.lower()
    return next((rule for rule in heading_rules() if rule.regex.fullmatch(plain)), None)


@lru_cache(maxsize=4096)
def is_doubtful(names: str) -> bool:
    """Whether finders of main text drop what has such a name, though many a paragraph has it too."""
    return any(_load().doubtful.regex.search(plain_name(name)) for name in names[:LONGEST_NAMES].split())


@lru_cache(maxsize=4096)
def is_summary(names: str) -> bool:
    return any(_load().summary.regex.search(plain_name(name)) for name in names[:LONGEST_NAMES].split())


def heads_summary(words: str) -> bool:
    """Whether a heading is one over the points of a story."""
    return (
        len(words) <= LONGEST_HEADING and _load().summary.regex.search(plain_name(words.replace(" ", "-"))) is not None
    )


def plain_name(name: str) -> str:
    """Small letters, words parted by one hyphen."""
    return _JOINTS.sub("-", _HUMP.sub("-", name)).lower().strip("-")


@cache
def _load() -> _FurnitureRules:
    resource = files("extractor.rules").joinpath("furniture.toml")
    try:
        return _FurnitureRules.model_validate(tomllib.loads(resource.read_text("utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"furniture.toml: {error}") from error


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
