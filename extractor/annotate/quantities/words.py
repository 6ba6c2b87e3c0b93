"""Figures in words: "three hikes", "a quarter of a percentage point", "doubled", "third consecutive"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extractor.annotate.quantities.draft import Draft
from extractor.annotate.quantities.figures import Suffix, assemble, suffix_at
from extractor.annotate.quantities.lexicon import SPACE, Lexicon, either, flat, lexicon
from extractor.annotate.quantities.noise import is_age
from extractor.annotate.quantities.numerals import Numeral, places, scaled

_WORD = re.compile(r"[A-Za-z]+")
_PARTS = {
    "half": (1, 2), "halves": (1, 2), "third": (1, 3), "thirds": (1, 3), "quarter": (1, 4), "quarters": (1, 4),
    "fifth": (1, 5), "fifths": (1, 5), "tenth": (1, 10), "tenths": (1, 10), "eighth": (1, 8), "eighths": (1, 8),
}  # fmt: skip
_RATE_WINDOW = 100
_FOUR_PLACES = Decimal("0.0001")


class WordLexicon:
    """Patterns for number words; each is meant for `match(text, position)` where `starter` found one."""

    def __init__(self, book: Lexicon) -> None:
        numbers = book.book.numbers
        self.cardinals = numbers.cardinals
        self.ordinals = numbers.ordinals
        self.multiples = numbers.multiples
        tens = either(word for word, value in numbers.cardinals.items() if value >= 20)
        ones = either(word for word, value in numbers.cardinals.items() if 1 <= value <= 9)
        small = f"(?:(?:{tens})(?:{SPACE}(?:{ones}))?|{either(numbers.cardinals)})"
        hundred = f"(?:{SPACE}(?i:hundred)(?:(?:{SPACE}(?i:and))?{SPACE}{small})?)"
        self.cardinal = re.compile(rf"(?P<n>(?:{small}|(?i:an?)(?={SPACE}(?i:hundred)))(?:{hundred})?)(?![A-Za-z])")
        parts = either(_PARTS)
        self.and_part = re.compile(rf"{SPACE}and{SPACE}(?:an?|one|three){SPACE}(?:half|quarters?|third)(?![A-Za-z])")
        self.fraction = re.compile(
            rf"(?:(?P<top>{ones}|(?i:an?)){SPACE})?(?P<part>{parts})(?![A-Za-z])"
            rf"(?P<of>{SPACE}(?i:of{SPACE}(?:an?|one))(?![A-Za-z])|{SPACE}(?i:an?)(?![A-Za-z]))?"
        )
        self.whole = re.compile(rf"{SPACE}(?i:of{SPACE}(?:its|their|the|all|his|that|this)|its|their)(?![A-Za-z])")
        self.article = re.compile(rf"{SPACE}(?i:an?|per|each|every|daily)(?![A-Za-z])")
        self.half_year = re.compile(r"(?i:first|second|latter|other|previous|last|next|this|prior|h|back)[ \n-]$")
        self.one = re.compile(
            rf"(?i:an?){SPACE}(?=(?i:percent|per{SPACE}cent|percentage{SPACE}point|basis{SPACE}point|penny"
            rf"|dozen|thousand|million|billion|trillion)(?![A-Za-z]))"
        )
        self.dozen = re.compile(rf"{SPACE}(?i:dozen)(?![A-Za-z])")
        self.streak = re.compile(
            rf"(?P<n>{either(numbers.ordinals)}|[0-9]{{1,3}}(?:st|nd|rd|th)){SPACE}"
            rf"(?:(?P<streak>{either(numbers.streaks)})"
            rf"|[A-Za-z-]{{2,20}} (?:[A-Za-z-]{{2,20}} )?(?P<row>in a row))(?![A-Za-z])"
        )
        self.not_multiple = re.compile(rf"{SPACE}(?:{either(numbers.multiple_not_before)})(?![A-Za-z])")
        starters = {*numbers.cardinals, *numbers.multiples, *numbers.ordinals, *_PARTS, "twice"}
        words = "|".join(sorted(starters, key=len, reverse=True))
        self.starter = (
            rf"(?:{words})\b"
            r"|an?(?=\s+(?:hundred|per\s?cent|percentage|basis|penny|dozen|thousand|[mbt]r?illion|half|third|quarter|fifth|tenth|eighth)\b)"
        )
        self.initials = "".join(sorted({word[0] for word in starters} | {"a"}))
        self.sized = re.compile(
            rf"{SPACE}(?=(?:[0-9]{{1,3}}|quarter|half)[- ](?:percentage[- ])?(?:basis[- ])?point[- ]"
            rf"(?:(?:interest[- ])?rate )?(?:hikes|cuts|increases|reductions|moves)\b)"
        )


@cache
def word_lexicon() -> WordLexicon:
    """The compiled number words of the package."""
    return WordLexicon(lexicon())


def drafts_at(text: str, start: int, book: Lexicon, words: WordLexicon, spun: bool) -> Draft | None:
    """The figure in words that begins at `start`, None where the word is no figure there."""
    for reader in (_multiple, streak_at, _fraction, _cardinal, _one):
        if draft := reader(text, start, book, words, spun):
            return draft
    return None


def _multiple(text: str, start: int, book: Lexicon, words: WordLexicon, spun: bool) -> Draft | None:
    match = _WORD.match(text, start)
    word = match.group().lower() if match else ""
    if not match or (word not in words.multiples and word != "twice"):
        return None
    end = match.end()
    if word == "twice":
        if words.article.match(text, end):
            return None
        unit = "multiple" if book.multiple_after.match(text, end) else "count"
        return Draft(
            start=start,
            end=end,
            value=Decimal(2),
            face=Decimal(2),
            unit=unit,
            form="multiple" if unit == "multiple" else "word",
        )
    if words.not_multiple.match(text, end):
        return None
    value = words.multiples[word]
    return Draft(
        start=start, end=end, value=value, face=value, unit="multiple", decimals=places(value), form="multiple"
    )


def streak_at(text: str, start: int, book: Lexicon, words: WordLexicon, spun: bool) -> Draft | None:
    match = words.streak.match(text, start)
    if not match:
        return None
    printed = match["n"].lower()
    value = Decimal(words.ordinals.get(printed) or int(printed[:-2]))
    return Draft(start=start, end=match.end(), value=value, face=value, unit="count", form="ordinal")


def _fraction(text: str, start: int, book: Lexicon, words: WordLexicon, spun: bool) -> Draft | None:
    match = words.fraction.match(text, start)
    if not match:
        return None
    top, (count, parts) = (match["top"] or "a").lower(), _PARTS[match["part"].lower()]
    if (
        top not in ("a", "an", "one")
        and not match["part"].lower().endswith("s")
        and text[match.start("part") - 1] == " "
    ):
        return None  # "two quarter-point cuts"
    value = Decimal((words.cardinals.get(top) or 1) * count) / parts
    value = value if places(value) <= 4 else value.quantize(_FOUR_PLACES)
    if dozen := words.dozen.match(text, match.end()):
        return _counted(text, start, dozen.end(), scaled(value, Decimal(12)), book, words, spun)
    numeral = Numeral(match.end(), value, places(value), fraction=True)
    suffix = suffix_at(text, match.end(), book, spun=spun, money=False, value=value)
    if suffix.unit in ("percent", "percentage_points", "points") or suffix.scale != 1 or suffix.factor != 1:
        hyphened = text[match.end("part")] in "-‑" and top in ("a", "an")
        draft = assemble(numeral, match.start("part") if hyphened else start, suffix, None)
        if draft.unit == "points" and _rate_talk(text, start, draft.end, book):
            draft.unit = "percentage_points"
        draft.weak = draft.unit is None
        return draft
    if (match["top"] is None or top in ("a", "an")) and words.half_year.search(text, max(0, start - 10), start):
        return None
    if match["of"] is None and suffix.unit is None and _of_the_whole(text, start, match, words):
        return assemble(numeral, start, Suffix(match.end()), None)
    return None


def _of_the_whole(text: str, start: int, match: re.Match[str], words: WordLexicon) -> bool:
    """Whether "a third", "half" speaks of a part lost or gained: "by half", "two-thirds of its value"."""
    before = text[max(0, start - 4) : start].lower()
    if before.endswith((" by ", "\nby ")):
        return True
    return match["part"].lower() not in ("quarter", "tenth", "fifth") and bool(words.whole.match(text, match.end()))


def _rate_talk(text: str, start: int, end: int, book: Lexicon) -> bool:
    return bool(book.rate_talk.search(text, max(0, start - _RATE_WINDOW), end + _RATE_WINDOW))


def _read_cardinal(printed: str, words: WordLexicon) -> Decimal:
    total = 0
    for word in flat(printed).split():
        if word == "hundred":
            total = max(total, 1) * 100
        elif word not in ("a", "an", "and"):
            total += words.cardinals[word]
    return Decimal(total)


def _cardinal(text: str, start: int, book: Lexicon, words: WordLexicon, spun: bool) -> Draft | None:
    match = words.cardinal.match(text, start)
    if not match:
        return None
    value, end = _read_cardinal(match["n"], words), match.end()
    if part := words.and_part.match(text, end):
        piece = part.group().lower()
        value += Decimal("0.75") if "three" in piece else Decimal("0.5") if "half" in piece else Decimal("0.25")
        end = part.end()
    if dozen := words.dozen.match(text, end):
        value, end = value * 12, dozen.end()
    if value == 0:
        return _zero(text, start, end, book, spun)
    return _counted(text, start, end, value, book, words, spun)


def _counted(
    text: str, start: int, end: int, value: Decimal, book: Lexicon, words: WordLexicon, spun: bool
) -> Draft | None:
    """A counted number with what it counts; weak, to be the low end of a range, where nothing is counted."""
    suffix = suffix_at(text, end, book, spun=spun, money=False, value=value)
    if suffix.unit is None and (words.sized.match(text, end) or book.elliptic_at.match(text, end)):
        suffix = Suffix(end, unit="count")
    if value == 1 and suffix.unit == "days" and text[end : end + 1] not in "-‑":
        return None
    if value == 1 and suffix.unit == "points" and text[max(0, start - 3) : start].lower() == "at ":
        return None  # "at one point"
    if suffix.time and is_age(text, suffix.end):
        return None
    draft = assemble(Numeral(end, value, places(value)), start, suffix, None)
    draft.form = "word"
    draft.weak = draft.unit is None and suffix.scale == 1
    return draft


def _zero(text: str, start: int, end: int, book: Lexicon, spun: bool) -> Draft | None:
    """Zero counts beside a unit, and as a rate where the talk is of rates: "near zero"."""
    suffix = suffix_at(text, end, book, spun=spun, money=False, value=Decimal(0))
    if suffix.unit is None:
        if text[end : end + 1] in ("-", "‑") and text[end + 1 : end + 2].isalpha():
            return None
        before = text[max(0, start - 12) : start].lower().rstrip("- ")
        if not before.endswith(("near", "to", "at", "above", "below", "around", "about", "from", "virtually")):
            return None
        suffix = Suffix(end, unit="percent" if _rate_talk(text, start, end, book) else None)
    draft = assemble(Numeral(end, Decimal(0), 0), start, suffix, None)
    draft.form = "word"
    return draft


def _one(text: str, start: int, book: Lexicon, words: WordLexicon, spun: bool) -> Draft | None:
    """ "a percent", "a dozen hikes", "a billion dollars": the article counts one."""
    match = words.one.match(text, start)
    if not match:
        return None
    end, value = start + (2 if text[start + 1] in "nN" else 1), Decimal(1)
    if dozen := words.dozen.match(text, end):
        value, end = Decimal(12), dozen.end()
    suffix = suffix_at(text, end, book, spun=spun, money=False, value=value)
    if suffix.unit is None:
        return None
    if text[max(0, start - 3) : start].lower() == "as " or text.startswith(" of ", suffix.end):
        return None
    draft = assemble(Numeral(end, value, 0), start, suffix, None)
    draft.form = "word"
    return draft
