"""Which way a figure goes: from its sign, from the word after it, from the word before it, or by coordination."""

from __future__ import annotations

import re

from extractor.claims import wording
from extractor.claims.sentence import Clause, Sentence, within
from extractor.domain.annotation import Cue, Quantity

# "8 paise lower": a word that says which way and nothing else; "above" and "off" may begin something new.
_SAYS_WHICH_WAY = frozenset({"higher", "lower", "upper", "to the upside", "to the downside"})
_OR = re.compile(r",?\s*or\s*(?:about\s*)?")
_PLACES = frozenset({"above", "below"})  # "a yield of 5.05%, above the 5.03% of May"
_FROM = re.compile(r"\s(?:from|versus|compared with|against)\s")
_NO_DISTANCES = frozenset({"days", "weeks", "months", "years", "count", "multiple"})
_ARTICLE = re.compile(r"\b(?:an?|the|its)\s\Z", re.IGNORECASE)
SHORT_OF = re.compile(
    r"\s*(?P<word>of|from|below|beneath|off|away from|shy of|short of|under)\s+(?:[\w.’'-]+\s+){0,4}"
    r"(?:record|all-time|52-week|peak|high)",
    re.IGNORECASE,
)


def cue_after(sentence: Sentence, clause: Clause, quantity: Quantity) -> Cue | None:
    """A noun or a state right after the figure: "13% decline", "0.35 percent higher", "25-basis-point rate cut"."""
    for cue in within(sentence.cues, quantity.end, min(clause.end, quantity.end + 40)):
        if cue.layer != "movement":
            continue
        nominal = cue.noun or cue.value == "state"
        gap = wording.tokens(sentence.text, quantity.end, cue.start)
        figures = within(sentence.quantities, quantity.end, cue.start)
        owned = within(sentence.quantities, cue.end, cue.end + 2)  # "..., up 12%": the state is the next figure's
        if cue.value == "state" and (_compares(sentence, quantity, cue) or ("," in gap and cue.text in _PLACES)):
            return None
        near = len(gap) <= 3 and ("," not in gap or (gap == [","] and not owned)) and not ("(" in gap and owned)
        if nominal and near and not figures:
            return cue
        return None
    return None


def _compares(sentence: Sentence, quantity: Quantity, cue: Cue) -> bool:
    """ "at 4.00%, down from 4.04%": the word says how the two compare, and the first is no change."""
    from_ = _FROM.match(sentence.text, cue.end)
    following = within(sentence.quantities, from_.end(), from_.end() + 12) if from_ else ()
    return bool(following) and following[0].unit == quantity.unit


def cue_before(sentence: Sentence, clause: Clause, quantity: Quantity) -> Cue | None:
    """The nearest word of movement before the figure in its clause; a flat one counts for nothing."""
    end = quantity.start
    if quantity.hedge_start is not None and quantity.hedge_start < end:
        end = quantity.hedge_start  # "up to 0.8 percent", "above $1,200": a hedge moves nothing
    cues = [c for c in within(sentence.cues, clause.start, end) if c.layer == "movement" and c.direction]
    return cues[-1] if cues else None


def falls_short(sentence: Sentence, clause: Clause, quantity: Quantity) -> bool:
    """ "3% shy of its record", "two per cent away from its all-time high": how far below, whatever moved before."""
    if quantity.unit in _NO_DISTANCES:
        return False
    match = SHORT_OF.match(sentence.text, quantity.end, clause.end)
    if match is None:
        return False
    return match["word"].lower() not in ("of", "from") or (quantity.hedge or "").lower().endswith("within")


def is_adjacent(sentence: Sentence, cue: Cue, quantity: Quantity) -> bool:
    """Whether nothing but hedges and small words stand between a cue and its figure."""
    start = quantity.hedge_start if quantity.hedge_start is not None else quantity.start
    start = max(cue.end, min(start, quantity.start))
    return wording.only(sentence.text, cue.end, start, "between_move_and_figure")


def _names_a_move(sentence: Sentence, quantity: Quantity, after: Cue) -> bool:
    """ "recovered from a 1.2 percent drop": with an article the figure is the noun's."""
    article = _ARTICLE.search(sentence.text, max(sentence.start, quantity.start - 6), quantity.start)
    return bool(article) and not sentence.text[quantity.end : after.start].strip(" -")


def governing(sentence: Sentence, clause: Clause, quantity: Quantity) -> Cue | None:
    """The word of movement a figure depends on, before or after it."""
    before, after = cue_before(sentence, clause, quantity), cue_after(sentence, clause, quantity)
    if after and after.text.lower() in _SAYS_WHICH_WAY and not sentence.text[quantity.end : after.start].strip():
        return after
    if after and after.noun and _names_a_move(sentence, quantity, after):
        return after
    if before and (after is None or is_adjacent(sentence, before, quantity)):
        return before
    return after


def or_so_much_percent(sentence: Sentence, quantity: Quantity) -> bool:
    """ "27 cents, or 0.7 per cent, higher": the word that makes a change of both stands after the second."""
    after = within(sentence.quantities, quantity.end, quantity.end + 16)
    if not after or after[0].unit != "percent":
        return False
    told = cue_after(sentence, sentence.clause_at(after[0].start), after[0])
    if told is None:
        told = next((c for c in within(sentence.cues, after[0].end, after[0].end + 3) if c.value == "state"), None)
    return told is not None and bool(_OR.fullmatch(sentence.text, quantity.end, after[0].start))
