"""Sentence boundaries in market prose."""

from __future__ import annotations

import pytest

from extractor.annotate.sentences import boundaries

TABLE = [
    ("Stocks rose. Bonds fell.", ["Stocks rose. ", "Bonds fell."]),
    ("Acme Inc. rose 3%. Its rival fell.", ["Acme Inc. rose 3%. ", "Its rival fell."]),
    ("It closed at 2,531.16. The Dow fell.", ["It closed at 2,531.16. ", "The Dow fell."]),
    ("Shares of Acme Corp. The stock fell.", ["Shares of Acme Corp. ", "The stock fell."]),
    ("The U.S. economy grew. It shrank.", ["The U.S. economy grew. ", "It shrank."]),
    ("On Dec. 4 the index rose.", ["On Dec. 4 the index rose."]),
    ("J. Powell spoke. Markets fell.", ["J. Powell spoke. ", "Markets fell."]),
    ("J.C. Penney lost 46 cents. It fell.", ["J.C. Penney lost 46 cents. ", "It fell."]),
    ('"It fell." Then it rose.', ['"It fell." ', "Then it rose."]),
    ("A headline\n\nThe body begins.", ["A headline\n\n", "The body begins."]),
    ("One line\nAnother line", ["One line\n", "Another line"]),
    ("No stop at all", ["No stop at all"]),
    ("Oil fell 2.5% to $61.20 a barrel.", ["Oil fell 2.5% to $61.20 a barrel."]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text[:30] for text, _ in TABLE])
def test_boundaries(text: str, expected: list[str]) -> None:
    starts = boundaries(text)
    assert [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)] == expected


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The index of small companies closed higher for a third day as traders\n"
        "looked past a weak report on hiring and turned to the meeting of the\n"
        "central bank."
    )
    assert boundaries(text) == [0]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "." * 20_000, "(" * 20_000, "a." * 20_000])
def test_odd_text_breaks_nothing(text: str) -> None:
    starts = boundaries(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
