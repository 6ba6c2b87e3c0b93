"""Horizons of prices: a level on a day or up to it, a change over a window still to come."""

from __future__ import annotations

import re
from datetime import date

from extractor.claims.forecast.horizon import Horizon, Test
from extractor.claims.forecast.words import LEAD, MONTHS, after, before
from extractor.domain.claim import PRICED, Basis, Claim, Comparator, DateSource
from extractor.verify.sessions import months_before

_LEVELS = frozenset({None, "level", "close", "high", "low"})
# "Tuesday" may be one that has passed, and "autumn" is no day.
_NAMED_DAY = re.compile(
    rf"\byear[- ]?end\b|\bend of\b|\bend-(?:{MONTHS}|\d{{4}})|\btomorrow\b"
    rf"|\b(?:{MONTHS}|[a-z]{{3}}\.)\s\d{{1,2}}\b",
    re.IGNORECASE,
)
# "In October" may be the period of a print that is still to come, and the subject a misreading.
_NAMED_WINDOW = re.compile(r"\b\d{4}\b|\b(?:next|coming)\s(?:week|month|quarter|year)\b", re.IGNORECASE)
_YEARS_CLOSE = re.compile(rf"\b(?:end|ends|finish|finishes|close|closes)(?:\sout)?\s(?:the|this)\syear{LEAD}")
_REACHES = re.compile(r"\b(?:reach|hit|touch)\s(?:about\s|around\s)?[$€£]?\Z")
_STANDS = re.compile(LEAD)
_SPAN = r"(?:(?P<months>\d{1,2}|three|six|nine|twelve)[\s-]months?|(?P<years>a|one|two)\syears?)"
_UNIT = r"(?:\spoints?|\s(?:an?|per)\s(?:ounce|barrel|share|coin))?"
# "within 12 months", "over the next year": any day up to then.
_WITHIN = re.compile(rf"[^.;,\d]{{0,12}}\swithin\s(?:the\s(?:next|coming)\s)?{_SPAN}\b")
_OVER = re.compile(rf"{_UNIT}\s(?:over|in)\sthe\s(?:next|coming)\s(?:{_SPAN}|year)\b(?!\sof\b)")
# "in 12 months", "a year from now": that day, or where something is to be reached, any day up to it.
_IN = re.compile(rf"{_UNIT}\sin\s{_SPAN}(?:[’']s?\stime)?(?=[.,;)]|\s(?:from now|and|but|as|on)\b|\s?\Z)")
_FROM_NOW = re.compile(rf"{_UNIT}\s{_SPAN}\sfrom\s(?:now|today)\b")
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "six": 6, "nine": 9, "twelve": 12}
# "a 12-month price target of $250"
_OWN_SPAN = re.compile(
    r"\b(?:12-month|one-year)\s(?:price\s)?targets?(?:\sprice)?\s(?:[^.;,$€£%]{1,40}\s)?(?:of|to|at)\s(?:about\s)?[$€£]?\Z",
    re.IGNORECASE,
)
_WEEKDAY = r"Monday|Tuesday|Wednesday|Thursday|Friday"
_WILL_CLOSE = re.compile(
    r"(?:\bwill|[’']ll|\b(?:is|are)\s(?:expected|likely|set|forecast|projected|poised|seen)\sto)\s"
    rf"(?:close|end|finish|settle)(?:\s(?:higher|lower|trading))?{LEAD}"
)
_ON_WEEKDAY = re.compile(rf"{_UNIT}\son\s(?:{_WEEKDAY})(?=[.,;)]|\s(?:as|and|but)\b|\s?\Z)")
_A_WEEK = 7


def of_move(claim: Claim, published: date) -> Horizon | None:
    """ "Rises 10 % in 2026": a window that is wholly still to come."""
    window = claim.date
    if window is None or window.is_day or window.source is DateSource.IMPLIED or claim.direction is None:
        return None
    if claim.metric != "change" or claim.basis not in (None, Basis.CLOSE) or claim.value_high is not None:
        return None
    ahead = window.start > published and _NAMED_WINDOW.search(window.text or "")
    return Horizon(on=window.end, test=Test.CHANGE) if ahead and claim.subject.type in PRICED else None


def of_level(claim: Claim, published: date) -> Horizon | None:
    behind = after(claim)
    if claim.subject.type not in PRICED or claim.value_high is not None:
        return None
    if behind is None or claim.basis not in (None, Basis.CLOSE):
        return None
    spanned = _over_months(claim, behind, published)
    if spanned is not None:
        return spanned
    return _of_day(claim, behind, published) if claim.metric in _LEVELS else None


def _over_months(claim: Claim, behind: str, published: date) -> Horizon | None:
    """A span that is counted from the article: twelve months from its day."""
    target, leading = claim.metric == "target", before(claim)
    if not target and claim.metric not in _LEVELS:
        return None
    if target and _OWN_SPAN.search(leading):
        return Horizon(on=months_before(published, -12), test=Test.REACHED)
    reaches = target or bool(_REACHES.search(leading))
    within, over = _WITHIN.match(behind), _OVER.match(behind)
    then = _IN.match(behind) or _FROM_NOW.match(behind)
    found = within or (over if reaches else None) or then
    if found is None:
        return None
    on = months_before(published, -_months(found))
    if within or reaches:
        return Horizon(on=on, test=Test.REACHED)
    return Horizon(on=on, test=Test.AT) if _STANDS.search(leading) else None


def _months(found: re.Match[str]) -> int:
    if found["months"]:
        return _COUNTS.get(found["months"]) or int(found["months"])
    return 12 * _COUNTS[found["years"] or "one"]  # "the next year"


def _of_day(claim: Claim, behind: str, published: date) -> Horizon | None:
    leading = before(claim)
    if _YEARS_CLOSE.search(leading):
        return Horizon(on=date(published.year, 12, 31), test=Test.AT)
    if claim.date is None or not claim.date.is_day or claim.date.source is DateSource.IMPLIED:
        return None
    day = claim.date.end
    if _WILL_CLOSE.search(leading) and _ON_WEEKDAY.match(behind):
        coming = 0 < (day - published).days < _A_WEEK
        return (
            Horizon(on=day, test=Test.AT, session=True) if coming and claim.metric in (None, "level", "close") else None
        )
    if not _NAMED_DAY.search(claim.date.text or ""):
        return None
    reaches = bool(_REACHES.search(leading))
    if reaches and claim.comparator is Comparator.EQUAL:
        return Horizon(on=day, test=Test.REACHED)
    return None if reaches or claim.metric in ("high", "low") else Horizon(on=day, test=Test.AT)
