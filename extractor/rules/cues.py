"""Cue words as data: movements, levels, bases, measures, decisions, modality and records.

Each TOML file holds entries with phrases, examples and counterexamples; `tests/unit/rules/test_cues.py`
runs every one of them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.domain.claim import Basis, Direction, Modality


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    examples: tuple[str, ...] = Field(min_length=1)
    counterexamples: tuple[str, ...] = Field(min_length=1)


class Movement(_Entry):
    id: str
    direction: Direction | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    strong: bool = False
    beside: bool = False  # counts only right beside a figure


class Level(_Entry):
    id: str
    metric: str
    basis: Basis | None = None
    phrases: tuple[str, ...]


class BasisCue(_Entry):
    id: str
    basis: Basis
    phrases: tuple[str, ...]


class Measure(_Entry):
    metric: str
    phrases: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.metric


class Decision(_Entry):
    id: str
    metric: str
    phrases: tuple[str, ...]


class ModalityCue(_Entry):
    id: str
    modality: Modality
    scope: Literal["clause", "sentence", "near", "before", "noun", "relative"]
    phrases: tuple[str, ...]


class Record(_Entry):
    metric: str
    direction: Direction | Literal["from_sentence"]
    pattern: str
    strip: str | None = None  # what a match may begin with and the quote leaves out


class CueRules(BaseModel):
    """Every cue file, read once."""

    model_config = ConfigDict(frozen=True)
    movement: tuple[Movement, ...]
    level: tuple[Level, ...]
    basis: tuple[BasisCue, ...]
    measure: tuple[Measure, ...]
    decision: tuple[Decision, ...]
    modality: tuple[ModalityCue, ...]
    record: tuple[Record, ...]
    record_part: dict[str, str]  # what `{name}` stands for in the patterns of the superlatives


FILES = ("movements", "levels", "basis", "measures", "decisions", "modality", "records")


@cache
def load_cues() -> CueRules:
    """The cues that ship with the package."""
    tables: dict[str, object] = {}
    folder = resources.files("extractor.rules")
    for name in FILES:
        tables.update(tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")))
    return CueRules.model_validate(tables)
