"""Which word says what price of the day a level is: "closed at", "a high of", "its target to"."""

from __future__ import annotations

import re

from extractor.claims.sentence import Clause, Sentence, within
from extractor.domain.annotation import Cue, Quantity
from extractor.domain.claim import Comparator

_LABEL = 24  # "Low so far: 1,065.79": the label before a colon
_BESIDE = 8
_ON_THE_WAY = re.compile(r"\b(?:at|to)\s\Z")
_A_RECORD = re.compile(
    r"\s(?:(?:a|an|its|their|another|new|fresh)\s){1,2}record\b(?! (?:high|close|low|level|closing))"
)


def level_cue(sentence: Sentence, clause: Clause, quantity: Quantity) -> Cue | None:
    """The word that says which price of the day a level is, the nearest before it; specific ones outrank "traded"."""
    labelled = clause.opener == ":" and quantity.start - clause.start <= _BESIDE
    start = max(sentence.start, clause.start - _LABEL) if labelled else _setting(sentence, clause)
    before = [
        c
        for c in within(sentence.cues, start, quantity.start)
        if c.layer == "level"
        and not _of_a_record(sentence, c, quantity)
        and not _hedges(sentence, c)
        and not _named_before(c, quantity)
    ]
    earlier = [
        q.end
        for q in within(sentence.quantities, clause.start, quantity.start)
        if q.unit in (None, quantity.unit) and not _passed(sentence, q, quantity)
    ]
    floor = max(earlier, default=start)
    # "its target to $240 from $215": a sort of level holds for both figures, a price of the day for one.
    fresh = [c for c in before if c.start >= floor or c.value in ("target", "average", "auction")]
    specific = [c for c in fresh if c.value != "level"]
    return next(reversed(specific or fresh), None)


def _setting(sentence: Sentence, clause: Clause) -> int:
    """Where the words begin that say at what hour a clause's figures stood: "At Monday's close, the index was at"."""
    position = sentence.clauses.index(clause)
    if position != 1 or clause.opener not in (",", "with"):
        return clause.start
    before = sentence.clauses[0]
    silent = not within(sentence.quantities, before.start, before.end)
    return before.start if silent and not within(sentence.mentions, before.start, before.end) else clause.start


def _hedges(sentence: Sentence, cue: Cue) -> bool:
    """ "close to 4 basis points": the word belongs to a hedge."""
    after = within(sentence.quantities, cue.end, cue.end + 24) if cue.value == "close" else ()
    return bool(after) and after[0].hedge_start is not None and after[0].hedge_start <= cue.start < after[0].start


def _named_before(cue: Cue, quantity: Quantity) -> bool:
    """ "from the previous close to trade at 103.36": what it is measured from is no price of the figure."""
    return cue.text.lower().startswith(("previous", "prior")) and quantity.start - cue.end > _BESIDE


def _passed(sentence: Sentence, earlier: Quantity, quantity: Quantity) -> bool:
    """ "settled $1.43 higher at $61.50", "closed up $55 at $7,662", "ended above 42,000, at 42,025.19".

    A change, or a mark that was passed, on the way to where it stands: what is said before them holds for that.
    """
    between = sentence.text[earlier.end : quantity.start]
    if not _ON_THE_WAY.search(between):
        return False
    cues = within(sentence.cues, earlier.end, quantity.start)
    if any(c.layer == "level" or (c.layer == "movement" and c.value != "state") for c in cues):
        return False
    states = [c for c in sentence.layer("movement") if c.value == "state"]
    beside = any(0 <= earlier.start - c.end <= 1 or 0 <= c.start - earlier.end <= 1 for c in states)
    return beside or (between.rstrip().endswith(", at") and earlier.comparator in (Comparator.ABOVE, Comparator.BELOW))


def _of_a_record(sentence: Sentence, cue: Cue, quantity: Quantity) -> bool:
    """ "hit a record, up 1.3% at 2,559.61": what was hit is the record, not the level after it."""
    named = any(0 <= r.start - cue.end <= 3 and quantity.start - r.end > 8 for r in sentence.records)
    return named or bool(_A_RECORD.match(sentence.text, cue.end, quantity.start))
