"""Gold lines and claims for tests, with plain defaults."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

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
from extractor.evaluate.gold import GoldLine, parse_line, placed

TEXT = "The S&P 500 rose 0.4% to 6,886.68 on Wednesday."


def gold(quote: str = "0.4%", text: str = TEXT, **changes: Any) -> GoldLine:
    """A line on `text`, which is also its context, standing at its own place."""
    record: dict[str, Any] = {
        "gid": f"t#{quote}",
        "article": "t.txt",
        "kind": "move",
        "modality": "asserted",
        "subject": {"id": "index:SPX", "type": "index", "name": "S&P 500"},
        "metric": "change",
        "value": "0.4",
        "value_high": None,
        "unit": "percent",
        "direction": "up",
        "comparator": "=",
        "date": {"start": "2025-12-10", "end": "2025-12-10", "source": "relative"},
        "quote": quote,
        "quote_at": text.index(quote),
        "context": text,
        "zone": "body",
        "rating": ["supported"],
    } | changes
    return placed([parse_line(record)], text)[0]


def claim(quote: str = "0.4%", text: str = TEXT, **changes: Any) -> Claim:
    start = text.index(quote)
    fields: dict[str, Any] = {
        "article_id": "0" * 16,
        "article": "t.txt",
        "published": date(2025, 12, 10),
        "kind": Kind.MOVE,
        "modality": Modality.ASSERTED,
        "speaker": None,
        "subject": Subject(id="index:SPX", type=SubjectType.INDEX, name="S&P 500"),
        "metric": "change",
        "basis": None,
        "value": Decimal("0.4"),
        "value_high": None,
        "unit": "percent",
        "decimals": 1,
        "scale": Decimal(1),
        "comparator": Comparator.EQUAL,
        "hedge": None,
        "direction": Direction.UP,
        "date": day(2025, 12, 10),
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "sentence": text,
        "zone": Zone.BODY,
        "confidence": 0.9,
        "rule": "move.test",
    } | changes
    return Claim(**fields)


def day(year: int, month: int, number: int) -> Period:
    on = date(year, month, number)
    return Period(start=on, end=on, text=None, source=DateSource.IMPLIED)


def subject(subject_id: str) -> Subject:
    return Subject(id=subject_id, type=SubjectType(subject_id.split(":", maxsplit=1)[0]), name=subject_id)
