"""Statements of more than two rows, or more than one series: streaks, "since", 52 weeks, pairs, other markets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile

from extractor.domain.bars import Closes
from extractor.domain.market import Missing
from tests.statements import phrasings as say
from tests.statements.generator import CENT, INDEXES, SHARES, TENTH, Generator, Maker, Statement, to_unit

NTH = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}
LONG = {key: INDEXES[key] for key in ("index:SPX", "index:IXIC", "index:RUT")}  # decades of closes, highs and lows
MARKETS = {
    "commodity:GOLD": ("Gold futures", " an ounce"),
    "commodity:WTI": ("U.S. crude futures", " a barrel"),
    "index:DXY": ("The ICE U.S. Dollar Index", ""),
    "crypto:BTC": ("Bitcoin", ""),
}
YIELD = "yield:US10Y"
FEWEST_SINCE = 25  # sessions; nobody says "since" of last week
# First prints of one month, each with the day it came out.
JOBS_MONTH = date(2025, 11, 30)
JOBS = (
    ("indicator:US:ADP", date(2025, 12, 3), Decimal(-32000), say.LOST_JOBS),
    ("indicator:US:PAYEMS", date(2025, 12, 16), Decimal(64000), say.ADDED_JOBS),
)


class Histories(Generator):
    """Draws from whole histories and from several series."""

    def makers(self) -> tuple[Maker, ...]:
        return (
            *super().makers(), self._month, self._streak, self._since, self._of_52_weeks, self._pair, self._price,
            self._basis_points, self._jobs,
        )  # fmt: skip

    def _month(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None:
            return None
        _, _, closes, at = row
        on = closes.sessions[at]
        if closes.sessions[at + 1].month == on.month:
            return None  # not the month's last session
        before = closes.until(on.replace(day=1) - timedelta(days=1)) - 1
        return self._windowed(row, closes.sessions[before], say.MONTHS, "month", month=f"{on:%B}")

    def _streak(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        days, up = streak(closes, at)
        if days not in NTH:
            return None
        return self._superlative("streak", say.STREAKS, instrument, name, closes.sessions[at], up, nth=NTH[days])

    def _since(self) -> Statement | None:
        row = self._row(LONG)
        if row is None:
            return None
        instrument, name, closes, at = row
        up = self.dice.random() < 0.6
        day = since(closes, at, up)
        if day is None:
            return None
        on = closes.sessions[at]
        told = f"{day:%B} {day.day}" + ("" if day.year == on.year else f", {day.year}")
        templates = say.HIGHEST_SINCE if up else say.LOWEST_SINCE
        return self._superlative("highest" if up else "lowest", templates, instrument, name, on, up, since=told)

    def _of_52_weeks(self) -> Statement | None:
        row = self._row(LONG)
        if row is None:
            return None
        instrument, name, closes, at = row
        on, up = closes.sessions[at], self.dice.random() < 0.6
        extremes = self.tape.closes(instrument, field="high" if up else "low")
        if isinstance(extremes, Missing) or (place := extremes.find(on)) is None:
            return None
        first = extremes.until(on - timedelta(days=365))
        if (max if up else min)(extremes.values[first : place + 1]) != extremes.values[place]:
            return None
        templates = say.HIGHS_52W if up else say.LOWS_52W
        return self._superlative("high_52w" if up else "low_52w", templates, instrument, name, on, up)

    def _superlative(
        self, kind: str, templates: tuple[str, ...], instrument: str, name: str, on: date, up: bool, **slots: object
    ) -> Statement:
        words = self._words(up) | {"name": name} | slots
        text = self._said(self.dice.choice(templates), on, **words)
        quote = next((str(slots[key]) for key in ("nth", "since") if key in slots), "52-week")
        return self._statement(text, on, kind=kind, quote=quote, instrument=instrument)

    def _pair(self) -> Statement | None:
        """Two shares or two indexes; one of the two figures is judged."""
        names = self.dice.choice((SHARES, INDEXES))
        first = self._row(names)
        second = self.dice.choice(list(names))
        if first is None or second == first[0]:
            return None
        on, before = first[2].sessions[first[3]], first[2].sessions[first[3] - 1]
        changes = [self._change(instrument, before, on) for instrument in (first[0], second)]
        if changes[0] is None or changes[1] is None or abs(changes[0]) == abs(changes[1]):
            return None
        slots: dict[str, object] = {}
        for suffix, instrument, change in zip(("", "_2"), (first[0], second), changes, strict=True):
            words = self._words(change > 0) | {"name": names[instrument], "pct": abs(change)}
            slots |= {f"{key}{suffix}": value for key, value in words.items()}
        text = self._said(self.dice.choice(say.PAIRS), on, **slots)
        which = self.dice.randrange(2)
        instrument = (first[0], second)[which]
        return self._statement(text, on, kind="pair", quote=f"{abs(changes[which])}%", instrument=instrument)

    def _change(self, instrument: str, before: date, on: date) -> Decimal | None:
        """In percent to a tenth, as quoted; None where a row is missing or too little moved."""
        one, two = self.tape.bar(instrument, before), self.tape.bar(instrument, on)
        if isinstance(one, Missing) or isinstance(two, Missing) or self.tape.split_ratio(instrument, before, on) != 1:
            return None
        change = to_unit((two.close / one.close - 1) * 100, TENTH)
        return None if abs(change) < TENTH * 2 else change

    def _price(self) -> Statement | None:
        row = self._row({key: name for key, (name, _) in MARKETS.items()})
        if row is None:
            return None
        instrument, name, closes, at = row
        on, before, after = closes.sessions[at], closes.values[at - 1], closes.values[at]
        percent = to_unit(abs(after / before - 1) * 100, TENTH)
        if percent < TENTH * 2 or on.weekday() > 4 or (on - closes.sessions[at - 1]).days > 4:
            return None
        close = f"{to_unit(after, CENT):,}"
        template = self.dice.choice(say.DOLLAR if instrument == "index:DXY" else say.PRICES)
        text = self._said(
            template, on, **self._words(after > before), name=name, pct=percent, close=close, per=MARKETS[instrument][1]
        )
        quote = f"{percent}%" if "{pct}" in template else close if instrument == "index:DXY" else f"${close}"
        return self._statement(text, on, kind="price", quote=quote, instrument=instrument)

    def _basis_points(self) -> Statement | None:
        row = self._row({YIELD: "the 10-year yield"})
        if row is None:
            return None
        closes, at = row[2], row[3]
        change = (closes.values[at] - closes.values[at - 1]) * 100
        if not change:
            return None
        slots = self._words(change > 0) | {"bp": f"{abs(change):.0f}", "close": to_unit(closes.values[at], CENT)}
        text = self._said(self.dice.choice(say.BASIS_POINTS), closes.sessions[at], **slots)
        return self._statement(
            text, closes.sessions[at], kind="basis points", quote=f"{abs(change):.0f} basis points", instrument=YIELD,
            right=("supported", "imprecise"),
        )  # fmt: skip

    def _jobs(self) -> Statement:
        indicator, on, value, templates = self.dice.choice(JOBS)
        text = self.dice.choice(templates).format(count=f"{abs(value):,}")
        made = self._statement(text, on, kind="jobs", quote=f"{abs(value):,}", instrument=indicator)
        return replace(made, on=JOBS_MONTH)


def streak(closes: Closes, at: int) -> tuple[int, bool]:
    """How many sessions in a row, up to a row, went the way of the last one, and whether that is up."""
    up = closes.values[at] > closes.values[at - 1]
    ways = (closes.values[i] > closes.values[i - 1] if up else closes.values[i] < closes.values[i - 1]
            for i in range(at, 0, -1))  # fmt: skip
    return sum(1 for _ in takewhile(bool, ways)), up


def since(closes: Closes, at: int, up: bool) -> date | None:
    """The last session that closed at least as high (or low) as a row; None where that is near, or there was none."""
    value = closes.values[at]
    for i in range(at - 1, max(0, at - 2500), -1):
        if (closes.values[i] >= value) if up else (closes.values[i] <= value):
            return closes.sessions[i] if at - i >= FEWEST_SINCE else None
    return None
