"""The policies market news names, as data: `policy.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from extractor.domain.errors import RulesError

FILE = "policy.toml"

_ID = re.compile(r"policy:[A-Z]{2,6}(?:-[A-Z]{2})*:[A-Z0-9_]+")


class Topic(BaseModel):
    """One policy: its id, how it is printed, and texts that do and do not name it.

    provision: a part of a law; a figure beside it is an amount of metric "provision", otherwise of metric "size".
    The other fields are explained at the head of the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    kind: str
    provision: bool = False
    cues: tuple[str, ...] = Field(min_length=1)
    patterns: tuple[str, ...] = Field(min_length=1)
    acronyms: tuple[str, ...] = ()
    acronym_after_name: bool = False
    needs: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    examples: tuple[str, ...] = Field(min_length=1)
    counterexamples: tuple[str, ...] = Field(min_length=1)

    @field_validator("id")
    @classmethod
    def _is_id(cls, value: str) -> str:
        if not _ID.fullmatch(value):
            raise ValueError(f"{value} is no policy id")
        return value

    @property
    def metric(self) -> str:
        """What a figure on this policy measures."""
        return "provision" if self.provision else "size"


class Topics(BaseModel):
    """Topics in the order they are tried, and the words that make a mention an event, by the event's name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    events: dict[str, tuple[str, ...]]
    topic: tuple[Topic, ...]

    def by_id(self, identifier: str) -> Topic | None:
        return next((topic for topic in self.topic if topic.id == identifier), None)


@cache
def load_topics() -> Topics:
    """The topics that ship. Raises RulesError where the file does not say what is needed."""
    text = resources.files("extractor.rules").joinpath(FILE).read_text(encoding="utf-8")
    try:
        return Topics.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RulesError(f"{FILE}: {error}") from error
