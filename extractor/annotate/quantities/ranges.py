"""Two figures that are one range: "20-35%", "3.50% to 3.75%", "between 97.07 and 97.44"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractor.annotate.quantities.draft import Draft
from extractor.annotate.quantities.lexicon import Lexicon
from extractor.annotate.quantities.numerals import places, scaled
from extractor.domain.claim import Direction

_DASH = re.compile(r"(?P<blank>[ \xa0]?)[-‑–—][ \xa0]?")
_JOINER = re.compile(
    r"(?:\s{1,2}(?P<word>to|and|or|and possibly|or possibly|or even|to perhaps)\s{1,2}|[-‑](?P<tied>to)[-‑])"
)
_LONGEST_JOINER = 16
_BEFORE = re.compile(
    r",? (?:up |down |compared |little changed )?(?:from|versus|vs\.?|against|with) (?:about |around )?"
)
_ALIKE = Decimal("1.5")
_WORDS_BEFORE = re.compile(r"[^\s,;()—–\"“”]++")
_CUE_WINDOW = 48
# A range's ends are of one size. Told by nothing but "to", they must be closer still: "rose 20 to 4,520 points".
_WIDEST = 20
_CLOSE = Decimal(4)
_AFTER_MOVEMENT = Decimal(3)
_SPACED_BARE = Decimal("1.5")


def merge(text: str, drafts: Iterable[Draft], book: Lexicon) -> Iterator[Draft]:
    """Drafts in text order, neighbours joined where they are one range; weak ones that join nothing are dropped."""
    low: Draft | None = None
    for draft in drafts:
        if low is None:
            low = draft
            continue
        if _joined(text, low, draft, book):
            yield _range(low, draft)
            low = None
            continue
        if not low.weak:
            _lend(text, low, draft)
            yield low
        low = draft
    if low is not None and not low.weak:
        yield low


def _joined(text: str, low: Draft, high: Draft, book: Lexicon) -> bool:
    """Whether `low` and `high` are the ends of one range. Gives "from 4.2 to 4.0 percent" its unit in passing."""
    if high.start - low.end > _LONGEST_JOINER or low.high is not None or not _signs_agree(low, high):
        return False
    if "multiple" in (low.form, high.form) or "ordinal" in (low.form, high.form):
        return False
    if low.unit is not None and high.unit is not None and low.unit != high.unit:
        return False
    between = text[low.end : high.start]
    if match := _DASH.fullmatch(between):
        return _ordered(low, high, _WIDEST) and _dash_joins(low, high, spaced=bool(match["blank"]))
    match = _JOINER.fullmatch(between)
    if not match or (low.unit is not None and high.unit is None and not _currency(low.unit)):
        return False
    if _word_joins(text, low, high, (match["word"] or "to").split()[0], book):
        return True
    if low.unit is None and high.unit and _last_words(text, low.start)[-1:] == ["from"] and "to" in between:
        _inherit(low, high)
    return False


def _signs_agree(low: Draft, high: Draft) -> bool:
    return high.sign is low.sign or (high.sign is None and low.sign is Direction.UP)


def _inherit(low: Draft, high: Draft) -> None:
    low.unit, low.weak, low.time = high.unit, False, high.time
    low.value, low.decimals = low.value * high.factor, low.decimals + places(high.factor)


def _lend(text: str, low: Draft, high: Draft) -> None:
    """Gives "66.12" its unit in "66.78 US cents, from 66.12": what it was before is in what it is now."""
    if low.unit is None or high.unit is not None or not low.decimals or not high.decimals or low.scale != 1:
        return
    alike = low.face < high.face * _ALIKE and high.face < low.face * _ALIKE
    if alike and high.sign is None and _BEFORE.fullmatch(text, low.end, high.start):
        high.unit, high.weak = low.unit, False
        high.value, high.decimals, high.factor = high.value * low.factor, high.decimals + places(low.factor), low.factor


def _currency(unit: str) -> bool:
    return unit.isupper()


def _scaled(low: Draft, high: Draft) -> Decimal:
    """The low end, in the high end's scale and minor unit where it has none ("$10 to $12 billion", "3 to 5 cents")."""
    value = low.value
    if low.scale == 1 and high.scale != 1 and low.face < high.face:
        value = scaled(low.face, high.scale)
    return value * high.factor if low.unit is None else value


def _ordered(low: Draft, high: Draft, widest: Decimal | int) -> bool:
    bottom = _scaled(low, high)
    return bottom < high.value and (bottom == 0 or high.value <= bottom * widest)


def _dash_joins(low: Draft, high: Draft, *, spaced: bool) -> bool:
    """A dash joins two figures of one unit; without any unit only prices that printed decimals or thousands."""
    if low.unit or high.unit:
        return high.unit is not None or _currency(low.unit or "")
    printed = (low.decimals or low.grouped) and (high.decimals or high.grouped)
    return bool(printed) and (not spaced or high.value <= low.value * _SPACED_BARE)


def _word_joins(text: str, low: Draft, high: Draft, joiner: str, book: Lexicon) -> bool:
    before = _last_words(text, low.start)
    cued = any(word in book.range_cues for word in before[-6:]) or before[-2:] == ["anywhere", "from"]
    if joiner == "and":
        counts = low.form == "word" == high.form and "possibly" in text[low.end : high.start]
        return (counts and low.unit is None) or (
            bool({"between", "ranged", "ranging"} & set(before[-3:])) and _ordered(low, high, 100)
        )
    if joiner == "or":
        return low.form == "word" == high.form and low.unit is None and high.unit is not None and _ordered(low, high, 3)
    if cued or book.range_after.match(text, high.end):
        return _ordered(low, high, 100)
    last = before[-1] if before else ""
    if last == "from":
        return False
    if low.unit is None:
        return high.unit is not None and _ordered(low, high, _AFTER_MOVEMENT if last in book.movements else _WIDEST)
    one_scale_word = low.scale == 1 != high.scale and last not in book.movements
    return (last in book.range_openers or one_scale_word) and _ordered(low, high, _CLOSE)


def _last_words(text: str, start: int) -> list[str]:
    """The words of the same sentence before `start`, lower case."""
    window = re.split(r"[.;!?]\s", text[max(0, start - _CUE_WINDOW) : start])[-1]
    return [word.lower() for word in _WORDS_BEFORE.findall(window)]


def _range(low: Draft, high: Draft) -> Draft:
    """Low and high as one figure. The finer end's decimals hold for both, unless the ends are scaled apart."""
    inherits = low.scale == 1 and low.face < high.face
    scale = high.scale if inherits else low.scale
    low_decimals = low.decimals + (places(high.factor) if low.unit is None else 0)
    if scale == high.scale:
        decimals = max(low_decimals, high.decimals)
    elif low.scale.scaleb(-low_decimals) > high.scale.scaleb(-high.decimals):
        decimals = low_decimals
    else:
        scale, decimals = high.scale, high.decimals
    return Draft(
        start=low.start,
        end=high.end,
        value=_scaled(low, high),
        high=high.value,
        face=low.face,
        unit=high.unit or low.unit,
        decimals=decimals,
        scale=scale,
        sign=low.sign,
        form=low.form if low.form != "figure" else high.form,
        time=high.time,
        per=high.per,
        grouped=low.grouped,
    )
