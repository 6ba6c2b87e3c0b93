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

    def finish(self, sentence: Sentence) -> None:
        """Remember an explicit day for the sentences after this one in its paragraph."""
        days = [e for e in sentence.periods if e.form in (DateForm.DAY, DateForm.WEEKDAY) and self._dates(e)]
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
        chosen = self._choose(sentence, clause, quantity.start, order)
        ahead = figure.modality is Modality.FORECAST
        if chosen is not None:
            return resolve(chosen, self.article, future=ahead or periods.looks_ahead(chosen, self.article.text))
        return None if ahead else self._carried(sentence)

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

    def _weekday_before(self) -> Period | None:
        """The previous session as far as the week tells; checking knows the holidays."""
        implied = periods.implied(self.article)
        if implied is None:
            return None
        day = implied.start - timedelta(days=1)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        return Period(start=day, end=day, text="previous close", source=DateSource.RELATIVE)

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
                    return min(fitting, key=lambda e: abs(e.start - offset))
        return None

    def _neighbours(self, sentence: Sentence, clause: Clause) -> list[DateExpression]:
        """Days of the sentence outside the clause: those before it, which set the scene, then those after."""
        days = [e for e in sentence.periods if periods.is_day(e) and self._dates(e)]
        before = [e for e in days if e.start < clause.start]
        return before or ([e for e in days if e.start >= clause.end] if len(sentence.clauses) <= 2 else [])


def _is_span(expression: DateExpression) -> bool:
    return not periods.is_day(expression) and not periods.is_window(expression)
