"""Parts of the market and the indexes that gauge them, as data: `gauges.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.domain.errors import RulesError

FILE = "gauges.toml"


class Gauge(BaseModel):
    """One part of the market. The fields are explained at the head of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^index:[A-Z0-9_]+$")
    words: tuple[str, ...] = Field(min_length=1)
    not_before: tuple[str, ...] = ()
    examples: tuple[str, ...] = Field(min_length=1)
    counterexamples: tuple[str, ...] = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    gauge: tuple[Gauge, ...]


@cache
def load_gauges() -> tuple[Gauge, ...]:
    """The gauges that ship. Raises RulesError where the file does not say what is needed."""
    text = resources.files("extractor.rules").joinpath(FILE).read_text(encoding="utf-8")
    try:
        return _File.model_validate(tomllib.loads(text)).gauge
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RulesError(f"{FILE}: {error}") from error
