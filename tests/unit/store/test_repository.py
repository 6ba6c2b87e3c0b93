"""What is stored comes back as it was, is stored once, and is stored whole or not at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.domain.article import Provenance, Zone, ZoneSpan
from extractor.domain.claim import Basis, Comparator, DateSource, Direction, Kind, Modality, Period
from extractor.domain.errors import StoreError
from extractor.domain.market import Adjustment
from extractor.domain.sentiment import Relevance, Sentiment, SentimentModel, Tone
from extractor.domain.verdict import Rating
from extractor.store.repository import Repository
from extractor.store.rows import Instrument
from tests.factories import make_article, make_claim, make_evidence, make_verdict

MENTION = InstrumentMention(
    start=4, end=16, text="Russell 2000", form=MentionForm.NAME, candidates=("index:RUT",), name="Russell 2000"
)


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    with Repository.open(tmp_path / "claims.db", "create") as repository:
        yield repository


def dump(repository: Repository) -> list[str]:
    return list(repository._db.conn.iterdump())


def test_an_article_comes_back_as_it_was(repository: Repository) -> None:
    article = make_article(
        "Curly ’quotes’, an emoji 🐂 and\r\na carriage return: 2,531.16",
        zones=(ZoneSpan(start=0, end=5, zone=Zone.TITLE), ZoneSpan(start=5, end=30, zone=Zone.BODY)),
        published_at=datetime(2025, 12, 4, 21, 30, tzinfo=UTC),
        timezone="Europe/London",
        publisher="Example Wire",
        url="https://example.org/wrap",
    )
    assert repository.save_article(article, (), ()) == "new"
    assert repository.article(article.id) == article
    assert list(repository.articles()) == [article]


def test_a_claim_comes_back_as_it_was(repository: Repository) -> None:
    article = make_article()
    full = make_claim(
        article,
        kind=Kind.MOVE,
        modality=Modality.NEGATED,
        speaker="A strategist",
        basis=Basis.INTRADAY,
        value=Decimal("4500000000000"),
        value_high=Decimal("4.60E+12"),
        scale=Decimal("1E+12"),
        comparator=Comparator.AT_LEAST,
        hedge="at least",
        direction=Direction.DOWN,
        date=Period(start=date(2024, 12, 31), end=date(2025, 12, 4), text=None, source=DateSource.IMPLIED),
    )
    bare = make_claim(article, quote="Russell 2000", value=None, unit=None, decimals=None, date=None, metric=None)
    repository.save_article(article, (), (bare, full))
    assert repository.claims(article.id) == [bare, full]
    assert repository.claims() == [bare, full]


@pytest.mark.parametrize("printed", ["2531.10", "0.00", "-13", "0.1", "1E+3", "123456789012345678901234567890.12"])
def test_no_digit_of_a_number_is_lost(repository: Repository, printed: str) -> None:
    article = make_article()
    claim = make_claim(article, value=Decimal(printed))
    repository.save_article(article, (), [claim])
    (stored,) = repository.claims()
    assert stored.value == Decimal(printed)
    column = repository._db.execute("SELECT typeof(value), value FROM claims").fetchone()
    assert column == ("text", format(Decimal(printed), "f"))


def test_a_second_save_adds_nothing(repository: Repository) -> None:
    article, claim = make_article(), make_claim()
    assert repository.save_article(article, [MENTION], [claim], extractor="1") == "new"
    before = dump(repository)
    assert repository.save_article(article, [MENTION], [claim], extractor="1") == "unchanged"
    assert dump(repository) == before


def test_the_way_a_file_is_named_does_not_make_it_another_article(repository: Repository) -> None:
    repository.save_article(make_article(), (), [make_claim()], extractor="1")
    elsewhere = make_article(source="/home/me/articles/wrap.txt")
    assert repository.extracted_by(elsewhere) == "1"
    assert repository.save_article(elsewhere, (), [make_claim()], extractor="1") == "unchanged"
    assert len(list(repository.articles())) == 1


def test_a_changed_text_under_the_same_name_is_a_new_article_and_the_old_one_is_kept(repository: Repository) -> None:
    old, new = make_article(), make_article("The Russell 2000 closed at 2,531.16. Corrected.")
    repository.save_article(old, (), [make_claim(old)])
    assert repository.save_article(new, (), [make_claim(new)]) == "new"
    assert list(repository.articles()) == [new]
    assert {each.id for each in repository.articles(superseded=True)} == {old.id, new.id}
    assert [claim.article_id for claim in repository.claims()] == [new.id]
    assert repository.claims(old.id) == [make_claim(old)]


def test_a_text_that_returns_is_current_again(repository: Repository) -> None:
    old, new = make_article(), make_article("The Russell 2000 closed at 2,531.16. Corrected.")
    for article in (old, new):
        repository.save_article(article, (), ())
    assert repository.save_article(old, (), ()) == "updated"
    assert list(repository.articles()) == [old]


def test_two_texts_from_standard_input_stand_side_by_side(repository: Repository) -> None:
    for text in ("The Dow fell.", "The Dow rose."):
        repository.save_article(make_article(text, name="stdin", source="-"), (), ())
    assert len(list(repository.articles())) == 2


def test_extracted_by_says_whether_an_article_must_be_read_again(repository: Repository) -> None:
    article = make_article()
    assert repository.extracted_by(article) is None
    repository.save_article(article, (), (), extractor="0.1.0+abc")
    assert repository.extracted_by(article) == "0.1.0+abc"
    assert repository.extracted_by(replace(article, published_on=date(2025, 12, 5))) is None
    assert repository.extracted_by(replace(article, zones=())) is None


def test_a_newer_extraction_replaces_claims_and_keeps_the_verdicts_of_those_that_stayed(repository: Repository) -> None:
    article = make_article()
    stays = make_claim(article)
    goes = make_claim(article, quote="best finish", kind=Kind.RECORD, value=None)
    comes = make_claim(article, quote="since October", kind=Kind.RECORD, value=None)
    repository.save_article(article, (), [stays, goes])
    repository.save_verdicts([make_verdict(stays), make_verdict(goes)])
    assert repository.save_article(article, (), [stays, comes], extractor="2") == "updated"
    assert repository.claims() == [stays, comes]
    assert set(repository.verdicts()) == {stays.id}


def test_a_claim_read_otherwise_loses_its_verdict_but_not_the_history(repository: Repository) -> None:
    article, claim = make_article(), make_claim()
    repository.save_article(article, (), [claim])
    repository.save_verdicts([make_verdict(claim)])
    repository.save_article(article, (), [replace(claim, value=Decimal("2531"), decimals=0)])
    assert repository.verdicts() == {}
    assert repository._db["verdicts"].count == 1


def test_a_save_that_fails_leaves_nothing_half_written(repository: Repository) -> None:
    article, claim = make_article(), make_claim()
    repository.save_article(article, [MENTION], [claim])
    before = dump(repository)
    other = make_article("The Russell 2000 closed at 2,531.16 again.", name="other.txt", source="other.txt")
    with pytest.raises(sqlite3.IntegrityError):
        repository.save_article(other, [MENTION], [make_claim(other), make_claim(other, start=-1)])
    assert dump(repository) == before
    with pytest.raises(sqlite3.IntegrityError):
        repository.save_verdicts([make_verdict(claim), make_verdict(claim_id="0" * 16)])
    assert dump(repository) == before


DIES = """
import os, sys
from extractor.store.repository import Repository
from tests.factories import make_article, make_claim

with Repository.open(sys.argv[1], "create") as repository:
    repository.save_article(make_article(), (), [make_claim()])
    repository._replace_parts = lambda *parts: os._exit(9)
    other = make_article("The Russell 2000 closed at 2,531.16. Corrected.")
    repository.save_article(other, (), [make_claim(other)])
"""


def test_a_process_that_dies_in_a_save_leaves_what_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    checkout = Path(__file__).resolve().parents[3]
    process = subprocess.run([sys.executable, "-c", DIES, str(path)], cwd=checkout, check=False)
    assert process.returncode == 9
    with Repository.open(path) as repository:
        assert list(repository.articles(superseded=True)) == [make_article()]
        assert repository.claims() == [make_claim()]
        assert repository._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_instruments_say_which_reference_named_them(repository: Repository) -> None:
    known = Instrument(id="index:RUT", type="index", name="Russell 2000 Index", symbol="RUT", reference="shipped")
    repository.save_article(make_article(), [MENTION], [make_claim()], instruments=[known])
    (row,) = repository._db.query("SELECT * FROM instruments")
    assert row["name"] == "Russell 2000 Index"
    assert row["reference"] == "shipped"


def test_mentions_keep_their_candidates(repository: Repository) -> None:
    unsure = InstrumentMention(start=0, end=3, text="The", form=MentionForm.NAME, candidates=("index:A", "index:B"))
    article = make_article()
    repository.save_article(article, [MENTION, unsure], ())
    first, second = repository.mentions(article.id)
    assert (first["instrument_id"], first["candidates"]) == ("index:RUT", ["index:RUT"])
    assert (second["instrument_id"], second["candidates"]) == (None, ["index:A", "index:B"])


def test_a_claim_is_found_by_the_beginning_of_its_id(repository: Repository) -> None:
    article = make_article()
    claims = [make_claim(article, start=at, end=at + 1, quote=article.text[at]) for at in range(40)]
    repository.save_article(article, (), claims)
    wanted = claims[7]
    assert repository.claim(wanted.id) == wanted
    assert repository.claim(wanted.id[:10].upper()) == wanted
    with pytest.raises(StoreError, match="no claim"):
        repository.claim("0" * 16)
    shared = next(first for first in "0123456789abcdef" if sum(each.id.startswith(first) for each in claims) > 1)
    with pytest.raises(StoreError, match="more than one claim"):
        repository.claim(shared)
    for nonsense in ("", "*", "%", "zz", "a' OR 1=1"):
        with pytest.raises(StoreError, match="is not a claim id"):
            repository.claim(nonsense)


def test_a_verdict_comes_back_as_it_was(repository: Repository) -> None:
    article, claim = make_article(), make_claim()
    verdict = make_verdict(
        claim,
        rating=Rating.CONTRADICTED,
        difference=Decimal("-0.10"),
        correction="It closed at 2,531.26.",
        evidence=(
            make_evidence(adjustment=Adjustment.SPLIT, retrieved_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
            make_evidence(field="high", value="2540.00", snapshot="sha256:00ff"),
        ),
    )
    repository.save_article(article, (), [claim])
    repository.save_verdicts([verdict])
    assert repository.verdicts() == {claim.id: verdict}
    assert repository.verdicts(article.id) == {claim.id: verdict}
    assert repository.verdicts("another") == {}


def test_an_equal_verdict_is_stored_once_and_a_changed_one_keeps_the_former(repository: Repository) -> None:
    claim = make_claim()
    repository.save_article(make_article(), (), [claim])
    assert repository.save_verdicts([make_verdict(claim)]) == 1
    assert repository.save_verdicts([make_verdict(claim)]) == 0
    newer = make_verdict(claim, evidence=(make_evidence(value="2531.17"),))
    assert repository.save_verdicts([newer]) == 1
    assert repository.verdicts() == {claim.id: newer}
    assert repository._db["verdicts"].count == 2


def test_what_is_known_now_stands_beside_what_was_known_then(repository: Repository) -> None:
    claim = make_claim()
    now = make_verdict(claim, rating=Rating.IMPRECISE, as_of=None)
    repository.save_article(make_article(), (), [claim])
    repository.save_verdicts([make_verdict(claim)])
    repository.save_verdicts([now], vantage="now")
    assert repository.verdicts() == {claim.id: make_verdict(claim)}
    assert repository.verdicts(vantage="now") == {claim.id: now}
    (row,) = repository._db.query("SELECT rating, rating_now FROM claims_with_verdicts")
    assert row == {"rating": "supported", "rating_now": "imprecise"}
    repository.drop_verdicts([claim.id], vantage="now")
    assert repository.verdicts(vantage="now") == {}


def test_runs_and_failures(repository: Repository) -> None:
    run = repository.start_run("run", "0.1.0", {"sources": ["a", "b"], "prices": [Path("p")]})
    repository.save_failure("a", "read", "the file is empty", run_id=run)
    repository.finish_run(run, {"new": 1, "failed": 1})
    repository.save_failure("c", "read", "elsewhere")
    (failure,) = repository.failures(run)
    assert (failure["source"], failure["stage"], failure["reason"]) == ("a", "read", "the file is empty")
    assert len(repository.failures()) == 2
    (row,) = repository._db.query("SELECT * FROM runs")
    assert row["finished_at"] is not None
    assert row["counts"] == '{"new": 1, "failed": 1}'


def test_the_summary_view_counts_by_rating(repository: Repository) -> None:
    article = make_article()
    first = make_claim(article)
    second = make_claim(article, quote="best finish", kind=Kind.RECORD, speaker="An app")
    third = make_claim(article, quote="since October", kind=Kind.RECORD)
    repository.save_article(article, (), [first, second, third])
    missing = make_verdict(third, rating=Rating.NOT_ENOUGH_DATA, evidence=())
    repository.save_verdicts([make_verdict(first), make_verdict(second, rating=Rating.CONTRADICTED), missing])
    (row,) = repository._db.query("SELECT * FROM article_summary")
    counted = {key: row[key] for key in ("claims", "checked", "supported", "contradicted", "not_enough_data")}
    assert counted == {"claims": 3, "checked": 2, "supported": 1, "contradicted": 1, "not_enough_data": 1}
    assert row["attributed"] == 1


TONE = Tone(
    subject="index:RUT",
    start=0,
    end=20,
    target_start=4,
    target_end=16,
    target="Russell 2000",
    zone=Zone.BODY,
    sentiment=Sentiment(negative=0.1, neutral=0.2, positive=0.7, windowed=True),
)
RELEVANT = Relevance(subject="index:RUT", value=0.75, mentions=2, first=4, in_title=False)
MODEL = SentimentModel(name="small", version="1", sha256="ab")


def test_sentiment_comes_back_as_it_was(repository: Repository) -> None:
    article = make_article("The Russell 2000 rose.")
    repository.save_article(article, (), (), tones=[TONE], relevance=[RELEVANT], model=MODEL)
    assert repository.tones(article.id) == [TONE]
    assert repository.relevance(article.id) == [RELEVANT]
    (row,) = repository._db.query("SELECT * FROM article_sentiment")
    assert (row["sentiment"], row["sentences"], row["positive"], row["negative"]) == (0.6, 1, 1, 0)
    assert (row["relevance"], row["model"], row["subject_name"]) == (0.75, "small 1", "RUT")


def test_another_model_replaces_what_the_first_said(repository: Repository) -> None:
    article = make_article("The Russell 2000 rose.")
    first = {"tones": [TONE], "relevance": [RELEVANT], "model": MODEL}
    assert repository.save_article(article, (), (), **first) == "new"
    assert repository.save_article(article, (), (), **first) == "unchanged"
    assert repository.save_article(article, (), (), **first | {"model": replace(MODEL, version="2")}) == "updated"
    assert len(repository.tones(article.id)) == 1
    assert [row["version"] for row in repository._db.query("SELECT version FROM models ORDER BY id")] == ["1", "2"]


def test_an_article_without_a_model_has_no_sentiment(repository: Repository) -> None:
    article = make_article("The Russell 2000 rose.")
    repository.save_article(article, (), (), tones=[TONE], relevance=[RELEVANT], model=MODEL)
    repository.save_article(article, (), (), relevance=[RELEVANT])
    assert repository.tones(article.id) == []
    assert repository.relevance(article.id) == [RELEVANT]


def test_an_article_comes_back_with_where_each_thing_was_read(tmp_path: Path) -> None:
    article = make_article(
        published_at=datetime(2025, 12, 4, 16, 47, tzinfo=ZoneInfo("America/New_York")),
        updated_at=datetime(2025, 12, 4, 23, 1, tzinfo=UTC),
        byline="A. Writer",
        section="Markets",
        url="https://www.example.com/a",
        told_by=Provenance(
            title="heading", byline="json-ld", section="meta", url="link", updated="meta", published_zone="-05:00"
        ),
        file_time=datetime(2026, 1, 1, tzinfo=UTC),
    )
    with Repository.open(tmp_path / "claims.db", "create") as repository:
        assert repository.save_article(article, (), ()) == "new"
        assert repository.article(article.id) == article
        row = next(repository._db.query("SELECT * FROM articles"))
        assert (row["published_at"], row["page_updated_at"]) == (
            "2025-12-04T21:47:00+00:00",
            "2025-12-04T23:01:00+00:00",
        )
        touched = replace(article, file_time=datetime(2026, 2, 2, tzinfo=UTC))
        assert repository.save_article(touched, (), ()) == "unchanged"  # a copied file is no other article
        assert repository.save_article(replace(article, byline="B. Writer"), (), ()) == "updated"
