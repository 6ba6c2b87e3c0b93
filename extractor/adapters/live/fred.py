"""FRED and ALFRED, the Federal Reserve Bank of St. Louis: yields, rates, statistics as last revised and as published.

With a key the API is asked, whose vintages say on which day each figure became known; without one, the file behind
FRED's own charts, which has the last revision only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from extractor import __version__
from extractor.adapters.download import Secrets
from extractor.adapters.live import answers
from extractor.adapters.live.answers import Answer, Request, UnusableError
from extractor.adapters.live.provider import Reading, Wanted, table_of
from extractor.adapters.live.rows import RawRow, check
from extractor.adapters.live.vintages import Known, prints_of
from extractor.domain.market import Rejection
from extractor.rules.price_symbols import SourceRules

_VINTAGES = "vintages"
_PERIOD = timedelta(days=31)
_LIMIT = 100_000  # rows of one answer
_EVER = {"realtime_start": "1776-07-04", "realtime_end": "9999-12-31"}
_NO_SERIES = ("does not exist", "not found")
_KEY = ("api_key", "api key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fred:
    """Fulfils `Provider`. secrets: the key, which FRED takes in the query only; None where there is no key."""

    rules: SourceRules
    secrets: Secrets | None = None

    @classmethod
    def with_key(cls, rules: SourceRules, key: str | None) -> Fred:
        return cls(rules=rules, secrets=Secrets(query={"api_key": key}) if key else None)

    def requests(self, wanted: Wanted) -> Sequence[Request]:
        if self.secrets is None:
            return [self._request(wanted, "csv", self._csv_address(wanted))]
        found = [self._request(wanted, "observations", self._api_address(wanted, {}))]
        if wanted.symbol.print_rule is not None:
            # The first change is one on the month before.
            earlier = replace(wanted, first_on=wanted.first_on - _PERIOD) if wanted.symbol.print_rule.change else wanted
            found.append(self._request(wanted, _VINTAGES, self._api_address(earlier, _EVER)))
        return found

    def read(self, wanted: Wanted, request: Request, answer: Answer) -> Reading:
        if request.sort == _VINTAGES:
            return _as_published(wanted, answer, self.rules.source)
        rows = _csv_rows(wanted, answer) if request.sort == "csv" else _latest(answer)
        told = [row for row in rows if row.values["close"] is not None]  # a day without a value is a holiday there
        kind = wanted.symbol.instrument.partition(":")[0]
        checked = check(told, kind=kind, series=wanted.symbol.name, address=answer.address, days=wanted.days)
        vintage = "latest" if kind == "indicator" else None
        return Reading(
            table=table_of(wanted, self.rules, answer, checked, vintage=vintage), rejections=checked.rejections
        )

    def _request(self, wanted: Wanted, sort: str, address: str) -> Request:
        return Request(
            source=self.rules.name,
            symbol=wanted.symbol.name,
            sort=sort,
            address=address,
            first_on=wanted.first_on,
            last_on=wanted.last_on,
            reach_on=wanted.last_on,
            agent=f"tapecheck/{__version__}",
            secrets=self.secrets or Secrets(),
        )

    def _api_address(self, wanted: Wanted, realtime: dict[str, str]) -> str:
        query = {
            "series_id": wanted.symbol.name,
            "file_type": "json",
            "observation_start": wanted.first_on,
            "observation_end": wanted.last_on,
            **realtime,
        }
        return f"{self.rules.address}/fred/series/observations?{urlencode(query)}"

    def _csv_address(self, wanted: Wanted) -> str:
        query = {"id": wanted.symbol.name, "cosd": wanted.first_on, "coed": wanted.last_on}
        return f"{self.rules.csv_address or self.rules.address}/graph/fredgraph.csv?{urlencode(query)}"


def _csv_rows(wanted: Wanted, answer: Answer) -> list[RawRow]:
    """`observation_date,DGS10`, or `DATE,DGS10` as it was until 2024."""
    if answer.status == 404:
        raise answers.no_series(f"has no series {wanted.symbol.name}")
    if answer.status != 200:
        raise UnusableError(f"answered {answer.status}")
    name = wanted.symbol.name
    body = answers.csv_of(answer, ("observation_date", name), ("DATE", name))
    return [_row(line, day, cell) for line, (day, cell) in enumerate(body, 2)]


def _latest(answer: Answer) -> list[RawRow]:
    return [
        _row(place, str(one.get("date")), str(one.get("value"))) for place, one in enumerate(_observations(answer), 1)
    ]


def _row(number: int, day: str, cell: str) -> RawRow:
    return RawRow(number=number, session=_day(day), values={"close": answers.decimal(cell)})


def _as_published(wanted: Wanted, answer: Answer, source: str) -> Reading:
    """Each figure with the days over which it was the one that was known."""
    rule = wanted.symbol.print_rule
    assert rule is not None, "vintages are asked for only where there is a rule"
    known: list[Known] = []
    rejections: list[Rejection] = []
    for place, one in enumerate(_observations(answer), 1):
        value = answers.decimal(str(one.get("value")))
        if value is None:
            continue
        if value.is_nan():
            reason = f"{one.get('date')}: {answers.said(one.get('value'))!r} is not a number"
            rejections.append(Rejection(file=answer.address, row=place, series=wanted.symbol.name, reason=reason))
            continue
        from_on, to_on = _day(one.get("realtime_start")), _day(one.get("realtime_end"))
        known.append(Known(reference=_day(one.get("date")), value=value, from_on=from_on, to_on=to_on))
    prints = prints_of(known, wanted.symbol.instrument, rule, source=source, snapshot=answer.snapshot)
    return Reading(prints=prints, rejections=tuple(rejections))


def _observations(answer: Answer) -> list[dict[str, object]]:
    """Errors come as {"error_code": 400, "error_message": "Bad Request.  The series does not exist."}."""
    body = answers.mapping(answers.json_of(answer), "a JSON object")
    message = answers.said(body.get("error_message", ""))
    if message or answer.status != 200:
        words = message.casefold()
        if any(word in words for word in _KEY) or answer.status in (401, 403):
            raise answers.refused(message or f"answered {answer.status}")
        if any(word in words for word in _NO_SERIES):
            raise answers.no_series(message)
        raise UnusableError(message or f"answered {answer.status}")
    rows = answers.sequence(body.get("observations"), "observations")
    count = body.get("count", len(rows))
    if count != len(rows):
        more = f"; ask for less than {_LIMIT:,} rows with --from" if len(rows) >= _LIMIT else ""
        raise UnusableError(f"{len(rows):,} of {count} observations{more}")
    return [dict(answers.mapping(row, "an observation")) for row in rows]


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise UnusableError(f"{answers.said(text)!r} is no day") from None
