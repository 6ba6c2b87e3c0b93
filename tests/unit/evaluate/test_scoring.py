"""Counting: precision, recall, what is optional, what is out of scope, and the verdicts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractor.domain.claim import Direction, Kind
from extractor.domain.verdict import Evidence, Rating, Verdict
from extractor.evaluate.matching import Depth
from extractor.evaluate.scoring import Tally, evaluate
from tests.unit.evaluate.build import claim, gold, subject

LEVEL_LINE = {"kind": "level", "metric": "level", "value": "6886.68", "unit": "points", "direction": None}


def test_precision_recall_and_f1_by_hand() -> None:
    """Two lines; one found with a wrong direction, one missed; one claim too many."""
    lines = [gold(), gold("6,886.68", **LEVEL_LINE)]
    claims = [claim(direction=Direction.DOWN), claim("on Wednesday", kind=Kind.LEVEL, value=Decimal(10))]
    scores = evaluate([(lines, claims)])
    assert (scores.total.gold, scores.total.predicted, scores.total.spurious) == (2, 2, 1)
    assert scores.total.precision(Depth.FIGURE) == 0.5
    assert scores.total.recall(Depth.FIGURE) == 0.5
    assert scores.total.f1(Depth.FIGURE) == 0.5
    assert scores.total.f1(Depth.SENSE) == 0.0
    assert scores.kinds[Kind.MOVE].f1(Depth.FIGURE) == 1.0
    assert scores.kinds[Kind.LEVEL].recall(Depth.FIGURE) == 0.0
    assert scores.lines == {"t#0.4%": 1, "t#6,886.68": -1}


def test_scores_add_over_articles() -> None:
    scores = evaluate([([gold()], [claim()]), ([gold()], [])])
    assert (scores.total.gold, scores.total.predicted) == (2, 1)
    assert scores.total.f1(Depth.WHOLE) == pytest.approx(2 / 3)


@pytest.mark.parametrize("claims", [[], [claim()]])
def test_an_optional_line_is_neither_rewarded_nor_penalised(claims: list[object]) -> None:
    scores = evaluate([([gold(optional=True)], claims)])  # type: ignore[list-item]
    assert (scores.total.gold, scores.total.predicted, scores.total.spurious) == (0, 0, 0)


def test_nothing_to_find_and_nothing_found_is_perfect() -> None:
    assert Tally().f1(Depth.WHOLE) == 1.0
    assert Tally().spurious_rate == 0.0


LISTED = {"kind": "listing", "value": None, "unit": None, "direction": None, "subject": {"id": "equity:XNAS:NVDA"}}


@pytest.mark.parametrize(
    ("lines", "extra", "spurious"),
    [
        ([], claim(), 1),
        ([], claim(kind=Kind.AMOUNT, unit="shares"), 0),
        ([], claim(kind=Kind.AMOUNT, unit="USD"), 1),
        ([], claim(kind=Kind.MOVE, value=None), 0),
        ([gold("rose", value=None)], claim("Wednesday", kind=Kind.MOVE, value=None), 1),
        ([], claim(kind=Kind.QUOTE), 0),
        ([gold()], claim("500", kind=Kind.QUOTE), 1),
        ([gold("S&P", **LISTED)], claim("Wednesday", kind=Kind.LISTING, subject=subject("equity:XNAS:NVDA")), 0),
        ([gold("S&P", **LISTED)], claim("Wednesday", kind=Kind.LISTING, subject=subject("equity:XNYS:IBM")), 1),
    ],
)
def test_claims_of_a_sort_that_is_not_annotated_are_left_out(lines: list, extra: object, spurious: int) -> None:  # type: ignore[type-arg]
    assert evaluate([(lines, [extra])]).total.spurious == spurious  # type: ignore[list-item]


def verdict(claim_id: str, rating: Rating) -> Verdict:
    seen = Evidence(series="index:SPX", source="test", session=date(2025, 12, 10), field="close", value="1")
    return Verdict(
        claim_id=claim_id,
        rating=rating,
        reason="test",
        rule="test.v1",
        explanation="",
        evidence=(seen,) if rating.rests_on_evidence else (),
    )


@pytest.mark.parametrize(
    ("accepted", "rating", "right", "accused"),
    [
        (["supported"], Rating.SUPPORTED, 1, 0),
        (["supported", "imprecise"], Rating.IMPRECISE, 1, 0),
        (["supported"], Rating.NOT_ENOUGH_DATA, 0, 0),
        (["supported"], Rating.CONTRADICTED, 0, 1),
        (["contradicted"], Rating.CONTRADICTED, 1, 0),
        (["contradicted"], Rating.SUPPORTED, 0, 0),
    ],
)
def test_a_verdict_is_right_if_the_gold_names_it(accepted: list[str], rating: Rating, right: int, accused: int) -> None:
    found = claim()
    scores = evaluate([([gold(rating=accepted)], [found])], verdicts={found.id: verdict(found.id, rating)})
    assert (scores.verdicts.checked, scores.verdicts.right, len(scores.verdicts.accused)) == (1, right, accused)


def test_lines_without_a_rating_are_not_scored() -> None:
    found = claim()
    scores = evaluate([([gold(rating=[])], [found])], verdicts={found.id: verdict(found.id, Rating.CONTRADICTED)})
    assert (scores.verdicts.scored, scores.verdicts.checked, scores.verdicts.accused) == (0, 0, [])
