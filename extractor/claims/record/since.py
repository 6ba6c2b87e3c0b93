""" "Highest since July 2007", "six-year high", "best day since June"."""

from __future__ import annotations

import re

from extractor.claims.record.subject import Superlative
from extractor.domain.claim import Direction
from extractor.domain.verdict import Rating
from extractor.verify import formula
from extractor.verify.records import History, percent_gains, periods_until
from extractor.verify.ruling import Ruling, best, cautious, not_enough_data
from extractor.verify.since import Reach, reach_of
from extractor.verify.wording import change, day

MEASURED_BACK = frozenset({"first_since", "highest_since", "lowest_since", "best_since"})

_PERIOD = re.compile(r"\b(week|month|quarter|year)(?:ly)?\b", re.IGNORECASE)
_OF_A_PERIOD = re.compile(
    r"\b(?:best|worst|biggest|largest|steepest|strongest|weakest)\s+(?:\w+[\s-]+){0,2}?"
    r"(day|session|daily|single-day|one-day|week|weekly|month|monthly|quarter|quarterly|year|yearly|annual)\b",
    re.IGNORECASE,
)


def highest_since(case: Superlative) -> Ruling:
    """No close (or, unless the words say close, no high) beyond this one since the time that is named."""
    reach = reach_of(case.claim, case.session)
    if reach is None:
        return not_enough_data("no_date", "The statement does not say since when.")
    close = _since(case, "close", reach)
    if case.says_close or close.rating in (Rating.SUPPORTED, Rating.NOT_ENOUGH_DATA):
        return close
    extreme = _since(case, case.extreme_field, reach)
    if extreme.rating.rests_on_evidence:
        return best([close, extreme])
    return cautious(
        close, "no_intraday", f"By the close it does not hold, but highs and lows are not at hand. {close.explanation}"
    )


def best_since(case: Superlative) -> Ruling:
    """The largest percent gain (or loss) of a day, week, month … since the time that is named."""
    reach = reach_of(case.claim, case.session)
    if reach is None:
        return not_enough_data("no_date", "The statement does not say since when.")
    history = case.history()
    if isinstance(history, Ruling):
        return history
    unit = _unit_of(case.claim.quote)
    row = history.find(case.session)
    assert row is not None
    rows = list(range(row + 1)) if unit == "days" else periods_until(history, row, unit)
    gains = percent_gains(history, rows)
    if unit == "days":  # a change across a missing session is no day's
        gains = [gain for gain in gains if case.calendar.next(history.session(gain[0] - 1)) == history.session(gain[0])]
    if not gains or gains[-1][0] != row:
        return not_enough_data("session_missing", f"The series has no close before {day(case.session)}.")
    size = gains[-1][1]
    earlier = next((gain for gain in reversed(gains[:-1]) if gain[1] >= size), None)
    found = earlier[0] if earlier else None
    sign = 1 if case.direction is Direction.UP else -1
    noun = unit.removesuffix("s")
    said = f"{case.claim.subject.name} changed by {change(size * sign, 'percent')} in the {noun} to {day(case.session)}"
    if earlier is not None:
        said += f"; the last {noun} at least as strong was that to {day(history.session(earlier[0]))}"
        said += f" ({change(earlier[1] * sign, 'percent')})"
    text = f"{'max' if sign > 0 else 'min'}(change_pct({case.claim.subject.id}, {noun})) since {day(reach.latest)}"
    if size <= 0:
        shown = case.rows(history, row, row - 1)
        return case.ruling(Rating.CONTRADICTED, "wrong_direction", f"{said}.", rows=shown, formula=text)
    return _judged(case, history, reach, found, f"{said}.", text)


def _unit_of(quote: str) -> str:
    found = _OF_A_PERIOD.search(quote)
    word = found[1].casefold() if found else "day"
    if word.startswith(("week", "month", "quarter")):
        return _PERIOD.match(word)[1] + "s"  # type: ignore[index]
    return "years" if word.startswith(("year", "annual")) else "days"


def _since(case: Superlative, field: str, reach: Reach) -> Ruling:
    history = case.history(field)
    if isinstance(history, Ruling):
        return history
    row = history.find(case.session)
    assert row is not None
    found = history.last_as_high(row, strictly=True)
    beyond = "higher" if case.direction is Direction.UP else "lower"
    said = f"{case.claim.subject.name}'s {field} was {case.told(history, row)}"
    said += (
        f"; the last {beyond} one was {case.told(history, found)}."
        if found is not None
        else (f"; no {beyond} one before it back to {day(history.session(0))}.")
    )
    text = f"last {field} {'>' if beyond == 'higher' else '<'} " + formula.field(
        field, case.claim.subject.id, case.session
    )
    return _judged(case, history, reach, found, said, text)


def _judged(case: Superlative, history: History, reach: Reach, found: int | None, said: str, text: str) -> Ruling:
    """`found`: the row of the newest earlier value that is as strong; the stretch since then is what may be claimed."""
    row = history.find(case.session)
    rows = case.rows(history, row, found)
    if found is not None:
        since = history.session(found)
        if since > reach.slack_until:
            return case.ruling(Rating.CONTRADICTED, "stronger_since", said, rows=rows, formula=text)
        if since > reach.latest:
            return case.ruling(Rating.IMPRECISE, "a_little_nearer", said, rows=rows, formula=text)
    if history.session(0) > reach.latest:
        return not_enough_data("before_series", f"{said} The history begins only on {day(history.session(0))}.")
    gap = history.gap_in(reach.latest, case.session, case.calendar)
    if gap is not None:
        return not_enough_data("session_missing", f"{said} The history lacks {day(gap)}.")
    if reach.earliest is not None and found is not None and history.session(found) < reach.earliest:
        return case.ruling(Rating.SUPPORTED, "since_even_earlier", said, rows=rows, formula=text)
    return case.ruling(Rating.SUPPORTED, "none_since", said, rows=rows, formula=text)
