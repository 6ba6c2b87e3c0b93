"""What a superlative is measured against: "since July 2007", "in more than five years", "of the year"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.domain.claim import Claim, Comparator
from extractor.rules.tolerances import tolerances
from extractor.verify.sessions import months_before

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_SINCE = re.compile(
    rf"\bsince\s+(?:the\s+)?(?:(?:start|beginning|end|middle)\s+of\s+)?(?:last\s+|early\s+|late\s+|mid-?)?"
    rf"(?:{_MONTH}\.?(?:\s+(?P<day>\d{{1,2}})(?!\d))?)?,?\s*(?P<year>(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_UNIT_DAYS = {"days": 1, "weeks": 7}
_UNIT_MONTHS = {"months": 1, "quarters": 3, "years": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The stretch in which the earlier, higher value is said to lie: `earliest` to `latest`.

    A record that reaches back to before `earliest` is understated; one that ends after `latest` is not met.
    slack_until: nearer than `latest`, but loosely still as said.
    """

    earliest: date | None
    latest: date
    slack_until: date


def reach_of(claim: Claim, session: date) -> Reach | None:
    """How far back a "highest since" claims to go, measured from the session it is about; None where nothing says."""
    if claim.value is not None and claim.unit in {*_UNIT_DAYS, *_UNIT_MONTHS} and claim.value == int(claim.value):
        return _of_span(claim, session, int(claim.value), claim.unit)
    if claim.date is not None and claim.date.start < claim.date.end:
        # The period's start is the time since when: a month or a year is named by its first day.
        start = claim.date.start
        return Reach(earliest=start, latest=_end_of_named(claim, start), slack_until=_end_of_named(claim, start))
    named = _named_in(claim.quote, session) or _named_in(claim.sentence, session)
    if named is None:
        return None
    return Reach(earliest=named[0], latest=named[1], slack_until=named[1])


def _of_span(claim: Claim, session: date, count: int, unit: str) -> Reach:
    """ "a six-year high": the last higher one lies six to seven years back."""
    rules = tolerances().records
    near = _back(session, count, unit)
    far = _back(session, count + 1, unit)
    percent = int(rules.about_span_percent if claim.comparator is Comparator.ABOUT else rules.span_slack_percent)
    base = (session - near).days if claim.comparator is Comparator.ABOUT else (near - far).days
    slack = near + timedelta(days=base * percent // 100)
    if claim.comparator is Comparator.ABOUT:
        return Reach(earliest=None, latest=slack, slack_until=slack)
    if claim.comparator in (Comparator.ABOVE, Comparator.AT_LEAST):
        return Reach(earliest=None, latest=near, slack_until=near)
    return Reach(earliest=far, latest=near, slack_until=slack)


def _back(day: date, count: int, unit: str) -> date:
    if unit in _UNIT_DAYS:
        return day - timedelta(days=count * _UNIT_DAYS[unit])
    return months_before(day, count * _UNIT_MONTHS[unit])


def _end_of_named(claim: Claim, start: date) -> date:
    """The last day of what "since …" names: a day where the words name one, else its month or year."""
    named = _named_in(claim.quote, claim.date.end if claim.date else start) or _named_in(
        claim.sentence, claim.date.end if claim.date else start
    )
    if named is not None and named[0] <= start <= named[1]:
        return named[1]
    if start.day == 1 and start.month == 1:
        return date(start.year, 12, 31)
    if start.day == 1:
        return months_before(date(start.year, start.month, 1), -1) - timedelta(days=1)
    return start


def _named_in(text: str, session: date) -> tuple[date, date] | None:
    """First and last day of what follows "since" in a text; the year is the last one that fits."""
    for found in _SINCE.finditer(text):
        month, day, year = found["month"], found["day"], found["year"]
        if month is None and year is None:
            continue
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        number = _MONTHS.index(month[:3].casefold()) + 1
        chosen = int(year) if year else session.year
        try:
            first = date(chosen, number, int(day) if day else 1)
            if not year and first >= session.replace(day=1 if not day else session.day):
                first = first.replace(year=chosen - 1)
        except ValueError:
            return None
        if day:
            return first, first
        return first, months_before(first, -1) - timedelta(days=1)
    return None
