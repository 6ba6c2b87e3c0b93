"""Which way a superlative goes: from its own words, the figure beside it, or the nearest word of movement."""

from __future__ import annotations

import re

from extractor.claims.record.whose import Whose
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import RecordMention
from extractor.domain.claim import Direction

_DOWN = re.compile(
    r"\b(?:cuts?|loss(?:es)?|losing|lost|declin\w+|drops?|falls?|fell|down|lower|reductions?|decreases?|below|under"
    r"|beneath|slid|slides?|slump|skid|routs?|sell-?off|outflows?|retreat|easing|negative)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:hikes?|gain\w*|winning|wins?|increases?|rises?|rose|up|higher|above|north of|advances?|climb\w*|crossed"
    r"|topped|rally|rallies|jumps?|inflows?|breach\w+|reach\w+|surpass\w+|past|tightening|positive|beat\w*|outran"
    r"|outperform\w*|outpac\w*|at (?:a )?(?:new |fresh )?records?|record close|record high|all-time high)\b",
    re.IGNORECASE,
)
_STILL = re.compile(r"\b(?:unchanged|steady|on hold|held|kept|pause\w*)\b", re.IGNORECASE)


def direction_of(sentence: Sentence, mention: RecordMention, told: Whose) -> Direction | None:
    """Up, down, or None where the words do not say or nothing moved ("unchanged for a fifth straight meeting")."""
    if mention.direction is not None:
        return mention.direction
    own = _way(mention.text)
    if own:
        return own
    clause = sentence.clause_at(mention.start)
    words = sentence.text[clause.start : clause.end]
    if mention.metric in ("streak", "ordinal") and _STILL.search(words):
        return None
    if told.figure is not None and told.figure.direction is not None:
        return told.figure.direction
    before = [c.direction for c in within(sentence.cues, clause.start, mention.start) if c.layer == "movement"]
    if before and before[-1]:
        return before[-1]
    found = _way(words)
    if found:
        return found
    earlier = [
        c.direction for c in within(sentence.cues, sentence.start, mention.end) if c.layer == "movement" and c.direction
    ]
    return earlier[-1] if earlier else None


def _way(text: str) -> Direction | None:
    down, up = bool(_DOWN.search(text)), bool(_UP.search(text))
    if down == up:
        return None
    return Direction.DOWN if down else Direction.UP
