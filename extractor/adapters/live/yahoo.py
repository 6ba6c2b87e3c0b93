"""Yahoo Finance's chart API, as its own pages and yfinance ask it.

Its prices are adjusted for splits and not for dividends (`adjclose` is both, and is not read): every split up to the
day of the answer is undone, so each question reaches to today, whatever days are wanted. See docs/prices.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extractor import __version__
from extractor.adapters.live import answers
from extractor.adapters.live.answers import Answer, Request, UnusableError
from extractor.adapters.live.provider import Reading, Wanted, table_of
from extractor.adapters.live.rows import FIELDS, RawRow, check
from extractor.adapters.live.splits import as_quoted
from extractor.domain.market import Split
from extractor.rules.price_symbols import SourceRules

_DAY = timedelta(days=1)
_EARLIEST = -2_208_988_800  # 1900-01-01; Yahoo is known to take that, and nothing older
# What names no browser at all is answered 429.
_AGENT = f"Mozilla/5.0 (compatible; tapecheck/{__version__})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Yahoo:
    """Fulfils `Provider`."""

    rules: SourceRules

    def requests(self, wanted: Wanted) -> Sequence[Request]:
        # A session of the east begins the evening before, by UTC.
        begin = max(_epoch(wanted.first_on - _DAY), _EARLIEST)
        end = _epoch(wanted.today + _DAY)
        name = wanted.symbol.name
        return [
            Request(
                source=self.rules.name,
                symbol=name,
                sort="chart",
                address=f"{self.rules.address}/v8/finance/chart/{quote(name, safe='')}"
                f"?period1={begin}&period2={end}&interval=1d&events=div%2Csplit",
                first_on=wanted.first_on,
                last_on=wanted.last_on,
                reach_on=wanted.today - _DAY,
                agent=_AGENT,
            )
        ]

    def read(self, wanted: Wanted, request: Request, answer: Answer) -> Reading:
        result = _result(answer)
        meta = answers.mapping(result.get("meta"), "meta")
        _is_what_was_asked(meta, wanted)
        zone = _zone(meta)
        splits = _splits(result, zone, wanted.symbol.instrument)
        kind = wanted.symbol.instrument.partition(":")[0]
        checked = check(
            _rows(result, meta, zone), kind=kind, series=wanted.symbol.name, address=answer.address, days=wanted.days
        )
        quoted = tuple(as_quoted(checked.rows, splits, wanted.splits, taken_on=answer.retrieved_at.date()))
        table = table_of(wanted, self.rules, answer, replace(checked, rows=quoted))
        return Reading(table=table, splits=splits, rejections=checked.rejections)


def _epoch(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def _result(answer: Answer) -> Mapping[str, Any]:
    """The one series of an answer. Errors come as {"chart": {"error": {"code", "description"}}}, or under "finance"."""
    body = answers.mapping(answers.json_of(answer), "a JSON object")
    part = answers.mapping(body.get("chart") or body.get("finance"), "chart")
    error = part.get("error")
    if error is not None:
        told = error if isinstance(error, dict) else {}
        words = answers.said(told.get("description") or told.get("code") or error)
        if answer.status in (401, 403) or told.get("code") == "Unauthorized":
            raise answers.refused(words)
        if told.get("code") == "Not Found" or "Data doesn't exist" in words:
            raise answers.no_series(words)
        raise UnusableError(words)
    results = answers.sequence(part.get("result"), "result")
    if answer.status != 200 or not results:
        raise UnusableError(f"answered {answer.status} without a series")
    return answers.mapping(results[0], "result")


def _is_what_was_asked(meta: Mapping[str, Any], wanted: Wanted) -> None:
    symbol, currency = wanted.symbol.name, wanted.symbol.currency
    if str(meta.get("symbol", "")).upper() != symbol.upper():
        raise UnusableError(f"asked for {symbol}, answered with {answers.said(meta.get('symbol'))}")
    if currency is not None and meta.get("currency") != currency:
        raise UnusableError(f"prices of {symbol} in {answers.said(meta.get('currency'))}, not in {currency}")
    if meta.get("dataGranularity") != "1d":  # long stretches are at times answered by the month
        raise UnusableError(f"rows of {answers.said(meta.get('dataGranularity'))}, not of a day")


def _zone(meta: Mapping[str, Any]) -> ZoneInfo:
    try:
        return ZoneInfo(str(meta.get("exchangeTimezoneName")))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnusableError(f"no such time zone: {answers.said(meta.get('exchangeTimezoneName'))}") from None


def _day(stamp: Any, zone: ZoneInfo) -> date:
    if isinstance(stamp, bool) or not isinstance(stamp, int):
        raise UnusableError(f"{answers.said(stamp)} is no moment")
    try:
        return datetime.fromtimestamp(stamp, zone).date()
    except (OverflowError, OSError, ValueError):
        raise UnusableError(f"{answers.said(stamp)} is no moment") from None


def _rows(result: Mapping[str, Any], meta: Mapping[str, Any], zone: ZoneInfo) -> list[RawRow]:
    """Columns turned into rows; none where the stretch has no session. The live price of a day that has a row goes."""
    stamps = result.get("timestamp")
    if stamps is None:
        return []
    stamps = answers.sequence(stamps, "timestamp")
    quotes = answers.sequence(answers.mapping(result.get("indicators"), "indicators").get("quote"), "quote")
    columns = answers.mapping(quotes[0] if quotes else None, "quote")
    at_hand = {name: answers.sequence(columns.get(name), name) for name in FIELDS if columns.get(name) is not None}
    if "close" not in at_hand or any(len(column) != len(stamps) for column in at_hand.values()):
        raise UnusableError("the columns are not as long as each other")
    days = [_day(stamp, zone) for stamp in stamps]
    live = meta.get("regularMarketTime")
    return [
        RawRow(
            number=place + 1,
            session=day,
            values={name: answers.number(column[place]) for name, column in at_hand.items()},
        )
        for place, day in enumerate(days)
        if stamps[place] != live or days.count(day) == 1
    ]


def _splits(result: Mapping[str, Any], zone: ZoneInfo, instrument: str) -> tuple[Split, ...]:
    """{"events": {"splits": {"1718026200": {"date", "numerator", "denominator"}}}}; absent where there was none."""
    events = result.get("events")
    told = events.get("splits") if isinstance(events, dict) else None
    found: list[Split] = []
    for event in (told or {}).values() if isinstance(told or {}, dict) else [None]:
        event = answers.mapping(event, "a split")
        new, old = answers.number(event.get("numerator")), answers.number(event.get("denominator"))
        if not new or not old or new.is_nan() or old.is_nan() or new < 0 or old < 0:
            raise UnusableError(f"a split of {answers.said(event.get('splitRatio'))} cannot be undone")
        found.append(Split(ex_on=_day(event.get("date"), zone), instrument=instrument, ratio=_plain(new / old)))
    return tuple(sorted(found, key=lambda split: split.ex_on))


def _plain(ratio: Decimal) -> Decimal:
    """10 rather than 1E+1."""
    return ratio.quantize(Decimal(1)) if ratio == ratio.to_integral_value() else ratio
