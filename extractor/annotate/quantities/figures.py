"""Figures in digits: the number with its sign, its currency, its scale word and its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractor.annotate.quantities import noise
from extractor.annotate.quantities.draft import Draft
from extractor.annotate.quantities.lexicon import Lexicon, NounMeaning, UnitMeaning, flat
from extractor.annotate.quantities.numerals import Numeral, bid_ask, places, read, scaled
from extractor.domain.claim import Direction

_SIGNS = {"+": Direction.UP, "-": Direction.DOWN, "−": Direction.DOWN, "–": Direction.DOWN, "﹣": Direction.DOWN}
# What may stand before a sign; after anything else a dash joins and is no sign.
_BEFORE_SIGN = frozenset(" \t\n\r\xa0\u2009\u202f([{|:;,\"'“‘=>~≈*")
_FOLD = re.compile(r"-?fold(?![A-Za-z])", re.IGNORECASE)
_TIMES = re.compile(r"[ \xa0-]times(?![A-Za-z])", re.IGNORECASE)
_OF_A = re.compile(r"[ \xa0]of[ \xa0](?:an?|one)(?=[ \xa0])", re.IGNORECASE)  # "0.3 of a cent"
_GAP_CHARACTERS = frozenset(" \t\r\n\xa0\u2009\u202f-‑")
_LONGEST_GAP = 10
_POINTS_OF_A_PAIR = 4  # decimals of a currency pair: "1.4102-04" needs no unit to be one
_JOINED = re.compile(r"[-‑–—](?:to[-‑])?[$€£¥₹]?[0-9.]")
_THIRTY_SECONDS = ("/32", "/64")
_THOUSAND, _FEWEST_THOUSANDS = Decimal(1000), 20
_PLACED = re.compile(r"\b(?:over|above|below|under|past|near|around|at|to|from)[ \xa0]\Z", re.IGNORECASE)
_SAID = re.compile(r"\s?[.,;:!?)]|\s*\Z|\s(?:and|but|as|on|in|after|before|again|for|by|from|while|with)\b")
# Screen resolutions, not pence.
_PIXELS = frozenset({360, 480, 540, 720, 1080, 1440, 2160, 4320})


@dataclass(frozen=True, slots=True)
class Suffix:
    """What follows a number: where it ends, what it scales by and what it counts."""

    end: int
    scale: Decimal = Decimal(1)
    unit: str | None = None
    factor: Decimal = Decimal(1)
    time: bool = False
    per: str | None = None
    short_scale: bool = False


def draft_at(text: str, start: int, run_end: int, book: Lexicon, spun: bool) -> Draft | None:
    """The figure whose digits begin at `start`, None where they are none of ours."""
    if quoted := bid_ask(text, start):
        draft = _draft_of(text, start, quoted, book, spun)
        slashed = "/" in text[start : quoted.end]
        if draft and (slashed or quoted.decimals == _POINTS_OF_A_PAIR or draft.unit == "JPY"):
            return draft
    numeral = read(text, start, run_end)
    return _draft_of(text, start, numeral, book, spun) if numeral else None


def _draft_of(text: str, start: int, numeral: Numeral, book: Lexicon, spun: bool) -> Draft | None:
    left, currency, sign = _lead(text, start, book)
    if noise.glued_before(text, left):
        return None
    suffix = suffix_at(text, numeral.end, book, spun=spun, money=currency is not None, value=numeral.value)
    draft = assemble(numeral, left, suffix, currency, sign)
    if suffix.unit and not currency and not sign and _is_year_of(draft, suffix, book):
        return None
    if suffix.time and noise.is_age(text, draft.end):
        return None
    return _settle(text, draft, numeral, suffix, book)


def _is_year_of(draft: Draft, suffix: Suffix, book: Lexicon) -> bool:
    """Whether "2025 jobs" is the jobs of a year: nouns do not count in years, prices and percents do."""
    countable = {meaning.unit for meaning in book.nouns.values()}
    return suffix.unit in countable and noise.year_like(draft)


def _lead(text: str, start: int, book: Lexicon) -> tuple[int, str | None, Direction | None]:
    """Where the figure begins with its currency and sign: (start, currency code or None, sign or None)."""
    left, sign = _sign(text, start)
    if sign is None and start > 1 and text[start - 1] in "-−" and text[start - 2] in book.prefix_ends:
        left, sign = start - 1, Direction.DOWN  # "$-0.30"
    currency = None
    window = text[max(0, left - 10) : left]
    if window and (window[-1] in book.prefix_ends or (window[-1] in " \xa0" and window[-2:-1] in book.prefix_ends)):
        match = book.prefix_before.search(window)
        form = match.group().rstrip() if match else ""
        if match and not _glued_prefix(window, match.start(), form):
            currency = book.prefixes[form]
            left -= len(match.group())
            if sign is None:
                left, sign = _sign(text, left)
    return left, currency, sign


def _glued_prefix(window: str, at: int, form: str) -> bool:
    """Whether a prefix is the end of a word or the second half of a pair ("EUR/USD 1.08")."""
    before = window[at - 1 : at]
    return bool(before) and (before == "/" or (form[0].isalpha() and before.isalnum()))


def _sign(text: str, start: int) -> tuple[int, Direction | None]:
    """The sign glued before `start`, doubled plus included; a dash that joins words or numbers is none."""
    if start == 0 or text[start - 1] not in _SIGNS:
        return start, None
    at = start - 1
    if text[at] == "+" and at and text[at - 1] == "+":
        at -= 1
    if at and text[at - 1] not in _BEFORE_SIGN:
        return start, None
    return at, _SIGNS[text[start - 1]]


def suffix_at(text: str, end: int, book: Lexicon, *, spun: bool, money: bool, value: Decimal) -> Suffix:
    """The scale word and the unit that follow a number ending at `end`. money: a currency stands before it."""
    scale, short = Decimal(1), False
    initial = _initial(text, end)
    if initial in book.scale_initials and (match := book.scale_at.match(text, end)):
        scale, end, short = book.scales[flat(match["long"] or match["short"])], match.end(), match["long"] is None
        initial = _initial(text, end)
    if found := _unit(text, end, book, spun, value * scale, initial):
        meaning, unit_end = found
        if meaning.money or not money:
            return Suffix(unit_end, scale, meaning.unit, meaning.factor, short_scale=short)
    if initial == "o" and not money and value < 1 and (part := _OF_A.match(text, end)):
        found = _unit(text, part.end(), book, spun, value, _initial(text, part.end()))
        if found:
            return Suffix(found[1], unit=found[0].unit, factor=found[0].factor)
    if money or initial not in book.noun_initials:
        return Suffix(end, scale, short_scale=short)
    if scale == 1 and (fold := _FOLD.match(text, end)):
        return Suffix(fold.end(), unit="multiple")
    if scale == 1 and (times := _TIMES.match(text, end)):
        return Suffix(times.end(), unit="multiple" if book.multiple_after.match(text, times.end()) else "count")
    if noun := _noun(text, end, book, value * scale):
        meaning_of_noun, noun_end = noun
        return Suffix(noun_end, scale, meaning_of_noun.unit, time=meaning_of_noun.time, per=meaning_of_noun.per)
    return Suffix(end, scale, short_scale=short)


def _initial(text: str, end: int) -> str:
    """The first letter or sign after a number and its gap, "" at the end of the text."""
    for at in range(end, min(end + _LONGEST_GAP, len(text))):
        if text[at] not in _GAP_CHARACTERS:
            return text[at]
    return ""


def _unit(
    text: str, end: int, book: Lexicon, spun: bool, value: Decimal, initial: str
) -> tuple[UnitMeaning, int] | None:
    if initial.isupper() and (match := book.code_at.match(text, end)):
        return UnitMeaning(match["code"], money=True), match.end()
    if initial not in book.unit_initials:
        return None
    if match := book.unit_at.match(text, end):
        meaning = book.units[flat(match["sign"] or match["form"])]
        if (not meaning.spun or spun) and value >= meaning.at_least:
            return meaning, match.end()
    if (match := book.glued_at.match(text, end)) and not (match["glued"] == "p" and value in _PIXELS):
        return book.glued[match["glued"]], match.end()
    return None


def _noun(text: str, end: int, book: Lexicon, value: Decimal) -> tuple[NounMeaning, int] | None:
    match = book.noun_at.match(text, end)
    if not match:
        return None
    meaning = book.nouns[flat(match["noun"])]
    if meaning.singular and value != 1 and not (meaning.hyphened and match["gap"] in ("-", "‑", " ")):
        return None
    return meaning, match.end()


def assemble(
    numeral: Numeral, start: int, suffix: Suffix, currency: str | None, sign: Direction | None = None
) -> Draft:
    """Number and suffix as one figure, scale words and minor units applied."""
    unit = currency if currency and (suffix.unit is None or currency != "USD") else suffix.unit
    value, decimals, factor = scaled(numeral.value, suffix.scale), numeral.decimals, suffix.factor
    if unit == suffix.unit and suffix.factor != 1 and currency is None:
        value *= suffix.factor
        decimals += places(suffix.factor)
    else:
        factor = Decimal(1)
    return Draft(
        start=start,
        end=suffix.end,
        value=value,
        face=numeral.value,
        unit=unit,
        decimals=decimals,
        scale=suffix.scale,
        factor=factor,
        sign=sign,
        high=numeral.high,
        form="fraction" if numeral.fraction else "bid_ask" if numeral.high else "figure",
        time=suffix.time,
        per=suffix.per,
        grouped=numeral.grouped,
    )


def _joins(text: str, draft: Draft) -> bool:
    """Whether a dash ties the figure to one before it: the high end of "$10-12"."""
    before = text[max(0, draft.start - 2) : draft.start]
    return len(before) == 2 and before[1] in "-‑–—" and (before[0].isdigit() or before[0] == "%")


def _level_in_thousands(text: str, draft: Draft, numeral: Numeral) -> bool:
    """ "back over 82k.": a level where a word of place stands before it and nothing that could be counted after."""
    return (
        draft.scale == _THOUSAND
        and numeral.value >= _FEWEST_THOUSANDS
        and bool(_PLACED.search(text, max(0, draft.start - 12), draft.start))
        and bool(_SAID.match(text, draft.end))
    )


def _settle(text: str, draft: Draft, numeral: Numeral, suffix: Suffix, book: Lexicon) -> Draft | None:
    """Sorts out what has no unit: noise, or weak until it joins a range."""
    if draft.unit is None and numeral.fraction and text[draft.start : draft.end].endswith(_THIRTY_SECONDS):
        draft.unit = "points"  # what bonds are priced in
    if draft.unit is not None:
        return draft
    if draft.form == "bid_ask" or (suffix.short_scale and _level_in_thousands(text, draft, numeral)):
        return draft
    if _JOINED.match(text, draft.end) or _joins(text, draft) or suffix.short_scale or numeral.needs_unit:
        draft.weak = True
        return draft
    return None if noise.bare_is_noise(text, draft, book) else draft
