"""Sectors of an index: "the S&P 500's utilities sector", "energy stocks in the S&P 500". Never the index itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.instruments.load import table

_HEADS = r"(?:sub-?)?(?:sectors?|index|indexes|group|groups)"
_STOCKS = r"(?:stocks|shares|companies|names|sectors?|issues|groups?)"
_VERB = (
    r"(?:was|were|rose|fell|gained|lost|led|bucked|had|is|are|climbed|dropped|slid|jumped|tumbled|added|slipped|advanced"
    r"|declined)"
)


@cache
def _sectors() -> dict[str, str]:
    return {word: key for key, words in table("sectors")["names"].items() for word in words}


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _sector() -> str:
    return rf"(?P<sector>{_any(list(_sectors()))})"


@cache
def _of_index(code: str) -> tuple[re.Pattern[str], ...]:
    """Sectors printed with their index."""
    index = rf"(?<![\w/])(?:{_any(table('sectors')['indexes'][code])})(?:\s(?:composite|index))?"
    return (
        re.compile(rf"{index}(?:['’]s)?\s(?i:{_sector()})\s{_HEADS}\b"),
        re.compile(rf"(?<![\w-])(?i:{_sector()})\s{_STOCKS}\s(?:in|of|on)\sthe\s{index}\b"),
    )


@cache
def _among(code: str) -> re.Pattern[str]:
    """Words that make a paragraph one about an index's sectors."""
    index = rf"(?:{_any(table('sectors')['indexes'][code])})"
    count = r"(?:\d\d\s|eleven\s|main\s|major\s){0,2}"
    return re.compile(rf"{index}(?:['’]s)?\s{count}sectors\b|sectors\s(?:in|of)\sthe\s{index}\b")


@cache
def _subject() -> re.Pattern[str]:
    """A bare sector that is what a sentence is about."""
    return re.compile(rf"(?<![\w-])(?i:{_sector()})(?:\s{_STOCKS})?(?=\s(?:and\s[a-z ]{{4,24}}\s)?{_VERB}\b)")


@cache
def _the_sector() -> re.Pattern[str]:
    return re.compile(rf"\b[Tt]he\s(?:heavyweight\s)?(?i:{_sector()})\s(?:sector|group)\b")


def sectors(reading: Reading, found: tuple[InstrumentMention, ...]) -> Iterator[InstrumentMention]:
    """Every sector of an index that a text speaks of. found: what else it names."""
    text = reading.text
    if "sector" not in text and "tocks in the" not in text and "index" not in text:
        return
    for code in table("sectors")["indexes"]:
        for pattern in _of_index(code):
            for match in pattern.finditer(text):
                yield _mention(code, match, match.start(), match.end())
        for match in _among(code).finditer(text):
            begin, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
            for subject in _subject().finditer(text, begin, end if end >= 0 else len(text)):
                yield _mention(code, subject, subject.start(), subject.end())
                yield from _second(code, text, subject.end())
    own = next((m.candidates[0] for m in found if m.candidates and m.candidates[0].startswith("index:")), "")
    for code, homes in table("sectors")["home"].items():
        if own in homes:
            for match in _the_sector().finditer(text):
                yield _mention(code, match, match.start(), match.end())


def _second(code: str, text: str, end: int) -> Iterator[InstrumentMention]:
    """ "Utilities and real estate bucked the trend": the second of two."""
    match = re.compile(rf"\sand\s(?i:{_sector()})(?:\s{_STOCKS})?(?=\s{_VERB}\b)").match(text, end)
    if match:
        yield _mention(code, match, match.start() + len(" and "), match.end())


def _mention(code: str, match: re.Match[str], start: int, end: int) -> InstrumentMention:
    key = f"index:{code}_{_sectors()[match['sector'].casefold()]}"
    return InstrumentMention(
        start=start,
        end=end,
        text=match.string[start:end],
        form=MentionForm.NAME,
        candidates=(key,),
        name=match["sector"],
    )
