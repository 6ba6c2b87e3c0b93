"""Live price sources, and what each calls an instrument (price_symbols.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from extractor.domain.instruments import listed

_SYMBOL = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRule:
    """How a source's figure becomes the one that was published.

    times: what it is multiplied by. change: the published figure is the change on the period before.
    """

    unit: str
    times: Decimal = Decimal(1)
    change: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """What a source calls an instrument. currency: what its prices must be in, None where the source tells none."""

    instrument: str
    name: str
    currency: str | None = None
    print_rule: PrintRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRules:
    """One live source.

    name: on the command line. source: in a verdict. address: of its server. account: the variable that holds a token.
    settles_after: days after which a day that an answer lacks will not come any more.
    """

    name: str
    source: str
    address: str
    settles_after: int
    account: str | None = None
    csv_address: str | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    currency: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prints: Mapping[str, PrintRule] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    counterexamples: tuple[str, ...] = ()

    def symbol(self, instrument: str) -> Symbol | None:
        """None where the source has no such instrument, as far as the rules know."""
        if instrument in self.ids:
            return Symbol(
                instrument=instrument,
                name=self.ids[instrument],
                currency=self.currency.get(instrument, "USD"),
                print_rule=self.prints.get(instrument),
            )
        return self._listed(instrument)

    def made_of(self, instrument: str) -> tuple[str, ...]:
        """The ids whose series tell about an instrument: its own, or those of its parts."""
        return self.parts.get(instrument, (instrument,))

    def _listed(self, instrument: str) -> Symbol | None:
        parts = listed(instrument)
        if parts is None or parts.mic not in self.listed.get("markets", {}) or not _SYMBOL.fullmatch(parts.symbol):
            return None
        suffix, currency = self.listed["markets"][parts.mic]
        name = parts.symbol.replace(".", self.listed["joint"]) + suffix
        return Symbol(instrument=instrument, name=name, currency=currency)


@cache
def source_rules() -> Mapping[str, SourceRules]:
    """Every live source by its name."""
    text = files("extractor.rules").joinpath("price_symbols.toml").read_text(encoding="utf-8")
    return {name: _rules(name, table) for name, table in tomllib.loads(text).items()}


def _rules(name: str, table: dict[str, Any]) -> SourceRules:
    parts = {whole: tuple(ids) for whole, ids in table.pop("parts", {}).items()}
    prints = {
        indicator: PrintRule(**{**rule, "times": Decimal(rule.get("times", 1))})
        for indicator, rule in table.pop("prints", {}).items()
    }
    against = tuple(table.pop("counterexamples", {}).get("ids", ()))
    return SourceRules(name=name, parts=parts, prints=prints, counterexamples=against, **table)
