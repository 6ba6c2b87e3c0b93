"""A live source as a `PriceSource`: what is needed is fetched first, through the cache; answering needs no network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from extractor.adapters.download import Limits, download
from extractor.adapters.live.answers import Answer, Request, UnusableError
from extractor.adapters.live.cache import RawCache
from extractor.adapters.live.provider import Provider, Reading, Wanted
from extractor.domain.bars import BarTable
from extractor.domain.errors import SourceError
from extractor.domain.instruments import fold, symbol_key
from extractor.domain.market import Bar, Missing, Need, Print, RateDecision, Rejection, SeriesInfo, Split
from extractor.domain.ports import Calendar, Calendars

_DAY = timedelta(days=1)
_FRESH = timedelta(hours=1)  # an answer this young is not asked for again, whatever it lacks
_FAILURES = 2  # in a row; after them a source is taken to be down and not asked any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """How it came out for one series, as quoted. requests: made over the network. missing: why there is no row."""

    instrument: str
    symbol: str
    rows: int = 0
    prints: int = 0
    first_on: date | None = None
    last_on: date | None = None
    retrieved_at: datetime | None = None
    requests: int = 0
    missing: Missing | None = None

    def __str__(self) -> str:
        called = f"{self.instrument} ({self.symbol})" if self.symbol else self.instrument
        if self.missing is not None:
            return f"{called}: {self.missing.detail or self.missing.reason.replace('_', ' ')}"
        parts = [f"{self.rows:,} rows from {self.first_on} to {self.last_on}"] if self.rows else []
        parts += [f"{self.prints:,} releases"] if self.prints else []
        as_of = f"as quoted, as of {self.retrieved_at:%Y-%m-%d %H:%M} UTC" if self.retrieved_at else "as published"
        return f"{called}: {', '.join(parts)}, {as_of}{'' if self.requests else ', from the cache'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """Of one request: what there is, and why it is not what was asked for."""

    reading: Reading
    requests: int = 0
    missing: Missing | None = None


class LiveSource:
    """Fulfils `PriceSource`. It has what `fetch` brought, and nothing else.

    clock: the moment, aware. splits: of an instrument as other sources list them.
    """

    def __init__(
        self,
        provider: Provider,
        cache: RawCache,
        calendars: Calendars,
        *,
        limits: Limits | None = None,
        splits: Callable[[str], Sequence[Split]] = lambda instrument: (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = provider.rules.name
        self.rules = provider.rules
        self._provider = provider
        self._cache = cache
        self._calendars = calendars
        self._limits = limits or Limits()
        self._splits_elsewhere = splits
        self._clock = clock
        self._failures = 0
        self._down = ""
        self._readings: dict[str, Reading] = {}
        self._missing: dict[str, Missing] = {}

    # -- what is fetched

    def fetch(self, needs: Iterable[Need], *, refresh: bool = False) -> Iterator[Fetched]:
        """One outcome a series, as it comes. A day that is not over, by UTC, is not asked for.

        What the cache has over the days is not asked again, unless `refresh` says so or the last of them may still
        come. A source that fails twice in a row is left alone after that.
        """
        for need in needs:
            for instrument in self.rules.made_of(need.instrument):
                yield self._fetch(replace(need, instrument=instrument), refresh=refresh)

    def _fetch(self, need: Need, *, refresh: bool) -> Fetched:
        symbol = self.rules.symbol(need.instrument)
        today = self._clock().astimezone(UTC).date()
        last_on = min(need.last_on, today - _DAY)
        if symbol is None:
            missing = Missing("no_series", f"{self.name} has no such series")
        elif last_on < need.first_on:
            missing = Missing("not_known_yet", f"{need.first_on} is not over yet")
        else:
            wanted = Wanted(
                symbol=symbol,
                first_on=need.first_on,
                last_on=last_on,
                today=today,
                splits=tuple(self._splits_elsewhere(need.instrument)),
            )
            return self._of_symbol(wanted, refresh=refresh)
        self._missing[need.instrument] = missing
        return Fetched(instrument=need.instrument, symbol=symbol.name if symbol else "", missing=missing)

    def _of_symbol(self, wanted: Wanted, *, refresh: bool) -> Fetched:
        instrument = wanted.symbol.instrument
        whole, requests = Reading(), 0
        missing: Missing | None = None
        for request in self._provider.requests(wanted):
            outcome = self._outcome(wanted, request, refresh=refresh)
            requests += outcome.requests
            missing = missing or outcome.missing
            whole = _joined(whole, outcome.reading)
        whole = _within(whole, wanted, self._calendars.for_instrument(instrument))
        if whole.table is None and not whole.prints and missing is None:
            missing = Missing("no_series", f"no row from {wanted.first_on} to {wanted.last_on}")
        if missing is not None:
            self._missing[instrument] = replace(missing, detail=f"{self.rules.source}: {missing.detail}")
        else:
            self._missing.pop(instrument, None)
        self._readings[instrument] = whole
        table = whole.table
        return Fetched(
            instrument=instrument,
            symbol=wanted.symbol.name,
            rows=len(table) if table is not None else 0,
            prints=len(whole.prints),
            first_on=table.info.first_on if table is not None else None,
            last_on=table.info.last_on if table is not None else None,
            retrieved_at=table.info.retrieved_at if table is not None else None,
            requests=requests,
            missing=missing,
        )

    def _outcome(self, wanted: Wanted, request: Request, *, refresh: bool) -> _Outcome:
        """From the cache where that will do; also where the source has nothing now, which is then said beside it."""
        stored = Reading()
        for answer in self._cache.covering(request):
            found = self._read(wanted, request, answer)
            if isinstance(found, Reading):
                stored = found
                if not refresh and self._is_final(wanted, answer, found):
                    return _Outcome(reading=found)
                break
        if self._down:
            return _Outcome(reading=stored, missing=Missing("source_down", f"not asked again: {self._down}"))
        try:
            answer = self._ask(request)
        except SourceError as error:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._down = error.reason
            return _Outcome(reading=stored, requests=1, missing=Missing("source_down", error.reason))
        self._failures = 0
        found = self._read(wanted, request, answer)
        if isinstance(found, Missing):
            return _Outcome(reading=stored, requests=1, missing=found)
        self._cache.keep(request, answer)
        return _Outcome(reading=found, requests=1)

    def _ask(self, request: Request) -> Answer:
        came = asyncio.run(
            download(
                request.address,
                agent=request.agent,
                limits=self._limits,
                secrets=request.secrets,
                taken=request.taken,
            )
        )
        return Answer(
            content=came.content or b"",
            address=request.address,
            retrieved_at=self._clock().astimezone(UTC).replace(microsecond=0),
            status=came.status,
        )

    def _read(self, wanted: Wanted, request: Request, answer: Answer) -> Reading | Missing:
        try:
            return self._provider.read(wanted, request, answer)
        except UnusableError as error:
            return replace(error.missing, detail=_without(request, error.missing.detail))

    def _is_final(self, wanted: Wanted, answer: Answer, reading: Reading) -> bool:
        """Whether the same question would be answered with no row more."""
        age = self._clock() - answer.retrieved_at
        if age < _FRESH or answer.retrieved_at.date() > wanted.last_on + timedelta(days=self.rules.settles_after):
            return True
        instrument = wanted.symbol.instrument
        if reading.table is None or instrument.startswith("indicator:"):
            return False
        last_session = self._calendars.for_instrument(instrument).previous(wanted.last_on + _DAY)
        return reading.table.info.last_on >= last_session

    # -- what it has

    def series(self, instrument: str) -> Sequence[SeriesInfo]:
        wanted = fold(instrument)
        return [one.info for one in self.every() if fold(one.info.id) == wanted]

    def bars(self, info: SeriesInfo, start: date, end: date) -> Sequence[Bar]:
        return next((one.between(start, end) for one in self.every() if one.info == info), ())

    def prints(self, indicator: str) -> Sequence[Print]:
        reading = self._readings.get(indicator)
        return reading.prints if reading is not None else ()

    def splits(self, instrument: str) -> Sequence[Split]:
        key = symbol_key(instrument)
        found = {split.ex_on: split for split in self.every_split() if symbol_key(split.instrument) == key}
        return [found[day] for day in sorted(found)]

    def decisions(self, rate: str) -> Sequence[RateDecision]:
        """None: they are read off the daily series of the rate."""
        return ()

    def instruments(self) -> Iterable[str]:
        return [one.info.id for one in self.every()]

    def same_symbol(self, instrument: str) -> Sequence[str]:
        key = symbol_key(instrument)
        return [] if key == fold(instrument) else [name for name in self.instruments() if symbol_key(name) == key]

    def splits_complete_since(self) -> date | None:
        """None: what an answer says of splits is about its own instrument."""
        return None

    def prefetch(self, instruments: Iterable[str]) -> None:
        """Nothing to do: `fetch` came before."""

    def why_not(self, instrument: str) -> Missing | None:
        return next((self._missing[one] for one in self.rules.made_of(instrument) if one in self._missing), None)

    def every(self) -> Iterator[BarTable]:
        """Each series that was fetched."""
        return (reading.table for reading in self._readings.values() if reading.table is not None)

    def every_split(self) -> Sequence[Split]:
        return [split for reading in self._readings.values() for split in reading.splits]

    def every_print(self) -> Sequence[Print]:
        return [one for reading in self._readings.values() for one in reading.prints]

    def every_decision(self) -> Sequence[RateDecision]:
        return ()

    def rejections(self) -> Sequence[Rejection]:
        """Rows left out of the answers that were read, of the days that were wanted."""
        return [one for reading in self._readings.values() for one in reading.rejections]


def _joined(first: Reading, other: Reading) -> Reading:
    return Reading(
        table=first.table if first.table is not None else other.table,
        splits=first.splits + other.splits,
        prints=first.prints + other.prints,
        rejections=first.rejections + other.rejections,
    )


def _within(reading: Reading, wanted: Wanted, calendar: Calendar) -> Reading:
    """Of the days that were asked for; the cache may have more. A holiday with an empty row is no session it lacks."""
    first_on, last_on = wanted.days
    prints = tuple(one for one in reading.prints if first_on <= one.reference <= last_on)
    table = reading.table.between(first_on, last_on) if reading.table is not None else None
    if table is None or not table:
        return replace(reading, table=None, prints=prints)
    info = replace(
        table.info,
        first_on=table.sessions[0],
        last_on=table.sessions[-1],
        missing_sessions=frozenset(
            day for day in table.info.missing_sessions if first_on <= day <= last_on and calendar.is_session(day)
        ),
    )
    return replace(reading, table=BarTable(info, table.sessions, table.columns), prints=prints)


def _without(request: Request, text: str) -> str:
    """A server that repeats what it was sent must not put a key into a message."""
    for secret in (*request.secrets.query.values(), *request.secrets.headers.values()):
        for part in (secret, secret.rpartition(" ")[2]):
            text = text.replace(part, "...")
    return text
