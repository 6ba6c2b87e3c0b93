"""Pages made to break a reader go through the whole extraction or are refused in words, all in bounded time."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from extractor import ingest, wiring
from extractor.adapters.reader_process import DEADLINE, ReaderProcess
from extractor.stages import Extraction, Failure, Reading, extract
from tests.fakes.hostile import ENDLESS_PAGE, HOSTILE_PAGES, STORY

SLACK = 40  # seconds: the rest of the extraction, on a machine with other work to do


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return wiring.extraction(published=date(2025, 6, 13))


@pytest.mark.parametrize("case", HOSTILE_PAGES)
def test_a_hostile_page(extraction: Extraction, case: str, tmp_path: Path) -> None:
    inner, reason = HOSTILE_PAGES[case]
    data = inner if isinstance(inner, bytes) else inner.encode()
    path = tmp_path / "hostile.html"
    path.write_bytes(b"<html><head><title>Copper climbs</title></head><body>" + data)
    began = time.monotonic()
    (outcome,) = extract([str(path)], extraction)
    assert time.monotonic() - began < DEADLINE + SLACK
    if reason is not None:
        assert isinstance(outcome, Failure)
        assert (outcome.source, outcome.stage, outcome.reason[: len(reason)]) == (str(path), "read", reason)
        return
    assert isinstance(outcome, Reading)
    text = outcome.article.text
    assert "its highest close since March" in text
    assert "$9,100.50" in [claim.quote for claim in outcome.claims]
    assert all(text[claim.start : claim.end] == claim.quote for claim in outcome.claims)
    text.encode("utf-8")
    assert "\0" not in text


def test_a_page_without_end_is_given_up_and_the_next_is_read(extraction: Extraction, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{ENDLESS_PAGE}")
    (tmp_path / "b.html").write_text(f"<html><body>{STORY}")
    warm = ingest.Page(name="warm.html", source="warm.html", data=f"<html><body>{STORY * 3}".encode())
    reader = ReaderProcess(ingest.read, deadline=5.0, first=warm)
    failed, read = extract([str(tmp_path)], replace(extraction, read=reader, expect=reader.expect))
    assert isinstance(failed, Failure)
    assert (Path(failed.source).name, failed.reason) == ("a.html", "not read within 5 seconds; given up")
    assert isinstance(read, Reading)
    assert read.article.name == "b.html"
    reader.close()
