"""Dates as data: the vocabulary and the patterns of `periods.toml`.

`tests/unit/annotate/test_period_rules.py` runs every example and counterexample.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from extractor.domain.annotation import DateForm
from extractor.domain.errors import RulesError

FILE = "periods.toml"

Words = tuple[str, ...]


def _numbered(value: object) -> object:
    """TOML writes every key as text; months and weekdays are keyed by number."""
    return {int(key): words for key, words in value.items()} if isinstance(value, dict) else value


Numbered = Annotated[dict[int, Words], BeforeValidator(_numbered)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Lists(_Model):
    ambiguous_months: Words
    capital_only_months: Words
    month_leads: Words
    counted_not_days: Words
    counted_not_years: Words
    date_words: Words
    commodities: Words
    commodity_grades: Words
    commodity_statistics: Words
    printed_statistics: Words
    superlatives: Words


class Rule(_Model):
    """A pattern and what it says of a date; what its slots catch is added to that.

    examples mark the date in [square brackets]; counterexamples hold no date at all.
    """

    id: str
    form: DateForm
    pattern: str
    unit: str | None = None
    anchor: str | None = None
    part: str | None = None
    number: int | None = None
    month: int | None = None
    day: int | None = None
    opens: bool = False
    examples: Words = Field(min_length=1)
    counterexamples: Words = ()


class NotDate(_Model):
    """What looks like a date and is none: a contract month, a name. Its counterexamples mark the dates that remain."""

    id: str
    pattern: str
    examples: Words = Field(min_length=1)
    counterexamples: Words = ()


class Column(_Model):
    """Labels of a table's column, and the window its figures are of; without a unit they are the day's own."""

    labels: Words = Field(min_length=1)
    unit: str | None = None
    number: int | None = None
    anchor: str | None = None


class PeriodRules(_Model):
    months: Numbered
    words: Lists
    weekdays: Numbered
    seasons: Numbered
    units: dict[str, Words]
    numbers: Numbered
    ordinals: Numbered
    anchors: dict[str, Words]
    parts: dict[str, Words]
    clock_zones: dict[str, Words]
    column: tuple[Column, ...]
    rule: tuple[Rule, ...]
    not_date: tuple[NotDate, ...]


@cache
def load() -> PeriodRules:
    """The rules that ship. Raises RulesError where the file does not say what is needed."""
    text = resources.files("extractor.rules").joinpath(FILE).read_text(encoding="utf-8")
    try:
        return PeriodRules.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RulesError(f"{FILE}: {error}") from error
