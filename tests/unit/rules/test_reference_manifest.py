"""`reference.toml` as `reference fetch` writes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractor.domain.errors import ReferenceDataError
from extractor.rules.reference_manifest import ListingEntry, Origin, manifest_text, read_manifest

FETCHED = ListingEntry(
    path="nasdaqlisted.txt",
    format="nasdaqlisted",
    source="Nasdaq Trader's nasdaqlisted.txt of 2026-11-24",
    as_of=date(2026, 11, 24),
    origin=Origin(
        address="https://www.nasdaqtrader.com/dynamic/SymDir/nasdaqlisted.txt",
        fetched_at=datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC),
        sha256="0" * 64,
        size=12,
        etag='W/"5f3:0"',
        last_modified="Wed, 25 Nov 2026 02:31:00 GMT",
    ),
)
PLAIN = ListingEntry(path="x.json", format="sec", source="x.json")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    odd = replace(FETCHED, path="odd.txt", source='"quoted" \\ back, tab\t, line\n, Börse 📉, \x7f and \x00')
    for entries in ([], [PLAIN], [FETCHED, odd, PLAIN]):
        (tmp_path / "reference.toml").write_text(manifest_text(entries), encoding="utf-8")
        assert read_manifest(tmp_path) == entries


def test_half_an_origin_is_a_note_of_somebody_elses(tmp_path: Path) -> None:
    text = '[[listings]]\npath = "x.json"\nformat = "sec"\naddress = "https://example.org/x.json"\n'
    (tmp_path / "reference.toml").write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path) == [PLAIN]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("listings = 5\n", "`listings` must be tables"),
        ("listings = [5]\n", "entry 1: not a table"),
        ('[[listings]]\nformat = "sec"\n', "`path` is missing"),
        ('[[listings]]\npath = "x"\nformat = "sec"\nas_of = "soon"\n', "as_of 'soon' is not a day"),
        ('[[listings]]\npath = "x"\nformat = "intervals"\ncolumns = ["a"]\n', "`columns` must name columns"),
    ],
)
def test_errors_name_the_entry(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "reference.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"reference\.toml") as raised:
        read_manifest(tmp_path)
    assert says in str(raised.value)
