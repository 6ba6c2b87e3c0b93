"""What must hold of any figure on any tape: printed from the evidence it is supported, a unit off it is not."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from hypothesis import given
from hypothesis import strategies as st

from extractor.claims.check import check_article, check_claim
from extractor.domain.claim import Claim
from extractor.domain.verdict import Rating
from extractor.verify.intervals import Interval, percent_change
from extractor.verify.rounding import printed_unit
from tests.fakes.tape import statement, tape

prices = st.decimals(min_value=Decimal("5"), max_value=Decimal("60000"), places=2)
decimals = st.integers(min_value=0, max_value=2)
DAY, BEFORE = "2025-12-04", "2025-12-03"


def printed(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def close_of(price: Decimal, before: Decimal = Decimal("100.00")) -> dict[str, dict[str, str]]:
    return {"index:NEW": {BEFORE: f"{before:.2f}", DAY: f"{price:.2f}"}}


def level(value: Decimal) -> Claim:
    return statement("level", "index:NEW", f"{value:f}", DAY, metric="close")


@given(price=prices, places=decimals)
def test_a_close_rounded_as_printed_is_supported(price: Decimal, places: int) -> None:
    claim = level(printed(price, places))
    assert check_claim(claim, [claim], tape(close_of(price))).rating is Rating.SUPPORTED


@given(price=prices, places=decimals, units=st.integers(min_value=2, max_value=40), up=st.booleans())
def test_a_close_more_than_a_unit_off_is_not(price: Decimal, places: int, units: int, up: bool) -> None:
    step = Decimal(1).scaleb(-places) * units
    value = printed(price, places) + (step if up else -step)
    if value <= 0 or abs(value - price) <= printed_unit(value, decimals=places):
        return  # a round figure like 2,500 has a larger unit: still within it
    claim = level(value)
    assert check_claim(claim, [claim], tape(close_of(price))).rating is not Rating.SUPPORTED


@given(before=prices, after=prices, places=decimals)
def test_a_percent_change_rounded_as_printed_is_supported(before: Decimal, after: Decimal, places: int) -> None:
    change = (after / before - 1) * 100
    claim = statement(
        "move",
        "index:NEW",
        f"{printed(abs(change), places):f}",
        DAY,
        unit="percent",
        direction="down" if change < 0 else "up",
    )
    assert check_claim(claim, [claim], tape(close_of(after, before))).rating is Rating.SUPPORTED


@given(before=prices, after=prices, places=decimals, units=st.integers(min_value=2, max_value=30))
def test_a_percent_change_more_than_a_unit_off_is_not(before: Decimal, after: Decimal, places: int, units: int) -> None:
    change = abs((after / before - 1) * 100)
    half = Decimal("0.005")
    slack = percent_change(Interval.around(before, half), Interval.around(after, half)).half_width
    value = printed(change, places) + Decimal(1).scaleb(-places) * units
    if value - change <= Decimal(1).scaleb(-places) + slack:
        return  # what the rounding of a low price leaves open
    claim = statement(
        "move", "index:NEW", f"{value:f}", DAY, unit="percent", direction="down" if after < before else "up"
    )
    assert check_claim(claim, [claim], tape(close_of(after, before))).rating is not Rating.SUPPORTED


@given(price=prices, other=prices, places=decimals)
def test_a_denial_is_the_opposite(price: Decimal, other: Decimal, places: int) -> None:
    bound = printed(other, places)
    market = tape(close_of(price))
    told = [
        statement("level", "index:NEW", f"{bound:f}", DAY, metric="close", comparator=">", modality=modality)
        for modality in ("asserted", "negated")
    ]
    asserted, negated = (check_claim(claim, [claim], market).rating for claim in told)
    if price - Decimal("0.01") > bound:
        assert asserted in (Rating.SUPPORTED, Rating.IMPRECISE)
        assert negated is Rating.CONTRADICTED
    elif price + Decimal("0.01") < bound:
        assert asserted in (Rating.CONTRADICTED, Rating.IMPRECISE)
        assert negated is Rating.SUPPORTED


@given(price=prices, values=st.lists(prices, min_size=2, max_size=6, unique=True), seed=st.randoms())
def test_order_changes_nothing(price: Decimal, values: list[Decimal], seed: object) -> None:
    claims = [
        statement("level", "index:NEW", f"{value:f}", DAY, metric="close", start=20 * place)
        for place, value in enumerate(values)
    ]
    market = tape(close_of(price))
    shuffled = list(claims)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    expected = {verdict.claim_id: verdict for verdict in check_article(claims, market)}
    assert {verdict.claim_id: verdict for verdict in check_article(shuffled, market)} == expected


@given(price=prices, day=st.dates(min_value=date(2025, 12, 5), max_value=date(2026, 6, 1)))
def test_no_row_no_accusation(price: Decimal, day: date) -> None:
    claim = statement("level", "index:NEW", f"{price:f}", day.isoformat(), metric="close")
    verdict = check_claim(claim, [claim], tape(close_of(price)))
    weekend_after = verdict.reason == "not_a_session"  # a weekend day stands for the session before it
    assert verdict.rating is Rating.NOT_ENOUGH_DATA or weekend_after
