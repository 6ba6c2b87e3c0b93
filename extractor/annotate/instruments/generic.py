"""Nouns that point back: "the index", "the chipmaker", "its shares", "the index of small-cap stocks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.instruments.load import generic_nouns
from extractor.rules.instruments.model import GenericNoun

_DETERMINER = r"(?:the|this|that|its|their|The|This|That|Its|Their|THE)"
_PLAIN_WORD = r"(?!(?:of|and|or|in|on|at|to|for|by|with|from|as|than|that|which|is|was|are|were|said|the|a|an|its|will|has|had|have|but|after|before|while|when|if|who|rose|fell|hit|saw)\b)[a-z0-9][\w'’&-]{0,24}"
# Nouns after a head that make it something else: "the stock market", "the bank holiday", "the yield curve".
_NOT_NEXT = re.compile(
    r"[\s-](?:market|markets|exchange|exchanges|index|indexes|futures|options?|holiday|holidays|curve|fund|funds|cycle|prices?|wide"
    r"|issues?|buyback|buybacks|split|owner|owners|manager|managers|rally|sector|industry|investors?|picker|pickers|account|note)\b(?!['’]s? (?:rose|fell))"
)
_BARE_SHARES = re.compile(
    r"(?:Shares|shares|Stock)(?=\s(?:rose|fell|gained|lost|jumped|dropped|climbed|slid|surged|tumbled|were|are|was|have|had|closed|ended|traded|hit|slipped|added|soared|sank|plunged|rallied|advanced|declined|finished|opened)\b)"
)
_NO_YIELD = re.compile(r"(?:dividend|stock|crop|that|which|it|share|fund|wafer|account|and)\s$")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, GenericNoun]]:
    nouns = generic_nouns()
    table = {noun.phrase.casefold(): noun for noun in reversed(nouns)}
    heads = "|".join(re.escape(noun.phrase) for noun in nouns)
    determined = re.compile(rf"\b{_DETERMINER}\s(?:{_PLAIN_WORD}\s){{0,2}}?(?P<head>{heads})\b", re.IGNORECASE)
    phrases = [
        noun for noun in nouns if noun.ids or " " in noun.phrase and noun.noun == "yield" or noun.phrase == "yields"
    ]
    alone = re.compile(rf"\b(?P<head>{'|'.join(re.escape(noun.phrase) for noun in phrases)})\b", re.IGNORECASE)
    return determined, alone, table


def generics(reading: Reading) -> Iterator[InstrumentMention]:
    """Every pointing noun, with what it can point back to. A hint is given where the words leave one instrument."""
    text = reading.text
    determined, alone, table = _patterns()
    for match in determined.finditer(text):
        if not _NOT_NEXT.match(text, match.end()) and "\n\n" not in match.group():
            yield _generic(match, table[match["head"].casefold()])
    for match in alone.finditer(text):
        noun = table[match["head"].casefold()]
        if noun.noun == "yield" and _NO_YIELD.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        if noun.noun == "yield" and noun.phrase == "yields" and re.match(r"\s\d", text[match.end() : match.end() + 2]):
            continue
        yield _generic(match, noun)
    for match in _BARE_SHARES.finditer(text):
        index = reading.token_after(match.start())
        if reading.opens_sentence(index):
            yield InstrumentMention(
                start=match.start(), end=match.end(), text=match.group(), form=MentionForm.GENERIC, noun="stock"
            )


def _generic(match: re.Match[str], noun: GenericNoun) -> InstrumentMention:
    return InstrumentMention(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        form=MentionForm.GENERIC,
        noun=noun.noun,
        candidates=noun.ids,
    )
