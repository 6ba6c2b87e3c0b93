"""Every kind's cases.toml: the claims a text holds, and texts that hold none of the kind."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from importlib import resources

import pytest

from extractor.domain.article import Article
from extractor.domain.claim import Claim, Kind

Extract = Callable[[Article], tuple[Claim, ...]]
# Listing, policy and quote have finders of their own form, tested beside them.
KINDS = ("level", "move", "rate", "indicator", "amount", "record")


def _tables(kind: str, key: str) -> list[dict]:
    source = resources.files("extractor.claims").joinpath(kind, "cases.toml").read_text(encoding="utf-8")
    return tomllib.loads(source).get(key, [])


def _parameters(key: str) -> list:
    return [
        pytest.param(kind, entry, id=f"{kind}: {entry['text'][:60]}") for kind in KINDS for entry in _tables(kind, key)
    ]


def _field(claim: Claim, name: str) -> str | None:
    if name == "date":
        if claim.date is None:
            return None
        return str(claim.date.start) if claim.date.is_day else f"{claim.date.start}/{claim.date.end}"
    if name == "subject":
        return claim.subject.id
    value = getattr(claim, name)
    return None if value is None else str(value)


def _claims(extract: Extract, kind: str, entry: dict) -> list[Claim]:
    published = date.fromisoformat(entry.get("published", "2025-11-24"))
    article = Article(name="case.txt", source="case", text=entry["text"], published_on=published)
    return [claim for claim in extract(article) if claim.kind is Kind(kind)]


@pytest.mark.parametrize(("kind", "entry"), _parameters("case"))
def test_case(kind: str, entry: dict, extract: Extract) -> None:
    found = sorted(_claims(extract, kind, entry), key=lambda claim: (claim.start, claim.subject.id))
    wanted = sorted(
        entry["claims"], key=lambda want: (entry["text"].find(want.get("quote", "")), want.get("subject", ""))
    )
    got = [{name: _field(claim, name) for name in want} for claim, want in zip(found, wanted, strict=False)]
    assert got == wanted
    assert len(found) == len(wanted), [claim.quote for claim in found]


@pytest.mark.parametrize(("kind", "entry"), _parameters("negative"))
def test_negative(kind: str, entry: dict, extract: Extract) -> None:
    assert _claims(extract, kind, entry) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_cases_and_negatives(kind: Kind) -> None:
    assert _tables(kind.value, "case"), "a kind's cases come first"
    assert _tables(kind.value, "negative"), "and its negatives with them"
