"""Stages that do their work by simple rules, so that what is around them can be tested without a language model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial

from extractor.domain.article import Article
from extractor.domain.claim import Claim, Comparator, DateSource, Kind, Modality, Period, Subject, SubjectType
from extractor.domain.verdict import Evidence, Rating, Verdict
from extractor.ingest import discover, pages, read
from extractor.stages import Extraction, Pipeline, Reading

RUSSELL = Subject(id="index:RUT", type=SubjectType.INDEX, name="Russell 2000", symbol="RUT")
ON_DAY = date(2025, 12, 4)
POISON = "poison"  # a text with this word breaks the stage


@dataclass
class FakeStages:
    """Every figure with decimals is a close of the Russell 2000. `annotated` counts the texts that were read."""

    version: str = "test"
    annotated: int = 0
    loads: int = 0
    batches: list[int] = field(default_factory=list)

    def extraction(self, *, published: date | None = ON_DAY, timezone: str | None = None, **_: object) -> Extraction:
        return Extraction(
            discover=discover,
            pages=pages,
            read=partial(read, published=published, timezone=timezone),
            load=self._load,
            version=self.version,
        )

    def _load(self) -> Pipeline:
        self.loads += 1
        return Pipeline(annotate=self._annotate, find=find)

    def _annotate(self, texts: Sequence[str]) -> Iterable[str]:
        self.batches.append(len(texts))
        for text in texts:
            if POISON in text:
                raise ValueError("cannot be annotated")
            self.annotated += 1
            yield text


def find(doc: str, article: Article) -> Reading:
    claims = tuple(
        Claim(
            article_id=article.id,
            article=article.name,
            published=article.published_on,
            kind=Kind.LEVEL,
            modality=Modality.ASSERTED,
            speaker=None,
            subject=RUSSELL,
            metric="close",
            basis=None,
            value=Decimal(match[0].replace(",", "")),
            value_high=None,
            unit="points",
            decimals=2,
            scale=Decimal(1),
            comparator=Comparator.EQUAL,
            hedge=None,
            direction=None,
            date=Period(start=ON_DAY, end=ON_DAY, text=None, source=DateSource.IMPLIED),
            start=match.start(),
            end=match.end(),
            quote=match[0],
            sentence=doc,
            zone=article.zone_at(match.start()),
            confidence=0.9,
            rule="fake",
        )
        for match in re.finditer(r"\d[\d,]*\.\d+", doc)
    )
    return Reading(article=article, mentions=(), claims=claims)


@dataclass(frozen=True)
class FakeMarket:
    """The Russell closed at 2,531.16, which nobody knew before `known_since`."""

    as_of: date | None = None
    known_since: date = ON_DAY
    close: str = "2531.16"

    def known_on(self, as_of: date | None) -> FakeMarket:
        return replace(self, as_of=as_of)

    def prefetch(self, instruments: Iterable[str]) -> None: ...


def check(claims: Sequence[Claim], market: FakeMarket) -> tuple[Verdict, ...]:
    if any(claim.value == 666 for claim in claims):
        raise ZeroDivisionError("the check broke")
    return tuple(_verdict(claim, market) for claim in claims)


def _verdict(claim: Claim, market: FakeMarket) -> Verdict:
    if market.as_of is not None and market.as_of < market.known_since:
        rating, reason, evidence = Rating.NOT_ENOUGH_DATA, "after_series", ()
    else:
        true = claim.value == Decimal(market.close)
        rating, reason = (Rating.SUPPORTED, "within_rounding") if true else (Rating.CONTRADICTED, "beyond_rounding")
        evidence = (Evidence(series="index:RUT", source="fake", session=ON_DAY, field="close", value=market.close),)
    return Verdict(
        claim_id=claim.id,
        rating=rating,
        reason=reason,
        rule="fake.v1",
        explanation=f"It closed at {market.close}." if evidence else "Nobody knows yet.",
        stated=claim.value,
        actual=Decimal(market.close) if evidence else None,
        evidence=evidence,
        as_of=market.as_of,
    )
