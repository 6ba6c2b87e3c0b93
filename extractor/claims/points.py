"""Points of an index that are not called so: "the Dow was down more than 650", "won back 600 of those points"."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.claims import direction
from extractor.claims.lead import lead_of
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import Quantity

_OF_THOSE = re.compile(r"\sof\s(?:those|these|its|the)\s(?:lost\s)?points\b")
_ENDS = re.compile(r"\s?(?:[.,;!?)]|$|\s(?:at|by|before|after|in|on|from|as|when|but)\b(?!\s\d))")
_FEWEST, _MOST = 10, 5_000


def told(sentence: Sentence, quantity: Quantity) -> Quantity:
    """The quantity in points, where an index moved by a bare whole number; else as it is."""
    if quantity.unit is not None or quantity.form != "figure" or quantity.scale > 1 or quantity.decimals:
        return quantity
    if _OF_THOSE.match(sentence.text, quantity.end, sentence.end) or _moved_by(sentence, quantity):
        return replace(quantity, unit="points")
    return quantity


def _moved_by(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a verb of movement with an index before it stands right before the number, and nothing counted after."""
    if not _FEWEST <= quantity.value < _MOST or quantity.high is not None or lead_of(sentence, quantity) not in _LEADS:
        return False
    clause = sentence.clause_at(quantity.start)
    cue = direction.cue_before(sentence, clause, quantity)
    if cue is None or cue.noun or not direction.is_adjacent(sentence, cue, quantity):
        return False
    named = within(sentence.mentions, clause.start, cue.start)
    last = named[-1].candidates if named else ()
    return bool(last) and last[0].startswith("index:") and bool(_ENDS.match(sentence.text, quantity.end, sentence.end))


_LEADS = frozenset({"", "by", "than", "about", "around", "over"})
