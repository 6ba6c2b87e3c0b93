"""Statements corrupted in known ways: a digit, the day, the sign, index for fund, high for close, a split, a record,
a unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from extractor.domain.market import Missing
from tests.statements import phrasings as say
from tests.statements.generator import CENT, INDEXES, TENTH, Maker, Statement, judged, to_unit
from tests.statements.histories import JOBS, JOBS_MONTH, LONG, NTH, YIELD, Histories, streak

FUNDS = {
    "index:SPX": ("etf:ARCX:SPY", "the SPDR S&P 500 ETF"),
    "index:RUT": ("etf:ARCX:IWM", "the iShares Russell 2000 ETF"),
}


# Split-adjusted prices told of days before the split: name, the first day of the stretch, its length, the ratio.
SPLITS = {
    "equity:XNAS:NFLX": ("Netflix", date(2025, 11, 3), 11, 10),
    "equity:XNYS:NOW": ("ServiceNow", date(2025, 12, 1), 16, 5),
    "equity:XNAS:ORLY": ("O’Reilly Automotive", date(2025, 6, 2), 7, 15),
    "equity:XNAS:PANW": ("Palo Alto Networks", date(2024, 12, 2), 11, 2),
}


class Corruptor(Histories):
    """Draws statements that the tape refutes."""

    def corrupted(self, count: int) -> Iterator[Statement]:
        makers: tuple[Maker, ...] = (
            self._wrong_digit, self._wrong_day, self._wrong_sign, self._fund_for_index, self._high_for_close,
            self._split_adjusted, self._false_record, self._wrong_unit,
        )  # fmt: skip
        return self._drawn(makers, count)

    def _wrong_digit(self) -> Statement | None:
        """A digit before the point of a close, or of a change in points, is another."""
        made = self._close() if self.dice.random() < 0.6 else self._points()
        if made is None or "%" in made.quote:
            return None
        figure = made.quote.split(" ")[0]
        places = [i for i, char in enumerate(figure[: figure.index(".")]) if char.isdigit()][-2:]
        place = self.dice.choice(places)
        wrong = figure[:place] + str((int(figure[place]) + self.dice.choice((3, 5, 7))) % 10) + figure[place + 1 :]
        # A move that the day passed through is true on another basis (rule 4); some days the tape has the close alone.
        right = ("contradicted",) if made.kind == "close" else ("contradicted", "conflicting")
        if any(isinstance(self.tape.field(made.instrument, made.on, name), Missing) for name in ("high", "low")):
            right = (*right, "not_enough_data")
        return _with(made, figure, wrong, "digit", right)

    def _wrong_day(self) -> Statement | None:
        """The close of one session told of the next, where the two differ."""
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        figure = f"{to_unit(closes.values[at - 1], CENT):,}"
        if abs(closes.values[at] / closes.values[at - 1] - 1) < Decimal("0.001"):
            return None
        if self._is_price_of(instrument, closes.sessions[at], to_unit(closes.values[at - 1], CENT)):
            return None
        text = self._said(self.dice.choice(say.CLOSES), closes.sessions[at], name=name, close=figure)
        return self._statement(
            text, closes.sessions[at], kind="close", quote=figure, instrument=instrument, corruption="day",
            right=("contradicted",),
        )  # fmt: skip

    def _is_price_of(self, instrument: str, session: date, figure: Decimal) -> bool:
        """Whether a figure is the session's open, high or low to the cent: true on another basis, so no corruption."""
        found = (self.tape.field(instrument, session, name) for name in ("open", "high", "low"))
        return any(not isinstance(each, Missing) and to_unit(each[0], CENT) == figure for each in found)

    def _wrong_sign(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        before, after = closes.values[at - 1], closes.values[at]
        percent = to_unit(abs(after / before - 1) * 100, TENTH)
        if percent < TENTH * 3:
            return None
        template = self.dice.choice([each for each in say.PERCENTS if "{close}" not in each])
        slots = self._words(after < before) | {"pct": percent, "name": name}
        text = self._said(template, closes.sessions[at], **slots)
        return self._statement(
            text, closes.sessions[at], kind="percent", quote=judged(template, slots), instrument=instrument,
            corruption="sign", right=("contradicted",),
        )  # fmt: skip

    def _fund_for_index(self) -> Statement | None:
        """The index's level told of the fund that tracks it. The tape has adjusted rows of funds only."""
        row = self._row({key: name for key, name in INDEXES.items() if key in FUNDS})
        if row is None:
            return None
        index, _, closes, at = row
        instrument, name = FUNDS[index]
        figure = f"{to_unit(closes.values[at], CENT):,}"
        text = self._said(self.dice.choice(say.FUNDS), closes.sessions[at], name=name, close=figure)
        return self._statement(
            text, closes.sessions[at], kind="close", quote=f"${figure}", instrument=instrument, corruption="fund",
            right=("contradicted", "not_enough_data"),
        )  # fmt: skip

    def _high_for_close(self) -> Statement | None:
        """The day's high or low told as the close."""
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        found = self.tape.field(instrument, closes.sessions[at], self.dice.choice(("high", "low")))
        if isinstance(found, Missing) or abs(found[0] / closes.values[at] - 1) < Decimal("0.001"):
            return None
        figure = f"{to_unit(found[0], CENT):,}"
        text = self._said(self.dice.choice(say.CLOSES), closes.sessions[at], name=name, close=figure)
        return self._statement(
            text, closes.sessions[at], kind="close", quote=figure, instrument=instrument, corruption="basis",
            right=("conflicting",),
        )  # fmt: skip

    def _split_adjusted(self) -> Statement | None:
        """A close as quoted before a split, divided by the split's ratio."""
        instrument = self.dice.choice(list(SPLITS))
        name, first, length, ratio = SPLITS[instrument]
        session = first + timedelta(days=self.dice.randint(0, length))
        bar = self.tape.bar(instrument, session)
        if isinstance(bar, Missing):
            return None
        figure = f"{to_unit(bar.close / ratio, CENT):,}"
        text = self._said(self.dice.choice(say.SPLIT), session, name=name, close=figure)
        return self._statement(
            text, session, kind="close", quote=f"${figure}", instrument=instrument, corruption="adjusted",
            right=("contradicted",),
        )  # fmt: skip

    def _false_record(self) -> Statement | None:
        """A record where none was set, a streak told a day too long, a 52-week high that was none."""
        return self.dice.choice((self._no_record, self._no_streak, self._no_52_weeks))()

    def _no_streak(self) -> Statement | None:
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        days, up = streak(closes, at)
        if days + 1 not in NTH:
            return None
        return self._untrue("streak", say.STREAKS, instrument, name, closes.sessions[at], up, nth=NTH[days + 1])

    def _no_52_weeks(self) -> Statement | None:
        row = self._row(LONG)
        if row is None:
            return None
        instrument, name, closes, at = row
        on = closes.sessions[at]
        highs = self.tape.closes(instrument, field="high")
        if isinstance(highs, Missing) or (place := highs.find(on)) is None:
            return None
        if closes.values[at] >= max(closes.values[at - 240 : at]) or (
            highs.values[place] >= max(highs.values[place - 240 : place])
        ):
            return None
        return self._untrue("high_52w", say.HIGHS_52W, instrument, name, on, True)

    def _untrue(
        self, kind: str, templates: tuple[str, ...], instrument: str, name: str, on: date, up: bool, **slots: object
    ) -> Statement:
        made = self._superlative(kind, templates, instrument, name, on, up, **slots)
        return replace(made, corruption="record", right=("contradicted",))

    def _wrong_unit(self) -> Statement | None:
        """Points for percent, percent for basis points, percentage points for percent, millions for thousands."""
        unit = self.dice.choice((*say.WRONG_UNITS, "million"))
        if unit == "million":
            return self._millions()
        if unit == "percent":
            return self._percent_for_basis_points()
        row = self._row(INDEXES)
        if row is None:
            return None
        instrument, name, closes, at = row
        before, after = closes.values[at - 1], closes.values[at]
        percent = to_unit(abs(after / before - 1) * 100, TENTH)
        if percent < TENTH * 3 or abs(abs(after - before) - percent) < 1:
            return None
        slots = self._words(after > before) | {"name": name, "pct": percent}
        text = self._said(self.dice.choice(say.WRONG_UNITS[unit]), closes.sessions[at], **slots)
        # A day that swung may have passed through so few points; a change of an index in percentage points is no unit.
        right = {"points": ("contradicted", "conflicting", "not_enough_data"), "percentage_points": ("not_checkable",)}
        quote = f"{percent} {unit.replace('_', ' ')}"
        return self._statement(
            text, closes.sessions[at], kind="percent", quote=quote, instrument=instrument, corruption="unit",
            right=right[unit],
        )  # fmt: skip

    def _percent_for_basis_points(self) -> Statement | None:
        """A yield that rose 7 basis points told to have risen 7 %, of itself or in points."""
        row = self._row({YIELD: "the 10-year yield"})
        if row is None:
            return None
        closes, at = row[2], row[3]
        change = (closes.values[at] - closes.values[at - 1]) * 100
        if abs(change) < 4:  # official par yields are no market quotes within some basis points
            return None
        slots = self._words(change > 0) | {"bp": f"{abs(change):.0f}"}
        template = self.dice.choice(say.WRONG_UNITS["percent"])
        text = self._said(template, closes.sessions[at], **slots)
        quote = f"{abs(change):.0f}%" if "%" in template else f"{abs(change):.0f} percent"
        return self._statement(
            text, closes.sessions[at], kind="percent", quote=quote, instrument=YIELD, corruption="unit",
            right=("contradicted",),
        )  # fmt: skip

    def _millions(self) -> Statement:
        indicator, on, value, templates = self.dice.choice(JOBS)
        figure = f"{abs(value) / 1000:.0f} million"
        text = self.dice.choice(templates).format(count=figure)
        made = self._statement(text, on, kind="jobs", quote=figure, instrument=indicator)
        return replace(made, on=JOBS_MONTH, corruption="unit", right=("contradicted",))

    def _no_record(self) -> Statement | None:
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
        quote = next(words for words in ("all-time high", "record high", "record close", "record") if words in text)
        return self._statement(
            text, closes.sessions[at], kind="record", quote=quote, instrument=instrument, corruption="record",
            right=("contradicted",),
        )  # fmt: skip


def _with(made: Statement, figure: str, wrong: str, corruption: str, right: tuple[str, ...]) -> Statement | None:
    if Decimal(wrong.replace(",", "")) == Decimal(figure.replace(",", "")):
        return None
    text, quote = made.text.replace(figure, wrong), made.quote.replace(figure, wrong)
    return replace(made, text=text, quote=quote, corruption=corruption, right=right)
