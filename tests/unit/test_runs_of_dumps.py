"""A batch over sources that hold many articles: stored as they come, once, under names that stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.cli.run import expected
from extractor.domain.article import Article
from extractor.ingest import Page
from extractor.runs import run
from extractor.stages import BATCH, Failure, Reading, extract
from extractor.store.repository import Repository
from tests import stages as fakes
from tests.carriers import lines, packed


def records(count: int) -> list[dict[str, str]]:
    return [
        {"title": f"Day {number} of many", "text": f"The Russell 2000 closed at {number}.16."}
        for number in range(count)
    ]


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    with Repository.open(tmp_path / "claims.db", "create") as repository:
        yield repository


def batch(source: Path, repository: Repository) -> tuple[int, int, int, int]:
    counts = run([str(source)], repository, fakes.FakeStages().extraction(), version="0")
    return counts.new, counts.updated, counts.unchanged, counts.failed


def test_a_second_run_adds_nothing_and_a_grown_dump_only_what_is_new(tmp_path: Path, repository: Repository) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_bytes(lines(*records(20)))
    assert batch(dump, repository) == (20, 0, 0, 0)
    first = {article.name: article.id for article in repository.articles()}
    assert "dump.jsonl:20" in first
    assert batch(dump, repository) == (0, 0, 20, 0)
    dump.write_bytes(lines(*records(23)))
    assert batch(dump, repository) == (3, 0, 20, 0)
    grown = {article.name: article.id for article in repository.articles()}
    assert grown.items() >= first.items()
    assert len(grown) == 23


def test_a_record_that_was_changed_takes_the_place_of_the_former(tmp_path: Path, repository: Repository) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_bytes(lines(*records(3)))
    batch(dump, repository)
    dump.write_bytes(lines(*records(2), {"text": "The Russell 2000 closed at 7.77."}))
    batch(dump, repository)
    assert sorted(article.name for article in repository.articles()) == [f"dump.jsonl:{line}" for line in (1, 2, 3)]


def test_records_on_standard_input_take_nobodys_place(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.ingest import content
    from tests.carriers import Standard

    for texts in (["One closed at 1.5", "Two closed at 2.5"], ["Three closed at 3.5", "Four closed at 4.5"]):
        monkeypatch.setattr(content, "sys", Standard(lines(*({"text": text} for text in texts))))
        run(["-"], repository, fakes.FakeStages().extraction(), version="0")
    assert len(list(repository.articles())) == 4


def test_each_article_is_stored_before_the_next_batch_is_read(tmp_path: Path, repository: Repository) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_bytes(lines(*records(BATCH * 3)))
    stored: list[int] = []
    extraction = fakes.FakeStages().extraction()
    reading = extraction.read

    def read(page: Page) -> Article:
        stored.append(len(list(repository.articles())))
        return reading(page)

    extraction.read = read
    run([str(dump)], repository, extraction, version="0")
    assert stored == [0] * BATCH + [BATCH] * BATCH + [2 * BATCH] * BATCH


def test_a_bad_line_and_a_cut_end_are_failures_of_their_own(tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl.gz"
    whole = packed(lines(*records(2)) + b"{bad\n" + lines(*records(3)))
    dump.write_bytes(whole[:-4])
    outcomes = list(extract([str(dump)], fakes.FakeStages().extraction()))
    assert [one.article.name for one in outcomes if isinstance(one, Reading)] == [
        f"dump.jsonl.gz:{line}" for line in (1, 2, 4, 5, 6)
    ]
    assert [str(one) for one in outcomes if isinstance(one, Failure)] == [
        f"{dump}:3: not JSON: expecting property name enclosed in double quotes (column 2)",
        f"{dump}: the gzip data end too early",
    ]


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["a.txt", "b.html.gz"], 2),
        (["a.txt", "b.txt", "missing.txt"], 3),
        (["a.txt", "dump.jsonl"], None),
        (["crawl.warc.gz"], None),
        (["-"], None),
    ],
)
def test_the_bar_has_an_end_where_one_is_known(tmp_path: Path, names: list[str], count: int | None) -> None:
    for name in names:
        if name != "missing.txt":
            (tmp_path / name).write_text("Stocks rose.")
    assert expected([name if name == "-" else str(tmp_path / name) for name in names]) == count
