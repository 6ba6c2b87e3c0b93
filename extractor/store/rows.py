"""Values to rows and back. Numbers that were printed go in and come out as text, so that no digit is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from extractor.domain.annotation import InstrumentMention
from extractor.domain.article import Article, Provenance, Zone, ZoneSpan
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

Row = dict[str, Any]

# What makes an article another one in the eyes of a second run: not the way its file was named on the command line.
KNOWN_OF_ARTICLE = (
    "id",
    "publisher",
    "title",
    "published_on",
    "published_at",
    "published_from",
    "timezone",
    "url",
    "byline",
    "section",
    "page_updated_at",
    "page_updated_from",
    "title_from",
    "byline_from",
    "publisher_from",
    "section_from",
    "url_from",
    "published_zone",
    "page_updated_zone",
)

VERDICT_FIELDS = (
    "rating",
    "reason",
    "rule",
    "explanation",
    "stated",
    "actual",
    "difference",
    "tolerance",
    "formula",
    "correction",
    "as_of",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An instrument a claim or a mention names. reference: the file or package that knows it, where one does."""

    id: str
    type: str
    name: str
    symbol: str | None = None
    mic: str | None = None
    reference: str | None = None


def article_row(article: Article) -> Row:
    return {
        "id": article.id,
        "name": article.name,
        "source": article.source,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "published_on": _text(article.published_on),
        "published_at": _utc(article.published_at),
        "published_from": article.published_from,
        "timezone": article.timezone,
        "byline": article.byline,
        "section": article.section,
        "page_updated_at": _utc(article.updated_at),
        "page_updated_from": article.told_by.updated,
        "title_from": article.told_by.title,
        "byline_from": article.told_by.byline,
        "publisher_from": article.told_by.publisher,
        "section_from": article.told_by.section,
        "url_from": article.told_by.url,
        "published_zone": article.told_by.published_zone,
        "page_updated_zone": article.told_by.updated_zone,
        "file_time": _utc(article.file_time),
        "text": article.text,
        "text_sha256": article.text_sha256,
    }


def article_from(row: Mapping[str, Any], zones: Sequence[Mapping[str, Any]]) -> Article:
    home = ZoneInfo(row["timezone"])
    return Article(
        name=row["name"],
        source=row["source"],
        text=row["text"],
        title=row["title"],
        zones=tuple(ZoneSpan(start=zone["start"], end=zone["end"], zone=Zone(zone["zone"])) for zone in zones),
        published_on=_date(row["published_on"]),
        published_at=_moment(row["published_at"], home),
        published_from=row["published_from"],
        timezone=row["timezone"],
        publisher=row["publisher"],
        url=row["url"],
        byline=row["byline"],
        section=row["section"],
        updated_at=_moment(row["page_updated_at"], home),
        told_by=Provenance(
            title=row["title_from"],
            byline=row["byline_from"],
            publisher=row["publisher_from"],
            section=row["section_from"],
            url=row["url_from"],
            updated=row["page_updated_from"],
            published_zone=row["published_zone"],
            updated_zone=row["page_updated_zone"],
        ),
        file_time=_moment(row["file_time"]),
    )


def zone_rows(article: Article) -> list[Row]:
    return [
        {"article_id": article.id, "position": position, "zone": str(span.zone), "start": span.start, "end": span.end}
        for position, span in enumerate(article.zones)
    ]


def mention_row(article_id: str, mention: InstrumentMention) -> Row:
    """`instrument_id` is set where the text leaves no choice; the rest is in `candidates`, best first."""
    return {
        "article_id": article_id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "form": str(mention.form),
        "instrument_id": mention.candidates[0] if len(mention.candidates) == 1 else None,
        "candidates": json.dumps(mention.candidates),
    }


def claim_row(claim: Claim) -> Row:
    period = claim.date
    return {
        "id": claim.id,
        "article_id": claim.article_id,
        "kind": str(claim.kind),
        "modality": str(claim.modality),
        "speaker": claim.speaker,
        "subject_id": claim.subject.id,
        "subject_type": str(claim.subject.type),
        "subject_name": claim.subject.name,
        "subject_symbol": claim.subject.symbol,
        "subject_mic": claim.subject.mic,
        "metric": claim.metric,
        "basis": _text(claim.basis),
        "value": plain(claim.value),
        "value_high": plain(claim.value_high),
        "unit": claim.unit,
        "decimals": claim.decimals,
        "scale": plain(claim.scale),
        "comparator": str(claim.comparator),
        "hedge": claim.hedge,
        "direction": _text(claim.direction),
        "date_start": _text(period.start) if period else None,
        "date_end": _text(period.end) if period else None,
        "date_text": period.text if period else None,
        "date_source": str(period.source) if period else None,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "sentence": claim.sentence,
        "zone": str(claim.zone),
        "confidence": claim.confidence,
        "rule": claim.rule,
    }


def claim_from(row: Mapping[str, Any]) -> Claim:
    """`row` is a row of `claims` with the article's `article` (its name) and `published` beside it."""
    period = None
    if row["date_start"] is not None:
        period = Period(
            start=date.fromisoformat(row["date_start"]),
            end=date.fromisoformat(row["date_end"]),
            text=row["date_text"],
            source=DateSource(row["date_source"]),
        )
    return Claim(
        article_id=row["article_id"],
        article=row["article"],
        published=_date(row["published"]),
        kind=Kind(row["kind"]),
        modality=Modality(row["modality"]),
        speaker=row["speaker"],
        subject=Subject(
            id=row["subject_id"],
            type=SubjectType(row["subject_type"]),
            name=row["subject_name"],
            symbol=row["subject_symbol"],
            mic=row["subject_mic"],
        ),
        metric=row["metric"],
        basis=Basis(row["basis"]) if row["basis"] else None,
        value=_decimal(row["value"]),
        value_high=_decimal(row["value_high"]),
        unit=row["unit"],
        decimals=row["decimals"],
        scale=Decimal(row["scale"]),
        comparator=Comparator(row["comparator"]),
        hedge=row["hedge"],
        direction=Direction(row["direction"]) if row["direction"] else None,
        date=period,
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        sentence=row["sentence"],
        zone=Zone(row["zone"]),
        confidence=row["confidence"],
        rule=row["rule"],
    )


def verdict_row(verdict: Verdict) -> Row:
    return {
        "claim_id": verdict.claim_id,
        "as_of": _text(verdict.as_of),
        "rating": str(verdict.rating),
        "reason": verdict.reason,
        "rule": verdict.rule,
        "explanation": verdict.explanation,
        "stated": plain(verdict.stated),
        "actual": plain(verdict.actual),
        "difference": plain(verdict.difference),
        "tolerance": plain(verdict.tolerance),
        "formula": verdict.formula,
        "correction": verdict.correction,
    }


def verdict_from(row: Mapping[str, Any], evidence: Iterable[Mapping[str, Any]]) -> Verdict:
    return Verdict(
        claim_id=row["claim_id"],
        rating=Rating(row["rating"]),
        reason=row["reason"],
        rule=row["rule"],
        explanation=row["explanation"],
        stated=_decimal(row["stated"]),
        actual=_decimal(row["actual"]),
        difference=_decimal(row["difference"]),
        tolerance=_decimal(row["tolerance"]),
        formula=row["formula"],
        evidence=tuple(_evidence_from(each) for each in evidence),
        as_of=_date(row["as_of"]),
        correction=row["correction"],
    )


def evidence_row(evidence: Evidence) -> Row:
    return {
        "series": evidence.series,
        "source": evidence.source,
        "session": evidence.session.isoformat(),
        "field": evidence.field,
        "value": evidence.value,
        "adjustment": str(evidence.adjustment),
        "retrieved_at": _text(evidence.retrieved_at),
        "snapshot": evidence.snapshot,
    }


def _evidence_from(row: Mapping[str, Any]) -> Evidence:
    return Evidence(
        series=row["series"],
        source=row["source"],
        session=date.fromisoformat(row["session"]),
        field=row["field"],
        value=row["value"],
        adjustment=Adjustment(row["adjustment"]),
        retrieved_at=_moment(row["retrieved_at"]),
        snapshot=row["snapshot"],
    )


def instrument_rows(claims: Iterable[Claim], named: Iterable[str], known: Iterable[Instrument]) -> list[Row]:
    """One row an instrument that the article names: what is known of it, else what its claim says, else its id.

    named: ids of mentions and of what sentiment is toward.
    """
    rows: dict[str, Row] = {}
    for identifier in named:
        kind, _, name = identifier.partition(":")
        rows[identifier] = {"id": identifier, "type": kind, "name": name, "symbol": None, "mic": None}
    for claim in claims:
        subject = claim.subject
        rows[subject.id] = {
            "id": subject.id,
            "type": str(subject.type),
            "name": subject.name,
            "symbol": subject.symbol,
            "mic": subject.mic,
        }
    rows = {identifier: {**row, "reference": None} for identifier, row in rows.items()}
    for each in known:
        if each.id in rows:
            rows[each.id] = {
                "id": each.id,
                "type": each.type,
                "name": each.name,
                "symbol": each.symbol,
                "mic": each.mic,
                "reference": each.reference,
            }
    return list(rows.values())


def digest(*parts: object) -> str:
    """Equal for equal rows, whichever run made them."""
    data = json.dumps(parts, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()


def plain(number: Decimal | None) -> str | None:
    """Digits without an exponent: 4.5E+12 is "4500000000000", and trailing zeros stay."""
    return None if number is None else format(number, "f")


def _text(value: date | datetime | str | None) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _moment(text: str | None, zone: ZoneInfo | None = None) -> datetime | None:
    """zone: the moment is given in it."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment.astimezone(zone) if zone else moment


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
