"""The public sets as lines: what is mended on the way, and what a row that cannot be read does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.sentiment.sources import finentity, fiqa, sentfin, tweets


def _sentfin(folder: Path, title: str, decisions: str) -> list[tuple[str | None, str, int]]:
    header = "S No.,Title,Decisions,Words\n"
    (folder / "SEntFiN.csv").write_text(f'{header}1,"{title}","{decisions}",5\n', encoding="utf-8")
    return [(line.target, line.label, line.targets) for line in sentfin.read(folder)]


@pytest.mark.parametrize(
    ("title", "decisions", "expected"),
    [
        (
            "Sebi bars Osian's Art Fund",
            "{'Sebi': 'neutral', 'Osian's Art Fund': 'negative'}",
            [("Sebi", "neutral", 2), ("Osian's Art Fund", "negative", 2)],
        ),
        ("IIFL Holdings surges", "{'IIFL neutralings': 'positive'}", [("IIFL Holdings", "positive", 1)]),
        ("LSE buys Frank Russell Co", "{'Frank Rusnegative Co': 'positive'}", [("Frank Russell Co", "positive", 1)]),
    ],
)
def test_names_are_put_back(tmp_path: Path, title: str, decisions: str, expected: list[tuple[str, str, int]]) -> None:
    assert _sentfin(tmp_path, title, decisions) == expected


@pytest.mark.parametrize(
    ("title", "decisions"), [("Sebi acts", "{}"), ("Sebi acts", "{'Nobody': 'neutral'}"), ("Sebi", "{'Sebi': 'good'}")]
)
def test_a_row_that_cannot_be_read_stops_the_reading(tmp_path: Path, title: str, decisions: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says it differently
        _sentfin(tmp_path, title, decisions)


def _finentity(folder: Path, content: str, value: str, start: int) -> list[tuple[str, str]]:
    annotation = {"start": start, "end": start + len(value), "value": value, "tag": "Positive", "label": "Positive"}
    told = [{"content": content, "annotations": [annotation]}]
    (folder / "FinEntity.json").write_text(json.dumps(told), encoding="utf-8")
    return [(line.text, line.text[line.start : line.end]) for line in finentity.read(folder)]


def test_a_long_paragraph_is_cut_to_the_sentence_with_the_entity(tmp_path: Path) -> None:
    before, after = "Traders waited. " * 40, " Bonds were flat. " * 10
    content = f"{before}Kestrel Inc. rose 3%.{after}"
    assert _finentity(tmp_path, content, "Kestrel Inc.", len(before)) == [("Kestrel Inc. rose 3%.", "Kestrel Inc.")]


def test_a_short_paragraph_stays_whole(tmp_path: Path) -> None:
    content = " Traders waited. Kestrel rose 3%."
    assert _finentity(tmp_path, content, "Kestrel", 17) == [("Traders waited. Kestrel rose 3%.", "Kestrel")]


def test_a_place_that_is_off_is_the_nearest_that_reads_so(tmp_path: Path) -> None:
    content = "Kestrel said that Kestrel rose."
    _finentity(tmp_path, content, "Kestrel", 20)
    assert [line.start for line in finentity.read(tmp_path)] == [18]


def test_fiqa_is_cut_where_its_benchmark_cuts_it(tmp_path: Path) -> None:
    scores = {"1": -0.101, "2": -0.1, "3": 0.099, "4": 0.1}
    rows = {
        name: {"sentence": "Oracle  moved", "info": [{"target": "Oracle", "sentiment_score": score}]}
        for name, score in scores.items()
    }
    for part in ("train", "valid", "test"):
        (tmp_path / f"flame_{part}.json").write_text(json.dumps(rows if part == "test" else {}))
    assert [line.label for line in fiqa.read(tmp_path)] == ["negative", "neutral", "neutral", "positive"]


def test_tweets_are_labelled_as_wholes(tmp_path: Path) -> None:
    (tmp_path / "sent_valid.csv").write_text('text,label\n"$AAA up\n now",1\n$BBB down,0\nBBB,2\n', encoding="utf-8")
    found = [(line.text, line.target, line.label) for line in tweets.read(tmp_path, "valid")]
    assert found == [("$AAA up now", None, "positive"), ("$BBB down", None, "negative"), ("BBB", None, "neutral")]
