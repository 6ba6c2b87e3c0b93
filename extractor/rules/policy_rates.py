"""Loader of `policy_rates.toml`: decisions of central banks, meeting by meeting, that ship with the package."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from extractor.domain.market import RateDecision


class _Rate(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    source: str
    read_on: date
    decisions: tuple[tuple[date, date, Decimal, Decimal], ...]


@cache
def shipped_decisions(rate: str) -> tuple[RateDecision, ...]:
    """Every meeting's decision on a policy rate, oldest first; empty for a rate that no table covers."""
    return tuple(
        RateDecision(rate=rate, decided_on=decided, effective_on=effective, low=low, high=high, source=table.source)
        for table in _tables()
        if table.id == rate
        for decided, effective, low, high in table.decisions
    )


@cache
def read_on(rate: str) -> date | None:
    """The day up to which a rate's table is complete."""
    return next((table.read_on for table in _tables() if table.id == rate), None)


@cache
def _tables() -> tuple[_Rate, ...]:
    text = files("extractor.rules").joinpath("policy_rates.toml").read_text(encoding="utf-8")
    return tuple(_Rate.model_validate(table) for table in tomllib.loads(text)["rate"])
