"""Prints, listings, quotes rows, amounts and policies: every expected rating worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from extractor.claims.check import check_article, check_claim
from extractor.domain.claim import Claim
from extractor.domain.market import ListingRecord, Print
from extractor.domain.verdict import Rating, Verdict
from extractor.verify.market import TapeMarket
from tests.fakes.prices import table
from tests.fakes.tape import FewListings, statement, tape

NOVEMBER = "2025-11-01..2025-11-30"


def release(indicator: str, value: str, unit: str, on: str, month: str = "2025-11-01") -> Print:
    return Print(
        indicator=f"indicator:US:{indicator}",
        reference=date.fromisoformat(month),
        value=Decimal(value),
        unit=unit,
        released_on=date.fromisoformat(on),
        source="the office",
    )


PRINTS = [
    release("ADP", "-32000", "jobs", "2025-12-03"),
    release("ADP", "-29000", "jobs", "2026-01-07"),
    release("UNRATE", "4.6", "percent", "2025-12-16"),
    release("UNRATE", "4.4", "percent", "2025-11-20", "2025-09-01"),
]


@pytest.fixture(scope="module")
def market() -> TapeMarket:
    cpi = {"2024-11-01": "300.000", "2025-10-01": "308.000", "2025-11-01": "309.000"}
    return tape(
        known_prints=PRINTS,
        tables=[
            table("indicator:US:CPI", cpi, vintage="latest"),
            table("indicator:US:ICSA", {"2025-11-29": "191000"}, vintage="latest"),
        ],
    )


@pytest.mark.parametrize(
    ("name", "value", "on", "changes", "rating", "reason"),
    [
        ("ADP", "32000", NOVEMBER, {"unit": "jobs", "direction": "down"}, "supported", None),
        ("ADP", "32000", NOVEMBER, {"unit": "jobs", "direction": "up"}, "contradicted", None),
        ("ADP", "29000", NOVEMBER, {"unit": "jobs", "direction": "down"}, "contradicted", None),  # not known yet
        ("ADP", "29000", NOVEMBER, {"unit": "jobs", "direction": "down", "published": "2026-01-08"}, "supported", None),
        ("ADP", "32", NOVEMBER, {"unit": "jobs", "direction": "down", "scale": 1000}, "supported", None),
        (
            "ADP",
            "32000",
            NOVEMBER,
            {"unit": "jobs", "direction": "down", "published": "2025-12-01"},
            "not_enough_data",
            None,
        ),
        ("ADP", "2", NOVEMBER, {"unit": "percent"}, "not_enough_data", "other_unit"),
        ("UNRATE", "4.6", NOVEMBER, {"unit": "percent"}, "supported", None),
        ("UNRATE", "4.7", NOVEMBER, {"unit": "percent"}, "contradicted", None),
        ("UNRATE", "4.6", None, {"unit": "percent"}, "supported", None),  # one of the last months has it
        ("UNRATE", "4.9", None, {"unit": "percent"}, "not_enough_data", "no_date"),
        # Only today's revision: 309/308 is +0.325 %, 309/300 is +3.0 %.
        (
            "CPI",
            "3.0",
            NOVEMBER,
            {"unit": "percent", "metric": "yoy", "direction": "up"},
            "supported",
            "latest_revision",
        ),
        (
            "CPI",
            "0.3",
            NOVEMBER,
            {"unit": "percent", "metric": "mom", "direction": "up"},
            "supported",
            "latest_revision",
        ),
        (
            "CPI",
            "0.4",
            NOVEMBER,
            {"unit": "percent", "metric": "mom", "direction": "up"},
            "imprecise",
            "latest_revision",
        ),
        (
            "CPI",
            "0.9",
            NOVEMBER,
            {"unit": "percent", "metric": "mom", "direction": "up"},
            "not_enough_data",
            "no_vintage",
        ),
        ("ICSA", "230000", "2025-11-29", {"unit": "claims"}, "not_enough_data", "no_vintage"),
        ("PPI", "0.2", NOVEMBER, {"unit": "percent"}, "not_enough_data", "no_series"),
        ("ADP", "50000", NOVEMBER, {"unit": "jobs", "modality": "forecast"}, "not_checkable", "forecast"),
    ],
)
def test_prints(
    market: TapeMarket, name: str, value: str, on: str | None, changes: dict[str, Any], rating: str, reason: str | None
) -> None:
    changes = {"metric": "print", "published": "2025-12-18", **changes}
    claim = statement("indicator", f"indicator:US:{name}", value, on, **changes)
    verdict = check_claim(claim, [claim], market)
    assert str(verdict.rating) == rating, verdict
    assert reason is None or verdict.reason == reason


def test_a_later_revision_stands_beside(market: TapeMarket) -> None:
    claim = statement(
        "indicator", "indicator:US:ADP", "32000", NOVEMBER, metric="print", unit="jobs", direction="down",
        published="2025-12-18",
    )  # fmt: skip
    verdict = check_claim(claim, [claim], market)
    assert "revised to -29,000 on 2026-01-07" in verdict.explanation
    assert [row.value for row in verdict.evidence] == ["-32000", "-29000"]


def weekly(day: str, value: str, on: str) -> Print:
    return release("ICSA", value, "claims", on, day)


# Weeks end on Saturdays, one of which is the first of a month.
WEEKS = [
    weekly("2025-10-25", "219000", "2025-10-30"),
    weekly("2025-11-01", "229000", "2025-11-06"),
    weekly("2025-11-08", "228000", "2025-11-13"),
    weekly("2025-11-29", "191000", "2025-12-04"),
]


@pytest.mark.parametrize(
    ("value", "on", "changes", "rating"),
    [
        ("191000", "2025-11-23..2025-11-29", {}, "supported"),
        ("205000", "2025-11-23..2025-11-29", {}, "contradicted"),
        ("191000", "2025-11-24..2025-11-28", {"source": "relative"}, "supported"),  # "last week"
        ("205000", "2025-11-24..2025-11-28", {"source": "relative"}, "contradicted"),
        ("191000", "2025-12-04", {"source": "implied"}, "supported"),
        ("205000", "2025-12-04", {"source": "implied"}, "not_enough_data"),
        # No release of the week of the 22nd: the one of the week that ends on the first is not that of November.
        ("229000", "2025-11-16..2025-11-22", {"published": "2025-11-26"}, "not_enough_data"),
        ("300000", "2025-11-16..2025-11-22", {"published": "2025-11-26"}, "not_enough_data"),
        ("229000", "2025-10-26..2025-11-01", {"published": "2025-11-06"}, "supported"),
        ("10000", "2025-10-26..2025-11-01", {"published": "2025-11-06", "metric": "change"}, "supported"),
        ("12000", "2025-10-26..2025-11-01", {"published": "2025-11-06", "metric": "change"}, "not_enough_data"),
        ("37000", "2025-11-23..2025-11-29", {"metric": "change"}, "not_enough_data"),  # the week before is not at hand
    ],
)
def test_weekly_prints(value: str, on: str, changes: dict[str, Any], rating: str) -> None:
    given = {"metric": "print", "unit": "claims", "published": "2025-12-04"} | changes
    if given["metric"] == "change":
        given["direction"] = "up"
    claim = statement("indicator", "indicator:US:ICSA", value, on, **given)
    verdict = check_claim(claim, [claim], tape(known_prints=WEEKS))
    assert str(verdict.rating) == rating, verdict


def test_a_weekly_print_says_its_week() -> None:
    claim = statement(
        "indicator", "indicator:US:ICSA", "229000", "2025-10-26..2025-11-01", metric="print", unit="claims",
        published="2025-11-06",
    )  # fmt: skip
    assert "for 2025-11-01 was 229,000 claims" in check_claim(claim, [claim], tape(known_prints=WEEKS)).explanation


def listed(symbol: str, mic: str, first: str | None, last: str | None) -> ListingRecord:
    return ListingRecord(
        mic=mic,
        symbol=symbol,
        name=f"{symbol} Inc.",
        first_on=date.fromisoformat(first) if first else None,
        last_on=date.fromisoformat(last) if last else None,
        source="the exchange",
    )


LISTINGS = FewListings(
    listed("MOVE", "XNYS", "2021-01-30", "2025-12-08"),
    listed("MOVE", "XNAS", "2025-12-09", None),
    listed("OPEN", "XNAS", None, None),
)


@pytest.mark.parametrize(
    ("about", "published", "rating"),
    [
        ("equity:XNYS:MOVE", "2025-12-01", "supported"),
        ("equity:XNYS:MOVE", "2025-12-18", "contradicted"),
        ("equity:XNAS:MOVE", "2025-12-18", "supported"),
        ("equity:XNAS:MOVE", "2014-01-02", "not_enough_data"),  # before any record
        ("equity:XNAS:OPEN", "2014-01-02", "supported"),
        ("equity:XNYS:OPEN", "2014-01-02", "not_enough_data"),  # a record without days may be of another time
        ("etf:ARCX:MOVE", "2025-12-18", "not_enough_data"),  # a fund, which the file does not cover
        ("equity:XNYS:GONE", "2025-12-18", "not_enough_data"),
        ("equity:XNAS:MOVE", None, "not_enough_data"),
    ],
)
def test_listings(about: str, published: str | None, rating: str) -> None:
    claim = statement("listing", about, None, published, unit=None, published=published, quote="Move Inc. (X: MOVE)")
    verdict = check_claim(claim, [claim], tape(listings=LISTINGS))
    assert str(verdict.rating) == rating, verdict


def row(
    last: str, change: str, percent: str, *, about: str = "equity:XNAS:ROWS", on: str = "2025-12-18"
) -> list[Claim]:
    """The three claims of one row of a quotes table."""
    common: dict[str, Any] = {"zone": "quotes", "source": "implied", "published": on}
    sign = "down" if change.startswith("-") else "up"
    return [
        statement("quote", about, last, on, metric="last", start=10, **common),
        statement("move", about, change.lstrip("-"), on, unit="USD", direction=sign, start=18, **common),
        statement("move", about, percent.lstrip("-"), on, unit="percent", start=26,
                  direction="down" if percent.startswith("-") else "up", **common),
    ]  # fmt: skip


ROWS = {
    "equity:XNAS:ROWS": {
        "2025-12-17": {"open": "54.90", "high": "55.00", "low": "54.00", "close": "54.90"},
        "2025-12-18": {"open": "54.60", "high": "54.80", "low": "53.77", "close": "54.26"},
    },
    "equity:XNAS:CLSE": {"2025-12-17": "54.54", "2025-12-18": "54.26"},
}


@pytest.mark.parametrize(
    ("claims", "rating", "reason"),
    [
        # -0.20 of 54.54 is -0.367 %: with both printed to a cent it may be as much as -0.376 %, which prints -0.38 %.
        (row("54.34", "-0.20", "-0.38"), "supported", "inside_range"),
        (row("54.34", "-0.20", "-0.40"), "contradicted", "inconsistent"),
        (row("54.34", "-0.20", "0.38"), "contradicted", "inconsistent"),
        (row("54.26", "-0.28", "-0.51"), "supported", "at_close"),
        (row("54.90", "0.54", "0.99"), "supported", "at_close"),  # the close before
        (row("58.00", "-0.20", "-0.34"), "not_enough_data", "other_hour"),  # a row of another day, maybe
        (row("54.34", "-0.20", "-0.37", about="equity:XNAS:CLSE"), "supported", "from_previous_close"),
        (row("54.34", "-0.20", "-0.37", about="equity:XNAS:NONE"), "supported", "self_consistent"),
        (row("54.34", "-0.20", "-0.37", about="equity:XNAS:NONE")[:1], "not_enough_data", "no_series"),
    ],
)
def test_quotes_rows(claims: list[Claim], rating: str, reason: str) -> None:
    verdicts = check_article(claims, tape(ROWS))
    assert {(str(verdict.rating), verdict.reason) for verdict in verdicts} == {(rating, reason)}


def test_rows_of_a_table_are_kept_apart() -> None:
    first = row("54.34", "-0.20", "-0.37")
    second = row("12.00", "-0.20", "-9.99", about="equity:XNAS:NONE")
    ratings = [verdict.rating for verdict in check_article([*first, *second], tape(ROWS))]
    assert ratings == [Rating.SUPPORTED] * 3 + [Rating.CONTRADICTED] * 3


@pytest.mark.parametrize(
    ("kind", "about", "metric", "rating", "reason"),
    [
        ("amount", "equity:XNYS:FALL", "revenue", "not_enough_data", "no_series"),
        ("amount", "organization:acme", "deal", "not_enough_data", "no_series"),
        ("amount", "policy:US:OBBBA", "provision", "not_checkable", "policy_provision"),
        ("policy", "policy:US:OBBBA", "event", "not_checkable", "policy_mention"),
    ],
)
def test_what_no_series_holds(kind: str, about: str, metric: str, rating: str, reason: str) -> None:
    claim = statement(kind, about, "2500000", "2025-12-18", metric=metric, unit="USD")
    verdict = check_claim(claim, [claim], tape())
    assert (str(verdict.rating), verdict.reason) == (rating, reason)
    assert not verdict.evidence


def test_verdicts_do_not_depend_on_the_order_of_claims() -> None:
    claims = [*row("54.34", "-0.20", "-0.38"), statement("level", "equity:XNAS:ROWS", "54.26", "2025-12-18", start=90)]

    def by_id(order: tuple[Claim, ...]) -> dict[str, Verdict]:
        return {verdict.claim_id: verdict for verdict in check_article(order, tape(ROWS))}

    expected = by_id(tuple(claims))
    assert len(expected) == 4
    assert all(by_id(order) == expected for order in permutations(claims))


def test_a_speakers_figure_is_rated_and_named() -> None:
    claim = statement("level", "equity:XNAS:ROWS", "54.99", "2025-12-18", metric="close", speaker="an app")
    verdict = check_claim(claim, [claim], tape(ROWS))
    assert verdict.rating is Rating.CONTRADICTED
    assert "an app" in verdict.explanation
