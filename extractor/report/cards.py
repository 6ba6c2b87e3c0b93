"""What a page says of one claim: its words and how they were read, the verdict, the rows and the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from extractor.domain.claim import Claim, Modality
from extractor.domain.market import Adjustment
from extractor.domain.verdict import Evidence, Rating, Verdict
from extractor.report.charts import Chart, Rows, chart
from extractor.report.table import days, stated_words

UNCHECKED = "unchecked"

# In the order in which a reader wants to see them. The sign repeats in a shape what the colour says.
MARKS: dict[str, tuple[str, str]] = {
    Rating.CONTRADICTED: ("✗", "contradicted"),
    Rating.CONFLICTING: ("⇄", "conflicting"),
    Rating.IMPRECISE: ("≈", "imprecise"),
    Rating.SUPPORTED: ("✓", "supported"),
    Rating.NOT_ENOUGH_DATA: ("?", "not enough data"),
    Rating.NOT_CHECKABLE: ("–", "not checkable"),
    UNCHECKED: ("·", "not checked yet"),
}
MEANINGS: dict[str, str] = {
    Rating.CONTRADICTED: "no reasonable reading agrees with the tape",
    Rating.CONFLICTING: "true on one basis, false on the one a reader would take",
    Rating.IMPRECISE: "agrees only more loosely than it was printed",
    Rating.SUPPORTED: "agrees as written, to the precision that was printed",
    Rating.NOT_ENOUGH_DATA: "could be checked, but the evidence is missing",
    Rating.NOT_CHECKABLE: "a forecast, an opinion, or nothing to look up",
    UNCHECKED: "no verdict has been made",
}
_UNITS = {"percent": "%", "points": "", "percentage_points": " pp", "basis_points": " bp"}
_DECIMALS = 6  # of a quotient's many, this many are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Rows that come from one place."""

    series: str
    source: str
    adjustment: str | None
    snapshot: str | None
    retrieved_at: str | None
    rows: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict in words. numbers: label and figure."""

    mark: str
    verdict: Verdict
    numbers: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One claim. number: its place on the page, from 1. now: only where later knowledge changes the verdict."""

    number: int
    claim: Claim
    mark: str
    facts: tuple[tuple[str, str], ...]
    judgement: Judgement | None
    now: Judgement | None
    chart: Chart | None


def card(number: int, claim: Claim, verdict: Verdict | None, now: Verdict | None, rows: Rows) -> Card:
    return Card(
        number=number,
        claim=claim,
        mark=verdict.rating if verdict else UNCHECKED,
        facts=tuple(_facts(claim)),
        judgement=_judgement(claim, verdict) if verdict else None,
        now=_judgement(claim, now) if now else None,
        chart=chart(claim, verdict, rows) if verdict else None,
    )


def _facts(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "kind", " ".join(filter(None, (claim.kind, (claim.metric or "").replace("_", " "))))
    yield "subject", claim.subject.id
    if read := stated_words(claim):
        yield "read as", read
    if claim.date:
        words = f" (“{claim.date.text}”)" if claim.date.text else " (implied)"
        yield "day" if claim.date.is_day else "window", days(claim.date).replace("..", " to ") + words
    if claim.basis:
        yield "basis", claim.basis
    if claim.modality is not Modality.ASSERTED:
        yield "modality", claim.modality
    if claim.speaker:
        yield "said by", claim.speaker


def _judgement(claim: Claim, verdict: Verdict) -> Judgement:
    unit = _UNITS.get(claim.unit, f" {claim.unit}") if claim.unit else ""
    numbers = (
        ("stated", verdict.stated),
        ("actual", verdict.actual),
        ("difference", verdict.difference),
        ("tolerance", verdict.tolerance),
    )
    return Judgement(
        mark=verdict.rating,
        verdict=verdict,
        numbers=tuple((label, figure(number) + unit) for label, number in numbers if number is not None),
        sources=tuple(_sources(verdict.evidence)),
    )


def _sources(evidence: Sequence[Evidence]) -> Iterator[Source]:
    def place(row: Evidence) -> tuple[str, str, Adjustment, str | None, str | None]:
        retrieved = row.retrieved_at.isoformat(sep=" ", timespec="minutes") if row.retrieved_at else None
        return row.series, row.source, row.adjustment, row.snapshot, retrieved

    for (series, source, adjustment, snapshot, retrieved), rows in groupby(evidence, place):
        yield Source(
            series=series,
            source=source,
            adjustment=None if adjustment is Adjustment.NONE else adjustment.replace("_", " and "),
            snapshot=snapshot,
            retrieved_at=retrieved,
            rows=tuple(rows),
        )


def figure(number: Decimal) -> str:
    """With thousands separators, a true minus sign, and no more decimals than anyone reads."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_DECIMALS:
        number = round(number, _DECIMALS).normalize()
    return f"{number:,f}".replace("-", "−")
