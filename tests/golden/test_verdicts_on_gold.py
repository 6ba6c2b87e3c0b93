"""Verdicts on real articles' claims, as they were annotated, against the ratings that are right.

Claims are built from the gold lines themselves, so that a miss is the check's, not the finder's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.claims.check import check_article
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
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating, Verdict

# The day each page's "today" means. Seven further pages are kept aside while rules are written.
PUBLISHED = {
    "great_rotation": date(2025, 12, 18),
    "247wallst_djia_20141229": date(2014, 12, 29),
    "foxbusiness_homedepot_2019": date(2019, 11, 19),
    "reuters_fed_20161214": date(2016, 12, 14),
    "pg_gurufocus_20200514": date(2020, 5, 14),
    "pg_mtnewswires_20251210": date(2025, 12, 10),
    "pg_investing_20251211": date(2025, 12, 11),
    "pg_rtt_gold_20250707": date(2025, 7, 7),
    "pg_inquirer_afp_20140826": date(2014, 8, 26),
    "pg_ftsefutures_20180430": date(2018, 4, 30),
    "pg_openblog_sensex_20201020": date(2020, 10, 20),
}
REQUIRED_PERCENT = 95


@dataclass(frozen=True)
class Scored:
    gid: str
    claim: Claim
    verdict: Verdict
    right: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return self.verdict.rating in self.right

    def __str__(self) -> str:
        claim, verdict = self.claim, self.verdict
        return (
            f"{self.gid} {claim.kind}.{claim.metric} {claim.subject.id} {claim.quote!r}: "
            f"{verdict.rating}/{verdict.reason}, right: {'/'.join(self.right)}; {verdict.explanation}"
        )


def _claims(path: Path, published: date) -> Iterator[tuple[dict[str, object], Claim]]:
    bases: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        base = bases.setdefault(gold["context"], 10_000 * len(bases))
        yield gold, _claim(gold, base + gold["quote_at"], path.stem, published)


def _claim(gold: dict[str, object], start: int, article: str, published: date) -> Claim:
    get = gold.get
    day, subject = gold["date"], gold["subject"]
    value, high = get("value"), get("value_high")
    decimals = get("decimals")
    parts = subject["id"].split(":")
    period = day and Period(
        start=date.fromisoformat(day["start"]),
        end=date.fromisoformat(day["end"]),
        text=None,
        source=DateSource(day["source"]),
    )
    listed = subject["type"] in ("equity", "etf") and len(parts) == 3
    return Claim(
        article_id=article,
        article=article,
        published=published,
        kind=Kind(gold["kind"]),
        modality=Modality(gold["modality"]),
        speaker=get("speaker"),
        subject=Subject(
            id=subject["id"],
            type=SubjectType(subject["type"]),
            name=subject["name"],
            symbol=parts[2] if listed else None,
            mic=parts[1] if listed else None,
        ),
        metric=get("metric"),
        basis=get("basis") and Basis(gold["basis"]),
        value=Decimal(value) if value is not None else None,
        value_high=Decimal(high) if high is not None else None,
        unit=get("unit"),
        decimals=decimals,
        scale=_scale(gold["quote"], value),
        comparator=Comparator(gold["comparator"]),
        hedge=get("hedge"),
        direction=get("direction") and Direction(gold["direction"]),
        date=period,
        start=start,
        end=start + len(gold["quote"]),
        quote=gold["quote"],
        sentence=gold["context"],
        zone=Zone(gold["zone"]),
        confidence=1.0,
        rule="gold",
    )


def _scale(quote: str, value: str | None) -> Decimal:
    for word, power in (("trillion", 12), ("billion", 9), ("million", 6)):
        if value is not None and word in quote:
            return Decimal(10) ** power
    return Decimal(1)


@pytest.fixture(scope="module")
def tape(shared: Path) -> Market:
    from extractor import wiring

    return wiring.tape(wiring.price_sources([shared / "prices"]), references=[shared / "reference"])


@pytest.fixture(scope="module")
def scored(shared: Path, tape: Market) -> list[Scored]:
    found: list[Scored] = []
    for name, published in PUBLISHED.items():
        pairs = list(_claims(shared / "articles" / "gold" / f"{name}.jsonl", published))
        verdicts = check_article([claim for _, claim in pairs], tape.known_on(published))
        for (gold, claim), verdict in zip(pairs, verdicts, strict=True):
            if gold["rating"]:
                found.append(Scored(gid=gold["gid"], claim=claim, verdict=verdict, right=tuple(gold["rating"])))
    return found


@pytest.mark.shared
def test_ratings_are_those_of_the_gold(scored: list[Scored]) -> None:
    assert len(scored) > 250
    misses = [one for one in scored if not one.is_right]
    percent = 100 * (len(scored) - len(misses)) / len(scored)
    assert percent >= REQUIRED_PERCENT, f"{percent:.1f} % right; misses:\n" + "\n".join(map(str, misses))


@pytest.mark.shared
def test_nothing_true_is_contradicted(scored: list[Scored]) -> None:
    accused = [one for one in scored if one.verdict.rating is Rating.CONTRADICTED and not one.is_right]
    assert not accused, "\n".join(map(str, accused))


@pytest.mark.shared
def test_what_is_rated_carries_its_evidence_and_a_correction(scored: list[Scored]) -> None:
    for one in scored:
        if one.verdict.rating.rests_on_evidence:
            assert one.verdict.evidence, one
            assert one.verdict.formula, one
        if one.verdict.rating in (Rating.CONTRADICTED, Rating.CONFLICTING):
            assert one.verdict.correction, one
