"""Verdicts as schema.org ClaimReview, in JSON-LD: what fact-check aggregators and search engines read.

One document an article, a ClaimReview for each claim whose rating has a number. What stands where: docs/claimreview.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from extractor.domain.article import Article
from extractor.domain.claim import Claim
from extractor.domain.market import Adjustment
from extractor.domain.verdict import Evidence, Rating, Verdict
from extractor.report import safe

# The contract's numbers. A rating without one says nothing about the claim, and is not exported.
RATING_VALUES: Mapping[Rating, int] = {
    Rating.SUPPORTED: 5,
    Rating.IMPRECISE: 4,
    Rating.CONFLICTING: 3,
    Rating.CONTRADICTED: 1,
}
BEST, WORST = 5, 1

_ADJUSTED = {
    Adjustment.NONE: "as quoted that day",
    Adjustment.SPLIT: "adjusted for splits",
    Adjustment.SPLIT_DIV: "adjusted for splits and dividends",
}
# In a script element nothing may look like markup to a browser. JSON has these escapes for the same characters.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

Node = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Who publishes the reviews. reviewer: the organization that answers for them; site: the address of the folder the
    report will stand in, ending in "/", None where it is not known."""

    reviewed_on: date
    reviewer: str = "tapecheck"
    site: str | None = None


def document(
    article: Article, claims: Iterable[tuple[int, Claim, Verdict | None]], imprint: Imprint, page: str
) -> Node | None:
    """The JSON-LD of one article; None where no verdict has a number.

    claims: each with its number on the article's page. page: name of that page, in the folder the document is in.
    """
    reviews = [
        _review(article, number, claim, verdict, imprint, page)
        for number, claim, verdict in claims
        if verdict is not None and verdict.rating in RATING_VALUES
    ]
    return {"@context": "https://schema.org", "@graph": reviews} if reviews else None


def text(document: Node) -> str:
    """For a file of its own, or wherever JSON may stand."""
    return json.dumps(document, ensure_ascii=False, indent=1).translate(_ESCAPES)


def script(document: Node) -> Markup:
    """A script element that no text in it can end. Browsers run none of this type, and no policy needs to allow it."""
    return Markup(f'<script type="application/ld+json">\n{text(document)}\n</script>')


def _review(article: Article, number: int, claim: Claim, verdict: Verdict, imprint: Imprint, page: str) -> Node:
    return _filled(
        {
            "@type": "ClaimReview",
            "url": f"{imprint.site or ''}{page}#c{number}",
            "identifier": claim.id,
            "claimReviewed": safe.one_line(claim.sentence),
            "reviewAspect": safe.one_line(claim.quote),
            "reviewBody": _body(verdict),
            "datePublished": imprint.reviewed_on.isoformat(),
            "author": _filled({"@type": "Organization", "name": safe.one_line(imprint.reviewer), "url": imprint.site}),
            "itemReviewed": _claim(article, claim),
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": RATING_VALUES[verdict.rating],
                "bestRating": BEST,
                "worstRating": WORST,
                "alternateName": str(verdict.rating),
            },
            "citation": _citations(verdict.evidence),
        }
    )


def _body(verdict: Verdict) -> str:
    words = safe.one_line(verdict.correction or verdict.explanation)
    return f"{words} As of {verdict.as_of}." if verdict.as_of else words


def _claim(article: Article, claim: Claim) -> Node:
    """Whose claim it is: the speaker's where one is named. Whether that is a person or a house nothing tells, so the
    speaker has no type."""
    published = article.published_on.isoformat() if article.published_on else None
    publisher = {"@type": "Organization", "name": safe.one_line(article.publisher)} if article.publisher else None
    appearance = {
        "@type": "Article",
        "headline": safe.one_line(article.title or article.name),
        "url": safe.web_link(article.url),
        "datePublished": published,
        "publisher": publisher,
    }
    return _filled(
        {
            "@type": "Claim",
            "text": safe.one_line(claim.sentence),
            "author": {"name": safe.one_line(claim.speaker)} if claim.speaker else publisher,
            "datePublished": published,
            "appearance": _filled(appearance),
        }
    )


def _citations(evidence: Sequence[Evidence]) -> list[Node]:
    """The rows a verdict rests on, each as a data set of one value."""
    return [
        _filled(
            {
                "@type": "Dataset",
                "name": safe.one_line(f"{row.series} {row.session} {row.field}"),
                "description": f"{row.field} of {row.session}, {_ADJUSTED[row.adjustment]}",
                "temporalCoverage": row.session.isoformat(),
                "variableMeasured": {
                    "@type": "PropertyValue",
                    "name": row.field,
                    "propertyID": safe.one_line(row.series),
                    "value": row.value,
                },
                "includedInDataCatalog": {"@type": "DataCatalog", "name": safe.one_line(row.source)},
                "identifier": row.snapshot,
            }
        )
        for row in evidence
    ]


def _filled(node: Node) -> Node:
    """Without the properties whose value is not known."""
    return {key: value for key, value in node.items() if value is not None}
