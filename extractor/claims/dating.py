"""Which day or window a claim speaks of: picks one of the sentence's date expressions, or what is implied.

A one-day figure takes the nearest day of its clause, then of its sentence; a move takes a window named in its
clause ("year to date", "for the week"). A line under a header takes the header's. A figure of a closing report
without a date is of the article's own day. A date that something is compared with ("from a year earlier") is
never the claim's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from extractor.claims import ended_spans, periods
from extractor.claims.choosing import (
    SUBORDINATE,
    Accepts,
    asides,
    is_earlier_figures,
    is_met,
    is_move_window,
    is_own_day,
    is_span,
    own,
    pick,
    record_own,
    window_before,
    without_counts,
)
from extractor.claims.columns import Columns
from extractor.claims.discourse import Discourse
from extractor.claims.figures import Figure
from extractor.claims.memory import Memory
from extractor.claims.peaks import without_peaks
from extractor.claims.sentence import Clause, Sentence, within
from extractor.claims.starts import is_long_before, measured_over, without_starts
from extractor.domain.annotation import DateExpression, DateForm, Quantity
from extractor.domain.article import Article
from extractor.domain.claim import Modality, Period

_PREVIOUS = re.compile(
    r"\bpreviously (?:closed|settled|finished)\b(?=[^\w]{0,3}(?:at\W{1,3})?\Z)|"
    r"\b(?:previous|prior)\s(?:session’?'?s?\s|day’?'?s?\s)?clos\w{1,4}\b(?=[^\w]{0,3}(?:(?!to\b)\w+\W{1,3}){0,3}\Z)",
    re.IGNORECASE,
)
_DAY_AFTER = re.compile(r"\b(?:a|one) (?:day|session) after\s\Z", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\b(?:record|high|low|peak)\s\($", re.IGNORECASE)
_APPOSED = re.compile(r"[,–—]\s(?:(?:its|their|the|a|an|another)\s)?(?:[\w-]+\s)?\Z")
_TRADING_NOW = re.compile(r"\b(?:is|are)\s(?:now\s|currently\s)?trading\b", re.IGNORECASE)
_END = re.compile(r"[.!”\"\s]{0,4}(?:\Z|\n)|[.!][”\"]?\s")
_BY = re.compile(r"\bby\s(?:the\s)?\Z", re.IGNORECASE)
_WHEN = re.compile(r",?\s(?:(?:when|which)\s)?")
_BROUGHT = re.compile(r"(?:which\s)?(?:brought|took|lifted|raised|lowered|left|put|pushed|cut|sent|moved)\s")
_VERSUS = re.compile(r"\b(?:versus|vs\.?|against|compared with)\s[^\w\s]?\Z")
# "by a quarter point for the third time this year": what moves are counted in is no window of one.
_TH_TIME = re.compile(
    r"\b(?:first|second|third|\w+th|\d+(?:st|nd|rd|th))\s(?:time|cut|hike|move|reduction|increase|decrease)\s"
    r"(?:of\s|in\s|so far\s)?\Z",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"[“\"]?(?:After|Following|Having|Despite)\s")
_REPORTED = frozenset({DateForm.FISCAL_YEAR, DateForm.QUARTER, DateForm.HALF, DateForm.YEAR})


@dataclass(slots=True)
class Dater:
    """Dates the claims of one article, sentence by sentence."""

    article: Article
    memory: Memory
    spoken: Discourse = field(init=False)
    columns: Columns = field(default_factory=Columns)

    def __post_init__(self) -> None:
        self.spoken = Discourse(self.article)

    def begin(self, sentence: Sentence) -> None:
        """Before a sentence's claims."""
        self.spoken.begin(sentence)
        self.columns.begin(sentence)

    def finish(self, sentence: Sentence) -> None:
        """After a sentence's claims."""
        self.spoken.finish(sentence)

    def told(self, period: Period | None, *, sure: bool) -> None:
        """A move of the sentence at hand has been dated."""
        self.spoken.told(period, sure=sure)

    def is_framed(self, sentence: Sentence) -> bool:
        """Whether the sentence before told moves of longer windows alone, and no day has been named since."""
        return self.spoken.framed is not None and 0 <= sentence.paragraph - self.spoken.framed <= 1

    def abroad(self, ids: tuple[str, ...], period: Period | None) -> Period | None:
        """In a paper of the Asian day, Wall Street's session is the one that ended that morning."""
        return self.spoken.abroad(ids, period)

    def of_level(self, figure: Figure) -> Period | None:
        """The day a level was seen."""
        return self._of_figure(figure, (periods.is_day, is_span), periods.resolve)

    def of_move(self, figure: Figure) -> Period | None:
        """The day of a move, or the window it was measured over."""
        header = self.memory.header
        dated = any(self.spoken.dates(expression) for expression in figure.sentence.periods)
        if header and header.periods and figure.lead != "from" and not dated:
            return periods.window_of(header.periods[-1], self.article)
        if self.columns.is_of(figure.sentence):
            return self._of_column(figure)
        if (over := measured_over(figure.sentence, figure.quantity, self.article)) is not None:
            return _from_weekday(over)
        return _from_weekday(self._of_figure(figure, (is_move_window, periods.is_day, is_span), periods.window_of))

    def of_decision(self, figure: Figure) -> Period | None:
        """When a policy rate was moved: a day, a month it fell in, or the stretch several moves are counted over."""
        told = [
            e
            for e in figure.sentence.periods
            if not _TH_TIME.search(figure.sentence.text, figure.sentence.start, e.start)
        ]
        figure = replace(figure, sentence=replace(figure.sentence, periods=tuple(told)))
        found = self._of_figure(figure, (is_move_window, periods.is_day, is_span), periods.resolve)
        return periods.coming(found, self.article)

    def at(self, sentence: Sentence, offset: int) -> Period | None:
        """The day of words that carry no figure, as of a superlative that begins at `offset`."""
        if (told := record_own(sentence, offset)) is not None:
            return periods.resolve(told, self.article)
        sentence = replace(sentence, periods=without_counts(sentence))
        clause = sentence.clause_at(offset)
        chosen = self._choose(sentence, clause, offset, (periods.is_day, is_span))
        if chosen is None:  # "closed on Thursday at 40, its sixth record of the month": said of what goes before
            before = [
                e
                for e in self.spoken.days(sentence)
                if clause.start <= e.start < offset and not self.spoken.released(e)
            ]
            apposed = _APPOSED.search(sentence.text, clause.start, offset)
            chosen = before[-1] if before and apposed else None
        return periods.resolve(chosen, self.article) if chosen else self.spoken.carried(sentence)

    def named(self, sentence: Sentence, clause: Clause, offset: int) -> Period | None:
        """Only what the sentence itself names, spans first: reference periods and fiscal years."""
        chosen = self._choose(sentence, clause, offset, (is_span, periods.is_day))
        return periods.resolve(chosen, self.article) if chosen else None

    def projected(self, figure: Figure) -> Period | None:
        """A year or quarter still to come that a figure is set to: a projection, whatever the verb."""
        chosen = self._choose(figure.sentence, figure.clause, figure.quantity.start, (is_span,))
        named = periods.resolve(chosen, self.article) if chosen else None
        return named if self.spoken.is_future(named) else None

    def of_odds(self, figure: Figure) -> Period | None:
        """The meeting, month or year that odds are of: one that is still to come, the nearest to the figure."""
        sentence, offset, today = figure.sentence, figure.quantity.start, periods.today_of(self.article)
        ahead = []
        for expression in sentence.periods:
            found = None if periods.is_window(expression) else periods.resolve(expression, self.article, future=True)
            if found and today and found.end > today and self.spoken.dates(expression):
                ahead.append((abs(expression.start - offset), found))
        return min(ahead, key=lambda pair: pair[0])[1] if ahead else None

    def fiscal(self, sentence: Sentence) -> Period | None:
        """The dated year or quarter a company's figures are of; a quarter without a year is its own calendar's."""
        dated = [e for e in sentence.periods if e.form in _REPORTED and e.year is not None and self.spoken.dates(e)]
        return periods.resolve(dated[0], self.article) if dated else None

    def _of_figure(
        self, figure: Figure, order: tuple[Accepts, ...], resolve: Callable[..., Period | None]
    ) -> Period | None:
        sentence, clause, quantity = figure.sentence, figure.clause, figure.quantity
        if (told := own(sentence, quantity)) is not None:
            return self._told(sentence, told, resolve)
        if _PREVIOUS.search(sentence.text, max(clause.start, quantity.start - 60), quantity.start):
            return self.spoken.weekday_before()
        if figure.lead == "from":
            return self._own(figure)
        if order[0] is not is_move_window and _VERSUS.search(
            sentence.text, max(clause.start, quantity.start - 16), quantity.start
        ):
            earlier = [e for e in self.spoken.days(sentence) if is_earlier_figures(sentence, e)]
            if earlier:  # "at 2.64 percent, from 2.62 percent late on Monday, ... at 3.47 percent versus 3.45 percent"
                return resolve(earlier[-1], self.article)
        if _PARENTHESIS.search(sentence.text[max(sentence.start, quantity.start - 12) : quantity.start]):
            return None  # "its record (6,144.15)": of another day, which only the parenthesis could tell
        if self.spoken.in_us_trade(sentence, quantity.end) or self.spoken.at_ny_close(sentence, quantity.end):
            return self.spoken.weekday_before(text=None)
        ended = ended_spans.ENDED.search(sentence.text, clause.start, quantity.start)
        if ended and not (order[0] is is_move_window and _has_window(sentence, quantity)):
            by = order[0] is is_move_window and ended_spans.by_how_much(sentence, ended.end(), quantity)
            named = [e for e in within(sentence.periods, ended.start(), ended.end()) if is_move_window(e)]
            return resolve(named[0], self.article) if by and named else self.spoken.last_session()
        after = _DAY_AFTER.search(sentence.text, max(0, clause.start - 24), clause.start)
        if after and sentence.text.find(",", clause.start, quantity.start) < 0:
            return self.spoken.weekday_before(text="a day after")
        chosen = self._choose(sentence, clause, quantity.start, order)
        ahead = figure.modality in (Modality.FORECAST, Modality.CONDITIONAL)
        if chosen is None and order[0] is is_move_window and self.spoken.goes_on(sentence, figure.bound.ids):
            chosen = self.spoken.window
        if chosen is not None and not is_own_day(chosen):
            found = self.spoken.placed(chosen, sentence, resolve, ahead=ahead)
            due = _BY.search(self.article.text, max(0, chosen.start - 12), chosen.start)
            if ahead or due or not self.spoken.is_future(found):
                return self.spoken.abroad(figure.bound.ids, found)
        if _TRADING_NOW.search(sentence.text, clause.start, quantity.start):
            return periods.implied(self.article)
        if ahead:
            return None
        period = self.spoken.abroad(figure.bound.ids, self.spoken.carried(sentence))
        return self.spoken.closed_abroad(sentence, figure.bound.ids, period)

    def _told(self, sentence: Sentence, told: DateExpression, resolve: Callable[..., Period | None]) -> Period | None:
        """The date a figure has for itself; "the day before" is the one before the day last named."""
        if told.form is not DateForm.RELATIVE or told.unit not in ("day", "session") or told.anchor != "previous":
            return resolve(told, self.article)
        named = [e for e in self.spoken.days(sentence) if e.start < told.start and e.form is not DateForm.RELATIVE]
        base = periods.resolve(named[-1], self.article) if named else None
        return self.spoken.weekday_before(text=told.text, of=base)

    def _of_column(self, figure: Figure) -> Period | None:
        """A move in a row of a table is of its column's window, or of the day."""
        window = self.columns.window(figure.sentence, figure.quantity)
        found = periods.window_of(window, self.article) if window else self.spoken.carried(figure.sentence)
        return _from_weekday(self.spoken.abroad(figure.bound.ids, found))

    def _own(self, figure: Figure) -> Period | None:
        """The level a move started from has the date right after it, or is the close before a one-day move."""
        quantity = figure.quantity
        for expression in within(figure.sentence.periods, quantity.end, quantity.end + 25):
            if not re.search(r"\d", figure.sentence.text[quantity.end : expression.start]):
                return periods.resolve(expression, self.article)
        if is_long_before(figure.sentence, quantity):
            return None
        windows = [
            e for e in within(figure.sentence.periods, figure.clause.start, figure.clause.end) if is_move_window(e)
        ]
        daily = figure.bound.type in ("index", "equity", "etf", "yield", "commodity", "currency", "crypto")
        target = figure.level is not None and figure.level.value in ("target", "average")
        if not daily or windows or target:
            return None
        return self.spoken.weekday_before(of=self._day_moved(figure))

    def _day_moved(self, figure: Figure) -> Period | None:
        """The day named for the move that a level set out on: "fell 0.3% on Monday to 6,846.51 from 6,870.40"."""
        days = [e for e in self.spoken.days(figure.sentence) if e.start < figure.quantity.start]
        inside = [e for e in days if e.start >= figure.clause.start]
        found = periods.resolve(inside[-1], self.article) if inside else None
        return found if found is not None and found.is_day and not self.spoken.is_future(found) else None

    def _choose(
        self, sentence: Sentence, clause: Clause, offset: int, order: tuple[Accepts, ...]
    ) -> DateExpression | None:
        sentence = without_starts(without_peaks(sentence))
        inside = [e for e in within(sentence.periods, clause.start, clause.end) if self.spoken.dates(e)]
        chosen = pick(sentence, clause, inside, offset, order) or _hung_on(sentence, clause)
        if chosen is None and order[0] is is_move_window:
            chosen = window_before(sentence, clause, offset)
        return chosen or pick(sentence, clause, self._neighbours(sentence, clause), offset, order)

    def _neighbours(self, sentence: Sentence, clause: Clause) -> list[DateExpression]:
        """Days of the sentence's other clauses: those before it, which set the scene, then those after.

        A subordinate clause keeps its days to itself ("which reports on Wednesday", "after it split on Monday").
        """
        aside = [c for c in asides(sentence) if c is not clause]
        first = sentence.clauses[0]
        if (
            first is not clause
            and _BACKGROUND.match(sentence.text, sentence.start)
            and self._has_figure(sentence, first)
        ):
            aside.append(first)  # "After losing 2.7% on Friday, the index rose 1.6%"
        days = [
            e
            for e in self.spoken.days(sentence)
            if not any(c.start <= e.start < c.end for c in aside) or is_met(sentence, e)
        ]
        days = [e for e in days if not self.spoken.released(e) or clause.start <= e.start < clause.end]
        days = [e for e in days if clause.start <= e.start < clause.end or not is_earlier_figures(sentence, e)]
        before = [e for e in days if e.start < clause.start]
        if clause.opener in SUBORDINATE:  # only a day the whole sentence opens with holds here too
            return [e for e in before if e.start - sentence.start <= 14 or is_met(sentence, e)]
        return before or [
            e
            for e in days
            if e.start >= clause.end and (not self._has_figures(sentence, e) or _closes(sentence, clause, e))
        ]

    @staticmethod
    def _has_figure(sentence: Sentence, clause: Clause) -> bool:
        return bool(within(sentence.quantities, clause.start, clause.end))

    @staticmethod
    def _has_figures(sentence: Sentence, expression: DateExpression) -> bool:
        """Whether the clause of a date has figures of its own, which the date is then of."""
        clause = sentence.clause_at(expression.start)
        return bool(within(sentence.quantities, clause.start, clause.end))


def _closes(sentence: Sentence, clause: Clause, expression: DateExpression) -> bool:
    """ "Nvidia fell 0.6% and Oracle dropped 1.2% on Monday.": one day at the end, said of two statements alike."""
    place = sentence.clauses.index(clause)
    following = sentence.clauses[place + 1] if place + 1 < len(sentence.clauses) else None
    if following is None or following.opener != "and" or expression.start >= following.end:
        return False
    figures = [within(sentence.quantities, each.start, each.end) for each in (clause, following)]
    alike = len(figures[0]) == len(figures[1]) == 1 and figures[0][0].unit == figures[1][0].unit
    return alike and figures[1][0].end <= expression.start and bool(_END.match(sentence.text, expression.end))


def _hung_on(sentence: Sentence, clause: Clause) -> DateExpression | None:
    """ "since Friday, when it closed at 2.06%", "on the 17th, which brought it to 4%": it is of the day before it."""
    if clause.opener != "when" and not (clause.opener == "which" and _BROUGHT.match(sentence.text, clause.start)):
        return None
    before = within(sentence.periods, clause.start - 40, clause.start)
    if not before or not _WHEN.fullmatch(sentence.text, before[-1].end, clause.start):
        return None
    last = before[-1].first if before[-1].form is DateForm.SINCE else before[-1]
    return last if last is not None and periods.is_day(last) else None


def _has_window(sentence: Sentence, quantity: Quantity) -> bool:
    """ "down 2.9% for the week, 9.3% in September and 5.3% for the third quarter": a window right behind it."""
    return any(
        not periods.is_day(e) and not re.search(r"[\d,;]", sentence.text[quantity.end : e.start])
        for e in within(sentence.periods, quantity.end, quantity.end + 18)
    )


def _from_weekday(period: Period | None) -> Period | None:
    """A month or year to date is measured from the session before: where that is a weekend's day, from the Friday."""
    last_of_month = period is not None and (period.start + timedelta(days=1)).day == 1
    if period is None or period.is_day or not last_of_month or period.start.weekday() < 5:
        return period
    return replace(period, start=period.start - timedelta(days=period.start.weekday() - 4))
