"""Loads `page_kinds.toml`: words that tell an error page, a paywall or a page of quotes from an article."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.domain.article import PageKind
from extractor.domain.errors import RulesError

LONGEST_TITLE = 200  # characters; a longer one is an article's
SEEN = 6_000  # characters of a text that patterns are looked for in


class KindRule(BaseModel):
    """`says` completes "an error page, not an article: ..."."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    kind: PageKind
    where: Literal["title", "text"]
    says: str
    pattern: str
    examples: tuple[str, ...] = Field(min_length=2)
    counterexamples: tuple[str, ...] = Field(min_length=2)

    def finds(self, words: str) -> bool:
        if self.where == "title":
            return len(words) <= LONGEST_TITLE and _compiled(self.pattern).fullmatch(words) is not None
        return _compiled(self.pattern).search(words, 0, SEEN) is not None


class Labels(BaseModel):
    """What stands before a figure on a page of one symbol's figures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: str
    examples: tuple[str, ...] = Field(min_length=2)
    counterexamples: tuple[str, ...] = Field(min_length=2)

    def finds(self, cell: str) -> bool:
        return len(cell) <= 40 and _compiled(self.pattern).fullmatch(cell) is not None


class _Kinds(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: tuple[KindRule, ...]
    labels: Labels


def kind_rules() -> tuple[KindRule, ...]:
    return _load().rule


def quote_labels() -> Labels:
    return _load().labels


@cache
def _load() -> _Kinds:
    resource = files("extractor.rules").joinpath("page_kinds.toml")
    try:
        return _Kinds.model_validate(tomllib.loads(resource.read_text("utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"page_kinds.toml: {error}") from error


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
