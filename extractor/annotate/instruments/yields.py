"""Government bond yields: "the 10-year Treasury yield", "yields on ten-year bonds", "the two-year rate"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.instruments.load import table

# How far the words around a maturity can reach.
_BEFORE, _AFTER = 90, 110
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12,
    "thirteen": 13, "fifteen": 15, "seventeen": 17, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_QUALIFIERS = (
    r"benchmark|key|government|sovereign|federal|closely watched|closely followed|constant-maturity|newly issued"
    r"|on-the-run"
)
_NOUNS = (
    r"Treasur(?:y|ies|ys)|T-notes?|T-bonds?|T-bills?|notes?|bonds?|bunds?|gilts?|JGBs?|BTPs?|OATs?|Bonos"
    r"|yields?|rates?|debt|paper|bills?"
)
_VERBS = (
    r"was|were|is|are|rose|fell|at|climbed|dropped|slipped|hit|touched|yielding|yielded|yields?|traded|trading|up|down|jumped|eased"
    r"|edged|ended|settled|gained|added|surged|reached|last|stood|declined|retreated|sank|slid|ticked|dipped|hovered|moved|to"
)
_FIGURE = r"\s[0-9]{1,2}\.[0-9]{1,3}\s?(?:%|per\s?cent\b)"  # "and the 30-year 3.02 percent"
_ABOUT_BONDS = re.compile(r"yield|treasur|bond|basis point", re.IGNORECASE)
_DESK = re.compile(
    r"(?<![\w.,$€£/-])(?P<years>2|3|5|7|10|20|30)(?:s|[yY]r?|YR)"
    r"(?: USTs?)?(?: ylds?)?"
    r"(?=(?: yields?)?(?: (?:at|to|up|down|last|now|rose|fell|dropped|climbed"
    r"|added|gained|lost|shed|slid|jumped|eased|by)){0,2}"
    r" [+-]?(?:[0-9]{1,2}\.[0-9]{1,3}\s?%|[0-9]{1,3}(?:\.[0-9])?\s?bps?\b))"
)
# "Tens: 4.10%", "Twos at 3.91%, up 3 bps": the maturity in words.
_SPOKEN = re.compile(
    r"\b(?P<words>Twos|Threes|Fives|Sevens|Tens|Twenties|Thirties)"
    r"(?=:? (?:(?:at|to|up|down|last|now|closed|ended|rose|fell) ){0,2}[0-9]{1,2}\.[0-9]{1,3}\s?%)"
)
_YEARS_SPOKEN = {"Twos": 2, "Threes": 3, "Fives": 5, "Sevens": 7, "Tens": 10, "Twenties": 20, "Thirties": 30}
_ABOUT_RATES = re.compile(
    r"yield|treasur|bond|curve|\brates\b|\bUSTs?\b|[0-9]\s?bps?\b|\(?[+-][0-9.]+\s?bp", re.IGNORECASE
)
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


@dataclass(frozen=True, slots=True)
class _Grammar:
    """anchor: a maturity. tail: and a bond's word. full: with the words around. verb, bare: "the 10-year rose"."""

    anchor: re.Pattern[str]
    tail: re.Pattern[str]
    full: re.Pattern[str]
    verb: re.Pattern[str]
    bare: re.Pattern[str]
    ten: re.Pattern[str]
    where: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    country = _names([word for words in table("yields")["countries"].values() for word in words])
    maturity = rf"(?P<number>\d{{1,2}}|{'|'.join(_WORDS)})[-\s‑‐](?P<unit>year|yr|month|week)s?"
    adjective = rf"(?:(?:{country}|{_QUALIFIERS})(?:['’]s?)?\s)"
    return _Grammar(
        anchor=re.compile(rf"\b(?:\d{{1,2}}|{'|'.join(_WORDS)})[-\s‑‐](?:year|yr|month|week)s?\b", re.IGNORECASE),
        tail=re.compile(rf"{maturity}\s{adjective}{{0,3}}(?:{_NOUNS})\b", re.IGNORECASE),
        verb=re.compile(rf"\s(?:[a-z]{{3,12}}ly\s)?(?:{_VERBS})\b|{_FIGURE}|[,.;)]|['’]s\s\d", re.IGNORECASE),
        full=re.compile(
            r"(?:\b(?:yields?|rates?|interest rates?|coupon)\s(?:on|of|for)\s(?:the\s|its\s)?)?"
            rf"\b{adjective}{{0,3}}{maturity}\s{adjective}{{0,3}}(?:{_NOUNS})\b(?:['’]s)?(?:\s(?:note|bond|bill)s?\b)?"
            r"(?:['’]s)?(?:\s(?:yields?|rates?|interest rates?)\b)?",
            re.IGNORECASE,
        ),
        bare=re.compile(
            rf"\bthe\s(?:(?:benchmark|U\.S\.|US|Treasury)\s)?(?P<all>{maturity})(?=\s(?:[a-z]{{3,12}}ly\s)?(?:{_VERBS})\b|{_FIGURE}|[,.;)]|['’]s\s\d)",
            re.IGNORECASE,
        ),
        ten=re.compile(r"\b(?:bund|gilt|JGB|BTP|OAT)s?\s(?:yields?|rates?)\b", re.IGNORECASE),
        where=re.compile(rf"(?<!\w)(?:{country})(?!\w)", re.IGNORECASE),
    )


def yields(reading: Reading) -> Iterator[InstrumentMention]:
    """Every yield with a maturity that a market gives one for."""
    grammar, text = _grammar(), reading.text
    done = 0
    for anchor in grammar.anchor.finditer(text):
        if anchor.start() < done:
            continue
        found = _around(reading, anchor, max(done, anchor.start() - _BEFORE))
        if found is not None:
            done = found.end
            yield found
    for match in grammar.ten.finditer(text):
        country = country_of(match.group())
        if country:
            yield _yield(text, match.start(), match.end(), (f"yield:{country}10Y",))
    yield from _shorthand(text)


def _shorthand(text: str) -> Iterator[InstrumentMention]:
    """ "2s 3.91% (+20bp), 10s at 4.34%", "10y 4.10%": a desk's names for Treasuries, where the talk is of yields."""
    for match in _DESK.finditer(text):
        if _ABOUT_RATES.search(text, max(0, match.start() - 120), match.end() + 60):
            yield _yield(text, match.start(), match.end(), (f"yield:{table('yields')['default']}{match['years']}Y",))
    for match in _SPOKEN.finditer(text):
        if _ABOUT_RATES.search(text, max(0, match.start() - 120), match.end() + 60):
            years = _YEARS_SPOKEN[match["words"]]
            yield _yield(text, match.start(), match.end(), (f"yield:{table('yields')['default']}{years}Y",))


def _around(reading: Reading, anchor: re.Match[str], begin: int) -> InstrumentMention | None:
    """The yield a maturity belongs to. The grammar is long, so it is read only where a bond's word follows."""
    grammar, text = _grammar(), reading.text
    end = anchor.end() + _AFTER
    match = grammar.full.search(text, begin, end) if grammar.tail.match(text, anchor.start(), end) else None
    if match and match.start() <= anchor.start() < match.end():
        ids = _ids(text, match)
        return _yield(text, match.start(), match.end(), ids) if ids and not _excluded(text, match) else None
    if not grammar.verb.match(text, anchor.end()):
        return None
    match = grammar.bare.search(text, begin, end)
    if match is None or match.start("all") != anchor.start() or match["unit"].casefold() not in ("year", "yr"):
        return None
    near = text[max(0, match.start() - 160) : match.end() + 160]
    ids = _ids(text, match)
    if not ids or not _ABOUT_BONDS.search(near) or _excluded(text, match):
        return None
    return _yield(text, match.start("all"), match.end("all"), ids)


def _yield(text: str, start: int, end: int, ids: tuple[str, ...]) -> InstrumentMention:
    return InstrumentMention(
        start=start, end=end, text=text[start:end], form=MentionForm.NAME, candidates=ids, noun="yield"
    )


def country_of(words: str) -> str | None:
    """The last country named: "Treasury" says less than "German"."""
    found = [_countries()[match.group().casefold()] for match in _grammar().where.finditer(words)]
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
    country = country_of(match.group())
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
    return before.endswith(("'s", "’s")) and country_of(before.split()[-1][:-2]) is None and "yield" not in words
