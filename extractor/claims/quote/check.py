"""Rows of a quotes table: consistent with themselves, and inside the day's range (rule 19)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extractor.claims.quote.row import Row, halfway
from extractor.claims.units import currency_problem
from extractor.domain.claim import Claim
from extractor.domain.market import Missing
from extractor.domain.ports import Market
from extractor.domain.verdict import Evidence, Rating
from extractor.verify import evidence, formula
from extractor.verify.basis import day_range, price
from extractor.verify.comparing import Figure
from extractor.verify.ruling import Ruling, not_enough_data
from extractor.verify.sessions import candidate_sessions
from extractor.verify.wording import amount, change, day, rounded


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """The ruling on a last price, or on the change or percent beside it: all of a row share theirs."""
    if claim.value is None:
        return not_enough_data("no_figure", "The row shows no figure.")
    problem = currency_problem(claim)
    if problem is not None:
        return problem
    row = Row.of(claim, siblings)
    if row.is_consistent() is False and row.printed():
        return _inconsistent(claim, row)
    against = _on_the_tape(claim, row, market)
    if against is not None:
        return against
    if row.is_consistent() and row.printed():
        said = (
            f"Price, change and percent of {claim.subject.name} agree with each other; the tape has nothing to compare."
        )
        return _ruling(claim, row, Rating.SUPPORTED, "self_consistent", said, row.printed(), _own_formula(claim))
    return not_enough_data("no_series", f"No price of {claim.subject.name} for that hour is at hand.")


def _inconsistent(claim: Claim, row: Row) -> Ruling:
    implied = row.implied_percent()
    assert implied is not None
    assert row.percent is not None
    said = (
        f"The row of {claim.subject.name} does not agree with itself: its price and change make "
        f"{change(halfway(implied), 'percent')}, not {row.percent.quote}."
    )
    return _ruling(claim, row, Rating.CONTRADICTED, "inconsistent", said, row.printed(), _own_formula(claim))


def _on_the_tape(claim: Claim, row: Row, market: Market) -> Ruling | None:
    """Inside the range of the day, at its close, or at the close before; None where the tape cannot tell.

    A row that the tape does not confirm may be of another hour or day than the page says: not known.
    """
    if row.last is None or claim.date is None:
        return None
    calendar = market.calendars.for_instrument(claim.subject.id)
    seen = False
    for session in candidate_sessions(claim, claim.date, calendar).sessions:
        found, ranged = _at(claim, row, market, session)
        if found is not None:
            return found
        seen = seen or ranged
    before = row.previous_close
    if before is not None:
        ruled = _from_previous_close(claim, row, market)
        if ruled is not None:
            return ruled
    if seen:
        return not_enough_data(
            "other_hour", f"{claim.subject.name} did not trade there that day; the row may be of another."
        )
    return None


def _at(claim: Claim, row: Row, market: Market, session: date) -> tuple[Ruling | None, bool]:
    """The ruling, if the last price was traded that day, and whether a range was there to say so."""
    assert row.last is not None
    instrument = claim.subject.id
    last = Figure.of(row.last).interval
    close = price(market, instrument, session, "close")
    if not isinstance(close, Missing) and last.meets(close.interval):
        said = f"{claim.subject.name} closed at {amount(close.value, row.last.unit)} on {day(session)}."
        closed = (evidence.of_bar(close.bar),)
        return _ruling(claim, row, Rating.SUPPORTED, "at_close", said, closed, formula.close(instrument, session)), True
    inside = day_range(market, instrument, session)
    if isinstance(inside, Missing):
        return None, False
    if inside.low.interval.low <= last.high and last.low <= inside.high.interval.high:
        low, high = amount(inside.low.value, row.last.unit), amount(inside.high.value, row.last.unit)
        said = f"On {day(session)} {claim.subject.name} traded from {low} to {high}."
        rows = (evidence.of_bar(inside.low.bar, "low"), evidence.of_bar(inside.high.bar, "high"))
        text = f"{formula.field('low', instrument, session)} <= last <= {formula.field('high', instrument, session)}"
        return _ruling(claim, row, Rating.SUPPORTED, "inside_range", said, rows, text), True
    return None, True


def _from_previous_close(claim: Claim, row: Row, market: Market) -> Ruling | None:
    """No range at hand, but the change is measured from the close the tape has for the day before."""
    assert claim.date is not None
    before = row.previous_close
    assert before is not None
    session = market.calendars.for_instrument(claim.subject.id).previous(claim.date.end)
    close = price(market, claim.subject.id, session, "close")
    if isinstance(close, Missing) or not before.meets(close.interval):
        return None
    said = (
        f"The change is measured from the close of {amount(close.value, None)} on {day(session)}, and agrees with it."
    )
    rows = (evidence.of_bar(close.bar),)
    text = f"last - change = {formula.close(claim.subject.id, session)}"
    return _ruling(claim, row, Rating.SUPPORTED, "from_previous_close", said, rows, text)


def _own_formula(claim: Claim) -> str:
    return f"change / (last - change) * 100 for {claim.subject.id}"


def _ruling(
    claim: Claim, row: Row, rating: Rating, reason: str, said: str, rows: tuple[Evidence, ...], text: str
) -> Ruling:
    implied = row.implied_percent()
    return Ruling(
        rating=rating,
        reason=reason,
        explanation=said,
        holds=rating is Rating.SUPPORTED,
        stated=claim.value,
        actual=rounded(halfway(implied)) if implied is not None and claim.unit == "percent" else None,
        formula=text,
        evidence=rows,
        correction=said,
        rule="quote.row.v1",
    )
