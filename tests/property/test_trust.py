"""What must hold of any trust score: the interval holds the share, stays in bounds, and narrows with more claims."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.claim import Modality
from extractor.domain.market import Missing
from extractor.domain.verdict import Rating
from extractor.report.trust import MIN_CHECKED, Score, Tally, score, score_words, tally, wilson
from tests.factories import make_claim, make_verdict

proportions = st.integers(1, 5000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


@given(proportions)
def test_the_interval_is_in_bounds_and_holds_the_share(proportion: tuple[int, int]) -> None:
    low, high = wilson(*proportion)
    assert 0 <= low <= proportion[0] / proportion[1] <= high <= 1
    assert low < high


@given(proportions, st.integers(2, 20))
def test_more_claims_of_the_same_share_narrow_it(proportion: tuple[int, int], times: int) -> None:
    low, high = wilson(*proportion)
    narrower_low, narrower_high = wilson(proportion[0] * times, proportion[1] * times)
    assert narrower_high - narrower_low < high - low


@given(proportions)
def test_what_speaks_for_and_against_is_symmetric(proportion: tuple[int, int]) -> None:
    successes, trials = proportion
    low, high = wilson(successes, trials)
    assert wilson(trials - successes, trials) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(proportions)
def test_one_more_supported_never_lowers_it(proportion: tuple[int, int]) -> None:
    successes, trials = proportion
    before, after = wilson(successes, trials), wilson(successes + 1, trials + 1)
    assert after[0] > before[0] - 1e-12
    assert after[1] > before[1] - 1e-12


# Published values: R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
@pytest.mark.parametrize(
    ("successes", "trials", "limits"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_published_intervals(successes: int, trials: int, limits: tuple[float, float]) -> None:
    assert wilson(successes, trials) == pytest.approx(limits, abs=5e-5)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (3, 2), (-1, 4)])
def test_what_is_no_proportion_is_a_bug(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(successes, trials)


@given(st.sampled_from(["supported", "imprecise", "conflicting", "contradicted"]), st.integers(0, 30))
def test_there_is_a_score_from_the_minimum_on(rating: str, number: int) -> None:
    found = score(Tally(claims=number, **{rating: number}))
    assert isinstance(found, Score) == (number >= MIN_CHECKED)
    if isinstance(found, Missing):
        assert found.reason == "too_few"
        words = score_words(Tally(claims=number, **{rating: number}))
        assert ("too few" if number else "no score") in words
    else:
        assert found.share == (1.0 if rating == "supported" else 0.0)


def test_only_the_articles_own_reports_count() -> None:
    claim, verdict = make_claim(), make_verdict()
    wrong = make_verdict(rating=Rating.CONTRADICTED)
    found = tally(
        [
            (claim, verdict),
            (make_claim(modality=Modality.NEGATED), verdict),
            (make_claim(speaker="Ann Analyst"), wrong),
            (make_claim(modality=Modality.FORECAST), wrong),  # settled, and missed
            (claim, make_verdict(rating=Rating.NOT_ENOUGH_DATA, evidence=())),
            (claim, None),
        ]
    )
    assert found == Tally(claims=6, supported=2, attributed=1, not_checkable=1, not_enough_data=1, unchecked=1)
    assert (found.checked, found.checkable) == (2, 3)


def test_tallies_of_articles_add_up_to_their_publisher() -> None:
    one, two = Tally(claims=3, supported=2, imprecise=1), Tally(claims=4, supported=3, contradicted=1)
    assert one + two == Tally(claims=7, supported=5, imprecise=1, contradicted=1)


def test_words() -> None:
    assert score_words(Tally(supported=31, contradicted=4)) == (
        "89 % supported (95 % interval 74 to 95 %), 31 of 35 checked"
    )
    assert score_words(Tally(supported=2)) == "2 of 2 checked supported, too few for a score (10 needed)"
