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


_MOST_DECIMALS = 8
_LATEST = 250


def decimals_shown(values: Sequence[Decimal | None]) -> int | None:
    """How many decimals a series is printed in: enough for nineteen in twenty of its latest 250 values.

    The most that any value has would be set by a single slip, the usual number by the trailing zeros that a
    float has lost. Values that show more than eight were computed, not printed, and count as eight.
    """
    latest = values[max(len(values) - _LATEST, 0) :]
    if isinstance(latest, FloatColumn):
        return _decimals_of_floats(latest.floats)
    shown = sorted(-min(int(value.as_tuple().exponent), 0) for value in latest if value is not None)
    return min(shown[(len(shown) * 19) // 20], _MOST_DECIMALS) if shown else None


def _decimals_of_floats(floats: np.ndarray[Any, Any]) -> int | None:
    """The same on floats, each taken to show as many decimals as it takes to come within float32's precision."""
    wide = floats[~np.isnan(floats)].astype(np.float64)
    if not len(wide):
        return None
    noise = np.abs(wide) * float(np.finfo(np.float32).eps) * 0.6
    for decimals in range(_MOST_DECIMALS):
        if np.mean(np.abs(wide - np.round(wide, decimals)) <= noise) >= 0.95:
            return decimals
    return _MOST_DECIMALS


class TextColumn(Sequence[Decimal | None]):
    """A column of numbers kept as text, each a decimal when it is looked at; None for an absent value."""

    __slots__ = ("texts",)

    def __init__(self, texts: Sequence[str | None]) -> None:
        self.texts = texts

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Decimal | None: ...
    @overload
    def __getitem__(self, index: slice) -> TextColumn: ...
    def __getitem__(self, index: int | slice) -> Decimal | TextColumn | None:
        if isinstance(index, slice):
            return TextColumn(self.texts[index])
        text = self.texts[index]
        return None if text is None else Decimal(text)
