"""Statements about real rows of the tape.

Each stands alone in an article of its own, published on the evening of its session. Everything is drawn from a seeded
generator, so that a run can be repeated. The rows come from the evaluation prices and from nowhere else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from extractor.domain.bars import Closes
from extractor.domain.market import Missing
from extractor.verify.market import TapeMarket
from tests.statements import phrasings as say

INDEXES = {
    "index:SPX": "the S&P 500",
    "index:DJI": "the Dow Jones Industrial Average",
    "index:IXIC": "the Nasdaq Composite",
    "index:RUT": "the Russell 2000",
    "index:NDX": "the Nasdaq-100",
}
SHARES = {
    "equity:XNAS:NVDA": "Nvidia",
    "equity:XNAS:AAPL": "Apple",
    "equity:XNYS:ORCL": "Oracle",
    "equity:XNYS:JPM": "JPMorgan Chase",
    "equity:XNAS:NFLX": "Netflix",
    "equity:XNYS:HD": "Home Depot",
    "equity:XNAS:TSLA": "Tesla",
}
FIRST, LAST = date(2024, 9, 3), date(2026, 6, 30)
CENT, TENTH = Decimal("0.01"), Decimal("0.1")


_METRICS = {
    "close": "close", "high": "high", "low": "low", "record": "record_close", "yield": "close", "price": "close",
    "streak": "streak", "highest": "highest_since", "lowest": "lowest_since", "high_52w": "high_52w",
    "low_52w": "low_52w", "jobs": "print",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence, what it claims, and the ratings that are right for it.

    kind: what sort of statement it is, as the table of true ones lists them. corruption: None where it is true.
    quote: the figure that is judged (for a record the words). instrument, on: what it is about, and the last day.
    metric: what the words say is measured. right: the ratings that are right.
    """

    text: str
    published: date
    kind: str
    quote: str
    instrument: str
    on: date
    metric: str
    corruption: str | None = None
    right: tuple[str, ...] = ("supported",)


Maker = Callable[[], Statement | None]
NEVER = object()


@dataclass(slots=True)
class Generator:
    """Draws statements about one tape."""

    tape: TapeMarket
    dice: random.Random

    def true(self, count: int) -> Iterator[Statement]:
        return self._drawn(self.makers(), count)

    def makers(self) -> tuple[Maker, ...]:
        """What makes true statements; None where the row that was drawn carries none."""
        return (
            self._close, self._percent, self._points, self._week, self._year, self._extreme, self._yield, self._share,
        )  # fmt: skip

    def _drawn(self, makers: Sequence[Maker], count: int) -> Iterator[Statement]:
        """Each maker as often as the others, however few rows carry what it makes."""
        for _ in range(count):
            maker = self.dice.choice(makers)
            yield next(found for found in iter(maker, NEVER) if found is not None)

    def _row(self, ids: dict[str, str]) -> tuple[str, str, Closes, int] | None:
        instrument = self.dice.choice(list(ids))
        closes = self.tape.closes(instrument)
        if isinstance(closes, Missing):
            return None
        first, last = closes.until(FIRST), closes.until(LAST) - 1
        if last - first < 10:
            return None
        return instrument, ids[instrument], closes, self.dice.randint(first, last)

    def _said(self, template: str, session: date, **slots: object) -> str:
        day = session.strftime("%A")
        sentence = template.format(day=day, **slots)
        return sentence[0].upper() + sentence[1:]

    def _statement(self, text: str, session: date, **fields: object) -> Statement:
        metric = _METRICS.get(str(fields["kind"]), "change")
        if fields["kind"] == "share" and "$" in str(fields["quote"]) and "closed" in text:
            metric = "close"
        if fields["kind"] == "price" and "$" not in str(fields["quote"]) and "%" in str(fields["quote"]):
            metric = "change"
        return Statement(text=text, published=session, on=session, metric=metric, **fields)  # type: ignore[arg-type]

    def _close(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        figure = f"{to_unit(closes.values[at], CENT):,}"
        text = self._said(self.dice.choice(say.CLOSES), closes.sessions[at], name=name, close=figure)
        return self._statement(text, closes.sessions[at], kind="close", quote=figure, instrument=instrument)

    def _percent(self) -> Statement | None:
        row = self._row(INDEXES)
        return None if row is None else self._moved(row, say.PERCENTS, "percent")

    def _points(self) -> Statement | None:
        row = self._row(INDEXES)
        return None if row is None else self._moved(row, say.POINTS, "points")

    def _share(self) -> Statement | None:
        row = self._row(SHARES)
        if row is None:
            return None
        instrument, _, closes, at = row
        if isinstance(self.tape.bar(instrument, closes.sessions[at]), Missing):
            return None  # only adjusted rows, or none, for that day
        if isinstance(self.tape.bar(instrument, closes.sessions[at - 1]), Missing):
            return None
        return self._moved(row, say.DOLLARS, "share")

    def _moved(self, row: tuple[str, str, Closes, int], templates: tuple[str, ...], kind: str) -> Statement | None:
        instrument, name, closes, at = row
        before, after = closes.values[at - 1], closes.values[at]
        if kind == "share":
            one, two = (self.tape.bar(instrument, closes.sessions[i]) for i in (at - 1, at))
            if isinstance(one, Missing) or isinstance(two, Missing):
                return None
            if self.tape.split_ratio(instrument, one.session, two.session) != 1:
                return None
            if self.tape.calendars.for_instrument(instrument).previous(two.session) != one.session:
                return None  # a session is missing in between
            before, after = one.close, two.close
        percent, points = to_unit(abs(after / before - 1) * 100, TENTH), to_unit(abs(after - before), CENT)
        if percent < TENTH * 2:
            return None  # "0.1%" may be either way of nothing
        up = after > before
        template = self.dice.choice(templates)
        slots = self._words(up) | {
            "pct": percent,
            "points": f"{points:,}",
            "close": f"{to_unit(after, CENT):,}",
            "name": name,
        }
        quote = judged(template, slots)
        text = self._said(template, closes.sessions[at], **slots)
        return self._statement(text, closes.sessions[at], kind=kind, quote=quote, instrument=instrument)

    def _words(self, up: bool) -> dict[str, object]:
        return {
            "verb": self.dice.choice(say.VERBS[up]), "gerund": say.GERUNDS[up], "noun": self.dice.choice(say.NOUNS[up]),
            "state": say.STATES[up], "state2": say.COMPARATIVES[up], "participle": say.PARTICIPLES[up],
        }  # fmt: skip

    def _week(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None or row[2].sessions[row[3]].weekday() != 4:
            return None
        end = row[2].sessions[row[3]]
        return self._windowed(row, end - timedelta(days=7), say.WEEKS, "week")

    def _year(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None or row[2].sessions[row[3]].month < 3:
            return None
        return self._windowed(row, date(row[2].sessions[row[3]].year - 1, 12, 31), say.YEARS, "year")

    def _windowed(
        self, row: tuple[str, str, Closes, int], start: date, templates: tuple[str, ...], kind: str, **more: str
    ) -> Statement | None:
        instrument, name, closes, at = row
        first = closes.find(start)
        if first is None:
            return None
        change = closes.values[at] / closes.values[first] - 1
        percent = to_unit(abs(change) * 100, TENTH)
        if percent < TENTH * 2:
            return None
        slots = self._words(change > 0) | {"name": name, "pct": percent} | more
        text = self._said(self.dice.choice(templates), closes.sessions[at], **slots)
        return self._statement(text, closes.sessions[at], kind=kind, quote=f"{percent}%", instrument=instrument)

    def _extreme(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        field = self.dice.choice(("high", "low"))
        found = self.tape.field(instrument, closes.sessions[at], field)
        if isinstance(found, Missing):
            return None
        figure = f"{to_unit(found[0], CENT):,}"
        templates = say.HIGHS if field == "high" else say.LOWS
        text = self._said(self.dice.choice(templates), closes.sessions[at], name=name, **{field: figure})
        return self._statement(text, closes.sessions[at], kind=field, quote=figure, instrument=instrument)

    def _yield(self) -> Statement | None:
        row = self._row({"yield:US10Y": "the 10-year yield"})
        if row is None:
            return None
        instrument, _, closes, at = row
        figure = to_unit(closes.values[at], CENT)
        template = self.dice.choice(say.YIELDS)
        text = self._said(template, closes.sessions[at], close=figure)
        quote = f"{figure}%" if "%" in template else f"{figure} percent"
        return self._statement(
            text,
            closes.sessions[at],
            kind="yield",
            quote=quote,
            instrument=instrument,
            right=("supported", "imprecise"),
        )


def judged(template: str, slots: dict[str, object]) -> str:
    """The first figure of a template, as it is printed with its unit."""
    for slot, units in (
        ("{points} points", " points"),
        ("${points}", "$"),
        ("{pct}%", "%"),
        ("{pct} percent", " percent"),
    ):
        if slot in template and template.index(slot) == min(
            template.index(other) for other in ("{points}", "{pct}", "${points}") if other in template
        ):
            name = "points" if "points}" in slot else "pct"
            return f"${slots[name]}" if units == "$" else f"{slots[name]}{units}"
    return f"${slots['close']}"


def to_unit(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, rounding=ROUND_HALF_UP)
