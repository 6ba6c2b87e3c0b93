"""Indexes whose names begin with a known one: "the S&P 500 Value", "the Nasdaq bank index", "the Dow Jones China 88".

They are no part of what the known one shows. Each gets an id of its own, so that its figures stay with it.
"""

from __future__ import annotations

import re
from functools import cache

from extractor.rules import grammar
from extractor.rules.instruments.words import word_list

_NO_FIGURE = r"(?![.,]?\d|\s?(?:%|per\s?cent|percent|pct|points?|pts)\b|\s?%)"
_GAUGE = r"(?:[Ss]ub-?)?(?:[Ii]ndex(?:es)?|[Gg]auges?|[Bb]asket)"
_PART = r"(?:[Ss]ector|[Gg]roup|[Cc]ohort|[Cc]omplex|[Ss]ub-?[Ii]ndex|[Ss]ub-?[Ii]ndustry)"
_MONTH = r"January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"


def _any(name: str) -> str:
    return "|".join(re.escape(word) for word in sorted(word_list(name), key=len, reverse=True))


@cache
def _named() -> re.Pattern[str]:
    """ "Financial-100", "Next Generation 100", "Golden Dragon China index", "Equal Weight", "ex-Technology"."""
    own = rf"(?!(?i:{_any('index_tail')}|{_DAY}|{_MONTH})\b)"
    plain = r"(?!\w+(?:s|ed)\s)[A-Z][\w&./]*+"  # "Dow Sheds 300", "S&P 500 Closed Above 5000" are headlines
    return re.compile(
        rf"(?:[\s-]{own}[A-Z][\w&./]*+){{1,5}}?(?:-\d{{2,4}}\b|[\s-]{_GAUGE}\b)"
        rf"|(?:\s{own}{plain}){{1,4}}\s\d{{2,4}}\b{_NO_FIGURE}"
        rf"|[\s-](?:{_any('sibling_words')})(?:[\s-](?:[A-Z]\w+|{_GAUGE}|[Ss]elect|[Ww]eight(?:ed)?)\b){{0,3}}"
    )


@cache
def _lower() -> re.Pattern[str]:
    """ "growth index", "regional bank index", "software and services index", "IT sector"."""
    small = grammar.words("irregular_past") | grammar.words("no_subject") | word_list("not_plain")
    small |= word_list("index_tail")
    stops = "|".join(re.escape(each) for each in sorted(small, key=len, reverse=True))
    word = rf"(?!(?i:{stops})\b|\w+(?<!weight)ed\b)[A-Za-z][\w&/-]{{1,24}}+"
    return re.compile(
        rf"(?:['’]s)?\s{word}(?:\s(?:and\s)?{word}){{0,3}}?\s(?:{_GAUGE}|{_PART})\b(?!\s(?:funds?|futures)\b)"
    )


_GAUGE_TAIL = re.compile(r"\s(?:index(?:es)?|gauges?)\Z", re.IGNORECASE)
_NUMBER = re.compile(rf"\s(?:Composite\s|Global\s)?(?:[1-46-9]\d\d|1[0-5]00)\b{_NO_FIGURE}")  # "S&P 400", "S&P 1500"


def sibling_end(text: str, end: int, name: str) -> int | None:
    """Where the name of a sibling ends that begins with the known name before `end`; None where there is none."""
    if name in ("S&P", "Russell"):
        match = _NUMBER.match(text, end)
        if match:
            return match.end()
    for pattern in (_named(), _lower()):
        match = pattern.match(text, end)
        if match:
            return match.end()
    return None


def own_id(name: str) -> str:
    """ "S&P 500 Value index" gives "index:S_P_500_VALUE"."""
    return "index:" + re.sub(r"[\W_]+", "_", _GAUGE_TAIL.sub("", name)).strip("_").upper()
