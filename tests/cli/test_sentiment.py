"""`tapecheck sentiment`: lines in, the same lines with scores out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from extractor import wiring
from extractor.cli import cli
from extractor.domain.sentiment import Sentiment


class Scorer:
    """Positive toward what starts with a capital A, and keeps what it was asked."""

    name, version, sha256 = "scorer", "1", "0" * 64

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []

    def scores(self, sentences: Sequence[tuple[str, Any]]) -> list[Sentiment]:
        self.asked += sentences
        return [
            Sentiment(
                negative=0.1,
                neutral=0.2 if (target or text).startswith("A") else 0.7,
                positive=0.7 if (target or text).startswith("A") else 0.2,
                windowed=len(text) > 100,
                target_found=target is None or target in text,
            )
            for text, target in sentences
        ]


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> Scorer:
    scorer = Scorer()
    monkeypatch.setattr(wiring, "sentiment_model", lambda name: scorer)
    return scorer


def invoke(lines: list[str], *arguments: str) -> tuple[Result, list[dict[str, Any]]]:
    result = CliRunner().invoke(cli, ["sentiment", "-", *arguments], input="\n".join(lines))
    return result, [json.loads(line) for line in result.stdout.splitlines()]


def test_the_same_lines_come_out_with_scores(scorer: Scorer) -> None:
    result, rows = invoke(
        ['{"text": "Bonds fell, AAON rose.", "target": "AAON", "id": 7}', "", '{"text": "Bonds fell."}']
    )
    assert result.exit_code == 0
    assert rows == [
        {
            "text": "Bonds fell, AAON rose.",
            "target": "AAON",
            "id": 7,
            "negative": 0.1,
            "neutral": 0.2,
            "positive": 0.7,
            "label": "positive",
            "model": "scorer 1",
        },
        {
            "text": "Bonds fell.",
            "negative": 0.1,
            "neutral": 0.7,
            "positive": 0.2,
            "label": "neutral",
            "model": "scorer 1",
        },
    ]
    assert "2 sentences scored by scorer 1" in result.stderr


def test_the_order_is_kept_over_many_lines(scorer: Scorer) -> None:
    _, rows = invoke([json.dumps({"text": f"line {number}"}) for number in range(2500)], "--quiet")
    assert [row["text"] for row in rows] == [f"line {number}" for number in range(2500)]


def test_a_long_text_and_a_missing_target_are_said(scorer: Scorer) -> None:
    _, rows = invoke([json.dumps({"text": "A" * 101}), '{"text": "x", "target": "Oracle"}'])
    assert rows[0]["windowed"] is True
    assert rows[1]["target_found"] is False
    assert "windowed" not in rows[1]
    assert "target_found" not in rows[0]


@pytest.mark.parametrize(
    "line", ["Oracle fell.", "[1]", '{"text": ""}', '{"target": "Oracle"}', '{"text": "x", "target": 3}', '{"text": 1}']
)
def test_a_line_that_is_none_is_named_and_the_rest_goes_on(scorer: Scorer, line: str) -> None:
    result, rows = invoke(['{"text": "one"}', line, '{"text": "two"}'])
    assert result.exit_code == 3
    assert [row["text"] for row in rows] == ["one", "two"]
    assert "-:2:" in result.stderr or "<stdin>:2:" in result.stderr


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["sentiment", str(tmp_path / "none.jsonl")]).exit_code == 2


def test_a_folder_without_a_model_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPECHECK_SENTIMENT", str(tmp_path))
    result = CliRunner().invoke(cli, ["sentiment", "-"], input='{"text": "x"}')
    assert result.exit_code == 1
    assert result.stderr.startswith("tapecheck: ")
    assert len(result.stderr.splitlines()) == 1
