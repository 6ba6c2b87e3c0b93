"""ClaimReview documents: in the words of schema.org, with what Google asks for, and harmless in a page."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.claim import Claim
from extractor.domain.market import Adjustment
from extractor.domain.verdict import Rating, Verdict
from extractor.report import pages
from extractor.report.claimreview import RATING_VALUES, Imprint, document, script, text
from tests.factories import make_article, make_claim, make_evidence, make_verdict
from tests.unit.report.test_pages import Kept

TERMS = tomllib.loads(Path(__file__).with_name("schema_org_terms.toml").read_text("utf-8"))
IMPRINT = Imprint(reviewed_on=date(2026, 1, 5), reviewer="Fact Desk", site="https://example.org/checks/")
ARTICLE = make_article(publisher="The Ledger", url="https://ledger.example/small-caps")
SHAPES = {
    "Text": lambda value: isinstance(value, str) and value != "",
    "URL": lambda value: isinstance(value, str) and re.fullmatch(r"\S+", value) is not None,
    "Date": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None,
    "Number": lambda value: isinstance(value, int),
}


def reviews(claim: Claim, verdict: Verdict, imprint: Imprint = IMPRINT) -> list[dict[str, Any]]:
    made = document(ARTICLE, [(3, claim, verdict)], imprint, "page.html")
    assert made is not None
    assert made["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = json.loads(text(made))["@graph"]
    return graph


def kinds(name: str) -> Iterator[str]:
    """A type and all it is a kind of."""
    while name:
        yield name
        name = TERMS["types"][name]


def problems(node: dict[str, Any], expected: list[str]) -> Iterator[str]:
    """What the vocabulary has against a node, where one of `expected` is wanted."""
    if "@type" not in node:  # a speaker who may be a person or a house
        assert list(node) == ["name"]
        return
    kind = node["@type"]
    if not set(kinds(kind)) & set(expected):
        yield f"{kind} is none of {expected}"
    for name, value in node.items():
        if name == "@type":
            continue
        term = TERMS["properties"].get(name)
        if term is None or not set(term["domain"]) & set(kinds(kind)):
            yield f"{kind} has no {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from problems(each, term["range"])
            elif not any(SHAPES[shape](each) for shape in term["range"] if shape in SHAPES):
                yield f"{kind}.{name} is {each!r}"


CASES = [
    (make_claim(ARTICLE), make_verdict()),
    (
        make_claim(ARTICLE, speaker="Ann Analyst"),
        make_verdict(rating=Rating.CONFLICTING, correction="It was the high."),
    ),
    (make_claim(ARTICLE), make_verdict(rating=Rating.IMPRECISE, as_of=None)),
    (
        make_claim(ARTICLE),
        make_verdict(evidence=(make_evidence(adjustment=Adjustment.SPLIT, snapshot="sha256:00"), make_evidence())),
    ),
]


@pytest.mark.parametrize(("claim", "verdict"), CASES)
@pytest.mark.parametrize("imprint", [IMPRINT, Imprint(reviewed_on=date(2026, 1, 5))])
def test_every_property_is_one_of_its_type(claim: Claim, verdict: Verdict, imprint: Imprint) -> None:
    for review in reviews(claim, verdict, imprint):
        assert list(problems(review, ["ClaimReview"])) == []


def test_the_checker_of_the_vocabulary_finds_what_is_wrong() -> None:
    (review,) = reviews(*CASES[0])
    wrong = replace_in(review, {"ratingValue": 5, "datePublished": "yesterday", "reviewRating": {"@type": "Claim"}})
    found = list(problems(wrong, ["ClaimReview"]))
    assert found == [
        "ClaimReview.datePublished is 'yesterday'",
        "Claim is none of ['Rating']",
        "ClaimReview has no ratingValue",
    ]


def replace_in(node: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {**node, **changes}


@pytest.mark.parametrize(("claim", "verdict"), CASES)
def test_what_google_asks_for_is_there(claim: Claim, verdict: Verdict) -> None:
    for review in reviews(claim, verdict):
        assert set(TERMS["google"]["ClaimReview"]) <= set(review)
        assert set(TERMS["google"]["Rating"]) <= set(review["reviewRating"])
        assert review["url"] == "https://example.org/checks/page.html#c3"


@pytest.mark.parametrize("rating", Rating)
def test_a_rating_has_the_contracts_number_or_is_left_out(rating: Rating) -> None:
    numbers = {"supported": 5, "imprecise": 4, "conflicting": 3, "contradicted": 1}
    verdict = make_verdict(rating=rating, evidence=(make_evidence(),) if rating.rests_on_evidence else ())
    made = document(ARTICLE, [(1, make_claim(ARTICLE), verdict)], IMPRINT, "page.html")
    if str(rating) not in numbers:
        assert made is None
        return
    assert made is not None
    assert made["@graph"][0]["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": numbers[rating],
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": str(rating),
    }
    assert set(RATING_VALUES) == set(numbers)


def test_what_a_review_says() -> None:
    claim = make_claim(ARTICLE)
    verdict = make_verdict(claim, rating=Rating.CONTRADICTED, correction="It closed at 2,531.16.")
    (review,) = reviews(claim, verdict)
    assert review["claimReviewed"] == claim.sentence
    assert review["reviewAspect"] == "2,531.16"
    assert review["reviewBody"] == "It closed at 2,531.16. As of 2025-12-04."
    assert review["datePublished"] == "2026-01-05"
    assert review["author"] == {"@type": "Organization", "name": "Fact Desk", "url": "https://example.org/checks/"}
    assert review["itemReviewed"] == {
        "@type": "Claim",
        "text": claim.sentence,
        "author": {"@type": "Organization", "name": "The Ledger"},
        "datePublished": "2025-12-04",
        "appearance": {
            "@type": "Article",
            "headline": "Small caps rise",
            "url": "https://ledger.example/small-caps",
            "datePublished": "2025-12-04",
            "publisher": {"@type": "Organization", "name": "The Ledger"},
        },
    }
    (row,) = review["citation"]
    assert row["variableMeasured"] == {
        "@type": "PropertyValue",
        "name": "close",
        "propertyID": "index:RUT",
        "value": "2531.16",
    }
    assert row["includedInDataCatalog"]["name"] == "test tape"
    assert (row["temporalCoverage"], row["description"]) == ("2025-12-04", "close of 2025-12-04, as quoted that day")


def test_a_claim_of_a_speaker_is_the_speakers() -> None:
    (review,) = reviews(make_claim(ARTICLE, speaker="Ann Analyst"), make_verdict())
    assert review["itemReviewed"]["author"] == {"name": "Ann Analyst"}
    assert review["itemReviewed"]["appearance"]["publisher"]["name"] == "The Ledger"


def test_what_is_not_known_is_left_out() -> None:
    bare = make_article(published_on=None, title=None)
    made = document(bare, [(1, make_claim(bare), make_verdict())], Imprint(reviewed_on=date(2026, 1, 5)), "page.html")
    assert made is not None
    (review,) = made["@graph"]
    assert review["url"] == "page.html#c1"
    assert set(review["itemReviewed"]) == {"@type", "text", "appearance"}
    assert review["itemReviewed"]["appearance"] == {"@type": "Article", "headline": "wrap.txt"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_are_passed_on(url: str) -> None:
    article = replace(ARTICLE, url=url)
    made = document(article, [(1, make_claim(article), make_verdict())], IMPRINT, "page.html")
    assert made is not None
    assert "url" not in made["@graph"][0]["itemReviewed"]["appearance"]


# -- in a page

BREAKS = ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "</SCRIPT\t>", "\u2028\u2029", '"}]}</script>']


@pytest.mark.parametrize("hostile", BREAKS)
def test_no_text_ends_the_script_element(tmp_path: Path, hostile: str) -> None:
    body = f"The Russell 2000 closed at 2,531.16 {hostile} on Thursday."
    article = make_article(body, title=hostile, publisher=hostile, url=f"https://x.example/{hostile}")
    claim = make_claim(article, speaker=hostile, sentence=body)
    verdict = make_verdict(claim, correction=hostile, rating=Rating.CONTRADICTED)
    pages.write(Kept(article, claims=[claim], verdicts=[verdict]), tmp_path, imprint=IMPRINT)
    markup = (tmp_path / f"{article.id}.html").read_text("utf-8")
    (element,) = BeautifulSoup(markup, "html.parser").select("script")
    assert element["type"] == "application/ld+json"
    assert element.find_parent("head") is not None
    embedded = json.loads(element.get_text())
    assert embedded["@graph"][0]["claimReviewed"] == " ".join(body.split())
    assert embedded == json.loads((tmp_path / f"{article.id}.jsonld").read_text("utf-8"))


@given(st.text(max_size=80))
def test_whatever_an_article_says_the_element_holds_one_json_document(words: str) -> None:
    claim = make_claim(ARTICLE, sentence=words, speaker=words or None)
    made = document(ARTICLE, [(1, claim, make_verdict(claim))], IMPRINT, "page.html")
    assert made is not None
    markup = str(script(made))
    assert markup.count("<") == markup.count(">") == 2
    inside = markup[markup.index(">") + 1 : markup.rindex("<")]
    assert json.loads(inside) == made
    inside.encode("utf-8")


def test_pages_carry_reviews_only_where_they_are_asked_for(tmp_path: Path) -> None:
    waiting = make_article(name="waiting.txt")
    claims = [make_claim(ARTICLE), make_claim(waiting)]
    verdicts = [make_verdict(claims[0]), make_verdict(claims[1], rating=Rating.NOT_ENOUGH_DATA, evidence=())]
    kept = Kept(ARTICLE, waiting, claims=claims, verdicts=verdicts)
    (tmp_path / f"{'0' * 16}.jsonld").write_text("somebody else's")
    pages.write(kept, tmp_path, imprint=IMPRINT)
    assert {path.name for path in tmp_path.glob("*.jsonld")} == {f"{ARTICLE.id}.jsonld", f"{'0' * 16}.jsonld"}
    pages.write(kept, tmp_path)
    assert {path.name for path in tmp_path.glob("*.jsonld")} == {f"{'0' * 16}.jsonld"}
    assert "ld+json" not in (tmp_path / f"{ARTICLE.id}.html").read_text("utf-8")
