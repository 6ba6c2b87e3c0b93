"""Currencies and pairs: "EUR/USD", "dollar-yen", "the dollar ... against the yen"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractor.annotate.instruments.names import Found
from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.instruments import pair_id
from extractor.rules.instruments.load import table
from extractor.rules.instruments.words import word_list

_PAIR = re.compile(r"(?<![\w/])([A-Z]{3})(\s?[/\-]\s?|)([A-Z]{3})(?![\w/]|\s?/)")
_JOIN = re.compile(r"\s?(?:/|-|–)\s?|\s(?:v|vs|vs\.|versus)\s(?:the\s)?")
_AGAINST = re.compile(r"\b(?:against|versus|vs\.?|v|towards?|per|to)\s(?:the\s|a\s|its\s|basket)?(?:\w+\s){0,2}$")
_FRONTED = re.compile(r"\b(?:Against|Versus) (?:the )?\Z")
_OF_COUNTRY = re.compile(r"\b[A-Z][a-z]{3,12}[’']s[ \xa0]\Z")  # "South Korea's won"
_LEADS = word_list("currency_before")
_NOT_NEXT = word_list("currency_not_before")
_VERBS = word_list("currency_verbs")


@cache
def codes() -> frozenset[str]:
    return frozenset(str(entry["code"]) for entry in table("currencies")["currency"])


def pairs(reading: Reading) -> Iterator[InstrumentMention]:
    """Pairs written as two ISO codes. The first is the one spoken of."""
    for match in _PAIR.finditer(reading.text):
        one, other = match[1], match[3]
        if one in codes() and other in codes() and one != other:
            yield InstrumentMention(
                start=match.start(), end=match.end(), text=match.group(), form=MentionForm.NAME,
                candidates=(pair_id(one, other),), symbol=one,
            )  # fmt: skip


def is_currency(reading: Reading, found: Found) -> bool:
    """Whether "dollar", "yen", "pound" is the currency here, not a unit after a number or a part of another phrase."""
    if found.alias.noun != "mark":
        return True
    after = reading.next_words(found.last, found.mention.end)
    if after[0] in _NOT_NEXT:
        return False
    before = reading.previous_words(found.first)
    if before[0] in _LEADS or _OF_COUNTRY.search(reading.text, max(0, found.mention.start - 20), found.mention.start):
        return True
    token = reading.tokens[found.first]
    leading = token.text[0].isupper() and (after[0] in _VERBS or after[2] in ("/", "-"))
    return leading or _paired(reading, found)


def _paired(reading: Reading, found: Found) -> bool:
    return reading.text[found.mention.end : found.mention.end + 1] == "/" or reading.text[
        found.mention.start - 1 : found.mention.start
    ] in ("/",)


def join_pairs(reading: Reading, mentions: Sequence[InstrumentMention]) -> list[InstrumentMention]:
    """Currencies named together become their pair; one measured "against" another has that pair as its candidate."""
    joined: list[InstrumentMention] = []
    skip = False
    fronted: dict[int, str] = {}
    for place, mention in enumerate(mentions):
        if skip:
            skip = False
            continue
        if place in fronted:
            mention = replace(mention, candidates=tuple(dict.fromkeys((fronted[place], *mention.candidates))))
        following = mentions[place + 1] if place + 1 < len(mentions) else None
        if _is_word(mention) and following is not None and _is_word(following) and mention.symbol != following.symbol:
            assert mention.symbol is not None
            assert following.symbol is not None
            between = reading.text[mention.end : following.start]
            pair = pair_id(mention.symbol, following.symbol)
            if _JOIN.fullmatch(between):
                text = reading.text[mention.start : following.end]
                joined.append(replace(mention, end=following.end, text=text, candidates=(pair,), noun=None, name=None))
                skip = True
                continue
            if between in (", the ", ", ") and _FRONTED.search(
                reading.text[max(0, mention.start - 14) : mention.start]
            ):
                pair = pair_id(mention.symbol, following.symbol)  # "Against the yen, the euro fell"
                fronted[place + 1] = pair
            near = len(between) < 90 and following.start < reading.sentence_end(mention.start)
            if near and _AGAINST.search(between):
                mention = replace(mention, candidates=tuple(dict.fromkeys((pair, *mention.candidates))))
        joined.append(mention)
    return joined


def _is_word(mention: InstrumentMention) -> bool:
    return mention.symbol in codes() and bool(mention.candidates) and not mention.candidates[0].startswith("equity")
