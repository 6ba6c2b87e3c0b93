"""Policy claims: `cases.toml` of the kind, and what it cannot say."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources

import pytest

from extractor.annotate.periods import find as find_dates
from extractor.annotate.policy import PolicyFinder
from extractor.claims import periods
from extractor.claims.policy.find import find
from extractor.domain.article import Article
from extractor.domain.claim import Claim, Modality, Period
from extractor.rules.policy import load_topics

CASES = tomllib.loads(resources.files("extractor.claims.policy").joinpath("cases.toml").read_text(encoding="utf-8"))
FINDER = PolicyFinder(load_topics())


def claims_of(text: str, published: str | None = None, modality: Modality | None = None) -> list[Claim]:
    on = date.fromisoformat(published) if published else None
    article = Article(name="case.txt", source="case", text=text, published_on=on)

    def date_for(offset: int) -> Period | None:
        dates = find_dates(text)
        nearest = min(dates, key=lambda found: abs(found.start - offset), default=None)
        return None if nearest is None else periods.resolve(nearest, article)

    modality_at = (lambda offset: modality) if modality else None
    return list(find(FINDER.find(text), article, date_for, lambda offset: (0, len(text)), modality_at))


def field(claim: Claim, name: str) -> str | None:
    if name == "subject":
        return claim.subject.id
    if name == "date":
        return None if claim.date is None else f"{claim.date.start}/{claim.date.end}"
    return getattr(claim, name)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["text"][:60])
def test_case(case: dict) -> None:
    found = claims_of(case["text"], case["published"])
    assert [{name: field(claim, name) for name in want} for claim, want in zip(found, case["claims"], strict=True)] == (
        case["claims"]
    )


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda case: case["text"][:60])
def test_negative(case: dict) -> None:
    assert claims_of(case["text"]) == []


def test_only_an_event_is_dated() -> None:
    (plain,) = claims_of("Margins shrank in June 2025 under new tariffs.", "2025-12-18")
    assert (plain.metric, plain.date) == (None, None)


def test_offsets_value_and_modality() -> None:
    text = "Naïve hopes: the Senate may end the government shutdown."
    (claim,) = claims_of(text, modality=Modality.FORECAST)
    assert text[claim.start : claim.end] == claim.quote == "government shutdown"
    assert (claim.value, claim.unit, claim.modality) == (None, None, Modality.FORECAST)
