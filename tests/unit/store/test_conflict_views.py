"""The view of conflicts shows the claims the program finds, whatever the figures."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from extractor.domain.article import Zone
from extractor.domain.claim import Basis, Claim, Comparator, DateSource, Direction, Kind, Modality, Period
from extractor.store.repository import Repository
from extractor.verify.conflicts import conflicts
from tests.factories import make_article, make_claim
from tests.unit.verify.test_conflicts import AGREE, DIFFER

_number = itertools.count()
DAYS = [date(2025, 12, 3), date(2025, 12, 4)]

values = st.one_of(
    st.tuples(st.integers(99_000, 101_500), st.just(2)),
    st.tuples(st.integers(9_990, 10_100), st.just(1)),
    st.tuples(st.integers(990, 1_100), st.just(0)),
    st.tuples(st.sampled_from([10, 20, 100, 1000, 1010, 1100, 2500, 10_000, 12_000]), st.just(0)),
)
fields = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([Kind.LEVEL, Kind.MOVE, Kind.RATE, Kind.INDICATOR, Kind.RECORD, Kind.AMOUNT]),
        "metric": st.sampled_from(["close", "change", "change", "high", "level", "print", "record_close"]),
        "unit": st.sampled_from(["points", "percent", "multiple"]),
        "basis": st.sampled_from([None, None, Basis.CLOSE, Basis.INTRADAY]),
        "direction": st.sampled_from([Direction.UP, Direction.DOWN, None]),
        "scale": st.sampled_from([Decimal(1), Decimal(1), Decimal(1000)]),
        "confidence": st.sampled_from([0.9, 0.9, 0.8, 0.7]),
        "zone": st.sampled_from([Zone.BODY, Zone.BODY, Zone.TITLE, Zone.QUOTES]),
        "modality": st.sampled_from([Modality.ASSERTED, Modality.ASSERTED, Modality.FORECAST]),
        "speaker": st.sampled_from([None, None, None, "Ann Analyst"]),
        "comparator": st.sampled_from([Comparator.EQUAL, Comparator.EQUAL, Comparator.ABOVE]),
        "date": st.sampled_from([None, *[Period(start=d, end=d, text=None, source=DateSource.IMPLIED) for d in DAYS]]),
    }
)
usual = st.fixed_dictionaries({"kind": st.just(Kind.LEVEL), "metric": st.just("close")})
drawn = st.tuples(values, st.one_of(usual, fields), st.booleans(), st.booleans())
articles = st.lists(st.lists(drawn, min_size=1, max_size=4), min_size=2, max_size=4)


def stored(path: Path, claims: list[list[Claim]]) -> set[frozenset[str]]:
    with Repository.open(path, "create") as repository:
        for own in claims:
            article = make_article(PLACES, name=own[0].article, published_on=own[0].published)
            repository.save_article(article, [], own)
    db = Database(path)
    groups: dict[str, set[str]] = {}
    for row in db.query("SELECT figure, id FROM figure_conflicts"):
        groups.setdefault(row["figure"], set()).add(row["id"])
    db.close()
    return {frozenset(group) for group in groups.values()}


PLACES = "0000 0001 0002 0003"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn_articles=articles)
def test_the_view_and_the_program_find_the_same(tmp_path: Path, drawn_articles: list[list[object]]) -> None:
    claims: list[list[Claim]] = []
    for number, own in enumerate(drawn_articles):
        article = make_article(PLACES, name=f"{number}.txt", published_on=DAYS[1] if number % 2 else date(2025, 12, 5))
        made = []
        for place, ((digits, places), changes, printed, ranged) in enumerate(own):
            value = Decimal(digits).scaleb(-places) * changes.get("scale", 1)
            given_fields = {"value": value, "decimals": places if printed else None} | changes
            if ranged and changes.get("kind") is Kind.RATE:
                given_fields["value_high"] = value + 1
            made.append(make_claim(article, f"{place:04d}", **given_fields))
        claims.append(made)
    every = [claim for own in claims for claim in own]
    found = {frozenset(claim.id for claim in conflict.claims) for conflict in conflicts(every)}
    assert stored(tmp_path / f"{next(_number)}.db", claims) == found


def test_the_same_on_the_cases_a_reader_would_think_of(tmp_path: Path) -> None:
    for number, (one, other) in enumerate(DIFFER + AGREE):
        path = tmp_path / f"{number}.db"
        with Repository.open(path, "create") as repository:
            for claim in (one, other):
                article = make_article(name=claim.article, published_on=claim.published)
                repository.save_article(article, [], [claim])
        db = Database(path)
        rows = list(db.query("SELECT * FROM figure_conflicts"))
        db.close()
        assert len(rows) == (2 if number < len(DIFFER) else 0), (one, other)
