"""Nouns that point back: "the index", "the chipmaker", "its shares", "the index of small-cap stocks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules import grammar
from extractor.rules.instruments.load import generic_nouns
from extractor.rules.instruments.model import GenericNoun
from extractor.rules.instruments.names import keys
from extractor.rules.instruments.words import word_list

_DETERMINERS = frozenset({"the", "this", "that", "its", "their"})
# Nouns after a head that make it something else: "the stock market", "the bank holiday", "the yield curve".
_NOT_NEXT = re.compile(
    r"[\s-](?:market|markets|exchange|exchanges|index|indexes|futures|options?|holiday|holidays|curve|fund|funds|cycle"
    r"|prices?|wide|issues?|buyback|buybacks|split|owner|owners|manager|managers|rally|sector|industry|investors?"
    r"|picker|pickers|account|note)\b"
)
# "the start-up board index ChiNext rose": a name of its own, but "the index Friday rose".
_NAME_NEXT = re.compile(r"[ \xa0](?!\w{3,6}day\b)[A-Z][\w&-]{2,20}+[ \xa0][a-z]")
_OTHER_AVERAGES = frozenset({"transport", "transportation", "utility", "utilities"})
_BARE_SHARES = re.compile(r"\b(?:Shares|Stock)(?=\s(?P<verb>[a-z]{2,12})\b)")
_NO_YIELD = re.compile(r"\b(?:dividend|stock|crop|that|which|it|share|fund|wafer|account|and)\s$")

Phrases = dict[str, list[tuple[tuple[str, ...], GenericNoun]]]


@cache
def _tail() -> re.Pattern[str]:
    """After a determiner: up to two plain words, or where somebody is based, then a head."""
    plain = "|".join(re.escape(word) for word in sorted(word_list("not_plain"), key=len, reverse=True))
    heads = "|".join(re.escape(noun.phrase) for noun in generic_nouns())
    word = rf"(?!(?:{plain})\b)[a-z0-9][\w'’&-]{{0,24}}"
    based = r"(?-i:[A-Z])[\w.,'’ \xa0]{1,40}?-based[ \xa0]"  # "the Menomonee Falls, Wis.-based"
    return re.compile(rf"[ \xa0]{{1,2}}(?:{based})?(?:{word}[ \xa0]){{0,2}}?(?P<head>{heads})\b", re.IGNORECASE)


@cache
def _nouns() -> dict[str, GenericNoun]:
    return {noun.phrase.casefold(): noun for noun in reversed(generic_nouns())}


@cache
def _phrases() -> Phrases:
    """Phrases that need no determiner, by their first token, longest first."""
    table: Phrases = {}
    for noun in generic_nouns():
        if noun.ids or noun.phrase == "yields" or (noun.noun == "yield" and " " in noun.phrase):
            tokens = keys(noun.phrase)
            table.setdefault(tokens[0], []).append((tokens, noun))
    return table


def generics(reading: Reading) -> Iterator[InstrumentMention]:
    """Every pointing noun, with what it can point back to. A hint is given where the words leave one instrument."""
    text = reading.text
    for index, token in enumerate(reading.tokens):
        if token.key in _DETERMINERS:
            match = _tail().match(text, token.end)
            if match and not _NOT_NEXT.match(text, match.end()) and not _names_its_own(match):
                yield _generic(text, token.start, match.end(), _nouns()[match["head"].casefold()])
        yield from _phrase(reading, index)
    for match in _BARE_SHARES.finditer(text):
        if match["verb"] in word_list("share_verbs") and reading.opens_sentence(reading.token_after(match.start())):
            yield _generic(text, match.start(), match.end(), _nouns()["shares"])


def _names_its_own(match: re.Match[str]) -> bool:
    """ "the mining index", "the Gaxter gauge", "the board index ChiNext": one of its own, not that spoken of before."""
    if match["head"].casefold() not in ("index", "gauge", "indexes", "average"):
        return False
    if _NAME_NEXT.match(match.string, match.end()):
        return True
    words = match.group().split()
    if len(words) < 2:
        return False
    word = words[-2].casefold()
    if match["head"].casefold() == "average":  # "the utility average"; but the industrial one is the Dow
        return word in _OTHER_AVERAGES
    if word in grammar.words("industries"):
        return word.capitalize() not in match.string  # "the banks index" may be the Topix Banks named before
    return words[-2][0].isupper() and word.rstrip(".") not in grammar.words("modifiers")


def _phrase(reading: Reading, index: int) -> Iterator[InstrumentMention]:
    """The longest phrase that begins at a token, with the article before it."""
    tokens, text = reading.tokens, reading.text
    for wanted, noun in _phrases().get(tokens[index].key, ()):
        run = tokens[index : index + len(wanted)]
        if tuple(each.key for each in run) == wanted and all(each.joined for each in run[1:]):
            start, end = tokens[index].start, run[-1].end
            if index and tokens[index].joined and tokens[index - 1].key == "the":
                start = tokens[index - 1].start
            if not _verb_or_dividend(text, tokens[index].start, end, noun):
                yield _generic(text, start, end, noun)
            return


def _verb_or_dividend(text: str, start: int, end: int, noun: GenericNoun) -> bool:
    """Whether "yields" is a verb ("it yields 3%") or no bond's ("dividend yields")."""
    if noun.noun != "yield":
        return False
    if _NO_YIELD.search(text[max(0, start - 12) : start]):
        return True
    return noun.phrase == "yields" and text[end : end + 2].strip().isdigit()


def _generic(text: str, start: int, end: int, noun: GenericNoun) -> InstrumentMention:
    return InstrumentMention(
        start=start, end=end, text=text[start:end], form=MentionForm.GENERIC, noun=noun.noun, candidates=noun.ids
    )
