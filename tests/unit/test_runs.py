"""The staircase: one article's trouble is its own, nothing is done twice, and verdicts know their day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractor import stages as staging
from extractor.domain.article import Article
from extractor.domain.errors import StoreError
from extractor.ingest import Page
from extractor.runs import Checked, Counts, check, run, verify_stored
from extractor.stages import AHEAD, BATCH, Extraction, Failure, Reading, extract
from extractor.store.repository import Repository
from tests import stages as fakes

TRUE, FALSE = "The Russell 2000 closed at 2,531.16.", "The Russell 2000 closed at 2,999.99."


@pytest.fixture
def stages() -> fakes.FakeStages:
    return fakes.FakeStages()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in {"a.txt": TRUE, "b.txt": FALSE, "c.txt": "Nothing was quoted."}.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    with Repository.open(tmp_path / "claims.db", "create") as repository:
        yield repository


def batch(folder: Path, repository: Repository, stages: fakes.FakeStages, **options: Any) -> Counts:
    options = {"tape": fakes.FakeMarket(), "checker": fakes.check} | options
    return run([str(folder)], repository, stages.extraction(), version="0", **options)


def test_articles_come_out_in_order_with_their_claims(folder: Path, stages: fakes.FakeStages) -> None:
    found = [each for each in extract([str(folder)], stages.extraction()) if isinstance(each, Reading)]
    assert [each.article.name for each in found] == ["a.txt", "b.txt", "c.txt"]
    assert [[claim.quote for claim in each.claims] for each in found] == [["2,531.16"], ["2,999.99"], []]


def test_one_poisoned_article_fails_alone(folder: Path, stages: fakes.FakeStages) -> None:
    (folder / "b.txt").write_text("This is poison: 2,531.16")
    outcomes = list(extract([str(folder)], stages.extraction()))
    assert [each for each in outcomes if isinstance(each, Failure)] == [
        Failure(source=str(folder / "b.txt"), stage="extract", reason="ValueError: cannot be annotated")
    ]
    assert [each.article.name for each in outcomes if isinstance(each, Reading)] == ["a.txt", "c.txt"]


def test_an_unreadable_article_fails_alone(folder: Path, stages: fakes.FakeStages) -> None:
    (folder / "b.txt").write_bytes(b"")
    outcomes = list(extract([str(folder), str(folder / "none.txt")], stages.extraction()))
    failed = {Path(each.source).name: each.reason for each in outcomes if isinstance(each, Failure)}
    assert failed == {"b.txt": "the file is empty", "none.txt": "no such file or folder"}


def test_articles_are_annotated_in_batches(tmp_path: Path, stages: fakes.FakeStages) -> None:
    for number in range(BATCH + 3):
        (tmp_path / f"{number:03}.txt").write_text(f"It closed at {number}.5")
    assert len(list(extract([str(tmp_path)], stages.extraction()))) == BATCH + 3
    assert stages.batches == [BATCH, 3]


def announced(extraction: Extraction, *, elsewhere: bool = True) -> tuple[Extraction, list[str]]:
    """The extraction with a log of what its reader hears: "expect 1.txt", "read 1.txt"."""
    heard: list[str] = []

    def expect(page: Page) -> bool:
        heard.append(f"expect {page.name}")
        return elsewhere

    def read(page: Page) -> Article:
        heard.append(f"read {page.name}")
        return extraction.read(page)

    return replace(extraction, expect=expect, read=read), heard


@pytest.mark.parametrize(("number", "size", "ahead"), [(3, 10, 3), (AHEAD + 9, 10, AHEAD + 1), (6, 500, 3)])
def test_pages_are_announced_some_way_ahead_and_read_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stages: fakes.FakeStages, number: int, size: int, ahead: int
) -> None:
    monkeypatch.setattr(staging, "AHEAD_BYTES", 1_000)
    for name in range(number):
        (tmp_path / f"{name:03}.txt").write_text("word " * (size // 5))
    extraction, heard = announced(stages.extraction())
    list(extract([str(tmp_path)], extraction))
    assert heard[: ahead + 1] == [f"expect {name:03}.txt" for name in range(ahead)] + ["read 000.txt"]
    assert [each for each in heard if each.startswith("read")] == [f"read {name:03}.txt" for name in range(number)]


@pytest.mark.parametrize(("elsewhere", "loads"), [(True, 1), (False, 0)])
def test_the_pipeline_loads_while_the_first_page_is_read_elsewhere(
    folder: Path, stages: fakes.FakeStages, elsewhere: bool, loads: int
) -> None:
    extraction, _ = announced(stages.extraction(), elsewhere=elsewhere)
    seen: list[int] = []
    read = extraction.read
    extraction = replace(extraction, read=lambda page: (seen.append(stages.loads), read(page))[1])
    assert len(list(extract([str(folder)], extraction))) == 3
    assert seen == [loads] * 3


def test_a_run_over_what_is_stored_loads_no_pipeline(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    batch(folder, repository, stages)
    extraction, _ = announced(stages.extraction())
    assert run([str(folder)], repository, extraction, version="0").unchanged == 3
    assert stages.loads == 1


def test_a_pipeline_that_does_not_load_ends_the_batch(folder: Path, stages: fakes.FakeStages) -> None:
    extraction = replace(stages.extraction(), load=lambda: (_ for _ in ()).throw(OSError("no model")))
    with pytest.raises(OSError, match="no model"):
        list(extract([str(folder)], extraction))


def test_a_run_stores_articles_claims_and_verdicts(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    counts = batch(folder, repository, stages)
    assert (counts.new, counts.updated, counts.unchanged, counts.failed) == (3, 0, 0, 0)
    assert (counts.claims, counts.checked) == (2, 2)
    assert counts.ratings == {"supported": 1, "contradicted": 1}
    assert sorted(str(verdict.rating) for verdict in repository.verdicts().values()) == ["contradicted", "supported"]


def test_a_second_run_reads_and_adds_nothing(folder: Path, repository: Repository, stages: fakes.FakeStages) -> None:
    batch(folder, repository, stages)
    tables = ("articles", "zones", "mentions", "claims", "instruments", "verdicts", "evidence", "failures")
    before = {table: list(repository._db[table].rows) for table in tables}
    counts = batch(folder, repository, stages)
    assert (counts.new, counts.updated, counts.unchanged, counts.claims) == (0, 0, 3, 2)
    assert {table: list(repository._db[table].rows) for table in tables} == before
    assert (stages.annotated, stages.loads) == (3, 1)


def test_a_newer_version_reads_again(folder: Path, repository: Repository, stages: fakes.FakeStages) -> None:
    batch(folder, repository, stages)
    stages.version = "newer"
    assert batch(folder, repository, stages).unchanged == 3
    assert stages.annotated == 6
    assert batch(folder, repository, stages).unchanged == 3
    assert stages.annotated == 6


def test_a_run_that_is_told_to_stop_ends_after_the_article_at_hand(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    seen: list[object] = []
    counts = batch(folder, repository, stages, progress=seen.append, stopped=lambda: len(seen) == 2)
    assert (counts.new, len(repository.verdicts())) == (2, 2)
    (row,) = repository._db.query("SELECT * FROM runs")
    assert row["finished_at"] is not None


def test_copies_are_stored_with_their_claims_and_counted(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    (folder / "d.txt").write_text(TRUE.upper())
    counts = batch(folder, repository, stages)
    assert (counts.new, counts.copies, counts.claims, counts.checked) == (4, 1, 3, 3)
    counts = batch(folder, repository, stages)
    assert (counts.unchanged, counts.copies) == (4, 1)
    assert run([str(folder / "b.txt")], repository, stages.extraction(), version="0").copies == 0


def test_a_page_that_was_not_asked_for_is_no_failure(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    extraction = stages.extraction()
    read = extraction.read
    extraction.read = lambda page: None if page.name == "b.txt" else read(page)
    counts = run([str(folder)], repository, extraction, version="0")
    assert (counts.new, counts.failed) == (2, 0)


def test_an_interrupted_run_goes_on_where_it_stopped(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    def stop(event: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(folder, repository, stages, progress=stop)
    assert len(list(repository.articles())) == 1
    counts = batch(folder, repository, stages)
    assert (counts.new, counts.unchanged) == (2, 1)
    assert len(repository.verdicts()) == 2


def test_failures_are_written_down_and_the_rest_goes_on(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    (folder / "b.txt").write_text("poison")
    (folder / "d.txt").write_bytes(b"\x00\x01binary")
    (folder / "e.txt").write_text("It closed at 666.0")
    events: list[object] = []
    counts = batch(folder, repository, stages, progress=events.append)
    assert (counts.new, counts.failed) == (3, 3)
    assert {(Path(row["source"]).name, row["stage"]) for row in repository.failures()} == {
        ("b.txt", "extract"),
        ("d.txt", "read"),
        ("e.txt", "check"),
    }
    assert sum(isinstance(event, Failure) for event in events) == 3
    assert [row["source"] for row in repository._db.query("SELECT * FROM last_failures")] == [
        row["source"] for row in repository.failures()
    ]


def test_a_failing_save_is_that_articles_failure(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    (folder / "b.txt").write_text("It closed at 5.5")
    find = fakes.find

    def twice(doc: str, article: Any) -> Any:
        reading = find(doc, article)
        claims = [replace(claim, start=-1) if claim.quote == "5.5" else claim for claim in reading.claims]
        return replace(reading, claims=tuple(claims))

    extraction = stages.extraction()
    extraction.load = lambda: replace(stages._load(), find=twice)
    counts = run([str(folder)], repository, extraction, version="0")
    assert (counts.new, counts.failed) == (2, 1)
    assert [article.name for article in repository.articles()] == ["a.txt", "c.txt"]


def test_a_database_that_fails_ends_the_batch(folder: Path, repository: Repository, stages: fakes.FakeStages) -> None:
    repository._db.conn.execute("DROP TABLE zones")
    with pytest.raises(StoreError):
        batch(folder, repository, stages)


def one(text: str, *, stages: fakes.FakeStages, folder: Path, market: fakes.FakeMarket, **options: Any) -> Checked:
    path = folder / "one.txt"
    path.write_text(text)
    (reading,) = extract(
        [str(path)], stages.extraction(**{k: options.pop(k) for k in list(options) if k == "published"})
    )
    assert isinstance(reading, Reading)
    outcome = check(reading.article, reading.claims, market, fakes.check, **options)
    assert isinstance(outcome, Checked)
    return outcome


def test_the_article_s_own_day_counts_whole(tmp_path: Path, stages: fakes.FakeStages) -> None:
    (line,) = one(TRUE, stages=stages, folder=tmp_path, market=fakes.FakeMarket()).lines
    assert line.verdict is not None
    assert (line.verdict.rating, line.verdict.as_of, line.verdict_now) == ("supported", date(2025, 12, 4), None)


def test_what_is_known_now_stands_beside_only_where_it_differs(tmp_path: Path, stages: fakes.FakeStages) -> None:
    later = fakes.FakeMarket(known_since=date(2025, 12, 5))
    (line,) = one(TRUE, stages=stages, folder=tmp_path, market=later).lines
    assert line.verdict is not None
    assert line.verdict_now is not None
    assert (line.verdict.rating, line.verdict_now.rating) == ("not_enough_data", "supported")


def test_as_of_moves_the_knowledge_and_asks_for_no_now(tmp_path: Path, stages: fakes.FakeStages) -> None:
    later = fakes.FakeMarket(known_since=date(2025, 12, 5))
    (line,) = one(TRUE, stages=stages, folder=tmp_path, market=later, as_of=date(2025, 12, 5)).lines
    assert line.verdict is not None
    assert (line.verdict.rating, line.verdict_now) == ("supported", None)


def test_an_article_without_a_date_is_checked_by_what_is_known_now(tmp_path: Path, stages: fakes.FakeStages) -> None:
    later = fakes.FakeMarket(known_since=date(2030, 1, 1))
    (line,) = one(TRUE, stages=stages, folder=tmp_path, market=later, published=None).lines
    assert line.verdict is not None
    assert (line.verdict.rating, line.verdict.as_of) == ("supported", None)


def test_verifying_a_database_keeps_the_verdicts(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    run([str(folder)], repository, stages.extraction(), version="0")
    assert repository.verdicts() == {}
    later = fakes.FakeMarket(known_since=date(2025, 12, 5))
    outcomes = list(verify_stored(repository, later, fakes.check, version="0"))
    assert len(outcomes) == 3
    assert {str(verdict.rating) for verdict in repository.verdicts().values()} == {"not_enough_data"}
    assert len(repository.verdicts(vantage="now")) == 2
    list(verify_stored(repository, fakes.FakeMarket(), fakes.check, version="0"))
    assert {str(verdict.rating) for verdict in repository.verdicts().values()} == {"supported", "contradicted"}
    assert repository.verdicts(vantage="now") == {}


def test_a_given_day_leaves_the_verdict_of_the_articles_day_alone(
    folder: Path, repository: Repository, stages: fakes.FakeStages
) -> None:
    batch(folder, repository, stages)
    before = repository.verdicts()
    list(verify_stored(repository, fakes.FakeMarket(), fakes.check, version="0", as_of=date(2025, 12, 3)))
    assert repository.verdicts() == before
    assert {str(v.rating) for v in repository.verdicts(vantage="given").values()} == {"not_enough_data"}
