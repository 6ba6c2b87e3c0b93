"""An instrument as the book knows it, and a name it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extractor.domain.claim import SubjectType


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What an id stands for.

    unit: what its price is quoted in: "points", "percent" or an ISO 4217 code; None where it has none.
    first_on, last_on: the days this id was valid (a symbol on an exchange), None for open.
    former: other companies that had the symbol before, with the last day of each.
    policy_rate: of a central bank, the id of the rate it sets. source: the file that named it.
    """

    id: str
    type: SubjectType
    name: str
    symbol: str | None = None
    mic: str | None = None
    unit: str | None = None
    country: str | None = None
    first_on: date | None = None
    last_on: date | None = None
    policy_rate: str | None = None
    source: str = "shipped"
    former: tuple[tuple[str, date], ...] = ()

    def name_on(self, on: date | None) -> str:
        """The name of the company that had the symbol on a day."""
        return next(
            (name for name, last in sorted(self.former, key=lambda each: each[1]) if on and on <= last), self.name
        )

    def valid(self, on: date | None) -> bool:
        if on is None:
            return True
        return (self.first_on is None or self.first_on <= on) and (self.last_on is None or on <= self.last_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name as printed, and what it may stand for, best first.

    words: its tokens as written; a capital asks for a capital.
    common: also an everyday word, so it needs support beside it or elsewhere in the article.
    short: not the whole of the company's name, so a legal form after it makes another ("Delta", "Delta Corp").
    noun: how far it may be trusted ("city": only as the subject of a market move; "economy": only of growth;
    "contract": an everyday noun that is a commodity only as traded).
    currency: the ISO code it speaks of ("JPY" for "the yen"), which decides whether a pair's direction is turned round.
    not_before, not_after: following and preceding words (case-folded) that make it something else.
    """

    words: tuple[str, ...]
    ids: tuple[str, ...]
    type: SubjectType
    common: bool = False
    short: bool = False
    noun: str | None = None
    currency: str | None = None
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericNoun:
    """A noun that points back to an instrument named before: "the index", "the chipmaker".

    noun: what it can point back to. ids: a hint where the words leave one instrument ("the iPhone maker").
    """

    phrase: str
    noun: str
    ids: tuple[str, ...] = ()
