"""Which article is a copy of which, however they come in."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from extractor.domain.article import Article, Zone, ZoneSpan
from extractor.domain.claim import Kind
from extractor.store import copies as copying
from extractor.store.repository import Repository
from extractor.verify.conflicts import conflicts
from tests.factories import make_article, make_claim
from tests.fakes.copy_pairs import MONDAY, SAME_FIGURES, TUESDAY

AT = datetime(2025, 12, 4, 21, tzinfo=UTC)
_number = itertools.count()


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    with Repository.open(tmp_path / "claims.db", "create") as repository:
        yield repository


def save(repository: Repository, *articles: Article) -> None:
    run = repository.start_run("run", "0", {})
    for article in articles:
        repository.save_article(article, (), (), run_id=run)


def relation(repository: Repository) -> dict[str, tuple[str, str]]:
    """Name of the copy: name of its original, and kind."""
    rows = repository._db.query("SELECT copy, original, kind FROM copies_by_name")
    return {row["copy"]: (row["original"], row["kind"]) for row in rows}


def named(name: str, text: str, **changes: object) -> Article:
    return make_article(text, name=name, source=f"in/{name}", **changes)


def test_three_ways_to_be_a_copy(repository: Repository) -> None:
    first = named("first.txt", MONDAY, published_at=AT, url="https://a.example/story")
    later = {"published_at": AT + timedelta(hours=1)}
    save(
        repository,
        first,
        named("address.txt", SAME_FIGURES, url="https://a.example/story", **later),
        named("exact.txt", MONDAY.upper().replace("%", " PERCENT"), **later),
        named("near.txt", "Ships ahead\n\n" + MONDAY[:-400], **later),
        named("other.txt", TUESDAY, **later),
    )
    assert relation(repository) == {
        "address.txt": ("first.txt", "address"),
        "exact.txt": ("first.txt", "exact"),
        "near.txt": ("first.txt", "near"),
    }
    near = next(repository._db.query("SELECT * FROM copies_by_name WHERE copy = 'near.txt'"))
    assert 0.5 < near["similarity"] < 1
    assert set(repository.copies().values()) == {first.id}
    assert repository.copy_count(article.id for article in repository.articles()) == 3


def test_a_copy_keeps_its_claims(repository: Repository) -> None:
    one, other = make_article(), make_article(name="copy.txt", source="copy.txt")
    for article in (one, other):
        repository.save_article(article, (), [make_claim(article)])
    assert len(repository.claims()) == 2
    assert len(relation(repository)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"url": "https://a.example/"}, {"url": "https://a.example/"}),  # a front page
        ({"url": "https://a.example/live", "published_on": date(2025, 12, 3)}, {"url": "https://a.example/live"}),
        ({"url": None}, {"url": None}),
    ],
)
def test_no_copies(repository: Repository, one: dict[str, object], other: dict[str, object]) -> None:
    save(repository, named("one.txt", MONDAY, **one), named("other.txt", SAME_FIGURES, **other))
    assert relation(repository) == {}


def test_articles_without_a_word_are_kept_and_no_copies(repository: Repository) -> None:
    for name, text in (("a.txt", "* * *"), ("b.txt", "- - -\n\u2605")):
        save(repository, named(name, text, published_at=AT))
    blank = named("c.txt", "Copyright 2025", published_at=AT)
    save(repository, replace(blank, zones=(ZoneSpan(start=0, end=len(blank.text), zone=Zone.BOILERPLATE),)))
    assert len(list(repository.articles())) == 3
    assert relation(repository) == {}


def test_a_line_of_a_few_words_is_not_yesterdays(repository: Repository) -> None:
    text = "Markets were closed for the holiday."
    save(repository, *(named(f"{day}.txt", text, published_on=date(2025, 12, day)) for day in (24, 25)))
    assert relation(repository) == {}
    save(repository, named("again.txt", text.upper(), published_on=date(2025, 12, 25)))
    assert set(relation(repository)) <= {"again.txt", "25.txt"}
    assert len(relation(repository)) == 1


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"published_at": AT}, {"published_at": AT + timedelta(minutes=1)}),
        ({"published_on": date(2025, 12, 3)}, {"published_on": date(2025, 12, 4)}),
        ({"published_at": AT}, {"published_on": date(2025, 12, 4)}),  # at the end of its day at the latest
        ({"published_on": date(2025, 12, 4)}, {"published_on": None}),  # seen today
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_original_is_what_was_published_first(
    repository: Repository, earlier: dict[str, object], later: dict[str, object], turned: bool
) -> None:
    pair = [named("earlier.txt", MONDAY, **earlier), named("later.txt", MONDAY + "More.", **later)]
    save(repository, *(reversed(pair) if turned else pair))
    assert relation(repository) == {"later.txt": ("earlier.txt", "near")}


def test_where_nothing_is_known_the_earlier_run_counts(tmp_path: Path) -> None:
    moments = iter(AT + timedelta(minutes=each) for each in range(100))
    with Repository.open(tmp_path / "a.db", "create", clock=lambda: next(moments)) as repository:
        for name in ("one.txt", "other.txt"):
            save(repository, named(name, MONDAY, published_on=None))
        assert relation(repository) == {"other.txt": ("one.txt", "exact")}


def test_a_corrected_text_takes_the_place_of_the_former_one(repository: Repository) -> None:
    first = named("first.txt", MONDAY, published_at=AT)
    copy = named("copy.txt", MONDAY, published_at=AT + timedelta(hours=1))
    corrected = replace(first, text=MONDAY.replace("3.45%", "3.46%"))
    save(repository, first, copy)
    save(repository, corrected)
    assert relation(repository) == {"copy.txt": ("first.txt", "near")}
    assert repository.copies() == {copy.id: corrected.id}
    save(repository, replace(first, text="Nothing of it was true."))
    assert relation(repository) == {}
    save(repository, first)
    assert repository.copies() == {copy.id: first.id}


def test_a_date_that_is_found_later_moves_the_original(repository: Repository) -> None:
    one, other = named("one.txt", MONDAY, published_at=AT), named("other.txt", MONDAY, published_on=None)
    save(repository, one, other)
    assert repository.copies() == {other.id: one.id}
    save(repository, replace(other, published_at=AT - timedelta(days=1)))
    assert repository.copies() == {one.id: other.id}


def test_a_copy_of_a_copy_is_the_voice_of_the_first(repository: Repository) -> None:
    letters = ["".join(chr(97 + int(digit)) for digit in f"{number:04d}") for number in range(300)]
    texts = [" ".join(letters[start : start + 150]) for start in (0, 40, 80)]
    articles = [
        named(f"{place}.txt", text, published_at=AT + timedelta(hours=place)) for place, text in enumerate(texts)
    ]
    save(repository, *articles)
    assert relation(repository) == {"1.txt": ("0.txt", "near"), "2.txt": ("1.txt", "near")}
    assert set(repository.copies().values()) == {articles[0].id}


TEXTS = [MONDAY, MONDAY.upper(), MONDAY[:-300], MONDAY + SAME_FIGURES, "Short.", "short", TUESDAY, SAME_FIGURES]
drawn = st.builds(
    lambda text, day, hour, url: {
        "text": text,
        "published_on": day,
        "published_at": AT + timedelta(hours=hour) if hour is not None and day else None,
        "url": url,
    },
    st.sampled_from(TEXTS),
    st.sampled_from([None, date(2025, 12, 3), date(2025, 12, 4)]),
    st.sampled_from([None, 0, 1, 2]),
    st.sampled_from([None, None, "https://a.example/one", "https://a.example/two"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=st.lists(drawn, min_size=2, max_size=7), data=st.data())
def test_the_order_of_a_batch_decides_nothing(
    tmp_path: Path, articles: list[dict[str, object]], data: st.DataObject
) -> None:
    made = [
        named(f"{place}.txt", str(each["text"]), **{key: each[key] for key in each if key != "text"})
        for place, each in enumerate(articles)
    ]
    found = []
    for order in (made, data.draw(st.permutations(made))):
        with Repository.open(tmp_path / f"{next(_number)}.db", "create", clock=lambda: AT) as repository:
            save(repository, *order)
            found.append(list(repository._db.query("SELECT * FROM copies ORDER BY article_id")))
    assert found[0] == found[1]


def test_articles_of_an_earlier_version_are_signed_by_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    articles = [named(f"{each}.txt", MONDAY, published_at=AT + timedelta(hours=each)) for each in range(3)]
    former = replace(articles[2], text="A text that was corrected.")
    with Repository.open(path, "create") as repository:
        save(repository, former, *articles)
        wanted = list(repository._db.query("SELECT * FROM copies ORDER BY article_id"))
        numbers = list(repository._db.query("SELECT number, article_id, first_at, digest FROM signatures"))
        for table in ("copies", "bands", "signatures"):
            repository._db.execute(f"DELETE FROM {table}")
        repository._db.conn.commit()
        repository.sign_stored()
        assert list(repository._db.query("SELECT * FROM copies ORDER BY article_id")) == wanted
        assert list(repository._db.query("SELECT number, article_id, first_at, digest FROM signatures")) == numbers
        repository._db.execute("UPDATE signatures SET method = 'another', minhash = x'00', digest = 'another'")
        repository.sign_stored()
        assert list(repository._db.query("SELECT * FROM copies ORDER BY article_id")) == wanted
        assert list(repository._db.query("SELECT number, article_id, first_at, digest FROM signatures")) == numbers


DIES = """
import os, sys
from extractor.store.copies import Copies
from extractor.store.repository import Repository
from extractor.verify.conflicts import conflicts
from tests.factories import make_article
from tests.fakes.copy_pairs import MONDAY

with Repository.open(sys.argv[1], "create") as repository:
    repository.save_article(make_article(MONDAY), (), ())
    Copies._follow = lambda *parts: os._exit(9)
    repository.save_article(make_article(MONDAY, name="copy.txt", source="copy.txt"), (), ())
"""


def test_a_process_that_dies_between_article_and_relation_leaves_neither(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    checkout = Path(__file__).resolve().parents[3]
    process = subprocess.run([sys.executable, "-c", DIES, str(path)], cwd=checkout, check=False, env=os.environ)
    assert process.returncode == 9
    db = Database(path)
    assert [db[name].count for name in ("articles", "signatures", "copies")] == [1, 1, 0]
    assert db["bands"].count == 42
    db.close()


def test_what_a_band_holds_is_looked_at_up_to_a_bound(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "MOST", 2)
    articles = [
        named(f"{place}.txt", f"{MONDAY} And {place} more.", published_at=AT + timedelta(hours=place))
        for place in range(8)
    ]
    save(repository, *articles)
    assert set(repository.copies().values()) == {articles[0].id}


# -- what a copy does not count for


def test_a_repeated_figure_is_no_second_voice(repository: Repository) -> None:
    figure = "The Harbour 30 rose 0.8% on Monday to 4,112.40"
    told = named("told.txt", MONDAY, published_at=AT)
    copy = named("copy.txt", MONDAY, published_at=AT + timedelta(hours=1))
    other = named("other.txt", figure + ", they said.", published_at=AT)
    corrected = named("corrected.txt", MONDAY.replace("4,112.40", "4,112.90"), published_at=AT + timedelta(hours=2))
    for article, value in ((told, "4112.40"), (copy, "4112.40"), (other, "4112.70"), (corrected, "4112.90")):
        quote = "4,112.90" if article is corrected else "4,112.40"
        repository.save_article(article, (), [make_claim(article, quote, value=Decimal(value))])
    (every,) = conflicts(repository.claims())
    (independent,) = conflicts(repository.claims(), copies=repository.copies())
    assert {claim.article for claim in every.claims} == {"told.txt", "copy.txt", "other.txt", "corrected.txt"}
    assert [claim.article for claim in independent.claims] == ["told.txt", "other.txt", "corrected.txt"]
    rows = list(repository._db.query("SELECT article, copy_of FROM figure_conflicts"))
    assert {row["article"]: row["copy_of"] for row in rows} == {
        "told.txt": None,
        "copy.txt": told.id,
        "other.txt": None,
        "corrected.txt": None,
    }


def test_a_publishers_score_counts_what_it_had_first(repository: Repository) -> None:
    for place, (name, publisher) in enumerate((("a", None), ("b", "Wire"), ("c", "Ledger"), ("d", "Ledger"))):
        text = MONDAY if name != "d" else TUESDAY
        article = named(f"{name}.txt", text, published_at=AT + timedelta(hours=place), publisher=publisher)
        repository.save_article(article, (), [make_claim(article, "Harbour", kind=Kind.RECORD)])
    rows = repository._db.query("SELECT publisher, articles, claims FROM publisher_trust ORDER BY publisher")
    assert [tuple(row.values()) for row in rows] == [("Ledger", 1, 1), ("Wire", 1, 1)]
