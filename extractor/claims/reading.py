"""From the quantities of a sentence to figures with an owner, a reading, a direction and a modality."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from extractor.claims import direction as directions
from extractor.claims import (
    elided,
    figures,
    joining,
    measured,
    measures,
    multiples,
    nearer,
    pairs,
    points,
    speech,
    wording,
)
from extractor.claims.figures import Figure, Reading
from extractor.claims.lead import lead_of
from extractor.claims.level.cues import level_cue
from extractor.claims.memory import Header, Memory
from extractor.claims.modality import modality_of
from extractor.claims.rate.binding import rebound
from extractor.claims.sentence import Clause, Sentence, within
from extractor.claims.subjects import Binder, Bound
from extractor.domain.annotation import Cue, InstrumentMention, MentionForm, Quantity
from extractor.domain.claim import Direction, Modality
from extractor.rules import grammar

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_WORD_AFTER = re.compile(r"\s[a-z]{3,}")


class Book(Protocol):
    def policy_rate(self, identifier: str) -> str | None:
        """The policy rate an authority sets, None for anybody else."""

    def is_inverse(self, mention: InstrumentMention, instrument: str) -> bool:
        """Whether a mention names the currency its pair counts in: "the yen rose" is USDJPY down."""


def read(sentence: Sentence, binder: Binder, book: Book, policy_rate: str | None) -> list[Figure]:
    """The figures of one sentence in order; feeds the article's memory as it goes.

    policy_rate: the one the sentence is about, or that was last spoken of, for "an 87% chance of a cut".
    """
    found: list[Figure] = []
    binder.paragraph = sentence.paragraph
    spoken = sentence.start
    for quantity in sentence.quantities:
        _speak(sentence, binder, spoken, quantity.start)
        spoken = quantity.start
        told = multiples.compared(sentence, multiples.exchanged(sentence, points.told(sentence, quantity)))
        if not _is_figure(sentence, told):
            continue
        figure = _read_one(sentence, told, binder, book, policy_rate, found)
        if figure:
            found.append(figure)
    _speak(sentence, binder, spoken, sentence.end)
    _remember(sentence, binder, found)
    if _RESPECTIVELY.search(sentence.words) or _in_step(sentence, found):
        found = measured.in_turn(list(_respectively(found)))
    return joining.join(_both_ways(sentence, found))


def _both_ways(sentence: Sentence, found: list[Figure]) -> list[Figure]:
    """ "finished 377 points or 0.94 percent higher": the direction after the second figure holds for the first."""
    for position in range(len(found) - 1):
        first, second = found[position], found[position + 1]
        gap = sentence.text[first.quantity.end : second.quantity.start]
        if first.direction is None and first.reading is Reading.CHANGE and re.fullmatch(r",?\s*or\s*", gap):
            found[position] = replace(first, direction=second.direction)
    return found


def _is_figure(sentence: Sentence, quantity: Quantity) -> bool:
    """Bare small integers and number words are counts of things ("two funds"), not figures of the market."""
    if quantity.form == "ordinal":
        return False
    if quantity.unit is not None:
        return True
    if quantity.form not in ("figure", "bid_ask"):
        return quantity.scale > 1 or quantity.value == 0
    if quantity.decimals or quantity.scale > 1 or quantity.sign or quantity.per or quantity.hedge == "sub":
        return True
    if "," in quantity.text:
        return True
    return quantity.value >= 1000 or lead_of(sentence, quantity) in ("at", "to", "above", "below", "near", "from")


def _counts_things(sentence: Sentence, quantity: Quantity) -> bool:
    """ "2,000 small companies": the word after a bare number that is no level says what it counts."""
    if quantity.unit is not None or quantity.decimals or not _WORD_AFTER.match(sentence.text, quantity.end):
        return False
    following = wording.tokens(sentence.text, quantity.end, quantity.end + 24)
    return bool(following) and following[0] not in grammar.words("after_level")


def _read_one(
    sentence: Sentence, quantity: Quantity, binder: Binder, book: Book, policy_rate: str | None, earlier: list[Figure]
) -> Figure | None:
    clause = sentence.clause_at(quantity.start)
    lead = lead_of(sentence, quantity)
    movement = directions.governing(sentence, clause, quantity)
    decision = _decision(sentence, clause, quantity)
    last = (earlier[-1].quantity, earlier[-1].bound) if earlier else None
    bound = binder.bind(sentence, clause, quantity)
    priced = None if bound.ids else multiples.priced(sentence, quantity)
    if priced:
        bound = Bound(ids=binder.ids_of(priced), how="after", mention=priced)
    bound = rebound(sentence, clause, quantity, bound, policy_rate, book)
    bound = _policy_rate(bound, decision, quantity, book)
    bound = pairs.against(sentence, clause, quantity, bound, binder.memory)
    bound = pairs.pair(bound, quantity, within(sentence.quantities, quantity.end, clause.end))
    bound = pairs.of_header(sentence, quantity, bound, binder.memory.header)
    bound = nearer.weighed(sentence, clause, quantity, bound, last)
    adjacent = movement is not None and directions.is_adjacent(sentence, movement, quantity)
    reading = figures.reading_of(sentence, quantity, bound, lead, movement, adjacent)
    reading = _like_its_neighbour(sentence, quantity, reading, movement if adjacent else None, earlier)
    way = quantity.sign or (movement.direction if movement else None)
    short = directions.falls_short(sentence, clause, quantity)
    if short:
        reading, way = Reading.CHANGE, Direction.DOWN if quantity.unit in elided.INDEX_UNITS else None
    if quantity.unit == "multiple":  # "doubling" is its own word of movement
        own = [cue.direction for cue in within(sentence.cues, quantity.start, quantity.end) if cue.layer == "movement"]
        way = own[0] if own else way
    if way is None and reading is Reading.CHANGE and not short:
        way = elided.direction(sentence, clause, quantity, earlier) or (
            binder.memory.header.direction if binder.memory.header else None
        )
    if pairs.is_inverse(bound, binder.memory, book) and way:
        way = way.opposite
    modality = modality_of(sentence, clause, quantity, binder.memory.header)
    return Figure(
        sentence=sentence,
        clause=clause,
        quantity=quantity,
        bound=bound,
        lead=lead,
        movement=movement,
        measure=measured.measure(sentence, clause, quantity, lead, movement, modality, bound, earlier, binder.memory),
        level=level_cue(sentence, clause, quantity),
        decision=decision,
        basis=figures.basis_of(sentence, clause, quantity),
        direction=way,
        reading=reading,
        counts_things=_counts_things(sentence, quantity),
        modality=modality,
        speaker=speech.speaker_of(sentence, quantity),
    )


def _decision(sentence: Sentence, clause: Clause, quantity: Quantity) -> Cue | None:
    """The nearest word of a policy-rate decision in the sentence; its own clause first."""
    odds = [cue for cue in sentence.layer("decision") if cue.value == "probability"]
    moves = any(cue.value in ("change", "count", "hold") for cue in sentence.layer("decision")) or any(
        cue.rule in ("movement.cut", "movement.raise") for cue in sentence.cues
    )
    if odds and moves and quantity.unit == "percent":
        return odds[0]
    cues = [cue for cue in sentence.layer("decision") if cue.value != "probability"]
    inside = [cue for cue in cues if clause.start <= cue.start < clause.end]
    return min(inside or cues, key=lambda cue: abs(cue.start - quantity.start), default=None)


def _policy_rate(bound: Bound, decision: Cue | None, quantity: Quantity, book: Book) -> Bound:
    """A central bank's figure about rates is its policy rate's."""
    if bound.type != "organization" or quantity.unit not in ("percent", "basis_points", "percentage_points", "count"):
        return bound
    rate = book.policy_rate(bound.ids[0])
    if rate is None or (decision is None and quantity.unit != "basis_points"):
        return bound
    return replace(bound, ids=(rate,))


def _like_its_neighbour(
    sentence: Sentence, quantity: Quantity, reading: Reading, movement: Cue | None, earlier: list[Figure]
) -> Reading:
    """ "rose 2.31, or 0.9%": the figures of one "or" are one change, read alike."""
    if reading is Reading.LEVEL and earlier and movement is None:
        begins = quantity.hedge_start if quantity.hedge_start is not None else quantity.start
        gap = sentence.text[earlier[-1].quantity.end : min(begins, quantity.start)]
        same = quantity.unit == earlier[-1].quantity.unit
        if re.fullmatch(r",?\s*or\s*", gap) or (same and re.search(r"\band\s*$", gap) and len(gap) < 60):
            return earlier[-1].reading
    if reading is Reading.LEVEL and movement is None and directions.or_so_much_percent(sentence, quantity):
        return Reading.CHANGE
    if reading is Reading.LEVEL and movement is None and elided.is_change(sentence, quantity, earlier):
        return Reading.CHANGE
    if reading is Reading.LEVEL and quantity.unit is None and movement is not None:
        after = next((q for q in sentence.quantities if q.start > quantity.start), None)
        if (
            after
            and after.unit == "percent"
            and re.fullmatch(r",?\s*or\s*(?:about\s*)?", sentence.text[quantity.end : after.start])
        ):
            return Reading.CHANGE
    return reading


def _speak(sentence: Sentence, binder: Binder, start: int, end: int) -> None:
    """What is named before a figure is what "the shares" beside it can mean."""
    for mention in within(sentence.mentions, start, end):
        if mention.form is not MentionForm.GENERIC and mention.noun != "city":
            if len(mention.candidates) == 1:
                binder.memory.named.add(mention.candidates[0])
            for identifier in binder.ids_of(mention):
                binder.memory.speak(identifier, sentence.paragraph, title=sentence.paragraph <= 1)


def _remember(sentence: Sentence, binder: Binder, found: list[Figure]) -> None:
    memory = binder.memory
    for figure in found:
        if figure.reading is Reading.LEVEL and figure.quantity.unit is None and len(figure.bound.ids) == 1:
            memory.levels[figure.bound.ids[0]] = figure.quantity.value
    bound = [figure.bound for figure in found if figure.bound.ids]
    bound = [each for each in bound if each.how != "beside"] or bound  # "lagging behind the S&P 500's 13.3% gain"
    subjects = [m for m in sentence.mentions if binder.is_subject(sentence, m) and binder.ids_of(m)]
    if bound:
        memory.bound(bound[-1].ids, sentence.paragraph)
    elif not subjects and (owner := _sole_owner(sentence, binder)):
        memory.bound(owner, sentence.paragraph)
    elif subjects:
        memory.bound(binder.ids_of(subjects[0]), sentence.paragraph)
        pairs.remember(subjects[0], binder.ids_of(subjects[0])[0], memory)
    for figure in found:
        if figure.measure is not None:
            memory.measures[measures.sort_of(figure.quantity)] = (figure.measure, sentence.paragraph)
    if sentence.policies:
        memory.policy = sentence.policies[-1]
    _head(sentence, memory, found)


def _sole_owner(sentence: Sentence, binder: Binder) -> tuple[str, ...]:
    """ "AMD's blowout quarter lit up chips.": the one share a sentence names at its head is what "it" goes on about."""
    named = [m for m in sentence.mentions if m.form is not MentionForm.GENERIC and binder.ids_of(m)]
    if not named or len({binder.ids_of(m) for m in named}) > 1 or named[0].start - sentence.start > 8:
        return ()
    ids = binder.ids_of(named[0])
    return ids if ids[0].startswith(("equity:", "etf:")) else ()


def _head(sentence: Sentence, memory: Memory, found: list[Figure]) -> None:
    if sentence.words.rstrip().endswith(":") and not found:
        moves = [cue.direction for cue in sentence.layer("movement") if cue.direction]
        forecast = any(cue.modality is Modality.FORECAST for cue in sentence.modality)
        memory.header = Header(
            direction=moves[0] if moves else None,
            periods=sentence.periods,
            forecast=forecast,
            base=pairs.base(sentence),
        )
    elif not found:
        memory.header = None


def _in_step(sentence: Sentence, found: list[Figure]) -> bool:
    """ "Tokyo and Shanghai ended with gains of 1.42% and 1.18%": as many figures as subjects, joined as they are."""
    if len(found) < 2 or len(found[0].bound.ids) != len(found):
        return False
    alike = all(figure.bound.ids == found[0].bound.ids for figure in found)
    gaps = [sentence.text[one.quantity.end : other.quantity.start] for one, other in pairwise(found)]
    return alike and gaps[-1].strip(" ,") in ("and", "&") and all(not gap.strip(" ,") for gap in gaps[:-1])


def _respectively(found: list[Figure]) -> Iterator[Figure]:
    """ "X and Y rose 1% and 2%, respectively": the n-th figure belongs to the n-th subject."""
    seen: dict[tuple[tuple[str, ...], str | None], int] = {}
    for figure in found:
        ids, key = figure.bound.ids, (figure.bound.ids, figure.quantity.unit)
        position = seen.get(key, 0)
        seen[key] = position + 1
        peers = sum(1 for other in found if (other.bound.ids, other.quantity.unit) == key)
        if len(ids) > 1 and peers == len(ids):
            yield replace(figure, bound=replace(figure.bound, ids=(ids[position],)))
        else:
            yield figure
