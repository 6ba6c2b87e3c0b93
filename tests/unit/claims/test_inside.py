"""Figures of one sentence held against each other: which are taken together, what they make, and what verdicts say."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.claims.check import check_article
from extractor.claims.inside.equations import Equation, Fit, equations
from extractor.claims.inside.together import together
from extractor.domain.claim import Claim
from extractor.domain.verdict import Rating, Verdict
from tests.fakes.tape import tape
from tests.fakes.telling import told

NEW = "index:NEW"
DAY, BEFORE = "2025-12-10", "2025-12-09"
UP, DOWN = {"direction": "up"}, {"direction": "down"}
PERCENT_DOWN: dict[str, Any] = {"unit": "percent", **DOWN}


def dow(percent: str = "0.67", level: str = "47,560.29", points: str = "320.15") -> list[Claim]:
    """ "It fell 320.15 points, or 0.67%, to 47,560.29." """
    return told(
        f"It fell {points} points, or {percent}%, to {level}.",
        NEW,
        DAY,
        ("move", points, DOWN),
        ("move", percent, {**PERCENT_DOWN, "quote": f"{percent}%"}),
        ("level", level.replace(",", ""), {"quote": level}),
    )


def found(claims: list[Claim]) -> list[Equation]:
    return [equation for move in together(claims) for equation in equations(move)]


def fits(claims: list[Claim]) -> list[Fit]:
    return [equation.fit for equation in found(claims)]


def checked(claims: list[Claim], rows: dict[str, dict[str, str]] | None = None) -> list[Verdict]:
    return list(check_article(claims, tape({NEW: rows} if rows else {})))


@pytest.mark.parametrize(
    ("percent", "fit"),
    [
        ("0.67", Fit.AGREES),
        ("0.7", Fit.AGREES),
        ("1", Fit.AGREES),
        ("0.66", Fit.LOOSE),  # 0.6686 cut short
        ("0.6", Fit.LOOSE),
        ("0.76", Fit.DISAGREES),
        ("0.65", Fit.DISAGREES),
        ("6.7", Fit.DISAGREES),
    ],
)
def test_a_change_and_its_percent_on_the_way_to_a_level(percent: str, fit: Fit) -> None:
    assert fits(dow(percent)) == [fit]


def test_a_round_level_leaves_more_open() -> None:
    # "47,000" is 46,500 to 47,500: the change is 1.036 % to 1.058 % of what was before.
    assert fits(dow("1.06", "47,000", "497.46")) == [Fit.AGREES]
    assert fits(dow("1.06", "47,001", "497.46")) == [Fit.DISAGREES]


def test_the_arithmetic_is_told_in_printed_figures() -> None:
    (equation,) = found(dow("0.76"))
    assert equation.formula == "-320.15 / (47560.29 + 320.15) * 100"
    assert equation.says == "a change of -320.15 points to 47,560.29, from 47,880.44, makes -0.669 %"


def yields(change: str = "6", level: str = "4.12%", before: str = "4.08%", **start: Any) -> list[Claim]:
    percent = {"unit": "percent"}
    return told(
        f"It rose {change} basis points to {level} from {before}{start.pop('behind', '')}.",
        "yield:US10Y",
        DAY,
        ("move", change, {**UP, "unit": "basis_points", "quote": f"{change} basis points"}),
        ("level", level[:-1], {**percent, "quote": level}),
        ("level", before[:-1], {**percent, "quote": before, "on": BEFORE, "words": "previous close", **start}),
    )


@pytest.mark.parametrize(
    ("change", "fit"), [("4", Fit.AGREES), ("5", Fit.AGREES), ("6", Fit.DISAGREES), ("40", Fit.DISAGREES)]
)
def test_basis_points_between_two_levels(change: str, fit: Fit) -> None:
    # 4.075 % to 4.125 % may be five basis points, never six.
    assert fits(yields(change)) == [fit]


def test_a_level_of_another_time_is_not_where_the_move_set_out() -> None:
    assert fits(yields(behind=" in March")) == []
    assert fits(yields(behind=" a year ago", on="2024-12-10", words="a year ago")) == []
    assert fits(yields("4", behind=" late Tuesday", words="late Tuesday")) == [Fit.AGREES]


def fed(before: str, low: str, high: str) -> list[Claim]:
    range_of = {"metric": "target_range", "unit": "percent"}
    return told(
        f"It cut rates by 25 basis points to 3.50%-3.75%, from {before}.",
        "rate:US:FEDFUNDS",
        DAY,
        ("rate", "25", {**DOWN, "metric": "change", "unit": "basis_points", "quote": "25 basis points"}),
        ("rate", "3.50", {**range_of, "value_high": "3.75", "quote": "3.50%-3.75%"}),
        ("rate", low, {**range_of, "value_high": high, "quote": before, "on": None}),
    )


def test_both_ends_of_a_target_range() -> None:
    assert fits(fed("3.75%-4.00%", "3.75", "4.00")) == [Fit.AGREES, Fit.AGREES]
    assert fits(fed("4.00%-4.25%", "4.00", "4.25")) == [Fit.DISAGREES, Fit.DISAGREES]
    assert fits(fed("3.75%-4.25%", "3.75", "4.25")) == [Fit.AGREES, Fit.DISAGREES]


def gold(percent: str, behind: str = ", a gain of ", on: str = DAY) -> list[Claim]:
    return told(
        f"It climbed from $4,201.50 to $4,250.10 an ounce{behind}{percent}%.",
        "commodity:GOLD",
        DAY,
        ("level", "4201.50", {"quote": "$4,201.50", "on": BEFORE, "words": "previous close"}),
        ("level", "4250.10", {"quote": "$4,250.10"}),
        ("move", percent, {**UP, "unit": "percent", "quote": f"{percent}%", "on": on}),
    )


def test_from_one_price_to_another() -> None:
    assert fits(gold("1.2")) == [Fit.AGREES]
    assert fits(gold("2.2")) == [Fit.DISAGREES]
    assert fits(gold("2.2", on="2024-12-31..2025-12-10")) == [Fit.DISAGREES]  # set beside the two, whatever its date
    assert fits(gold("62", behind=", up ", on="2024-12-31..2025-12-10")) == []  # of another window


def test_a_currency_falls_by_another_percent_than_the_pair_rises() -> None:
    def rouble(percent: str) -> list[Claim]:
        return told(
            f"It fell {percent}% to 100.00 from 70.00.",
            "currency:USDRUB",
            DAY,
            ("move", percent, {**UP, "unit": "percent", "quote": f"{percent}%"}),
            ("level", "100.00", {}),
            ("level", "70.00", {"on": BEFORE, "words": "previous close"}),
        )

    assert fits(rouble("30")) == fits(rouble("43")) == [Fit.AGREES]
    assert fits(rouble("50")) == [Fit.DISAGREES]


@pytest.mark.parametrize(
    "changes",
    [
        {"comparator": "~"},
        {"hedge": "about"},
        {"modality": "forecast"},
        {"direction": "up"},
        {"direction": None},
        {"confidence": 0.7},
        {"on": "2025-12-05..2025-12-10"},
        {"speaker": "an analyst"},
        {"unit": "basis_points"},
    ],
)
def test_what_is_not_exact_or_of_another_move_is_not_held_against_the_rest(changes: dict[str, Any]) -> None:
    claims = told(
        "It fell 320.15 points, or 7.6%, to 47,560.29.",
        NEW,
        DAY,
        ("move", "320.15", DOWN),
        ("move", "7.6", {**PERCENT_DOWN, "quote": "7.6%", **changes}),
        ("level", "47560.29", {"quote": "47,560.29"}),
    )
    assert fits(claims) == []


@pytest.mark.parametrize(
    "between", [", while its fund lost ", "; others fell ", ", after a loss of ", " and Europe's lost "]
)
def test_words_that_begin_something_else_part_figures(between: str) -> None:
    claims = told(
        f"It fell 320.15 points to 47,560.29{between}7.6%.",
        NEW,
        DAY,
        ("move", "320.15", DOWN),
        ("level", "47560.29", {"quote": "47,560.29"}),
        ("move", "7.6", {**PERCENT_DOWN, "quote": "7.6%"}),
    )
    assert fits(claims) == []


def test_two_different_figures_of_one_sort_are_two_moves_and_two_printings_are_one() -> None:
    def ticker(percent: str) -> list[Claim]:
        return told(
            f"It (NEW {percent}%) fell 320.15 points, or 0.7%, to 47,560.29.",
            NEW,
            DAY,
            ("move", percent, {**PERCENT_DOWN, "quote": f"{percent}%"}),
            ("move", "320.15", DOWN),
            ("move", "0.7", {**PERCENT_DOWN, "quote": "0.7%"}),
            ("level", "47560.29", {"quote": "47,560.29"}),
        )

    assert fits(ticker("0.81")) == []
    (equation,) = found(ticker("0.67"))
    assert equation.stated.quote == "0.67%"  # the more precise of the two


def test_a_close_and_its_change_in_the_next_sentence() -> None:
    first = told("It closed at 47,560.29.", NEW, DAY, ("level", "47560.29", {"quote": "47,560.29", "metric": "close"}))

    def second(at: int, percent: str = "6.7") -> list[Claim]:
        return told(
            f"It lost 320.15 points, or {percent}%.",
            NEW,
            DAY,
            ("move", "320.15", DOWN),
            ("move", percent, {**PERCENT_DOWN, "quote": f"{percent}%"}),
            at=at,
        )

    follows = 100 + len("It closed at 47,560.29.") + 1
    assert fits([*first, *second(follows)]) == [Fit.DISAGREES]
    assert fits([*first, *second(follows, "0.67")]) == [Fit.AGREES]
    assert fits([*first, *second(follows + 200)]) == []


def test_without_a_tape_a_disagreement_is_the_finding_and_accuses_none() -> None:
    verdicts = checked(dow("0.76"))
    assert {(verdict.rating, verdict.reason) for verdict in verdicts} == {(Rating.NOT_ENOUGH_DATA, "inconsistent")}
    for verdict in verdicts:
        assert "makes -0.669 %, not 0.76%; which of them is wrong only the tape can say" in verdict.explanation
        assert verdict.formula == "-320.15 / (47560.29 + 320.15) * 100"
        assert verdict.rule == "inside.percent.v1"
        assert not verdict.evidence
        assert verdict.correction is None


def test_without_a_tape_agreement_is_a_remark_and_no_support() -> None:
    verdicts = checked(dow("0.67"))
    assert {(verdict.rating, verdict.reason) for verdict in verdicts} == {(Rating.NOT_ENOUGH_DATA, "no_series")}
    assert all("its sentence agrees with itself" in verdict.explanation for verdict in verdicts)


def test_where_the_tape_speaks_it_says_which_is_wrong() -> None:
    rows = {"2025-12-09": "47880.44", "2025-12-10": "47560.29"}
    points, percent, level = checked(dow("0.76"), rows)
    alone = [check_article([claim], tape({NEW: rows}))[0] for claim in dow("0.76")]
    assert [points, level] == [alone[0], alone[2]]  # the true ones are left as they are
    assert (percent.rating, percent.reason) == (Rating.CONTRADICTED, alone[1].reason)
    assert percent.correction == alone[1].correction
    assert "its sentence does not agree with itself" in percent.explanation
    assert "the tape confirms 47,560.29 and 320.15" in percent.explanation


def test_a_range_that_stood_at_another_time_has_it_named() -> None:
    """All three are on the tape, the one without a day at some time: it is the odd one, the others are left alone."""
    change, after, before = check_article(fed("4.00%-4.25%", "4.00", "4.25"), tape())
    assert {verdict.rating for verdict in (change, after, before)} == {Rating.SUPPORTED}
    assert "its sentence does not agree with itself" in before.explanation
    assert "itself" not in change.explanation + after.explanation
