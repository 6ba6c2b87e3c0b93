"""Loader of `tolerances.toml`: the percentages of the verdict rules, checked once and cached."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rounding(_Table):
    integers_from: int
    significant_digits: int
    exact_units: frozenset[str]
    small_multiples_below: int
    small_multiple_unit: Decimal


class About(_Table):
    level_percent: Decimal
    move_percentage_points: Decimal
    move_percent: Decimal
    basis_points: Decimal


class Above(_Table):
    absurd_move_times: Decimal
    absurd_level_percent: Decimal


class Nearly(_Table):
    percent: Decimal
    loose_times: Decimal
    multiple_percent: Decimal
    words: tuple[str, ...]


class ParYields(_Table):
    basis_points: Decimal
    sources: tuple[str, ...]
    subjects: tuple[str, ...]


class IndicatorChanges(_Table):
    adjusted_change_points: Decimal


class Intraday(_Table):
    level_percent: Decimal
    move_percentage_points: Decimal
    regular_session: tuple[str, ...]
    extreme_words: tuple[str, ...]


class Records(_Table):
    all_time_years: int
    missing_sessions_percent: Decimal
    span_slack_percent: Decimal
    about_span_percent: Decimal
    fifty_two_weeks_days: int


class Dates(_Table):
    just_last_week_days: tuple[int, int]
    just_last_week_words: tuple[str, ...]
    effective_within_days: int


class Qualitative(_Table):
    week_days: int


class Contracts(_Table):
    words: tuple[str, ...]


class Reading(_Table):
    sure: float


class Tolerances(_Table):
    """Everything in the file; `version` goes up when a number in it changes."""

    version: int
    rounding: Rounding
    source_decimals: dict[str, int]
    about: About
    above: Above
    nearly: Nearly
    par_yields: ParYields
    indicator: IndicatorChanges
    intraday: Intraday
    records: Records
    dates: Dates
    qualitative: Qualitative
    contracts: Contracts
    reading: Reading


@cache
def tolerances() -> Tolerances:
    """The tolerances that ship with the package."""
    text = files("extractor.rules").joinpath("tolerances.toml").read_text(encoding="utf-8")
    return Tolerances.model_validate(tomllib.loads(text))
