"""The sets of sentences with labels toward a target keep the form that models/sentiment/LABELLING.md gives them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

SENTIMENT = Path(__file__).parents[2] / "models" / "sentiment"
SETS = sorted((SENTIMENT / "sets").glob("*.jsonl"))
MEASURING = SENTIMENT / "sets" / "market_news.jsonl"

FIELDS = {"text", "target", "label", "group"}
LABELS = {"positive", "negative", "neutral"}
GROUPS = set(re.findall(r"`(\w+)`", (SENTIMENT / "LABELLING.md").read_text().split("\n## ")[2]))
LARGE_GROUPS = {"guidance", "negation", "yields", "policy", "contrast", "members", "earnings"}

NEAR = 0.3  # Jaccard of three-word shingles; a text with one word in ten replaced still has about half in common
RUN = 6  # words in a row that no two measured texts share
QUOTE = 8  # words in a row that no text to learn from shares with a measured one


@cache
def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def texts(paths: Iterable[Path]) -> list[str]:
    return sorted({line["text"] for path in paths for line in lines(path)})


def shingles(text: str, size: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}


def sharing(found: list[str], size: int) -> Iterator[tuple[str, str, int]]:
    """Each pair of texts with shingles in common, and how many; only such pairs are ever compared."""
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for text in found:
        for shingle in shingles(text, size):
            holders[shingle].append(text)
    shared = Counter(pair for held in holders.values() for pair in combinations(held, 2))
    for (one, other), count in shared.items():
        yield one, other, count


def near_duplicates(found: list[str]) -> list[tuple[str, str]]:
    sizes = {text: len(shingles(text, 3)) for text in found}
    return [
        (one, other) for one, other, count in sharing(found, 3) if count >= NEAR * (sizes[one] + sizes[other] - count)
    ]


@pytest.fixture(params=SETS, ids=lambda path: path.name)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_the_guide_names_the_groups() -> None:
    assert LARGE_GROUPS < GROUPS
    assert len(GROUPS) == 16


def test_every_line_has_the_four_fields_with_valid_values(path: Path) -> None:
    for line in lines(path):
        assert set(line) == FIELDS, line
        assert all(isinstance(value, str) and value and value == " ".join(value.split()) for value in line.values()), (
            line
        )
        assert line["label"] in LABELS, line
        assert line["group"] in GROUPS, line


def test_texts_are_as_long_as_their_group_says(path: Path) -> None:
    for line in lines(path):
        words = len(line["text"].split())
        assert 4 <= words <= 60, line
        assert line["group"] != "headline" or words < 8, line
        assert line["group"] != "long" or words > 30, line


def test_the_target_stands_in_the_text_once_and_as_whole_words(path: Path) -> None:
    for line in lines(path):
        text, target = line["text"], line["target"]
        assert text.count(target) == 1, line
        assert re.search(rf"(?<!\w){re.escape(target)}(?!\w)", text), line


def test_no_text_and_target_comes_twice(path: Path) -> None:
    counts = Counter((line["text"], line["target"]) for line in lines(path))
    assert [pair for pair, count in counts.items() if count > 1] == []


def test_neutral_is_a_group_of_neutral_lines(path: Path) -> None:
    assert [line for line in lines(path) if line["group"] == "neutral" and line["label"] != "neutral"] == []


def test_no_text_stands_in_two_sets() -> None:
    counts = Counter(text for path in SETS for text in texts([path]))
    assert [text for text, count in counts.items() if count > 1] == []


def test_no_text_is_nearly_another_in_the_same_set_or_the_next() -> None:
    assert near_duplicates(texts(SETS)) == []


def test_a_near_copy_is_noticed() -> None:
    text = "Copper slumped on the tariff exemption, Antofagasta fell with it, and Glencore ended flat."
    assert near_duplicates([text.replace("slumped", "sank"), text, "Gold went nowhere on a quiet day."])
    assert list(sharing([f"On Friday {text}", text], RUN))


def test_no_two_measured_texts_share_a_run_of_words() -> None:
    assert [(one, other) for one, other, _ in sharing(texts([MEASURING]), RUN)] == []


def test_nothing_measured_is_quoted_in_another_set() -> None:
    measured = set(texts([MEASURING]))
    pairs = sharing(texts(SETS), QUOTE)
    assert [(one, other) for one, other, _ in pairs if (one in measured) != (other in measured)] == []


def test_the_measuring_set_is_as_large_and_balanced_as_promised() -> None:
    measured = lines(MEASURING)
    assert len(measured) >= 360
    assert len(texts([MEASURING])) >= 240
    groups = Counter(line["group"] for line in measured)
    assert all(groups[group] >= (30 if group in LARGE_GROUPS else 15) for group in GROUPS), groups
    labels = Counter(line["label"] for line in measured)
    assert all(0.28 <= labels[label] / len(measured) <= 0.39 for label in LABELS), labels


def test_the_readme_counts_what_is_there() -> None:
    written = re.findall(r"^\| (\w+) \|((?: \d+ \|){5})$", (SENTIMENT / "sets" / "README.md").read_text(), re.MULTILINE)
    table = {name: [int(cell) for cell in re.findall(r"\d+", cells)] for name, cells in written}
    counted = {}
    for group in [*GROUPS, "all"]:
        held = [line for line in lines(MEASURING) if group in ("all", line["group"])]
        labels = Counter(line["label"] for line in held)
        counted[group] = [
            len({line["text"] for line in held}),
            len(held),
            labels["positive"],
            labels["negative"],
            labels["neutral"],
        ]
    assert table == counted
