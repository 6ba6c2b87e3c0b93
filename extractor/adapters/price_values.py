"""Prices out of binary floats, without the noise of the float.

A table that was once written as float32 says 131.399994 for a quoted 131.40, and 2531.159912109375 once
somebody widened it to float64. Neither was ever quoted. What was quoted is the shortest decimal that rounds to
the same float32, so that is what a value becomes where it fits into one exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, overload

import numpy as np

# A float64 that needs more digits than this and is exactly a float32 is one that was widened.
_LONGEST_QUOTED = 9


def quoted(value: float) -> Decimal:
    """The decimal that was quoted for a finite float of either width."""
    number = float(value)
    if number.is_integer():
        return Decimal(int(number))
    text = repr(number)
    if sum(character.isdigit() for character in text) <= _LONGEST_QUOTED:
        return Decimal(text)
    narrow = np.float32(number)
    return Decimal(str(narrow)) if float(narrow) == number else Decimal(text)


class FloatColumn(Sequence[Decimal | None]):
    """A column of floats that become decimals when they are looked at; NaN stands for an absent value."""

    __slots__ = ("floats",)

    def __init__(self, floats: np.ndarray[Any, Any]) -> None:
        self.floats = floats

    def __len__(self) -> int:
        return len(self.floats)

    @overload
    def __getitem__(self, index: int) -> Decimal | None: ...
    @overload
    def __getitem__(self, index: slice) -> FloatColumn: ...
    def __getitem__(self, index: int | slice) -> Decimal | FloatColumn | None:
        if isinstance(index, slice):
            return FloatColumn(self.floats[index])
        number = self.floats[index]
        return None if number != number else quoted(number)


def decimals_shown(values: Sequence[Decimal | None]) -> int | None:
    """How many decimals a series is printed in: enough for nineteen in twenty of its latest 250 values.

    The most that any value has would be set by a single slip, the usual number by the trailing zeros that a
    float has lost.
    """
    shown = sorted(-min(int(value.as_tuple().exponent), 0) for value in values[-250:] if value is not None)
    return shown[(len(shown) * 19) // 20] if shown else None
