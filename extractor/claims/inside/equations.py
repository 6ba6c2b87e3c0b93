"""What the figures of one move say of each other, by the intervals they were rounded from (rules 1 and 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extractor.claims.inside.together import Together
from extractor.domain.claim import Claim, Direction, SubjectType
from extractor.verify.comparing import Figure
from extractor.verify.intervals import HUNDRED, Interval, percent_change
from extractor.verify.wording import amount, change, rounded


class Fit(StrEnum):
    """How a printed figure goes with the one worked out from its neighbours.

    LOOSE: apart by less than a unit of its last digit, as a figure rounded twice or cut short is (rule 9).
    """

    AGREES = "agrees"
    LOOSE = "loose"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """One figure, `stated`, worked out from the other `members`.

    implied: all it may be, signed, in its own unit. formula: the arithmetic in printed figures. told: what it is
    worked out from, in words.
    """

    name: str
    stated: Claim
    members: tuple[Claim, ...]
    implied: Interval
    formula: str
    told: str

    @property
    def value(self) -> Decimal:
        """The stated figure with its sign."""
        return _sign(self.stated) * Figure.of(self.stated).value

    @property
    def fit(self) -> Fit:
        if self.implied.meets(_signed(self.stated)):
            return Fit.AGREES
        gap = max(self.implied.low - self.value, self.value - self.implied.high)
        return Fit.LOOSE if gap < Figure.of(self.stated).unit else Fit.DISAGREES

    @property
    def says(self) -> str:
        """The arithmetic in words: "a change of -320.15 points to 47,560.29 makes -0.669 %"."""
        step = Figure.of(self.stated).unit / 10
        low, high = (f"{rounded(end, step):+,f}" for end in (self.implied.low, self.implied.high))
        unit = "%" if self.stated.unit == "percent" else (self.stated.unit or "").replace("_", " ")
        result = low if low == high else f"between {low} and {high}"
        return f"{self.told} makes {result} {unit}".rstrip()


def equations(move: Together) -> Iterator[Equation]:
    """Every relation between the printed figures of a move."""
    before, level, moved, percent = move.before, move.level, move.change, move.percent
    if before is not None and level is not None:
        if moved is not None:
            yield from _difference(before, level, moved)
        if percent is not None:
            yield from _percent_between(before, level, percent)
    elif moved is not None and percent is not None:
        if level is not None:
            yield from _percent_of(level, moved, percent, Figure.of(level).interval - _signed(moved), "to")
        elif before is not None:
            yield from _percent_of(before, moved, percent, Figure.of(before).interval, "from")


def _difference(before: Claim, level: Claim, moved: Claim) -> Iterator[Equation]:
    """The level less the one before, at both ends of a range."""
    factor = HUNDRED if moved.unit == "basis_points" else Decimal(1)
    pairs = [(before.value, level.value)]
    if level.value_high is not None and before.value_high is not None:
        pairs.append((before.value_high, level.value_high))
    elif level.value_high is not None or before.value_high is not None:
        return  # a range against one figure, which may stand for either end
    for old, new in pairs:
        assert old is not None
        assert new is not None
        difference = Figure.of(level, new).interval - Figure.of(before, old).interval
        text = f"{new:f} - {old:f}"
        yield Equation(
            name="difference",
            stated=moved,
            members=(before, level, moved),
            implied=difference.scaled(factor),
            formula=text if factor == 1 else f"({text}) * {factor}",
            told=f"from {amount(old, before.unit)} to {amount(new, level.unit)}",
        )


def _percent_between(before: Claim, level: Claim, percent: Claim) -> Iterator[Equation]:
    old = Figure.of(before).interval
    if old.low <= 0:
        return
    yield Equation(
        name="percent",
        stated=percent,
        members=(before, level, percent),
        implied=_either_way(level, percent_change(old, Figure.of(level).interval)),
        formula=f"({level.value:f} / {before.value:f} - 1) * 100",
        told=f"from {before.quote} to {level.quote}",
    )


def _percent_of(known: Claim, moved: Claim, percent: Claim, old: Interval, way: str) -> Iterator[Equation]:
    """The change as a share of the level before, which is printed ("from") or the level less the change ("to")."""
    if old.low <= 0:
        return
    size = _sign(moved) * Figure.of(moved).value
    assert known.value is not None
    if way == "to":
        base = f"({known.value:f} {'+' if size < 0 else '-'} {abs(size):f})"
        start = f", from {amount(known.value - size, known.unit)},"
    else:
        base, start = f"{known.value:f}", ""
    yield Equation(
        name="percent",
        stated=percent,
        members=(known, moved, percent),
        implied=_either_way(known, _signed(moved).over(old).scaled(HUNDRED)),
        formula=f"{size:f} / {base} * 100",
        told=f"a change of {change(size, moved.unit)} {way} {known.quote}{start}",
    )


def _either_way(level: Claim, percent: Interval) -> Interval:
    """A currency's percent may be told of either of the two: 70 to 100 roubles a dollar is 43 % up or 30 % down.

    percent: of the pair.
    """
    if level.subject.type is not SubjectType.CURRENCY or percent.low <= -HUNDRED:
        return percent
    other = percent.mapped(lambda value: value / (1 + value / HUNDRED))
    return Interval(min(percent.low, other.low), max(percent.high, other.high))


def _sign(claim: Claim) -> int:
    return -1 if claim.direction is Direction.DOWN else 1


def _signed(claim: Claim) -> Interval:
    interval = Figure.of(claim).interval
    return -interval if claim.direction is Direction.DOWN else interval
