"""Companies quoted as a source, not spoken of: "polled by FactSet", "analysts at UBS", "IHS Markit's services PMI"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.instruments.load import table

_BY = re.compile(
    r"\b(?:(?:polled|surveyed|compiled|tracked|provided|published|released|conducted|gathered|collected|cited) by"
    r"|(?:data|figures|numbers|estimates|calculations|(?:a|the) (?:survey|poll|report|note)|research) (?:from|by|of)"
    r"|according to|per|citing|sources?:)\s(?:the\s|data\s(?:firm|provider)\s|mortgage\s(?:buyer|giant)\s)?$",
    re.IGNORECASE,
)
_POSSESSIVE = r"(?:['’]s?)?"
_LIST = re.compile(r",?\s(?:and|or|&)\s|,\s")
_REACH = 60


@cache
def _ids(key: str) -> frozenset[str]:
    return frozenset(table("voices")[key])


def _any(key: str) -> str:
    return "|".join(sorted(table("voices")[key].split(), key=len, reverse=True))


@cache
def _after() -> re.Pattern[str]:
    """A noun that makes the name a voice, or a verb of saying and what is said."""
    house = r"(?:\s(?:Securities|Research|Markets|Capital|Economics|Investment|Wealth|Private|Global|Asset|Bank))*+"
    return re.compile(
        rf"{_POSSESSIVE}{house}(?:\s(?P<noun>{_any('voiced')})\b|(?:,?\s(?:which|also|now|still)){{0,2}}\s(?P<verb>{_any('says')})\b)",
        re.IGNORECASE,
    )


# "analysts look for Deere to post", "experts waiting for Nvidia": whom they wait for is no voice.
_AWAITED = re.compile(r"\b(?:look|call|wait|hop|search|aim)(?:e|s|ed|ing)? for (?:the )?$", re.IGNORECASE)


@cache
def _own() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any('own')})\b")


@cache
def _at(*keys: str) -> re.Pattern[str]:
    """Somebody at a company: "analysts at", "head of Asian rates strategy at"."""
    between = r"(?:,?\s[\w-]++){0,4}?"
    people = "|".join(_any(key) for key in keys)
    return re.compile(rf"\b(?:{people})\b{between}\s(?:at|of|from|with|for)\s(?:the\s)?$", re.IGNORECASE)


@cache
def _publishes() -> re.Pattern[str]:
    return re.compile(rf"{_POSSESSIVE}(?:[\s/–-](?:[A-Z][\w.&-]*+|{_any('between')})){{0,4}}\s?")


@cache
def _product() -> re.Pattern[str]:
    """What a firm that lives on data sells: "NAB's monthly business survey"."""
    return re.compile(rf"{_POSSESSIVE}(?:[\s/–-][\w-]++){{0,3}}?\s(?:{_any('products')})\b")


def spoken_of(reading: Reading, mentions: Sequence[InstrumentMention]) -> Iterator[InstrumentMention]:
    """Without the companies that are only somebody's source; one printed with its ticker stays, marked as one."""
    statistics = [mention.start for mention in mentions if _is(mention, "indicator:")]
    voice: InstrumentMention | None = None
    for mention in mentions:
        if not _is(mention, "equity:"):
            yield mention
            continue
        place = bisect_left(statistics, mention.end)
        statistic = statistics[place] if place < len(statistics) else None
        listed = voice is not None and bool(_LIST.fullmatch(reading.text, voice.end, mention.start))
        if not _is_voice(reading, mention, statistic, listed=listed):
            voice = None
            yield mention
            continue
        voice = mention
        if mention.form is MentionForm.LISTING:
            yield replace(mention, noun="source")


def _is(mention: InstrumentMention, kind: str) -> bool:
    return bool(mention.candidates) and mention.candidates[0].startswith(kind)


def _is_voice(reading: Reading, mention: InstrumentMention, statistic: int | None, *, listed: bool) -> bool:
    """statistic: where the next statistic is named. listed: the company before it in a list is a voice."""
    text = reading.text
    if (
        statistic is not None
        and statistic - mention.end <= _REACH
        and _publishes().fullmatch(text, mention.end, statistic)
    ):
        return True
    before = text[max(reading.sentence_start(mention.start), mention.start - _REACH) : mention.start]
    if _AWAITED.search(before):
        return False
    if _at("experts").search(before):
        return True
    vendor = not _ids("vendors").isdisjoint(mention.candidates)
    if not vendor and _ids("houses").isdisjoint(mention.candidates):
        return False
    if listed or _BY.search(before) or _at("people").search(before):
        return True
    if vendor and _product().match(text, mention.end, min(len(text), mention.end + _REACH)):
        return True
    after = _after().match(text, mention.end, min(len(text), mention.end + _REACH))
    if after is None:
        return False
    end = reading.sentence_end(mention.start)
    if statistic is not None and statistic < end:
        return True
    return not _own().search(text, after.end(), min(end, after.end() + _REACH))
