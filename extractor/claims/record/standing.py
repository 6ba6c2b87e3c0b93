"""Whether a superlative tells of an event at all, judged by the words right before it."""

from __future__ import annotations

import re

from extractor.claims.sentence import Sentence
from extractor.domain.annotation import RecordMention

ALL_TIME = frozenset({"record_high", "record_close", "record_low", "high_52w", "low_52w"})
_ARTICLES = r"(?:(?:the|its|their|an?|that|previous|prior|earlier|old|latest|last|all-time|fresh|new)\s){0,3}$"
_MEASURED_FROM = re.compile(
    rf"\b(?:off|from|below|shy of|short of|away from|under|than|versus|vs\.?|against|compared with)\s{_ARTICLES}",
    re.IGNORECASE,
)
_NEARED = re.compile(
    r"\b(?:near|nearing|nears|neared|close to|closer to|far from|approaching|approached|approaches|towards?"
    r"|within reach of|retest|retesting|challenge|challenging|eyeing|eyes|above|beyond|past|topping|topped)"
    rf"\s{_ARTICLES}",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"\b(?:one of|some of|among|two of|three of)\s(?:the|its|their)\s(?:\w+\s)?$", re.IGNORECASE)
_ON_COURSE = re.compile(
    r"\b(?:on (?:pace|track|course) (?:for|to)|head(?:ed|ing) (?:for|toward)|set for|poised for|bound for|would be"
    r"|could be|may be|might be|will be)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
_MERELY_LISTED = re.compile(r"\b(?:versus|vs\.?|compared with|against)\s(?:its\s|an?\s|the\s)?$", re.IGNORECASE)


_BROKEN = re.compile(
    r"\b(?:snap(?:s|ped|ping)?|end(?:s|ed|ing)?|broke|breaks?|breaking|halt(?:s|ed|ing)?|stop(?:s|ped|ping)?"
    r"|put (?:an end|a stop) to|after|following)\s(?:(?:the|its|their|an?|that)\s)?$",
    re.IGNORECASE,
)
_THEN_ENDED = re.compile(r"\s(?:\w+\s)?(?:ended|came to an end|was snapped|was broken)\b", re.IGNORECASE)


def is_broken(sentence: Sentence, mention: RecordMention) -> bool:
    """ "Snapped a five-day winning streak", "after three down days": the streak ended before the day told of.

    An n-th day is none ("ended a fourth straight day lower"): it is the day told of.
    """
    if mention.number is None or mention.number.lower().endswith(("th", "st", "nd", "rd", "second", "third")):
        return False
    broken = _BROKEN.search(_before(sentence, mention)) or _THEN_ENDED.match(sentence.text, mention.end, sentence.end)
    return mention.metric == "streak" and broken is not None


def is_no_event(sentence: Sentence, mention: RecordMention) -> bool:
    """One of several superlatives, a record only neared, a 52-week figure beside another ("versus a 52-week low")."""
    before = _before(sentence, mention)
    if _ONE_OF.search(before):
        return True
    if mention.metric in ("high_52w", "low_52w") and _MERELY_LISTED.search(before):
        return True
    return mention.metric in ALL_TIME and _NEARED.search(before) is not None


def is_measured_from(sentence: Sentence, mention: RecordMention) -> bool:
    """A record that something is measured from was set on another day: "3% below its record", "shy of"."""
    return mention.metric in ALL_TIME and _MEASURED_FROM.search(_before(sentence, mention)) is not None


def is_on_course(sentence: Sentence, mention: RecordMention) -> bool:
    """ "On pace for its best week": the week is not over."""
    return _ON_COURSE.search(_before(sentence, mention)) is not None


def _before(sentence: Sentence, mention: RecordMention) -> str:
    return sentence.text[max(sentence.start, mention.start - 60) : mention.start]
