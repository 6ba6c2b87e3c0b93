"""Lists of a name and a bare change: "$XLY +3.9%", "$XLF (3.1%)", "$XLU +4.3, $XLE -3.7".

A letter's list is read as a whole, for an item alone does not say enough: "(3.1%)" may be a weight, "+4.3" dollars.
Where one item has a printed plus or minus, one in brackets without a sign fell; where every item of one line has a
sign, one decimal and no unit, they are per cent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.claims.sentence import Sentence
from extractor.domain.annotation import InstrumentMention, Quantity
from extractor.domain.claim import Direction

_BULLETS = " \xa0\t*•-–→|:"
_SHORTEST = 3  # items


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A change right behind its name; `sentence` and `place` say which quantity it is. bracketed: "(3.1%)"."""

    sentence: int
    place: int
    quantity: Quantity
    bracketed: bool


def told(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The same sentences, with the signs and units that their lists imply."""
    changed = list(sentences)
    for run in _runs(sentences):
        if len(run) < _SHORTEST:
            continue
        for item in run:
            quantity = _told(item, run)
            if quantity is not None:
                sentence = changed[item.sentence]
                quantities = list(sentence.quantities)
                quantities[item.place] = quantity
                changed[item.sentence] = replace(sentence, quantities=tuple(quantities))
    return changed


def _told(item: _Item, run: Sequence[_Item]) -> Quantity | None:
    """What the list makes of one of its items; None where nothing changes."""
    quantity = item.quantity
    signed = any(other.quantity.sign is not None for other in run)
    if item.bracketed and quantity.sign is None and quantity.unit == "percent" and signed:
        return replace(quantity, sign=Direction.DOWN)
    if quantity.unit is None and all(_is_bare(other.quantity) for other in run):
        return replace(quantity, unit="percent")
    return None


def _is_bare(quantity: Quantity) -> bool:
    return quantity.unit is None and quantity.sign is not None and quantity.decimals == 1 and quantity.value < 100


def _runs(sentences: Sequence[Sentence]) -> Iterator[list[_Item]]:
    """Items that follow one another: within a sentence, or one in each of several lines."""
    run: list[_Item] = []
    for number, sentence in enumerate(sentences):
        items = list(_items(number, sentence))
        if len(items) == 1 and len(sentence.quantities) == 1 and _fills(sentence, items[0]):
            run += items
            continue
        yield run
        run = []
        if len(items) == len(sentence.quantities):
            yield items
    yield run


def _items(number: int, sentence: Sentence) -> Iterator[_Item]:
    """Changes that stand right behind a name, one a name."""
    owners = {mention.end: mention for mention in sentence.mentions}
    for place, quantity in enumerate(sentence.quantities):
        gap = sentence.text[max(sentence.start, quantity.start - 3) : quantity.start]
        bare = gap.rstrip(" (:\xa0")
        if quantity.start - (len(gap) - len(bare)) in owners and quantity.high is None:
            bracketed = gap.endswith("(") and sentence.text[quantity.end : quantity.end + 1] == ")"
            yield _Item(sentence=number, place=place, quantity=quantity, bracketed=bracketed)


def _fills(sentence: Sentence, item: _Item) -> bool:
    """Whether a line is the item and nothing else."""
    owner = _owner(sentence, item)
    before = sentence.text[sentence.start : owner.start].strip(_BULLETS + "$")
    return not before and not sentence.text[item.quantity.end : sentence.end].strip(" ).;,")


def _owner(sentence: Sentence, item: _Item) -> InstrumentMention:
    return next(m for m in reversed(sentence.mentions) if m.end <= item.quantity.start)
