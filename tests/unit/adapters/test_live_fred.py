"""FRED with and without a key, and ALFRED's vintages as releases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.adapters.calendars import TradingCalendars
from extractor.domain.market import Missing, Need
from extractor.verify.market import TapeMarket
from tests.fakes import price_answers as played
from tests.fakes.listing_server import Answer, serving
from tests.fakes.live import Asked, Asking
from tests.fakes.price_answers import PAYEMS, fred_error, observations

API, CSV = "fred/series/observations", "graph/fredgraph.csv"
KEY = {"FRED_API_KEY": "abcdef0123456789abcdef0123456789"}
JOBS, UNEMPLOYMENT = "indicator:US:PAYEMS", "indicator:US:UNRATE"
UNRATE = [
    ("2025-09-01", "4.4", "2025-11-20", "9999-12-31"),
    ("2025-11-01", "4.6", "2025-12-16", "2026-02-10"),
    ("2025-11-01", "4.5", "2026-02-11", "9999-12-31"),
]


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    with serving() as server:
        yield Asking(server, tmp_path / "cache", environment=dict(KEY))


def prints(asked: Asked, indicator: str) -> list[tuple[str, str, str, str]]:
    return [
        (f"{one.reference:%Y-%m}", str(one.released_on), str(one.value), one.unit)
        for one in asked.source.prints(indicator)
    ]


def test_a_print_that_is_a_change_is_one_of_levels_known_on_the_same_day(asking: Asking) -> None:
    asked = asking("fred", JOBS, API, observations([("2025-05-01", "159577")]), observations(PAYEMS))
    assert asked.reason() is None
    assert prints(asked, JOBS) == [
        ("2025-05", "2025-06-06", "139000", "jobs"),
        ("2025-05", "2025-07-03", "144000", "jobs"),
    ]
    (info,) = asked.source.series(JOBS)
    assert info.vintage == "latest"


def test_the_change_of_the_first_month_needs_the_month_before_it(asking: Asking) -> None:
    days = ("2025-05-01", "2025-05-31")
    asked = asking("fred", JOBS, API, observations([("2025-05-01", "159577")]), observations(PAYEMS), days=days)
    (latest, _), (vintages, _) = asked.server.asked
    assert "observation_start=2025-05-01" in latest
    assert "realtime_start" not in latest
    assert "observation_start=2025-03-31" in vintages
    assert "realtime_start=1776-07-04&realtime_end=9999-12-31" in vintages
    assert [one[0] for one in prints(asked, JOBS)] == ["2025-05", "2025-05"]


def test_no_change_is_taken_across_a_month_that_was_never_published(asking: Asking) -> None:
    rows = [(day, value, "2025-12-16", "9999-12-31") for day, value in (("2025-09-01", "100"), ("2025-11-01", "300"))]
    asked = asking("fred", JOBS, API, observations([("2025-11-01", "300")]), observations(rows))
    assert prints(asked, JOBS) == []


def test_a_figure_is_known_as_it_was_on_the_day(asking: Asking) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    asked = asking("fred", UNEMPLOYMENT, API, observations([("2025-11-01", "4.5")]), observations(UNRATE), now=now)
    market = TapeMarket([asked.source], TradingCalendars())
    month = date(2025, 11, 1)
    known = {
        str(day): one.reason if isinstance(one, Missing) else str(one.value)
        for day in (date(2025, 12, 1), date(2025, 12, 20), date(2026, 2, 20))
        if (one := market.print_known(UNEMPLOYMENT, month, on=day))
    }
    assert known == {"2025-12-01": "not_known_yet", "2025-12-20": "4.6", "2026-02-20": "4.5"}


def test_a_week_is_known_by_its_saturday(asking: Asking) -> None:
    claims = "indicator:US:ICSA"
    rows = [
        ("2025-11-01", "229000", "2025-11-06", "2025-11-12"),
        ("2025-11-01", "230000", "2025-11-13", "9999-12-31"),
        ("2025-11-08", "227000", "2025-11-13", "9999-12-31"),
    ]
    asked = asking("fred", claims, API, observations([("2025-11-08", "227000")]), observations(rows))
    market = TapeMarket([asked.source], TradingCalendars())

    def known(reference: date, on: date | None) -> str:
        found = market.print_known(claims, reference, on=on)
        return found.reason if isinstance(found, Missing) else str(found.value)

    first, second = date(2025, 11, 1), date(2025, 11, 8)
    assert [known(first, date(2025, 11, 6)), known(first, None)] == ["229000", "230000"]
    assert [known(second, date(2025, 11, 6)), known(second, date(2025, 11, 13))] == ["not_known_yet", "227000"]


def test_releases_that_are_no_number_are_left_out_and_said(asking: Asking) -> None:
    rows = [*UNRATE, ("2025-10-01", ".", "2025-12-16", "9999-12-31"), ("2025-12-01", "n/a", "2026-01-09", "9999-12-31")]
    asked = asking("fred", UNEMPLOYMENT, API, observations([("2025-11-01", "4.5")]), observations(rows))
    assert [one[0] for one in prints(asked, UNEMPLOYMENT)] == ["2025-09", "2025-11", "2025-11"]
    assert asked.rejected() == ["2025-12-01: 'n/a' is not a number"]


def test_without_vintages_the_last_revision_stays_and_the_reason_is_said(asking: Asking) -> None:
    asked = asking("fred", UNEMPLOYMENT, API, observations([("2025-11-01", "4.5")]), Answer(body=played.PAGE))
    assert asked.closes(UNEMPLOYMENT) == {"2025-11-01": "4.5"}
    assert asked.reason() == "unusable_answer"
    missing = TapeMarket([asked.source], TradingCalendars()).print_known(UNEMPLOYMENT, date(2025, 11, 1), on=None)
    assert isinstance(missing, Missing)
    assert missing.reason == "unusable_answer"


def test_without_a_key_only_the_last_revision_is_had(asking: Asking) -> None:
    asking.environment.clear()
    asked = asking("fred", UNEMPLOYMENT, CSV, b"DATE,UNRATE\n2025-09-01,4.4\n2025-10-01,.\n2025-11-01,4.5\n")
    ((path, _),) = asked.server.asked
    assert path == f"/{CSV}?id=UNRATE&cosd=1900-01-01&coed=2026-01-04"
    assert asked.closes(UNEMPLOYMENT) == {"2025-09-01": "4.4", "2025-11-01": "4.5"}
    missing = TapeMarket([asked.source], TradingCalendars()).print_known(UNEMPLOYMENT, date(2025, 11, 1), on=None)
    assert isinstance(missing, Missing)
    assert missing.reason == "no_vintage"


def test_the_target_range_is_two_series(asking: Asking) -> None:
    asking.environment.clear()
    asked = asking("fred", "yield:US2Y", CSV, b"observation_date,DGS2\n2025-12-10,3.54\n")
    low = Answer(body=b"observation_date,DFEDTARL\n2025-12-10,3.75\n2025-12-11,3.50\n")
    high = Answer(body=b"observation_date,DFEDTARU\n2025-12-10,4.00\n2025-12-11,3.75\n")
    asked.server.plays(CSV, low, high)
    need = Need(instrument="rate:US:FEDFUNDS", first_on=date(2025, 12, 1), last_on=date(2025, 12, 31))
    outcomes = list(asked.source.fetch([need]))
    assert [one.instrument for one in outcomes] == ["rate:US:FEDFUNDS:LOWER", "rate:US:FEDFUNDS:UPPER"]
    decisions = TapeMarket([asked.source], TradingCalendars()).decisions("rate:US:FEDFUNDS")
    assert not isinstance(decisions, Missing)
    assert [(one.decided_on, one.low, one.high) for one in decisions] == [
        (date(2025, 12, 10), Decimal("3.50"), Decimal("3.75"))
    ]


@pytest.mark.parametrize(
    ("answer", "reason", "says"),
    [
        (
            Answer(status=400, body=fred_error(400, "Bad Request.  The series does not exist.")),
            "no_series",
            "not exist",
        ),
        (
            Answer(status=400, body=fred_error(400, "Bad Request.  The value for variable api_key is not registered.")),
            "source_refused",
            "not registered",
        ),
        (Answer(status=429, body=fred_error(429, "Too Many Requests.  Exceeded Rate Limit")), "source_down", "429"),
        (Answer(status=500, body=fred_error(500, "Internal Server Error")), "source_down", "500"),
        (observations([("2025-12-24", "4.15")], count=100001), "unusable_answer", "1 of 100001 observations"),
        (observations([("2025-12-99", "4.15")]), "unusable_answer", "no day"),
        (observations([]), "no_series", "no row from"),
        (observations([("2025-12-25", ".")]), "no_series", "no row from"),
        (b'{"observations": 7}', "unusable_answer", "observations is missing"),
    ],
)
def test_errors_of_the_api(asking: Asking, answer: Answer | bytes, reason: str, says: str) -> None:
    asked = asking("fred", "yield:US10Y", API, answer)
    assert asked.reason() == reason
    assert says in asked.detail()
    assert KEY["FRED_API_KEY"] not in asked.detail()


@pytest.mark.parametrize(
    ("answer", "reason", "says"),
    [
        (Answer(status=404, body=played.PAGE), "no_series", "no series DGS10"),
        (Answer(status=400, body=played.PAGE), "unusable_answer", "answered 400"),
        (played.PAGE, "unusable_answer", "a web page"),
        (b"observation_date,DGS2\n2025-12-24,3.5\n", "unusable_answer", "not CSV of observation_date, DGS10"),
        (b"observation_date,DGS10\n2025-12-24,4.15\n2025-12-2", "unusable_answer", "cut short"),
        (b"observation_date,DGS10\n", "no_series", "no row from"),
        (b'observation_date,DGS10\n"2025-12-24,4.15\n', "unusable_answer", "not CSV"),
    ],
)
def test_errors_of_the_file(asking: Asking, answer: Answer | bytes, reason: str, says: str) -> None:
    asking.environment.clear()
    asked = asking("fred", "yield:US10Y", CSV, answer)
    assert asked.reason() == reason
    assert says in asked.detail()


def test_a_yield_may_be_below_zero_and_a_cell_that_is_no_number_is_said(asking: Asking) -> None:
    asking.environment.clear()
    asked = asking("fred", "yield:US1M", CSV, b"observation_date,DGS1MO\n2020-03-25,-0.05\n2020-03-26,x\n")
    assert asked.closes("yield:US1M") == {"2020-03-25": "-0.05"}
    assert asked.rejected() == ["2020-03-26: close: not a number"]
