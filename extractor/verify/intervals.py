"""Interval arithmetic on rounded figures: what a printed number may have been before it was rounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval runs upwards, not from {self.low} to {self.high}")

    @classmethod
    def around(cls, value: Decimal, half: Decimal = Decimal(0)) -> Interval:
        return cls(value - half, value + half)

    @classmethod
    def of(cls, values: tuple[Decimal, ...]) -> Interval:
        return cls(min(values), max(values))

    @property
    def half_width(self) -> Decimal:
        return (self.high - self.low) / 2

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def scaled(self, factor: Decimal) -> Interval:
        return Interval.of((self.low * factor, self.high * factor))

    def over(self, other: Interval) -> Interval:
        """The quotient; the divisor must not hold zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor's interval holds zero")
        return Interval.of(tuple(a / b for a in (self.low, self.high) for b in (other.low, other.high)))

    def mapped(self, function: Callable[[Decimal], Decimal]) -> Interval:
        """The image under a monotone function."""
        return Interval.of((function(self.low), function(self.high)))

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def magnitude(self) -> Interval:
        """The interval of absolute values."""
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        return Interval(Decimal(0), max(-self.low, self.high))


def percent_change(before: Interval, after: Interval) -> Interval:
    """Percent from `before` to `after`. `before` must not hold zero."""
    ratio = after.over(before)
    return Interval((ratio.low - 1) * HUNDRED, (ratio.high - 1) * HUNDRED)
