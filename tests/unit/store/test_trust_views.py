"""The views compute the trust score that the program does, claim for claim."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from extractor.domain.article import Article
from extractor.domain.claim import Claim, Modality
from extractor.domain.verdict import Rating, Verdict
from extractor.report.trust import MIN_CHECKED, Score, Tally, score, tally
from extractor.store.repository import Repository
from tests.factories import make_article, make_claim, make_evidence, make_verdict

OUTCOMES = [*Rating, None]
COUNTS = ("claims", "attributed", "checkable", "checked", "supported", "imprecise", "conflicting", "contradicted")
COUNTS += ("not_enough_data", "not_checkable", "unchecked")

_number = itertools.count()
claims_of_an_article = st.lists(
    st.tuples(
        st.sampled_from(OUTCOMES),
        st.sampled_from([None, None, None, "Ann Analyst"]),
        st.sampled_from([Modality.ASSERTED, Modality.ASSERTED, *Modality]),
    ),
    max_size=40,
)


def article_with(
    outcomes: list[tuple[Rating | None, str | None, Modality]], publisher: str | None
) -> tuple[Article, list[tuple[Claim, Verdict | None]]]:
    number = next(_number)
    places = [f"{number:04d}{place:04d}" for place in range(len(outcomes))]  # no two articles have a word in common
    article = make_article(" ".join(places) or str(number), name=f"{number}.txt", publisher=publisher)
    pairs: list[tuple[Claim, Verdict | None]] = []
    for place, (rating, speaker, modality) in enumerate(outcomes):
        claim = make_claim(article, places[place], speaker=speaker, modality=modality)
        evidence = (make_evidence(),) if rating and rating.rests_on_evidence else ()
        pairs.append((claim, make_verdict(claim, rating=rating, evidence=evidence) if rating else None))
    return article, pairs


def keep(path: Path, *articles: tuple[Article, list[tuple[Claim, Verdict | None]]]) -> Database:
    with Repository.open(path, "create") as repository:
        for article, pairs in articles:
            repository.save_article(article, [], [claim for claim, _ in pairs])
            repository.save_verdicts([verdict for _, verdict in pairs if verdict])
    return Database(path)


def assert_same(row: dict[str, object], counts: Tally) -> None:
    assert {name: row[name] for name in COUNTS} == {name: getattr(counts, name) for name in COUNTS}
    found = score(counts)
    if isinstance(found, Score):
        assert (row["scored"], row["share"]) == (1, pytest.approx(found.share, abs=5.1e-5))
        assert (row["low"], row["high"]) == pytest.approx((found.low, found.high), abs=5.1e-5)
    else:
        assert (row["scored"], row["share"], row["low"], row["high"]) == (0, None, None, None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=st.lists(st.tuples(claims_of_an_article, st.sampled_from(["Ledger", "Wire", None])), max_size=6))
def test_views_and_program_agree(tmp_path: Path, articles: list[tuple[list[object], str | None]]) -> None:
    made = [article_with(outcomes, publisher) for outcomes, publisher in articles]
    db = keep(tmp_path / f"{next(_number)}.db", *made)
    try:
        stored = {row["id"]: row for row in db.query("SELECT * FROM article_trust")}
        publishers = {row["publisher"]: row for row in db.query("SELECT * FROM publisher_trust")}
    finally:
        db.close()
    assert set(stored) == {article.id for article, _ in made}
    for article, pairs in made:
        assert_same(stored[article.id], tally(pairs))
    assert set(publishers) == {article.publisher for article, _ in made if article.publisher}
    for name, row in publishers.items():
        own = [tally(pairs) for article, pairs in made if article.publisher == name]
        assert row["articles"] == len(own)
        assert_same(row, sum(own, Tally()))


@pytest.mark.parametrize("trials", [MIN_CHECKED - 1, MIN_CHECKED, 37, 1200])
def test_the_interval_at_its_ends_and_in_the_middle(tmp_path: Path, trials: int) -> None:
    for place, supported in enumerate({0, 1, trials // 2, trials}):
        ratings = [Rating.SUPPORTED] * supported + [Rating.CONTRADICTED] * (trials - supported)
        made = article_with([(rating, None, Modality.ASSERTED) for rating in ratings], "Ledger")
        db = keep(tmp_path / f"{place}.db", made)
        (row,) = db.query("SELECT * FROM article_trust")
        db.close()
        assert_same(row, tally(made[1]))


def test_a_former_text_of_an_article_does_not_count(tmp_path: Path) -> None:
    outcomes = [(Rating.SUPPORTED, None, Modality.ASSERTED)]
    old, new = article_with(outcomes, "Ledger"), article_with([], "Ledger")
    renamed = make_article("No figures.", name=old[0].name, publisher="Ledger")
    db = keep(tmp_path / "claims.db", old, (renamed, []), new)
    (row,) = db.query("SELECT * FROM publisher_trust")
    db.close()
    assert (row["articles"], row["claims"]) == (2, 0)
