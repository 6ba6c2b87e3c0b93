"""The gold itself: every line stands in its article, in the contract's words, and means what it says."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from extractor.domain.article import Zone
from extractor.domain.claim import Basis, DateSource, Kind, SubjectType
from extractor.domain.verdict import Rating
from extractor.evaluate.folding import squeeze
from extractor.evaluate.gold import load_gold
from extractor.evaluate.sets import held_out

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*.jsonl"))  # rated against corpus/prices
DESKS = sorted((CORPUS / "desks" / "gold").glob("*.jsonl"))  # invented markets: for extraction alone, not rated
UNITS = {
    *("points", "percent", "percentage_points", "basis_points", "multiple", "count", "jobs", "claims", "persons"),
    *("barrels", "shares", "days", "weeks", "months", "years"),
}


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def page_text(gold: Path, name: str) -> str:
    text = (gold.parents[1] / "articles" / name).read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser").get_text() if name.endswith(".html") else text


@pytest.mark.parametrize("path", GOLD + DESKS, ids=lambda path: path.stem)
def test_every_quote_stands_in_its_context_and_every_context_in_its_article(path: Path) -> None:
    for record in records(path):
        at, quote = record["quote_at"], record["quote"]
        assert record["context"][at : at + len(quote)] == quote, record["gid"]
        assert squeeze(record["context"]).text in squeeze(page_text(path, record["article"])).text, record["gid"]


@pytest.mark.parametrize("path", GOLD + DESKS, ids=lambda path: path.stem)
def test_no_quote_is_a_piece_of_a_longer_number(path: Path) -> None:
    for record in records(path):
        at, quote = record["quote_at"], record["quote"]
        before, after = record["context"][:at], record["context"][at + len(quote) :]
        if quote[0].isdigit():
            assert not before[-1:].isdigit(), record["gid"]
            assert not (before[-1:] in (".", ",") and before[-2:-1].isdigit()), record["gid"]
        if quote[-1].isdigit():
            assert not after[:1].isdigit(), record["gid"]


@pytest.mark.parametrize("path", GOLD + DESKS, ids=lambda path: path.stem)
def test_lines_use_the_contracts_words(path: Path) -> None:
    load_gold(path)  # kind, modality, direction and comparator are of the vocabulary, numbers are numbers
    for record in records(path):
        told = record["gid"]
        assert record["article"].split(".")[0] == path.stem, told
        assert record["subject"]["type"] == record["subject"]["id"].split(":")[0], told
        SubjectType(record["subject"]["type"])
        Zone(record["zone"])
        assert record["basis"] is None or Basis(record["basis"]), told
        assert set(record["rating"]) <= set(Rating), told
        unit = record["unit"]
        assert unit is None or unit in UNITS or (len(unit) == 3 and unit.isupper()), told
        if record["date"]:
            DateSource(record["date"]["source"])
            assert date.fromisoformat(record["date"]["start"]) <= date.fromisoformat(record["date"]["end"]), told


@pytest.mark.parametrize("path", GOLD + DESKS, ids=lambda path: path.stem)
def test_values_are_unsigned_and_levels_have_no_direction(path: Path) -> None:
    for record in records(path):
        told = record["gid"]
        assert (record["value"] is None) == (record["decimals"] is None), told
        if record["value"] is not None:
            assert Decimal(record["value"]) >= 0, told
        if record["value_high"] is not None:
            assert Decimal(record["value_high"]) > Decimal(record["value"]), told
        if record["kind"] in (Kind.LEVEL, Kind.QUOTE) or record["metric"] == "target_range":
            assert record["direction"] is None, told
        if record["kind"] == Kind.MOVE and record["metric"] == "change" and not record.get("optional"):
            assert record["direction"] is not None, told


def test_gids_are_unique_and_numbered_in_each_file() -> None:
    for path in GOLD + DESKS:
        assert [record["gid"] for record in records(path)] == [
            f"{path.stem}#{number:03d}" for number in range(1, len(records(path)) + 1)
        ]


def test_every_article_has_gold_and_every_kind_occurs_often() -> None:
    articles = {path.stem for path in (CORPUS / "articles").iterdir()}
    assert articles == {path.stem for path in GOLD}
    assert len(articles) >= 12
    kinds = Counter(record["kind"] for path in GOLD for record in records(path))
    assert set(kinds) == set(Kind)
    assert min(kinds.values()) >= 5, kinds


def test_desks_are_whole_and_every_second_one_is_held_out() -> None:
    articles = {path.stem for path in (CORPUS / "desks" / "articles").iterdir()}
    assert articles == {path.stem for path in DESKS}
    assert len(articles & set(held_out(CORPUS / "heldout.toml"))) >= len(articles) // 3
    assert not any(record["rating"] for path in DESKS for record in records(path))


def test_true_and_wrong_figures_are_both_there() -> None:
    ratings = Counter(rating for path in GOLD for record in records(path) for rating in record["rating"][:1])
    assert ratings["supported"] > 200
    assert ratings["contradicted"] >= 12
    assert ratings["conflicting"] >= 1
    assert ratings["not_checkable"] >= 20
    assert ratings["not_enough_data"] >= 40
