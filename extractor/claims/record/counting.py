"""Firsts, n-ths and streaks of a price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extractor.claims.record.subject import Superlative
from extractor.domain.claim import Claim, Direction, Kind
from extractor.domain.verdict import Rating
from extractor.verify import evidence, formula
from extractor.verify.records import History, Run, periods_until, run_until
from extractor.verify.ruling import Ruling, best, not_checkable, not_enough_data
from extractor.verify.wording import amount, change, day

_OF_THE_YEAR = re.compile(r"\b(?:of|in|for)\s+(?:the|this)\s+year\b|\bthis\s+year\b|\bof\s+(?:19|20)\d\d\b", re.I)
_OF_THE_MONTH = re.compile(r"\b(?:of|in)\s+(?:the|this)\s+month\b|\bthis\s+month\b", re.I)
_RECORD = re.compile(r"\b(?:all-time|record|closing\s+high|lifetime)\b", re.I)
_PERIOD = re.compile(r"\b(week|month|quarter|year)(?:ly|s)?\b", re.IGNORECASE)
_PERIODS = {"weeks": "weeks", "months": "months", "quarters": "quarters", "years": "years"}


def first(case: Superlative) -> Ruling:
    """ "The first record of the year", or the first time above a level that the sentence names."""
    if _RECORD.search(case.claim.quote) or (_RECORD.search(case.claim.sentence) and _window_start(case) is not None):
        return _nth_record(case, 1)
    level = _level_beside(case.claim, case.siblings)
    if level is None:
        return not_checkable("what_first", "The statement does not say what was reached for the first time.")
    return _first_beyond(case, level)


def ordinal(case: Superlative) -> Ruling:
    """ "The 40th record close of the year"."""
    if case.claim.value is None:
        return first(case)
    text = f"{case.claim.quote} {case.claim.sentence}"
    if not _RECORD.search(text):
        return not_checkable("what_counted", "The statement does not say what is counted.")
    return _nth_record(case, int(case.claim.value))


def _window_start(case: Superlative) -> date | None:
    for text in (case.claim.quote, case.claim.sentence):
        if _OF_THE_YEAR.search(text):
            return date(case.session.year, 1, 1)
        if _OF_THE_MONTH.search(text):
            return case.session.replace(day=1)
    return None


def _nth_record(case: Superlative, stated: int) -> Ruling:
    """The n-th record since the start of the year or month: on closes, and on intraday highs where they are at hand."""
    start = _window_start(case)
    if start is None:
        return not_checkable("since_when", "The statement does not say from when on records are counted.")
    close = _nth_on(case, stated, start, "close")
    if case.says_close or not close.rating.rests_on_evidence:
        return close
    extreme = _nth_on(case, stated, start, case.extreme_field)
    return best([close, extreme]) if extreme.rating.rests_on_evidence else close


def _nth_on(case: Superlative, stated: int, start: date, field: str) -> Ruling:
    history = case.history(field)
    if isinstance(history, Ruling):
        return history
    records = history.records_in(start, case.session)
    row = history.find(case.session)
    assert row is not None
    sessions = ", ".join(day(history.session(record)) for record in records[:12] if record != row)
    named = f"record {field}{'s' if len(records) != 1 else ''}"
    if not records or records[-1] != row:
        top = history.highest_before(row)
        said = f"{case.claim.subject.name}'s {field} of {case.told(history, row)} was no record"
        said += f" ({case.told(history, top)})." if top is not None else "."
        rows = case.rows(history, row, top)
        return case.ruling(Rating.CONTRADICTED, "no_record", said, rows=rows, formula=_counted(case, field, start))
    actual = len(records)
    said = f"{case.claim.subject.name} had {actual} {named} from {day(start)} to {day(case.session)}"
    said += f", earlier ones on {sessions}." if sessions else "."
    rows = case.rows(history, *records)
    enough = history.is_long_enough_for_all_time(case.session)
    whole = enough and history.gap_in(start, case.session, case.calendar) is None
    if actual > stated and not enough and not _stands_alone(history, records, start):
        return not_enough_data("history_too_short", said)
    if actual == stated and not whole:
        return not_enough_data("history_too_short" if not enough else "session_missing", said)
    if actual < stated and not whole:
        return not_enough_data("session_missing", said)
    rating = Rating.SUPPORTED if actual == stated else Rating.CONTRADICTED
    reason = "counted" if actual == stated else "earlier_records" if actual > stated else "fewer_records"
    return case.ruling(rating, reason, said, rows=rows, formula=_counted(case, field, start))


def _stands_alone(history: History, records: Sequence[int], start: date) -> bool:
    """Whether the counted records are records even of a short history: only a long one can say so."""
    return history.begins() <= start and len(records) > 0 and history.closes.series.complete_since is not None


def _counted(case: Superlative, field: str, start: date) -> str:
    return f"count(record {field}s({case.claim.subject.id}), {day(start)}..{day(case.session)})"


def _level_beside(claim: Claim, siblings: Sequence[Claim]) -> Claim | None:
    """The one level of the same subject in the same sentence; a range is none."""
    levels = {
        other.value: other
        for other in siblings
        if other.kind is Kind.LEVEL
        and other.subject.id == claim.subject.id
        and other.sentence == claim.sentence
        and other.value is not None
        and other.value_high is None
    }
    return next(iter(levels.values())) if len(levels) == 1 else None


def _first_beyond(case: Superlative, level: Claim) -> Ruling:
    rulings = [_first_beyond_on(case, level, field) for field in ("close", case.extreme_field)]
    if case.says_close or rulings[0].rating is Rating.SUPPORTED:
        return rulings[0]
    return best(rulings) if rulings[1].rating.rests_on_evidence else rulings[0]


def _first_beyond_on(case: Superlative, level: Claim, field: str) -> Ruling:
    assert level.value is not None
    history = case.history(field)
    if isinstance(history, Ruling):
        return history
    row = history.find(case.session)
    assert row is not None
    bar = level.value if case.direction is Direction.UP else -level.value
    name = case.claim.subject.name
    text = f"first {field} beyond {amount(level.value, None)}({case.claim.subject.id})"
    if history.height(row) < bar:
        said = f"{name}'s {field} was {case.told(history, row)}, not beyond {amount(level.value, level.unit)}."
        return case.ruling(Rating.CONTRADICTED, "not_beyond", said, rows=case.rows(history, row), formula=text)
    earlier = next((one for one in range(row) if history.height(one) > bar), None)
    if earlier is not None:
        said = f"{name} was beyond {amount(level.value, level.unit)} before: {case.told(history, earlier)}."
        return case.ruling(
            Rating.CONTRADICTED, "beyond_before", said, rows=case.rows(history, row, earlier), formula=text
        )
    if not history.is_long_enough_for_all_time(case.session):
        return not_enough_data("history_too_short", f"The history begins on {day(history.session(0))}.")
    top = history.highest_before(row)
    said = f"{name}'s {field} was {case.told(history, row)}; never beyond {amount(level.value, level.unit)} before"
    said += f" since {day(history.session(0))}."
    return case.ruling(Rating.SUPPORTED, "first", said, rows=case.rows(history, row, top), formula=text)


def streak(case: Superlative) -> Ruling:
    """ "A sixth straight gain": so many sessions (weeks, months …) in a row, and no more."""
    if case.claim.value is None:
        return not_enough_data("no_figure", "The statement does not say how long the streak is.")
    history = case.history()
    if isinstance(history, Ruling):
        return history
    row = history.find(case.session)
    assert row is not None
    unit = _PERIODS.get(case.claim.unit or "", "") or _unit_of_words(case.claim.quote)
    if unit:
        run, rows = _run_of_periods(history, row, unit)
    else:
        run = run_until(history, row, case.calendar)
        rows = list(range(max(0, run.first - 1), row + 1))
    return _judged(case, history, run, rows, unit or "sessions")


def _unit_of_words(quote: str) -> str:
    """ "Third monthly advance in a row" counts months; "" where the words name no more than sessions."""
    found = _PERIOD.search(quote)
    return _PERIODS[f"{found.group(1).lower()}s"] if found else ""


def _run_of_periods(history: History, row: int, unit: str) -> tuple[Run, list[int]]:
    ends = periods_until(history, row, unit)
    length = 0
    for before, after in zip(reversed(ends[:-1]), reversed(ends[1:]), strict=True):
        if history.height(after) <= history.height(before):
            return Run(length=length, first=after, whole=True), ends[-length - 1 :]
        length += 1
    return Run(length=length, first=ends[0], whole=False), ends


def _judged(case: Superlative, history: History, run: Run, rows: Sequence[int], unit: str) -> Ruling:
    assert case.claim.value is not None
    stated = int(case.claim.value)
    up = case.direction is Direction.UP
    way = "higher" if up else "lower"
    counted = unit.removesuffix("s") if run.length == 1 else unit
    said = f"{case.claim.subject.name} closed {way} for {run.length} {counted} in a row up to {day(case.session)}."
    shown = rows[-max(2, min(len(rows), stated + 2)) :] if run.length else rows[-2:] or [run.first]
    shown_rows = tuple(evidence.of_closes(history.closes, one) for one in shown)
    text = f"streak({case.claim.subject.id}, {way}, {day(case.session)})"
    if not shown_rows:
        return not_enough_data("session_missing", said)
    if not run.whole and run.length < stated:
        return not_enough_data("session_missing", f"{said} Before that a session is missing.")
    if run.length == stated:
        return case.ruling(Rating.SUPPORTED, "counted", said, rows=shown_rows, formula=text)
    if run.length > stated:
        return case.ruling(Rating.IMPRECISE, "longer_streak", said, rows=shown_rows, formula=text)
    if run.length == 0 and len(history) > 1:
        row = history.find(case.session)
        assert row is not None
        moved = history.closes.values[row] - history.closes.values[row - 1]
        said = f"{said} The change on that day was {change(moved, None)}."
    return case.ruling(Rating.CONTRADICTED, "shorter_streak", said, rows=shown_rows, formula=text)


__all__ = ["first", "formula", "ordinal", "streak"]
