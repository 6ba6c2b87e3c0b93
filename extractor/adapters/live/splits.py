"""Split-adjusted prices put back to what was quoted on their day.

A price p of a day before splits of a, b, ... for one was quoted as p * a * b * ... . Such a product has the rounding
of the binary float that the adjusted price was sent in, so it becomes the shortest decimal within that rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from extractor.adapters.live.answers import UnusableError
from extractor.adapters.live.rows import RawRow
from extractor.domain.market import Split

_FLOAT32 = Decimal(2) ** -23  # how far off a number can be that was rounded to float32 after one division
_TELLING = Decimal("1.4")  # a split by less moves the price no more than news does
_MOST = Decimal(10) ** 9  # shares in place of one, after all splits of a history
_SAME_SPLIT = timedelta(days=5)  # lists differ by a weekend about the day


def as_quoted(
    rows: Sequence[RawRow], told: Sequence[Split], listed: Iterable[Split], *, taken_on: date
) -> list[RawRow]:
    """Rows by session, every later split undone, volumes too.

    told: the splits that the answer itself names. listed: those of other tables; one that the answer does not name is
    undone where the prices show that it was taken into them. taken_on: the day of the answer, which knows no later one.
    Raises UnusableError where it cannot be told whether they were.
    """
    undone = [split for split in told if _was_applied(rows, split, told=True)]
    if len(undone) < len(told):
        left = next(split for split in told if split not in undone)
        raise UnusableError(f"names a split of {left.ratio} on {left.ex_on} that its prices were not adjusted for")
    others = [split for split in listed if split.ex_on <= taken_on and not _names(told, split)]
    undone += [split for split in others if _was_applied(rows, split, told=False)]
    return [_undo(row, _ratio(undone, row.session)) for row in rows]


def _names(told: Sequence[Split], split: Split) -> bool:
    return any(one.ratio == split.ratio and abs(one.ex_on - split.ex_on) <= _SAME_SPLIT for one in told)


def _was_applied(rows: Sequence[RawRow], split: Split, *, told: bool) -> bool:
    """Whether the closes go on across the ex-date, as adjusted ones do, rather than jump by the ratio.

    On the morning of an ex-date a split may be named, or not, and be in the prices, or not: without a row to see it by
    nothing is guessed.
    """
    before = [row for row in rows if row.session < split.ex_on]
    after = [row for row in rows if row.session >= split.ex_on]
    if not before:
        return True  # nothing to undo
    size = max(split.ratio, 1 / split.ratio)
    if told and size < _TELLING:
        return True
    close, opened = before[-1].values["close"], after[0].values["close"] if after else None
    if size < _TELLING or close is None or opened is None or close <= 0 or opened <= 0:
        raise UnusableError(f"its prices do not show whether they are adjusted for the split of {split.ex_on}")
    step = (opened / close).ln()
    return bool(abs(step) <= abs(step + split.ratio.ln()))


def _ratio(splits: Iterable[Split], session: date) -> Decimal:
    product = Decimal(1)
    for split in splits:
        if split.ex_on > session:
            product *= split.ratio
    if not 1 / _MOST <= product <= _MOST:
        raise UnusableError(f"splits of {product:g} for one since {session}")
    return product


def _undo(row: RawRow, ratio: Decimal) -> RawRow:
    if ratio == 1:
        return row
    values = {
        name: value
        if value is None
        else (value / ratio).quantize(Decimal(1))
        if name == "volume"
        else shortest(value * ratio)
        for name, value in row.values.items()
    }
    return replace(row, values=values)


def shortest(value: Decimal) -> Decimal:
    """The decimal with the fewest places that is the same number to float32's precision: 891.290040 is 891.29."""
    near = abs(value) * _FLOAT32
    for places in range(8):
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
        if abs(rounded - value) <= near:
            return rounded
    return value
