"""Values for tests, complete and plausible; each test says only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from extractor.domain.article import Article, Zone, ZoneSpan
from extractor.domain.claim import Claim, Comparator, DateSource, Kind, Modality, Period, Subject, SubjectType
from extractor.domain.verdict import Evidence, Rating, Verdict

TEXT = "The Russell 2000 closed at 2,531.16 on Thursday, its best finish since October."
RUSSELL = Subject(id="index:RUT", type=SubjectType.INDEX, name="Russell 2000", symbol="RUT")


def make_article(text: str = TEXT, **changes: Any) -> Article:
    article = Article(
        name="wrap.txt",
        source="articles/wrap.txt",
        text=text,
        title="Small caps rise",
        zones=(ZoneSpan(start=0, end=len(text), zone=Zone.BODY),),
        published_on=date(2025, 12, 4),
        published_from="dateline",
    )
    return replace(article, **changes)


def make_claim(article: Article | None = None, quote: str = "2,531.16", **changes: Any) -> Claim:
    article = article or make_article()
    start = article.text.index(quote)
    claim = Claim(
        article_id=article.id,
        article=article.name,
        published=article.published_on,
        kind=Kind.LEVEL,
        modality=Modality.ASSERTED,
        speaker=None,
        subject=RUSSELL,
        metric="close",
        basis=None,
        value=Decimal("2531.16"),
        value_high=None,
        unit="points",
        decimals=2,
        scale=Decimal(1),
        comparator=Comparator.EQUAL,
        hedge=None,
        direction=None,
        date=Period(start=date(2025, 12, 4), end=date(2025, 12, 4), text="Thursday", source=DateSource.RELATIVE),
        start=start,
        end=start + len(quote),
        quote=quote,
        sentence=article.text,
        zone=Zone.BODY,
        confidence=0.9,
        rule="level.reached",
    )
    return replace(claim, **changes)


def make_evidence(**changes: Any) -> Evidence:
    evidence = Evidence(
        series="index:RUT", source="test tape", session=date(2025, 12, 4), field="close", value="2531.16"
    )
    return replace(evidence, **changes)


def make_verdict(claim: Claim | None = None, **changes: Any) -> Verdict:
    verdict = Verdict(
        claim_id=(claim or make_claim()).id,
        rating=Rating.SUPPORTED,
        reason="within_rounding",
        rule="level.close.v1",
        explanation="It closed at 2,531.16, as quoted.",
        stated=Decimal("2531.16"),
        actual=Decimal("2531.16"),
        difference=Decimal("0.00"),
        tolerance=Decimal("0.005"),
        formula="close(index:RUT, 2025-12-04)",
        evidence=(make_evidence(),),
        as_of=date(2025, 12, 4),
    )
    return replace(verdict, **changes)
