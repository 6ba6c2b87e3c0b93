"""A live source that asks a server on this machine, for tests of one source's own ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from extractor.adapters.download import Limits
from extractor.adapters.live.build import live_source
from extractor.adapters.live.source import Fetched, LiveSource
from extractor.domain.market import Need, Split
from tests.fakes.listing_server import Answer, ListingServer

QUICK = Limits(connect_s=2, read_s=2, total_s=4, pause_s=0.01, max_wait_s=1, tries=2)
NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
EVER = (date.min, date.max)


@dataclass
class Asked:
    """A source with what it was asked last."""

    source: LiveSource
    server: ListingServer
    outcome: Fetched | None = None

    def closes(self, instrument: str) -> dict[str, str]:
        return self.column(instrument, "close")

    def column(self, instrument: str, name: str) -> dict[str, str]:
        bars = [bar for info in self.source.series(instrument) for bar in self.source.bars(info, *EVER)]
        return {str(bar.session): str(bar.value(name)) for bar in bars}

    def rejected(self) -> list[str]:
        return [one.reason for one in self.source.rejections()]

    def reason(self) -> str | None:
        assert self.outcome is not None
        return None if self.outcome.missing is None else self.outcome.missing.reason

    def detail(self) -> str:
        assert self.outcome is not None
        return "" if self.outcome.missing is None else self.outcome.missing.detail


@dataclass
class Asking:
    """Asks one source for one instrument of a server that plays one answer."""

    server: ListingServer
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(
        self,
        name: str,
        instrument: str,
        path: str,
        *answers: Answer | bytes,
        days: tuple[str, str] = ("1900-01-01", "2026-01-04"),
        splits: Callable[[str], Sequence[Split]] = lambda instrument: (),
        now: datetime = NOW,
    ) -> Asked:
        plays = [one if isinstance(one, Answer) else Answer(body=one) for one in answers]
        if plays:
            self.server.plays(path, *plays)
        source = live_source(
            f"{name}={self.server.address}",
            self.folder,
            environment=self.environment,
            limits=QUICK,
            clock=lambda: now,
            splits=splits,
        )
        first_on, last_on = map(date.fromisoformat, days)
        (outcome,) = source.fetch([Need(instrument=instrument, first_on=first_on, last_on=last_on)])
        return Asked(source=source, server=self.server, outcome=outcome)
