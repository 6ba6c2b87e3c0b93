"""Loads `addresses.toml`: what in an address tells how a reader came, and not which article it is."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.domain.errors import RulesError


class Example(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    given: str
    cleaned: str


class AddressRules(BaseModel):
    """names: parameters in whole, in small letters. prefixes: by how they begin. fronts: paths that are no article."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: frozenset[str]
    prefixes: tuple[str, ...]
    fronts: frozenset[str]
    examples: tuple[Example, ...]

    def tracks(self, name: str) -> bool:
        small = name.lower()
        return small in self.names or small.startswith(self.prefixes)


@cache
def address_rules() -> AddressRules:
    resource = files("extractor.rules").joinpath("addresses.toml")
    try:
        return AddressRules.model_validate(tomllib.loads(resource.read_text("utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"addresses.toml: {error}") from error
