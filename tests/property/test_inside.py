"""What must hold of any move: its figures, rounded as printed, never disagree; one well off its own unit does."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from extractor.claims.check import check_article
from extractor.claims.inside.equations import Equation, Fit, equations
from extractor.claims.inside.together import together
from extractor.claims.inside.weekday import doubt_of
from extractor.domain.claim import Claim
from extractor.domain.verdict import Rating
from extractor.verify.rounding import claim_unit
from tests.fakes.tape import period, tape
from tests.fakes.telling import told

DAY, BEFORE = "2025-12-10", "2025-12-09"
prices = st.decimals(min_value=Decimal("0.50"), max_value=Decimal("60000"), places=4)
places = st.integers(min_value=0, max_value=3)
rates = st.decimals(min_value=Decimal("-0.9"), max_value=Decimal("19"), places=4)


def printed(value: Decimal, decimals: int) -> Decimal:
    return abs(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def equations_of(claims: list[Claim]) -> list[Equation]:
    return [equation for move in together(claims) for equation in equations(move)]


def fell_or_rose(value: Decimal) -> dict[str, Any]:
    return {"direction": "down" if value < 0 else "up"}


def to_a_level(points: Decimal, percent: Decimal, level: Decimal, way: dict[str, Any]) -> list[Claim]:
    return told(
        f"It moved {points:f} points, or {percent:f}%, to {level:f} now.",
        "index:NEW",
        DAY,
        ("move", f"{points:f}", {**way, "quote": f"{points:f} points"}),
        ("move", f"{percent:f}", {**way, "unit": "percent", "quote": f"{percent:f}%"}),
        ("level", f"{level:f}", {"quote": f"to {level:f} now"}),
    )


def between_levels(before: Decimal, after: Decimal, percent: Decimal, way: dict[str, Any]) -> list[Claim]:
    return told(
        f"It moved {percent:f}% to {after:f} from {before:f}.",
        "index:NEW",
        DAY,
        ("move", f"{percent:f}", {**way, "unit": "percent", "quote": f"{percent:f}%"}),
        ("level", f"{after:f}", {"after": " to "}),
        ("level", f"{before:f}", {"after": "from ", "on": BEFORE, "words": "previous close"}),
    )


@given(before=prices, after=prices, of_level=places, of_points=places, of_percent=places)
def test_level_points_and_percent_of_a_true_move_agree(
    before: Decimal, after: Decimal, of_level: int, of_points: int, of_percent: int
) -> None:
    change = after - before
    claims = to_a_level(
        printed(change, of_points),
        printed(change / before * 100, of_percent),
        printed(after, of_level),
        fell_or_rose(change),
    )
    assert all(equation.fit is Fit.AGREES for equation in equations_of(claims))


@given(before=prices, after=prices, of_level=places, of_percent=places)
def test_two_levels_and_the_percent_between_them_agree(
    before: Decimal, after: Decimal, of_level: int, of_percent: int
) -> None:
    change = (after / before - 1) * 100
    claims = between_levels(
        printed(before, of_level), printed(after, of_level), printed(change, of_percent), fell_or_rose(change)
    )
    assert all(equation.fit is Fit.AGREES for equation in equations_of(claims))


@given(before=prices, after=prices, of_percent=places, units=st.integers(min_value=2, max_value=50))
def test_a_percent_well_off_its_unit_disagrees(before: Decimal, after: Decimal, of_percent: int, units: int) -> None:
    change = (after / before - 1) * 100
    wrong = printed(change, of_percent) + Decimal(1).scaleb(-of_percent) * units
    assume(printed(before, 4) != printed(after, 4))
    (equation,) = equations_of(between_levels(printed(before, 4), printed(after, 4), wrong, fell_or_rose(change)))
    spread = equation.implied.high - equation.implied.low
    assume(units * claim_unit(equation.stated) > spread + 2 * claim_unit(equation.stated))
    assert equation.fit is Fit.DISAGREES


@given(
    old=rates,
    new=rates,
    of_level=st.integers(min_value=2, max_value=3),
    of_change=st.integers(min_value=0, max_value=1),
    off=st.sampled_from([0, 0, 5, 30]),
)
def test_basis_points_between_two_yields(old: Decimal, new: Decimal, of_level: int, of_change: int, off: int) -> None:
    assume(old > 0 and new > 0)
    change = printed((new - old) * 100, of_change) + off
    after, before = (f"{printed(rate, of_level):f}" for rate in (new, old))
    assume(after != before)
    percent = {"unit": "percent"}
    claims = told(
        f"It moved {change:f} basis points to {after}% from {before}%.",
        "yield:US10Y",
        DAY,
        ("move", f"{change:f}", {**fell_or_rose(new - old), "unit": "basis_points", "quote": f"{change:f} basis"}),
        ("level", after, {**percent, "quote": f"{after}%", "after": " to "}),
        (
            "level",
            before,
            {**percent, "quote": f"{before}%", "after": "from ", "on": BEFORE, "words": "previous close"},
        ),
    )
    (equation,) = equations_of(claims)
    assert equation.fit is (Fit.DISAGREES if off else Fit.AGREES)


@given(before=prices, after=prices, wrong=st.decimals(min_value=0, max_value=99, places=2))
def test_what_the_tape_says_of_a_figure_is_never_changed_by_its_neighbours(
    before: Decimal, after: Decimal, wrong: Decimal
) -> None:
    """Ratings and corrections stay; only where the tape has nothing the reason may become the disagreement."""
    before, after = printed(before, 2), printed(after, 2)
    claims = to_a_level(printed(after - before, 2), wrong, after, fell_or_rose(after - before))
    for market in (tape({"index:NEW": {BEFORE: f"{before:.2f}", DAY: f"{after:.2f}"}}), tape()):
        together_rated = check_article(claims, market)
        alone = [check_article([claim], market)[0] for claim in claims]
        for one, other in zip(together_rated, alone, strict=True):
            assert (one.rating, one.correction, one.evidence) == (other.rating, other.correction, other.evidence)
            assert one.reason in (other.reason, "inconsistent")
            if one.rating is Rating.SUPPORTED:
                assert one == other


@given(day=st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1)), printed_day=st.integers(0, 6))
def test_a_weekday_is_in_doubt_just_where_the_calendar_has_another(day: date, printed_day: int) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[printed_day]
    doubt = doubt_of(period(day.isoformat(), words=f"{name}, {day:%b. %d, %Y}"), None)
    assert (doubt is None) == (day.weekday() == printed_day)
    if doubt is not None:
        assert doubt.days[0] == day
        assert doubt.days[1].weekday() == printed_day
        assert abs((doubt.days[1] - day).days) <= 3
