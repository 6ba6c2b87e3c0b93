"""The tape as the checks see it: every source joined, best first, prices as quoted, nothing later than `as_of`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractor.domain.bars import Closes
from extractor.domain.market import Adjustment, Bar, Missing, Print, RateDecision, SeriesInfo
from extractor.domain.ports import Calendars, Listings, PriceSource
from extractor.verify import joined, released
from extractor.verify.absent import failed, why_not
from extractor.verify.quoting import SplitTable, as_quoted, disagree, peers, rebased, scaled
from extractor.verify.strands import Strand, gather
from extractor.verify.unlisted_splits import looks_split


class TapeMarket:
    """Fulfils `Market` over any number of price sources; their order changes nothing.

    listings: who was listed where, handed on to the checks.
    """

    def __init__(
        self,
        sources: Sequence[PriceSource],
        calendars: Calendars,
        *,
        as_of: date | None = None,
        listings: Listings | None = None,
    ) -> None:
        self.as_of = as_of
        self.calendars = calendars
        self._listings = listings
        self._tape = _Tape(sources)

    def known_on(self, as_of: date | None) -> TapeMarket:
        if as_of == self.as_of:
            return self
        other = TapeMarket((), self.calendars, as_of=as_of, listings=self._listings)
        other._tape = self._tape
        return other

    def listings(self) -> Listings | None:
        return self._listings

    def prefetch(self, instruments: Iterable[str]) -> None:
        wanted = list(instruments)
        for source in self._tape.sources:
            source.prefetch(wanted)

    def bar(self, instrument: str, session: date) -> Bar | Missing:
        missing = self._hidden(session)
        if missing is not None:
            return missing
        quoted = self._quoted(instrument, session)
        if not quoted:
            return self._why_missing(instrument, session)
        return self._undisputed(quoted)

    def bars(self, instrument: str, session: date) -> Sequence[Bar]:
        if self._hidden(session) is not None:
            return ()
        quoted = self._quoted(instrument, session)
        return [*quoted, *self._rebased(instrument, session, quoted)]

    def field(self, instrument: str, session: date, name: str) -> tuple[Decimal, Bar] | Missing:
        best = self.bar(instrument, session)
        if isinstance(best, Missing):
            return best
        beside = [bar for bar in self.bars(instrument, session) if bar.value(name) is not None]
        # A row whose close is not the quoted one is on another footing, whatever its source says.
        alike = [bar for bar in beside if bar is best or not _strays(bar, best)]
        if not alike:
            return Missing("no_field", f"no source at hand has the {name} of {instrument} on {session}")
        chosen = self._undisputed(alike, name)
        if isinstance(chosen, Missing):
            return chosen
        value = chosen.value(name)
        return Missing("no_field", f"{instrument}: no {name} on {session}") if value is None else (value, chosen)

    def history(self, instrument: str, start: date, end: date) -> Sequence[Bar] | Missing:
        end = end if self.as_of is None else min(end, self.as_of)
        strands = self._tape.direct(instrument)
        stretch = self._tape.stretch(instrument, "close", end)
        inside = [place for place in stretch if start <= place[0] <= end]
        if not inside:
            return self._why_missing(instrument, end) if end >= start else Missing("not_known_yet", f"after {end}")
        splits = self._tape.splits(instrument)
        found = (as_quoted(strands[number], strands[number].rows[row], splits) for _, number, row in inside)
        return [bar for bar in found if bar is not None]

    def comparable(self, instrument: str, start: date, end: date, *, field: str = "close") -> tuple[Bar, Bar] | Missing:
        missing = self._hidden(max(start, end))
        if missing is not None:
            return missing
        first, last = self.bar(instrument, start), self.field(instrument, end, field)
        quoted = None if isinstance(first, Missing) or isinstance(last, Missing) else (first, last[1])
        if quoted and all(bar.series.adjustment is Adjustment.NONE for bar in quoted):
            return self._on_last_footing(instrument, *quoted)
        for strand in self._tape.strands(instrument):
            pair = self._in_one_strand(instrument, strand, start, end, field)
            if pair is not None:
                return pair
        if quoted:
            return self._on_last_footing(instrument, *quoted)
        return next(one for one in (first, last) if isinstance(one, Missing))

    def closes(self, instrument: str, *, field: str = "close") -> Closes | Missing:
        whole = self._tape.closes(instrument, field, self.as_of)
        if whole is not None and self.as_of is not None:
            whole = joined.until(whole, self.as_of, self._tape.splits(instrument))
        if whole is not None:
            return whole
        direct = self._tape.direct(instrument)
        if direct and not any(field in strand.rows.columns for strand in direct):
            return Missing("no_field", f"no source at hand has the {field} of {instrument}")
        if direct:
            return Missing("not_known_yet", f"{instrument}: nothing known on {self.as_of}")
        return self._nothing(instrument)

    def reach(self, instrument: str) -> SeriesInfo | Missing:
        found = self.closes(instrument)
        return found if isinstance(found, Missing) else found.series

    def print_known(self, indicator: str, reference: date, *, on: date | None) -> Print | Missing:
        days = [day for day in (on, self.as_of) if day is not None]
        return released.known(self._tape.sources, indicator, reference, on=min(days, default=None))

    def print_first(self, indicator: str, reference: date) -> Print | Missing:
        return released.first(self._tape.sources, indicator, reference, on=self.as_of)

    def decisions(self, rate: str) -> Sequence[RateDecision] | Missing:
        return released.decisions(self._tape.sources, rate, as_of=self.as_of)

    def split_ratio(self, instrument: str, after: date, until: date) -> Decimal:
        return self._tape.splits(instrument).ratio(after, until)

    def _hidden(self, session: date) -> Missing | None:
        if self.as_of is not None and session > self.as_of:
            return Missing("not_known_yet", f"{session} is later than {self.as_of}")
        return None

    def _quoted(self, instrument: str, session: date) -> list[Bar]:
        """Rows of a session as quoted, best first."""
        splits = self._tape.splits(instrument)
        found = [
            as_quoted(strand, strand.rows[row], splits)
            for strand in self._tape.strands(instrument)
            if (row := strand.rows.find(session)) is not None
        ]
        return [bar for bar in found if bar is not None]

    def _rebased(self, instrument: str, session: date, quoted: Sequence[Bar]) -> list[Bar]:
        """Dividend-adjusted rows of a session put on its quoted close, where there is one."""
        if not quoted or isinstance(self._undisputed(quoted), Missing):
            return []
        return [
            rebased(strand.rows[row], quoted[0])
            for strand in self._tape.strands(instrument)
            if strand.info.adjustment is Adjustment.SPLIT_DIV and (row := strand.rows.find(session)) is not None
        ]

    def _undisputed(self, bars: Sequence[Bar], name: str = "close") -> Bar | Missing:
        """The best bar, unless one of equal standing says otherwise."""
        first = bars[0]
        for other in peers([bar for bar in bars if bar.value(name) is not None] or bars):
            if disagree(first, other, name):
                return Missing(
                    "source_conflict",
                    f"{name} of {first.series.id} on {first.session}: {first.value(name)} by {first.series.source},"
                    f" {other.value(name)} by {other.series.source}",
                )
        return first

    def _on_last_footing(self, instrument: str, first: Bar, last: Bar) -> tuple[Bar, Bar]:
        """Two quoted rows, the first restated to the shares of the last."""
        splits = self._tape.splits(instrument)
        early, late = sorted((first.session, last.session))
        ratio = splits.ratio(early, late)
        if first.session > last.session:
            ratio = 1 / ratio
        restated = scaled(first, 1 / ratio)
        if looks_split(self._tape.strands(instrument), early, late, splits):
            restated = replace(restated, certain=False)
        return restated, last

    def _in_one_strand(
        self, instrument: str, strand: Strand, start: date, end: date, field: str
    ) -> tuple[Bar, Bar] | None:
        """Two rows of one adjusted series, which have one footing by themselves, on the shares of the last."""
        if strand.info.adjustment is Adjustment.NONE:
            return None
        first, last = strand.rows.find(start), strand.rows.find(end)
        if first is None or last is None or strand.rows[last].value(field) is None:
            return None
        if strand.info.adjustment is Adjustment.SPLIT_DIV:
            return strand.rows[first], strand.rows[last]
        quoted = as_quoted(strand, strand.rows[last], self._tape.splits(instrument))
        factor = Decimal(1) if quoted is None else quoted.scale
        return scaled(strand.rows[first], factor), scaled(strand.rows[last], factor)

    def _why_missing(self, instrument: str, session: date) -> Missing:
        strands = self._tape.strands(instrument)
        direct = self._tape.direct(instrument)
        if not strands:
            return self._nothing(instrument)
        adjusted = [strand for strand in strands if strand not in direct]
        if any(strand.rows.find(session) is not None for strand in adjusted):
            return Missing("adjusted_only", f"{instrument}: {session} is at hand only adjusted for dividends")
        told = why_not(self._tape.sources, instrument)
        if told is not None and failed(told) and self.calendars.for_instrument(instrument).is_session(session):
            return told
        reach = direct or strands
        first, last = min(one.info.first_on for one in reach), max(one.info.last_on for one in reach)
        if session < first:
            return Missing("before_series", f"prices of {instrument} begin on {first}")
        if session > last:
            return Missing("after_series", f"prices of {instrument} end on {last}")
        if not self.calendars.for_instrument(instrument).is_session(session):
            return Missing("not_a_session", f"{session} ({session:%A}) is not a session of {instrument}")
        lacks = [one.info.source for one in reach if session in one.info.missing_sessions]
        return Missing(
            "session_missing", f"{lacks[0]} lacks {session}" if lacks else f"{instrument}: no row on {session}"
        )

    def _nothing(self, instrument: str) -> Missing:
        if self._tape.strands(instrument):
            return Missing("adjusted_only", f"prices of {instrument} are at hand only adjusted for dividends")
        told = why_not(self._tape.sources, instrument)
        return told or Missing("no_series", f"no price source at hand has {instrument}")


def _strays(bar: Bar, best: Bar) -> bool:
    """Whether a row's close is off the best one by more than rounding and half a percent."""
    return disagree(bar, best) and abs(bar.close - best.close) > abs(best.close) / 200


class _Tape:
    """What was read so far, by instrument; markets of different days share it."""

    def __init__(self, sources: Sequence[PriceSource]) -> None:
        self.sources = tuple(sources)
        self._strands: dict[str, list[Strand]] = {}
        self._splits: dict[str, SplitTable] = {}
        self._stretches: dict[tuple[str, str], list[Sequence[joined.Place]]] = {}
        self._closes: dict[tuple[str, str, date], Closes] = {}

    def strands(self, instrument: str) -> list[Strand]:
        if instrument not in self._strands:
            self._strands[instrument] = gather(instrument, self.sources)
        return self._strands[instrument]

    def direct(self, instrument: str) -> list[Strand]:
        """Those from which a quote can be had: not the dividend-adjusted."""
        return [one for one in self.strands(instrument) if one.info.adjustment is not Adjustment.SPLIT_DIV]

    def splits(self, instrument: str) -> SplitTable:
        if instrument not in self._splits:
            self._splits[instrument] = SplitTable.of(instrument, self.sources)
        return self._splits[instrument]

    def stretch(self, instrument: str, field: str, until: date | None) -> Sequence[joined.Place]:
        """The last stretch without a long hole that begins on or before a day; empty where there is none."""
        key = (instrument, field)
        if key not in self._stretches:
            found = joined.places(self.direct(instrument), field)
            self._stretches[key] = joined.stretches(found, instrument.partition(":")[0])
        begun = [one for one in self._stretches[key] if until is None or one[0][0] <= until]
        return begun[-1] if begun else ()

    def closes(self, instrument: str, field: str, until: date | None) -> Closes | None:
        stretch = self.stretch(instrument, field, until)
        if not stretch:
            return None
        key = (instrument, field, stretch[0][0])
        if key not in self._closes:
            self._closes[key] = joined.closes(self.direct(instrument), stretch, field, self.splits(instrument))
        return self._closes[key]
