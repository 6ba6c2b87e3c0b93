"""What part a date plays in its sentence, judged by the words around it."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from extractor.domain.annotation import DateExpression, DateForm
from extractor.rules.periods import load


class Role(StrEnum):
    """What a date does in its sentence."""

    WHEN = "when"  # "on Monday", "in November": when the claim holds
    WINDOW = "window"  # "year to date", "over the past month": what a move is measured over
    REFERENCE = "reference"  # "from a year earlier", "best since June": what something is compared with


_COMPARED = re.compile(
    r"(?<!\w)(?:from|than|versus|vs\.?|against|compared (?:with|to)|after|following|before|ahead of|until|into|"
    r"where (?:it|they|prices|shares|futures|yields) "
    r"(?:stood|was|were|had been|closed|ended|traded|left off|began|started)|"
    r"(?:as|like) (?:it|they|he|she) (?:had|has|did|was|were))"
    r"\s(?:the\s|its\s|about\s|that of\s|those of\s|in\s|on\s|at\s)?\Z",
    re.IGNORECASE,
)
# What a day can have of its own: "Monday's record", "the Nov. 8 closing high".
PRICE_NOUN = (
    r"(?:record|high|low|peak|trough|top|bottom|close|finish|settlement|settle|level|highs|lows|"
    r"closing (?:price|level)|(?:closing|record|session|intraday|all-time) (?:high|low|peak|close))\b"
)
_CHANGE_NOUN = (
    r"(?:gains?|loss(?:es)?|drops?|declines?|falls?|slides?|slumps?|rall(?:y|ies)|jumps?|surges?|advances?|"
    r"rebounds?|bounce|sell-?off|rout|plunge|dip|pullback|rise|tumble|retreat)\b"
)
_MEASURED_AGAINST = re.compile(
    r"(?<!\w)(?:below|beneath|under|underneath|above|off|shy of|short of|near|than|over|past|beyond|exceed\w*|top\w*|"
    r"surpass\w*|break\w*|broke|match\w*|beat\w*|(?<!as )of|from|to|test\w*|eclips\w*|reclaim\w*)"
    r"\s(?:its\s|the\s|their\s|a\s|last\s)?\Z",
    re.IGNORECASE,
)
_ECHOING = re.compile(
    r"(?<!\w)(?:eras\w+|extend\w*|add(?:ing|ed) to|recoup\w*|revers\w+|trimm?\w*|par(?:ing|ed)|more than|"
    r"making up for|made up for|on top of|building on|built on|unw\w+|recover\w* from|rebound\w* from|claw\w* back|"
    r"retrac\w+|offset\w*|wip\w+ out|giv\w+ back|gave back|follow\w*|after|despite|of)\s(?:all of\s|most of\s|"
    r"much of\s|some of\s|half of\s|its\s|the\s|their\s){0,2}\Z",
    re.IGNORECASE,
)
# "down 31% from its peak on", "off its high of 126,000 on": the day is the peak's.
_FROM_PEAK = re.compile(
    r"(?<!\w)(?:from|below|beneath|under|above|off|shy of|short of|than)\s(?:its|the|their|a|an)\s(?:[\w-]+\s){0,3}?"
    rf"{PRICE_NOUN}(?:\s(?:of|at|near|around|above)\s[$€£]?\d[\d.,]*+%?)?,?"
    r"\s(?:(?:set|reached|hit|touched|struck|made)\s)?(?:on|in|of|from)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?"
)
_SINCE_EVENT = re.compile(
    rf"(?<!\w)since\s(?:\w{{3,20}}ing\b(?:[^,;.\n]|[.,](?=\d)){{0,40}}|(?:its|the|their|a)\s(?:[\w-]+\s){{0,3}}?{PRICE_NOUN}[^,;.\n]{{0,12}}|"
    rf"(?:its|the|their)\s|(?:(?!\d|(?:{_MONTHS})\b)[\w’'-]+\s){{1,7}}?on\s)\Z",  # not "since March 3 on Friday"
    re.IGNORECASE,
)
# "their worst day since last April and October": the second date is compared with as the first one is.
_SINCE_BOTH = re.compile(
    r"(?<!\w)since\s(?:(?:last|early|late|mid)[\s-])?(?-i:[A-Z0-9])[\w.]{2,10}(?:,?\s\d{1,4}){0,2},?\s(?:and|or)\s(?:last\s)?\Z",
    re.IGNORECASE,
)
_ITS_PRICE = re.compile(rf"(?:['’]s?)?\s(?:[\w-]+\s){{0,2}}?{PRICE_NOUN}", re.IGNORECASE)
_ITS_CHANGE = re.compile(rf"['’]s?\s(?:[\w.%-]+\s){{0,3}}?{_CHANGE_NOUN}", re.IGNORECASE)


@cache
def _superlative() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load().words.superlatives)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)[^.;:]{{0,60}}\Z", re.IGNORECASE)


_IT_WAS = re.compile(r",?\s(?:it|they)\s(?:was|were|stood|had been|traded)\b")
_HOW_FAR = re.compile(r"\d\s?(?:%|per ?cent|percent)\s\Z", re.IGNORECASE)


def role(expression: DateExpression, text: str) -> Role:
    """What a date does where it stands in `text`, judged by the words right before it."""
    before = text[max(0, expression.start - 80) : expression.start]
    if expression.form is DateForm.SINCE:
        bounded = expression.anchor in ("since", "within", "past_some", "then")
        if not bounded or (expression.anchor == "within" and _HOW_FAR.search(before)):
            return Role.WINDOW  # "the second-largest coin has put on 21% in seven days"
        return Role.REFERENCE if _superlative().search(before) else Role.WINDOW
    if expression.form is DateForm.RELATIVE and expression.anchor in ("ago", "previous"):
        earlier = re.search(
            r"\b(?:earlier|before|previously|ago|close|session|period)\b", expression.text, re.IGNORECASE
        )
        fronted = not before.strip() or before.rstrip(" ")[-1:] in ".!?\n"
        if fronted and expression.unit in ("day", "session") and text[expression.end : expression.end + 1] == ",":
            return Role.WHEN  # "Two days earlier, the Dow had dropped 302 points"
        if fronted and _IT_WAS.match(text, expression.end):
            return Role.WHEN  # "A week ago it was 16.39"
        if earlier and not expression.text.lower().startswith("yesterday"):
            return Role.REFERENCE
    if _SINCE_BOTH.search(before[-48:]):
        return Role.REFERENCE
    if since_event(expression, text):
        return Role.REFERENCE if _superlative().search(before[: before.lower().rindex("since")]) else Role.WHEN
    if expression.form is not DateForm.RANGE and (_COMPARED.search(before[-40:]) or _echoed(expression, text, before)):
        return Role.REFERENCE
    return Role.WHEN


def since_event(expression: DateExpression, text: str) -> bool:
    """ "Since hitting a low on April 8", "since its Oct. 29 record": a window that opens on that day."""
    return bool(_SINCE_EVENT.search(text, max(0, expression.start - 60), expression.start))


def _echoed(expression: DateExpression, text: str, before: str) -> bool:
    """ "a cent under Monday's close", "12% beneath its Nov. 8 record", "erasing Friday's loss": another day's price."""
    if expression.form is not DateForm.WEEKDAY and _FROM_PEAK.search(before):
        return True  # but "dragged off its highs on Friday" is Friday's
    if _MEASURED_AGAINST.search(before[-24:]) and _ITS_PRICE.match(text, expression.end, expression.end + 60):
        return True
    return bool(_ECHOING.search(before[-40:]) and _ITS_CHANGE.match(text, expression.end, expression.end + 60))


_AHEAD_CUE = re.compile(
    r"(?<!\w)(?:will|won['’]t|going to|set to|due|scheduled|slated|plans?|planned|planning|expect(?:s|ed)?|likely|"
    r"could|might|may|should|projected|forecasts?|sees|seen|foresees?|until|upcoming|if|by the)(?!\w)"
)
_SENTENCE_END = re.compile(r"[.!?][\s”\"]|\n")


def looks_ahead(expression: DateExpression, text: str) -> bool:
    """Whether the words before a date in its sentence speak of the future; for `resolve(..., future=...)`."""
    before = text[max(0, expression.start - 200) : expression.start]
    ends = [
        match.end() for match in _SENTENCE_END.finditer(before) if before[match.start() - 1 : match.start()].islower()
    ]
    return _AHEAD_CUE.search(before, ends[-1] if ends else 0) is not None
