"""The goal a central bank or a government has set itself: "the Fed's 2% target", "its target band of 2 to 3 per cent".

It is a provision of a policy, and no reading of an index of prices.
"""

from __future__ import annotations

import re

from extractor.claims.sentence import Sentence
from extractor.domain.annotation import PolicyMention, Quantity

_KIND = (
    r"(?:(?:upper|lower|official|medium-term|long-run|longer-run|long-term|annual|full-year|inflation|price-stability|"
    r"price|growth|tolerance) ){0,3}"
)
_NAME = r"(?:target|goal|objective|tolerance limit|tolerance band|comfort zone)"
_WORD = rf"{_KIND}{_NAME}(?P<band> band| range| zone| rate)?"
_ABOUT = r"(?: (?:about|around|roughly|near|close to|just under))?"
_BEHIND = re.compile(rf" {_WORD}(?!\w)(?! (?:for|of) (?:the )?(?:federal|fed|policy))", re.IGNORECASE)
_BEFORE = re.compile(rf"\b{_WORD}(?:,| (?:is|was|of|at|remains|stays|for inflation of)){_ABOUT}\s\Z", re.IGNORECASE)
_PRICES = re.compile(r"\b(?:inflation|prices?|cpi|pce|deflation|disinflation)\b", re.IGNORECASE)
_GROWTH = re.compile(r"\b(?:growth|gdp|economy)\b", re.IGNORECASE)
_FUNDS = re.compile(r"\b(?:funds|benchmark|policy|lending|overnight|cash) (?:rate|target)\b", re.IGNORECASE)
_NAMES = {"US": "policy:US:FED_INFLATION_TARGET"}


def owner(sentence: Sentence, quantity: Quantity, rate: str | None) -> tuple[PolicyMention, str] | None:
    """The goal a percentage states, and its metric.

    rate: the policy rate the sentence is about, or that was last spoken of; it tells whose goal.
    """
    if quantity.unit != "percent" or rate is None:
        return None
    behind = _BEHIND.match(sentence.text, quantity.end, min(sentence.end, quantity.end + 60))
    before = _BEFORE.search(sentence.text[max(sentence.start, quantity.start - 60) : quantity.start])
    found = behind or before
    if found is None:
        return None
    grows = bool(_GROWTH.search(sentence.words)) and not _PRICES.search(sentence.words)
    prices = bool(_PRICES.search(sentence.words))
    if (found.group("band") and not prices) or (_FUNDS.search(sentence.words) and not prices):
        return None
    country = rate.split(":")[1]
    if grows:
        topic, name = f"policy:{country}:GROWTH_TARGET", "Growth target"
    else:
        topic, name = _NAMES.get(country, f"policy:{country}:INFLATION_TARGET"), "Inflation target"
    mention = PolicyMention(
        start=quantity.start, end=quantity.end, text=quantity.text, topic=topic, name=name, rule="policy.target"
    )
    return mention, "target"
