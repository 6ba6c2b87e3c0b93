"""Facts about each published statistic: what its figures are counted in, which report it comes from, how often."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extractor.domain.annotation import Quantity
from extractor.rules.instruments.load import table

_MONEY = re.compile(r"[A-Z]{3}")
_COUNTED = frozenset({"jobs", "claims", "count"})
_PRINTED = frozenset({"figure", "bid_ask"})
_FEWEST = 1000  # of a bare number that counts people or homes
# What else a figure of a series may be in, by the unit of the series. None: a bare number.
_ALSO: Mapping[str, frozenset[str]] = {
    "percent": frozenset({"percentage_points"}),
    "points": frozenset(),
    "jobs": frozenset({"persons"}),
    "claims": frozenset({"persons", "percent"}),
    "count": frozenset({"percent"}),
    "barrels": frozenset({"percent"}),
    "money": frozenset({"percent"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One statistic, whatever its country.

    unit: of its published figure; "money" where that is the country's own currency. also: further units it is told in.
    report: the release it comes in, shared by its sisters. every: "week", "month", "quarter".
    flow: the published figure is itself a change (jobs added, growth), so it has a direction.
    core: the key of the same series without food and energy. whole: of a core, the key with them; of a part, the whole.
    """

    key: str
    unit: str | None
    also: frozenset[str]
    report: str
    every: str = "month"
    flow: bool = False
    core: str | None = None
    whole: str | None = None


def series_of(identifier: str) -> Series:
    """The statistic an id ("indicator:US:CPI") names; one of no unit where the book does not know it."""
    key = identifier.rsplit(":", 1)[-1]
    return _all().get(key) or Series(key=key, unit=None, also=frozenset(), report=key)


def country_of(identifier: str) -> str:
    """The country of an id: "US" of "indicator:US:CPI"."""
    parts = identifier.split(":")
    return parts[1] if len(parts) > 2 else ""


def fits(identifier: str, quantity: Quantity) -> bool:
    """Whether a figure of this unit can be of this statistic."""
    series, unit = series_of(identifier), quantity.unit
    if unit is not None and (unit == series.unit or unit in series.also):
        return unit != "count" or quantity.value >= _FEWEST or series.key == "RIG_COUNT"
    if unit is not None and _MONEY.fullmatch(unit):
        return series.unit == "money" or "money" in series.also
    if unit in ("count", None):
        return _bare(series, quantity)
    return False


def counts_people(identifier: str) -> bool:
    """Whether its figures are numbers of jobs or of claims, told apart from any price by their size."""
    return identifier.startswith("indicator:") and series_of(identifier).unit in ("jobs", "claims")


def _bare(series: Series, quantity: Quantity) -> bool:
    """A number without a unit of its own: an index's points, or a count large enough to be one."""
    if quantity.form not in _PRINTED or series.unit is None:
        return False
    if series.unit == "points":
        return quantity.unit is None and quantity.scale == 1
    if series.unit == "barrels":
        return quantity.unit is None and quantity.scale > 1
    return series.unit in _COUNTED and quantity.value >= _FEWEST


@cache
def _all() -> Mapping[str, Series]:
    found = {}
    wholes = {entry["core"]: entry["key"] for entry in table("indicators")["indicator"] if "core" in entry}
    for entry in table("indicators")["indicator"]:
        unit = entry.get("unit")
        found[entry["key"]] = Series(
            key=entry["key"],
            unit=unit,
            also=_ALSO.get(unit or "", frozenset()) | frozenset(entry.get("also", ())),
            report=entry.get("report", entry["key"]),
            every=entry.get("every", "month"),
            flow=entry.get("flow", False),
            core=entry.get("core"),
            whole=entry.get("whole", wholes.get(entry["key"])),
        )
    return found
