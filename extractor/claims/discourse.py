"""The days an article speaks of as it goes on: its lead's, a paragraph's, the last one named, the last window."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from extractor.claims import periods
from extractor.claims.choosing import asides, is_earlier_figures, is_move_window
from extractor.claims.periods import Role
from extractor.claims.roles import since_event
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import DateExpression, DateForm
from extractor.domain.article import Article
from extractor.domain.claim import DateSource, Period
from extractor.rules.venues import venue

WALL_STREET = frozenset({"index:SPX", "index:DJI", "index:IXIC", "index:NDX", "index:RUT", "index:VIX"})
_US_LISTED = ("equity:XNAS:", "equity:XNYS:", "etf:ARCX:", "etf:XNAS:")
_WEEK_OVER = re.compile(
    r"\b(?:ended|finished|closed|wrapped up|capped|rounded off)\b[^.;]{0,30}?\b(?:the|a|its|their)\s(?:\w+\s)?week\b",
    re.IGNORECASE,
)
# In the Asian day "US trade" is last night's: "$1.3193 and 137.23 yen in US trade".
_IN_US_TRADE = re.compile(
    r"(?:\s(?:and\s)?[$€£]?[\d.,]++(?:\s\w+)?|\s\w+)?\s(?:late\s)?in\s(?:late\s|early\s|afternoon\s)?"
    r"(?:US|U\.S\.|New York|North American)\b"
)
_NY_CLOSE = re.compile(r"\s(?:at\s(?:the\s)?)?(?:NY|New York|US|U\.S\.|Wall Street)(?:['’]s)?\s(?:close|settlement)\b")
_EUROPE = frozenset({"XLON", "XETR", "XPAR", "XMAD", "XMIL", "XAMS", "XSWX", "XSTO"})
_CLOSED = re.compile(r"\(close\)|\b(?:closed|closing|ended|finished|settled)\b", re.IGNORECASE)
_IN_ASIA = re.compile(r"\b(?:Asian?|Tokyo|Sydney|Hong Kong|Singapore|early)\b")
_THROUGH = re.compile(r"\b(?:through|thru|up to|as of)\s(?:the\s)?\Z", re.IGNORECASE)
# A second case beside a window's: "It is up 27% this year. Silver is up 1%.", "Rivals fared worse, off 11%."
_PARALLEL = re.compile(r"\b(?:is|are|has|have)\s(?:\w+\s)?(?:up|down|off|higher|lower|\w+ed)\b|\b(?:worse|better),")
_RELEASED = re.compile(
    r"\b(?:announced|reported|released|published|unveiled|signed|imposed|proposed|approved|completed|launched|issued|"
    r"held|agreed|set|filed|struck|made|introduced|enacted)\s(?:late\s)?(?:on\s)?\Z",
    re.IGNORECASE,
)
# A label at the head of a paragraph: "US CLOSE (Wed): ...", "YESTERDAY: ...".
_LABEL = re.compile(r"[^:.;\d]{0,24}?[^\w:]{0,2}:")
_LABEL_REACH = 45
# "It was a rough week for AI darlings.", "Week in review": what is told next without a date may be of that stretch.
_FRAMES = re.compile(
    r"\b(?:an?|the|this|last|another|its|their)\s(?:[\w-]+\s){0,2}?(?:week|month|quarter|half|year)\b"
    r"(?! (?:ago|earlier))"
    r"|\b(?:week|month|quarter|year)(?:ly)?\s(?:in|that was|recap|review|wrap|ahead)\b",
    re.IGNORECASE,
)
_ITS_FIGURE = re.compile(r"['’]s\s(?:[a-z]+\s)?[$€£]?\d")
_THAT_DAY = re.compile(r"\bthat (?:day|morning|afternoon|evening|session|day’s|day's)\b", re.IGNORECASE)


@dataclass(slots=True)
class Discourse:
    """What one article has said of days so far, and what follows from it for a figure without one."""

    article: Article
    day: Period | None = None  # the day the paragraph is about, where it says one
    paragraph: int = -1
    last_day: Period | None = None  # the last day spoken of, for "that afternoon"
    main: Period | None = None  # the day the lead is about, if it is not the article's own
    window: DateExpression | None = None  # the last window a move was measured over, for "over that time"
    window_at: tuple[int, int] = (-1, -1)  # the sentence it stood in, and its paragraph
    window_opens: bool = False  # whether it opened that sentence
    sentences: int = 0
    framed: int | None = None  # the paragraph whose last sentence with moves told those of longer windows alone
    _spans: set[bool] = field(default_factory=set)  # of the sentence at hand: whether a move was over more than a day

    def told(self, period: Period | None, *, sure: bool) -> None:
        """A move has been dated. One without a day of its own leaves the frame as it was, or goes on with it."""
        implied = period is not None and period.is_day and period.source is DateSource.IMPLIED
        if period is not None and not (implied and sure):
            self._spans.add(implied or not period.is_day)

    def begin(self, sentence: Sentence) -> None:
        """Before a sentence's claims: the day its paragraph opens with ("On Wednesday, ..."), and "that afternoon"."""
        if sentence.paragraph != self.paragraph:
            self.day, self.paragraph = None, sentence.paragraph
            days = self.days(sentence)
            opening = [e for e in days if e.start - sentence.start <= 12 or is_label(sentence, e)]
            if opening and len(days) > 1 and _ITS_FIGURE.match(sentence.text, opening[0].end):
                opening = opening[1:]  # "Wednesday's 3% surge was wiped out on Thursday"
            found = periods.resolve(opening[0], self.article) if opening else None
            if found and found.start.weekday() < 5:
                self.day = found
        if self.main is None and self.sentences < 10 and _WEEK_OVER.search(sentence.words):
            self._week_over(sentence)
        elif self.day is not None:  # "Wednesday's finish was its 17th of the year", told in a paragraph of another day
            opening = [e for e in self.days(sentence) if e.start == sentence.start and e.form is DateForm.WEEKDAY]
            self.day = (periods.resolve(opening[0], self.article) if opening else None) or self.day
        if self.last_day and _THAT_DAY.search(sentence.words):
            self.day = self.last_day

    def finish(self, sentence: Sentence) -> None:
        """After a sentence: remember its days. A calendar day goes on through its paragraph, a weekday is an aside."""
        days = self.days(sentence)
        resolved = [(e, found) for e in days if (found := periods.resolve(e, self.article)) and found.is_day]
        if resolved:
            self.last_day = resolved[-1][1]
        aside = asides(sentence)
        dated = [
            period
            for e, period in resolved
            if e.form is DateForm.DAY
            and period.start.weekday() < 5
            and not any(clause.start <= e.start < clause.end for clause in aside)
            and not self.released(e)
            and not self.is_future(period)
        ]
        if dated:
            self.day, self.paragraph = dated[-1], sentence.paragraph
        if self.sentences < 4:
            told = [(e, p) for e, p in resolved if not is_label(sentence, e) and not is_earlier_figures(sentence, e)]
            self._lead(sentence, [p for e, p in told if not any(c.start <= e.start < c.end for c in aside)])
        self.sentences += 1
        if not sentence.quantities and _FRAMES.search(sentence.text, sentence.start, sentence.end):
            self.framed = sentence.paragraph
        if self._spans:
            self.framed = sentence.paragraph if self._spans == {True} else None
            self._spans = set()

    def _lead(self, sentence: Sentence, days: list[Period]) -> None:
        """A report of the day before says so at once: its lead's day is what the rest is about."""
        implied = periods.implied(self.article)
        if self.main is not None or implied is None:
            return
        weekday = [e for e in sentence.periods if e.form is DateForm.WEEKDAY]
        if any((period := periods.resolve(e, self.article)) and period.start == implied.start for e in weekday):
            self.main = implied  # "off its highs on Friday", in Friday's report
            return
        # The page's own date line or title ("News for Mar 8, 2022") says when it came out, not what it is about.
        weekdays = [period for period in days if period.start.weekday() < 5 and period.start != implied.start]
        if weekdays:
            day = weekdays[0].start
            if timedelta(0) <= implied.start - day <= timedelta(days=4):
                self.main = Period(start=day, end=day, text=None, source=DateSource.IMPLIED)

    def _week_over(self, sentence: Sentence) -> None:
        """ "Finished the week higher", written from Saturday to Monday, is of the Friday before."""
        implied = periods.implied(self.article)
        if implied is not None and not self.days(sentence) and implied.start.weekday() in (5, 6, 0):
            self.main = self.weekday_before(text=None)

    def released(self, expression: DateExpression) -> bool:
        """ "The project announced on January 21, ..." sets no day for what follows."""
        text = self.article.text
        return text[expression.end : expression.end + 1] == "," and bool(
            _RELEASED.search(text, max(0, expression.start - 30), expression.start)
        )

    def days(self, sentence: Sentence) -> list[DateExpression]:
        return [e for e in sentence.periods if periods.is_day(e) and self.dates(e)]

    def dates(self, expression: DateExpression) -> bool:
        return periods.role(expression, self.article.text) is not Role.REFERENCE

    def last_session(self) -> Period | None:
        """The report's own session: on a Saturday or Sunday the Friday's."""
        day = self.main or periods.implied(self.article)
        return self.weekday_before(text=None) if day is not None and day.start.weekday() > 4 else day

    def carried(self, sentence: Sentence) -> Period | None:
        if self.day and self.paragraph == sentence.paragraph:
            return replace(self.day, text=None, source=DateSource.IMPLIED)
        return self.main or periods.implied(self.article)

    def weekday_before(self, text: str | None = "previous close", of: Period | None = None) -> Period | None:
        """The previous session as far as the week tells; checking knows the holidays."""
        implied = of or self.main or periods.implied(self.article)
        if implied is None:
            return None
        day = implied.start - timedelta(days=1)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        source = DateSource.RELATIVE if text else DateSource.IMPLIED
        return Period(start=day, end=day, text=text, source=source)

    def placed(
        self, chosen: DateExpression, sentence: Sentence, resolve: Callable[..., Period | None], *, ahead: bool
    ) -> Period | None:
        """A date's days, a window's beginning and end also by what the article has spoken of."""
        today = periods.implied(self.article)
        if chosen.anchor == "then" and chosen.form is DateForm.SINCE:
            if self.last_day is None or today is None or self.last_day.start > today.start:
                return None
            return replace(self.last_day, end=today.start, text=chosen.text, source=DateSource.RELATIVE)
        if chosen.anchor == "same" and chosen.form is DateForm.SINCE:
            return resolve(self.window, self.article) if self.window else None
        if chosen.anchor == "following":
            return self._following(chosen, sentence)
        found = resolve(chosen, self.article, future=ahead or periods.looks_ahead(chosen, self.article.text))
        moved = resolve is periods.window_of
        if moved and found and today and found.is_day and found.start < today.start:
            opens = since_event(chosen, sentence.text)
            return replace(found, end=today.start) if opens else found
        if found is None or not is_move_window(chosen):
            return found
        if chosen.start >= sentence.start:
            self.window, self.window_at = chosen, (self.sentences, sentence.paragraph)
            self.window_opens = chosen.start - sentence.start < 4
        for day in self.days(sentence):
            if day is not chosen and _THROUGH.search(sentence.text, max(0, day.start - 14), day.start):
                last = periods.resolve(day, self.article)
                if last and found.start < last.start <= found.end:
                    return replace(found, end=last.start)  # "Through Monday's close it was down 5% for the year"
        return found

    def _following(self, chosen: DateExpression, sentence: Sentence) -> Period | None:
        """ "The next day": the weekday after the day named before it."""
        named = [e for e in self.days(sentence) if e.end <= chosen.start and e.anchor != "following"]
        base = (periods.resolve(named[-1], self.article) if named else None) or self.last_day
        if base is None:
            return None
        day = base.start + timedelta(days=1 if base.start.weekday() < 4 else 7 - base.start.weekday())
        return Period(start=day, end=day, text=chosen.text, source=DateSource.RELATIVE)

    def goes_on(self, sentence: Sentence, ids: tuple[str, ...]) -> bool:
        """Whether a sentence without a date sets a second case beside the window of the one before.

        "For the week, the Dow lost 1%. The Nasdaq rose 0.5%.": its window frames the next for indexes.
        """
        if self.window_at != (self.sentences - 1, sentence.paragraph) or sentence.periods:
            return False
        framed = self.window_opens and all(identifier.startswith("index:") for identifier in ids)
        return framed or bool(_PARALLEL.search(sentence.words))

    def in_us_trade(self, sentence: Sentence, end: int) -> bool:
        told = _IN_US_TRADE.match(sentence.text, end, end + 60) if self._eastern() else None
        return told is not None and not within(sentence.periods, end, told.end() + 16)

    def _eastern(self) -> bool:
        return self.article.timezone.startswith(("Asia/", "Australia/", "Pacific/Auckland"))

    def abroad(self, ids: tuple[str, ...], period: Period | None) -> Period | None:
        """In a paper of the Asian day, Wall Street's session is the one that ended that morning.

        On a Saturday or Sunday the last session of all that has one is Friday's, and windows end there.
        """
        if period is not None and period.end.weekday() > 4 and not any(i.startswith("crypto:") for i in ids):
            period = self._by_friday(period)
        american = bool(ids) and all(i in WALL_STREET or i.startswith(_US_LISTED) for i in ids)
        implied = periods.implied(self.article)
        today = period is not None and implied is not None and period.is_day and period.start == implied.start
        return self.weekday_before(text=None) if self._eastern() and american and today else period

    def at_ny_close(self, sentence: Sentence, end: int) -> bool:
        """ "1.0740 (1.0730 NY close)", in a paper of the European or Asian morning."""
        abroad = not self.article.timezone.startswith("America/")
        return abroad and _NY_CLOSE.match(sentence.text, end, end + 40) is not None

    def closed_abroad(self, sentence: Sentence, ids: tuple[str, ...], period: Period | None) -> Period | None:
        """In a paper of the Asian day a close of Europe is the evening before's, and so are Treasuries not said to
        trade in Asia."""
        implied = periods.implied(self.article)
        today = period is not None and implied is not None and period.is_day and period.start == implied.start
        if not today or not ids or not self._eastern():
            return period
        european = all(venue(i) in _EUROPE for i in ids) and _CLOSED.search(sentence.words)
        treasuries = all(i.startswith("yield:US") for i in ids) and not _IN_ASIA.search(sentence.words)
        return self.weekday_before(text=None) if european or treasuries else period

    def _by_friday(self, period: Period) -> Period:
        implied = periods.implied(self.article)
        if implied is None or period.end != implied.start or (period.is_day and period.text is not None):
            return period
        friday = implied.start - timedelta(days=implied.start.weekday() - 4)
        return replace(period, start=min(period.start, friday), end=friday)

    def is_future(self, period: Period | None) -> bool:
        """Begins with or after the article's day and ends after it: nothing of it has happened yet."""
        implied = periods.implied(self.article)
        return (
            period is not None and implied is not None and period.end > implied.start and period.start >= implied.start
        )


def is_label(sentence: Sentence, expression: DateExpression) -> bool:
    """Whether a date stands in the label its sentence opens with: it dates what follows, not the report."""
    near = expression.end - sentence.start <= _LABEL_REACH
    return near and bool(_LABEL.match(sentence.text, expression.end)) and ":" not in expression.text
