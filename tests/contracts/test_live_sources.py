"""What every live source must do, played by a server on this machine in each one's own format.

A new source is a subclass: what it is asked for, what it answers, and the closes that must come out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest

from extractor.adapters.calendars import TradingCalendars
from extractor.adapters.live.build import live_source
from extractor.adapters.live.source import Fetched, LiveSource
from extractor.adapters.price_store import PriceStore
from extractor.domain.market import Adjustment, Missing, Need
from extractor.verify.market import TapeMarket
from tests.fakes import price_answers as played
from tests.fakes.listing_server import Answer, ListingServer, serving
from tests.fakes.live import NOW, QUICK

SECRET = "s3cret-t0ken"

BAD = {
    "busy": Answer(status=429, body=b"Too Many Requests\r\n"),
    "busy for long": Answer(status=429, headers={"Retry-After": "3600"}),
    "broken": Answer(status=500, body=b"oops"),
    "a web page": Answer(body=played.PAGE),
    "a web page of an error": Answer(status=403, body=played.PAGE),
    "nothing": Answer(body=b""),
    "no object": Answer(body=b"[1, 2"),
    "an empty object": Answer(body=b"{}"),
    "cut short": Answer(body=b'{"chart": {"result": [', missing=200),
    "elsewhere": Answer(status=302, headers={"Location": "https://consent.example.com/"}),
    "a mirror of itself": Answer(body=b"[" * 100_000),
}
FAILED = {"source_down", "source_refused", "unusable_answer"}


class LiveSourceContract:
    name: ClassVar[str]
    path: ClassVar[str]
    instrument: ClassVar[str]
    body: ClassVar[bytes]
    closes: ClassVar[dict[str, str]]
    environment: ClassVar[dict[str, str]] = {}

    @pytest.fixture
    def server(self) -> Iterator[ListingServer]:
        with serving() as server:
            server.plays(self.path, Answer(body=self.body))
            yield server

    @pytest.fixture
    def open(self, server: ListingServer, tmp_path: Path) -> Callable[..., LiveSource]:
        def open_(*, now: datetime = NOW, address: str = server.address) -> LiveSource:
            return live_source(
                f"{self.name}={address}",
                tmp_path / "cache",
                environment=self.environment,
                limits=QUICK,
                clock=lambda: now,
            )

        return open_

    @property
    def days(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.closes]

    def need(self, first: int = 0, last: int = -1) -> Need:
        return Need(instrument=self.instrument, first_on=self.days[first], last_on=self.days[last])

    def fetch(self, source: LiveSource, need: Need | None = None, *, refresh: bool = False) -> Fetched:
        (outcome,) = source.fetch([need or self.need()], refresh=refresh)
        return outcome

    def rows(self, source: LiveSource) -> dict[str, str]:
        (info,) = source.series(self.instrument)
        return {str(bar.session): str(bar.close) for bar in source.bars(info, date.min, date.max)}

    def test_has_nothing_before_it_is_told_what_is_needed(
        self, open: Callable[..., LiveSource], server: ListingServer
    ) -> None:
        source = open()
        source.prefetch([self.instrument])
        assert list(source.series(self.instrument)) == []
        assert source.why_not(self.instrument) is None
        assert server.asked == []

    def test_gives_closes_as_quoted_and_says_where_they_are_from(self, open: Callable[..., LiveSource]) -> None:
        source = open()
        outcome = self.fetch(source)
        assert (outcome.missing, outcome.rows, outcome.requests) == (None, len(self.closes), 1)
        assert self.rows(source) == self.closes
        (info,) = source.series(self.instrument)
        assert (info.first_on, info.last_on) == (self.days[0], self.days[-1])
        assert (info.source, info.adjustment) == (source.rules.source, Adjustment.NONE)
        assert (info.retrieved_at, info.decimals) == (NOW, 2)
        assert info.snapshot == f"sha256:{hashlib.sha256(self.body).hexdigest()}"
        assert list(source.instruments()) == [self.instrument]
        assert source.why_not(self.instrument) is None

    def test_both_ends_of_what_is_needed_are_in_and_nothing_else(self, open: Callable[..., LiveSource]) -> None:
        source = open()
        assert self.fetch(source, self.need(1, 1)).rows == 1
        assert self.rows(source) == dict([list(self.closes.items())[1]])
        (info,) = source.series(self.instrument)
        assert info.first_on == info.last_on == self.days[1]

    def test_what_was_fetched_once_is_not_asked_again(
        self, open: Callable[..., LiveSource], server: ListingServer
    ) -> None:
        first = open()
        self.fetch(first)
        again = open(now=datetime(2026, 9, 1, tzinfo=UTC))
        assert self.fetch(again).requests == 0
        assert self.fetch(open(), self.need(1)).requests == 0
        assert len(server.asked) == 1
        assert self.rows(again) == self.rows(first)
        assert again.series(self.instrument)[0].retrieved_at == NOW

    def test_refresh_asks_again(self, open: Callable[..., LiveSource], server: ListingServer) -> None:
        self.fetch(open())
        later = datetime(2026, 1, 6, tzinfo=UTC)
        source = open(now=later)
        assert self.fetch(source, refresh=True).requests == 1
        assert source.series(self.instrument)[0].retrieved_at == later
        assert len(server.asked) == 2

    def test_an_answer_is_kept_as_it_came(self, open: Callable[..., LiveSource], tmp_path: Path) -> None:
        self.fetch(open())
        (body,) = tmp_path.glob("cache/**/*.body")
        (known,) = tmp_path.glob("cache/**/*.json")
        assert body.read_bytes() == self.body
        for part in (hashlib.sha256(self.body).hexdigest(), self.path, "2026-01-05T12:00:00+00:00"):
            assert part in known.read_text()
        assert SECRET not in known.read_text()
        assert SECRET not in str(known)

    def test_bytes_that_were_changed_are_not_used(
        self, open: Callable[..., LiveSource], server: ListingServer, tmp_path: Path
    ) -> None:
        self.fetch(open())
        (body,) = tmp_path.glob("cache/**/*.body")
        body.write_bytes(self.body.replace(b"1", b"2"))
        source = open()
        assert self.fetch(source).requests == 1
        assert self.rows(source) == self.closes

    def test_a_day_that_is_not_over_is_not_asked_for(self, open: Callable[..., LiveSource]) -> None:
        now = datetime(self.days[-1].year, self.days[-1].month, self.days[-1].day, 18, tzinfo=UTC)
        source = open(now=now)
        self.fetch(source, Need(instrument=self.instrument, first_on=self.days[0], last_on=date(2026, 12, 31)))
        assert self.rows(source) == dict(list(self.closes.items())[:-1])
        tomorrow = self.fetch(source, Need(instrument=self.instrument, first_on=now.date(), last_on=now.date()))
        assert tomorrow.missing is not None
        assert tomorrow.missing.reason == "not_known_yet"

    @pytest.mark.parametrize("bad", BAD)
    def test_a_bad_answer_is_missing_with_its_reason(
        self, open: Callable[..., LiveSource], server: ListingServer, tmp_path: Path, bad: str
    ) -> None:
        server.plays(self.path, BAD[bad])
        source = open()
        missing = self.fetch(source).missing
        assert missing is not None
        assert missing.reason in FAILED
        assert missing.detail
        assert list(source.series(self.instrument)) == []
        assert not list(tmp_path.glob("cache/**/*.body"))
        seen = TapeMarket([source], TradingCalendars()).bar(self.instrument, self.days[0])
        assert isinstance(seen, Missing)
        assert seen.reason == missing.reason
        assert seen.detail.startswith(source.rules.source)

    def test_a_server_that_is_not_there(self, open: Callable[..., LiveSource]) -> None:
        source = open(address="http://127.0.0.1:9")
        first, second, third = (self.fetch(source).missing for _ in range(3))
        assert first is not None
        assert second is not None
        assert third is not None
        assert {first.reason, second.reason, third.reason} == {"source_down"}
        assert "not asked again" in third.detail

    def test_a_busy_server_is_asked_again_when_it_says(
        self, open: Callable[..., LiveSource], server: ListingServer
    ) -> None:
        server.plays(self.path, Answer(status=429, headers={"Retry-After": "0"}), Answer(body=self.body))
        source = open()
        assert self.fetch(source).missing is None
        assert self.rows(source) == self.closes

    def test_rows_of_an_earlier_answer_stay_beside_the_reason(
        self, open: Callable[..., LiveSource], server: ListingServer
    ) -> None:
        self.fetch(open())
        server.plays(self.path, BAD["a web page"])
        source = open(now=datetime(2026, 1, 6, tzinfo=UTC))
        outcome = self.fetch(source, refresh=True)
        assert outcome.missing is not None
        assert outcome.rows == len(self.closes)
        market = TapeMarket([source], TradingCalendars())
        assert not isinstance(market.bar(self.instrument, self.days[0]), Missing)
        later = market.bar(self.instrument, date(2026, 1, 2))
        assert isinstance(later, Missing)
        assert later.reason == "unusable_answer"
        holiday = market.bar(self.instrument, date(2024, 6, 9))
        assert isinstance(holiday, Missing)
        assert holiday.reason in ("not_a_session", "before_series")

    @pytest.mark.parametrize("instrument", ["organization:acme", "index:NOPE", "", "equity:XNAS:../x", "a:b:c"])
    def test_what_it_does_not_know_is_not_asked_for(
        self, open: Callable[..., LiveSource], server: ListingServer, instrument: str
    ) -> None:
        source = open()
        outcome = self.fetch(source, Need(instrument=instrument, first_on=self.days[0], last_on=self.days[-1]))
        assert outcome.missing is not None
        assert outcome.missing.reason == "no_series"
        assert (list(source.series(instrument)), list(source.prints(instrument))) == ([], [])
        assert (list(source.splits(instrument)), list(source.decisions(instrument))) == ([], [])
        assert server.asked == []

    def test_the_store_takes_it_as_it_is(self, open: Callable[..., LiveSource], tmp_path: Path) -> None:
        source = open()
        self.fetch(source)
        store = PriceStore(tmp_path / "prices.db")
        assert store.import_folder(source).rows == len(self.closes)
        assert store.series(self.instrument) == source.series(self.instrument)
        (info,) = store.series(self.instrument)
        assert {str(bar.session): str(bar.close) for bar in store.bars(info, date.min, date.max)} == self.closes
        assert store.splits(self.instrument) == source.splits(self.instrument)

    def test_secrets_are_in_no_message(self, open: Callable[..., LiveSource], server: ListingServer) -> None:
        server.plays(self.path, Answer(status=403, body=f'{{"detail": "no {SECRET}", "x": 1}}'.encode()))
        source = open()
        outcome = self.fetch(source)
        assert SECRET not in f"{outcome} {outcome!r} {source.why_not(self.instrument)!r}"


class TestYahoo(LiveSourceContract):
    name, path, instrument = "yahoo", "v8/finance/chart/NVDA", "equity:XNAS:NVDA"
    body = played.chart()
    closes: ClassVar = {
        "2024-06-06": "1209.98",
        "2024-06-07": "1208.88",
        "2024-06-10": "121.79",
        "2024-06-11": "120.91",
    }


class TestTiingo(LiveSourceContract):
    name, path, instrument = "tiingo", "tiingo/daily/NVDA/prices", "equity:XNAS:NVDA"
    body = played.tiingo()
    closes: ClassVar = TestYahoo.closes
    environment: ClassVar = {"TIINGO_TOKEN": SECRET}

    def test_the_token_goes_into_a_header(self, open: Callable[..., LiveSource], server: ListingServer) -> None:
        self.fetch(open())
        ((path, headers),) = server.asked
        assert headers["authorization"] == f"Token {SECRET}"
        assert SECRET not in path


class TestFredWithoutAKey(LiveSourceContract):
    name, path, instrument = "fred", "graph/fredgraph.csv", "yield:US10Y"
    body = played.DGS10
    closes: ClassVar = {"2025-12-24": "4.15", "2025-12-26": "4.14", "2025-12-29": "4.12"}


class TestFredWithAKey(LiveSourceContract):
    name, path, instrument = "fred", "fred/series/observations", "yield:US10Y"
    body = played.observations(
        [("2025-12-24", "4.15"), ("2025-12-25", "."), ("2025-12-26", "4.14"), ("2025-12-29", "4.12")]
    )
    closes: ClassVar = TestFredWithoutAKey.closes
    environment: ClassVar = {"FRED_API_KEY": SECRET}

    def test_the_key_is_sent(self, open: Callable[..., LiveSource], server: ListingServer) -> None:
        self.fetch(open())
        ((path, _),) = server.asked
        assert f"api_key={SECRET}" in path


class TestCboe(LiveSourceContract):
    name, path, instrument = "cboe", "api/global/us_indices/daily_prices/VIX_History.csv", "index:VIX"
    body = played.VIX
    closes: ClassVar = {"2025-12-03": "16.08", "2025-12-04": "15.78", "2025-12-05": "15.41"}

    def test_the_exchange_outranks_a_portal(
        self, open: Callable[..., LiveSource], server: ListingServer, tmp_path: Path
    ) -> None:
        source = open()
        self.fetch(source)
        portal = live_source(f"yahoo={server.address}", tmp_path / "cache", limits=QUICK, clock=lambda: NOW)
        answer = played.chart("^VIX", {"2025-12-04": ("15.99",)}, splits={})
        server.plays("v8/finance/chart/%5EVIX", Answer(body=answer))
        self.fetch(portal)
        for sources in ([portal, source], [source, portal]):
            bar = TapeMarket(sources, TradingCalendars()).bar("index:VIX", date(2025, 12, 4))
            assert not isinstance(bar, Missing)
            assert (bar.close, bar.series.source, bar.series.rank) == (Decimal("15.78"), "Cboe", 0)
