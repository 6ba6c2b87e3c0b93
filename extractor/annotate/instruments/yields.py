"""Government bond yields: "the 10-year Treasury yield", "yields on ten-year bonds", "the two-year rate"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.instruments.load import table

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12,
    "thirteen": 13, "fifteen": 15, "seventeen": 17, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_QUALIFIERS = r"benchmark|key|government|sovereign|federal|closely watched|closely followed|constant-maturity|newly issued|on-the-run"
_NOUNS = (
    r"Treasur(?:y|ies|ys)|T-notes?|T-bonds?|T-bills?|notes?|bonds?|bunds?|gilts?|JGBs?|BTPs?|OATs?|Bonos|yields?|rates?|debt|paper|bills?"
    r"|bund-yields?"
)
_VERBS = (
    r"was|were|is|are|rose|fell|at|climbed|dropped|slipped|hit|touched|yielding|yielded|yields?|traded|trading|up|down|jumped|eased"
    r"|edged|ended|settled|gained|added|surged|reached|last|stood|declined|retreated|sank|slid|ticked|dipped|hovered|moved|to"
)
_ABOUT_BONDS = re.compile(r"yield|treasur|bond|basis point", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:gap|spread|difference|curve|inversion|premium)\b[^.\n]{0,40}\bbetween\b[^.\n]{0,60}$", re.IGNORECASE
)
_NEXT = re.compile(r"\s(?:of return|mortgages?|loan|plan|fixed|deal|contract|auction of)\b")
_LIST = re.compile(r"\sin ((?:[A-Z][\w.]+(?: [A-Z][\w.]+)?(?:, | and |, and )?){1,9})")


def _names(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _countries() -> dict[str, str]:
    return {word.casefold(): code for code, words in table("yields")["countries"].items() for word in words}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    country = _names([word for words in table("yields")["countries"].values() for word in words])
    maturity = rf"(?P<number>\d{{1,2}}|{'|'.join(_WORDS)})[-\s‑‐](?P<unit>year|yr|month|week)s?"
    adjective = rf"(?:(?:{country}|{_QUALIFIERS})(?:['’]s?)?\s)"
    full = re.compile(
        rf"(?:\b(?:yields?|rates?|interest rates?|coupon)\s(?:on|of|for)\s(?:the\s|its\s)?)?"
        rf"\b{adjective}{{0,3}}{maturity}\s{adjective}{{0,3}}(?:{_NOUNS})\b(?:['’]s)?(?:\s(?:note|bond|bill)s?\b)?(?:['’]s)?"
        rf"(?:\s(?:yields?|rates?|interest rates?)\b)?",
        re.IGNORECASE,
    )
    bare = re.compile(
        rf"\b(?:the|The)\s(?:(?:benchmark|U\.S\.|US|Treasury)\s)?(?P<all>{maturity})(?=\s(?:{_VERBS})\b|[,.;)])"
    )
    ten = re.compile(rf"\b{adjective}?(?:bund|gilt|JGB|BTP|OAT)s?\s(?:yields?|rates?)\b", re.IGNORECASE)
    where = re.compile(rf"(?<!\w)(?:{country})(?!\w)", re.IGNORECASE)
    return full, bare, ten, where


def yields(reading: Reading) -> Iterator[InstrumentMention]:
    """Every yield with a maturity that a market gives one for."""
    full, bare, ten, _ = _patterns()
    text = reading.text
    for match in full.finditer(text):
        ids = _ids(text, match)
        if ids and not _excluded(text, match):
            yield _yield(text, match.start(), match.end(), ids)
    for match in bare.finditer(text):
        around = text[max(0, match.start() - 160) : match.end() + 160]
        ids = _ids(text, match)
        if (
            ids
            and match["unit"].lower() in ("year", "yr")
            and _ABOUT_BONDS.search(around)
            and not _excluded(text, match)
        ):
            yield _yield(text, match.start("all"), match.end("all"), ids)
    for match in ten.finditer(text):
        country = _country(match.group())
        if country:
            yield _yield(text, match.start(), match.end(), (f"yield:{country}10Y",))


def _yield(text: str, start: int, end: int, ids: tuple[str, ...]) -> InstrumentMention:
    return InstrumentMention(
        start=start, end=end, text=text[start:end], form=MentionForm.NAME, candidates=ids, noun="yield"
    )


def _country(words: str) -> str | None:
    """The last country named: "Treasury" says less than "German"."""
    found = [_countries()[match.group().casefold()] for match in _patterns()[3].finditer(words)]
    return next((code for code in found if code != "US"), found[0] if found else None)


def _ids(text: str, match: re.Match[str]) -> tuple[str, ...]:
    rules = table("yields")
    printed = match["number"].casefold()
    number = int(printed) if printed.isdigit() else _WORDS[printed]
    unit = match["unit"].casefold()
    if unit == "week":
        maturity = rules["weeks_as"].get(str(number)) if number in rules["weeks"] else None
    elif unit == "month":
        maturity = f"{number}M" if number in rules["months"] else None
    else:
        maturity = f"{number}Y" if number in rules["years"] else None
    if maturity is None:
        return ()
    country = _country(match.group())
    if country is None:
        listed = _LIST.match(text, match.end())
        if listed:
            words = [_countries().get(word.casefold()) for word in re.split(r", and |, | and ", listed[1].strip(" ,"))]
            found = tuple(f"yield:{code}{maturity}" for code in words if code)
            if found:
                return found
    return (f"yield:{country or rules['default']}{maturity}",)


def _excluded(text: str, match: re.Match[str]) -> bool:
    """A spread between two yields, a company's own bond, a law ("two-year bill"), a loan."""
    if _NEXT.match(text, match.end()) or _BETWEEN.search(text[max(0, match.start() - 110) : match.start()]):
        return True
    words = match.group().casefold()
    if words.endswith(("bill", "bills")) and match["unit"].casefold() == "year" and match["number"] not in ("1", "one"):
        return True
    before = text[max(0, match.start() - 24) : match.start()].rstrip()
    return before.endswith(("'s", "’s")) and _country(before.split()[-1][:-2]) is None and "yield" not in words
