"""A claim: one checkable statement, bound to its instrument, its day and its place in the text.

The vocabulary and the field meanings are those of the contract; `docs/schema/claim.schema.json` is
generated from this module.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from extractor.domain.article import Zone


class Kind(StrEnum):
    LEVEL = "level"
    MOVE = "move"
    RECORD = "record"
    RATE = "rate"
    INDICATOR = "indicator"
    AMOUNT = "amount"
    POLICY = "policy"
    LISTING = "listing"
    QUOTE = "quote"


class Modality(StrEnum):
    ASSERTED = "asserted"
    FORECAST = "forecast"
    CONDITIONAL = "conditional"
    NEGATED = "negated"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"

    @property
    def opposite(self) -> Direction:
        return Direction.DOWN if self is Direction.UP else Direction.UP


class Comparator(StrEnum):
    EQUAL = "="
    ABOUT = "~"
    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="


class Basis(StrEnum):
    """Which price of the day a figure speaks of."""

    CLOSE = "close"
    INTRADAY = "intraday"
    PREMARKET = "premarket"
    AFTERHOURS = "afterhours"


class SubjectType(StrEnum):
    EQUITY = "equity"
    ETF = "etf"
    INDEX = "index"
    YIELD = "yield"
    RATE = "rate"
    COMMODITY = "commodity"
    CURRENCY = "currency"
    CRYPTO = "crypto"
    INDICATOR = "indicator"
    POLICY = "policy"
    ORGANIZATION = "organization"


# Subjects that have a price: what one can hold, and what a bare level can be of.
PRICED = frozenset(
    {
        SubjectType.EQUITY,
        SubjectType.ETF,
        SubjectType.INDEX,
        SubjectType.YIELD,
        SubjectType.COMMODITY,
        SubjectType.CURRENCY,
        SubjectType.CRYPTO,
    }
)


class DateSource(StrEnum):
    EXPLICIT = "explicit"
    RELATIVE = "relative"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a claim is about. `id` is never a ticker alone: "equity:XNAS:NVDA", "index:RUT"."""

    id: str
    type: SubjectType
    name: str
    symbol: str | None = None
    mic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The day or window a claim speaks of, both ends included.

    For a move over a window, `start` is the session it is measured from and `end` the one it ends on.
    text: the words it was read from, None where it is implied.
    """

    start: date
    end: date
    text: str | None
    source: DateSource

    @property
    def is_day(self) -> bool:
        return self.start == self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement. `value` and `value_high` are unsigned: the sign is `direction`.

    decimals counts what was printed before scaling; `scale` is what a scale word multiplied by, so the
    unit of the last printed digit is ``scale * 10 ** -decimals``.
    """

    article_id: str
    article: str
    published: date | None
    kind: Kind
    modality: Modality
    speaker: str | None
    subject: Subject
    metric: str | None
    basis: Basis | None
    value: Decimal | None
    value_high: Decimal | None
    unit: str | None
    decimals: int | None
    scale: Decimal
    comparator: Comparator
    hedge: str | None
    direction: Direction | None
    date: Period | None
    start: int
    end: int
    quote: str
    sentence: str
    zone: Zone
    confidence: float
    rule: str

    @property
    def id(self) -> str:
        """Hash of article, kind, subject and span: the same on every run."""
        key = f"{self.article_id}|{self.kind}|{self.subject.id}|{self.start}|{self.end}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]
