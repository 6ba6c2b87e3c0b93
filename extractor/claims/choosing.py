"""Which of a sentence's dates can be a figure's: told right at it, in its clause, or another figure's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractor.claims import periods
from extractor.claims.peaks import is_distance, is_of_the_peak
from extractor.claims.roles import PRICE_NOUN
from extractor.claims.sentence import Clause, Sentence, within
from extractor.domain.annotation import DateExpression, DateForm, Quantity

Accepts = Callable[[DateExpression], bool]

# What these clauses tell happened at another time, or is an aside; "as", "while" and "with" are of the same day.
SUBORDINATE = frozenset({"which", "who", "where", "after", "having", "before", "following"})
_HANGING = frozenset({"when", "because", "as", "that"})
_COORDINATING = frozenset({"while", "whereas", "and", ",", "versus", "compared with"})
_DETAILS = frozenset({";", ":", "—", "–"})
# A comma that sets something apart. "1.9%, or 445.81 points", "for the week, led by a 3% rise of", "on Friday, up 2%"
# and "in April, by 25 basis points" do not.
_ASIDE = re.compile(
    r",\s(?!(?:or|up|down|off|by|to|with an?)\b|\w+ing\b|"
    r"(?:led|paced|headed|topped|driven|capped|dragged(?: down)?) by\b)"
)
_AGAINST = re.compile(r",\s(?:versus|vs\.?|against|compared (?:with|to))\s(?:[a-z]+\s){0,3}[^\w\s]?\Z")
# "Its 4.3% jump put it in the black for the year", "a 3% loss left the shares down for the month": what that did.
_DID = re.compile(
    r"\b(?:puts?|putting|left|leaves|leaving|brought|brings|bringing|took|takes|taking|sent|sends|sending|lifted|lifting|"
    r"lifts|pushed|pushing|pushes|turned|turning|turns|eras(?:ed|ing|es)|wip(?:ed|ing|es))\s(?:\w+\s)?"
    r"(?:it|its|the|their|them|shares)\b"
)
_JOINED = re.compile(r"(?:,|;|,?\s(?:and|but))\s(?:\w+\s){0,2}\Z")
_NEXT = re.compile(r",\s(?!or\b)")  # ", bringing its loss for the week to": what follows has a date of its own
_EARLIER_FIGURE = re.compile(
    r"\b(?:from|versus|vs\.?|against|compared (?:with|to)|than|off)\s(?:(?:the|a|about|around|roughly|nearly)\s){0,2}"
    r"[A-Z]{0,3}[$€£¥]?\d"
)
_UP_TO = re.compile(r"\sto\s[^\w\s]?\d")
_BESIDE = re.compile(r"\s(?:on|in)?\s?")
_IN_OR_FOR = re.compile(r"\s(?:in|for|during)\s(?:the\s)?")
_MEETING = re.compile(
    r"\b(?:meeting|gathering|review)\s(?:that|which)\s(?:had\s)?"
    r"(?:wrapped up|ended|concluded|finished|closed)\s(?:on\s)?\Z"
)
_ENCLOSED = re.compile(r",\s(?:in|on|late|early)\s\Z")  # "A second try, in April 2011, failed at 48.70"
_LATE = re.compile(r"[^\d,;:()]{0,18}")
_AND_ON = re.compile(
    r",?\s(?:and|but)\s(?:(?:then\s)?on\s[A-Z]|(?:is\s|was\s)?(?:now|last|currently|recently)\b)|\bfollowed by\b"
)
_ANOTHER_TIME = re.compile(r"\b(?:after|when|before|since|because|followed by|then|another|a further)\b")
_AND_IT = re.compile(r",\s(?:and|but)\s(?:it|they|he|she|we|I)\s")
_PARENTHESIS = re.compile(r"\([^)]{0,20}\Z")
_CONNECTED = re.compile(r"\b(?:and|but|while)\b|;")
_OF = re.compile(r"\sof\s(?:the\s)?")
_STOOD_OUT = 14  # a date this near to a beginning opens it
_FROM_DATE = re.compile(  # "Monday's record of", "Nov. 10 all-time high near", "Friday's": what a date has of its own
    rf"(?:['’]s?)?\s(?:[\w-]+\s){{0,2}}?{PRICE_NOUN}(?:\s(?:price|level))?"
    r"(?:\s(?:of|near|around|about|just|above|below|under|over|close to|nearly|roughly|almost)){0,3}\s\(?"
    r"|['’]s?\s",
    re.IGNORECASE,
)
_OF_A_PEAK = re.compile(rf"\($|{PRICE_NOUN}\s(?:of|at|near|around)\s$", re.IGNORECASE)
_CLOSES = re.compile(r"\bclos|settle", re.IGNORECASE)
_CLOSE_OF = re.compile(r"(?:,?\s(?:of|at|was|stood at)|,|:)?\s\(?")
_TO_DATE = re.compile(
    r"\s(?:on\s(?:the\s)?|in\s|set\s(?:on\s|in\s)?|late\s(?:on\s)?|early\s(?:on\s)?|hit\s(?:on\s|in\s)?)?\(?"
)
_RUNNING = frozenset({"week", "month", "quarter", "year"})


def own(sentence: Sentence, quantity: Quantity) -> DateExpression | None:
    """The date a figure has for itself, whatever part it plays in the sentence.

    "its Nov. 10 record near $68,000", "Friday's 322 points", "had closed at 4.14% a day earlier".
    """
    for expression in within(sentence.periods, quantity.end, quantity.end + 16):
        past = expression.form is DateForm.RELATIVE and expression.anchor in ("ago", "previous")
        past = past and expression.unit in ("day", "session")
        inside = periods.is_day(expression) and bool(
            _OF_A_PEAK.search(sentence.text[max(0, quantity.start - 24) : quantity.start])
        )
        if (past or inside) and _TO_DATE.fullmatch(sentence.text, quantity.end, expression.start):
            return expression
    for expression in within(sentence.periods, quantity.start - 90, quantity.start):
        gap = sentence.text[expression.end : quantity.start]
        closes = _CLOSES.search(expression.text) and _CLOSE_OF.fullmatch(gap)
        if expression.form is not DateForm.SINCE and (closes or _FROM_DATE.fullmatch(gap)):
            return expression
    return None


def record_own(sentence: Sentence, start: int) -> DateExpression | None:
    """The date right before a superlative: "its Nov. 10 all-time high"."""
    for expression in within(sentence.periods, start - 40, start):
        if periods.is_day(expression) and re.fullmatch(r"(?:['’]s?)?\s", sentence.text[expression.end : start]):
            return expression
    return None


def is_earlier_figures(sentence: Sentence, expression: DateExpression) -> bool:
    """Whether a date is that of a figure another came from: "to 2.64 percent, from 2.62 percent late on Monday"."""
    for quantity in within(sentence.quantities, expression.start - 40, expression.start):
        before = sentence.text[max(sentence.start, quantity.start - 30) : quantity.start + 2]
        if _LATE.fullmatch(sentence.text, quantity.end, expression.start) and _EARLIER_FIGURE.search(before):
            return True
    return False


def is_met(sentence: Sentence, expression: DateExpression) -> bool:
    """ "After a two-day meeting that wrapped up Wednesday, policymakers held rates": the decision's own day."""
    return bool(_MEETING.search(sentence.text, max(sentence.start, expression.start - 60), expression.start))


def without_counts(sentence: Sentence) -> tuple[DateExpression, ...]:
    """Dates but those a superlative is counted in: "its sixth record close of January"."""
    ends = [record.end for record in sentence.records]
    return tuple(
        e
        for e in sentence.periods
        if not any(_OF.fullmatch(sentence.text, end, e.start) for end in ends if end < e.start)
    )


def asides(sentence: Sentence) -> list[Clause]:
    """Clauses that keep their days to themselves, and those that hang on one ("after it fell when trade opened")."""
    found: list[Clause] = []
    aside = False
    for clause in sentence.clauses:
        aside = clause.opener in SUBORDINATE or (aside and clause.opener in _HANGING)
        if aside:
            found.append(clause)
    return found


def pick(
    sentence: Sentence, clause: Clause, group: Sequence[DateExpression], offset: int, order: tuple[Accepts, ...]
) -> DateExpression | None:
    """The nearest of the first sort that the group has; a day named outdoes "on the day"."""
    beside = [e for e in group if _is_beside(sentence, e, offset) and any(accepted(e) for accepted in order)]
    if beside and order[0] is not is_move_window and not is_own_day(beside[0]):
        return beside[0]
    calendar = [e for e in group if is_calendar_span(e) and _follows(sentence, e, offset)]
    if calendar and order[0] is is_move_window:
        return calendar[0]
    for accepted in order:
        fitting = [e for e in group if accepted(e) and _attached(sentence, clause, e, offset)]
        if fitting:
            return min(fitting, key=lambda e: (is_own_day(e), _distance(sentence, e, offset)))
    return None


def window_before(sentence: Sentence, clause: Clause, offset: int) -> DateExpression | None:
    """The window of an earlier clause that holds here too.

    "up 39 percent year to date while the S&P 500 is up 24.5 percent"; "Last week, the Dow lost 2% and the Nasdaq
    3%"; "closed higher for a fourth straight week; the Dow gained 2.3 percent"; "July was wild: Tesla lost 26%".
    """
    unit = next((q.unit for q in sentence.quantities if q.start == offset), None)
    clauses = sentence.clauses
    at = clauses.index(clause)
    while at > 0 and clauses[at].opener in (_COORDINATING | _DETAILS):
        details = clauses[at].opener in _DETAILS
        at -= 1
        before = clauses[at]
        told = within(sentence.quantities, before.start, before.end)
        named = [
            e
            for e in within(sentence.periods, before.start, before.end)
            if is_move_window(e) or (details and (is_calendar_span(e) or is_past_span(e)))
        ]
        windows = [e for e in named if periods.role(e, sentence.text) is not periods.Role.REFERENCE]
        if windows and (not told if details else any(q.unit == unit for q in told)):
            return windows[-1]
        if windows and not told and at == 0 and windows[0].start - sentence.start <= _STOOD_OUT:
            return windows[-1]  # "For the week, the Dow and the S&P 500 both lost 1.3%": split between its subjects
        if windows:
            return None
        spans = within(sentence.periods, sentence.start, sentence.start + _STOOD_OUT) if at == 0 else ()
        if not details and told and spans and is_past_span(spans[0]):
            return spans[0]
    return None


def _attached(sentence: Sentence, clause: Clause, expression: DateExpression, offset: int) -> bool:
    """Whether a date can be the figure's: not one in an aside before it, nor another figure's after it.

    "Oracle, a partner in the project announced on January 21, tumbled 13.8%": the aside's day is not the fall's.
    """
    if is_move_window(expression) and is_distance(sentence, offset):
        return False  # "up 1% over the past week and 4% shy of Monday's record": a distance has no window
    if is_of_the_peak(sentence, expression, offset):
        return False  # "ended 0.6% below the record close it set on July 26"
    if not clause.start <= expression.start < clause.end:
        return True
    if expression.start < offset:
        fronted = expression.start - clause.start <= _STOOD_OUT and clause.opener not in SUBORDINATE
        if _AND_ON.search(sentence.text, expression.end, offset):
            return False  # "on Tuesday it sank 2%, and on Thursday it lost ...": another day took over
        if is_move_window(expression) and _AGAINST.fullmatch(sentence.text, expression.end, offset):
            return True  # "has climbed 6% so far in May, versus 2% for the S&P 500"
        between = _ENCLOSED.search(sentence.text, max(clause.start, expression.start - 8), expression.start)
        past_comma = 1 if between and sentence.text[expression.end : expression.end + 1] == "," else 0
        fronted = fronted or is_met(sentence, expression)
        return fronted or not _ASIDE.search(sentence.text, expression.end + past_comma, offset)
    earlier = _EARLIER_FIGURE.search(sentence.text, max(offset, expression.start - 120), expression.start)
    if earlier and not _UP_TO.search(sentence.text, earlier.end(), expression.start):
        return False  # "rose to 4.19% from 4.14% late Thursday": the day is the earlier figure's
    others = within(sentence.quantities, offset + 1, expression.start)
    if others and _PARENTHESIS.search(sentence.text, offset, others[-1].start):
        return False  # "is 11% below its record (6,144.15 on February 19)"
    if others and _ANOTHER_TIME.search(sentence.text, offset, expression.start):
        return (
            False  # "fell 11% and then another 3% on Tuesday", "jumped 14% after spiking 20% when trade opened Sunday"
        )
    if _fronts_the_next(sentence, expression, offset):
        return False
    if not periods.is_day(expression) and _DID.search(sentence.text, offset, expression.start):
        return False
    if _AND_IT.search(sentence.text, offset, expression.start):
        return False  # "cut by half a point, and it did not signal a January move"
    apart = _NEXT.search(sentence.text, offset, expression.start)
    if periods.is_day(expression):
        return True
    if is_move_window(expression) and _has_a_day(sentence, offset, expression):
        return False  # "rose 0.8% on Thursday, trimming its loss for the week"
    return not (others and (apart or _told_anew(sentence, offset, expression.start)))


def _fronts_the_next(sentence: Sentence, expression: DateExpression, offset: int) -> bool:
    """ "fell 15.8%, and for the month 10.6%": it opens what is said of the figure behind it."""
    behind = within(sentence.quantities, expression.end, expression.end + 14)
    joined = _JOINED.search(sentence.text, offset, expression.start)
    return joined is not None and bool(behind) and not periods.is_day(expression)


def _has_a_day(sentence: Sentence, offset: int, expression: DateExpression) -> bool:
    """Whether a day stands right behind the figure, before the window."""
    end = next((q.end for q in sentence.quantities if q.start == offset), offset)
    return any(
        periods.is_day(e) and periods.role(e, sentence.text) is not periods.Role.REFERENCE
        for e in within(sentence.periods, end, min(end + 20, expression.start))
    )


def _told_anew(sentence: Sentence, start: int, end: int) -> bool:
    """ "is 11% below its record and 7.2% down", "rose 1% and is up 5%": the second figure has its own predicate."""
    joint = _CONNECTED.search(sentence.text, start, end)
    return joint is not None and any(
        cue.layer in ("movement", "level") for cue in within(sentence.cues, joint.end(), end)
    )


def is_calendar_span(expression: DateExpression) -> bool:
    """A month, quarter or year by its name."""
    return expression.form in (DateForm.MONTH, DateForm.QUARTER, DateForm.YEAR)


def _follows(sentence: Sentence, expression: DateExpression, offset: int) -> bool:
    """ "9.3% in September, 5.3% for the third quarter and 24.8% for the year": each its own."""
    quantity = next((q for q in sentence.quantities if q.start == offset), None)
    return quantity is not None and bool(_IN_OR_FOR.fullmatch(sentence.text, quantity.end, expression.start))


def _is_beside(sentence: Sentence, expression: DateExpression, offset: int) -> bool:
    """ "3.2% on Monday and 3.7% on Tuesday", "from 4.15% late on Monday and 4.80% in January"."""
    quantity = next((q for q in sentence.quantities if q.start == offset), None)
    return quantity is not None and bool(_BESIDE.fullmatch(sentence.text, quantity.end, expression.start))


def _distance(sentence: Sentence, expression: DateExpression, offset: int) -> int:
    """Characters between a date and a figure; a comma between them counts for forty."""
    if _is_beside(sentence, expression, offset):
        return 0
    gap = sentence.text[min(expression.end, offset) : max(expression.start, offset)]
    return len(gap) + 40 * gap.count(",")


def is_own_day(expression: DateExpression) -> bool:
    """ "on the day", "overnight": the day that is spoken of, whichever that is."""
    return expression.form is DateForm.RELATIVE and expression.anchor == "own" and expression.clock is None


def is_move_window(expression: DateExpression) -> bool:
    """A window, or a stretch that still runs ("this year"): what a move is measured over."""
    running = expression.form is DateForm.RELATIVE and expression.anchor == "this" and expression.unit in _RUNNING
    ended = expression.part == "ended" and expression.form in (DateForm.DAY, DateForm.WEEKDAY)
    return periods.is_window(expression) or running or ended


def is_past_span(expression: DateExpression) -> bool:
    """ "last week", "last month"."""
    return (
        expression.form is DateForm.RELATIVE
        and expression.anchor in ("last", "previous")
        and expression.unit in _RUNNING
    )


def is_span(expression: DateExpression) -> bool:
    return not periods.is_day(expression) and not periods.is_window(expression)
