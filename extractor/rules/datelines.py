"""Loads `datelines.toml`: which zone a city, a printed clock or a home market stands for."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractor.domain.errors import RulesError


class HomeMarket(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    timezone: str
    cues: tuple[str, ...] = Field(min_length=1)
    examples: tuple[str, ...] = Field(min_length=1)


class Datelines(BaseModel):
    """cities by their name in capitals; clocks and page_clocks by the abbreviation in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cities: dict[str, str]
    clocks: dict[str, str]
    page_clocks: dict[str, str]
    home_market: tuple[HomeMarket, ...]

    @model_validator(mode="after")
    def _zones_exist(self) -> Datelines:
        named = {*self.cities.values(), *self.clocks.values(), *self.page_clocks.values()}
        named.update(market.timezone for market in self.home_market)
        unknown = sorted(named - available_timezones())
        if unknown:
            raise ValueError(f"no such time zone: {', '.join(unknown)}")
        return self

    def home_timezone(self, opening: str) -> str | None:
        """The zone of the market that a story's first words name first."""
        first: tuple[int, str] | None = None
        for market in self.home_market:
            for cue in market.cues:
                if cue not in opening:
                    continue
                match = re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", opening)
                if match and (first is None or match.start() < first[0]):
                    first = (match.start(), market.timezone)
        return first[1] if first else None


@cache
def datelines() -> Datelines:
    resource = files("extractor.rules").joinpath("datelines.toml")
    try:
        return Datelines.model_validate(tomllib.loads(resource.read_text("utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"datelines.toml: {error}") from error
