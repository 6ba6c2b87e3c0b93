"""Who holds, buys and sells how much of a company: "owns 23,510 shares", "4.9% of Chubb", "0.5% of the stock"."""

from __future__ import annotations

import re

from extractor.claims import multiples
from extractor.claims.sentence import Clause, Sentence
from extractor.domain.annotation import Cue, Quantity

_PART_OF = re.compile(r" of (?:the )?")
_OF_ITS_STOCK = re.compile(
    r" of (?:(?:the|its|their) )?(?:[\w-]+(?:[’']s?)? ){0,3}?(?:stock|shares|share capital|common stock)\b",
    re.IGNORECASE,
)
_HELD_BY = re.compile(r"[^.;]{0,40}? (?:owned|held|controlled) by\b")
_HOLDS = re.compile(
    r"\b(?:own|hold|has|have|had|bought|buy|sold|sell|acquir|control|held|amass|disclos|built|build)\w{0,4}\b",
    re.IGNORECASE,
)
_MORE = r"(?: (?:an?|additional|another|extra|about|around|roughly|nearly|some|over|more than|a total of|the)\b)*+ \Z"
_TRADES = {
    "shares_sold": re.compile(
        rf"\b(?:sold|sells?|selling|unloaded|offloaded|dumped|disposed of){_MORE}", re.IGNORECASE
    ),
    "shares_bought": re.compile(
        rf"\b(?:bought|buys?|buying|purchased|purchasing|purchases|acquired|acquiring|acquires|added|picked up){_MORE}",
        re.IGNORECASE,
    ),
    "shares_held": re.compile(rf"\b(?:owns?|owned|owning|holds?|held|holding|possesses){_MORE}", re.IGNORECASE),
}


def of_shares(sentence: Sentence, clause: Clause, quantity: Quantity) -> Cue | None:
    """A number of shares that somebody trades or holds; shares that "changed hands" are a volume, and no claim."""
    if multiples.is_exchange(sentence, quantity):
        return _cue(quantity, "exchange_ratio")
    begin = quantity.start if quantity.hedge_start is None else min(quantity.start, quantity.hedge_start)
    before = sentence.text[max(clause.start, begin - 50) : begin]
    before = before if before[-1:].isspace() else before + " "
    name = next((name for name, words in _TRADES.items() if words.search(before)), None)
    return _cue(quantity, name) if name else None


def stake(sentence: Sentence, clause: Clause, quantity: Quantity) -> Cue | None:
    """ "a fund that holds 4.9% of Chubb", "0.5% of the stock is owned by insiders": a part of a company."""
    linked = _PART_OF.match(sentence.text, quantity.end, min(sentence.end, quantity.end + 30))
    if quantity.unit != "percent" or not linked:
        return None
    stock = _OF_ITS_STOCK.match(sentence.text, quantity.end, min(sentence.end, quantity.end + 60))
    named = any(m.start <= linked.end() < m.end and m.form != "generic" for m in sentence.mentions)
    holds = _HOLDS.search(sentence.text, clause.start, quantity.start)
    held = stock and _HELD_BY.match(sentence.text, stock.end(), sentence.end)
    return _cue(quantity, "stake") if ((named or stock) and holds) or held else None


def _cue(quantity: Quantity, name: str) -> Cue:
    return Cue(
        start=quantity.start,
        end=quantity.end,
        text=quantity.text,
        layer="measure",
        rule=f"measure.{name}",
        value=name,
    )
