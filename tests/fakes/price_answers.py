"""Answers of live price sources in the formats they have, made of a few real figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

NEW_YORK = "America/New_York"
# NVIDIA as it was quoted about its split of ten for one on 2024-06-10. 2024-06-08 and -09 were a weekend.
NVDA = {
    "2024-06-06": ("1240.48", "1255.87", "1183.20", "1209.98", 66469600),
    "2024-06-07": ("1197.70", "1216.92", "1180.22", "1208.88", 41238600),
    "2024-06-10": ("120.37", "123.10", "117.01", "121.79", 314162700),
    "2024-06-11": ("121.77", "122.87", "118.74", "120.91", 222551200),
}
SPLIT_ON = "2024-06-10"
VIX = b"""DATE,OPEN,HIGH,LOW,CLOSE\r
01/02/1990,17.240000,17.240000,17.240000,17.240000\r
12/03/2025,16.430000,16.630000,15.960000,16.080000\r
12/04/2025,16.080000,16.480000,15.690000,15.780000\r
12/05/2025,15.770000,15.990000,15.190000,15.410000\r
"""
DGS10 = b"observation_date,DGS10\n2025-12-24,4.15\n2025-12-25,\n2025-12-26,4.14\n2025-12-29,4.12\n"
# Nonfarm payrolls in thousands of people, with the days on which each figure was the newest.
PAYEMS = [
    ("2025-04-01", "159517", "2025-05-02", "2025-06-05"),
    ("2025-04-01", "159422", "2025-06-06", "2025-07-02"),
    ("2025-04-01", "159433", "2025-07-03", "9999-12-31"),
    ("2025-05-01", "159561", "2025-06-06", "2025-07-02"),
    ("2025-05-01", "159577", "2025-07-03", "9999-12-31"),
]
PAGE = b"<!DOCTYPE html><html><head><title>Service unavailable</title></head><body>Please wait</body></html>"


def moment(day: str, zone: str = NEW_YORK, *, at: int = 9, minute: int = 30) -> int:
    """Seconds since 1970 of a time of day: a session of Yahoo's begins with the market."""
    then = date.fromisoformat(day)
    return int(datetime(then.year, then.month, then.day, at, minute, tzinfo=ZoneInfo(zone)).timestamp())


def as_float(value: str | None, ratio: int = 1) -> float | None:
    """A price the way Yahoo sends it: divided by the later splits, through a float of 32 bits."""
    return None if value is None else float(np.float32(float(value)) / np.float32(ratio))


def chart(
    symbol: str = "NVDA",
    rows: Mapping[str, Sequence[Any]] = NVDA,
    *,
    splits: Mapping[str, tuple[int, int]] | None = None,
    applied: bool = True,
    meta: Mapping[str, Any] | None = None,
    zone: str = NEW_YORK,
    live: tuple[str, str] | None = None,
) -> bytes:
    """Yahoo's chart of rows as quoted: day to open, high, low, close, volume, or to the close alone.

    splits: ex-date to (new, old), 10:1 on 2024-06-10 unless told. applied: whether the prices are adjusted for them.
    live: day and close of the price of the moment that stands after the rows.
    """
    splits = {SPLIT_ON: (10, 1)} if splits is None else splits
    columns: dict[str, list[Any]] = {name: [] for name in ("open", "high", "low", "close", "volume")}
    for day, row in rows.items():
        ratio = 1
        for ex_on, (new, old) in splits.items():
            if applied and day < ex_on:
                ratio *= new // old
        prices = row if len(row) == 5 else (None, None, None, row[0], None)
        for name, value in zip(columns, prices[:4], strict=False):
            columns[name].append(value if isinstance(value, float) else as_float(value, ratio))
        columns["volume"].append(None if prices[4] is None else prices[4] * ratio)
    stamps = [moment(day, zone) for day in rows]
    now = moment("2026-01-05", zone, at=16, minute=0)
    if live is not None:
        now = moment(live[0], zone, at=16, minute=0)
        stamps.append(now)
        for name, column in columns.items():
            column.append(as_float(live[1]) if name != "volume" else 0)
    result: dict[str, Any] = {
        "meta": {
            "currency": "USD",
            "symbol": symbol,
            "exchangeName": "NMS",
            "instrumentType": "EQUITY",
            "regularMarketTime": now,
            "gmtoffset": -18000,
            "exchangeTimezoneName": zone,
            "dataGranularity": "1d",
            "range": "",
            **(meta or {}),
        },
        "timestamp": stamps,
        "indicators": {"quote": [columns], "adjclose": [{"adjclose": [1.0] * len(stamps)}]},
    }
    if splits:
        result["events"] = {
            "splits": {
                str(moment(day, zone)): {
                    "date": moment(day, zone),
                    "numerator": float(new),
                    "denominator": float(old),
                    "splitRatio": f"{new}:{old}",
                }
                for day, (new, old) in splits.items()
            },
            "dividends": {"1718112600": {"amount": 0.01, "date": 1718112600}},
        }
    if not rows and live is None:
        del result["timestamp"]
        result["indicators"] = {"quote": [{}], "adjclose": [{}]}
    return json.dumps({"chart": {"result": [result], "error": None}}).encode()


def chart_error(code: str, description: str) -> bytes:
    return json.dumps({"chart": {"result": None, "error": {"code": code, "description": description}}}).encode()


def tiingo(rows: Mapping[str, Sequence[Any]] = NVDA, *, split_on: str | None = SPLIT_ON) -> bytes:
    """Tiingo's rows, written by hand because the digits of its prices count."""
    records = []
    for day, (opened, high, low, close, volume) in rows.items():
        factor = "10.0" if day == split_on else "1.0"
        records.append(
            f'{{"date":"{day}T00:00:00.000Z","close":{close},"high":{high},"low":{low},"open":{opened},'
            f'"volume":{volume},"adjClose":1.5,"adjHigh":1.5,"adjLow":1.5,"adjOpen":1.5,"adjVolume":1,'
            f'"divCash":0.0,"splitFactor":{factor}}}'
        )
    return f"[{','.join(records)}]".encode()


def observations(rows: Sequence[tuple[str, ...]], **changed: Any) -> bytes:
    """FRED's observations: (day, value), or (day, value, known from, known to) of ALFRED."""
    body = {
        "realtime_start": "2026-01-05",
        "realtime_end": "2026-01-05",
        "observation_start": "1600-01-01",
        "observation_end": "9999-12-31",
        "units": "lin",
        "output_type": 1,
        "file_type": "json",
        "order_by": "observation_date",
        "sort_order": "asc",
        "count": len(rows),
        "offset": 0,
        "limit": 100000,
        "observations": [
            {
                "realtime_start": row[2] if len(row) > 2 else "2026-01-05",
                "realtime_end": row[3] if len(row) > 2 else "2026-01-05",
                "date": row[0],
                "value": row[1],
            }
            for row in rows
        ],
    }
    return json.dumps(body | changed).encode()


def fred_error(code: int, message: str) -> bytes:
    return json.dumps({"error_code": code, "error_message": message}).encode()
