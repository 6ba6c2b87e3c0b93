"""CSV for spreadsheets: one claim a row, objects flattened, and no cell that a spreadsheet would execute."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from extractor.report.records import Line

CLAIM_COLUMNS = (
    "id",
    "article_id",
    "article",
    "published",
    "kind",
    "modality",
    "speaker",
    "subject_id",
    "subject_type",
    "subject_name",
    "subject_symbol",
    "subject_mic",
    "metric",
    "basis",
    "value",
    "value_high",
    "unit",
    "decimals",
    "comparator",
    "hedge",
    "direction",
    "date_start",
    "date_end",
    "date_text",
    "date_source",
    "start",
    "end",
    "quote",
    "sentence",
    "zone",
    "confidence",
    "rule",
)
VERDICT_COLUMNS = (
    "rating",
    "reason",
    "stated",
    "actual",
    "difference",
    "tolerance",
    "verdict_rule",
    "formula",
    "as_of",
    "correction",
    "explanation",
    "evidence",
    "rating_now",
)
# Decimals are strings in a record, but numbers to whoever opens the sheet: a minus sign there is no formula.
_NUMBERS = frozenset({"value", "value_high", "stated", "actual", "difference", "tolerance"})
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class CsvOutput:
    """Writes the header with the first line, so that a run which fails at once leaves nothing behind."""

    def __init__(self, stream: TextIO, *, verdicts: bool) -> None:
        self._columns = CLAIM_COLUMNS + (VERDICT_COLUMNS if verdicts else ())
        self._writer = csv.writer(stream)  # CRLF, as RFC 4180 has it: then a lone CR in a text is quoted too
        self._begun = False

    def write(self, line: Line) -> None:
        self._begin()
        row = flat(line)
        self._writer.writerow([_cell(column, row.get(column)) for column in self._columns])

    def close(self) -> None:
        self._begin()

    def _begin(self) -> None:
        if not self._begun:
            self._writer.writerow(self._columns)
            self._begun = True


def flat(line: Line) -> dict[str, Any]:
    """The record of a line with one key a column."""
    record: Mapping[str, Any] = line.record
    row = dict(_flatten(record))
    if line.verdict is not None:
        verdict = record["verdict"]
        row |= {key: value for key, value in verdict.items() if key in VERDICT_COLUMNS}
        row["verdict_rule"] = verdict["rule"]
        row["evidence"] = "; ".join(
            f"{each['series']} {each['session']} {each['field']} {each['value']} ({each['source']})"
            for each in verdict["evidence"]
        )
    row["rating_now"] = line.verdict_now.rating if line.verdict_now else None
    return row


def _flatten(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if key in ("verdict", "verdict_now"):
            continue
        if isinstance(value, dict):
            yield from ((f"{key}_{inner}", each) for inner, each in value.items())
        else:
            yield key, value


def _cell(column: str, value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, str) and column not in _NUMBERS and text.startswith(_FORMULA_STARTS):
        text = "'" + text
    return text.encode("utf-8", "backslashreplace").decode()
