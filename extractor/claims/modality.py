"""Whether a figure is asserted, forecast, conditional or denied.

After ConText: a cue has a reach, and a figure within it takes its modality. A verb reaches to the end of its clause, a
noun to the figure it is told with ("guidance of", "forecast to ... from"), a word behind the figure back to it ("the
$1.64 estimate", "the 68 cents that analysts had been looking for"), a condition over its sentence.
"""

from __future__ import annotations

import re

from extractor.claims import wording
from extractor.claims.lead import lead_of
from extractor.claims.memory import Header
from extractor.claims.sentence import Clause, Sentence, within
from extractor.domain.annotation import Cue, Quantity
from extractor.domain.claim import Modality
from extractor.rules import grammar

_BACK, _RELATIVE, _TOLD_WITH, _BEATEN = 45, 90, 120, 60
_NOUN_LEADS = frozenset({"of", "for", "to", "at", "from", "between", "is", "was", "were", "are"})
# "to $5 billion from $4 billion a year ago", "from the current range of 4.75% to 5%": what is left behind is a fact.
_AGO = re.compile(
    r"\s(?:a (?:share|barrel) )?(?:of )?(?:a year (?:ago|earlier|before)|last (?:year|quarter|month|week)|"
    r"(?:in|for) the (?:same|year-ago|year-earlier|prior|previous)\b|the (?:year|quarter|month) before|"
    r"(?:[\w-]+ ){0,2}in (?:January|February|March|April|May|June|July|August|September|October|November|December)\b)",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"(?:\blast (?:year|quarter|month|week)[’']s|"
    r"\b(?:\w{3,6}day|yesterday|last week)[’']s (?:\w+ )?"
    r"(?:close|closing price|finish|settlement|high|low|record) (?:of|at)|"
    r"\b(?:the|its|a|their) (?:current|existing|present|year-ago|year-earlier)"
    r"(?: (?:range|level|rate|target)(?: of)?)?)\s\Z",
    re.IGNORECASE,
)
_ANY = re.compile(r"(?:An?|Any|Another|a|an|any|another)\s")
_WOULD = re.compile(r"\s(?:would|could|might|may)\s")
_PAIRED = re.compile(r"\s(?:and|or)\s")
_FROM_THERE = frozenset({"from", "than", "versus", "against"})
_COORDINATING = frozenset({"and", ",", "or", "with"})
_NEW_STATEMENT = re.compile(r";|[,—–]\s?(?:and|but|while|although|though)\b", re.IGNORECASE)
# "has gold at $4,000 by year-end": where somebody sees a thing stand one day.
_AHEAD = re.compile(
    r"\b(?:by (?:the )?(?:end|year[- ]?end|middle|spring|summer|autumn|fall|winter|Christmas|next|mid|early|late)|"
    r"year[- ]?end|from now|next (?:year|quarter|month|spring|summer|autumn|fall|winter))\b",
    re.IGNORECASE,
)


def modality_of(sentence: Sentence, clause: Clause, quantity: Quantity, header: Header | None = None) -> Modality:
    """The modality of one figure; of several cues that reach it the last one counts, a condition before all.

    header: the line above the list the sentence stands in.
    """
    if _left_behind(sentence, quantity):
        return Modality.ASSERTED
    found = Modality.ASSERTED
    for cue in sentence.modality:
        if cue.modality is None or not _reaches(sentence, clause, quantity, cue):
            continue
        if cue.value == "sentence":
            return cue.modality
        found = Modality.FORECAST if _is_guidance(sentence, cue, quantity) else cue.modality
    if found is Modality.ASSERTED and ((header and header.forecast) or _first_of_pair(sentence, quantity)):
        return Modality.FORECAST
    return Modality.CONDITIONAL if found is Modality.ASSERTED and _supposed(sentence, clause, quantity) else found


def _first_of_pair(sentence: Sentence, quantity: Quantity) -> bool:
    """ "topping the $1.25 and $54.9 billion analysts had forecast": what is said behind a pair is said of both."""
    second = next(iter(within(sentence.quantities, quantity.end, quantity.end + 8)), None)
    if second is None or not _PAIRED.fullmatch(sentence.text, quantity.end, second.start):
        return False
    clause = sentence.clause_at(second.start)
    behind = (cue for cue in sentence.modality if cue.value in ("before", "relative"))
    return any(_reaches(sentence, clause, second, cue) for cue in behind)


def _is_guidance(sentence: Sentence, cue: Cue, quantity: Quantity) -> bool:
    """A governor calls for a cut of half a point, which is a wish; a company calls for sales of $4 billion, and the
    consensus for a rise of 0.3%."""
    if not cue.text.lower().startswith("call"):
        return False
    before = wording.tokens(sentence.text, max(sentence.start, cue.start - 40), cue.start)
    foretold = grammar.words("forecasters") | {"forecast", "forecasts", "estimates", "guidance", "expectations"}
    return bool(quantity.unit and quantity.unit.isupper()) or bool(foretold & set(before))


def _supposed(sentence: Sentence, clause: Clause, quantity: Quantity) -> bool:
    """ "A close above 4.30% would open the way to": what a statement with "would" begins with has not happened."""
    if not _ANY.match(sentence.text, clause.start, clause.end) or quantity.start - clause.start > 60:
        return False
    modal = _WOULD.search(sentence.text, quantity.end, min(clause.end, quantity.end + 60))
    return modal is not None and not within(sentence.quantities, quantity.end, modal.start())


def _reaches(sentence: Sentence, clause: Clause, quantity: Quantity, cue: Cue) -> bool:
    match cue.value:
        case "sentence":
            return _conditions(sentence, clause, quantity, cue)
        case "clause" | "near":
            inside = clause.start <= cue.start < clause.end or _carries(sentence, cue, clause, quantity)
            return inside and cue.start < quantity.start and not _closed(sentence, quantity, cue)
        case "noun":
            return _told_with(sentence, quantity, cue)
        case "before":
            return clause.start <= cue.start < clause.end and _follows(sentence, quantity, cue)
        case _:
            return _relative(sentence, quantity, cue)


def _left_behind(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure is what a projected one is measured from."""
    text = sentence.text
    if _STANDING.search(text, max(sentence.start, quantity.start - 40), quantity.start):
        return True
    if lead_of(sentence, quantity) not in _FROM_THERE:
        return False
    return bool(_AGO.match(text, quantity.end, min(sentence.end, quantity.end + 40)))


def _conditions(sentence: Sentence, clause: Clause, quantity: Quantity, cue: Cue) -> bool:
    """Whether a condition holds for a figure: not for one told before it in a statement of its own."""
    if cue.start < quantity.start:
        return not (clause.opener in ("which", "who") and clause.start > cue.end and _tells_past(sentence, clause))
    return not _NEW_STATEMENT.search(sentence.text, quantity.end, cue.start)


def _tells_past(sentence: Sentence, clause: Clause) -> bool:
    told = (c for c in within(sentence.cues, clause.start, clause.end) if c.layer in ("movement", "level"))
    return any(_is_past(cue.text) for cue in told)


def _closed(sentence: Sentence, quantity: Quantity, cue: Cue) -> bool:
    """ "a day after saying it would cut 13% of its jobs, added 10.3%": a finite verb behind a comma says something new.

    A parenthesis closes over its own: "(consensus: 0.5%) and 6.3% from a year ago".
    """
    text = sentence.text
    between = text[cue.end : quantity.start]
    if between.count("(") != between.count(")"):
        return between.rfind(")") > between.rfind("(")
    verbs = [c for c in within(sentence.cues, cue.end, quantity.start) if c.layer in ("movement", "level")]
    last = next((c for c in reversed(verbs) if not c.noun and c.value != "state"), None)
    return last is not None and "," in text[cue.end : last.start] and _is_past(last.text)


def _is_past(word: str) -> bool:
    return word.lower().endswith("ed") or word.lower() in grammar.words("irregular_past")


def _carries(sentence: Sentence, cue: Cue, clause: Clause, quantity: Quantity) -> bool:
    """ "sees sales growth of 2% and margins of 9%": a verb said once holds for a coordinate clause without one."""
    position = sentence.clauses.index(clause)
    if clause.opener not in _COORDINATING or position == 0:
        return False
    if grammar.words("finite") & set(wording.tokens(sentence.text, clause.start, quantity.start)):
        return False
    before = sentence.clauses[position - 1]
    verbs = [
        c
        for c in within(sentence.cues, clause.start, clause.end)
        if c.layer == "movement" and not c.noun and not c.value and not c.text.lower().endswith("ing")
    ]
    return before.start <= cue.start < before.end and not verbs


def _told_with(sentence: Sentence, quantity: Quantity, cue: Cue) -> bool:
    """Whether a noun of forecasting is told with a figure: "guidance: $2.10", "cut its forecast to 2% from 3%".

    What was beaten is told with its own figure alone: "beat the consensus of $2", not "beat the consensus at $2.10".
    """
    if not cue.end <= quantity.start <= min(cue.end + _TOLD_WITH, sentence.end):
        return False
    gap = _words_between(sentence, cue.end, quantity.start)
    if len(gap) > 16 or grammar.words("ends_forecast") & set(gap):
        return False
    if any(token == "," and gap[at + 1 : at + 2] not in (["to"], ["from"]) for at, token in enumerate(gap)):
        return False
    if gap.count("(") != gap.count(")") and gap[:1] != ["("] and gap[-2:] != ["(", "from"]:
        return False
    lead = lead_of(sentence, quantity)
    if cue.rule == "forecast.holds":
        return lead == "at" and bool(_AHEAD.search(sentence.text, cue.end, min(sentence.end, quantity.end + 30)))
    if gap[:1] == [":"]:
        return True
    if cue.rule == "forecast.agent":
        return False
    if cue.rule == "forecast.short":  # "exp. 0.3%": nothing may stand between
        told = gap[-1:] == ["of"] and len(gap) <= 4 and gap[0] != "to"  # "an expected loss of 28 cents"
        return told or gap in ([], ["."], [".", ":"], ["at"], ["$"])
    if _beats(sentence, cue):
        return gap[:1] in (["of"], ["for"]) and not within(sentence.quantities, cue.end, quantity.start)
    return gap in ([], ["("], ["$"]) or gap[0] in ("of", "that") or lead in _NOUN_LEADS


def _beats(sentence: Sentence, cue: Cue) -> bool:
    """Whether a forecast is one that a result beat or missed."""
    before = wording.tokens(sentence.text, max(sentence.start, cue.start - _BEATEN), cue.start)
    for token in reversed(before):
        if token in (",", ";"):
            return False
        if token in grammar.words("beating"):
            return True
    return False


def _words_between(sentence: Sentence, start: int, end: int) -> list[str]:
    """The words between two places, without those of figures."""
    words: list[str] = []
    for quantity in within(sentence.quantities, start, end):
        words += wording.tokens(sentence.text, start, quantity.start)
        start = quantity.end
    return words + wording.tokens(sentence.text, start, end)


def _follows(sentence: Sentence, quantity: Quantity, cue: Cue) -> bool:
    """Whether a word of forecasting stands right behind its figure: "the $1.64 estimate", "(6.5% expected)"."""
    if not quantity.end <= cue.start <= quantity.end + _BACK or quantity.unit == "multiple":
        return False
    gap = wording.tokens(sentence.text, quantity.end, cue.start)
    after = wording.tokens(sentence.text, cue.end, cue.end + 12)
    if len(gap) > 4 or after[:1] == [":"]:
        return False
    if gap[-1:] == ["as"]:  # "rose 0.3 percent as expected" is what happened
        return after[:1] == ["by"]
    if gap[:1] == ["of"] and cue.text.lower().startswith(("priced", "baked")):  # "20 basis points of cuts priced in"
        gap = gap[1:]
    return not (grammar.words("ends_reach_back") | grammar.words("beating")) & set(gap)


def _relative(sentence: Sentence, quantity: Quantity, cue: Cue) -> bool:
    """ "the 68 cents that analysts polled by Refinitiv had been looking for": somebody expected the figure."""
    if not quantity.end <= cue.start <= quantity.end + _RELATIVE or within(
        sentence.quantities, quantity.end, cue.start
    ):
        return False
    gap = wording.tokens(sentence.text, quantity.end, cue.start)
    agents = [at for at, token in enumerate(gap) if token in grammar.words("forecasters")]
    if not agents or agents[0] > 5:
        return False
    return not (grammar.words("ends_reach_back") | grammar.words("beating")) & set(gap[: agents[0]]) and "," not in gap
