"""Figures that say how far something went, and strong words that claim a move without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.claims import wording
from extractor.claims.dating import Dater
from extractor.claims.direction import SHORT_OF
from extractor.claims.discourse import WALL_STREET
from extractor.claims.doubt import is_doubtful
from extractor.claims.figures import Figure
from extractor.claims.making import Making
from extractor.claims.modality import modality_of
from extractor.claims.sentence import Sentence, within
from extractor.claims.subjects import Binder
from extractor.domain.annotation import Cue, InstrumentMention, MentionForm, Quantity
from extractor.domain.claim import PRICED, Basis, Claim, Direction, Kind, Period

_TO_TRADE = re.compile(
    r"\b(?:trading|traded|trades|to trade|is up|is down|was up|was down|at last check|so far today)\b", re.IGNORECASE
)
_A_YEAR = 400  # days, and some
_OPENED = re.compile(
    r"\bopen(?:ed|s|ing)?\s(?:(?:up|down|higher|lower|about|nearly|roughly|by)\s){0,2}\Z", re.IGNORECASE
)


def find(figure: Figure, making: Making, dater: Dater) -> Iterator[Claim]:
    metric = "distance_from_record" if _distance(figure) else "change"
    period = dater.of_move(figure)
    sure = not is_doubtful(figure, period, framed=dater.is_framed(figure.sentence))
    sure = sure and not _is_long_past(period, making)
    dater.told(period, sure=sure)
    for identifier in figure.bound.ids:
        yield making.from_figure(
            figure,
            identifier,
            kind=Kind.MOVE,
            metric=metric,
            unit=figure.quantity.unit or making.book.unit_of(identifier),
            rule=figure.movement.rule if figure.movement else "move.carried",
            period=period,
            direction=figure.direction or (Direction.DOWN if metric == "distance_from_record" else None),
            basis=_abroad(identifier, making) or basis_of(figure, period is not None and period.is_day),
            sure=sure,
        )


def _is_long_past(period: Period | None, making: Making) -> bool:
    """A year gone by is rather what a superlative reaches back to ("since going public in 1992") than a move's."""
    published = making.article.published_on
    return (
        period is not None and published is not None and not period.is_day and (published - period.end).days > _A_YEAR
    )


def _distance(figure: Figure) -> bool:
    """ "3% below its record": a distance, not a change."""
    cue = figure.movement
    moved = (
        cue is not None and cue.start < figure.quantity.start and cue.value != "state"
    )  # "sank 1.1% from its record"
    return (
        not moved
        and figure.quantity.unit in ("percent", "points")
        and bool(SHORT_OF.match(figure.sentence.text, figure.quantity.end, figure.clause.end))
    )


def basis_of(figure: Figure, one_day: bool) -> Basis | None:
    """Only a one-day move has a basis; a window's is its two closes."""
    if not one_day:
        return None
    text, start = figure.sentence.text, figure.quantity.start
    if _OPENED.search(text, max(figure.clause.start, start - 40), start):
        return Basis.INTRADAY
    if figure.basis:
        return figure.basis
    window = figure.sentence.text[figure.clause.start : figure.clause.end]
    return Basis.INTRADAY if _TO_TRADE.search(window) and figure.level is not None else None


def _abroad(identifier: str, making: Making) -> Basis | None:
    """A European closing report goes out while New York still trades."""
    european = making.article.timezone.startswith("Europe/")
    return Basis.INTRADAY if european and identifier in WALL_STREET else None


def find_wordless(sentence: Sentence, binder: Binder, making: Making, dater: Dater) -> Iterator[Claim]:
    """ "AAON and Alamo surging": a strong word of movement with a subject and no figure in its clause.

    Only single instruments that the clause names itself: a wordless move is a weak claim, and binding it to
    anything further away would be a guess.
    """
    for cue in sentence.layer("movement"):
        clause = sentence.clause_at(cue.start)
        if cue.value != "strong" or cue.direction is None or within(sentence.quantities, clause.start, clause.end):
            continue
        subjects = _subjects(sentence, clause.start, cue, binder)
        if not subjects or cue.noun:
            continue
        modality = modality_of(sentence, clause, _placeholder(cue))
        period = dater.named(sentence, clause, cue.start)  # an unstated window stays unstated
        for mention in subjects:
            for identifier in binder.ids_of(mention):
                yield making.from_words(
                    sentence, cue.start, cue.end, making.subject(identifier), kind=Kind.MOVE, metric="change",
                    rule=cue.rule, period=period, confidence=0.85, direction=cue.direction, modality=modality,
                )  # fmt: skip


def _subjects(sentence: Sentence, start: int, cue: Cue, binder: Binder) -> list[InstrumentMention]:
    """Single instruments conjoined right before the verb."""
    before = [
        m for m in within(sentence.mentions, start, cue.start)
        if m.form is not MentionForm.GENERIC and any(i.split(":", 1)[0] in PRICED for i in binder.ids_of(m))
    ]  # fmt: skip
    group: list[InstrumentMention] = []
    edge = cue.start
    for mention in reversed(before):
        if not wording.only(sentence.text, mention.end, edge, "before_strong_verb"):
            break
        group.insert(0, mention)
        edge = mention.start
    return group


def _placeholder(cue: Cue) -> Quantity:
    return Quantity(start=cue.start, end=cue.end, text=cue.text, value=Decimal(0))
