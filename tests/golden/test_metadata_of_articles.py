"""Day and title of whole articles, and never a wrong day where the file's name does not tell it."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from extractor import ingest
from extractor.domain.article import Article
from extractor.ingest import Source
from tests.sources import page

# No day in the text, nor year and weekday enough to tell it: not known is the right answer.
UNTOLD = {
    "deepseek_rout_20250128.txt",  # looks back on a day before it
    "forex_20101117.txt",
    "kuala_lumpur_close_20160721.txt",  # 21 July, of which year is not said
    "treasuries_20140610.txt",  # 10 June, likewise
}
UNTOLD_SHARED = {
    "pg_ftsefutures_20180430.txt",
    "pg_gurufocus_20200514.txt",
    "pg_inquirer_afp_20140826.txt",
    "pg_openblog_sensex_20201020.txt",
    "pg_rtt_gold_20250707.txt",  # a year in its copyright line, and no day
}
# Digests of the titles as they stand on the pages; of a text without one, of nothing. pg_investing has another story's.
TITLES_SHARED = {
    "247wallst_djia_20141229.html": "41ef287f7d617958",
    "foxbusiness_homedepot_2019.html": "535bc02e9f3a34a5",
    "pg_ftsefutures_20180430.txt": "e3b0c44298fc1c14",
    "pg_gurufocus_20200514.txt": "e3b0c44298fc1c14",
    "pg_inquirer_afp_20140826.txt": "5a85fa4b1c3d4cd6",
    "pg_marketbeat_ratings_20211022.txt": "27b1e03b44bc9c49",
    "pg_mtnewswires_20251210.txt": "cd8d5d093aa60ee6",
    "pg_openblog_sensex_20201020.txt": "a13ea56a8ee2bc49",
    "pg_rtt_gold_20250707.txt": "e3b0c44298fc1c14",
    "reuters_fed_20161214.html": "ba52c42be93b0ff8",
    "great_rotation.txt": "8942064ea645473b",
}
DAYS_SHARED = {"great_rotation": "2025-12-18", "foxbusiness_homedepot_2019": "2019-11-19"}


@cache
def held_out(corpus: Path) -> frozenset[str]:
    return frozenset(tomllib.loads((corpus / "heldout.toml").read_text("utf-8"))["articles"])


def own(corpus: Path) -> Iterator[Path]:
    yield from sorted((corpus / "articles").iterdir())
    yield from sorted((corpus / "desks" / "articles").iterdir())


def real(shared: Path) -> Iterator[Path]:
    yield from sorted((shared / "articles" / "dev").iterdir())
    yield shared / "articles" / "great_rotation.txt"


def day_of(path: Path) -> str:
    match = re.search(r"(\d{4})(\d{2})(\d{2})$", path.stem)
    return DAYS_SHARED[path.stem] if match is None else "-".join(match.groups())


@cache
def unnamed(path: Path) -> Article:
    """As if the file had another name, one that tells nothing."""
    return ingest.read(replace(page(Source(name=path.name, path=path)), name=f"a{path.suffix}"))


def days(paths: Iterator[Path]) -> dict[str, tuple[str, str | None]]:
    """The right day and the one that was read, by the article's name."""
    return {path.name: (day_of(path), str(unnamed(path).published_on or "") or None) for path in paths}


def test_no_day_is_wrong_and_none_is_missed_that_is_told(corpus: Path) -> None:
    found = days(path for path in own(corpus))
    assert {name: each for name, each in found.items() if each[1] not in (None, each[0])} == {}
    open_ones = {name: each for name, each in found.items() if name.rpartition(".")[0] not in held_out(corpus)}
    assert {name for name, each in open_ones.items() if each[1] is None} == UNTOLD


def test_titles_of_our_articles(corpus: Path) -> None:
    titles = tomllib.loads((corpus / "titles.toml").read_text("utf-8"))
    expected = {name: title for folder in titles.values() for name, title in folder.items()}
    read = {path.name: unnamed(path).title or "" for path in own(corpus) if path.stem not in held_out(corpus)}
    assert read == expected


@pytest.mark.shared
def test_no_day_of_a_real_page_is_wrong(shared: Path, corpus: Path) -> None:
    found = days(real(shared))
    assert {name: each for name, each in found.items() if each[1] not in (None, each[0])} == {}
    open_ones = {name: each for name, each in found.items() if name.rpartition(".")[0] not in held_out(corpus)}
    assert {name for name, each in open_ones.items() if each[1] is None} == UNTOLD_SHARED


@pytest.mark.shared
def test_titles_of_real_pages(shared: Path) -> None:
    read = {path.name: unnamed(path).title or "" for path in real(shared) if path.name in TITLES_SHARED}
    assert {name: hashlib.sha256(title.encode()).hexdigest()[:16] for name, title in read.items()} == TITLES_SHARED
