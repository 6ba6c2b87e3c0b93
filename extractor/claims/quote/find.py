"""Claims from the rows of quotes tables: the price of each, and its change as moves of the same instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from extractor.domain.annotation import Quantity, QuoteRow
from extractor.domain.article import Article
from extractor.domain.claim import (
    Claim,
    Comparator,
    DateSource,
    Kind,
    Modality,
    Period,
    Subject,
    SubjectType,
)

_QUOTED = frozenset(
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
_BY_SYMBOL = 0.97
_BY_NAME = 0.9
_LONDON = "XLON"  # where shares cost pence
_NO_SHARE_COSTS = 2000
# Names that are built rather than listed. A yield without a country is the Treasury's.
_US_YIELD = re.compile(
    r"(?:(?:US|U\.S\.)[ ]?)?(?P<years>2|3|5|7|10|20|30)[ -]?(?:Y|yr|year)"
    r"(?:[ ](?:Treasury|T-note|T-bond|note|bond))?(?:[ ]yield)?",
    re.IGNORECASE,
)
_CODES = "USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|CNY|INR|MXN|SEK|NOK|HKD|SGD|KRW|BRL|ZAR"
_PAIR = re.compile(rf"(?P<base>{_CODES})/(?P<quote>{_CODES})")


class Book(Protocol):
    """What a row asks of the instrument book."""

    @property
    def codes(self) -> Mapping[str, str]: ...
    def listed(self, symbol: str, *, mic: str | None = None, on: date | None = None) -> tuple[str, ...]: ...
    def named(self, name: str) -> tuple[str, ...]: ...
    def listing_id(self, mic: str, symbol: str, name: str | None = None) -> str: ...
    def subject(self, instrument: str, *, on: date | None = None, name: str | None = None) -> Subject: ...
    def unit_of(self, instrument: str) -> str | None: ...


def find(rows: Sequence[QuoteRow], article: Article, book: Book) -> Iterator[Claim]:
    """Claims of every row whose instrument the book knows; a symbol nobody knows gives none.

    Each row gives its price and, as moves of the same instrument, its change and its percent.
    """
    for row in rows:
        identifier = _instrument(row, article.published_on, book)
        if identifier is None:
            continue
        subject = book.subject(identifier, on=article.published_on, name=row.name if row.price.unit == "GBP" else None)
        if subject.type not in _QUOTED:
            continue
        unit = row.price.unit or book.unit_of(identifier)
        confidence = _BY_SYMBOL if row.symbol else _BY_NAME
        yield _claim(row, row.price, article, subject, Kind.QUOTE, "last", unit, "quote.last", confidence)
        if row.change is not None:
            of_change = _change_unit(subject, unit)
            yield _claim(row, row.change, article, subject, Kind.MOVE, "change", of_change, "quote.change", confidence)
        if row.percent is not None:
            yield _claim(
                row, row.percent, article, subject, Kind.MOVE, "change", "percent", "quote.percent", confidence
            )


def _instrument(row: QuoteRow, on: date | None, book: Book) -> str | None:
    """The id a row's symbol, or else its name, stands for on the article's day."""
    if row.symbol is not None and row.price.unit == "GBP":
        listed = tuple(
            found for code in (row.symbol, row.symbol.rstrip(".")) for found in book.listed(code, mic=_LONDON, on=on)
        )
        # A code in brackets with a price in pence is London's, whether the book has it or not.
        return listed[0] if listed else book.listing_id(_LONDON, row.symbol.rstrip("."), row.name)
    if row.name is not None and (named := book.named(row.name)) and named[0].startswith("index:"):
        return named[0]  # its code may be some share's too
    if row.symbol is not None:
        listed = book.listed(row.symbol, on=on) or _only(book.listed(row.symbol))
        other = tuple(filter(None, (book.codes.get(row.symbol),))) or book.named(row.symbol)
        if listed and other and other[0] not in listed:
            # DOW and GOLD are shares too; what a share never costs tells them apart.
            return other[0] if row.price.unit is None and row.price.value >= _NO_SHARE_COSTS else listed[0]
        if listed or other:
            return (listed or other)[0]
    name = row.name or row.symbol or ""
    if row.name is not None and (named := book.named(row.name)):
        return named[0]
    if match := _US_YIELD.fullmatch(name):
        return f"yield:US{match.group('years')}Y"
    if match := _PAIR.fullmatch(name):
        return f"currency:{match.group('base')}{match.group('quote')}"
    return None


def _only(found: tuple[str, ...]) -> tuple[str, ...]:
    return found if len(found) == 1 else ()


def _change_unit(subject: Subject, unit: str | None) -> str | None:
    """A change is in what the price is in; of a percentage, it is percentage points."""
    return "percentage_points" if subject.type is SubjectType.YIELD else unit


def _claim(
    row: QuoteRow,
    figure: Quantity,
    article: Article,
    subject: Subject,
    kind: Kind,
    metric: str,
    unit: str | None,
    rule: str,
    confidence: float,
) -> Claim:
    day = article.published_on
    return Claim(
        article_id=article.id,
        article=article.name,
        published=day,
        kind=kind,
        modality=Modality.ASSERTED,
        speaker=None,
        subject=subject,
        metric=metric,
        basis=None,
        value=figure.value,
        value_high=None,
        unit=unit,
        decimals=figure.decimals,
        scale=Decimal(1),
        comparator=Comparator.EQUAL,
        hedge=None,
        direction=figure.sign if kind is Kind.MOVE else None,
        date=Period(start=day, end=day, text=None, source=DateSource.IMPLIED) if day else None,
        start=figure.start,
        end=figure.end,
        quote=article.text[figure.start : figure.end],
        sentence=row.text,
        zone=article.zone_at(figure.start),
        confidence=confidence,
        rule=rule,
    )
