"""Patterns of the rules file made into regular expressions.

A slot is a named piece of pattern: what it catches becomes a field of the date. Every slot is bounded,
so that no pattern can take more than a fixed number of steps at any place of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extractor.rules.periods import PeriodRules

# A gap inside a line of prose: a line break may be in it, an empty line may not.
GAP = r"(?:[^\S\r\n]{1,3}|[^\S\r\n]{0,2}\r?\n[^\S\r\n]{0,8})"
DASH = "[-\u2010\u2011\u2012\u2013\u2014]"
APOSTROPHE = "['\u2019\u2018\u02bc]"
EITHER = f"(?:{GAP}|{DASH})"
_YEAR = r"(?:1[89]|20)\d\d(?!\d|[.,]\d|%)"
_SLOT = re.compile(r"<(\w+)>")


def any_of(words: Iterable[str]) -> str:
    """An alternation, longest first, in which a space stands for a gap and an apostrophe for any."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_literal(word) for word in ordered) + ")"


def _literal(words: str) -> str:
    pieces = re.split(r"([ '-])", words)
    written = {" ": GAP, "'": APOSTROPHE, "-": DASH}
    return "".join(written.get(piece, re.escape(piece)) for piece in pieces)


def _every(table: Mapping[int, Iterable[str]] | Mapping[str, Iterable[str]]) -> list[str]:
    return [word for words in table.values() for word in words]


def _cased(words: Iterable[str]) -> str:
    """Capitalised or in capitals, but never small."""
    forms = {form for word in words for form in (word, word.upper())}
    return f"(?-i:{any_of(forms)})"


def slots(rules: PeriodRules) -> dict[str, str]:
    """Slot names and what they stand for. A group's name, up to a "__", is the field it fills."""
    full = [names[0] for names in rules.months.values()]
    short = [name for names in rules.months.values() for name in names[1:]]
    capital = set(rules.words.capital_only_months)
    ambiguous = rules.words.ambiguous_months
    small = any_of(name for name in full if name not in capital)
    month = rf"(?:(?:{small}|{_cased(capital)})\b|{_cased(short)}\b\.?)"
    # "August" needs its capital to be a month, but no more than that; "May" needs words around it.
    sure = rf"(?:{small}|{_cased(capital - set(ambiguous))})\b"
    weekdays = [names[0] for names in rules.weekdays.values()]
    weekdays_short = [name for names in rules.weekdays.values() for name in names[1:]]
    days = r"(?:3[01]|[12]\d|0?[1-9])"
    not_days = any_of([]) if not rules.words.counted_not_days else "|".join(rules.words.counted_not_days)
    not_years = "|".join(rules.words.counted_not_years)
    clock_zones = any_of(_every(rules.clock_zones))
    return {
        "month": f"(?P<month>{month})",
        "m": month,
        "monthsure": f"(?P<month>{sure})",
        "monthambiguous": rf"(?P<month>{_cased(ambiguous)}\b)",
        "monthlead": rf"{any_of(rules.words.month_leads)}{EITHER}",
        "day": rf"(?P<day>{days})(?:st|nd|rd|th)?(?!\d)",
        "day2": rf"(?P<day2>{days})(?:st|nd|rd|th)?(?!\d)",
        "dayfree": rf"(?<![\w$€£¥.,:/+-])(?P<day>{days})(?:st|nd|rd|th)?(?!\d)",
        "dd": rf"(?P<day>{days})(?!\d)",
        "mm": r"(?P<mm>1[0-2]|0?[1-9])(?!\d)",
        "year": f"(?P<year>{_YEAR})",
        "yearof": f"(?P<year>{_YEAR})",
        "y": _YEAR,
        "year2": f"(?P<year2>{_YEAR})",
        "yy": r"(?P<yy>\d\d)(?!\d)",
        "q": "(?P<number_at>[1-4])",
        "h": "(?P<number_at>[12])",
        "ord": rf"(?P<ordinal>{any_of(_every(rules.ordinals))})\b",
        "ord2": rf"(?P<ordinal>{any_of([*rules.ordinals[1], *rules.ordinals[2]])})\b",
        "weekday": rf"(?P<weekday>{any_of(weekdays)})\b",
        "weekdayabbr": rf"(?P<weekday>{_cased(weekdays_short)})\b\.?",
        "season": rf"(?P<season>{any_of(_every(rules.seasons))})\b",
        "seasonsure": rf"(?P<season>spring|summer|autumn|winter|(?<=the )fall(?!{GAP}(?:in|of|from)\b))\b",
        "anchor": rf"(?P<anchor>{any_of(_every(rules.anchors))})\b",
        "unit": rf"(?P<unit>{any_of(_every(rules.units))})\b",
        "unitlong": r"(?P<unit>week|month|quarter|year|half-year|decade)\b",
        "unitspan": r"(?P<unit>week|month|quarter|year)\b",
        "unitwhole": r"(?P<unit>week|month|quarter|year|decade)\b",
        "unitly": r"(?P<unit>week|month|quarter|year)ly\b",
        "todate": r"(?P<unit>YTD|QTD|MTD|WTD)\b",
        "number": rf"(?P<number>{any_of(_every(rules.numbers))})\b",
        "digits": r"(?<![\d.,])(?P<digits>\d{1,3})(?!\d)",
        "hour": r"(?P<hour>1[0-2]|0?[1-9])",
        "hour24": r"(?P<hour>2[0-3]|[01]?\d)",
        "minute": r"(?P<minute>[0-5]\d)(?!\d)",
        "ampm": r"(?P<ampm>[ap]m\b|[ap]\.m\b\.?)",
        "tz": rf"(?-i:{clock_zones})\b(?:{GAP}time\b)?",
        "numstart": r"(?<![\w.,:/$€£¥+-])",
        "numend": r"(?![\w/]|[.,:-]\d)",
        "nocount": rf"(?!\d|[.,:/]\d|{GAP}?%|{EITHER}(?:{not_days})\b)",
        "noyear": rf"(?!\d|[.,:/]\d|{GAP}?%|{EITHER}(?:{not_years})\b)",
        "noquarter": rf"(?!{DASH}(?:point|percentage|a{DASH}point)|{GAP}of{GAP}(?:a|one){GAP}(?:point|percent))",
        "nodayafter": r"(?!\w)",
        "commodity": any_of(rules.words.commodities),
        "grades": f"(?:{any_of(rules.words.commodity_grades)}{GAP}){{0,2}}",
        "capital": "(?-i:[A-Z])",
        "printed": rf"{any_of(rules.words.printed_statistics)}(?!\w)",
        "statistics": rf"(?:{'|'.join(rules.words.commodity_statistics)})\b",
    }


def translate(pattern: str, named: Mapping[str, str]) -> str:
    """A pattern of the rules file as a regular expression. Raises KeyError for a slot that does not exist."""
    written = {" ": GAP, "_": EITHER, "-": DASH, "'": APOSTROPHE, "{": "(?P<date>", "}": ")"}
    seen: dict[str, int] = {}

    def slot(match: re.Match[str]) -> str:
        return re.sub(r"\(\?P<(\w+)>", numbered, named[match.group(1)])

    def numbered(match: re.Match[str]) -> str:
        # A slot may stand several times in one pattern; a group's name may not.
        name = match.group(1)
        seen[name] = seen.get(name, 0) + 1
        return match.group() if seen[name] == 1 else f"(?P<{name}__{seen[name]}>"

    out: list[str] = []
    at = 0
    in_class = escaped = False
    while at < len(pattern):
        char = pattern[at]
        found = None if in_class or escaped else _SLOT.match(pattern, at)
        if found:
            out.append(slot(found))
            at = found.end()
            continue
        if not escaped and not in_class and char in written:
            out.append(written[char])
        else:
            out.append(char)
        if not escaped:
            in_class = char == "[" or (in_class and char != "]")
        escaped = not escaped and char == "\\"
        at += 1
    return "".join(out)
