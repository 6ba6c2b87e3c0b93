"""Statements corrupted in known ways: a digit, the day, the sign, index for fund, high for close, a split, a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from extractor.domain.market import Missing
from tests.statements import phrasings as say
from tests.statements.generator import CENT, INDEXES, TENTH, Generator, Statement, judged, to_unit

FUNDS = {
    "index:SPX": ("etf:ARCX:SPY", "the SPDR S&P 500 ETF"),
    "index:RUT": ("etf:ARCX:IWM", "the iShares Russell 2000 ETF"),
}


class Corruptor(Generator):
    """Draws statements that the tape refutes."""

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
        template = self.dice.choice(say.PERCENTS[:4])
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
        figure = f"{to_unit(found[0], CENT):,}"
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
        figure = f"{to_unit(bar.close / 10, CENT):,}"
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
