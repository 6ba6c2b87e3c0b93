"""Which days a source must be asked for before claims can be checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extractor.claims.needs import WAITING, needs, waiting
from extractor.domain.claim import Claim, DateSource, Kind, Modality, Period
from extractor.domain.verdict import Rating, Verdict
from tests.factories import RUSSELL, make_claim, make_verdict

EVER = date(1900, 1, 1)


def claim(day: str = "2025-12-17", published: str = "2025-12-18", **changes: object) -> Claim:
    on = date.fromisoformat(day)
    period = Period(start=on, end=on, text=None, source=DateSource.EXPLICIT)
    return make_claim(**{"date": period, "published": date.fromisoformat(published), **changes})


def test_the_days_of_all_claims_of_an_instrument_are_one_stretch() -> None:
    early = claim("2025-03-03", "2025-03-04")
    late = claim()
    (need,) = needs([late, early])
    assert need.instrument == early.subject.id
    assert need.first_on < date(2024, 3, 1)  # a year back, for "from a year earlier"
    assert date(2025, 12, 19) <= need.last_on <= date(2025, 12, 31)
    assert needs([early, late]) == [need]


@pytest.mark.parametrize(
    ("kind", "metric", "first"),
    [
        (Kind.RECORD, "record_close", EVER),
        (Kind.RECORD, "high_52w", date(2024, 11, 12)),
        (Kind.RATE, "count", date(2022, 12, 15)),
    ],
)
def test_a_record_needs_all_of_a_history_and_a_streak_of_cuts_some_years(kind: Kind, metric: str, first: date) -> None:
    (need,) = needs([claim(kind=kind, metric=metric)])
    assert need.first_on == first


@pytest.mark.parametrize("modality", [Modality.FORECAST, Modality.CONDITIONAL])
def test_what_cannot_be_looked_up_needs_nothing(modality: Modality) -> None:
    assert needs([claim(modality=modality), claim(kind=Kind.POLICY), claim(kind=Kind.AMOUNT)]) == []
    assert needs([replace(claim(), date=None, published=None)]) == []
    assert len(needs([claim(modality=Modality.NEGATED)])) == 1


def test_only_claims_without_prices_wait() -> None:
    one = claim()

    def rated(rating: Rating, reason: str) -> dict[str, Verdict]:
        return {one.id: make_verdict(one, rating=rating, reason=reason)}

    assert waiting([one], {}) == [one]
    for reason in WAITING:
        assert waiting([one], rated(Rating.NOT_ENOUGH_DATA, reason)) == [one]
    assert waiting([one], rated(Rating.NOT_ENOUGH_DATA, "other_unit")) == []
    assert waiting([one], rated(Rating.NOT_CHECKABLE, "forecast")) == []


def test_needs_come_by_instrument_whatever_the_order() -> None:
    found = needs([claim(subject=replace(RUSSELL, id=one)) for one in ("index:SPX", "index:DJI")])
    assert [need.instrument for need in found] == ["index:DJI", "index:SPX"]
