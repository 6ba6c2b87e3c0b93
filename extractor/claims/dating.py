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
_WALL_STREET = frozenset({"index:SPX", "index:DJI", "index:IXIC", "index:NDX", "index:RUT", "index:VIX"})
_US_LISTED = ("equity:XNAS:", "equity:XNYS:", "etf:ARCX:", "etf:XNAS:")
_REPORTED = frozenset({DateForm.FISCAL_YEAR, DateForm.QUARTER, DateForm.HALF, DateForm.YEAR})
_Accepts = Callable[[DateExpression], bool]


@dataclass(slots=True)
class Dater:
    """Dates the claims of one article, sentence by sentence."""

    article: Article
    memory: Memory
    discourse: Period | None = None  # the last explicit day, for the rest of its paragraph
    discourse_paragraph: int = -1

    def of_level(self, figure: Figure) -> Period | None:
        """The day a level was seen."""
        return self._of_figure(figure, (periods.is_day, _is_span), periods.resolve)

    def of_move(self, figure: Figure) -> Period | None:
        """The day of a move, or the window it was measured over."""
        if figure.lead != "from" and not self._inside(figure) and self.memory.header and self.memory.header.periods:
            return periods.window_of(self.memory.header.periods[-1], self.article)
        return self._of_figure(figure, (periods.is_window, periods.is_day, _is_span), periods.window_of)

    def at(self, sentence: Sentence, offset: int) -> Period | None:
        """The day of words that carry no figure."""
        chosen = self._choose(sentence, sentence.clause_at(offset), offset, (periods.is_day, _is_span))
        return periods.resolve(chosen, self.article) if chosen else self._carried(sentence)

    def named(self, sentence: Sentence, clause: Clause, offset: int) -> Period | None:
        """Only what the sentence itself names, spans first: reference periods and fiscal years."""
        chosen = self._choose(sentence, clause, offset, (_is_span, periods.is_day))
        return periods.resolve(chosen, self.article) if chosen else None

    def fiscal(self, sentence: Sentence) -> Period | None:
        """The dated year or quarter a company's figures are of; a quarter without a year is its own calendar's."""
        dated = [e for e in sentence.periods if e.form in _REPORTED and e.year is not None]
        return periods.resolve(dated[0], self.article) if dated else None

    def finish(self, sentence: Sentence) -> None:
        """Remember a calendar day for the sentences after this one in its paragraph: a timeline goes on.

        A weekday is an aside in a report of another day, and is not carried.
        """
        days = [e for e in sentence.periods if e.form is DateForm.DAY and self._dates(e)]
        if days and (found := periods.resolve(days[-1], self.article)) and found.is_day:
            self.discourse, self.discourse_paragraph = found, sentence.paragraph

    def _of_figure(
        self, figure: Figure, order: tuple[_Accepts, ...], resolve: Callable[..., Period | None]
    ) -> Period | None:
        sentence, clause, quantity = figure.sentence, figure.clause, figure.quantity
        if _PREVIOUS.search(sentence.text, max(clause.start, quantity.start - 60), quantity.start):
            return self._weekday_before()
        if figure.lead == "from":
            return self._own(figure)
        chosen = self._choose(sentence, clause, quantity.start, order) or self._window_before(figure, order)
        ahead = figure.modality is Modality.FORECAST
        if chosen is not None:
            return resolve(chosen, self.article, future=ahead or periods.looks_ahead(chosen, self.article.text))
        return None if ahead else self._abroad(figure, self._carried(sentence))

    def _abroad(self, figure: Figure, period: Period | None) -> Period | None:
        """In a paper of the Asian day, Wall Street's session is the one that ended that morning."""
        eastern = self.article.timezone.startswith(("Asia/", "Australia/", "Pacific/Auckland"))
        american = any(i in _WALL_STREET or i.startswith(_US_LISTED) for i in figure.bound.ids)
        implied = period is not None and period.source is DateSource.IMPLIED and period == periods.implied(self.article)
        return self._weekday_before(text=None) if eastern and american and implied else period

    def _window_before(self, figure: Figure, order: tuple[_Accepts, ...]) -> DateExpression | None:
        """ "up 39 percent year to date while the S&P 500 is up 24.5 percent": one window for both."""
        if order[0] is not periods.is_window or figure.clause.opener not in (
            "while",
            "and",
            ",",
            "versus",
            "compared with",
        ):
            return None
        position = figure.sentence.clauses.index(figure.clause)
        before = figure.sentence.clauses[position - 1]
        told = within(figure.sentence.quantities, before.start, before.end)
        windows = [e for e in within(figure.sentence.periods, before.start, before.end) if periods.is_window(e)]
        return windows[-1] if windows and told and told[-1].unit == figure.quantity.unit else None

    def _inside(self, figure: Figure) -> bool:
        return any(self._dates(e) for e in within(figure.sentence.periods, figure.sentence.start, figure.sentence.end))

    def _own(self, figure: Figure) -> Period | None:
        """The figure a move started from has the date right after it, or none that the text tells."""
        quantity = figure.quantity
        for expression in within(figure.sentence.periods, quantity.end, quantity.end + 25):
            if not re.search(r"\d", figure.sentence.text[quantity.end : expression.start]):
                return periods.resolve(expression, self.article)
        return None

    def _carried(self, sentence: Sentence) -> Period | None:
        if self.discourse and self.discourse_paragraph == sentence.paragraph:
            return replace(self.discourse, text=None, source=DateSource.IMPLIED)
        return periods.implied(self.article)

    def _weekday_before(self, text: str | None = "previous close") -> Period | None:
        """The previous session as far as the week tells; checking knows the holidays."""
        implied = periods.implied(self.article)
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
        for group in (inside, self._neighbours(sentence, clause)):
            for accepted in order:
                fitting = [e for e in group if accepted(e)]
                if fitting:
                    return min(fitting, key=lambda e: _distance(sentence, e, offset))
        return None

    def _neighbours(self, sentence: Sentence, clause: Clause) -> list[DateExpression]:
        """Days of the sentence outside the clause: those before it, which set the scene, then those after."""
        days = [e for e in sentence.periods if periods.is_day(e) and self._dates(e)]
        before = [e for e in days if e.start < clause.start]
        return before or ([e for e in days if e.start >= clause.end] if len(sentence.clauses) <= 2 else [])


def _distance(sentence: Sentence, expression: DateExpression, offset: int) -> int:
    """Characters between a date and a figure; a comma between them counts for forty."""
    gap = sentence.text[min(expression.end, offset) : max(expression.start, offset)]
    return len(gap) + 40 * gap.count(",")


def _is_span(expression: DateExpression) -> bool:
    return not periods.is_day(expression) and not periods.is_window(expression)
