"""Which pair a currency's figure is of, and whether the currency that moved is the one the pair counts in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from extractor.claims import wording
from extractor.claims.figures import CURRENCY
from extractor.claims.memory import Header, Memory
from extractor.claims.sentence import Clause, Sentence, within
from extractor.claims.subjects import Bound
from extractor.domain.annotation import InstrumentMention, MentionForm, Quantity
from extractor.rules.instruments.book import pair_id

_CODE = 3  # letters of a currency's
_BUYS = re.compile(r"\s(?:buys|bought|fetches|fetched|is worth|was worth|was buying|is buying)\s?:")


class Book(Protocol):
    def is_inverse(self, mention: InstrumentMention, instrument: str) -> bool:
        """Whether a mention names the currency its pair counts in: "the yen rose" is USDJPY down."""


def pair(bound: Bound, quantity: Quantity, following: tuple[Quantity, ...]) -> Bound:
    """ "The euro bought $1.17 and 172 yen": the pair is that of the currency named and the one it is counted in.

    A change is counted in what the level after it is: "the dollar fell 0.6 percent to 148.20 yen".
    """
    code = bound.mention.symbol if bound.mention else None
    told = quantity if quantity.unit != "percent" or not following else following[0]
    counted_in = told.unit if told.unit and CURRENCY.fullmatch(told.unit) else None
    counts = bound.type == "currency" or bound.ids == ("index:DXY",)
    if not counts or not code or not counted_in or code == counted_in:
        return bound
    return replace(
        bound, ids=(f"currency:{code}{counted_in}",)
    )  # "the pound at €1.14", however a market quotes the two


def against(sentence: Sentence, clause: Clause, quantity: Quantity, bound: Bound, memory: Memory) -> Bound:
    """ "Against the Singapore dollar it eased to 3.0121": it is the currency spoken of before, in the one named."""
    if bound.ids == ("index:DXY",):
        return _dollar_against(sentence, clause, quantity, bound)
    named = bound.mention is not None and bound.mention.form is not MentionForm.GENERIC
    other = bound.mention if named else _named_against(sentence, clause, quantity)
    if other is None or not other.symbol or not bound.ids or not bound.ids[0].startswith("currency:"):
        return bound
    if named and not _stands_against(sentence, other):
        return bound
    last = next((i for i in memory.last if i in memory.spoken_as), None)
    if last is None or memory.spoken_as[last] == other.symbol:
        return bound
    code = memory.spoken_as[last]
    counts = last.endswith(code)  # a dollar is so many ringgit: so is any other
    identifier = f"currency:{other.symbol}{code}" if counts else pair_id(code, other.symbol)
    memory.spoken_as[identifier] = code
    return Bound(ids=(identifier,), how="remembered")


def _dollar_against(sentence: Sentence, clause: Clause, quantity: Quantity, bound: Bound) -> Bound:
    """ "Against the yen the greenback was up 2.1% at 148.4": of the pair, though the dollar index was spoken of."""
    before = within(sentence.mentions, clause.start, quantity.start)
    other = next((m for m in before if m.symbol and m.symbol != "USD" and _stands_against(sentence, m)), None)
    if other is None or other.symbol is None or len(other.symbol) != _CODE:
        return bound
    return replace(bound, ids=(pair_id("USD", other.symbol),))


def _named_against(sentence: Sentence, clause: Clause, quantity: Quantity) -> InstrumentMention | None:
    """The currency after "against" right before a figure in its clause."""
    before = within(sentence.mentions, clause.start, quantity.start)
    return before[-1] if before and _stands_against(sentence, before[-1]) else None


def _stands_against(sentence: Sentence, mention: InstrumentMention) -> bool:
    return wording.governor(sentence.text, sentence.start, mention.start)[1] in _AGAINST


_AGAINST = frozenset({"against", "versus", "vs", "vis"})


def of_header(sentence: Sentence, quantity: Quantity, bound: Bound, header: Header | None) -> Bound:
    """ "* 79.79 Japanese yen, from 79.41" under "One Australian dollar buys:" is the one counted in the other."""
    code = quantity.unit
    if header is None or header.base is None or not code or not CURRENCY.fullmatch(code) or code == header.base:
        return bound
    if any(m.end <= quantity.start and not _is_counted_in(sentence, m) for m in sentence.mentions):
        return bound  # the line speaks of something else
    return Bound(ids=(f"currency:{header.base}{code}",), how="continued", mention=None)


def _is_counted_in(sentence: Sentence, mention: InstrumentMention) -> bool:
    """Whether a name is the unit of a figure: "79.79 Japanese yen"."""
    return any(q.start < mention.start and mention.end <= q.end for q in sentence.quantities)


def is_inverse(bound: Bound, memory: Memory, book: Book) -> bool:
    """Whether what moves is the currency the pair counts in. "The currency" and "it" are the one last named."""
    mention, identifier = bound.mention, bound.ids[0] if bound.ids else ""
    if mention is not None and (mention.form is not MentionForm.GENERIC or mention.noun == "pair"):
        remember(mention, identifier, memory)
        return book.is_inverse(mention, identifier)
    code = memory.spoken_as.get(identifier, "")
    return identifier.startswith("currency:") and len(code) == _CODE and identifier.endswith(code)


def remember(mention: InstrumentMention, identifier: str, memory: Memory) -> None:
    """Which of its two currencies a pair was last spoken of as."""
    if mention.symbol and identifier.startswith("currency:"):
        memory.spoken_as[identifier] = mention.symbol


def base(sentence: Sentence) -> str | None:
    """The currency whose price in others the lines under a header tell: "One Australian dollar buys:"."""
    last = sentence.mentions[-1] if sentence.mentions else None
    if last is None or not last.symbol or not _BUYS.match(sentence.text, last.end, sentence.end):
        return None
    return last.symbol if CURRENCY.fullmatch(last.symbol) else None
