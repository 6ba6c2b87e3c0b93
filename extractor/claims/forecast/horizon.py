"""When a forecast can be looked up, and what will count: only where the words leave no doubt about both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extractor.domain.claim import Basis, Claim, Comparator, DateSource, Kind, Modality, SubjectType
from extractor.rules.tolerances import tolerances
from extractor.verify.sessions import DAY, months_before


class Test(StrEnum):
    """What settles a forecast: a day's close, any price up to a day, a change over a window, a count of changes."""

    __test__ = False  # to pytest, which takes the name for its own

    AT = "at"
    REACHED = "reached"
    CHANGE = "change"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """on: the last day the forecast speaks of; it is settled when that day is known."""

    on: date
    test: Test


_PRICED = frozenset(
    {
        SubjectType.EQUITY,
        SubjectType.ETF,
        SubjectType.INDEX,
        SubjectType.YIELD,
        SubjectType.COMMODITY,
        SubjectType.CURRENCY,
        SubjectType.CRYPTO,
    }
)
_LEVELS = frozenset({None, "level", "close", "high", "low"})
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# "Tuesday" may be one that has passed, and "autumn" is no day.
_NAMED_DAY = re.compile(
    rf"\byear[- ]?end\b|\bend of\b|\bend-(?:{_MONTHS}|\d{{4}})|\btomorrow\b"
    rf"|\b(?:{_MONTHS}|[a-z]{{3}}\.)\s\d{{1,2}}\b",
    re.IGNORECASE,
)
# "In October" may be the period of a print that is still to come, and the subject a misreading.
_NAMED_WINDOW = re.compile(r"\b\d{4}\b|\b(?:next|coming)\s(?:week|month|quarter|year)\b", re.IGNORECASE)
# Right before the figure, "$" and "about" between them allowed.
_LEAD = r"\s(?:at|above|below|around|near|up at)\s(?:about\s|around\s)?[$€£]?\Z"
_YEARS_CLOSE = re.compile(rf"\b(?:end|ends|finish|finishes|close|closes)(?:\sout)?\s(?:the|this)\syear{_LEAD}")
_REACHES = re.compile(r"\b(?:reach|hit|touch)\s(?:about\s|around\s)?[$€£]?\Z")
_WITHIN = re.compile(
    r"[^.;,\d]{0,12}\swithin\s(?:the\s(?:next|coming)\s)?(?P<months>\d{1,2}|six|twelve|three)[\s-]months?\b"
)
_MONTHS_IN_WORDS = {"three": 3, "six": 6, "twelve": 12}
# What somebody used to expect, an average over the time, a path with several stops.
_OTHERWISE = re.compile(
    r"\b(?:from|previous(?:ly)?|earlier|former(?:ly)?|prior|old|instead of|rather than|than|versus|vs\.?|averag\w+|mean"
    r"|before|unless|if)\b",
    re.IGNORECASE,
)
_NEAR = 60


def horizon(claim: Claim) -> Horizon | None:
    """None where the claim is no forecast with a figure, or its words name no clear end."""
    if (
        claim.modality is not Modality.FORECAST
        or claim.value is None
        or claim.published is None
        or claim.confidence < tolerances().reading.sure
        or _OTHERWISE.search(_before(claim))
    ):
        return None
    found = _by_kind(claim, claim.published)
    return found if found is not None and found.on > claim.published else None


def _by_kind(claim: Claim, published: date) -> Horizon | None:
    if claim.kind is Kind.LEVEL and claim.subject.type in _PRICED and claim.value_high is None:
        return _of_level(claim, published)
    window = claim.date
    if window is None or window.is_day or window.source is DateSource.IMPLIED or claim.direction is None:
        return None
    if claim.value_high is not None:
        return None
    if claim.kind is Kind.MOVE and claim.metric == "change" and claim.basis in (None, Basis.CLOSE):
        ahead = window.start > published and _NAMED_WINDOW.search(window.text or "")
        if ahead and claim.subject.type in _PRICED:
            return Horizon(on=window.end, test=Test.CHANGE)
    elif claim.kind is Kind.RATE and claim.metric == "count" and _is_year(window.start, window.end):
        return Horizon(on=window.end, test=Test.COUNT)
    return None


def _of_level(claim: Claim, published: date) -> Horizon | None:
    before, after = _before(claim), _after(claim)
    if after is None or claim.basis not in (None, Basis.CLOSE):
        return None
    reaches = bool(_REACHES.search(before))
    within = _WITHIN.match(after)
    if within and claim.metric in (*_LEVELS, "target"):
        months = within["months"]
        count = _MONTHS_IN_WORDS.get(months) or int(months)
        return Horizon(on=months_before(published, -count), test=Test.REACHED)
    if claim.metric not in _LEVELS:
        return None
    if _YEARS_CLOSE.search(before):
        return Horizon(on=date(published.year, 12, 31), test=Test.AT)
    if claim.date is None or not claim.date.is_day or claim.date.source is DateSource.IMPLIED:
        return None
    if not _NAMED_DAY.search(claim.date.text or ""):
        return None
    if reaches and claim.comparator is Comparator.EQUAL:
        return Horizon(on=claim.date.end, test=Test.REACHED)
    return None if reaches or claim.metric in ("high", "low") else Horizon(on=claim.date.end, test=Test.AT)


def _before(claim: Claim) -> str:
    """The words of the sentence up to the figure, the last ones; all of them where the place cannot be told."""
    place = _place(claim)
    return claim.sentence if place is None else claim.sentence[max(0, place - _NEAR) : place]


def _after(claim: Claim) -> str | None:
    place = _place(claim)
    return None if place is None else claim.sentence[place + len(claim.quote) :][:_NEAR]


def _place(claim: Claim) -> int | None:
    """Where the quote stands in its sentence, if it stands there once."""
    return claim.sentence.index(claim.quote) if claim.quote and claim.sentence.count(claim.quote) == 1 else None


def _is_year(start: date, end: date) -> bool:
    return (start.month, start.day, end + DAY) == (1, 1, date(start.year + 1, 1, 1))
