"""Units, scale words, currencies, hedges and number words: `quantities.toml`, checked and cached."""

from __future__ import annotations

import functools
import tomllib
from decimal import Decimal
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractor.domain.claim import Comparator


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(_Table):
    """A sentence, the exact text of one figure in it, and the fields that figure must have (None: not said)."""

    text: str
    quote: str
    value: str | None = None
    high: str | None = None
    unit: str | None = None
    decimals: int | None = None
    scale: str | None = None
    comparator: Comparator | None = None
    hedge: str | None = None
    per: str | None = None
    form: str | None = None

    @model_validator(mode="after")
    def _quote_stands_in_text(self) -> Example:
        if self.quote not in self.text:
            raise ValueError(f"{self.quote!r} is not in {self.text!r}")
        return self


class _Proven(_Table):
    """A rule with its proof. A counterexample is a sentence without any figure."""

    examples: tuple[Example, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Scale(_Proven):
    """words: spelled out; suffixes: "bn"; short: one letter, too weak to stand without a currency or a noun."""

    factor: Decimal
    words: tuple[str, ...]
    suffixes: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


class Unit(_Proven):
    """forms: words; symbols and `glued`: directly after the number; spun: only in machine-rewritten text."""

    unit: str
    forms: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    glued: tuple[str, ...] = ()
    spun: tuple[str, ...] = ()


class Noun(_Proven):
    """A thing counted. `singular` counts after "one" and, where `hyphened`, as in "six-year"; time: a span of time.

    per: the denominator inside the noun itself ("bpd").
    """

    unit: str
    plural: tuple[str, ...]
    singular: tuple[str, ...] = ()
    hyphened: bool = False
    time: bool = False
    per: str | None = None


class Currency(_Proven):
    """ISO 4217 code with its spellings; `minor` is a hundredth ("cents"); `large_words` count from 1,000 up."""

    code: str = Field(pattern=r"^[A-Z]{3}$")
    prefixes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    large_words: tuple[str, ...] = ()
    minor: tuple[str, ...] = ()
    minor_glued: tuple[str, ...] = ()


class Hedge(_Proven):
    """What a softener beside a figure means. The flags are explained where the tables stand."""

    comparator: Comparator
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    mark: bool = False
    during: bool = False
    level: bool = False


class Words(_Proven):
    marks: tuple[str, ...]
    mark_adjectives: tuple[str, ...]
    modifiers: tuple[str, ...]
    elliptic: tuple[str, ...]
    per: tuple[str, ...]
    per_adjectives: tuple[str, ...]
    range_cues: tuple[str, ...]
    range_openers: tuple[str, ...]
    movements: tuple[str, ...]
    multiple_after: tuple[str, ...]
    labels: tuple[str, ...]
    ignored_nouns: tuple[str, ...]
    rate_talk: tuple[str, ...]


class Numbers(_Proven):
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    streaks: tuple[str, ...]
    multiples: dict[str, Decimal]
    multiple_not_before: tuple[str, ...]


class QuantityRules(_Table):
    scale: tuple[Scale, ...]
    unit: tuple[Unit, ...]
    noun: tuple[Noun, ...]
    currency: tuple[Currency, ...]
    hedge: tuple[Hedge, ...]
    words: Words
    numbers: Numbers

    def proven(self) -> tuple[_Proven, ...]:
        """Every table that carries examples."""
        return (*self.scale, *self.unit, *self.noun, *self.currency, *self.hedge, self.words, self.numbers)


@functools.cache
def load() -> QuantityRules:
    """The rules that ship with the package. Raises pydantic's ValidationError on a bad table."""
    text = files("extractor.rules").joinpath("quantities.toml").read_text("utf-8")
    return QuantityRules.model_validate(tomllib.loads(text))
