"""Rule 5: interval arithmetic, by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.verify.intervals import Interval, percent_change


def between(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


def test_arithmetic() -> None:
    a, b = between("1", "2"), between("10", "20")
    assert a + b == between("11", "22")
    assert b - a == between("8", "19")
    assert -a == between("-2", "-1")
    assert b.over(a) == between("5", "20")
    assert a.scaled(Decimal(-3)) == between("-6", "-3")
    assert between("-1", "3").magnitude() == between("0", "3")
    assert between("-3", "-1").magnitude() == between("1", "3")


def test_a_percent_change_between_rounded_prices() -> None:
    # 9.995..10.005 to 10.995..11.005: at least 10.995/10.005 and at most 11.005/9.995.
    found = percent_change(between("9.995", "10.005"), between("10.995", "11.005"))
    assert round(found.low, 4) == Decimal("9.8951")
    assert round(found.high, 4) == Decimal("10.1051")


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (("1", "2"), ("2", "3"), True),
        (("1", "2"), ("2.01", "3"), False),
        (("1", "5"), ("2", "3"), True),
        (("2", "3"), ("0", "1.99"), False),
    ],
)
def test_meeting(one: tuple[str, str], other: tuple[str, str], meets: bool) -> None:
    assert between(*one).meets(between(*other)) is meets
    assert between(*other).meets(between(*one)) is meets


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="upwards"):
        between("2", "1")
    with pytest.raises(ZeroDivisionError):
        between("1", "2").over(between("-1", "1"))
