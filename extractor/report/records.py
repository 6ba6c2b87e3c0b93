"""Claims and verdicts as the JSON objects other programs rely on.

These types are the contract: `docs/schema/*.schema.json` is generated from them. Adding a field is fine,
renaming one or giving it another meaning breaks every reader.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, NotRequired, TypedDict

from extractor.domain.article import Zone
from extractor.domain.claim import (
    Basis,
    Claim,
    Comparator,
    DateSource,
    Direction,
    Kind,
    Modality,
    Period,
    Subject,
    SubjectType,
)
from extractor.domain.market import Adjustment
from extractor.domain.verdict import Evidence, Rating, Verdict


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value looks like beyond its type, in the words of JSON Schema."""

    pattern: str | None = None
    format: str | None = None
    minimum: int | None = None
    maximum: int | None = None


Day = Annotated[str, Shape(format="date", pattern=r"^\d{4}-\d{2}-\d{2}$")]
Moment = Annotated[str, Shape(format="date-time")]
Unsigned = Annotated[str, Shape(pattern=r"^\d+(\.\d+)?$")]
Signed = Annotated[str, Shape(pattern=r"^-?\d+(\.\d+)?$")]
Identifier = Annotated[str, Shape(pattern=r"^[0-9a-f]{16}$")]
SubjectId = Annotated[str, Shape(pattern=r"^[a-z]+:\S+$")]
Offset = Annotated[int, Shape(minimum=0)]
Share = Annotated[float, Shape(minimum=0, maximum=1)]


class SubjectRecord(TypedDict):
    id: SubjectId
    type: SubjectType
    name: str
    symbol: str | None
    mic: str | None


class DateRecord(TypedDict):
    start: Day
    end: Day
    text: str | None
    source: DateSource


class EvidenceRecord(TypedDict):
    series: str
    source: str
    session: Day
    field: str
    value: str
    adjustment: Adjustment
    retrieved_at: Moment | None
    snapshot: str | None


class VerdictRecord(TypedDict):
    claim_id: Identifier
    rating: Rating
    reason: str
    stated: Signed | None
    actual: Signed | None
    difference: Signed | None
    tolerance: Signed | None
    rule: str
    formula: str | None
    evidence: list[EvidenceRecord]
    as_of: Day | None
    correction: str | None
    explanation: str


class ClaimRecord(TypedDict):
    id: Identifier
    article_id: Identifier
    article: str
    published: Day | None
    kind: Kind
    modality: Modality
    speaker: str | None
    subject: SubjectRecord
    metric: str | None
    basis: Basis | None
    value: Unsigned | None
    value_high: Unsigned | None
    unit: str | None
    decimals: Offset | None
    comparator: Comparator
    hedge: str | None
    direction: Direction | None
    date: DateRecord | None
    start: Offset
    end: Offset
    quote: str
    sentence: str
    zone: Zone
    confidence: Share
    rule: str
    verdict: NotRequired[VerdictRecord]
    verdict_now: NotRequired[VerdictRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of output: a claim, and beside it what the tape says of it where it was asked.

    verdict_now: what is known now, only where it says something else than what could be known at publication.
    """

    claim: Claim
    verdict: Verdict | None = None
    verdict_now: Verdict | None = None

    @property
    def record(self) -> ClaimRecord:
        return claim_record(self.claim, self.verdict, self.verdict_now)


def claim_record(claim: Claim, verdict: Verdict | None = None, verdict_now: Verdict | None = None) -> ClaimRecord:
    """One line of `extract`; with a verdict, one of `verify`. `verdict_now` is there only where it differs."""
    record: ClaimRecord = {
        "id": claim.id,
        "article_id": claim.article_id,
        "article": claim.article,
        "published": claim.published.isoformat() if claim.published else None,
        "kind": claim.kind,
        "modality": claim.modality,
        "speaker": claim.speaker,
        "subject": _subject(claim.subject),
        "metric": claim.metric,
        "basis": claim.basis,
        "value": _digits(claim.value),
        "value_high": _digits(claim.value_high),
        "unit": claim.unit,
        "decimals": claim.decimals,
        "comparator": claim.comparator,
        "hedge": claim.hedge,
        "direction": claim.direction,
        "date": _date(claim.date) if claim.date else None,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "sentence": claim.sentence,
        "zone": claim.zone,
        "confidence": claim.confidence,
        "rule": claim.rule,
    }
    if verdict is not None:
        record["verdict"] = verdict_record(verdict)
    if verdict_now is not None:
        record["verdict_now"] = verdict_record(verdict_now)
    return record


def verdict_record(verdict: Verdict) -> VerdictRecord:
    return {
        "claim_id": verdict.claim_id,
        "rating": verdict.rating,
        "reason": verdict.reason,
        "stated": _digits(verdict.stated),
        "actual": _digits(verdict.actual),
        "difference": _digits(verdict.difference),
        "tolerance": _digits(verdict.tolerance),
        "rule": verdict.rule,
        "formula": verdict.formula,
        "evidence": [_evidence(each) for each in verdict.evidence],
        "as_of": verdict.as_of.isoformat() if verdict.as_of else None,
        "correction": verdict.correction,
        "explanation": verdict.explanation,
    }


def json_line(record: ClaimRecord) -> str:
    """One line of JSON, without its newline. Text stays readable; half of a character pair, which no encoding can
    write, is escaped, and so are the line separators that some readers take for the end of the line."""
    line = json.dumps(record, ensure_ascii=False, separators=(", ", ": "))
    return re.sub("[\u0085\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", line)


def _subject(subject: Subject) -> SubjectRecord:
    return {
        "id": subject.id,
        "type": subject.type,
        "name": subject.name,
        "symbol": subject.symbol,
        "mic": subject.mic,
    }


def _date(period: Period) -> DateRecord:
    return {
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "text": period.text,
        "source": period.source,
    }


def _evidence(evidence: Evidence) -> EvidenceRecord:
    return {
        "series": evidence.series,
        "source": evidence.source,
        "session": evidence.session.isoformat(),
        "field": evidence.field,
        "value": evidence.value,
        "adjustment": evidence.adjustment,
        "retrieved_at": evidence.retrieved_at.isoformat() if evidence.retrieved_at else None,
        "snapshot": evidence.snapshot,
    }


def _digits(number: Decimal | None) -> str | None:
    """Decimal digits without an exponent."""
    return None if number is None else format(number, "f")
