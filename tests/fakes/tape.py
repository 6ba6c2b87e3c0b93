"""A small tape and statements about it, for the checks: invented rows, real rules and real calendars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from extractor.adapters.calendars import TradingCalendars
from extractor.domain.article import Zone
from extractor.domain.claim import (
    Claim,
    Comparator,
    DateSource,
    Direction,
    Kind,
    Modality,
    Period,
    Subject,
    SubjectType,
)
from extractor.domain.market import ListingRecord
from extractor.domain.ports import Listings
from extractor.verify.market import TapeMarket
from tests.fakes.prices import MemoryPrices, table

TYPES = {
    "index": SubjectType.INDEX,
    "equity": SubjectType.EQUITY,
    "etf": SubjectType.ETF,
    "yield": SubjectType.YIELD,
    "rate": SubjectType.RATE,
    "commodity": SubjectType.COMMODITY,
    "currency": SubjectType.CURRENCY,
    "crypto": SubjectType.CRYPTO,
    "indicator": SubjectType.INDICATOR,
    "policy": SubjectType.POLICY,
    "organization": SubjectType.ORGANIZATION,
}


def tape(
    rows: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    as_of: str | None = None,
    listings: Listings | None = None,
    info: Mapping[str, Any] | None = None,
    **sources: Any,
) -> TapeMarket:
    """A market from {instrument: {"2025-12-04": "2531.16"}}. `sources`: what `MemoryPrices` takes besides."""
    tables = [table(instrument, days, **(info or {})) for instrument, days in (rows or {}).items()]
    memory = MemoryPrices(tables=[*tables, *sources.pop("tables", ())], **sources)
    known = date.fromisoformat(as_of) if as_of else None
    return TapeMarket([memory], TradingCalendars(), as_of=known, listings=listings)


def subject(instrument: str, name: str | None = None) -> Subject:
    parts = instrument.split(":")
    listed = parts[0] in ("equity", "etf") and len(parts) == 3
    return Subject(
        id=instrument,
        type=TYPES[parts[0]],
        name=name or parts[-1],
        symbol=parts[2] if listed else None,
        mic=parts[1] if listed else None,
    )


def period(text: str, source: str = "explicit", words: str | None = None) -> Period:
    """A day ("2025-12-04") or a window ("2025-12-01..2025-12-05")."""
    start, _, end = text.partition("..")
    return Period(
        start=date.fromisoformat(start), end=date.fromisoformat(end or start), text=words, source=DateSource(source)
    )


def statement(kind: str, about: str, value: str | None = None, on: str | Period | None = None, **changes: Any) -> Claim:
    """A claim with the fields that matter to a check. `value` is printed as it stands here, comma-free.

    on: a day or a window, named outright unless `source=` says otherwise. published: the day, a string.
    """
    source = changes.pop("source", "explicit")
    words = changes.pop("words", None)
    day = on if isinstance(on, Period) else period(on, source, words) if on else None
    published = changes.pop("published", None)
    direction = changes.pop("direction", None)
    comparator = changes.pop("comparator", "=")
    number = Decimal(value) if value is not None else None
    high = changes.pop("value_high", None)
    scale = Decimal(changes.pop("scale", 1))
    quote = changes.pop("quote", value or "surging")
    start = changes.pop("start", 10)
    decimals = max(0, -int(number.as_tuple().exponent)) if number is not None else None
    claim = Claim(
        article_id="article",
        article="wrap.txt",
        published=date.fromisoformat(published) if published else None,
        kind=Kind(kind),
        modality=Modality(changes.pop("modality", "asserted")),
        speaker=None,
        subject=subject(about),
        metric=None,
        basis=None,
        value=number * scale if number is not None else None,
        value_high=Decimal(high) * scale if high is not None else None,
        unit=changes.pop("unit", "points" if about.startswith("index") else "USD"),
        decimals=decimals,
        scale=scale,
        comparator=Comparator(comparator),
        hedge=None,
        direction=Direction(direction) if direction else None,
        date=day,
        start=start,
        end=start + len(quote),
        quote=quote,
        sentence=changes.pop("sentence", f"It was {quote}."),
        zone=Zone(changes.pop("zone", "body")),
        confidence=0.9,
        rule="test",
    )
    return replace(claim, **changes)


class FewListings:
    """Fulfils `Listings` with the records it is given."""

    def __init__(self, *records: ListingRecord) -> None:
        self.records = records

    def find(self, symbol: str, *, on: date) -> list[ListingRecord]:
        return [
            one
            for one in self.records
            if one.symbol == symbol
            and (one.first_on is None or one.first_on <= on)
            and (one.last_on is None or on <= one.last_on)
        ]

    def by_name(self, name: str, *, on: date) -> list[ListingRecord]:
        return [one for one in self.records if one.name == name]
