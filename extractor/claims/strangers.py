"""Subjects that no list knows: "Brannock Tooling slumped 10%", "used-vehicle prices fell 2.4%".

A figure whose sentence names its own subject is that subject's, known or not. So an unknown subject becomes a mention
too: it keeps the figure from being bound to whatever the article spoke of before. A name is an organisation, or an
index, under its own name; anything else stays nameless, and its figures make no claim.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from extractor.claims.figures import CURRENCY
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import Cue, InstrumentMention, MentionForm, Quantity
from extractor.rules import grammar

_WORD = re.compile(r"(?<!\d)[^\W\d_][\w&]*+(?:[.'’-][\w&]++)*+\.?")
_REACH = 90  # characters before a verb in which its subject stands
_GAP = re.compile(r"[ \xa0]{1,2}")
_CAPITAL = re.compile(r"[A-Z][\w&.'’-]*+")
_CODE = re.compile(r"(?=.*\d)[A-Z\d.]+")  # of a terminal: "TMUBMUSD10Y"
_CODE_MARKS = ("=", ":", "^", "<", ".", "/")
_TRADE = re.compile(r"[a-z]{3,}(?:er|or)")  # "the discounter", "the operator": a company named before
_NAME_ENDS = frozenset({"Bank", "Group", "Airline", "Airlines", "Company"})  # "Public Bank lost", not "the bank lost"
_GAUGES = frozenset({"index", "indexes", "indices", "sub-index", "sub-indices", "subindex", "gauge", "gauges"})
_INSIDE_NAME = frozenset({"&", "of", "and", "de"})
_INNER = re.compile(r"(?<=[a-z,][ \xa0])([A-Z][\w&’'-]*+)")
_OWNER = re.compile(r"\)?(?:[’']s?)?[ \xa0]{0,2}")
_OPENING = re.compile(r"[“\"'•*–—-]{0,2}[ \xa0]?(?:The |A |An )?(?=[A-Za-z])")
_LONGEST_NAME = 6
_LISTED = re.compile(r"(?:^|[,;:]|\band|\bwhile|\bbut)[ \xa0]{1,2}\Z")
_TO_OTHERS = frozenset({"cut", "raise"})
_NOT_BY_FIGURES = frozenset({"strengthen", "weaken", "multiply", "halve"})
_PLAIN_LINK = re.compile(
    r"[ \xa0]{1,2}(?:by |about |nearly |almost |more than |over |another |as much as |some |just |only ){0,2}\Z"
)


def introduce(sentence: Sentence, seen: frozenset[str] = frozenset()) -> Sentence:
    """The same sentence, with a mention for each unknown subject in it.

    seen: words the article has written with a capital inside a sentence, by which "Apache rose" is a name and
    "Food rose" is none.
    """
    if not sentence.quantities and not sentence.records:
        return sentence
    found = [
        *_before_verbs(sentence, seen),
        *_before_figures(sentence),
        *_fronted(sentence, seen),
        *_new_gauges(sentence),
        *_spreads(sentence),
    ]
    if not found:
        return sentence
    kept = _apart(found, sentence.mentions)
    return replace(sentence, mentions=tuple(sorted((*sentence.mentions, *kept), key=lambda mention: mention.start)))


def capitalised(text: str) -> frozenset[str]:
    """The words that stand with a capital where no sentence begins."""
    return frozenset(match.group(1) for match in _INNER.finditer(text))


def _before_verbs(sentence: Sentence, seen: frozenset[str]) -> Iterator[InstrumentMention]:
    """Subjects of the verbs of movement and of standing."""
    for cue in sentence.cues:
        if not (_is_predicate(cue) or _is_predicative(sentence, cue)):
            continue
        words = _words_before(sentence, cue.start)
        at = _head(sentence, words)
        if at is None or _is_measured(sentence, words, at):
            continue
        mention = _mention(sentence, words[: at + 1], seen, cue)
        if not _is_compound(sentence, mention) and not _is_part_of_known(sentence, mention):
            yield mention


def _is_measured(sentence: Sentence, words: Sequence[re.Match[str]], at: int) -> bool:
    """ "like-for-like sales excluding fuel grew": what grew is a company's figure; the words behind only narrow it."""
    before = [cue for cue in within(sentence.cues, words[0].start(), words[at].start()) if cue.layer == "measure"]
    links = {"excluding", "ex", "without", "for", "at", "from", "of", "in", "on", "per", "before", "minus", "less"}
    return bool(before) and any(
        word.group().lower() in links and 0 < word.start() - before[-1].end <= 2 for word in words[:at]
    )


def _is_predicate(cue: Cue) -> bool:
    """A finite verb that says what its subject did. What somebody does to something else ("cut its target") is none."""
    if cue.layer == "level":
        return cue.text.lower().endswith("ed")
    moves = cue.layer == "movement" and not cue.noun and cue.value != "state"
    return moves and cue.rule.removeprefix("movement.") not in _TO_OTHERS


def _is_predicative(sentence: Sentence, cue: Cue) -> bool:
    """ "the banks index was down 1.2%": a state with its verb before it."""
    if cue.layer != "movement" or cue.value != "state":
        return False
    return bool(_COPULA.search(sentence.text, max(sentence.start, cue.start - 20), cue.start))


_COPULA = re.compile(r"[ \xa0](?:was|were|is|are)(?: (?:also|still|each|both|all|last))?[ \xa0]\Z")


def _words_before(sentence: Sentence, end: int) -> list[re.Match[str]]:
    """The words that stand together right before an offset, in order; a comma or a bracket ends them."""
    words: list[re.Match[str]] = []
    edge = end
    start = max(sentence.start, end - _REACH)
    for match in reversed(list(_WORD.finditer(sentence.text, start, end))):
        if not _GAP.fullmatch(sentence.text, match.end(), edge):
            break
        words.insert(0, match)
        edge = match.start()
    return words


def _head(sentence: Sentence, words: Sequence[re.Match[str]]) -> int | None:
    """Which word is the head of the subject before a verb; None where it is known, points back, or is missing."""
    skipped = grammar.words("before_verb")
    at = len(words) - 1
    while at >= 0 and (words[at].group().lower() in skipped or words[at].group().endswith("ly")):
        at -= 1
    if at < 0 or not _is_content(sentence, words[at]) or _is_neutral(words[: at + 1]):
        return None
    return at


def _is_neutral(words: Sequence[re.Match[str]]) -> bool:
    """Heads that leave open whose they are: "the stock", "the figure", "U.S. stocks", but not "tech stocks"."""
    head = words[-1].group().lower()
    if head in _GAUGES and len(words) > 1:
        before = words[-2].group()
        if before.lower() in grammar.words("industries"):
            return False
        if _CAPITAL.match(before):  # "the Gaxter gauge", not "the U.S. index"
            return before.lower().rstrip(".") in grammar.words("no_subject") | grammar.words("modifiers")
    if len(words) > 1 and words[-1].group() in _NAME_ENDS and _CAPITAL.match(words[-2].group()):
        return words[-2].group().lower() in grammar.words("no_subject") | grammar.words("modifiers")
    if head in grammar.words("neutral_heads") or _TRADE.fullmatch(head if len(words) == 1 else words[-1].group()):
        return True
    if head not in grammar.words("price_nouns"):
        return False
    before = words[-2].group().lower().rstrip(".") if len(words) > 1 else ""
    return before in grammar.words("no_subject") or before in grammar.words("modifiers") or not before


def _is_content(sentence: Sentence, word: re.Match[str]) -> bool:
    """A word of some weight that no layer has read: no function word, name, date, figure or cue."""
    if word.group().lower() in grammar.words("no_subject") or _CODE.fullmatch(word.group()):
        return False
    if sentence.text[word.start() - 1 : word.start()] in _CODE_MARKS:  # "USOILC=ECI"
        return False
    start, end = word.span()
    for layer in (sentence.mentions, sentence.periods, sentence.quantities, sentence.policies):
        if _covers(layer, start, end):
            return False
    return not any(cue.start < end and start < cue.end for cue in within(sentence.cues, start - 24, end))


def _covers(layer: Sequence[Any], start: int, end: int) -> bool:
    position = bisect_right(layer, start, key=lambda value: value.start) - 1
    return position >= 0 and layer[position].end >= end


def _mention(sentence: Sentence, words: Sequence[re.Match[str]], seen: frozenset[str], cue: Cue) -> InstrumentMention:
    """The subject that ends with the last of the words: a name if its last words are capitalised, else nameless."""
    first = len(words) - 1
    while first > 0 and _belongs(sentence, words, first):
        first -= 1
    start, end = words[first].start(), words[-1].end()
    name = sentence.text[start:end]
    fronted = start == sentence.start and first == len(words) - 1
    named = all(_CAPITAL.match(word.group()) or word.group() in _INSIDE_NAME for word in words[first:])
    told = (
        named
        and name.lower() not in _GAUGES
        and not name.isupper()
        and not name.endswith(("'s", "’s"))
        and (not fronted or name in seen)
    )
    told = told and cue.layer == "movement" and cue.rule.removeprefix("movement.") not in _NOT_BY_FIGURES
    told = told and _figure_follows(sentence, cue)
    return _stranger(start, end, name, named=told)


def _is_compound(sentence: Sentence, mention: InstrumentMention) -> bool:
    """ "Tesla deliveries", "Amazon's cloud unit": what a known name owns is still the name's."""
    before = within(sentence.mentions, mention.start - 60, mention.start)
    return bool(before) and bool(_OWNER.fullmatch(sentence.text, before[-1].end, mention.start))


def _is_part_of_known(sentence: Sentence, mention: InstrumentMention) -> bool:
    """ "Wheat for December delivery rose": what stands after the preposition only says more of the known name."""
    before = within(sentence.mentions, mention.start - 80, mention.start)
    if not before or before[-1].form is MentionForm.STRANGER:
        return False
    words = [match.group().lower() for match in _WORD.finditer(sentence.text, before[-1].end, mention.start)]
    gap = sentence.text[before[-1].end : mention.start]
    told = any(cue.layer == "movement" for cue in within(sentence.cues, before[-1].end, mention.start))
    links = {"of", "for", "on", "at", "in", "among", "excluding", "with", "under", "over"}
    return bool(words) and words[0] in links and "," not in gap and ";" not in gap and not told and len(words) <= 6


def _belongs(sentence: Sentence, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the word before words[at] is part of the same subject."""
    before = words[at - 1].group()
    if _CAPITAL.match(words[-1].group()):
        capital = bool(_CAPITAL.match(before)) and _is_content(sentence, words[at - 1])
        return capital or (before in _INSIDE_NAME and at > 1)
    return before.lower() not in grammar.words("no_subject")


def _figure_follows(sentence: Sentence, cue: Cue) -> bool:
    """ "slumped 10%", "fell by more than $2": the verb is the figure's own."""
    following = within(sentence.quantities, cue.end, cue.end + 40)
    return bool(following) and bool(_PLAIN_LINK.fullmatch(sentence.text, cue.end, _begin(following[0])))


def _begin(quantity: Quantity) -> int:
    return quantity.start if quantity.hedge_start is None else min(quantity.start, quantity.hedge_start)


def _fronted(sentence: Sentence, seen: frozenset[str]) -> Iterator[InstrumentMention]:
    """The name a sentence opens with, whatever its verb: "AMP, at the centre of it, rallied"."""
    first = _OPENING.match(sentence.text, sentence.start, sentence.end)
    if first is None:
        return
    words: list[re.Match[str]] = []
    at = first.end()
    while len(words) < _LONGEST_NAME and (match := _WORD.match(sentence.text, at, sentence.end)):
        if not _is_content(sentence, match) or (words and not _CAPITAL.match(match.group())):
            break
        words.append(match)
        gap = _GAP.match(sentence.text, match.end(), sentence.end)
        if not gap:
            break
        at = gap.end()
    if not words or _is_neutral(words) or not _stands_alone(sentence, words[-1].end()):
        return
    if any(0 <= mention.start - words[-1].end() <= 6 for mention in sentence.mentions):
        return  # "Evan Greenberg, ACE's chief executive": whom he works for is named
    start, end = words[0].start(), words[-1].end()
    name = sentence.text[start:end]
    if (len(words) > 1 or name in seen or (name.isupper() and len(name) > 1)) and _tells_of_a_move(sentence):
        yield _stranger(start, end, name, named=True)


def _new_gauges(sentence: Sentence) -> Iterator[InstrumentMention]:
    """ "An index of big banks fell 4%": named for the first time, and by what it holds. What is known is left alone."""
    for match in _NEW_GAUGE.finditer(sentence.text, sentence.start, sentence.end):
        start, end = match.span("what")
        opens = start == sentence.start or match["link"] is not None
        if opens and not any(mention.end > start for mention in within(sentence.mentions, start - 60, end + 30)):
            yield _stranger(start, end, sentence.text[start:end], named=False)


_NEW_GAUGE = re.compile(
    r"(?P<link>\b(?:while|and|but|as)[ \xa0])?"
    r"\b(?P<what>[Aa]n?[ \xa0](?:[\w-]{2,20}+[ \xa0]){0,2}?(?:index|gauge|basket)"
    r"[ \xa0](?:of|for|that[ \xa0]tracks|tracking|measuring)\b)"
)


def _spreads(sentence: Sentence) -> Iterator[InstrumentMention]:
    """ "The gap between 2- and 10-year yields widened": of two yields, and so of neither."""
    if any(quantity.unit in ("basis_points", "percentage_points") for quantity in sentence.quantities):
        for match in _SPREAD.finditer(sentence.text, sentence.start, sentence.end):
            yield _stranger(match.start("what"), match.end("what"), match["what"], named=False)


_SPREAD = re.compile(
    r"\b(?P<what>(?:gap|spread|premium|differential|difference)s?)[ \xa0]"
    r"(?:between|of|over|to|with|versus|(?:that[ \xa0])?investors[ \xa0](?:demand|get|earn))\b"
)


def _stands_alone(sentence: Sentence, end: int) -> bool:
    """Whether a comma or a verb follows: else the words only qualify what comes next ("Tech-heavy Nasdaq")."""
    return bool(_verb_or_comma().match(sentence.text, end, sentence.end))


@cache
def _verb_or_comma() -> re.Pattern[str]:
    verbs = "|".join(sorted(grammar.words("opening_verbs")))
    return re.compile(rf"(?:[’']s)?(?:,[ \xa0]|[ \xa0](?:{verbs}|\w+ed)\b)")


def _tells_of_a_move(sentence: Sentence) -> bool:
    """Somebody who moved by so much, not somebody who said something of a figure."""
    moved = any(cue.layer == "movement" and not cue.noun for cue in sentence.cues)
    return moved and any(quantity.unit == "percent" for quantity in sentence.quantities)


def _before_figures(sentence: Sentence) -> Iterator[InstrumentMention]:
    """ "Nvidia lost 7.1%, Quillfeather 2.9% and Oracle 3.3%": a name in a list stands right before its figure."""
    for quantity in sentence.quantities[1:]:
        begin = _begin(quantity)
        words = _words_before(sentence, begin)
        first = len(words)
        while first > 0 and _CAPITAL.match(words[first - 1].group()) and _is_content(sentence, words[first - 1]):
            first -= 1
        if first == len(words) or not _is_listed_alone(quantity):
            continue
        start, end = words[first].start(), words[-1].end()
        if _LISTED.search(sentence.text, max(sentence.start, start - 8), start):
            yield _stranger(start, end, sentence.text[start:end], named=True)


def _is_listed_alone(quantity: Quantity) -> bool:
    """A change as lists print it: "Quillfeather 2.9%", "Brannock 14 sen"."""
    return quantity.unit == "percent" or (
        bool(quantity.unit and CURRENCY.fullmatch(quantity.unit)) and quantity.scale == 1
    )


def _stranger(start: int, end: int, name: str, *, named: bool) -> InstrumentMention:
    ids = (_id(name),) if named else ()
    return InstrumentMention(
        start=start, end=end, text=name, form=MentionForm.STRANGER, candidates=ids, name=name if named else None
    )


def _id(name: str) -> str:
    """ "the FTSE Emerging Index" says itself what it is; any other name is an organisation."""
    *words, last = name.split()
    if words and last.lower() in _GAUGES:
        return f"index:{_slug(' '.join(words)).replace('-', '_').upper()}"
    return f"organization:{_slug(name)}"


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")


def _apart(found: Sequence[InstrumentMention], known: Sequence[InstrumentMention]) -> list[InstrumentMention]:
    """Without those that overlap a known mention or one another."""
    kept: list[InstrumentMention] = []
    for mention in sorted(found, key=lambda each: (each.start, each.start - each.end)):
        if all(mention.end <= other.start or other.end <= mention.start for other in (*known, *kept)):
            kept.append(mention)
    return kept
