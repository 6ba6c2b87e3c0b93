"""What a price folder says of itself in its `prices.toml`: which table holds which series, and how it was made.

The models refuse keys they do not know, so that a misspelt `adjustment` is an error and not a default.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from extractor.domain.errors import PriceDataError
from extractor.domain.market import BAR_FIELDS, Adjustment

MANIFEST = "prices.toml"
HINT = "see docs/prices.md for the form"

# Names of exchanges as price files print them; a table's own `exchanges` come first.
EXCHANGES = {
    "NASDAQ": "XNAS",
    "NYSE": "XNYS",
    "AMEX": "XASE",
    "NYSE AMERICAN": "XASE",
    "NYSE MKT": "XASE",
    "NYSE ARCA": "ARCX",
    "NYSEARCA": "ARCX",
    "ARCA": "ARCX",
    "BATS": "BATS",
    "CBOE": "BATS",
}

_TEMPLATE = re.compile(r"(?:equity|etf):\{(?:mic|listing)\}:\{series\}")


def _as_date(value: Any) -> Any:
    """TOML has dates of its own, but people quote them."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


Day = Annotated[dt.date, BeforeValidator(_as_date)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the table must have."""
        raise NotImplementedError


class PriceTable(_Table):
    """One `[[file]]`: a table of prices, long (a row per series and session) or wide (a column per series)."""

    layout: Literal["long", "wide"]
    date: str = "date"
    series: str | None = None
    fields: dict[str, str] = Field(default_factory=lambda: {"close": "close"})
    id: str | None = None
    ids: dict[str, str] = Field(default_factory=dict)
    exchange: str | None = None
    exchanges: dict[str, str] = Field(default_factory=dict)
    source: str | None = None
    source_column: str | None = None
    adjustment: Adjustment
    missing_sessions: frozenset[Day] = frozenset()
    complete_since: Day | dict[str, Day] | None = None
    vintage: str | None = None
    retrieved_at: dt.datetime | None = None
    primary: bool | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        unknown = sorted(set(self.fields) - set(BAR_FIELDS))
        if unknown:
            raise ValueError(f"unknown field {unknown[0]!r} in fields: use {', '.join(BAR_FIELDS)}")
        if "close" not in self.fields:
            raise ValueError("fields must name the column of the close")
        if self.layout == "long":
            self._check_long()
        elif not self.ids:
            raise ValueError("layout wide needs ids: the instrument of each column")
        if not self.source and not self.source_column:
            raise ValueError("source is missing: say where the prices come from, or name a source_column")
        return self

    def _check_long(self) -> None:
        if self.series is None:
            raise ValueError("layout long needs series: the column that names a row's series")
        if self.id is None and not self.ids:
            raise ValueError("layout long needs an id template, or ids for each series")
        if self.id is None:
            return
        if not _TEMPLATE.fullmatch(self.id):
            raise ValueError(f'id {self.id!r} must be "equity:{{mic}}:{{series}}" or "equity:{{listing}}:{{series}}"')
        if "{mic}" in self.id and self.exchange is None:
            raise ValueError("an id with {mic} needs exchange: the column that names a row's exchange")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the table must have."""
        if self.layout == "wide":
            return (self.date, *self.ids)
        named = (self.date, self.series, self.exchange, self.source_column, *self.fields.values())
        return tuple(dict.fromkeys(name for name in named if name))

    def mic(self, exchange: str) -> str | None:
        """The ISO 10383 code of an exchange as the table prints it; None where nobody told."""
        found = self.exchanges.get(exchange) or EXCHANGES.get(exchange.upper())
        if found is None and exchange in EXCHANGES.values():
            return exchange
        return found

    def complete(self, series: str) -> dt.date | None:
        """From when on records of a series can be judged, where the manifest says so."""
        if isinstance(self.complete_since, dict):
            return self.complete_since.get(series)
        return self.complete_since


class VintageTable(_Table):
    """One `[[vintages]]`: releases of economic statistics, each with the day it came out."""

    retrieved_at: dt.datetime | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return ("indicator", "reference", "value", "unit", "released_on", "source")


class SplitTable(_Table):
    """One `[[splits]]`: new shares for one old, from an ex-date on."""

    complete_since: Day | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return ("ex_date", "instrument", "ratio")


class DecisionTable(_Table):
    """One `[[decisions]]`: decisions of central banks on their policy rates."""

    @property
    def columns(self) -> tuple[str, ...]:
        return ("rate", "decided_on", "effective_on", "low", "high", "source")


class PriceManifest(BaseModel):
    """The whole of a `prices.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: list[PriceTable] = Field(default_factory=list)
    vintages: list[VintageTable] = Field(default_factory=list)
    splits: list[SplitTable] = Field(default_factory=list)
    decisions: list[DecisionTable] = Field(default_factory=list)


def load_manifest(folder: Path) -> PriceManifest:
    """Reads a folder's manifest. Raises PriceDataError in one line that names the file and what to mend."""
    if not folder.is_dir():
        what = "is a file, not a folder of prices" if folder.exists() else "no such price folder"
        raise PriceDataError(f"{folder}: {what}; give a folder with a {MANIFEST} in it")
    path = folder / MANIFEST
    if not path.is_file():
        raise PriceDataError(f"{folder}: has no {MANIFEST}, which says what each table holds; {HINT}")
    try:
        return PriceManifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PriceDataError(f"{path}: not TOML: {error}") from error
    except OSError as error:
        raise PriceDataError(f"{path}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise PriceDataError(f"{path}: {_in_words(error)}; {HINT}") from error


def _in_words(error: ValidationError) -> str:
    """The first fault, with the place it stands at: "file 2 (rates.csv): layout: Input should be ..."."""
    first = error.errors(include_url=False)[0]
    table, *rest = first["loc"] or ("manifest",)
    place = str(table)
    if rest and isinstance(rest[0], int):
        place = f"[[{table}]] number {rest[0] + 1}"
        rest = rest[1:]
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = "unknown key"
    if first["type"] == "missing":
        message = "is missing"
    return ": ".join([place, *(str(part) for part in rest), message])
