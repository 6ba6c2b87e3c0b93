"""Making a claim of a figure: the fields every kind fills the same way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from extractor.claims.figures import Figure, comparator_of
from extractor.claims.indicator.told import Prints
from extractor.claims.sentence import Sentence
from extractor.claims.subjects import Bound
from extractor.domain.annotation import Quantity
from extractor.domain.article import Article
from extractor.domain.claim import Basis, Claim, Comparator, Direction, Kind, Modality, Period, Subject

_CERTAINTY = {
    "before": 0.98, "beside": 0.95, "after": 0.95, "continued": 0.9, "later": 0.88, "governed": 0.88, "oblique": 0.75,
    "policy": 0.9, "generic": 0.85, "ambiguous": 0.75, "name": 0.8, "remembered": 0.7, "doubtful": 0.7,
}  # fmt: skip
_UNSURE = 0.7

# Countries whose own press prints their dollar as "$".
_DOLLARS = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "HK": "HKD", "SG": "SGD"}
_AMERICAN = re.compile(r"\bU\.?S|USD|\$US")


def certainty(bound: Bound) -> float:
    """How sure the binding is, by the attempt that made it; checking accuses only on sure ones."""
    return _CERTAINTY.get(bound.how, 0.6)


class SubjectBook(Protocol):
    def subject(self, identifier: str, *, on: date | None, name: str | None = None) -> Subject: ...
    def unit_of(self, identifier: str) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What an article's claims have in common."""

    article: Article
    book: SubjectBook
    prints: Prints  # what its statistics have told so far
    names: Mapping[str, str] = field(default_factory=dict)  # as printed, of ids that the book may not know

    def subject(self, identifier: str) -> Subject:
        return self.book.subject(identifier, on=self.article.published_on, name=self.names.get(identifier))

    def from_figure(
        self,
        figure: Figure,
        identifier: str,
        *,
        kind: Kind,
        metric: str,
        unit: str | None,
        rule: str,
        period: Period | None,
        direction: Direction | None = None,
        basis: Basis | None = None,
        modality: Modality | None = None,
        subject: Subject | None = None,
        sure: bool = True,
    ) -> Claim:
        """A claim of one figure. sure: False where more than its binding is a guess."""
        quantity = figure.quantity
        return Claim(
            article_id=self.article.id,
            article=self.article.name,
            published=self.article.published_on,
            kind=kind,
            modality=modality or figure.modality,
            speaker=figure.speaker,
            subject=subject or self.subject(identifier),
            metric=metric,
            basis=basis,
            value=quantity.value,
            value_high=quantity.high,
            unit=self._in_local_dollars(quantity, unit, identifier),
            decimals=quantity.decimals,
            scale=quantity.scale,
            comparator=comparator_of(figure),
            hedge=quantity.hedge,
            direction=direction,
            date=period,
            start=quantity.start,
            end=quantity.end,
            quote=self.article.text[quantity.start : quantity.end],
            sentence=figure.sentence.words,
            zone=self.article.zone_at(quantity.start),
            confidence=certainty(figure.bound) if sure else min(certainty(figure.bound), _UNSURE),
            rule=rule,
        )

    def _in_local_dollars(self, quantity: Quantity, unit: str | None, identifier: str) -> str | None:
        """ "$26.62" of a share in Sydney, "45 cents" of one in Toronto: a bare dollar is the listing's own."""
        if unit != "USD" or _AMERICAN.search(self.article.text, quantity.start, quantity.end + 3):
            return unit
        kind, _, rest = identifier.partition(":")
        if kind not in ("equity", "etf", "indicator"):
            return unit
        local = _DOLLARS.get(rest[:2]) if kind == "indicator" else self.book.unit_of(identifier)
        return local if local in _DOLLARS.values() else unit

    def from_words(
        self,
        sentence: Sentence,
        start: int,
        end: int,
        subject: Subject,
        *,
        kind: Kind,
        metric: str | None,
        rule: str,
        period: Period | None,
        confidence: float,
        **fields: Any,
    ) -> Claim:
        """A claim of words rather than of a figure; `fields` overrides the empty defaults."""
        return of_words(
            self.article, start, end, subject, sentence=sentence.words, kind=kind, metric=metric, rule=rule,
            period=period, confidence=confidence, **fields,
        )  # fmt: skip


def of_words(
    article: Article,
    start: int,
    end: int,
    subject: Subject,
    *,
    sentence: str,
    kind: Kind,
    metric: str | None,
    rule: str,
    period: Period | None,
    confidence: float,
    **fields: Any,
) -> Claim:
    """The claim that article.text[start:end] makes without a figure; `fields` overrides the empty defaults."""
    claim = Claim(
        article_id=article.id,
        article=article.name,
        published=article.published_on,
        kind=kind,
        modality=Modality.ASSERTED,
        speaker=None,
        subject=subject,
        metric=metric,
        basis=None,
        value=None,
        value_high=None,
        unit=None,
        decimals=None,
        scale=Decimal(1),
        comparator=Comparator.EQUAL,
        hedge=None,
        direction=None,
        date=period,
        start=start,
        end=end,
        quote=article.text[start:end],
        sentence=sentence,
        zone=article.zone_at(start),
        confidence=confidence,
        rule=rule,
    )
    return replace(claim, **fields)
