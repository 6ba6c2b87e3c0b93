""" "3 % below its record": the distance of a close from the highest one so far."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from extractor.domain.claim import Claim, Direction
from extractor.domain.market import Missing
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.verify import evidence, formula
from extractor.verify.comparing import Figure, Measure, compare
from extractor.verify.intervals import HUNDRED, Interval
from extractor.verify.records import History
from extractor.verify.ruling import Ruling, best, missing, not_enough_data
from extractor.verify.sessions import candidate_sessions
from extractor.verify.wording import amount, change, day, rounded

_FOUR = Decimal("0.0001")


def check_distance(claim: Claim, market: Market) -> Ruling:
    """From the record close or, failing that, from the record high."""
    assert claim.date is not None
    calendar = market.calendars.for_instrument(claim.subject.id)
    sessions = candidate_sessions(claim, claim.date, calendar).sessions
    if not sessions:
        return not_enough_data("not_a_session", "There was no trading day in the stretch that is named.")
    tried = sessions if claim.date.is_day else sessions[-1:]
    rulings = [_from_record(claim, market, field, session) for field in ("close", "high") for session in tried]
    chosen = best(rulings)
    if chosen.rating is Rating.CONTRADICTED and not rulings[0].rating.rests_on_evidence:
        return rulings[0]
    return chosen


def _from_record(claim: Claim, market: Market, field: str, session: date) -> Ruling:
    assert claim.value is not None
    instrument = claim.subject.id
    closes, tops = market.closes(instrument), market.closes(instrument, field=field)
    for found in (closes, tops):
        if isinstance(found, Missing):
            return missing(claim, found)
    assert not isinstance(closes, Missing)
    assert not isinstance(tops, Missing)
    row = closes.find(session)
    if row is None:
        return not_enough_data("session_missing", f"The series has no close on {day(session)}.")
    history = History(tops, Direction.UP)
    top = history.highest_before(tops.until(session))
    if top is None or not history.is_long_enough_for_all_time(session):
        return not_enough_data("history_too_short", f"The history begins on {day(tops.sessions[0])}.")
    actual = (tops.values[top] - closes.values[row]) / tops.values[top] * HUNDRED
    measure = Measure.MOVE_PERCENT
    if claim.unit != "percent":
        actual, measure = tops.values[top] - closes.values[row], Measure.MOVE_ABSOLUTE
    outcome = compare(Figure.of(claim), Interval.around(actual, Decimal("0.005")), actual, measure)
    said = (
        f"{claim.subject.name} closed at {amount(closes.values[row], None)} on {day(session)}, "
        f"{change(actual, claim.unit).lstrip('+')} below the record {field} of {amount(tops.values[top], None)} on "
        f"{day(tops.sessions[top])}; the history begins on {day(tops.sessions[0])}."
    )
    return Ruling(
        rating=outcome.rating,
        reason=outcome.reason,
        explanation=said,
        holds=outcome.holds,
        stated=claim.value,
        actual=rounded(actual, _FOUR),
        difference=rounded(actual - claim.value, _FOUR),
        tolerance=outcome.tolerance,
        formula=f"(1 - {formula.close(instrument, session)} / "
        f"{formula.extreme('max', field, instrument, tops.sessions[0], session)}) * 100",
        evidence=(evidence.of_closes(closes, row), evidence.of_closes(tops, top)),
        correction=said,
        rule="move.distance_from_record.v1",
    )
