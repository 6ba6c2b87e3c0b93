"""A line is what the contract says it is, whatever stands in the article."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from extractor.domain.claim import Basis, Direction, Subject, SubjectType
from extractor.domain.verdict import Rating
from extractor.report import schema
from extractor.report.records import Line, json_line
from tests.factories import make_article, make_claim, make_evidence, make_verdict

DOCS = Path(__file__).resolve().parents[3] / "docs" / "schema"
FULL = make_claim(
    basis=Basis.INTRADAY,
    direction=Direction.DOWN,
    value_high=Decimal("2600"),
    speaker="A strategist",
    hedge="about",
    subject=Subject(id="equity:XNAS:NVDA", type=SubjectType.EQUITY, name="Nvidia", symbol="NVDA", mic="XNAS"),
)
BARE = make_claim(value=None, unit=None, decimals=None, date=None, metric=None, published=None)


def test_a_claim_is_the_documented_object() -> None:
    article = make_article()
    record = json.loads(json_line(Line(claim=make_claim(article)).record))
    claim_id = record.pop("id")
    assert len(claim_id) == 16
    assert record == {
        "article_id": article.id,
        "article": "wrap.txt",
        "published": "2025-12-04",
        "kind": "level",
        "modality": "asserted",
        "speaker": None,
        "subject": {"id": "index:RUT", "type": "index", "name": "Russell 2000", "symbol": "RUT", "mic": None},
        "metric": "close",
        "basis": None,
        "value": "2531.16",
        "value_high": None,
        "unit": "points",
        "decimals": 2,
        "comparator": "=",
        "hedge": None,
        "direction": None,
        "date": {"start": "2025-12-04", "end": "2025-12-04", "text": "Thursday", "source": "relative"},
        "start": 27,
        "end": 35,
        "quote": "2,531.16",
        "sentence": article.text,
        "zone": "body",
        "confidence": 0.9,
        "rule": "level.reached",
    }


def test_a_verdict_stands_inside_its_claim() -> None:
    claim = make_claim()
    evidence = make_evidence(retrieved_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), snapshot="sha256:00ff")
    record = Line(claim=claim, verdict=make_verdict(claim, evidence=(evidence,))).record
    assert record["verdict"] == {
        "claim_id": claim.id,
        "rating": "supported",
        "reason": "within_rounding",
        "stated": "2531.16",
        "actual": "2531.16",
        "difference": "0.00",
        "tolerance": "0.005",
        "rule": "level.close.v1",
        "formula": "close(index:RUT, 2025-12-04)",
        "evidence": [
            {
                "series": "index:RUT",
                "source": "test tape",
                "session": "2025-12-04",
                "field": "close",
                "value": "2531.16",
                "adjustment": "none",
                "retrieved_at": "2026-01-02T03:04:05+00:00",
                "snapshot": "sha256:00ff",
            }
        ],
        "as_of": "2025-12-04",
        "correction": None,
        "explanation": "It closed at 2,531.16, as quoted.",
    }


def test_extract_leaves_the_verdict_out() -> None:
    assert {"verdict", "verdict_now"}.isdisjoint(Line(claim=make_claim()).record)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("4.5E+12"), "4500000000000"),
        (Decimal("2531.10"), "2531.10"),
        (Decimal("0E-4"), "0.0000"),
        (Decimal("1E-7"), "0.0000001"),
    ],
)
def test_numbers_are_digits_without_an_exponent(number: Decimal, text: str) -> None:
    assert Line(claim=make_claim(value=number)).record["value"] == text


@pytest.mark.parametrize(
    "text", ["a\nb\r\nc", "a\u2028b\u2029c\u0085d", "half \ud83d a pair", '"quotes" \\ and \x00', "‘’ – 日本 🐂"]
)
def test_a_line_is_one_line_of_utf8_and_says_the_same(text: str) -> None:
    line = json_line(Line(claim=make_claim(sentence=text, speaker=text)).record)
    assert len(line.splitlines()) == 1
    line.encode("utf-8")
    assert json.loads(line)["sentence"] == text


def test_the_schema_files_are_those_the_types_give() -> None:
    written = {path.name: path.read_text("utf-8") for path in DOCS.glob("*.json")}
    assert written == schema.files(), "run: python -m extractor.report.schema docs/schema"


@pytest.mark.parametrize("claim", [make_claim(), FULL, BARE], ids=["usual", "full", "bare"])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"rating": Rating.CONTRADICTED, "correction": "It closed at 2,531.26.", "difference": Decimal("-0.1")},
        {"rating": Rating.NOT_CHECKABLE, "evidence": (), "stated": None, "actual": None, "as_of": None},
    ],
    ids=["supported", "contradicted", "not checkable"],
)
def test_lines_are_valid_by_the_schema(claim: object, changes: dict[str, object]) -> None:
    verdict = make_verdict(claim, **changes)
    validator = jsonschema.Draft202012Validator(schema.claim_schema())
    for line in (Line(claim=claim), Line(claim=claim, verdict=verdict, verdict_now=verdict)):
        validator.validate(json.loads(json_line(line.record)))
    jsonschema.Draft202012Validator(schema.verdict_schema()).validate(
        json.loads(json_line(Line(claim=claim, verdict=verdict).record))["verdict"]
    )


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("kind", "rumour"),
        ("value", 2531.16),
        ("value", "-5"),
        ("value", "4.5E+12"),
        ("start", -1),
        ("date", {"start": "December 4", "end": "2025-12-04", "text": None, "source": "explicit"}),
        ("subject", {"id": "NVDA", "type": "equity", "name": "Nvidia", "symbol": "NVDA", "mic": None}),
        ("comparator", "=="),
        ("confidence", 1.5),
    ],
)
def test_the_schema_refuses_what_the_contract_does(field: str, wrong: object) -> None:
    record = json.loads(json_line(Line(claim=make_claim()).record)) | {field: wrong}
    assert not jsonschema.Draft202012Validator(schema.claim_schema()).is_valid(record)


def test_the_schema_refuses_a_rating_without_evidence() -> None:
    record = json.loads(json_line(Line(claim=make_claim(), verdict=make_verdict()).record))["verdict"]
    validator = jsonschema.Draft202012Validator(schema.verdict_schema())
    assert validator.is_valid(record)
    assert not validator.is_valid(record | {"evidence": []})
    assert validator.is_valid(record | {"evidence": [], "rating": "not_enough_data"})


def test_a_claim_of_an_undated_article_has_no_published() -> None:
    assert Line(claim=replace(make_claim(), published=None)).record["published"] is None
    assert Line(claim=make_claim(published=date(2025, 1, 2))).record["published"] == "2025-01-02"
