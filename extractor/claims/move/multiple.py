""" "Doubled", "tripled", "halved": the ratio of two closes over the stated window (rule 3)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.domain.bars import Closes
from extractor.domain.claim import Basis, Claim, Direction
from extractor.domain.market import Adjustment, Missing
from extractor.domain.ports import Market
from extractor.verify import evidence, formula
from extractor.verify.comparing import Figure, Measure, compare
from extractor.verify.intervals import Interval
from extractor.verify.ruling import Ruling, best, cautious, missing, not_enough_data
from extractor.verify.sessions import at_or_before
from extractor.verify.wording import amount, day, rounded

_FOUR = Decimal("0.0001")


def check_multiple(claim: Claim, market: Market) -> Ruling:
    """The ratio from the window's start to its end, or the widest one inside it, in the stated direction."""
    assert claim.date is not None
    assert claim.value is not None
    closes = market.closes(claim.subject.id)
    if isinstance(closes, Missing):
        return missing(claim, closes)
    calendar = market.calendars.for_instrument(claim.subject.id)
    end = min(claim.date.end, claim.published) if claim.published else claim.date.end
    first = calendar.previous(claim.date.start)
    rows = range(closes.until(first) - 1, closes.until(end))
    if rows.start < 0 or closes.sessions[rows.start] < first:
        return not_enough_data("session_missing", f"The series has no close on {day(first)}, before the window.")
    if len(rows) < 2 or closes.sessions[rows.stop - 1] < at_or_before(end, calendar):
        return not_enough_data("session_missing", f"The series has no close on {day(end)}.")
    down = claim.direction is Direction.DOWN
    pairs = [(rows.start, rows.stop - 1), _widest_session(closes, rows, down=down), _widest(closes, rows, down=down)]
    ruling = best([_of_pair(claim, closes, pair, down=down) for pair in dict.fromkeys(pairs)])
    if set(calendar.sessions(first, end)) - set(closes.sessions[rows.start : rows.stop]):
        ruling = cautious(ruling, "session_missing", "The series lacks sessions of the window.")
    if claim.basis not in (None, Basis.CLOSE):
        ruling = cautious(ruling, "no_intraday", "Daily closes cannot judge a multiple of another hour.")
    if closes.series.adjustment is Adjustment.SPLIT_DIV:
        ruling = cautious(ruling, "adjusted_only", "Only dividend-adjusted closes are at hand.")
    return ruling


def _widest(closes: Closes, rows: Sequence[int], *, down: bool) -> tuple[int, int]:
    """The earlier and the later row whose ratio goes farthest in the direction."""
    start = rows[0]
    found = (rows[0], rows[1])
    widest = _ratio(closes, found)
    for row in rows[1:]:
        ratio = _ratio(closes, (start, row))
        if (ratio < widest) if down else (ratio > widest):
            found, widest = (start, row), ratio
        if (closes.values[row] > closes.values[start]) if down else (closes.values[row] < closes.values[start]):
            start = row
    return found


def _widest_session(closes: Closes, rows: Sequence[int], *, down: bool) -> tuple[int, int]:
    """The one session that went farthest in the direction."""
    pairs = [(row - 1, row) for row in rows[1:]]
    return (min if down else max)(pairs, key=lambda pair: _ratio(closes, pair))


def _ratio(closes: Closes, pair: tuple[int, int]) -> Decimal:
    return closes.values[pair[1]] / closes.values[pair[0]]


def _of_pair(claim: Claim, closes: Closes, pair: tuple[int, int], *, down: bool) -> Ruling:
    """ "Halved" may be written as 2 going down or as 0.5."""
    assert claim.value is not None
    ratio = _ratio(closes, pair)
    as_times = 1 / ratio if down and claim.value > 1 else ratio
    outcome = compare(Figure.of(claim), Interval.around(as_times), as_times, Measure.MULTIPLE)
    first, last = closes.sessions[pair[0]], closes.sessions[pair[1]]
    said = (
        f"{claim.subject.name} went from {amount(closes.values[pair[0]], None)} on {day(first)} to "
        f"{amount(closes.values[pair[1]], None)} on {day(last)}, {rounded(as_times, _FOUR)} times."
    )
    return Ruling(
        rating=outcome.rating,
        reason=outcome.reason,
        explanation=said,
        holds=outcome.holds,
        stated=claim.value,
        actual=rounded(as_times, _FOUR),
        difference=rounded(as_times - claim.value, _FOUR),
        tolerance=outcome.tolerance,
        formula=formula.ratio(claim.subject.id, first, last),
        evidence=(evidence.of_closes(closes, pair[0]), evidence.of_closes(closes, pair[1])),
        correction=said,
        rule="move.ratio.v1",
    )
