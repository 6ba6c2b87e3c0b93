"""Figures of companies and policies: revenue, earnings a share, a package, a provision of a law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.claims.dating import Dater
from extractor.claims.figures import Figure, Reading
from extractor.claims.making import Making
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import PolicyMention, Quantity
from extractor.domain.claim import Claim, Kind, Subject, SubjectType

_BEFORE_POLICY = re.compile(r"\s*(?:[\w-]+\s+){0,2}?$")
_ITS_SIZE = re.compile(
    r"\s*(?:[\w-]+\s+){0,2}?(?:package|bill|law|act|plan|program(?:me)?|stimulus|measure)\b", re.IGNORECASE
)


def find(figure: Figure, making: Making, dater: Dater) -> Iterator[Claim]:
    metric = metric_of(figure)
    fiscal = dater.fiscal(figure.sentence)
    direction = figure.direction if metric.endswith("_change") else None
    for identifier in figure.bound.ids:
        yield making.from_figure(
            figure,
            identifier,
            kind=Kind.AMOUNT,
            metric=metric,
            unit=figure.quantity.unit or making.book.unit_of(identifier),
            rule=figure.measure.rule if figure.measure else "amount.money",
            period=fiscal,
            direction=direction,
        )


def metric_of(figure: Figure) -> str:
    """The thing's name; a percent of change, or a change in money, is `<name>_change`."""
    name = figure.measure.value if figure.measure and figure.measure.value else "amount"
    changed = figure.reading is Reading.CHANGE and figure.lead not in ("to", "at")
    if name in ("stake", "margin", "gross_margin", "return", "short_interest") and figure.quantity.unit == "percent":
        return name
    return f"{name}_change" if changed and (figure.movement or figure.quantity.unit == "percent") else name


def owner(sentence: Sentence, quantity: Quantity, spoken_of: PolicyMention | None) -> tuple[PolicyMention, str] | None:
    """The policy a figure belongs to, and the metric: a provision that follows it ("100% bonus depreciation") or
    precedes it ("the Section 179 limit to $2.5 million"), or the size of the package just spoken of."""
    for mention in within(sentence.policies, quantity.end, quantity.end + 40):
        if _BEFORE_POLICY.fullmatch(sentence.text[quantity.end : mention.start]):
            return mention, "size" if quantity.scale > 1 else "provision"
    clause = sentence.clause_at(quantity.start)
    before = within(sentence.policies, clause.start, quantity.start)
    if before and (quantity.scale > 1 or quantity.unit == "percent"):
        between = sentence.text[before[-1].end : quantity.start]
        if not any(before[-1].end <= m.start < quantity.start for m in sentence.mentions) and len(between) < 60:
            return before[-1], "size" if re.search(
                r"\b(?:package|bill|act|law|worth)\b", between, re.I
            ) else "provision"
    if quantity.scale > 1 and _ITS_SIZE.match(sentence.text, quantity.end) and spoken_of:
        return spoken_of, "size"
    return None


def find_provision(figure: Figure, policy: PolicyMention, metric: str, making: Making) -> Claim:
    """The claim of a policy's figure, whatever instrument the sentence also names."""
    claim = making.from_figure(
        figure,
        policy.topic,
        kind=Kind.AMOUNT,
        metric=metric,
        unit=figure.quantity.unit,
        rule=f"amount.{metric}",
        period=None,
        subject=Subject(id=policy.topic, type=SubjectType.POLICY, name=policy.name),
    )
    return replace(claim, confidence=0.9)
