""" "Surging", "slid": a move without a figure is judged on its direction (rule 15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from extractor.claims.move.measuring import Change, difference, percent
from extractor.domain.claim import Claim, DateSource, Direction, Period, SubjectType
from extractor.domain.market import Missing
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.rules.tolerances import tolerances
from extractor.verify import evidence
from extractor.verify.basis import Price
from extractor.verify.ruling import Ruling, best, missing, not_checkable, not_enough_data
from extractor.verify.sessions import Span, at_or_before, candidate_spans, months_before
from extractor.verify.wording import change, day, rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    name: str
    span: Span
    moved: Change

    def agrees(self, direction: Direction) -> bool:
        return self.moved.point > 0 if direction is Direction.UP else self.moved.point < 0


def check_direction(claim: Claim, market: Market) -> Ruling:
    """Over the stated window, or over a week, a month and the year to date where none is stated."""
    if claim.direction is None:
        return not_checkable("no_direction", "The statement names neither a figure nor a direction.")
    if claim.date is not None and (claim.date.source is not DateSource.IMPLIED or claim.date.is_day):
        stated = _stated(claim, claim.date, market)
        # "Shares slid", dated by the article alone, may be of the day or of some weeks.
        if claim.date.source is not DateSource.IMPLIED or stated.rating is Rating.SUPPORTED:
            return stated
    return _unstated(claim, market)


def _stated(claim: Claim, period: Period, market: Market) -> Ruling:
    spans, closed_on = candidate_spans(claim, period, market.calendars.for_instrument(claim.subject.id))
    rulings = [_over(claim, market, span) for span in spans]
    if not rulings:
        return not_enough_data("not_a_session", "There was no trading day in the window that is named.")
    chosen = best(rulings)
    return chosen if closed_on is None else chosen.noting(f"{day(closed_on)} was no trading day")


def _over(claim: Claim, market: Market, span: Span) -> Ruling:
    moved = _moved(claim, market, span)
    if isinstance(moved, Missing):
        return missing(claim, moved)
    window = _Window(name="stated", span=span, moved=moved)
    assert claim.direction is not None
    if window.agrees(claim.direction):
        return _ruling(claim, [window], Rating.SUPPORTED, "direction")
    if moved.interval.low <= 0 <= moved.interval.high:
        return _ruling(claim, [window], Rating.IMPRECISE, "unchanged")
    if not moved.certain:
        return not_enough_data("adjusted_only", "Only adjusted prices are at hand, and they cannot contradict a move.")
    return _ruling(claim, [window], Rating.CONTRADICTED, "wrong_direction")


def _unstated(claim: Claim, market: Market) -> Ruling:
    """A week, a month and the year to date, up to the last close before publication.

    For a plain past form the day of publication and the day before are tried too, but only to spare the statement: a
    report of the day says "plunged" of what the longer windows do not show. What is "surging" goes on.
    """
    published = claim.published or market.as_of
    if published is None:
        return not_enough_data("no_date", "Neither the statement nor the article has a date.")
    windows: list[_Window] = []
    gaps: list[Missing] = []
    for name, span in _tried(claim, market, published):
        moved = _moved(claim, market, span)
        if isinstance(moved, Missing):
            gaps.append(moved)
        else:
            windows.append(_Window(name=name, span=span, moved=moved))
    if not windows:
        return missing(claim, gaps[0])
    assert claim.direction is not None
    agreeing = {window.name for window in windows if window.agrees(claim.direction)}
    if "month" in agreeing and len(agreeing) > 1:
        return _ruling(claim, windows, Rating.SUPPORTED, "direction")
    if not agreeing and not gaps and all(window.moved.certain for window in windows):
        if not claim.quote.lower().endswith("ing") and not _all_days_against(claim, market, published):
            return not_checkable("window_unstated", f"No window is stated. {_tells(claim, windows)}")
        return _ruling(claim, windows, Rating.CONTRADICTED, "all_windows_against")
    if gaps and not agreeing:
        return missing(claim, gaps[0])
    return not_checkable("window_unstated", f"No window is stated. {_tells(claim, windows)}")


def _all_days_against(claim: Claim, market: Market, published: date) -> bool:
    """Whether the last two sessions up to publication both went the other way, as far as they are known."""
    assert claim.direction is not None
    calendar = market.calendars.for_instrument(claim.subject.id)
    last = at_or_before(published, calendar)
    for end in (last, calendar.previous(last)):
        moved = _moved(claim, market, Span(start=calendar.previous(end), end=end))
        if isinstance(moved, Missing):
            continue
        if _Window(name="day", span=Span(start=calendar.previous(end), end=end), moved=moved).agrees(claim.direction):
            return False
    return True


def _tried(claim: Claim, market: Market, published: date) -> list[tuple[str, Span]]:
    calendar = market.calendars.for_instrument(claim.subject.id)
    end = calendar.previous(published)
    week = end - timedelta(days=tolerances().qualitative.week_days)
    starts = {
        "week": at_or_before(week, calendar),
        "month": at_or_before(months_before(end, 1), calendar),
        "year to date": calendar.previous(date(end.year, 1, 1)),
    }
    return [(name, Span(start=start, end=end)) for name, start in starts.items() if start < end]


def _moved(claim: Claim, market: Market, span: Span) -> Change | Missing:
    pair = market.comparable(claim.subject.id, span.start, span.end)
    if isinstance(pair, Missing):
        return pair
    measuring = difference if claim.subject.type in (SubjectType.YIELD, SubjectType.RATE) else percent
    before, after = Price(name="close", bar=pair[0]), Price(name="close", bar=pair[1])
    return measuring(before, after) or Missing("no_field", "a percent change of a price that is not above zero")


def _unit(claim: Claim) -> str:
    return "percentage_points" if claim.subject.type in (SubjectType.YIELD, SubjectType.RATE) else "percent"


def _tells(claim: Claim, windows: list[_Window]) -> str:
    parts = [
        f"{change(window.moved.point, _unit(claim))} from {day(window.span.start)} to {day(window.span.end)}"
        for window in windows
    ]
    return f"{claim.subject.name}: {', '.join(parts)}."


def _ruling(claim: Claim, windows: list[_Window], rating: Rating, reason: str) -> Ruling:
    said = _tells(claim, windows)
    rows = [evidence.of_bar(end.bar) for window in windows for end in (window.moved.before, window.moved.after)]
    main = next((window for window in windows if window.name == "month"), windows[0])
    return Ruling(
        rating=rating,
        reason=reason,
        explanation=said,
        holds=rating is Rating.SUPPORTED,
        actual=rounded(main.moved.point),
        formula="; ".join(window.moved.formula for window in windows),
        evidence=tuple(dict.fromkeys(rows)),
        correction=said,
        rule="move.direction.v1",
    )
