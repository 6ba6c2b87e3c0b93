"""From folders to printed figures, with callables in place of the pipeline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extractor.domain.article import Article
from extractor.domain.claim import Claim
from extractor.domain.errors import TapecheckError
from extractor.evaluate.run import EvalRequest, run_eval
from tests.unit.evaluate.build import TEXT, claim

LINE: dict[str, Any] = {
    "gid": "wrap#001",
    "article": "wrap.txt",
    "kind": "move",
    "modality": "asserted",
    "subject": {"id": "index:SPX", "type": "index", "name": "S&P 500"},
    "metric": "change",
    "value": "0.4",
    "value_high": None,
    "unit": "percent",
    "direction": "up",
    "comparator": "=",
    "date": {"start": "2025-12-10", "end": "2025-12-10", "source": "relative"},
    "quote": "0.4%",
    "quote_at": TEXT.index("0.4%"),
    "context": TEXT,
    "zone": "body",
    "rating": ["supported"],
}


def extract(path: Path) -> tuple[Article, Sequence[Claim]]:
    text = path.read_text(encoding="utf-8")
    return Article(name=path.name, source=str(path), text=text), [claim(text=text)]


def lay(folder: Path, name: str = "wrap", line: dict[str, Any] | None = None) -> None:
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / "gold").mkdir(exist_ok=True)
    (folder / "articles" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (folder / "gold" / f"{name}.jsonl").write_text(json.dumps(line or LINE) + "\n", encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    lay(folder / "corpus")
    return folder


def test_the_corpus_is_scored_and_printed(checkout: Path) -> None:
    outcome = run_eval(EvalRequest(checkout=checkout), extract)
    assert outcome.scores["corpus"].total.gold == 1
    assert "corpus: F1" in outcome.text
    assert outcome.fallen == ()


def test_json_is_one_object_of_sets(checkout: Path) -> None:
    outcome = run_eval(EvalRequest(checkout=checkout, format="json"), extract)
    assert json.loads(outcome.text)["corpus"]["all"]["depths"]["whole"]["f1"] == 1.0


def test_shared_data_is_scored_in_two_parts_and_the_held_out_one_stays_hidden(checkout: Path) -> None:
    shared = checkout.parent / "shared" / "articles"
    lay(shared, "open_page", LINE | {"gid": "open_page#001", "value": "0.9"})
    lay(shared, "kept_page", LINE | {"gid": "kept_page#001", "value": "0.9"})
    (checkout / "corpus" / "heldout.toml").write_text('articles = ["kept_page"]')
    outcome = run_eval(EvalRequest(checkout=checkout, show=("misses", "spurious", "changed", "verdicts")), extract)
    assert set(outcome.scores) == {"corpus", "shared_open", "shared_heldout"}
    assert outcome.scores["shared_heldout"].total.gold == 1
    assert "open_page#001" in outcome.text
    assert "kept_page#001" not in outcome.text
    assert "shared_heldout: held out" in outcome.text


def test_a_fall_below_the_baseline_is_told(checkout: Path) -> None:
    floor = checkout / "BASELINE.json"
    run_eval(EvalRequest(checkout=checkout, baseline=floor, update_baseline=True), extract)
    lay(checkout / "corpus", line=LINE | {"direction": "down"})
    outcome = run_eval(EvalRequest(checkout=checkout, baseline=floor, show=("changed",)), extract)
    assert any("f1.sense fell from 1.0000 to 0.0000" in line for line in outcome.fallen)
    assert "wrap#001  whole -> figure" in outcome.text


def test_a_part_of_a_set_is_not_held_against_the_floor_of_the_whole(checkout: Path) -> None:
    floor = checkout / "BASELINE.json"
    floor.write_text(json.dumps({"corpus": {"f1.figure": 1.1}}))
    assert run_eval(EvalRequest(checkout=checkout, baseline=floor, names=("wrap",)), extract).fallen == ()
    assert run_eval(EvalRequest(checkout=checkout, baseline=floor), extract).fallen != ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"names": ("nowhere",)}, "nowhere"),
        ({"gold": Path("gold")}, "go together"),
        ({"gold": Path("no-gold"), "articles": Path("no-articles")}, "no such folder"),
        ({"update_baseline": True}, "--baseline FILE"),
    ],
)
def test_requests_that_make_no_sense_are_told(checkout: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(TapecheckError, match=message):
        run_eval(EvalRequest(checkout=checkout, **changes), extract)


def test_gold_without_its_article_is_named(checkout: Path) -> None:
    (checkout / "corpus" / "articles" / "wrap.txt").unlink()
    with pytest.raises(TapecheckError, match=r"wrap\.jsonl: no article named wrap"):
        run_eval(EvalRequest(checkout=checkout), extract)


def test_a_bad_gold_line_is_named_by_file_and_number(checkout: Path) -> None:
    (checkout / "corpus" / "gold" / "wrap.jsonl").write_text('\n{"gid": "x"}\n')
    with pytest.raises(TapecheckError, match=r"wrap\.jsonl:2: not a gold line"):
        run_eval(EvalRequest(checkout=checkout), extract)
