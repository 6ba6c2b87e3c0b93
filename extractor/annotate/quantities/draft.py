"""A figure while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractor.domain.claim import Direction


@dataclass(slots=True, kw_only=True)
class Draft:
    """A figure read, its neighbours not yet looked at.

    value is already scaled; `face` is the number as printed, before the scale word.
    weak: says too little alone ("20" in "20-35%", "3/4"), kept only where it joins a range.
    factor: 0.01 where a minor unit is printed ("cents").
    time: a span of time, so that "over" before it says how long.
    per: the denominator inside the unit itself ("bpd").
    grouped: printed with thousands separators.
    """

    start: int
    end: int
    value: Decimal
    face: Decimal
    high: Decimal | None = None
    unit: str | None = None
    decimals: int = 0
    scale: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)
    sign: Direction | None = None
    form: str = "figure"
    weak: bool = False
    time: bool = False
    per: str | None = None
    grouped: bool = False
