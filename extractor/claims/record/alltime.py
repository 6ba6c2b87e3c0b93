"""Record closes, record highs and 52-week highs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extractor.claims.record.subject import Superlative
from extractor.domain.claim import Direction
from extractor.domain.verdict import Rating
from extractor.rules.tolerances import tolerances
from extractor.verify import formula
from extractor.verify.records import History
from extractor.verify.ruling import Ruling, best, not_enough_data
from extractor.verify.wording import day


def record_close(case: Superlative) -> Ruling:
    """A close above every close before it. Where only the day's high was a record, that is another basis."""
    ruling = _all_time(case, "close")
    return _on_another_basis(case, ruling, case.extreme_field)


def record_high(case: Superlative) -> Ruling:
    """A high above every high before it. "Record highs" is said of closes too, unless the words are intraday."""
    if case.says_close:
        return record_close(case)
    extreme = _all_time(case, case.extreme_field)
    if extreme.rating is Rating.SUPPORTED:
        return extreme
    close = _all_time(case, "close")
    if close.rating is Rating.SUPPORTED and extreme.rating is Rating.CONTRADICTED:
        return close.noting("a record of closes, not of intraday highs")
    # A day's high that is not at hand cannot be told from the close: a close may be no record where the high was one.
    return best([extreme, close]) if close.rating is Rating.SUPPORTED else extreme


def record_unsaid(case: Superlative) -> Ruling:
    return best([_all_time(case, "close"), _all_time(case, case.extreme_field)])


def high_52w(case: Superlative) -> Ruling:
    """The day's high (or low) beyond every one of the 52 weeks before; on closes where the words say so."""
    field = "close" if case.says_close else case.extreme_field
    history = case.history(field)
    if isinstance(history, Ruling):
        if history.reason == "no_field":
            return not_enough_data("no_intraday", f"No daily {field}s of {case.claim.subject.name} are at hand.")
        return history
    start = case.session - timedelta(days=tolerances().records.fifty_two_weeks_days)
    ruling = _highest(case, history, field, start)
    if ruling.rating is Rating.CONTRADICTED and not case.says_close:
        return _on_another_basis(case, ruling, "close", start)
    return ruling


def _all_time(case: Superlative, field: str) -> Ruling:
    history = case.history(field)
    if isinstance(history, Ruling):
        return history
    ruling = _highest(case, history, field, None)
    if ruling.rating is Rating.SUPPORTED and not history.is_long_enough_for_all_time(case.session):
        return not_enough_data(
            "history_too_short",
            f"{ruling.explanation} That is too short a history to confirm a record over all time.",
        )
    return ruling


def _highest(case: Superlative, history: History, field: str, start: date | None) -> Ruling:
    """Whether the session's value stands above all earlier ones, back to `start` or to where the history begins."""
    row = history.find(case.session)
    assert row is not None
    lowest = 0 if start is None else history.first_at(start)
    begins = history.session(0) if start is None else start
    name, instrument = case.claim.subject.name, case.claim.subject.id
    most = "max" if case.direction is Direction.UP else "min"
    text = f"{formula.field(field, instrument, case.session)} against " + formula.extreme(
        most, field, instrument, begins, case.calendar.previous(case.session)
    )
    higher = history.last_as_high(row, strictly=False, lowest=lowest)
    best_before = history.highest_before(row, lowest=lowest)
    beyond = "higher" if case.direction is Direction.UP else "lower"
    if higher is not None and best_before is not None:
        said = f"{name}'s {field} was {case.told(history, row)}, but {case.told(history, best_before)} before it."
        rows = case.rows(history, row, best_before)
        return case.ruling(Rating.CONTRADICTED, f"{beyond}_before", said, rows=rows, formula=text)
    if start is not None and history.session(0) > start + timedelta(days=7):
        return not_enough_data("before_series", f"The history begins on {day(history.session(0))}.")
    gap = history.gap_in(start or case.session - timedelta(days=366), case.session, case.calendar)
    if gap is not None or best_before is None:
        missing_day = f"lacks {day(gap)}" if gap else "has no earlier rows"
        return not_enough_data("session_missing", f"The history {missing_day}, so the record cannot be confirmed.")
    said = (
        f"{name}'s {field} of {case.told(history, row)} is beyond every earlier one since {day(begins)} "
        f"(before it {case.told(history, best_before)})."
    )
    return case.ruling(
        Rating.SUPPORTED, "beyond_all_before", said, rows=case.rows(history, row, best_before), formula=text
    )


def _on_another_basis(case: Superlative, ruling: Ruling, field: str, start: date | None = None) -> Ruling:
    """A record that is none on the basis that is named may be one on another: conflicting (rule 4)."""
    if ruling.rating is not Rating.CONTRADICTED:
        return ruling
    history = case.history(field)
    if isinstance(history, Ruling):
        return ruling
    other = _highest(case, history, field, start)
    if other.rating is not Rating.SUPPORTED or (
        start is None and not history.is_long_enough_for_all_time(case.session)
    ):
        return ruling
    said = f"{ruling.explanation} On the basis of the {field} it holds: {other.explanation}"
    return replace(
        ruling,
        rating=Rating.CONFLICTING,
        reason=f"record_{field}_only",
        explanation=said,
        correction=said,
        holds=None,
        evidence=(*ruling.evidence, *other.evidence),
    )
