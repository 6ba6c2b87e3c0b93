"""Rules 1, 2, 3 and 9: a figure under its comparator, by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.verify.comparing import Figure, Measure, compare
from extractor.verify.intervals import Interval
from tests.fakes.tape import statement

LEVEL, PERCENT = Measure.LEVEL, Measure.MOVE_PERCENT


@pytest.mark.parametrize(
    ("comparator", "hedge", "stated", "unit", "actual", "measure", "rating", "holds"),
    [
        # As printed: half a unit on either side, and the source's own half (0.005).
        ("=", None, "2531.16", "points", "2531.16", LEVEL, "supported", True),
        ("=", None, "1237.56", "points", "1237.55", LEVEL, "supported", True),
        ("=", None, "2531.16", "points", "2531.18", LEVEL, "contradicted", False),
        ("=", None, "6886.7", "points", "6886.68", LEVEL, "supported", True),
        ("=", None, "2500", "points", "2549", LEVEL, "supported", True),
        ("=", None, "2500", "points", "2570", LEVEL, "imprecise", False),
        ("=", None, "2500", "points", "2610", LEVEL, "contradicted", False),
        ("=", None, "1.1", "percent", "1.046", PERCENT, "imprecise", False),  # rounded twice
        ("=", None, "0.7", "percent", "0.6749", PERCENT, "supported", True),
        ("=", None, "13", "percent", "10.83", PERCENT, "contradicted", False),
        # About.
        ("~", "around", "2491.01", "points", "2492.30", LEVEL, "imprecise", True),
        ("~", "near", "2500", "points", "2507.87", LEVEL, "supported", True),
        ("~", "near", "2500", "points", "2560", LEVEL, "imprecise", False),
        ("~", "near", "2500", "points", "2650", LEVEL, "contradicted", False),
        ("~", "about", "2", "percent", "2.4", PERCENT, "supported", True),
        ("~", "about", "26", "percent", "26.7", PERCENT, "supported", True),
        ("~", "about", "26", "percent", "29", PERCENT, "contradicted", False),
        # More than.
        (">", "more than", "1", "percent", "1.3", PERCENT, "supported", True),
        (">", "more than", "1", "percent", "3.1", PERCENT, "imprecise", True),  # absurdly so
        (">", "topped", "2500", "points", "2510", LEVEL, "supported", True),
        (">", "topped", "2500", "points", "2800", LEVEL, "imprecise", True),
        (">", "topped", "2500", "points", "2492", LEVEL, "contradicted", False),
        (">", "more than", "11", "percent", "10.83", PERCENT, "imprecise", False),
        (">", "more than", "11", "percent", "9.4", PERCENT, "contradicted", False),
        (">=", "at least", "2", "percent", "2.0", PERCENT, "supported", True),
        # Nearly.
        ("<", "nearly", "2000", "points", "1997.92", LEVEL, "supported", True),
        ("<", "nearly", "3", "percent", "2.4", PERCENT, "supported", True),
        ("<", "nearly", "3", "percent", "3.2", PERCENT, "imprecise", False),
        ("<", "nearly", "3.00", "percent", "2.85", PERCENT, "imprecise", True),
        ("<", "nearly", "3.00", "percent", "2.5", PERCENT, "contradicted", False),
        ("<", "nearly", "3", "percent", "4.5", PERCENT, "contradicted", False),
        # Below.
        ("<", "below", "2000", "points", "1950", LEVEL, "supported", True),
        ("<", "below", "2000", "points", "2010", LEVEL, "contradicted", False),
        ("<", "less than", "1", "percent", "0.4", PERCENT, "supported", True),
        ("<", "less than", "3", "percent", "0.4", PERCENT, "imprecise", True),
        ("<=", "at most", "3", "percent", "2.9", PERCENT, "supported", True),
    ],
)
def test_ratings(
    comparator: str,
    hedge: str | None,
    stated: str,
    unit: str,
    actual: str,
    measure: Measure,
    rating: str,
    holds: bool,
) -> None:
    claim = statement("level", "index:RUT", stated, unit=unit, comparator=comparator, hedge=hedge)
    point = Decimal(actual)
    half = Decimal("0.005") if measure is LEVEL else Decimal(0)
    outcome = compare(Figure.of(claim), Interval.around(point, half), point, measure)
    assert (str(outcome.rating), outcome.holds) == (rating, holds)
    assert outcome.difference == point - Decimal(stated)
