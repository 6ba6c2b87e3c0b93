"""Whose superlative is it? The figure it stands beside tells best; else the words after it, else the clause.

A superlative that names no instrument, and stands beside no figure that has one, goes on about the sentence before
only where the sentence points back ("It was ..."): an unknown subject ("factory-gate prices") gives no claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.claims import wording
from extractor.claims.figures import Figure
from extractor.claims.sentence import Sentence, within
from extractor.claims.subjects import NOBODY, Binder, Bound
from extractor.domain.annotation import InstrumentMention, MentionForm, Quantity, RecordMention
from extractor.rules import grammar

_RATE_MOVE = re.compile(r"\b(?:cuts?|hikes?|rate cut|rate hike|easing|tightening)\b", re.IGNORECASE)
_RATE_STEP = re.compile(r"\b(?:increase|reduction|move|meeting|time|step|change)s?\b", re.IGNORECASE)
_PRICED = frozenset({"index", "equity", "etf", "yield", "commodity", "currency", "crypto", "indicator", "rate"})
_LEVELS = frozenset(
    {"record_close", "record_high", "record_low", "high_52w", "low_52w", "highest_since", "lowest_since"}
)
_BEFORE_ITS_FIGURE = re.compile(r",?\s(?:of|at|near|above|around|to)?\s?(?:about\s|around\s|nearly\s)?")
_FOR = re.compile(r"\s(?:for|in)\s(?:both\s)?(?:the\s)?(?:\w+[- ](?=\w)){0,2}", re.IGNORECASE)
_NOUN_AFTER = re.compile(r"\s(?P<word>[a-z]{3,})")
_POINTS_BACK = re.compile(
    r"\W*(?:it|that|this|they|those|these|both|all|its|their|with|on|in|at|by|as|and|but|for|after|still"
    r"|the (?:move|gain|loss|rise|fall|drop|decline|advance|slide|rally|jump|increase|close|finish|level|reading|figure"
    r"|price|run|streak))\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\W*(?:it|they|that|this)\b", re.IGNORECASE)
_POLICY_VERB = re.compile(
    r"\b(?:cut|cutting|hiked|hiking|eased|tightened)(?: (?:(?:interest|its|their|key|policy) ){0,2}rates?)?"
    r" (?:for )?(?:the |a )?$",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b(?:held|kept|left|holding|keeping|leaving|hold|keep|leave)\s(?:[\w-]{1,16}\s){0,4}rates?\b", re.IGNORECASE
)
_REPORTED = re.compile(r"\b(?:quarter(?:ly)?|half|year(?:ly)?|annual)s?\b", re.IGNORECASE)
_OF_SHARES = re.compile(r"\b(?:shares?|stocks?|clos\w+|end\w*|trad\w+|percent|rall\w+)\b|%", re.IGNORECASE)
_POSTED = re.compile(
    r"\s(?:also\s)?(?:posts?|posted|had|has|hits?|notch(?:ed|es)|logs?|logged|sets?|saw|sees|scor(?:ed|es)|suffer(?:ed|s)"
    r"|enjoy(?:ed|s)|book(?:ed|s)|record(?:ed|s)|mark(?:ed|s)|reach(?:ed|es)|touch(?:ed|es))\s(?:(?:its|their|an?|the)\s)?"
    r"(?:own\s|fresh\s|new\s|another\s)?",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:the )?first since\b", re.IGNORECASE)
# Where no index is named, "U.S. stocks" and "Wall Street" are taken for the broad one, and never surely.
_WALL_STREET = re.compile(
    r"\bwall street\b|\b(?:U\.?S\.?|american) (?:stocks|equities|shares|stock market)\b", re.IGNORECASE
)
_BROAD = "index:SPX"
_THE_THREE = ("index:DJI", "index:SPX", "index:IXIC")
_TOGETHER = re.compile(r"\b(?P<how_many>both|all three|the trio|the three)\b", re.IGNORECASE)
_THEIRS = re.compile(r"\b(?:their|both)\s(?:\w+\s){0,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Who a superlative is about, and the figure beside it that told so."""

    bound: Bound
    figure: Figure | None = None


_NOBODY = Whose(bound=NOBODY)


def whose(
    sentence: Sentence, mention: RecordMention, figures: Sequence[Figure], binder: Binder, policy_rate: str | None
) -> Whose:
    """The subject of one superlative. `figures`: those of its sentence; `policy_rate`: the rate last spoken of."""
    figure = _figure_beside(sentence, mention, figures, binder)
    if _is_of_rates(sentence, mention):
        bound = Bound(ids=(policy_rate,), how="policy") if policy_rate else NOBODY
        return Whose(bound=figure.bound if figure and figure.bound.type == "rate" else bound, figure=figure)
    named = _named_beside(sentence, mention, binder)
    if named is not None:
        return Whose(bound=_priced(named))
    if _describes_a_noun(sentence, mention):
        return _NOBODY
    if _BARE.match(mention.text) and figure is None:
        return _NOBODY
    bound = _beside(sentence, figure) if figure else _from_clause(sentence, mention, binder)
    if not bound.ids and (figure is None or _PRONOUN.match(sentence.words)):
        bound = _from_clause(sentence, mention, binder)
    if not bound.ids and figure is None and _WALL_STREET.search(sentence.text, sentence.start, mention.end):
        bound = Bound(ids=(_BROAD,), how="remembered")
    if _is_of_a_report(sentence, mention, figure, bound):
        return _NOBODY
    return Whose(bound=_together(sentence, mention, figures, binder, _priced(bound)), figure=figure)


def is_about_rates(sentence: Sentence) -> bool:
    return any(cue.layer == "decision" and cue.value in ("change", "range", "hold") for cue in sentence.cues)


def _is_of_rates(sentence: Sentence, mention: RecordMention) -> bool:
    """ "Third straight cut" always; "first since", "fifth straight meeting" in a sentence about a decision."""
    if _RATE_MOVE.search(mention.text):
        return True
    if _POLICY_VERB.search(sentence.text[max(sentence.start, mention.start - 48) : mention.start]):
        return True
    step = mention.metric in ("first_since", "ordinal", "streak") and (
        _RATE_STEP.search(mention.text) or mention.metric != "streak"
    )
    return bool(step) and (is_about_rates(sentence) or _HOLDS.search(sentence.words) is not None)


def _priced(bound: Bound) -> Bound:
    kept = tuple(i for i in bound.ids if i.split(":", 1)[0] in _PRICED)
    return Bound(ids=kept, how=bound.how, mention=bound.mention) if kept else NOBODY


def _named_beside(sentence: Sentence, mention: RecordMention, binder: Binder) -> Bound | None:
    """ "the best day since May for the Dow", "the worst session for the peso since 2016", "record high gold prices"."""
    names = [m for m in sentence.mentions if m.form is not MentionForm.GENERIC or m.candidates]
    for named in within(names, mention.start, mention.since_start or mention.end):
        if re.search(r"\bfor (?:the )?$", sentence.text[mention.start : named.start], re.IGNORECASE):
            return _group(sentence, named, binder)
    for named in within(names, mention.end, mention.end + 40)[:1]:
        gap = sentence.text[mention.end : named.start]
        if _FOR.fullmatch(gap) and named.noun != "city" and gap.strip().lower().startswith("for"):
            return _group(sentence, named, binder)
        if not gap.strip() and named.text[:1].islower():
            return Bound(ids=binder.ids_of(named), how="after", mention=named)
    return None


def _group(sentence: Sentence, first: InstrumentMention, binder: Binder) -> Bound | None:
    """The names that one "for" governs: "for the Dow and the S&P 500"."""
    group = [first]
    for mention in within(sentence.mentions, first.end, sentence.end):
        if not wording.only(sentence.text, group[-1].end, mention.start, "conjoining"):
            break
        group.append(mention)
    ids = tuple(dict.fromkeys(i for mention in group for i in binder.ids_of(mention)))
    return Bound(ids=ids, how="after", mention=first) if ids else None


def _describes_a_noun(sentence: Sentence, mention: RecordMention) -> bool:
    """ "record low unemployment": the noun after it is what is at the record, and it was not known as a name."""
    if mention.metric not in _LEVELS or mention.since:
        return False
    after = _NOUN_AFTER.match(sentence.text, mention.end, sentence.end)
    return after is not None and after["word"] not in grammar.words("after_superlative")


def _figure_beside(
    sentence: Sentence, mention: RecordMention, figures: Sequence[Figure], binder: Binder
) -> Figure | None:
    """The figure a superlative is about: "a record of $3,245", "up 2.4%, the fourth straight monthly gain"."""
    for figure in figures:
        gap = sentence.text[mention.end : figure.quantity.start]
        if mention.metric in _LEVELS and figure.quantity.start >= mention.end and _BEFORE_ITS_FIGURE.fullmatch(gap):
            return figure
    before = [figure for figure in figures if figure.quantity.end <= mention.start]
    if before and _stands_beside(sentence, before[-1].quantity.end, mention.start, binder):
        return before[-1]
    return None


def _stands_beside(sentence: Sentence, start: int, end: int, binder: Binder) -> bool:
    """Whether nothing between a figure and a superlative brings in another subject."""
    for mention in within(sentence.mentions, start, end):
        owner = mention.form is MentionForm.STRANGER or binder.ids_of(mention)
        if owner and binder.is_subject(sentence, mention):
            return False
    known = [(value.start, value.end) for value in within(sentence.periods, start, end)]
    known += [(value.start, value.end) for value in within(sentence.mentions, start, end)]
    known += [(value.start, value.end) for value in within(sentence.quantities, start, end)]
    for opens, closes in sorted(known):
        if opens >= start:
            if not _bridges(sentence.text, start, opens):
                return False
            start = closes
    return _bridges(sentence.text, start, end)


def _bridges(text: str, start: int, end: int) -> bool:
    known = grammar.words("before_superlative")
    return all(word in known or word.endswith("ing") for word in wording.tokens(text, start, end))


def _beside(sentence: Sentence, figure: Figure) -> Bound:
    """The figure's owner, unless it was only guessed to go on and the sentence opens with something unknown."""
    return figure.bound if figure.bound.how != "remembered" or _goes_on(sentence) else NOBODY


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence without a name is about the one before: "It was ...", "Closed at ..."."""
    if _POINTS_BACK.match(sentence.text, sentence.start, sentence.end):
        return True
    opening = within(sentence.cues, sentence.start, sentence.start + 4)
    return any(cue.layer in ("movement", "level") for cue in opening)


def _from_clause(sentence: Sentence, mention: RecordMention, binder: Binder) -> Bound:
    nearest = within(sentence.mentions, sentence.start, mention.start)[-1:]
    for named in nearest:
        if named.noun != "city" and _POSTED.fullmatch(sentence.text, named.end, mention.start):
            group = _joined(sentence, Bound(ids=(), how="before", mention=named), binder)
            return Bound(ids=tuple(dict.fromkeys(group)), how="before", mention=named)
    place = Quantity(start=mention.start, end=mention.end, text=mention.text, value=Decimal(0), form="superlative")
    bound = binder.bind(sentence, sentence.clause_at(mention.start), place)
    opens = mention.start - sentence.start <= 4  # "Biggest drop ever."
    return NOBODY if bound.how == "remembered" and not opens and not _goes_on(sentence) else bound


def _is_of_a_report(sentence: Sentence, mention: RecordMention, figure: Figure | None, bound: Bound) -> bool:
    """ "revenue rose 9%, its best quarter since 2021": of the company's report, not of its shares."""
    if bound.type not in ("equity", "etf", "index"):
        return False
    if figure is not None:
        return figure.measure is not None
    if bound.type == "equity" and _REPORTED.search(mention.text.partition("since")[0]):
        return _OF_SHARES.search(sentence.words) is None or any(True for _ in sentence.layer("measure"))
    clause = sentence.clause_at(mention.start)
    measures = [cue for cue in within(sentence.cues, clause.start, mention.start) if cue.layer == "measure"]
    return any(cue.end > (bound.mention.end if bound.mention else clause.start) for cue in measures)


def _together(
    sentence: Sentence, mention: RecordMention, figures: Sequence[Figure], binder: Binder, bound: Bound
) -> Bound:
    """ "record closes for both", "their worst session", "all three ended at record highs": every one that is meant."""
    if len(bound.ids) > 1:
        return bound
    told = _TOGETHER.search(sentence.text, max(sentence.start, mention.start - 60), min(sentence.end, mention.end + 40))
    if told is None and not _THEIRS.search(sentence.text[max(sentence.start, mention.start - 30) : mention.start]):
        return bound
    kind = bound.type or "index"
    owners = [i for f in figures if f.quantity.end <= mention.start for i in f.bound.ids] or _joined(
        sentence, bound, binder
    )
    here = tuple(dict.fromkeys(i for i in owners if i.startswith(kind)))
    wanted = (2 if told["how_many"].lower() == "both" else 3) if told else len(here)
    if len(here) == wanted and 2 <= wanted <= 3:
        return Bound(ids=here, how="continued")
    named = any(m.form is not MentionForm.GENERIC and binder.ids_of(m) for m in sentence.mentions)
    if told is None or named:
        return bound
    return _those_before(binder, wanted)


def _joined(sentence: Sentence, bound: Bound, binder: Binder) -> list[str]:
    """ "the Nasdaq and the S&P 500 ended at their best": the names joined to the one it was bound to."""
    group = [bound.mention] if bound.mention else []
    for mention in reversed(within(sentence.mentions, sentence.start, group[0].start if group else sentence.start)):
        if not wording.only(sentence.text, mention.end, group[0].start, "conjoining"):
            break
        group.insert(0, mention)
    return [i for mention in group for i in binder.ids_of(mention)]


def _those_before(binder: Binder, how_many: int) -> Bound:
    """The indexes that "both" or "all three" mean: the three of Wall Street, or the last two spoken of."""
    recent = [i for i in binder.memory.recent if i.startswith("index:") and i != "index:VIX"]
    ids = _THE_THREE if how_many == 3 else tuple(recent[-2:])
    return Bound(ids=ids, how="remembered") if len(ids) == how_many and all(i in recent for i in ids) else NOBODY
