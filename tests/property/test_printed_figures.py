"""Every way a figure is printed: rounded from the evidence it is supported, more than a printed unit off it is not."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extractor.claims.check import check_claim
from extractor.domain.claim import Claim
from extractor.domain.market import Print, RateDecision
from extractor.domain.verdict import Rating
from extractor.verify.market import TapeMarket
from extractor.verify.rounding import claim_unit
from tests.fakes.prices import table
from tests.fakes.tape import period, statement, tape

DAY, BEFORE = "2025-12-04", "2025-12-03"
prices = st.decimals(min_value=Decimal("5"), max_value=Decimal("60000"), places=2)
yields = st.decimals(min_value=Decimal("0.05"), max_value=Decimal("16"), places=2)
large = st.decimals(min_value=Decimal("1000"), max_value=Decimal("999999"), places=2)
places = st.integers(min_value=0, max_value=2)
# How many printed units a wrong figure lies off, and on which side.
off = st.tuples(st.integers(min_value=2, max_value=40), st.sampled_from((1, -1)))


def rounded(value: Decimal, unit: Decimal) -> Decimal:
    return (value / unit).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) * unit


def rating(claim: Claim, market: TapeMarket) -> Rating:
    return check_claim(claim, [claim], market).rating


def two_days(identifier: str, before: Decimal, after: Decimal, **info: Any) -> TapeMarket:
    return tape({identifier: {BEFORE: str(before), DAY: str(after)}}, info=info)


def move(identifier: str, change: Decimal, figure: Decimal, unit: str) -> Claim:
    """A change told as `figure`, in the direction of the real one."""
    way = "down" if change < 0 else "up"
    return statement("move", identifier, f"{figure:f}", DAY, metric="change", unit=unit, direction=way)


def holds_as_printed(claim: Claim, market: TapeMarket) -> None:
    assert rating(claim, market) is Rating.SUPPORTED


def fails_as_printed(claim: Claim, actual: Decimal, market: TapeMarket, slack: Decimal = Decimal(0)) -> None:
    """actual: what the tape shows, up to `slack`, in the claim's unit."""
    assert claim.value is not None
    assume(abs(claim.value - actual) > claim_unit(claim) + slack)  # a round figure has a larger unit
    assert rating(claim, market) is not Rating.SUPPORTED


def moved_by(steps: tuple[int, int], unit: Decimal) -> Decimal:
    return steps[0] * steps[1] * unit


@given(before=prices, after=prices, places=places, wrong=off)
def test_points(before: Decimal, after: Decimal, places: int, wrong: tuple[int, int]) -> None:
    change, unit = after - before, Decimal(1).scaleb(-places)
    market, figure = two_days("index:NEW", before, after), rounded(abs(change), unit)
    holds_as_printed(move("index:NEW", change, figure, "points"), market)
    assume(figure + moved_by(wrong, unit) > 0)
    claim = move("index:NEW", change, figure + moved_by(wrong, unit), "points")
    fails_as_printed(claim, abs(change), market, slack=Decimal("0.01"))


@given(before=prices, after=prices, places=places, wrong=off)
def test_dollars_of_a_share(before: Decimal, after: Decimal, places: int, wrong: tuple[int, int]) -> None:
    change, unit = after - before, Decimal(1).scaleb(-places)
    market, figure = two_days("equity:XNAS:NEW", before, after), rounded(abs(change), unit)
    holds_as_printed(move("equity:XNAS:NEW", change, figure, "USD"), market)
    assume(figure + moved_by(wrong, unit) > 0)
    claim = move("equity:XNAS:NEW", change, figure + moved_by(wrong, unit), "USD")
    fails_as_printed(claim, abs(change), market, slack=Decimal("0.01"))


@given(before=yields, after=yields, wrong=off)
def test_basis_points(before: Decimal, after: Decimal, wrong: tuple[int, int]) -> None:
    change = (after - before) * 100
    market, figure = two_days("yield:XX10Y", before, after), rounded(abs(change), Decimal(1))
    holds_as_printed(move("yield:XX10Y", change, figure, "basis_points"), market)
    assume(figure + moved_by(wrong, Decimal(1)) > 0)
    claim = move("yield:XX10Y", change, figure + moved_by(wrong, Decimal(1)), "basis_points")
    fails_as_printed(claim, abs(change), market, slack=Decimal(1))


@given(before=yields, after=yields, places=st.integers(min_value=1, max_value=2), wrong=off)
def test_percentage_points(before: Decimal, after: Decimal, places: int, wrong: tuple[int, int]) -> None:
    change, unit = after - before, Decimal(1).scaleb(-places)
    market, figure = two_days("yield:XX10Y", before, after), rounded(abs(change), unit)
    holds_as_printed(move("yield:XX10Y", change, figure, "percentage_points"), market)
    assume(figure + moved_by(wrong, unit) > 0)
    claim = move("yield:XX10Y", change, figure + moved_by(wrong, unit), "percentage_points")
    fails_as_printed(claim, abs(change), market, slack=Decimal("0.01"))


@given(value=yields, places=places, wrong=off)
def test_a_yield(value: Decimal, places: int, wrong: tuple[int, int]) -> None:
    market, unit = two_days("yield:XX10Y", value, value), Decimal(1).scaleb(-places)

    def claim(figure: Decimal) -> Claim:
        return statement("level", "yield:XX10Y", f"{figure:f}", DAY, metric="close", unit="percent")

    holds_as_printed(claim(rounded(value, unit)), market)
    figure = rounded(value, unit) + moved_by(wrong, unit)
    assume(figure > 0)
    fails_as_printed(claim(figure), value, market, slack=Decimal("0.005"))


@given(value=yields, wrong=st.integers(min_value=2, max_value=40), up=st.booleans())
def test_an_official_par_yield_is_within_five_basis_points_of_a_market_quote(
    value: Decimal, wrong: int, up: bool
) -> None:
    market = tape({"yield:XX10Y": {DAY: str(value)}}, info={"source": "FRED"})
    figure = value + Decimal(wrong if up else -wrong) / 100
    assume(figure > 0)
    claim = statement("level", "yield:XX10Y", f"{figure:f}", DAY, metric="close", unit="percent")
    found = rating(claim, market)
    assert found is (Rating.IMPRECISE if wrong <= 5 else Rating.CONTRADICTED)


@given(low=prices, width=prices, places=places, wrong=off, top=st.booleans())
def test_a_days_range(low: Decimal, width: Decimal, places: int, wrong: tuple[int, int], top: bool) -> None:
    high, unit = low + width, Decimal(1).scaleb(-places)
    row = {"close": str(low), "open": str(low), "high": str(high), "low": str(low)}
    market = tape({"index:NEW": {DAY: row}})

    def claim(first: Decimal, last: Decimal) -> Claim:
        return statement(
            "level", "index:NEW", f"{first:f}", DAY, metric="range", value_high=f"{last:f}", published="2025-12-05"
        )

    first, last = rounded(low, unit), rounded(high, unit)
    holds_as_printed(claim(first, last), market)
    shift = moved_by(wrong, unit)
    first, last = (first, last + shift) if top else (first + shift, last)
    assume(0 < first <= last)
    told = claim(first, last)
    ends = (claim_unit(told), claim_unit(statement("level", "index:NEW", f"{last:f}", DAY)))
    assume(abs(last - high) > ends[1] if top else abs(first - low) > ends[0])
    assert rating(told, market) is not Rating.SUPPORTED


@given(value=large, zeros=st.integers(min_value=0, max_value=4), wrong=off)
def test_integers_with_zeros_that_round(value: Decimal, zeros: int, wrong: tuple[int, int]) -> None:
    """ "2,500" is 2,450 to 2,550, "10,000" is 9,500 to 10,500: as far as two digits are left."""
    unit = Decimal(10) ** zeros
    assume(rounded(value, unit) >= 10 * unit)
    market = two_days("index:NEW", value, value)
    holds_as_printed(statement("level", "index:NEW", f"{rounded(value, unit):f}", DAY, metric="close"), market)
    figure = rounded(value, unit) + moved_by(wrong, unit)
    assume(figure > 0)
    fails_as_printed(statement("level", "index:NEW", f"{figure:f}", DAY, metric="close"), value, market)


@given(
    count=st.integers(min_value=1_000, max_value=9_000_000),
    scale=st.sampled_from((1, 1_000, 1_000_000)),
    places=st.integers(min_value=0, max_value=3),
    wrong=off,
)
def test_scale_words(count: int, scale: int, places: int, wrong: tuple[int, int]) -> None:
    """ "1.2 million", "119 thousand", "119,000": the last printed digit decides, in its own scale."""
    unit = Decimal(scale).scaleb(-places)
    assume(scale > 1 or places == 0)
    assume(rounded(Decimal(count), unit) > 0)
    market = printed(count)
    holds_as_printed(told(rounded(Decimal(count), unit), scale, places), market)
    figure = rounded(Decimal(count), unit) + moved_by(wrong, unit)
    assume(figure > 0)
    fails_as_printed(told(figure, scale, places), Decimal(count), market)


def printed(count: int) -> TapeMarket:
    day = period("2025-11-01").start
    release = Print(
        indicator="indicator:US:ADP", reference=day, value=Decimal(count), unit="jobs",
        released_on=period("2025-12-03").start, source="the office",
    )  # fmt: skip
    return tape(known_prints=[release])


def told(figure: Decimal, scale: int, places: int) -> Claim:
    number = (figure / scale).quantize(Decimal(1).scaleb(-places))
    return statement(
        "indicator", "indicator:US:ADP", f"{number:f}", "2025-11-01..2025-11-30",
        metric="print", unit="jobs", scale=scale, published="2025-12-18",
    )  # fmt: skip


@pytest.mark.parametrize("low", ["3.50", "0.00", "5.25"])
@given(steps=st.integers(min_value=-8, max_value=8), places=st.integers(min_value=1, max_value=2))
def test_a_target_range(low: str, steps: int, places: int) -> None:
    """Whole ranges, a quarter point apart: only the one decided is supported, however its ends are printed."""
    bottom = Decimal(low)
    decision = RateDecision(
        rate="rate:XX:POLICY", decided_on=period(BEFORE).start, effective_on=period(DAY).start,
        low=bottom, high=bottom + Decimal("0.25"), source="bank",
    )  # fmt: skip
    first = bottom + Decimal("0.25") * steps
    assume(first >= 0)
    unit = Decimal(1).scaleb(-places)
    ends = [rounded(end, unit).quantize(unit) for end in (first, first + Decimal("0.25"))]
    claim = statement(
        "rate", "rate:XX:POLICY", f"{ends[0]:f}", DAY, metric="target_range", unit="percent", value_high=f"{ends[1]:f}"
    )
    assert (rating(claim, tape(known_decisions=[decision])) is Rating.SUPPORTED) == (steps == 0)


@given(
    price=st.decimals(min_value=Decimal("5"), max_value=Decimal("900"), places=2),
    change=st.decimals(min_value=Decimal("-4.5"), max_value=Decimal("90"), places=2),
    wrong=off,
)
def test_a_quotes_row(price: Decimal, change: Decimal, wrong: tuple[int, int]) -> None:
    """A row of price, change and percent: the percent that the others make agrees, one further off does not."""
    before = price - change
    assume(before > 1)
    percent = change / before * 100
    cent = Decimal("0.01")

    def row(figure: Decimal) -> list[Claim]:
        way = {"direction": "down" if change < 0 else "up", "sentence": "a row", "zone": "quotes"}
        quotes = {"metric": "change", **way}
        return [
            statement("quote", "equity:XNAS:NEW", f"{price:f}", DAY, metric="last", sentence="a row", zone="quotes"),
            statement("quote", "equity:XNAS:NEW", f"{abs(change):f}", DAY, start=20, **quotes),
            statement("quote", "equity:XNAS:NEW", f"{figure:f}", DAY, start=30, unit="percent", **quotes),
        ]

    market = tape({})
    figure = rounded(abs(percent), cent)
    assert all(check_claim(claim, row(figure), market).rating is Rating.SUPPORTED for claim in row(figure)), (
        "consistent, with nothing to compare"
    )
    figure += moved_by(wrong, cent)
    # The two other figures are rounded to a cent, so the percent is known up to what a cent of both makes of it.
    slack = cent + cent / 2 / (before - cent) * 100 * (1 + 2 * abs(change) / (before - cent))
    assume(figure > 0 and abs(figure - abs(percent)) > slack)
    assert all(check_claim(claim, row(figure), market).rating is Rating.CONTRADICTED for claim in row(figure))


@given(first=prices, last=prices, places=st.integers(min_value=0, max_value=1), wrong=off)
def test_a_change_over_a_year(first: Decimal, last: Decimal, places: int, wrong: tuple[int, int]) -> None:
    change, unit = (last / first - 1) * 100, Decimal(1).scaleb(-places)
    rows = table("index:NEW", {"2024-12-31": str(first), "2025-12-31": str(last)})
    market = tape(tables=[rows])

    def claim(figure: Decimal) -> Claim:
        way = "down" if change < 0 else "up"
        window = "2024-12-31..2025-12-31"
        return statement("move", "index:NEW", f"{figure:f}", window, metric="change", unit="percent", direction=way)

    holds_as_printed(claim(rounded(abs(change), unit)), market)
    figure = rounded(abs(change), unit) + moved_by(wrong, unit)
    assume(figure > 0)
    fails_as_printed(claim(figure), abs(change), market, slack=Decimal("0.005") / first * 100 * (2 + last / first))
