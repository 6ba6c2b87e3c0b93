"""Figures that tell one move of one instrument: where it stood, where it stands, by how much (rule 5).

"The Dow fell 320.15 points, or 0.67%, to 47,560.29" is a level, a change and a percent. Taken together are only exact
figures that were surely read, of the same day and hour and by the same speaker, in one stretch of a sentence; or a
close in one sentence and its change and percent in the next. Where a sort of figure is printed twice and differently
the sentence tells two moves, and nothing says which belongs to which: they are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.claims import spans
from extractor.claims.inside.wording import adjoin, are_tied, is_apposed, is_end, is_left, is_start
from extractor.claims.units import is_currency
from extractor.domain.article import Zone
from extractor.domain.claim import Basis, Claim, Comparator, Kind, Modality, SubjectType
from extractor.rules.tolerances import tolerances
from extractor.verify.comparing import Figure

_RATES = (SubjectType.YIELD, SubjectType.RATE)
_LEVELS = {
    Kind.LEVEL: frozenset({"close", "level"}),
    Kind.RATE: frozenset({"target_range", "level"}),
}
_MOST = 12  # figures of one subject in a sentence; where there are more it is a table
_OTHER_HOURS = frozenset({Basis.INTRADAY, Basis.PREMARKET, Basis.AFTERHOURS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Figures of one move; None where none is printed.

    change: in the level's own unit, or in basis or percentage points of a yield or a policy rate.
    """

    before: Claim | None
    level: Claim | None
    change: Claim | None
    percent: Claim | None


class _Told(NamedTuple):
    """Whose figures a stretch of text tells."""

    sentence: str
    subject: str
    zone: Zone
    speaker: str | None


def together(claims: Iterable[Claim]) -> Iterator[Together]:
    """The moves among an article's claims, which come in the order of the text."""
    groups: dict[_Told, list[Claim]] = {}
    for claim in claims:
        if _is_exact(claim):
            told = _Told(claim.sentence, claim.subject.id, claim.zone, claim.speaker)
            groups.setdefault(told, []).append(claim)
    last: dict[str, list[Claim]] = {}  # by subject, the figures of its sentence before
    for told, group in groups.items():
        moves = list(_moves(group))
        yield from moves
        before = last.get(told.subject)
        if before is not None:
            yield from _across(before, group)
        last[told.subject] = group


def _moves(group: Sequence[Claim]) -> Iterator[Together]:
    """The moves of one sentence, one for each day that changes are told of."""
    if not 2 < len(group) <= _MOST:
        return
    levels = [claim for claim in group if claim.metric in _LEVELS.get(claim.kind, ())]
    changes = [claim for claim in group if _is_move(claim)]
    for day in dict.fromkeys(_day_of(claim) for claim in changes):
        told = [claim for claim in changes if _day_of(claim) == day]
        move = _move(levels, told)
        if move is not None:
            yield move


def _move(levels: Sequence[Claim], told: Sequence[Claim]) -> Together | None:
    """told: changes of one day, at least one."""
    change = _only(claim for claim in told if _is_change(claim))
    percent = _only(claim for claim in told if claim.unit == "percent" and claim.subject.type not in _RATES)
    first = change or percent
    if first is None or (change and percent and change.direction is not percent.direction):
        return None
    level, before = _level(levels, first), _before(levels, first)
    if change is not None:
        level, before = (one if one is not None and _same_unit(change, one) else None for one in (level, before))
    members = [claim for claim in (before, level, change, percent) if claim is not None]
    if len(members) < 3 or not are_tied(members) or not _is_one_hour(members):
        return None
    return Together(before=before, level=level, change=change, percent=percent)


def _level(levels: Sequence[Claim], move: Claim) -> Claim | None:
    """Where it stands after a move: the level of the same day, or the one the move's words are set beside."""
    ends = [claim for claim in levels if not is_start(claim)]
    of_day = [claim for claim in ends if _is_day_of(claim, move)]
    return _only(of_day or [claim for claim in ends if is_apposed(claim, move)])


def _before(levels: Sequence[Claim], move: Claim) -> Claim | None:
    """The level a move is measured from."""
    return _only(claim for claim in levels if _measured_from(claim, levels, move))


def _measured_from(start: Claim, levels: Sequence[Claim], move: Claim) -> bool:
    if start.subject.type is SubjectType.RATE:
        return is_start(start) and is_left(start)
    if is_start(start) and any(is_apposed(level, move) for level in levels):
        return True
    if start.date is None or move.date is None or not (start.date.is_day and move.date.is_day):
        return is_start(start) and is_left(start) and start.published is None
    implied = start.date.text is None or start.date.text == "previous close"  # read off "from" alone
    if implied and is_start(start):
        return is_left(start)
    return start.date.end == spans.weekday_before(move.date.start)


def _across(first: Sequence[Claim], second: Sequence[Claim]) -> Iterator[Together]:
    """ "The Dow closed at 47,560.29. It lost 320.15 points, or 0.67%.": a close, and its change a sentence on."""
    if max(len(first), len(second)) > _MOST:
        return
    for closes, changes in ((first, second), (second, first)):
        level = _only(claim for claim in closes if claim.kind is Kind.LEVEL and claim.metric == "close")
        moves = [claim for claim in changes if _is_move(claim)]
        if level is None or not adjoin(first, second) or any(_is_move(claim) for claim in closes):
            continue
        if any(claim.metric in _LEVELS.get(claim.kind, ()) for claim in changes):
            continue
        change = _only(claim for claim in moves if _is_change(claim))
        percent = _only(claim for claim in moves if claim.unit == "percent")
        if change is None or percent is None or change.direction is not percent.direction or level.date is None:
            continue
        one_day = level.date.is_day and all(_day_of(claim) == _day_of(level) for claim in moves)
        if one_day and _same_unit(change, level) and are_tied([change, percent]) and _is_one_hour([level, *moves]):
            yield Together(before=None, level=level, change=change, percent=percent)


def _only(claims: Iterable[Claim]) -> Claim | None:
    """The one claim, or the most precise of several that print the same figure; None where figures differ."""
    found = sorted(claims, key=lambda claim: Figure.of(claim).unit)
    if not found or any(not _is_same(found[0], other) for other in found[1:]):
        return None
    return found[0]


def _is_same(one: Claim, other: Claim) -> bool:
    if (one.unit, one.value_high, one.direction) != (other.unit, other.value_high, other.direction):
        return False
    return Figure.of(one).interval.meets(Figure.of(other).interval)


def _is_exact(claim: Claim) -> bool:
    return (
        claim.value is not None
        and claim.modality is Modality.ASSERTED
        and claim.comparator is Comparator.EQUAL
        and not claim.hedge
        and claim.zone in (Zone.TITLE, Zone.BODY)
        and claim.confidence >= tolerances().reading.sure
        and (claim.value_high is None or claim.metric == "target_range")
    )


def _is_move(claim: Claim) -> bool:
    moves = claim.kind in (Kind.MOVE, Kind.RATE) and claim.metric == "change" and claim.direction is not None
    return moves and not is_end(claim)


def _is_change(claim: Claim) -> bool:
    if claim.subject.type in _RATES:
        return claim.unit in ("basis_points", "percentage_points")
    return claim.unit == "points" or is_currency(claim.unit)


def _same_unit(change: Claim, level: Claim) -> bool:
    return level.unit == ("percent" if change.subject.type in _RATES else change.unit)


def _day_of(claim: Claim) -> tuple[str, str] | None:
    return None if claim.date is None else (claim.date.start.isoformat(), claim.date.end.isoformat())


def _is_day_of(level: Claim, move: Claim) -> bool:
    """Whether both are of one day; a rate's may be the window of its decision, an undated article dates nothing."""
    if _day_of(level) != _day_of(move):
        return False
    if level.date is None:
        return level.published is None
    return level.date.is_day or level.subject.type is SubjectType.RATE


def _is_one_hour(told: Sequence[Claim]) -> bool:
    bases = {claim.basis for claim in told if claim.basis is not None}
    return len(bases) < 2 or not bases & _OTHER_HOURS
