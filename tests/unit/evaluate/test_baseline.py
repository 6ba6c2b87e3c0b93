"""The floor rises and does not fall."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.domain.errors import TapecheckError
from extractor.evaluate.baseline import fallen, figures, load_baseline, update
from extractor.evaluate.scoring import evaluate
from tests.unit.evaluate.build import claim, gold

NOW = {"corpus": {"f1.figure": 0.9, "f1.whole": 0.7}}


@pytest.mark.parametrize(
    ("floor", "names"),
    [
        ({"corpus": {"f1.figure": 0.9}}, []),
        ({"corpus": {"f1.figure": 0.89}}, []),
        ({"corpus": {"f1.figure": 0.9001}}, ["f1.figure"]),
        ({"corpus": {"f1.figure": 0.95, "f1.whole": 0.8}}, ["f1.figure", "f1.whole"]),
        ({"corpus": {"verdicts": 0.5}}, ["verdicts"]),  # a figure that is no longer measured has fallen
        ({"elsewhere": {"f1.figure": 1.0}}, []),  # a set that is not at hand has not
    ],
)
def test_fallen_names_each_figure_below_its_floor(floor: dict[str, dict[str, float]], names: list[str]) -> None:
    assert [line.split(": ")[1].split(" ")[0] for line in fallen(floor, NOW)] == names


def test_update_raises_the_floor_and_keeps_other_sets(tmp_path: Path) -> None:
    path = tmp_path / "BASELINE.json"
    path.write_text(json.dumps({"corpus": {"f1.figure": 0.8}, "other": {"f1.figure": 1.0}, "lines": {"a#1": 2}}))
    update(path, NOW, {"b#1": 5})
    assert load_baseline(path) == {**NOW, "other": {"f1.figure": 1.0}, "lines": {"a#1": 2, "b#1": 5}}


def test_update_refuses_to_lower_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "BASELINE.json"
    before = json.dumps({"corpus": {"f1.figure": 0.95, "f1.whole": 0.1}})
    path.write_text(before)
    with pytest.raises(TapecheckError, match=r"never lowered.*f1\.figure fell from 0\.9500 to 0\.9000"):
        update(path, NOW, {})
    assert path.read_text() == before


def test_a_damaged_baseline_is_named(tmp_path: Path) -> None:
    path = tmp_path / "BASELINE.json"
    path.write_text("{")
    with pytest.raises(TapecheckError, match=r"BASELINE\.json: not a baseline"):
        load_baseline(path)


def test_figures_of_a_perfect_run() -> None:
    held = figures(evaluate([([gold()], [claim()])]))
    assert held == {
        "f1.figure": 1.0,
        "f1.sense": 1.0,
        "f1.subject": 1.0,
        "f1.date": 1.0,
        "f1.whole": 1.0,
        "not_spurious": 1.0,
    }
