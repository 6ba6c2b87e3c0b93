"""A day's range and a 52-week range, both ends against the tape."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from extractor.domain.bars import Closes
from extractor.domain.claim import Claim
from extractor.domain.market import Adjustment, Missing
from extractor.domain.ports import Market
from extractor.domain.verdict import Evidence, Rating
from extractor.rules.tolerances import tolerances
from extractor.verify import evidence, formula
from extractor.verify.basis import day_range
from extractor.verify.comparing import Figure
from extractor.verify.intervals import Interval
from extractor.verify.ruling import Ruling, cautious, missing, not_enough_data
from extractor.verify.sessions import at_or_before
from extractor.verify.wording import amount


def check_range(claim: Claim, market: Market) -> Ruling:
    """metric `range` or `range_52w`, with `value` the low end and `value_high` the high end."""
    if claim.value_high is None:
        return not_enough_data("no_figure", "Only one end of the range is stated.")
    if claim.metric == "range_52w":
        return _over_52_weeks(claim, market)
    return _of_a_day(claim, market)


def _of_a_day(claim: Claim, market: Market) -> Ruling:
    assert claim.date is not None
    session = at_or_before(claim.date.end, market.calendars.for_instrument(claim.subject.id))
    found = day_range(market, claim.subject.id, session)
    if isinstance(found, Missing):
        if found.reason == "no_field":
            return not_enough_data("no_intraday", f"No day's range of {claim.subject.name} is at hand.")
        return missing(claim, found)
    rows = (evidence.of_bar(found.low.bar, "low"), evidence.of_bar(found.high.bar, "high"))
    text = f"{formula.field('low', claim.subject.id, session)} .. {formula.field('high', claim.subject.id, session)}"
    # While the session runs its range is still growing.
    growing = claim.published is not None and session == claim.published
    ruling = _both_ends(claim, found.low.interval, found.high.interval, rows, text, growing=growing)
    if found.certain:
        return ruling
    return cautious(ruling, "adjusted_only", "Only adjusted prices are at hand.")


def _over_52_weeks(claim: Claim, market: Market) -> Ruling:
    assert claim.date is not None
    end = claim.date.end
    lows = market.closes(claim.subject.id, field="low")
    highs = market.closes(claim.subject.id, field="high")
    if isinstance(lows, Missing) or isinstance(highs, Missing):
        gap = lows if isinstance(lows, Missing) else highs
        assert isinstance(gap, Missing)
        if gap.reason == "no_field":
            return not_enough_data("no_intraday", f"No daily highs and lows of {claim.subject.name} are at hand.")
        return missing(claim, gap)
    start = end - timedelta(days=tolerances().records.fifty_two_weeks_days)
    if lows.series.first_on > start or highs.series.first_on > start or lows.series.last_on < start:
        return not_enough_data("before_series", f"The series of {claim.subject.name} does not cover the 52 weeks.")
    if market.split_ratio(claim.subject.id, start, lows.series.last_on) != 1:
        return not_enough_data("adjusted_only", "A split falls into the series; the range as quoted is not at hand.")
    low, high = _window(lows, start, end), _window(highs, start, end)
    if not low or not high:
        return not_enough_data("session_missing", "The series has no rows in the 52 weeks.")
    bottom = min(low, key=lambda row: lows.values[row])
    top = max(high, key=lambda row: highs.values[row])
    ruling = _both_ends(
        claim,
        Interval.around(lows.values[bottom]),
        Interval.around(highs.values[top]),
        (evidence.of_closes(lows, bottom), evidence.of_closes(highs, top)),
        f"{formula.extreme('min', 'low', claim.subject.id, start, end)} .. "
        f"{formula.extreme('max', 'high', claim.subject.id, start, end)}",
        growing=False,
    )
    if lows.series.adjustment is Adjustment.SPLIT_DIV or highs.series.adjustment is Adjustment.SPLIT_DIV:
        return cautious(ruling, "adjusted_only", "Only dividend-adjusted prices are at hand.")
    return ruling


def _window(closes: Closes, start: date, end: date) -> range:
    return range(closes.until(start - timedelta(days=1)), closes.until(end))


def _both_ends(
    claim: Claim, low: Interval, high: Interval, rows: tuple[Evidence, ...], text: str, *, growing: bool
) -> Ruling:
    assert claim.value is not None
    assert claim.value_high is not None
    bottom, top = Figure.of(claim, claim.value), Figure.of(claim, claim.value_high)
    misses = [_distance(bottom.interval, low), _distance(top.interval, high)]
    worst = max(misses)
    if worst == 0:
        rating, reason = Rating.SUPPORTED, "within_rounding"
    elif worst < bottom.unit:
        rating, reason = Rating.IMPRECISE, "rounded_twice"
    elif growing and bottom.value >= low.low and top.value <= high.high:
        rating, reason = Rating.SUPPORTED, "inside_range"
    else:
        rating, reason = Rating.CONTRADICTED, "outside_rounding"
    middle_low, middle_high = (low.low + low.high) / 2, (high.low + high.high) / 2
    said = (
        f"The range of {claim.subject.name} was {amount(middle_low, claim.unit)} to {amount(middle_high, claim.unit)}."
    )
    return Ruling(
        rating=rating,
        reason=reason,
        explanation=said,
        holds=rating is Rating.SUPPORTED,
        stated=claim.value,
        actual=middle_low,
        difference=middle_low - claim.value,
        tolerance=bottom.unit / 2,
        formula=text,
        evidence=rows,
        correction=said,
        rule=f"level.{claim.metric}.v1",
    )


def _distance(stated: Interval, actual: Interval) -> Decimal:
    """How far apart two intervals lie; 0 where they meet."""
    return max(Decimal(0), actual.low - stated.high, stated.low - actual.high)
