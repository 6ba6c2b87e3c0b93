"""Text that is made to break a reader goes from file to claims without harm; how long each takes: tests/bench."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractor import wiring
from extractor.stages import Reading, extract
from tests.fakes.hostile import HOSTILE


@pytest.fixture(scope="module")
def extraction():
    return wiring.extraction(published=date(2025, 6, 13))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_breaks_and_every_quote_stands_in_the_text(extraction, text: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    for outcome in extract([str(path)], extraction):
        if not isinstance(outcome, Reading):
            assert outcome.reason.startswith("not text but binary data") or "empty" in outcome.reason, outcome
            continue
        read = outcome.article.text
        assert all(read[claim.start : claim.end] == claim.quote for claim in outcome.claims)


def test_a_line_too_long_to_be_prose_is_left_out_aloud_and_the_rest_is_read(extraction, tmp_path, caplog) -> None:
    sentence = "The Russell 2000 closed at 2,590.61 on Thursday."
    path = tmp_path / "article.txt"
    path.write_text(f"{sentence}\n\n{'The Dow fell 1%. ' * 20_000}\n\n{sentence}\n", encoding="utf-8")
    (outcome,) = extract([str(path)], extraction)
    assert isinstance(outcome, Reading)
    assert [claim.quote for claim in outcome.claims] == ["2,590.61", "2,590.61"]
    assert "a line of 339,999 characters is no prose" in caplog.text
