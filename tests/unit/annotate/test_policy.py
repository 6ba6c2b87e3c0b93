"""Where policies are found, what event stands with them, and that no text slows the search down."""

from __future__ import annotations

import time

import pytest

from extractor.annotate.policy import PolicyFinder
from extractor.rules.policy import load_topics

FINDER = PolicyFinder(load_topics())

MENTIONS = [
    ("Since the passage of the One Big Beautiful Bill Act (OBBBA), builders rose.",
     [("One Big Beautiful Bill Act (OBBBA)", "policy:US:OBBBA", "passage")]),
    ("The Inflation Reduction Act (IRA) helped; the IRA may go.",
     [("Inflation Reduction Act (IRA)", "policy:US:IRA", None), ("IRA", "policy:US:IRA", None)]),
    ("He announced sweeping new tariffs.", [("sweeping new tariffs", "policy:US:TARIFFS", "announcement")]),
    ("He imposed tariffs on Chinese imports.",
     [("tariffs on Chinese imports", "policy:US-CN:TARIFFS", "imposition")]),
    ("The tariffs were struck down.", [("tariffs", "policy:US:TARIFFS", "end")]),
    ("Bank of Japan asset-purchase programmes differ.", [("asset-purchase programmes", "policy:JP:QE", None)]),
    ("The ECB\u2019s bond\u2011buying programme goes on.", [("bond\u2011buying programme", "policy:EU:QE", None)]),
    ("OPEC met. Factory output cuts spread.", []),
    ("Electricity tariffs rose.", []),
    ("It is a stimulus.", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_mentions(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = FINDER.find(text)
    assert [(mention.text, mention.topic, mention.event) for mention in found] == expected
    assert all(text[mention.start : mention.end] == mention.text for mention in found)


def test_letters_whose_small_form_is_longer_move_nothing() -> None:
    text = "İİİ İstanbul feared new tariffs."
    (found,) = FINDER.find(text)
    assert text[found.start : found.end] == "new tariffs"


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "(" * 20_000, "a" * 1_000_000, "new " * 50_000, "tariffs " * 10_000, "output cuts " * 20_000]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    FINDER.find("")
    before = time.process_time()
    FINDER.find(text)
    assert time.process_time() - before < 2
