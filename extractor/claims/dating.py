"""Which day or window a claim speaks of: picks one of the sentence's date expressions, or what is implied.

A one-day figure takes the nearest day of its clause, then of its sentence; a move takes a window named in its
clause ("year to date", "for the week"). A line under a header takes the header's. A figure of a closing report
without a date is of the article's own day. A date that something is compared with ("from a year earlier") is
never the claim's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from extractor.claims import periods
from extractor.claims.figures import Figure
from extractor.claims.memory import Memory
from extractor.claims.periods import Role
from extractor.claims.sentence import Clause, Sentence, within
from extractor.domain.annotation import DateExpression, DateForm
from extractor.domain.article import Article
from extractor.domain.claim import DateSource, Modality, Period

_PREVIOUS = re.compile(r"\b(?:previous|prior)\s(?:session’?'?s?\s|day’?'?s?\s)?clos\w{1,4}\b", re.IGNORECASE)
WALL_STREET = frozenset({"index:SPX", "index:DJI", "index:IXIC", "index:NDX", "index:RUT", "index:VIX"})
_US_LISTED = ("equity:XNAS:", "equity:XNYS:", "etf:ARCX:", "etf:XNAS:")
# What these clauses tell happened at another time, or is an aside; "as", "while" and "with" are of the same day.
_SUBORDINATE = frozenset({"which", "who", "where", "after", "having", "before", "following"})
_COORDINATING = frozenset({"while", "and", ",", "versus", "compared with"})
_ENDED_WEEK = re.compile(r"\b(?:ended|finished|closed) the (?:week|month|year|quarter)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r",\s(?!or\b|\w+ing\b)"
)  # a comma that sets something apart; "1.9%, or 445.81 points" is one figure
_NEXT = re.compile(r",\s(?!or\b)")  # ", bringing its loss for the week to": what follows has a date of its own
_FROM_FIGURE = re.compile(r"\bfrom\s[$€£]?[\d.,]+(?:%|\spercent|\sper cent)?\s$")
_AND_ON = re.compile(r",?\s(?:and|but)\s(?:then\s)?on\s[A-Z]|\bfollowed by\b")
_PARENTHESIS = re.compile(r"\b(?:record|high|low|peak)\s\($", re.IGNORECASE)
_RUNNING = frozenset({"week", "month", "quarter", "year"})
_THAT_DAY = re.compile(r"\bthat (?:day|morning|afternoon|evening|session|day’s|day's)\b", re.IGNORECASE)
# Statistics released weekly: their period is no month of the report's.
_WEEKLY = ("ICSA", "CCSA", "CRUDE", "STOCKS", "INVENTORIES")
_REPORTED = frozenset({DateForm.FISCAL_YEAR, DateForm.QUARTER, DateForm.HALF, DateForm.YEAR})
_Accepts = Callable[[DateExpression], bool]


@dataclass(slots=True)
class Dater:
    """Dates the claims of one article, sentence by sentence."""

    article: Article
    memory: Memory
    discourse: Period | None = None  # the day the paragraph is about, where it says one
    discourse_paragraph: int = -1
    last_day: Period | None = None  # the last day spoken of, for "that afternoon"
    main: Period | None = None  # the day the lead is about, if it is not the article's own
    release: Period | None = None  # the month or quarter the last print was about
    sentences: int = 0

    def of_level(self, figure: Figure) -> Period | None:
        """The day a level was seen."""
        return self._of_figure(figure, (periods.is_day, _is_span), periods.resolve)

    def of_move(self, figure: Figure) -> Period | None:
        """The day of a move, or the window it was measured over."""
        header = self.memory.header
        dated = any(self._dates(expression) for expression in figure.sentence.periods)
        if header and header.periods and figure.lead != "from" and not dated:
            return periods.window_of(header.periods[-1], self.article)
        return _from_weekday(self._of_figure(figure, (_is_window, periods.is_day, _is_span), periods.window_of))

    def at(self, sentence: Sentence, offset: int) -> Period | None:
        """The day of words that carry no figure."""
        chosen = self._choose(sentence, sentence.clause_at(offset), offset, (periods.is_day, _is_span))
        return periods.resolve(chosen, self.article) if chosen else self._carried(sentence)

    def named(self, sentence: Sentence, clause: Clause, offset: int) -> Period | None:
        """Only what the sentence itself names, spans first: reference periods and fiscal years."""
        chosen = self._choose(sentence, clause, offset, (_is_span, periods.is_day))
        return periods.resolve(chosen, self.article) if chosen else None

    def of_print(self, figure: Figure, indicator: str) -> Period | None:
        """The period a statistic is about: named in its clause, or that of the release the article has in hand."""
        if figure.lead == "from":
            return None
        named = self.named(figure.sentence, figure.clause, figure.quantity.start)
        weekly = indicator.rsplit(":", 1)[-1].startswith(_WEEKLY)
        if named is not None:
            if not weekly and not named.is_day and figure.modality is Modality.ASSERTED:
                self.release = self.release or named
            return named
        return self.release if not weekly else None

    def projected(self, figure: Figure) -> Period | None:
        """A year or quarter still to come that a figure is set to: a projection, whatever the verb."""
        chosen = self._choose(figure.sentence, figure.clause, figure.quantity.start, (_is_span,))
        named = periods.resolve(chosen, self.article) if chosen else None
        return named if self._is_future(named) else None

    def fiscal(self, sentence: Sentence) -> Period | None:
        """The dated year or quarter a company's figures are of; a quarter without a year is its own calendar's."""
        dated = [e for e in sentence.periods if e.form in _REPORTED and e.year is not None]
        return periods.resolve(dated[0], self.article) if dated else None

    def begin(self, sentence: Sentence) -> None:
        """Before a sentence's claims: the day its paragraph opens with ("On Wednesday, ..."), and "that afternoon"."""
        if sentence.paragraph != self.discourse_paragraph:
            self.discourse, self.discourse_paragraph = None, sentence.paragraph
            opening = [e for e in self._days(sentence) if e.start - sentence.start <= 12]
            found = periods.resolve(opening[0], self.article) if opening else None
            if found and found.start.weekday() < 5:
                self.discourse = found
        if self.last_day and _THAT_DAY.search(sentence.words):
            self.discourse = self.last_day

    def finish(self, sentence: Sentence) -> None:
        """After a sentence: remember its days. A calendar day goes on through its paragraph, a weekday is an aside."""
        days = self._days(sentence)
        resolved = [(e, found) for e in days if (found := periods.resolve(e, self.article)) and found.is_day]
        if resolved:
            self.last_day = resolved[-1][1]
        aside = [clause for clause in sentence.clauses if clause.opener in _SUBORDINATE]
        told = [
            period
            for e, period in resolved
            if e.form is DateForm.DAY
            and period.start.weekday() < 5
            and not any(clause.start <= e.start < clause.end for clause in aside)
        ]
        if told:
            self.discourse, self.discourse_paragraph = told[-1], sentence.paragraph
        if self.sentences < 4:
            self._lead(resolved)
        self.sentences += 1

    def _lead(self, resolved: list[tuple[DateExpression, Period]]) -> None:
        """A report of the day before says so at once: its lead's day is what the rest is about."""
        implied = periods.implied(self.article)
        weekdays = [period for _, period in resolved if period.start.weekday() < 5]
        if self.main is None and implied is not None and weekdays:
            day = weekdays[0].start
            if timedelta(0) <= implied.start - day <= timedelta(days=4):
                self.main = Period(start=day, end=day, text=None, source=DateSource.IMPLIED)

    def _days(self, sentence: Sentence) -> list[DateExpression]:
        return [e for e in sentence.periods if periods.is_day(e) and self._dates(e)]

    def _of_figure(
        self, figure: Figure, order: tuple[_Accepts, ...], resolve: Callable[..., Period | None]
    ) -> Period | None:
        sentence, clause, quantity = figure.sentence, figure.clause, figure.quantity
        if _PREVIOUS.search(sentence.text, max(clause.start, quantity.start - 60), quantity.start):
            return self._weekday_before()
        if figure.lead == "from":
            return self._own(figure)
        if _PARENTHESIS.search(sentence.text[max(sentence.start, quantity.start - 12) : quantity.start]):
            return None  # "its record (6,144.15)": of another day, which only the parenthesis could tell
        if _ENDED_WEEK.search(sentence.text, clause.start, quantity.start):
            return periods.implied(self.article)
        chosen = self._choose(sentence, clause, quantity.start, order)
        ahead = figure.modality in (Modality.FORECAST, Modality.CONDITIONAL)
        if chosen is not None:
            found = resolve(chosen, self.article, future=ahead or periods.looks_ahead(chosen, self.article.text))
            if ahead or not self._is_future(found):
                return found
        return None if ahead else self.abroad(figure.bound.ids, self._carried(sentence))

    def abroad(self, ids: tuple[str, ...], period: Period | None) -> Period | None:
        """In a paper of the Asian day, Wall Street's session is the one that ended that morning."""
        eastern = self.article.timezone.startswith(("Asia/", "Australia/", "Pacific/Auckland"))
        american = any(i in WALL_STREET or i.startswith(_US_LISTED) for i in ids)
        implied = period is not None and period.source is DateSource.IMPLIED and period == periods.implied(self.article)
        return self._weekday_before(text=None) if eastern and american and implied else period

    @staticmethod
    def _window_before(sentence: Sentence, clause: Clause, offset: int) -> DateExpression | None:
        """ "up 39 percent year to date while the S&P 500 is up 24.5 percent": one window for both."""
        unit = next((q.unit for q in sentence.quantities if q.start == offset), None)
        while clause.opener in _COORDINATING and clause is not sentence.clauses[0]:
            clause = sentence.clauses[sentence.clauses.index(clause) - 1]
            told = within(sentence.quantities, clause.start, clause.end)
            windows = [e for e in within(sentence.periods, clause.start, clause.end) if _is_window(e)]
            if windows:
                return windows[-1] if told and told[-1].unit == unit else None
        return None

    def _is_future(self, period: Period | None) -> bool:
        """Begins with or after the article's day and ends after it: nothing of it has happened yet."""
        implied = periods.implied(self.article)
        return (
            period is not None and implied is not None and period.end > implied.start and period.start >= implied.start
        )

    def _own(self, figure: Figure) -> Period | None:
        """The level a move started from has the date right after it, or is the close before a one-day move."""
        quantity = figure.quantity
        for expression in within(figure.sentence.periods, quantity.end, quantity.end + 25):
            if not re.search(r"\d", figure.sentence.text[quantity.end : expression.start]):
                return periods.resolve(expression, self.article)
        windows = [e for e in within(figure.sentence.periods, figure.clause.start, figure.clause.end) if _is_window(e)]
        daily = figure.bound.type in ("index", "equity", "etf", "yield", "commodity", "currency", "crypto")
        target = figure.level is not None and figure.level.value in ("target", "average")
        return self._weekday_before() if daily and not windows and not target else None

    def _carried(self, sentence: Sentence) -> Period | None:
        if self.discourse and self.discourse_paragraph == sentence.paragraph:
            return replace(self.discourse, text=None, source=DateSource.IMPLIED)
        return self.main or periods.implied(self.article)

    def _weekday_before(self, text: str | None = "previous close") -> Period | None:
        """The previous session as far as the week tells; checking knows the holidays."""
        implied = self.main or periods.implied(self.article)
        if implied is None:
            return None
        day = implied.start - timedelta(days=1)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        source = DateSource.RELATIVE if text else DateSource.IMPLIED
        return Period(start=day, end=day, text=text, source=source)

    def _dates(self, expression: DateExpression) -> bool:
        return periods.role(expression, self.article.text) is not Role.REFERENCE

    def _choose(
        self, sentence: Sentence, clause: Clause, offset: int, order: tuple[_Accepts, ...]
    ) -> DateExpression | None:
        inside = [e for e in within(sentence.periods, clause.start, clause.end) if self._dates(e)]
        chosen = _pick(sentence, clause, inside, offset, order)
        if chosen is None and order[0] is _is_window:
            chosen = self._window_before(sentence, clause, offset)
        return chosen or _pick(sentence, clause, self._neighbours(sentence, clause), offset, order)

    def _neighbours(self, sentence: Sentence, clause: Clause) -> list[DateExpression]:
        """Days of the sentence's other clauses: those before it, which set the scene, then those after.

        A subordinate clause keeps its days to itself ("which reports on Wednesday", "after it split on Monday").
        """
        aside = [c for c in sentence.clauses if c.opener in _SUBORDINATE and c is not clause]
        days = [e for e in self._days(sentence) if not any(c.start <= e.start < c.end for c in aside)]
        before = [e for e in days if e.start < clause.start]
        if clause.opener in _SUBORDINATE:  # only a day the whole sentence opens with holds here too
            return [e for e in before if e.start - sentence.start <= 14]
        return before or [e for e in days if e.start >= clause.end and not self._has_figures(sentence, e)]

    @staticmethod
    def _has_figures(sentence: Sentence, expression: DateExpression) -> bool:
        """Whether the clause of a date has figures of its own, which the date is then of."""
        clause = sentence.clause_at(expression.start)
        return bool(within(sentence.quantities, clause.start, clause.end))


def _pick(
    sentence: Sentence, clause: Clause, group: list[DateExpression], offset: int, order: tuple[_Accepts, ...]
) -> DateExpression | None:
    """The nearest of the first sort that the group has."""
    for accepted in order:
        fitting = [e for e in group if accepted(e) and _attached(sentence, clause, e, offset)]
        if fitting:
            return min(fitting, key=lambda e: _distance(sentence, e, offset))
    return None


def _attached(sentence: Sentence, clause: Clause, expression: DateExpression, offset: int) -> bool:
    """Whether a date can be the figure's: not one in an aside before it, nor a month of another figure after it.

    "Oracle, a partner in the project announced on January 21, tumbled 13.8%": the aside's day is not the fall's.
    """
    if not clause.start <= expression.start < clause.end:
        return True
    if expression.start < offset:
        fronted = expression.start - clause.start <= 14
        if _AND_ON.search(sentence.text, expression.end, offset):
            return False  # "on Tuesday it sank 2%, and on Thursday it lost ...": another day took over
        return fronted or not _ASIDE.search(sentence.text, expression.end, offset)
    if _FROM_FIGURE.search(sentence.text[offset : expression.start]):
        return False  # "rose to 4.19% from 4.14% late Thursday": the day is the earlier figure's
    apart = _NEXT.search(sentence.text, offset, expression.start)
    others = within(sentence.quantities, offset + 1, expression.start)
    return periods.is_day(expression) or not (apart and others)


def _distance(sentence: Sentence, expression: DateExpression, offset: int) -> int:
    """Characters between a date and a figure; a comma between them counts for forty."""
    quantity = next((q for q in sentence.quantities if q.start == offset), None)
    if quantity and re.fullmatch(r"\s(?:on|in)?\s?", sentence.text[quantity.end : expression.start]):
        return 0  # "3.2% on Monday and 3.7% on Tuesday"
    gap = sentence.text[min(expression.end, offset) : max(expression.start, offset)]
    return len(gap) + 40 * gap.count(",")


def _from_weekday(period: Period | None) -> Period | None:
    """The year to date is measured from its last session before: where 31 December is a weekend, the Friday."""
    new_years_eve = period is not None and (period.start.month, period.start.day) == (12, 31)
    if period is None or period.is_day or not new_years_eve or period.start.weekday() < 5:
        return period
    return replace(period, start=period.start - timedelta(days=period.start.weekday() - 4))


def _is_window(expression: DateExpression) -> bool:
    """A window, or a stretch that still runs ("this year"): what a move is measured over."""
    running = expression.form is DateForm.RELATIVE and expression.anchor == "this" and expression.unit in _RUNNING
    return periods.is_window(expression) or running


def _is_span(expression: DateExpression) -> bool:
    return not periods.is_day(expression) and not periods.is_window(expression)
