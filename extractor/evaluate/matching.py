"""Which claim answers which gold line: one to one, by place and kind, and how deep the agreement goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fnmatch import fnmatchcase
from typing import Any

from extractor.domain.claim import Claim, Kind
from extractor.evaluate.assignment import best_assignment
from extractor.evaluate.gold import GoldLine, SameAs

VALUE_TOLERANCE = Decimal("0.000001")


class Depth(IntEnum):
    """How far a matched pair agrees; each depth includes those before it."""

    NONE = 0  # right place and kind, wrong figure
    FIGURE = 1  # value and unit
    SENSE = 2  # and direction and comparator
    SUBJECT = 3  # and the instrument
    DATE = 4  # and the day or window
    WHOLE = 5  # and modality, metric and kind


# The fields each depth adds, in the order they are reported.
FIELDS: dict[Depth, tuple[str, ...]] = {
    Depth.FIGURE: ("value", "unit"),
    Depth.SENSE: ("direction", "comparator"),
    Depth.SUBJECT: ("subject",),
    Depth.DATE: ("date",),
    Depth.WHOLE: ("modality", "metric", "kind"),
}

# The figure decides who belongs to whom, then the subject; the rest only breaks ties.
_WEIGHT = {"value": 64.0, "unit": 16.0, "subject": 32.0, "date": 4.0, "direction": 4.0, "comparator": 2.0}
_KIND_BONUS, _REQUIRED_BONUS = 3.0, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A gold line and the claim that answers it. `wrong` names the fields that disagree."""

    gold: GoldLine
    claim: Claim
    wrong: tuple[str, ...]

    @property
    def depth(self) -> Depth:
        reached = Depth.NONE
        for depth, names in FIELDS.items():
            if any(name in self.wrong for name in names):
                break
            reached = depth
        return reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """One article matched. `missed` gold lines have no claim, `unmatched` claims no gold line."""

    matches: tuple[Match, ...]
    missed: tuple[GoldLine, ...]
    unmatched: tuple[Claim, ...]


def match(gold: Sequence[GoldLine], claims: Sequence[Claim], same_as: SameAs | None = None) -> Matching:
    """Pair gold lines with claims of the same (or an accepted) kind whose quotes overlap, so that most agree."""
    same_as = same_as or SameAs()
    weights = [[_weight(line, claim, same_as) for claim in claims] for line in gold]
    matches, used = [], set()
    for rows, columns in _components(weights):
        for row, column in best_assignment([[weights[row][column] for column in columns] for row in rows]):
            line, claim = gold[rows[row]], claims[columns[column]]
            matches.append(Match(gold=line, claim=claim, wrong=disagreements(line, claim, same_as)))
            used.add((rows[row], columns[column]))
    matched_rows, matched_columns = {row for row, _ in used}, {column for _, column in used}
    return Matching(
        matches=tuple(matches),
        missed=tuple(line for row, line in enumerate(gold) if row not in matched_rows),
        unmatched=tuple(claim for column, claim in enumerate(claims) if column not in matched_columns),
    )


def disagreements(line: GoldLine, claim: Claim, same_as: SameAs) -> tuple[str, ...]:
    """Names of the fields in which a claim differs from a gold line and from all it accepts."""
    right = {
        "value": _value_right(line, claim),
        "unit": claim.unit == line.unit or _accepts(line, "unit", claim.unit),
        "direction": claim.direction == line.direction or _accepts(line, "direction", claim.direction),
        "comparator": claim.comparator == line.comparator or _accepts(line, "comparator", claim.comparator),
        "subject": _subject_right(line, claim.subject.id, same_as),
        "date": _date_right(line, claim),
        "modality": claim.modality == line.modality or _accepts(line, "modality", claim.modality),
        "metric": claim.metric == line.metric or _accepts(line, "metric", claim.metric),
        "kind": _kind_right(line, claim.kind),
    }
    return tuple(name for name, agrees in right.items() if not agrees)


def _weight(line: GoldLine, claim: Claim, same_as: SameAs) -> float:
    """0 where the two cannot belong together."""
    overlap = _overlap(line, claim)
    if not overlap or not _kind_right(line, claim.kind):
        return 0.0
    wrong = disagreements(line, claim, same_as)
    agreeing = sum(weight for name, weight in _WEIGHT.items() if name not in wrong)
    bonus = _KIND_BONUS * (claim.kind == line.kind) + _REQUIRED_BONUS * (not line.optional)
    return 1.0 + agreeing + bonus + overlap


def _overlap(line: GoldLine, claim: Claim) -> float:
    """Shared part of the two spans, 0 to 1, at the place where it is greatest."""
    best = 0.0
    for start, end in line.places:
        shared = min(end, claim.end) - max(start, claim.start)
        if shared > 0:
            best = max(best, shared / (max(end, claim.end) - min(start, claim.start)))
    return best


def _value_right(line: GoldLine, claim: Claim) -> bool:
    if _close(line.value, claim.value) and _close(line.value_high, claim.value_high):
        return True
    others = [None if other is None else Decimal(str(other)) for other in line.accepted("value") if other != "*"]
    return "*" in line.accepted("value") or any(_close(other, claim.value) for other in others)


def _close(left: Decimal | None, right: Decimal | None) -> bool:
    if left is None or right is None:
        return left is right
    return abs(left - right) <= VALUE_TOLERANCE


def _subject_right(line: GoldLine, subject: str, same_as: SameAs) -> bool:
    if same_as.fold(subject) == same_as.fold(line.subject):
        return True
    others = [*line.group, *line.accepted("subject")]
    return any(
        fnmatchcase(subject, pattern) or same_as.fold(pattern) == same_as.fold(subject) for pattern in others if pattern
    )


def _date_right(line: GoldLine, claim: Claim) -> bool:
    window = (claim.date.start, claim.date.end) if claim.date else None
    if window == line.window:
        return True
    for other in line.accepted("date"):
        if other == "*" or (other is None and window is None):
            return True
        if window and isinstance(other, list | tuple) and [day.isoformat() for day in window] == list(other):
            return True
    return False


def _kind_right(line: GoldLine, kind: Kind) -> bool:
    return kind == line.kind or _accepts(line, "kind", kind)


def _accepts(line: GoldLine, name: str, value: Any) -> bool:
    others = line.accepted(name)
    return "*" in others or value in others


def _components(weights: list[list[float]]) -> list[tuple[list[int], list[int]]]:
    """Rows and columns that hang together by a weight above zero: each sentence is assigned by itself."""
    by_row = [[column for column, weight in enumerate(row) if weight > 0] for row in weights]
    by_column: dict[int, list[int]] = {}
    for row, columns in enumerate(by_row):
        for column in columns:
            by_column.setdefault(column, []).append(row)
    seen: set[int] = set()
    components = []
    for first in range(len(weights)):
        if first in seen or not by_row[first]:
            continue
        reached_rows, reached_columns, waiting = {first}, set[int](), [first]
        while waiting:
            for column in set(by_row[waiting.pop()]) - reached_columns:
                reached_columns.add(column)
                fresh = set(by_column[column]) - reached_rows
                reached_rows |= fresh
                waiting.extend(fresh)
        seen |= reached_rows
        components.append((sorted(reached_rows), sorted(reached_columns)))
    return components
