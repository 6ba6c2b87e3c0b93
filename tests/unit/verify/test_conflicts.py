"""Articles that claim one figure differently: found where they must, and never where they only seem to disagree."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractor.domain.article import Article, Zone
from extractor.domain.claim import (
    Basis,
    Claim,
    Comparator,
    DateSource,
    Direction,
    Kind,
    Modality,
    Period,
    Subject,
    SubjectType,
)
from extractor.domain.conflict import Conflict
from extractor.verify.conflicts import conflicts
from tests.factories import make_article, make_claim

DAY, NEXT = date(2025, 12, 4), date(2025, 12, 5)
SPX = Subject(id="index:SPX", type=SubjectType.INDEX, name="S&P 500", symbol="SPX")


def article(name: str, published: date = NEXT) -> Article:
    return make_article(name=name, published_on=published)


def close(name: str, value: str, published: date = NEXT, **changes: Any) -> Claim:
    number = Decimal(value)
    decimals = max(0, -int(number.as_tuple().exponent))
    return make_claim(article(name, published), **{"value": number, "decimals": decimals, "subject": SPX} | changes)


def move(name: str, value: str, **changes: Any) -> Claim:
    given = {"kind": Kind.MOVE, "metric": "change", "unit": "percent", "direction": Direction.DOWN}
    return close(name, value, **given | changes)


def window(start: date, end: date) -> Period:
    return Period(start=start, end=end, text="over the week", source=DateSource.RELATIVE)


def names(found: tuple[Conflict, ...]) -> list[list[str]]:
    return [[claim.article for claim in conflict.claims] for conflict in found]


DIFFER = [
    (close("a", "6886.68"), close("b", "6887.68")),
    (close("a", "6886.7"), close("b", "6886.5")),  # one of them has misprinted the last digit
    (close("a", "6900", decimals=0), close("b", "6786.68")),
    (move("a", "1.3"), move("b", "1.5")),
    (move("a", "1.3"), move("b", "1.3", direction=Direction.UP)),
    (move("a", "13"), move("b", "10.83")),
    (
        move("a", "2.0", date=window(date(2025, 11, 28), DAY)),
        move("b", "3.0", date=window(date(2025, 11, 28), DAY)),
    ),
    (close("a", "2540.00", metric="high"), close("b", "2541.00", metric="high", basis=Basis.INTRADAY)),
    (
        close("a", "3.50", kind=Kind.RATE, metric="target_range", value_high=Decimal("3.75"), unit="percent"),
        close("b", "3.50", kind=Kind.RATE, metric="target_range", value_high=Decimal("4.00"), unit="percent"),
    ),
    (
        close("a", "32000", decimals=0, kind=Kind.INDICATOR, metric="print", unit="jobs"),
        close("b", "23000", decimals=0, kind=Kind.INDICATOR, metric="print", unit="jobs"),
    ),
]


@pytest.mark.parametrize(("one", "other"), DIFFER)
def test_figures_that_cannot_both_be_right(one: Claim, other: Claim) -> None:
    (found,) = conflicts([one, other])
    assert {claim.id for claim in found.claims} == {one.id, other.id}


def unsure(claim: Claim, **changes: Any) -> tuple[Claim, Claim]:
    """A claim that differs from `claim` beyond rounding, but not in the way the changes say."""
    return claim, replace(close("b", "7000.00"), **changes)


AGREE = [
    # rounding
    (close("a", "6886.68"), close("b", "6886.7")),
    (close("a", "6886.68"), close("b", "6887", decimals=0)),
    (close("a", "6886.68"), close("b", "6900", decimals=0)),
    (close("a", "6886.75"), close("b", "6886.8")),  # the limits touch
    (move("a", "1.3"), move("b", "1")),
    # no exact statement of the article's own
    *[
        unsure(close("a", "6886.68"), **changes)
        for changes in (
            {"modality": Modality.FORECAST},
            {"modality": Modality.CONDITIONAL},
            {"modality": Modality.NEGATED},
            {"speaker": "Ann Analyst"},
            {"comparator": Comparator.ABOUT},
            {"comparator": Comparator.ABOVE},
            {"hedge": "nearly"},
            {"confidence": 0.5},
            {"zone": Zone.QUOTES},
            {"date": None},
            {"value": None, "decimals": None},
        )
    ],
    # another thing
    *[
        unsure(close("a", "6886.68"), **changes)
        for changes in (
            {"metric": "open"},
            {"unit": "USD"},
            {"date": window(DAY, NEXT)},
            {"subject": Subject(id="index:DJI", type=SubjectType.INDEX, name="Dow")},
            {"kind": Kind.RECORD, "metric": "record_close"},
        )
    ],
    # another hour
    (close("a", "6886.68", metric="level"), close("b", "6890.00", metric="level")),
    (move("a", "1.3", published=DAY), move("b", "1.5", published=DAY)),
    (move("a", "1.3", basis=Basis.INTRADAY), move("b", "1.5", basis=Basis.INTRADAY)),
    (move("a", "1.3", basis=Basis.PREMARKET), move("b", "1.5", basis=Basis.PREMARKET)),
    (close("a", "2540.00", DAY, metric="high"), close("b", "2541.00", DAY, metric="high")),
    # no direction, so no sign
    (move("a", "1.3"), move("b", "1.5", direction=None)),
    # a revision
    (
        close("a", "32000", DAY, decimals=0, kind=Kind.INDICATOR, metric="print", unit="jobs"),
        close("b", "29000", date(2026, 1, 9), decimals=0, kind=Kind.INDICATOR, metric="print", unit="jobs"),
    ),
    # parts of a whole, opinions, quotes of the moment
    (close("a", "10", kind=Kind.AMOUNT, metric="revenue"), close("b", "40", kind=Kind.AMOUNT, metric="revenue")),
    (close("a", "7000.00", metric="target"), close("b", "8000.00", metric="target")),
    (close("a", "10.10", kind=Kind.QUOTE, metric="last"), close("b", "10.20", kind=Kind.QUOTE, metric="last")),
    # one article
    (close("a", "6886.68"), close("a", "7000.00")),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_figures_that_only_seem_to_disagree(one: Claim, other: Claim) -> None:
    assert conflicts([one, other]) == ()


def test_a_changes_close_is_fixed_on_its_own_day_where_the_words_say_so() -> None:
    given = {"published": DAY, "basis": Basis.CLOSE}
    assert names(conflicts([move("a", "1.3", **given), move("b", "1.5", **given)])) == [["b", "a"]]  # both down


def test_a_rate_that_fell_to_a_level_has_no_sign() -> None:
    told = {"kind": Kind.INDICATOR, "metric": "print", "unit": "percent"}
    assert conflicts([close("a", "4.1", **told), close("b", "4.1", direction=Direction.DOWN, **told)]) == ()


def test_an_article_with_two_figures_of_its_own_is_left_out() -> None:
    twice = make_article("It closed at 2,531.16 or 2,600.00.", name="b", published_on=NEXT)
    own = [
        make_claim(twice, "2,531.16", subject=SPX),
        make_claim(twice, "2,600.00", subject=SPX, value=Decimal("2600.00")),
    ]
    assert conflicts([close("a", "2531.16"), *own]) == ()
    assert names(conflicts([close("a", "2531.16"), *own, close("c", "2532.16")])) == [["a", "c"]]


def test_who_agrees_with_all_is_not_named() -> None:
    claims = [close("a", "6886.68"), close("b", "6887.68"), close("c", "6900", decimals=0), close("d", "6886.7")]
    assert names(conflicts(claims)) == [["a", "d", "b"]]  # by value; c met them all


def test_the_order_of_claims_does_not_matter() -> None:
    claims = [claim for pair in DIFFER[:4] for claim in pair] + [close("z", "7000.00", date=window(NEXT, NEXT))]
    expected = conflicts(claims)
    assert expected
    for seed in range(5):
        random.Random(seed).shuffle(claims)
        assert conflicts(claims) == expected


def test_a_conflict_of_one_article_is_a_bug() -> None:
    with pytest.raises(ValueError, match="several articles"):
        Conflict(claims=(close("a", "1.00"), close("a", "2.00")))
