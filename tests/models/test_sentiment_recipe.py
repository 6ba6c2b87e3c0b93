"""What the model card claims: what is held out stays out, figures are those of the weights, the card has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.adapters import places
from models.sentiment import card
from models.sentiment.config import HERE, load, place
from models.sentiment.lines import Line


@pytest.fixture(scope="module")
def metrics() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "metrics.json").read_text(encoding="utf-8"))
    return found


def test_the_figures_are_those_of_the_weights_that_ship(metrics: dict[str, Any]) -> None:
    manifest = json.loads((places.sentiment_weights() / "manifest.json").read_text(encoding="utf-8"))
    assert metrics["sha256"] == manifest["sha256"][manifest["model"]]
    assert metrics["model"] == f"{manifest['name']} {manifest['version']}"


def test_the_card_has_the_figures(metrics: dict[str, Any]) -> None:
    text = card.README.read_text(encoding="utf-8")
    assert card.figures(metrics) in text
    assert card.groups(metrics) in text
    assert card.reliability(metrics) in text
    assert card.PICTURE.read_text(encoding="utf-8") == card.picture(metrics)


def test_int8_costs_no_more_than_seven_thousandths(metrics: dict[str, Any]) -> None:
    for name, told in metrics["sets"].items():
        judged = metrics["judged_by"][name]
        assert told["by"]["int8"][judged] >= told["by"]["full precision"][judged] - 0.007, name


def _line(text: str, label: str = "neutral", **more: Any) -> Line:
    return Line(**{"text": text, "target": None, "label": label, "source": "s", "row": text, **more})


def test_near_duplicates_are_grouped_by_chains() -> None:
    pytest.importorskip("sklearn")
    from models.sentiment import near_duplicates

    texts = [
        "Kestrel Foods shares rise 4% after strong quarterly results",
        "Kestrel Foods shares rise 12% after strong quarterly results",
        "Kestrel Foods shares rise 12% after strong quarterly results, outlook",
        "Bond yields slip as traders wait for the Fed",
    ]
    numbers = near_duplicates.groups(texts, at_least=0.6)
    assert numbers[0] == numbers[1] == numbers[2] != numbers[3]
    assert near_duplicates.near([texts[0], texts[3]], [texts[1]], at_least=0.6) == {0}


def test_a_text_labelled_twice_and_differently_is_left_out() -> None:
    pytest.importorskip("sklearn")
    from models.sentiment.prepare import _distinct

    lines = [_line("a"), _line("a"), _line("b"), _line("b", "positive"), _line("b", target="x")]
    assert _distinct(lines) == [_line("a"), _line("b", target="x")]


@pytest.fixture(scope="module")
def parts() -> dict[str, list[Line]]:
    """Made from the public sets beside the checkout."""
    pytest.importorskip("sklearn")
    from models.sentiment.prepare import prepare

    data = load()["data"]
    training, evaluation = place(data["training"]), place(data["evaluation"])
    if not (training / "sentfin").is_dir() or not (evaluation / "fiqa_sa").is_dir():
        pytest.skip("no public sets beside the checkout")
    return prepare(data, training, evaluation)[0]


@pytest.mark.shared
def test_nothing_that_is_learned_from_nearly_stands_in_what_is_measured(parts: dict[str, list[Line]]) -> None:
    from models.sentiment import near_duplicates

    learned = sorted({line.text for name in ("train", "validation") for line in parts[name]})
    measured = sorted({line.text for name, lines in parts.items() if name.startswith("test-") for line in lines})
    assert len(measured) > 5000
    assert not near_duplicates.near(learned, measured, at_least=load()["data"]["near_duplicate"])


@pytest.mark.shared
def test_validation_and_training_share_no_text(parts: dict[str, list[Line]]) -> None:
    assert not {line.row for line in parts["train"]} & {line.row for line in parts["validation"]}


@pytest.mark.shared
def test_the_committed_rows_are_the_ones_the_seed_draws(parts: dict[str, list[Line]]) -> None:
    from models.sentiment.prepare import SPLITS, _share
    from models.sentiment.sources import sentfin

    data = load()["data"]
    drawn = _share(sentfin.read(place(data["training"]) / "sentfin"), data["test_share"], data, "sentfin")
    committed = Path(SPLITS / "sentfin-test.txt").read_text(encoding="utf-8").split()
    assert {row.split(":")[1] for row in drawn} == set(committed)
    assert 0.19 < len(committed) / 10753 < 0.22
