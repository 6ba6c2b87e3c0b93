"""What the prints of an article have told so far, and which period each is about.

A statistic is seldom dated twice. A figure without a period of its own is of the period of the print beside it, else of
what its report was last of, else of the first period its report is given anywhere in the article; a figure "from" which
another came is of the period before. Days are never what a monthly figure is about: they are when it came out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from extractor.claims import periods
from extractor.claims.figures import Figure
from extractor.claims.periods import Role
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import DateExpression, DateForm
from extractor.domain.article import Article
from extractor.domain.claim import DateSource, Direction, Period
from extractor.rules.statistics import Series, country_of, series_of

_MONTHLY = frozenset({DateForm.MONTH, DateForm.QUARTER, DateForm.HALF, DateForm.YEAR, DateForm.FISCAL_YEAR})
_RELATIVE = frozenset({"month", "quarter", "half", "year"})
_QUARTER_AFTER = re.compile(r"\squarter\b")
_FISCAL_AFTER = re.compile(r"[-–/]\d{2}\b")
_YEAR_EARLIER = re.compile(r"[^\d,;.]{0,20}\b(?:a|one|the) year (?:earlier|ago|before)\b", re.IGNORECASE)
_POSSESSED = re.compile(r"[’']s\s(?:an?\s)?(?:\w+\s){0,2}\Z")
_ORDINAL = re.compile(
    r"\s(?:in|for) the (first|second|third|fourth)\b(?!\s(?:half|month|week|year|day))", re.IGNORECASE
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SAME_AS = re.compile(r"\b(?:same as|as|unlike|like) (?:in|for|it did in) (?:the )?\Z", re.IGNORECASE)
_RESTATED = re.compile(  # "with March now put at 1.9%", "April was revised to 0.3%"
    r"\s(?:was\s|is\s|has been\s|being\s)?(?:now\s)?(?:put|revised|restated|marked|nudged|bumped|cut|raised|lowered)"
    r"\s(?:up\s|down\s)?(?:at|to)\s[+\-–$€£]?"
)
_RIGHT_BEFORE = re.compile(r":?\s[+\-–$€£]?")
_BRACKET = re.compile(r"\([^()]{0,38}\Z")
_NEAREST = 25  # characters after a figure in which a date is its own
_OLDEST = timedelta(days=130)  # of a release that an article may have in hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One print as it was read."""

    figure: Figure
    series: Series
    metric: str
    direction: Direction | None
    forecast: bool
    period: Period | None
    current: Period | None = None  # the newest period told of in the sentence so far


@dataclass(slots=True)
class Prints:
    """One article's prints, fed in order. `foresee` looks once through the whole article first."""

    article: Article
    last: Told | None = None
    decided: Period | None = None  # the day of the last decision on a policy rate
    _seen: dict[str, Period] = field(default_factory=dict)  # by report and country
    _first: dict[str, Period] = field(default_factory=dict)
    _any: dict[str, Period] = field(default_factory=dict)  # by frequency

    def foresee(self, sentences: Sequence[Sentence]) -> None:
        """The first period each report is given in the article: a headline comes before the month it is of."""
        for sentence in sentences:
            for mention in sentence.mentions:
                if not mention.candidates or not mention.candidates[0].startswith("indicator:"):
                    continue
                clause = sentence.clause_at(mention.start)
                series = series_of(mention.candidates[0])
                inside = within(sentence.periods, clause.start, clause.end)
                found = next((p for e in inside if (p := self._resolved(series, e)) and self._is_fresh(p)), None)
                if found is not None:
                    self._keep(self._first, mention.candidates[0], found)

    def beside(self, figure: Figure, series: Series) -> Told | None:
        """The print before this one in its sentence, of the same report."""
        told = self.last
        if told is None or told.figure.sentence.start != figure.sentence.start:
            return None
        return told if told.series.report == series.report else None

    def remember(self, identifier: str, told: Told) -> None:
        """Keeps a print. Of what came, the newest period is what the report is of: older ones are its revisions."""
        beside = self.beside(told.figure, told.series)
        self.last = replace(told, current=_newer(beside.current if beside else None, told.period))
        if told.figure.lead == "from" and beside is not None:
            self.last = replace(self.last, current=beside.current)
        if told.period is not None and not told.forecast and self._is_fresh(told.period):
            self._keep(self._seen, identifier, told.period)

    def _keep(self, kept: dict[str, Period], identifier: str, period: Period) -> None:
        kept[_key(identifier)] = _newer(kept.get(_key(identifier)), period) or period
        every = series_of(identifier).every
        if every != "week":
            self._any[every] = _newer(self._any.get(every), period) or period

    def period(self, figure: Figure, identifier: str, *, forecast: bool, revised: bool) -> Period | None:
        """The period a print is about; None where nothing tells."""
        series = series_of(identifier)
        own = self._own(figure, series, forecast)
        if own is not None:
            return own
        beside = self.beside(figure, series)
        current = beside.current if beside else None
        if revised and figure.lead == "from" and beside is not None and beside.period is not None:
            return replace(beside.period, text=None, source=DateSource.IMPLIED)
        if figure.lead == "from" or _follows(figure, "after"):
            return self._earlier(figure, series, current or self.known(identifier), revised=revised or forecast)
        if forecast and current is not None:
            return replace(current, text=None, source=DateSource.IMPLIED)
        return self._named(figure, series, forecast) or current or self.known(identifier)

    def known(self, identifier: str) -> Period | None:
        """What the report was last of, else is anywhere of, else what monthly statistics are of in this article."""
        key = _key(identifier)
        if series_of(identifier).every == "week":
            found = self._seen.get(key) or self._first.get(key)
            return replace(found, text=None, source=DateSource.IMPLIED) if found else None
        found = self._seen.get(key) or self._first.get(key) or self._any.get(series_of(identifier).every)
        return replace(found, text=None, source=DateSource.IMPLIED) if found else None

    def _own(self, figure: Figure, series: Series, forecast: bool) -> Period | None:
        """Right after the figure ("7.9% in September"), or its owner ("September's 0.4%")."""
        sentence, quantity = figure.sentence, figure.quantity
        for expression in within(sentence.periods, quantity.start - 16, quantity.start):
            if is_bracketed(sentence, expression, quantity.start):
                return self._resolved(series, expression)
        for expression in within(sentence.periods, quantity.end, quantity.end + _NEAREST):
            gap = sentence.text[quantity.end : expression.start]
            if not re.search(r"[\d,;:(]|\band\b|\bfrom\b", gap):
                return self._resolved(series, expression, future=forecast)
        for expression in within(sentence.periods, max(sentence.start, quantity.start - 40), quantity.start):
            owner = _POSSESSED.match(sentence.text, expression.end, quantity.start) and expression.unit != "week"
            if owner or _RESTATED.fullmatch(sentence.text, expression.end, quantity.start):
                return self._resolved(series, expression, future=forecast, owner=True)
        return self._of_ordinal(figure, series)

    def _of_ordinal(self, figure: Figure, series: Series) -> Period | None:
        """ "after shrinking 0.5% in the first": a quarter of the year spoken of."""
        match = _ORDINAL.match(figure.sentence.text, figure.quantity.end)
        beside = self.beside(figure, series)
        if match is None or series.every != "quarter" or beside is None or beside.period is None:
            return None
        if match.end() < len(figure.sentence.text) and _QUARTER_AFTER.match(figure.sentence.text, match.end()):
            return None  # "in the first quarter": a date of its own
        month = 3 * _ORDINALS[match.group(1).lower()] - 2
        return _months(date(beside.period.start.year, month, 1), 3, beside.period)

    def _named(self, figure: Figure, series: Series, forecast: bool) -> Period | None:
        """The nearest period of its clause, else of what stands before it in the sentence."""
        sentence, clause, at = figure.sentence, figure.clause, figure.quantity.start
        reach = 60 if self.beside(figure, series) else len(sentence.text)
        inside = [e for e in within(sentence.periods, clause.start, clause.end) if not _of_another(figure, e)]
        before = [e for e in within(sentence.periods, sentence.start, at) if not _of_another(figure, e)]
        for group in (inside, before):
            found = [
                (abs(e.start - at), period)
                for e in group
                if (period := self._resolved(series, e, future=forecast)) is not None and abs(e.start - at) <= reach
            ]
            if found:
                return min(found, key=lambda each: each[0])[1]
        return None

    def _resolved(
        self, series: Series, expression: DateExpression, *, future: bool = False, owner: bool = False
    ) -> Period | None:
        """What a date says of a statistic's period; None for days, comparisons and windows.

        owner: it owns the figure right after it: "after September's 0.4%" compares, and yet it is September's.
        """
        text = self.article.text
        if periods.role(expression, text) is Role.REFERENCE and not owner:
            return None
        if _SAME_AS.search(text[max(0, expression.start - 24) : expression.start]):
            return None
        ended = expression.part == "ended"
        if series.every == "week":
            weekly = ended or expression.unit == "week"
            return periods.resolve(expression, self.article) if weekly and not periods.is_window(expression) else None
        if periods.is_window(expression) or expression.unit in ("week", "day", "session"):
            return None
        if expression.form is DateForm.RELATIVE and (expression.unit not in _RELATIVE or expression.anchor == "ago"):
            return None
        if expression.form not in _MONTHLY and expression.form not in (DateForm.RELATIVE, DateForm.SEASON):
            return None
        if _FISCAL_AFTER.match(self.article.text, expression.end):
            return None
        found = periods.resolve(expression, self.article)
        if future and expression.year is None and found is not None and not self._is_recent(found):
            found = periods.resolve(expression, self.article, future=True)
        if found is None or (found.is_day and series.every != "week"):
            return None
        return self._fitted(expression, found, ended=ended)

    def _fitted(self, expression: DateExpression, found: Period, *, ended: bool) -> Period:
        if ended:  # "the 12 months through June" is June's figure
            return replace(found, start=found.end.replace(day=1))
        if expression.form is DateForm.MONTH and _QUARTER_AFTER.match(self.article.text, expression.end):
            return replace(found, start=_back(found.start, 2))
        return found

    def _earlier(self, figure: Figure, series: Series, current: Period | None, *, revised: bool) -> Period | None:
        """Of the figure another came from: the period before, the same one where it is the same figure revised."""
        if current is None:
            return None
        implied = replace(current, text=None, source=DateSource.IMPLIED)
        if revised:
            return implied
        if _YEAR_EARLIER.match(figure.sentence.text, figure.quantity.end):
            return _shifted(implied, 12)
        if series.every == "week":
            week = timedelta(days=7)
            return replace(implied, start=implied.start - week, end=implied.end - week)
        days = (current.end - current.start).days
        return _shifted(implied, 1 if days < 32 else 3 if days < 93 else 12)

    def _is_recent(self, period: Period) -> bool:
        """Not so long ago that a figure still to come would rather be of the next one."""
        today = periods.today_of(self.article)
        return today is None or today - period.end <= _OLDEST

    def _is_fresh(self, period: Period) -> bool:
        """Of the past, and new enough to have been published lately."""
        today = periods.today_of(self.article)
        return today is not None and period.end <= today + timedelta(days=1) and today - period.end <= _OLDEST


def _follows(figure: Figure, word: str) -> bool:
    before = figure.sentence.text[max(figure.sentence.start, figure.quantity.start - 30) : figure.quantity.start]
    return bool(re.search(rf"\b{word}(?:\s(?:an?|the|its|\w+ing|about))?\s\Z", before))


def _key(identifier: str) -> str:
    return f"{country_of(identifier)}:{series_of(identifier).report}"


def _newer(one: Period | None, other: Period | None) -> Period | None:
    if one is None or other is None:
        return one or other
    return other if other.end > one.end else one


def is_bracketed(sentence: Sentence, expression: DateExpression, at: int) -> bool:
    """ "(Jul 0.7%)", "(cons 3.6%, Jul: 3.2%)": a month in brackets is that of the figure right behind it alone."""
    if not 0 < at - expression.end <= 4 or not _RIGHT_BEFORE.fullmatch(sentence.text, expression.end, at):
        return False
    return bool(_BRACKET.search(sentence.text, max(sentence.start, expression.start - 40), expression.start))


def _of_another(figure: Figure, expression: DateExpression) -> bool:
    """A date after the next figure that a comma sets apart: "62.7%, not far above the low of 62.4% in September"."""
    sentence, end = figure.sentence, figure.quantity.end
    if any(
        is_bracketed(sentence, expression, q.start)
        for q in within(sentence.quantities, expression.end, expression.end + 5)
    ):
        return True
    between = within(sentence.quantities, end, expression.start) if expression.start > end else ()
    return bool(between) and bool(re.search(r"[,;:–—]\s", sentence.text[end : between[0].start]))


def _back(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


def _months(start: date, count: int, like: Period) -> Period:
    end = _back(start, -count) - timedelta(days=1)
    return replace(like, start=start, end=end, text=None, source=DateSource.IMPLIED)


def _shifted(period: Period, months: int) -> Period:
    """A whole number of months earlier."""
    length = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    return _months(_back(period.start, months), length, period)
