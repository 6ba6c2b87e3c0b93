"""A small price chart from the rows that verdicts rest on: nothing is drawn that is not evidence.

Sizes are SVG user units; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from extractor.domain.claim import Claim, Kind, SubjectType
from extractor.domain.market import Adjustment
from extractor.domain.verdict import Evidence, Verdict

WIDTH, HEIGHT = 320, 120
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 310, 14, 100
_BEFORE, _AFTER = timedelta(days=45), timedelta(days=10)  # how far from a claim's own rows others are shown
_NEXT_SESSION = timedelta(days=4)  # a long weekend; anything longer hides sessions
_PRICES = ("open", "high", "low", "close")
_LEVEL_METRICS = frozenset({"close", "open", "high", "low", "level", "last", "record_close", "record_high", "high_52w"})

# Rows of one key are on one scale: adjusted and unadjusted prices are not. Place is a session and a field.
Key = tuple[str, Adjustment]
Place = tuple[date, str]
Rows = dict[Key, dict[Place, Evidence]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    x: float
    y: float
    session: date
    field: str
    value: Decimal
    own: bool  # a row of this very verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """Between two closes; `gap` where sessions lie between them that are not drawn."""

    x1: float
    y1: float
    x2: float
    y2: float
    gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The figure of the article. derived: the level that a quoted change would have led to."""

    y: float
    value: Decimal
    derived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    series: str
    sources: tuple[str, ...]
    points: tuple[Point, ...]
    strokes: tuple[Stroke, ...]
    quoted: Quoted | None
    first: date
    last: date
    low: Decimal
    high: Decimal


def price_rows(verdicts: Iterable[Verdict]) -> Rows:
    """Every price in the evidence of these verdicts, by series and then by session and field."""
    rows: Rows = {}
    for verdict in verdicts:
        for row in verdict.evidence:
            if _price(row) is not None:
                rows.setdefault(_key(row), {})[row.session, row.field] = row
    return rows


def chart(claim: Claim, verdict: Verdict, rows: Rows) -> Chart | None:
    """None where fewer than two sessions are at hand: a single dot says no more than the row itself."""
    priced = [row for row in verdict.evidence if _price(row) is not None]
    if not priced:
        return None
    key = _key(priced[0])
    own = {(row.session, row.field): row for row in priced if _key(row) == key}
    sessions = [session for session, _ in own]
    first, last = min(sessions) - _BEFORE, max(sessions) + _AFTER
    closes = {
        place: row for place, row in rows.get(key, {}).items() if place[1] == "close" and first <= place[0] <= last
    }
    shown = closes | own
    if len({session for session, _ in shown}) < 2:
        return None
    sources = tuple(dict.fromkeys(row.source for row in shown.values()))
    return _drawn(key[0], sources, _values(shown), frozenset(own), _quoted(claim, verdict, _values(own)))


def _drawn(
    series: str,
    sources: tuple[str, ...],
    shown: dict[Place, Decimal],
    own: frozenset[Place],
    quoted: tuple[Decimal, bool] | None,
) -> Chart:
    values = list(shown.values())
    if quoted is not None and not min(values) / 2 <= quoted[0] <= max(values) * 2:
        quoted = None  # it would press everything else into one flat line
    low, high = min(values), max(values)
    floor, ceiling = (min(low, quoted[0]), max(high, quoted[0])) if quoted else (low, high)
    first, last = min(session for session, _ in shown), max(session for session, _ in shown)

    def x(session: date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (session - first).days / (last - first).days, 1)

    def y(value: Decimal) -> float:
        if ceiling == floor:
            return (_TOP + _BOTTOM) / 2
        return round(_BOTTOM - (_BOTTOM - _TOP) * float((value - floor) / (ceiling - floor)), 1)

    points = tuple(
        Point(x=x(session), y=y(value), session=session, field=field, value=value, own=(session, field) in own)
        for (session, field), value in sorted(shown.items())
    )
    closes = [point for point in points if point.field == "close"]
    strokes = tuple(
        Stroke(x1=one.x, y1=one.y, x2=two.x, y2=two.y, gap=two.session - one.session > _NEXT_SESSION)
        for one, two in pairwise(closes)
    )
    return Chart(
        series=series,
        sources=sources,
        points=points,
        strokes=strokes,
        quoted=Quoted(y=y(quoted[0]), value=quoted[0], derived=quoted[1]) if quoted else None,
        first=first,
        last=last,
        low=low,
        high=high,
    )


def _quoted(claim: Claim, verdict: Verdict, own: dict[Place, Decimal]) -> tuple[Decimal, bool] | None:
    """The quoted level, or the one that a quoted change would have led to; None where neither is sure.

    True with a level that was derived.
    """
    stated = verdict.stated
    if stated is None or not stated.is_finite():
        return None
    if claim.kind in (Kind.LEVEL, Kind.RECORD, Kind.QUOTE):
        return (stated, False) if claim.metric in _LEVEL_METRICS else None
    closes = sorted((session, value) for (session, field), value in own.items() if field == "close")
    if claim.kind is not Kind.MOVE or claim.metric != "change" or len(closes) != 2:
        return None
    base = closes[0][1]
    led_to: Decimal | None = None
    if claim.unit == "percent":
        led_to = base * (1 + stated / 100)
    elif claim.unit == "basis_points" and claim.subject.type is SubjectType.YIELD:
        led_to = base + stated / 100
    elif claim.unit in ("points", "percentage_points", "USD"):
        led_to = base + stated
    return None if led_to is None else (round(led_to, -int(base.as_tuple().exponent)), True)


def _key(row: Evidence) -> Key:
    return row.series, row.adjustment


def _values(rows: dict[Place, Evidence]) -> dict[Place, Decimal]:
    return {place: value for place, row in rows.items() if (value := _price(row)) is not None}


def _price(row: Evidence) -> Decimal | None:
    if row.field not in _PRICES:
        return None
    try:
        value = Decimal(row.value)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
