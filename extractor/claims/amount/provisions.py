"""Figures of a policy: a provision of a law, the size of a package, the rate of a tariff."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.claims.figures import Figure
from extractor.claims.making import Making
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import PolicyMention, Quantity
from extractor.domain.claim import Claim, Kind, Modality, Subject, SubjectType
from extractor.rules.policy import load_topics

_BEFORE_POLICY = re.compile(r"\s*(?:[\w-]+\s+){0,2}?$")
# What stands between a figure and a policy that is not its own: "near $55 before the tariff pause".
_APART = re.compile(r"\b(?:before|after|on|amid|as|since|until|under|despite|without|ahead|when|while|over)\b", re.I)
_LAWS = frozenset({"policy.law", "policy.fiscal", "policy.tariff"})
_OWNERS = frozenset({"equity", "etf", "commodity", "crypto", "index", "indicator"})
_PART_OF = re.compile(r" (?:of|in|for) (?:[\w-]+ ){1,4}?(?:in|under|from) ")
_OPENING = 8
_SMALLEST = 100  # dollars that a law would name
_COSTS = re.compile(r"\bcosts?\b", re.IGNORECASE)
_DUTY_BEFORE = re.compile(
    r"\b(?:levy|levies|duty|duties|tariffs?|surcharge|surtax)(?: rates?)? (?:of|at|to|from)"
    r"(?: (?:about|around|up to|as much as|at least|roughly|nearly|almost))?\s\Z",
    re.IGNORECASE,
)
_DUTY_BEHIND = re.compile(
    r"(?: (?:baseline|blanket|across-the-board|import|additional|extra|reciprocal|retaliatory|minimum|universal))*+ "
    r"(?:levy|levies|duty|duties|surcharge|surtax|rate)\b|"
    r" on (?:[\w.-]+ ){0,4}?(?:goods|imports|products|exports|cars|autos|vehicles|steel|alumini?um|copper|chips)\b",
    re.IGNORECASE,
)
_ITS_SIZE = re.compile(
    r"\s*(?:[\w-]+\s+){0,3}?(?:package|bill|law|act|plan|program(?:me)?|stimulus|measure)\b", re.IGNORECASE
)


def owner(sentence: Sentence, quantity: Quantity, spoken_of: PolicyMention | None) -> tuple[PolicyMention, str] | None:
    """The policy a figure belongs to, and the metric: a provision that follows it ("100% bonus depreciation") or
    precedes it ("the Section 179 limit to $2.5 million"), a tariff's rate, or the size of the package spoken of."""
    for mention in within(sentence.policies, quantity.end, quantity.end + 40):
        gap = sentence.text[quantity.end : mention.start]
        if _BEFORE_POLICY.fullmatch(gap) and not _APART.search(gap):
            return mention, _metric(mention, quantity, "size" if quantity.scale > 1 else "provision")
    clause = sentence.clause_at(quantity.start)
    before = within(sentence.policies, clause.start, quantity.start)
    if before and (quantity.scale > 1 or quantity.unit == "percent" or _is_limit(before[-1], quantity)):
        between = sentence.text[before[-1].end : quantity.start]
        if not any(before[-1].end <= m.start < quantity.start for m in sentence.mentions) and len(between) < 60:
            if _COSTS.search(between):
                return before[-1], "cost"
            sized = re.search(r"\b(?:package|bill|act|law|worth)\b", between, re.I)
            return before[-1], _metric(before[-1], quantity, "size" if sized else "provision")
    levied = _levied(sentence, quantity, spoken_of)
    if levied:
        return levied, "rate"
    if quantity.scale > 1 and _ITS_SIZE.match(sentence.text, quantity.end) and spoken_of:
        return spoken_of, "size"
    return None


def of_subject(sentence: Sentence, quantity: Quantity) -> tuple[PolicyMention, str] | None:
    """The law a sentence opens with and is about, for a sum that is nobody else's: "The act is to put $100 billion"."""
    first = next(iter(sentence.policies), None)
    if first is None or quantity.scale == 1 or not (quantity.unit and quantity.unit.isupper()):
        return None
    opens = first.start - sentence.start <= _OPENING
    if opens and not within(sentence.mentions, sentence.start, quantity.start):
        return first, "amount"
    return _told_of(sentence, quantity)


def _told_of(sentence: Sentence, quantity: Quantity) -> tuple[PolicyMention, str] | None:
    """The only law, tariff or budget a sentence names, for a sum that is nobody else's: "its provisions are to cut tax
    bills by $129 billion", "$45 billion of tax cuts in the mini-budget"."""
    named = [m for m in sentence.policies if m.rule in _LAWS]
    owners = [m for m in sentence.mentions if m.candidates and m.candidates[0].split(":", 1)[0] in _OWNERS]
    if not named or len({m.topic for m in named}) > 1 or owners:
        return None
    before = named[0].end <= quantity.start
    near = before or _PART_OF.match(sentence.text, quantity.end, min(named[0].start, quantity.end + 90))
    return (named[0], "amount") if near else None


def _is_limit(mention: PolicyMention, quantity: Quantity) -> bool:
    """ "the cap on the deduction to $40,000": a sum too small for a package is the part of a law that sets it."""
    topic = load_topics().by_id(mention.topic)
    return bool(topic and topic.provision and quantity.unit and quantity.unit.isupper() and quantity.value >= _SMALLEST)


def _metric(mention: PolicyMention, quantity: Quantity, name: str) -> str:
    """A percentage of a tariff is its rate, that of a goal the goal."""
    if mention.topic.endswith("INFLATION_TARGET") and quantity.unit == "percent":
        return "target"
    return "rate" if mention.rule == "policy.tariff" and quantity.unit == "percent" else name


def _levied(sentence: Sentence, quantity: Quantity, spoken_of: PolicyMention | None) -> PolicyMention | None:
    """The tariff a percentage is the rate of: "a levy of about 100 per cent", "a 25% duty", "60% on Chinese goods"."""
    if quantity.unit != "percent":
        return None
    named = [m for m in sentence.policies if m.rule == "policy.tariff"]
    tariff = named[0] if named else spoken_of if spoken_of and spoken_of.rule == "policy.tariff" else None
    if tariff is None:
        return None
    before = sentence.text[max(sentence.start, quantity.start - 40) : quantity.start]
    behind = _DUTY_BEHIND.match(sentence.text, quantity.end, min(sentence.end, quantity.end + 60))
    return tariff if _DUTY_BEFORE.search(before) or behind else None


def find(figure: Figure, policy: PolicyMention, metric: str, making: Making) -> Claim:
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
        modality=Modality.ASSERTED if metric == "target" else None,
    )
    return replace(claim, confidence=0.9)
