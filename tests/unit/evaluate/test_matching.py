"""One gold line, one claim: who answers whom, and how far they agree."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extractor.domain.claim import Comparator, Direction, Kind, Modality
from extractor.evaluate.assignment import best_assignment
from extractor.evaluate.gold import SameAs, placed
from extractor.evaluate.matching import Depth, match
from tests.unit.evaluate.build import TEXT, claim, day, gold, subject


@pytest.mark.parametrize(
    ("changes", "depth"),
    [
        ({}, Depth.WHOLE),
        ({"value": Decimal("0.40")}, Depth.WHOLE),  # the same number
        ({"value": Decimal("0.5")}, Depth.NONE),
        ({"value": None}, Depth.NONE),
        ({"value_high": Decimal("0.6")}, Depth.NONE),
        ({"unit": "percentage_points"}, Depth.NONE),
        ({"direction": Direction.DOWN}, Depth.FIGURE),
        ({"direction": None}, Depth.FIGURE),
        ({"comparator": Comparator.ABOUT}, Depth.FIGURE),
        ({"subject": subject("index:IXIC")}, Depth.SENSE),
        ({"date": day(2025, 12, 9)}, Depth.SUBJECT),
        ({"date": None}, Depth.SUBJECT),
        ({"metric": "distance_from_record"}, Depth.DATE),
        ({"modality": Modality.FORECAST}, Depth.DATE),
        ({"direction": None, "date": None}, Depth.FIGURE),
    ],
)
def test_depth_stops_at_the_first_field_that_disagrees(changes: dict[str, Any], depth: Depth) -> None:
    (pair,) = match([gold()], [claim(**changes)]).matches
    assert pair.depth is depth


@pytest.mark.parametrize(
    ("line", "changes", "matched"),
    [
        ({}, {"kind": Kind.LEVEL}, False),
        ({"accept": {"kind": ["level"]}}, {"kind": Kind.LEVEL}, True),
        ({"accept": {"kind": ["*"]}}, {"kind": Kind.AMOUNT}, True),
    ],
)
def test_the_kind_must_be_the_same_or_accepted(line: dict[str, Any], changes: dict[str, Any], matched: bool) -> None:
    assert bool(match([gold(**line)], [claim(**changes)]).matches) is matched


@pytest.mark.parametrize(
    ("accept", "changes", "right"),
    [
        ({"subject": ["index:*"]}, {"subject": subject("index:DJI")}, True),
        ({"subject": ["index:*"]}, {"subject": subject("etf:ARCX:SPY")}, False),
        ({"date": [["2025-12-09", "2025-12-09"]]}, {"date": day(2025, 12, 9)}, True),
        ({"date": [["2025-12-08", "2025-12-09"]]}, {"date": day(2025, 12, 9)}, False),
        ({"date": [None]}, {"date": None}, True),
        ({"unit": [None]}, {"unit": None}, True),
        ({"value": ["0.5"]}, {"value": Decimal("0.5")}, True),
        ({"value": [None]}, {"value": None}, True),
        ({"metric": ["mom", "yoy"]}, {"metric": "yoy"}, True),
        ({"metric": ["mom"]}, {"metric": "yoy"}, False),
    ],
)
def test_accepted_values_count_as_right(accept: dict[str, Any], changes: dict[str, Any], right: bool) -> None:
    (pair,) = match([gold(accept=accept)], [claim(**changes)]).matches
    assert (pair.wrong == ()) is right


def test_a_group_is_answered_by_any_member() -> None:
    line = gold(group=["index:DJI", "index:IXIC"])
    assert match([line], [claim(subject=subject("index:IXIC"))]).matches[0].wrong == ()
    assert match([line], [claim(subject=subject("index:RUT"))]).matches[0].wrong == ("subject",)


def test_ids_that_mean_the_same_are_folded() -> None:
    same = SameAs({"index:GSPC": "index:SPX"})
    assert match([gold()], [claim(subject=subject("index:GSPC"))], same).matches[0].wrong == ()


def test_quotes_must_overlap_in_the_article_not_only_look_alike() -> None:
    text = "The Dow rose 0.4% and the S&P 500 rose 0.4%."
    line = gold(text=text)  # the first one
    second = text.rindex("0.4%")
    result = match([line], [claim(text=text, start=second, end=second + 4)])
    assert not result.matches
    assert result.missed == (line,)
    assert len(result.unmatched) == 1


def test_each_line_and_each_claim_is_used_once() -> None:
    result = match([gold(gid="a")], [claim(), claim(subject=subject("index:DJI"))])
    assert len(result.matches) == 1
    assert result.matches[0].wrong == ()  # the better one
    assert [spare.subject.id for spare in result.unmatched] == ["index:DJI"]


def test_two_subjects_on_one_figure_find_their_own_claims() -> None:
    lines = [gold(gid="a"), gold(gid="b", subject={"id": "index:DJI"})]
    claims = [claim(subject=subject("index:DJI")), claim()]
    assert {(pair.gold.gid, pair.claim.subject.id) for pair in match(lines, claims).matches} == {
        ("a", "index:SPX"),
        ("b", "index:DJI"),
    }


def test_a_required_line_goes_before_an_optional_one() -> None:
    lines = [gold(gid="optional", optional=True), gold(gid="required")]
    assert [pair.gold.gid for pair in match(lines, [claim()]).matches] == ["required"]


def test_white_space_does_not_move_a_quote() -> None:
    line = gold()
    page = "Intro.\n\n" + TEXT.replace(" ", "\n  ") + "\n"
    ((start, end),) = placed([line], page)[0].places
    assert page[start:end] == "0.4%"


def test_every_place_of_a_repeated_sentence_counts() -> None:
    page = f"{TEXT}\n{TEXT}"
    assert [page[start:end] for start, end in placed([gold()], page)[0].places] == ["0.4%", "0.4%"]


def test_words_that_the_reader_dropped_have_no_place() -> None:
    assert placed([gold()], "Another page.")[0].places == ()


@pytest.mark.parametrize(
    ("weights", "pairs"),
    [
        ([], []),
        ([[0.0]], []),
        ([[1.0]], [(0, 0)]),
        ([[5.0, 4.0], [4.0, 0.0]], [(0, 1), (1, 0)]),  # greedy would take 5 and lose a pair
        ([[5.0], [7.0], [6.0]], [(1, 0)]),  # more rows than columns
        ([[1.0, 2.0, 9.0], [8.0, 1.0, 7.0]], [(0, 2), (1, 0)]),
        ([[3.0, 0.0], [3.0, 0.0]], [(0, 0)]),
    ],
)
def test_assignment_takes_the_greatest_total(weights: list[list[float]], pairs: list[tuple[int, int]]) -> None:
    found = best_assignment(weights)
    if weights == [[3.0, 0.0], [3.0, 0.0]]:  # either row may have it
        assert [column for _, column in found] == [0]
    else:
        assert found == pairs
