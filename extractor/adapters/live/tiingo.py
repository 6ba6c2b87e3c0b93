"""Tiingo's end-of-day prices: raw as quoted, with the ratio of a split on its ex-date in `splitFactor`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from extractor import __version__
from extractor.adapters.download import Secrets
from extractor.adapters.live import answers
from extractor.adapters.live.answers import Answer, Request, UnusableError
from extractor.adapters.live.provider import Reading, Wanted, table_of
from extractor.adapters.live.rows import FIELDS, RawRow, check
from extractor.domain.market import Split
from extractor.rules.price_symbols import SourceRules

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiingo:
    """Fulfils `Provider`. secrets: the token, which goes into a header."""

    rules: SourceRules
    secrets: Secrets

    @classmethod
    def with_token(cls, rules: SourceRules, token: str) -> Tiingo:
        return cls(rules=rules, secrets=Secrets(headers={"Authorization": f"Token {token}"}))

    def requests(self, wanted: Wanted) -> Sequence[Request]:
        name = wanted.symbol.name
        return [
            Request(
                source=self.rules.name,
                symbol=name,
                sort="prices",
                address=f"{self.rules.address}/tiingo/daily/{quote(name, safe='')}/prices"
                f"?startDate={wanted.first_on}&endDate={wanted.last_on}&format=json",
                first_on=wanted.first_on,
                last_on=wanted.last_on,
                reach_on=wanted.last_on,
                agent=f"tapecheck/{__version__}",
                secrets=self.secrets,
            )
        ]

    def read(self, wanted: Wanted, request: Request, answer: Answer) -> Reading:
        records = _records(answer)
        rows = [_row(place, record) for place, record in enumerate(records, 1)]
        splits = tuple(
            Split(ex_on=row.session, instrument=wanted.symbol.instrument, ratio=ratio)
            for row, record in zip(rows, records, strict=True)
            if (ratio := _ratio(record)) != _ONE
        )
        kind = wanted.symbol.instrument.partition(":")[0]
        checked = check(rows, kind=kind, series=wanted.symbol.name, address=answer.address, days=wanted.days)
        table = table_of(wanted, self.rules, answer, checked)
        return Reading(table=table, splits=splits, rejections=checked.rejections)


def _records(answer: Answer) -> list[Mapping[str, Any]]:
    """The list of rows. Errors come as {"detail": "..."}, at times with status 200."""
    answers.json_of(answer)  # says what it is where it is no JSON
    body = json.loads(answer.content, parse_float=Decimal)  # it sends prices as they were quoted: no float in between
    if isinstance(body, dict):
        detail = answers.said(body.get("detail") or body)
        if answer.status in (401, 403) or any(word in detail.casefold() for word in ("token", "allocation")):
            raise answers.refused(detail)
        if answer.status == 404 or "not found" in detail.casefold():
            raise answers.no_series(detail)
        raise UnusableError(detail)
    if answer.status != 200:
        raise UnusableError(f"answered {answer.status} without a reason")
    return [answers.mapping(record, "a row") for record in answers.sequence(body, "a list of rows")]


def _row(place: int, record: Mapping[str, Any]) -> RawRow:
    return RawRow(
        number=place,
        session=_day(record),
        values={name: _number(record.get(name)) for name in FIELDS if name in record},
    )


def _day(record: Mapping[str, Any]) -> date:
    """ "2025-12-04T00:00:00.000Z": the session, not a moment."""
    try:
        return date.fromisoformat(str(record.get("date"))[:10])
    except ValueError:
        raise UnusableError(f"{answers.said(record.get('date'))} is no day") from None


def _number(value: Any) -> Decimal | None:
    if isinstance(value, Decimal):
        return answers.bounded(value)
    return answers.number(value)


def _ratio(record: Mapping[str, Any]) -> Decimal:
    ratio = _number(record.get("splitFactor", 1))
    if ratio is None or ratio.is_nan() or ratio <= 0:
        raise UnusableError(f"a split of {answers.said(record.get('splitFactor'))} on {record.get('date')}")
    return _ONE if ratio == _ONE else ratio.normalize() + 0
