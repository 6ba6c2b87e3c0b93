"""What the stages need from the world, as they wish it were. Adapters fulfil these; `wiring` plugs them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, runtime_checkable

from extractor.domain.bars import Closes
from extractor.domain.market import Bar, ListingRecord, Missing, Print, RateDecision, Rejection, SeriesInfo, Split
from extractor.domain.page import Fetched
from extractor.domain.sentiment import Sentiment


class PriceSource(Protocol):
    """A place prices come from: a folder, the local store, an address.

    A source never guesses: where it has no row it has no row, and `Market` says why.
    """

    name: str

    def series(self, instrument: str) -> Sequence[SeriesInfo]:
        """The series it holds for an instrument id, empty if none."""

    def bars(self, info: SeriesInfo, start: date, end: date) -> Sequence[Bar]:
        """Rows of one of its series with start <= session <= end, by session, no duplicates."""

    def prints(self, indicator: str) -> Sequence[Print]:
        """Every published release it holds of an indicator, by reference then release."""

    def splits(self, instrument: str) -> Sequence[Split]:
        """Splits of an instrument by ex-date."""

    def decisions(self, rate: str) -> Sequence[RateDecision]:
        """Decisions on a policy rate it holds a table of, by day."""

    def instruments(self) -> Iterable[str]:
        """Ids it holds at least one series of."""

    def same_symbol(self, instrument: str) -> Sequence[str]:
        """Ids of the same kind and symbol it holds, on any market of the country: a listing can move."""

    def splits_complete_since(self) -> date | None:
        """From this ex-date on its table of splits is complete; None where it has no table."""

    def prefetch(self, instruments: Iterable[str]) -> None:
        """Says which ids will be asked for, so that each file is read once. Changes no answer."""

    def why_not(self, instrument: str) -> Missing | None:
        """Why it has nothing of an instrument, or less than was asked for, where there is more to say than that."""


@runtime_checkable
class ReadsTables(Protocol):
    """A price source that reads tables of others' making, and leaves out rows that cannot be right."""

    def rejections(self) -> Sequence[Rejection]:
        """The rows left out so far."""


class Calendar(Protocol):
    """Trading sessions of one venue."""

    def is_session(self, day: date) -> bool: ...

    def previous(self, day: date) -> date:
        """The last session strictly before `day`."""

    def next(self, day: date) -> date:
        """The first session strictly after `day`."""

    def sessions(self, start: date, end: date) -> Sequence[date]:
        """Sessions with start <= day <= end."""


class Calendars(Protocol):
    def for_instrument(self, instrument: str) -> Calendar:
        """By the MIC in the id, or by the kind of instrument (a US index, a bond market, a UTC day)."""


class Listings(Protocol):
    """Who was listed where, when."""

    def find(self, symbol: str, *, on: date) -> Sequence[ListingRecord]:
        """Records of a symbol that cover the day, any exchange."""

    def by_name(self, name: str, *, on: date) -> Sequence[ListingRecord]: ...


class Market(Protocol):
    """The tape as the checks see it: sources joined, best first, prices as quoted on their day.

    Nothing later than `as_of` is visible.
    """

    as_of: date | None
    calendars: Calendars

    def known_on(self, as_of: date | None) -> Market:
        """The same tape with another day's knowledge; what was read is shared."""

    def bar(self, instrument: str, session: date) -> Bar | Missing:
        """The row of one session, as quoted that day: unadjusted, or split-adjusted with later splits undone."""

    def bars(self, instrument: str, session: date) -> Sequence[Bar]:
        """Every row of the session over all series, as quoted, best first; empty where there is none."""

    def field(self, instrument: str, session: date, name: str) -> tuple[Decimal, Bar] | Missing:
        """One of open, high, low, close, volume as quoted, from the best series that has it (see `Bar.certain`)."""

    def history(self, instrument: str, start: date, end: date) -> Sequence[Bar] | Missing:
        """Rows of one series, as quoted, both ends included; Missing only where no series reaches the window."""

    def comparable(self, instrument: str, start: date, end: date, *, field: str = "close") -> tuple[Bar, Bar] | Missing:
        """Two rows on one footing, so that their ratio is the move a holder of the share saw (splits undone).

        The first row has a close, the second one has `field`. Where only dividend-adjusted rows can be compared, the
        pair says so in `bar.series.adjustment`.
        """

    def closes(self, instrument: str, *, field: str = "close") -> Closes | Missing:
        """The whole history of a field on one footing (splits undone), for records, streaks and highs of a window."""

    def reach(self, instrument: str) -> SeriesInfo | Missing:
        """The joined series and how far back it goes, for records."""

    def decisions(self, rate: str) -> Sequence[RateDecision] | Missing:
        """Decisions on a policy rate up to `as_of`: from a table, or read off the daily series of the rate."""

    def prefetch(self, instruments: Iterable[str]) -> None:
        """Says which instruments will be asked for. Changes no answer."""

    def print_known(self, indicator: str, reference: date, *, on: date | None) -> Print | Missing:
        """The release of a reference period that was the newest on a day (None: the latest there is)."""

    def print_first(self, indicator: str, reference: date) -> Print | Missing:
        """The first release of a reference period."""

    def split_ratio(self, instrument: str, after: date, until: date) -> Decimal:
        """Product of the ratios with after < ex-date <= until; 1 where there was none."""

    def listings(self) -> Listings | None: ...


class ScoresSentiment(Protocol):
    """A model that says what a sentence says toward a target."""

    name: str
    version: str
    sha256: str  # of the weights; with name and version, what a stored score depends on

    def scores(self, sentences: Sequence[tuple[str, str | tuple[int, int] | None]]) -> list[Sentiment]:
        """One answer for each (text, target), in order.

        target: as it stands in the text, its (start, end) in characters, or None for the sentence as a whole. The
        same pair gets the same answer whatever it is asked together with.
        """


class FetchesPages(Protocol):
    """Brings what stands at an address of the web, politely, and from nowhere but the public network."""

    def fetch(self, address: str, *, linked_from: str | None = None) -> Fetched:
        """What an address gives.

        linked_from: the address of the feed or sitemap that named it; None where the user did.
        Raises SourceError under the address that was asked for, with a reason in words.
        """
