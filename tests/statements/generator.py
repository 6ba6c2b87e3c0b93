"""Statements about real rows of the tape: true ones, and ones corrupted in known ways.

Each stands alone in an article of its own, published on the evening of its session. Everything is drawn from a seeded
generator, so that a run can be repeated. The rows come from the evaluation prices and from nowhere else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
FUNDS = {
    "index:SPX": ("etf:ARCX:SPY", "the SPDR S&P 500 ETF"),
    "index:RUT": ("etf:ARCX:IWM", "the iShares Russell 2000 ETF"),
}
FIRST, LAST = date(2024, 9, 3), date(2026, 6, 30)
CENT, TENTH = Decimal("0.01"), Decimal("0.1")


_METRICS = {"close": "close", "high": "high", "low": "low", "record": "record_close", "yield": "close"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence, what it claims, and the ratings that are right for it.

    kind: close, percent, points, week, year, high, low, yield, record, share. corruption: None where it is true.
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


@dataclass(slots=True)
class Generator:
    """Draws statements about one tape."""

    tape: TapeMarket
    dice: random.Random

    def true(self, count: int) -> Iterator[Statement]:
        makers = (
            self._close,
            self._percent,
            self._points,
            self._week,
            self._year,
            self._extreme,
            self._yield,
            self._share,
        )
        while count:
            found = self.dice.choice(makers)()
            if found is not None:
                count -= 1
                yield found

    def corrupted(self, count: int) -> Iterator[Statement]:
        makers: tuple[Callable[[], Statement | None], ...] = (
            self._wrong_digit, self._wrong_day, self._wrong_sign, self._fund_for_index, self._high_for_close,
            self._split_adjusted, self._false_record,
        )  # fmt: skip
        while count:
            found = self.dice.choice(makers)()
            if found is not None:
                count -= 1
                yield found

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
        return Statement(text=text, published=session, on=session, metric=metric, **fields)  # type: ignore[arg-type]

    def _close(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        figure = f"{_to(closes.values[at], CENT):,}"
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
            before, after = one.close, two.close
        percent, points = _to(abs(after / before - 1) * 100, TENTH), _to(abs(after - before), CENT)
        if percent < TENTH * 2:
            return None  # "0.1%" may be either way of nothing
        up = after > before
        template = self.dice.choice(templates)
        slots = self._words(up) | {
            "pct": percent,
            "points": f"{points:,}",
            "close": f"{_to(after, CENT):,}",
            "name": name,
        }
        quote = _judged(template, slots)
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
        self, row: tuple[str, str, Closes, int], start: date, templates: tuple[str, ...], kind: str
    ) -> Statement | None:
        instrument, name, closes, at = row
        first = closes.find(start)
        if first is None:
            return None
        change = closes.values[at] / closes.values[first] - 1
        percent = _to(abs(change) * 100, TENTH)
        if percent < TENTH * 2:
            return None
        slots = self._words(change > 0) | {"name": name, "pct": percent}
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
        figure = f"{_to(found[0], CENT):,}"
        templates = say.HIGHS if field == "high" else say.LOWS
        text = self._said(self.dice.choice(templates), closes.sessions[at], name=name, **{field: figure})
        return self._statement(text, closes.sessions[at], kind=field, quote=figure, instrument=instrument)

    def _yield(self) -> Statement | None:
        row = self._row({"yield:US10Y": "the 10-year yield"})
        if row is None:
            return None
        instrument, _, closes, at = row
        figure = _to(closes.values[at], CENT)
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

    def _wrong_digit(self) -> Statement | None:
        """A digit before the point of a close, or of a change in points, is another."""
        made = self._close() if self.dice.random() < 0.6 else self._points()
        if made is None or "%" in made.quote:
            return None
        figure = made.quote.split(" ")[0]
        places = [i for i, char in enumerate(figure[: figure.index(".")]) if char.isdigit()][-2:]
        place = self.dice.choice(places)
        wrong = figure[:place] + str((int(figure[place]) + self.dice.choice((3, 5, 7))) % 10) + figure[place + 1 :]
        # A move that the day passed through is true on another basis (rule 4); for the Dow the tape has closes alone.
        right = ("contradicted",) if made.kind == "close" else ("contradicted", "conflicting")
        if made.kind == "points" and made.instrument == "index:DJI":
            right = (*right, "not_enough_data")
        return _with(made, figure, wrong, "digit", right)

    def _wrong_day(self) -> Statement | None:
        """The close of one session told of the next, where the two differ."""
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        figure = f"{_to(closes.values[at - 1], CENT):,}"
        if abs(closes.values[at] / closes.values[at - 1] - 1) < Decimal("0.001"):
            return None
        if self._is_price_of(instrument, closes.sessions[at], _to(closes.values[at - 1], CENT)):
            return None
        text = self._said(self.dice.choice(say.CLOSES), closes.sessions[at], name=name, close=figure)
        return self._statement(
            text, closes.sessions[at], kind="close", quote=figure, instrument=instrument, corruption="day",
            right=("contradicted",),
        )  # fmt: skip

    def _is_price_of(self, instrument: str, session: date, figure: Decimal) -> bool:
        """Whether a figure is the session's open, high or low to the cent: true on another basis, so no corruption."""
        found = (self.tape.field(instrument, session, name) for name in ("open", "high", "low"))
        return any(not isinstance(each, Missing) and _to(each[0], CENT) == figure for each in found)

    def _wrong_sign(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        before, after = closes.values[at - 1], closes.values[at]
        percent = _to(abs(after / before - 1) * 100, TENTH)
        if percent < TENTH * 3:
            return None
        template = self.dice.choice(say.PERCENTS[:4])
        slots = self._words(after < before) | {"pct": percent, "name": name}
        text = self._said(template, closes.sessions[at], **slots)
        return self._statement(
            text, closes.sessions[at], kind="percent", quote=_judged(template, slots), instrument=instrument,
            corruption="sign", right=("contradicted",),
        )  # fmt: skip

    def _fund_for_index(self) -> Statement | None:
        """The index's level told of the fund that tracks it. The tape has adjusted rows of funds only."""
        row = self._row({key: name for key, name in INDEXES.items() if key in FUNDS})
        if row is None:
            return None
        index, _, closes, at = row
        instrument, name = FUNDS[index]
        figure = f"{_to(closes.values[at], CENT):,}"
        text = self._said("{name} closed {day} at ${close}.", closes.sessions[at], name=name, close=figure)
        return self._statement(
            text, closes.sessions[at], kind="close", quote=f"${figure}", instrument=instrument, corruption="fund",
            right=("contradicted", "not_enough_data"),
        )  # fmt: skip

    def _high_for_close(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        found = self.tape.field(instrument, closes.sessions[at], "high")
        if isinstance(found, Missing) or found[0] / closes.values[at] - 1 < Decimal("0.001"):
            return None
        figure = f"{_to(found[0], CENT):,}"
        text = self._said(self.dice.choice(say.CLOSES[:3]), closes.sessions[at], name=name, close=figure)
        return self._statement(
            text, closes.sessions[at], kind="close", quote=figure, instrument=instrument, corruption="basis",
            right=("conflicting",),
        )  # fmt: skip

    def _split_adjusted(self) -> Statement | None:
        """A close as quoted before Netflix's split of November 2025, told after the split's ratio."""
        instrument = "equity:XNAS:NFLX"
        session = date(2025, 11, 3) + timedelta(days=self.dice.randint(0, 11))
        bar = self.tape.bar(instrument, session)
        if isinstance(bar, Missing):
            return None
        figure = f"{_to(bar.close / 10, CENT):,}"
        text = self._said("Netflix stock closed {day} at ${close}.", session, close=figure)
        return self._statement(
            text, session, kind="share", quote=f"${figure}", instrument=instrument, corruption="adjusted",
            right=("contradicted",),
        )  # fmt: skip

    def _false_record(self) -> Statement | None:
        row = self._row({key: name for key, name in INDEXES.items() if key in ("index:SPX", "index:RUT")})
        if row is None:
            return None
        instrument, name, closes, at = row
        high = self.tape.closes(instrument, field="high")
        if closes.values[at] >= max(closes.values[:at]) or isinstance(high, Missing):
            return None
        place = high.find(closes.sessions[at])
        if place is None or high.values[place] >= max(high.values[:place]):
            return None  # a record of the day's high is another statement
        text = self._said(self.dice.choice(say.RECORDS), closes.sessions[at], name=name)
        quote = next(words for words in ("all-time high", "a record", "record") if words in text)
        return self._statement(
            text, closes.sessions[at], kind="record", quote=quote, instrument=instrument, corruption="record",
            right=("contradicted",),
        )  # fmt: skip


def _with(made: Statement, figure: str, wrong: str, corruption: str, right: tuple[str, ...]) -> Statement | None:
    if Decimal(wrong.replace(",", "")) == Decimal(figure.replace(",", "")):
        return None
    text, quote = made.text.replace(figure, wrong), made.quote.replace(figure, wrong)
    return replace(made, text=text, quote=quote, corruption=corruption, right=right)


def _judged(template: str, slots: dict[str, object]) -> str:
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


def _to(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, rounding=ROUND_HALF_UP)
