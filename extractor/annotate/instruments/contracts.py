"""Commodities as traded: "December corn", "gold for August delivery", "tin hit $21,600"; and where they are not."""

from __future__ import annotations

import re

from extractor.annotate.instruments.reading import Reading

_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_MARKET = (
    r"(?:ICE|Comex|COMEX|Nymex|NYMEX|CBOT|CME|LME|MATIF|Euronext|Chicago|New York|London|Kansas City|front-month"
    r"|most-active|benchmark|nearby)"
)
# "In December gold rose" speaks of the month, not of the contract.
_MONTH_BEFORE = re.compile(
    rf"(?<!\bin )(?<!\bIn )(?<!\bsince )(?<!\bof )(?<!\bduring )(?<!\bby )(?<!\blast )(?<!\bthis )(?<!\bfrom )"
    rf"(?<!\buntil )(?<!\bearly )(?<!\blate )(?<!\bmid-)(?<![\w.])"
    rf"(?P<lead>(?:{_MARKET}\s)?{_MONTHS}\s(?:(?:20\d\d|contract|new-crop)\s)?)$"
)
_MARKET_BEFORE = re.compile(rf"\b{_MARKET}\s$")
_FOR_MONTH = re.compile(
    rf"(?:\s(?:prices?|futures?|contracts?))?\sfor\s(?:{_MONTHS}\s?(?:delivery|settlement)?|delivery|settlement)"
)
_FUTURES_AFTER = re.compile(r"\s(?:futures?|contracts?|prices)\b")
# A price in the same breath: "Cocoa in London slid 21 pounds", "Tin hit $21,600", "rose 3-1/4 cents".
_WHERE = r"(?:\s(?:in|on)\s(?:the\s)?[A-Z]\w*+(?:\s[A-Z]\w*+){0,3})?"
_TRADED = (
    r"(?:rose|fell|gained|lost|added|slid|dropped|jumped|climbed|hit|eased|slipped|shed|settled|ended|finished|closed|traded"
    r"|advanced|declined|dipped|edged\s(?:up|down|higher|lower)|up|down|put on|surged|sank|tumbled|rallied|was|at)"
)
_PRICED = re.compile(
    rf"{_WHERE}(?:\s(?:(?:was|were|is|also|futures)\s)?{_TRADED}\s[^.;\n]{{0,30}}?|\s)"
    r"(?:[$£€]\s?\d|\d[\d,./-]*+\s?(?:cents?|c|pence|pounds|euros|ringgit|yuan)\b)"
)
_SETTLES = re.compile(
    r"\b(?:settl(?:e|ed|es|ing|ement)|Comex|COMEX|Nymex|NYMEX)\b|[:–—-]\s?(?:the\s)?futures\b|\bfut\b"
)
_CLAUSE_END = re.compile(
    r"[;\n]|\.\s|,?\s(?:and|while|but|as)\s(?=[A-Za-z ]{2,30}\s(?:rose|fell|was|were|gained|lost|settled|ended))"
)
_SPOT = re.compile(r"\b[Ss]pot\b")
_REACH = 120


def month_before(text: str, start: int) -> int:
    """Where the contract month before a commodity begins ("ICE December cotton"); else where the commodity does."""
    match = _MONTH_BEFORE.search(text[max(0, start - 40) : start])
    return start - len(match["lead"]) if match else start


def is_traded(reading: Reading, start: int, end: int) -> bool:
    """Whether the words around a plain noun ("corn") show that its market price is meant."""
    text = reading.text
    return (
        month_before(text, start) < start
        or bool(_MARKET_BEFORE.search(text[max(0, start - 16) : start]))
        or bool(_FOR_MONTH.match(text, end))
        or bool(_FUTURES_AFTER.match(text, end))
        or bool(_PRICED.match(text, end, min(len(text), end + _REACH)))
    )


def is_future(reading: Reading, start: int, end: int) -> bool:
    """Whether a metal is the exchange's contract, not the metal on the spot."""
    text = reading.text
    if month_before(text, start) < start or _FOR_MONTH.match(text, end):
        return True
    stop = _CLAUSE_END.search(text, end, min(reading.sentence_end(start), end + _REACH))
    clause = text[end : stop.start() if stop else min(reading.sentence_end(start), end + _REACH)]
    return bool(_SETTLES.search(clause)) and not _SPOT.search(clause)
