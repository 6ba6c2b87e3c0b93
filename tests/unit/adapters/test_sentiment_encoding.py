"""Where the markers go, what is left out, and how a long sentence is cut into windows."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import pytest

from extractor.adapters.sentiment_encoding import CLOSE, OPEN, SentenceEncoder, mentions

LIMIT = 40


@dataclass
class Encoded:
    ids: list[int]
    offsets: list[tuple[int, int]]


class Words:
    """A tokenizer whose pieces are words and signs; it remembers them, so that a sequence can be read back."""

    def __init__(self) -> None:
        self.words = ["[CLS]", "[SEP]", OPEN, CLOSE]

    def encode(self, sequence: str, *, add_special_tokens: bool) -> Encoded:
        assert not add_special_tokens
        found = list(re.finditer(r"\w+|[^\w\s]", sequence))
        for match in found:
            if match.group() not in self.words[4:]:
                self.words.append(match.group())
        return Encoded([self.words.index(match.group(), 4) for match in found], [match.span() for match in found])

    def token_to_id(self, token: str) -> int | None:
        return self.words.index(token) if token in self.words[:4] else None


def read(text: str, target: str | tuple[int, int] | None, limit: int = LIMIT) -> tuple[list[str], bool, bool]:
    words = Words()
    marked = SentenceEncoder(words, limit=limit).encode(text, target)
    shown = [" ".join(words.words[piece] for piece in window) for window in marked.windows]
    brief = [one.replace(OPEN, "{").replace(CLOSE, "}") for one in shown]
    return brief, marked.windowed, marked.target_found


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("Oracle sank.", "Oracle", "[CLS] { Oracle } sank . [SEP]"),
        ("Oracle sank.", None, "[CLS] { } Oracle sank . [SEP]"),
        ("Oracle sank.", (0, 6), "[CLS] { Oracle } sank . [SEP]"),
        ("Small caps beat Oracle.", "Small caps", "[CLS] { Small caps } beat Oracle . [SEP]"),
        ("Oracle and Oracle", "Oracle", "[CLS] { Oracle } and { Oracle } [SEP]"),
        ("Oracle and Oracle", (11, 17), "[CLS] Oracle and { Oracle } [SEP]"),
        ("SAP said AI helps", "AI", "[CLS] SAP said { AI } helps [SEP]"),
        ("oracle sank", "Oracle", "[CLS] { oracle } sank [SEP]"),
        ("Midcaps rose", "caps", "[CLS] { Midcaps } rose [SEP]"),
        ("Apple <AAPL.O> rose https://t.co/x1 [nL4N2Z028U]", "Apple", "[CLS] { Apple } rose [SEP]"),
        ("Yields < 4 and > 3 held", "Yields", "[CLS] { Yields } < 4 and > 3 held [SEP]"),
    ],
)
def test_the_target_stands_between_markers(text: str, target: str | tuple[int, int] | None, expected: str) -> None:
    assert read(text, target) == ([expected], False, True)


def test_a_target_that_is_not_there_is_said_and_the_whole_is_read() -> None:
    assert read("Oracle sank.", "Nvidia") == (["[CLS] { } Oracle sank . [SEP]"], False, False)


def test_a_target_inside_an_address_is_not_there() -> None:
    shown, _, found = read("See https://x.com/Oracle now", "Oracle")
    assert (shown, found) == (["[CLS] { } See now [SEP]"], False)


def test_a_long_sentence_is_read_around_its_target() -> None:
    text = f"{'before ' * 50}Oracle {'after ' * 50}"
    (window,), windowed, found = read(text, "Oracle")
    assert windowed
    assert found
    assert "{ Oracle }" in window
    assert len(window.split()) <= LIMIT
    assert window.count("before") == pytest.approx(window.count("after"), abs=1)


def test_targets_far_apart_get_a_window_each() -> None:
    text = f"Oracle sank {'and so on ' * 30}while Oracle rose"
    windows, windowed, _ = read(text, "Oracle")
    assert windowed
    assert [("sank" in window, "rose" in window) for window in windows] == [(True, False), (False, True)]
    assert all(window.count("{") == 1 for window in windows)


def test_a_long_text_without_a_target_is_read_in_full() -> None:
    text = " ".join(f"w{number}" for number in range(300))
    windows, windowed, _ = read(text, None, limit=128)
    assert windowed
    assert {word for window in windows for word in window.split()} >= set(text.split())
    assert all(len(window.split()) <= 128 for window in windows)


def test_a_target_longer_than_a_window_is_cut_and_said() -> None:
    target = " ".join(["Oracle"] * 100)
    windows, windowed, found = read(target, target)
    assert windowed
    assert found
    assert all(len(window.split()) <= LIMIT for window in windows)


def test_a_target_that_fills_the_text_costs_no_more_than_the_text() -> None:
    text = "a " * 50_000
    began = time.perf_counter()
    windows, windowed, _ = read(text, "a")
    assert windowed
    assert len(windows) <= 2 * 50_000 / (LIMIT - 18)
    assert all(len(window.split()) <= LIMIT for window in windows)
    assert time.perf_counter() - began < 20  # minutes, if each place were looked up among all pieces


def test_mentions_are_whole_words_before_anything_else() -> None:
    assert mentions("Ford said Fordham and Ford rose", "Ford") == [(0, 4), (22, 26)]
    assert mentions("nothing", "Ford") == []
