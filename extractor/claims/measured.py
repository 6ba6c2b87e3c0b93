"""The measure of a figure: named beside it, what its owner moves, or what the text goes on about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.claims.figures import Figure
from extractor.claims.measures import CHANGED, STOCK, Sort, measure_of, owns, sort_of
from extractor.claims.memory import Memory
from extractor.claims.sentence import Clause, Sentence, within
from extractor.claims.subjects import Bound
from extractor.domain.annotation import Cue, InstrumentMention, Quantity
from extractor.domain.claim import Modality
from extractor.rules import grammar

# What a figure is set against: "$4.6 billion, up from $4.1 billion", "against $824 million".
_COMPARED = frozenset({"against", "versus", "from", "than", "with", "to"})
_OWNED = re.compile(r"[’']s?\s(?P<noun>(?:[a-z][a-z-]{2,20}\s){1,3}?)(?:(?:also|then|has|have|had)\s)?")
_WHERE = re.compile(r"\s(?:at which|where)\b")  # "the $95.14 at which it ended the day"
_GOING_ON = frozenset({"which", "who", "that", ",", "and", "or", "compared with"})
# "61 cents a share, seven cents shy of", "3 cents better than": what a result missed or beat a forecast by.
_SURPRISE = re.compile(
    r" (?:(?:better|more|less|higher|lower|worse|above|below) than|ahead of|shy of|short of)\b", re.I
)
_GOES_ON = re.compile(r"(?:[\w ]{0,40}\s)?(?:it|they|that|this|which|those)\b", re.IGNORECASE)


def measure(
    sentence: Sentence,
    clause: Clause,
    quantity: Quantity,
    lead: str,
    movement: Cue | None,
    modality: Modality,
    bound: Bound,
    earlier: list[Figure],
    memory: Memory,
) -> Cue | None:
    """Its own measure, or that of the figures before it: in the sentence, else in the one before."""
    own = measure_of(sentence, clause, quantity)
    if own or bound.type not in ("equity", "organization"):
        return own
    owned = _possessed(sentence, bound.mention, quantity, movement)
    if owned:
        return owned
    expected = modality is Modality.FORECAST
    if earlier or len(sentence.clauses) > 1:
        told = [(figure.quantity, figure.measure) for figure in earlier]
        found = _carried(sentence, clause, quantity, lead=lead, expected=expected, subject=bound.mention, earlier=told)
        if found:
            return found
    if expected and not any(cue.layer == "measure" for cue in sentence.cues):
        return memory.measure_like(sort_of(quantity), sentence.paragraph)
    return None


def _possessed(
    sentence: Sentence, owner: InstrumentMention | None, quantity: Quantity, movement: Cue | None
) -> Cue | None:
    """ "Nike's inventories fell 2%": what a company owns and moves is no price, whatever it is called."""
    if owner is None or movement is None or movement.noun or quantity.unit not in CHANGED:
        return None
    match = _OWNED.match(sentence.text, owner.end, movement.start)
    if match is None or match.end() != movement.start or quantity.start < movement.end:
        return None
    words = match.group("noun").lower().split()
    priced = grammar.words("price_nouns") | grammar.words("move_nouns") | grammar.words("priced_too")
    if not words or set(words) & priced:
        return None
    name = "_".join(words)
    return Cue(
        start=match.start("noun"),
        end=match.end("noun"),
        text=match.group("noun"),
        layer="measure",
        rule="measure.possessed",
        value=name,
    )


def _carried(
    sentence: Sentence,
    clause: Clause,
    quantity: Quantity,
    *,
    lead: str,
    expected: bool,
    subject: InstrumentMention | None,
    earlier: Sequence[tuple[Quantity, Cue | None]],
) -> Cue | None:
    """The measure of a figure whose clause names none and goes on about the one before.

    lead: the word before the figure. expected: it is a forecast. subject: where the figure's owner was named.
    earlier: the figures of the sentence before this one, with their measures.
    """
    floor = max(clause.start, earlier[-1][0].end) if earlier else clause.start
    inside = subject is not None and floor <= subject.start < clause.end and subject.form != "generic"
    specific = [c for c in within(sentence.cues, clause.start, clause.end) if c.layer == "level" and c.value != "level"]
    stands = bool(specific)
    closed_at = any(c.start >= quantity.end for c in specific) or _WHERE.match(sentence.text, quantity.end)
    topic = _topic(sentence, clause, quantity)
    if topic is not None:
        return topic
    set_against = expected or lead in _COMPARED
    if inside or closed_at or (stands and not set_against) or STOCK.search(sentence.text, clause.start, quantity.start):
        return None
    last = next((cue for figure, cue in reversed(earlier) if sort_of(figure) is sort_of(quantity)), None)
    if earlier and last is None:
        last = earlier[-1][1] if earlier[-1][1] is not None and owns(earlier[-1][1], quantity) else None
    if last is not None:
        short = sort_of(quantity) is Sort.PER_SHARE and _SURPRISE.match(sentence.text, quantity.end, quantity.end + 24)
        told = set_against or short or clause.opener in _GOING_ON
        goes_on = _GOES_ON.match(sentence.text, clause.start, quantity.start)
        return last if told or goes_on else None
    return None


def _topic(sentence: Sentence, clause: Clause, quantity: Quantity) -> Cue | None:
    """ "Revenue, which includes fees, fell 2.9 percent": what the sentence opens with, told of nothing yet."""
    position = sentence.clauses.index(clause)
    if position == 0 or clause.opener not in ("which", "who", "that", ",", ":"):
        return None
    first = sentence.clauses[position - 1]
    told = within(sentence.quantities, first.start, first.end)
    if told or any(first.start <= mention.start < first.end for mention in sentence.mentions):
        return None
    if clause.opener != ":" and STOCK.search(sentence.text, clause.start, quantity.start):
        return None
    cues = [c for c in within(sentence.cues, first.start, first.end) if c.layer == "measure" and owns(c, quantity)]
    return cues[-1] if cues and cues[-1].start - first.start < 40 else None


def in_turn(found: list[Figure]) -> list[Figure]:
    """ "earnings of $6 and revenue of $55 billion, changes of +4% and +15%, respectively": each is of its own.

    The changes take the measure and the modality of the figures they are told of.
    """
    half = len(found) // 2
    first, second = found[:half], found[half:]
    told = len(found) == 2 * half and half > 1 and all(figure.measure for figure in first)
    changes = all(figure.quantity.unit in CHANGED for figure in second)
    mixed = any(figure.quantity.unit in CHANGED for figure in first)
    if not told or not changes or mixed or len({figure.bound.ids for figure in found}) > 1:
        return found
    return [
        *first,
        *(replace(b, measure=a.measure, modality=a.modality) for a, b in zip(first, second, strict=True)),
    ]
