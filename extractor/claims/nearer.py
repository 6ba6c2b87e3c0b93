"""Whether something nearer could be whose figure it is: "the S&P 500 gained 0.9%, with utilities off 1.3%".

Binding goes by names and by nouns that point back. A subject that is neither ("utilities", "the software cohort")
leaves its figure to whatever was named before it. So the words between the two are looked at once more: a noun of its
own right before the figure's predicate, or right behind the name, makes the binding doubtful, and checking accuses on
sure ones only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from extractor.claims.sentence import Clause, Sentence, within
from extractor.claims.subjects import Bound
from extractor.domain.annotation import InstrumentMention, MentionForm, Quantity
from extractor.rules import grammar

_DOUBTED = frozenset({"index", "yield", "commodity", "currency", "crypto", "equity", "etf"})
_SURE = frozenset({"before", "continued", "later", "governed", "generic"})
_FAR = frozenset({"continued", "later"})
_REACH = 110  # characters before a figure in which its subject stands
_TOKEN = re.compile(r"[^\W\d_][\w&]*+(?:[.-][\w&]++)*+(?:[’'][a-z]{1,2}\b)?|[^\w\s]")
_OF_GAUGE = re.compile(
    r"(?:[ \xa0](?:gain|loss|rise|drop|decline|fall|advance|jump|slide|increase))?[ \xa0](?:in|for|of|by|on)[ \xa0]"
    r"(?:the[ \xa0]|an?[ \xa0])?(?:[\w&.’'-]+[ \xa0]){1,5}?"
    r"(?:[Ii]ndex|[Gg]auge|[Aa]verage|sector|stocks|shares|basket|group)\b"
)
_OF = re.compile(
    r"[ \xa0](?:of|for|tracking|measuring|that[ \xa0]tracks)[ \xa0](?!the\b)[a-z]"
)  # "the gauge of lenders"
_SOME_IN = re.compile(
    r"\b[\w-]{3,}[ \xa0](?:stocks|shares|names|companies|firms|members|producers|makers|issues|groups?|sectors?)[ \xa0]"
    r"(?:in|on|of|within|among)[ \xa0](?:the[ \xa0])?\Z"
)
_TIMES_THE = re.compile(r"[ \xa0](?:the|that|those|as|its|what)\b")  # "twice the drop in the S&P 500" is a comparison
_IN_PLACE = re.compile(
    r"[ \xa0]?\b[Ii]n[ \xa0](?!The\b|New York\b|Wall\b|U\.?S|January|February|March|April|May\b|June|July|August"
    r"|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri)day)[A-Z][a-z]+"
)
_CODE = re.compile(r"[A-Z\d.]{2,}")  # "the Nikkei 225 NIK skidded"
_OWNER = re.compile(r"[’']s?\Z")
_OWNED = re.compile(r"[’']s?(?=[ \xa0])")
_NEXT_WORD = re.compile(r"[ \xa0](?P<noun>[a-z][\w-]{2,30}+)(?=[ \xa0,])")
_MEMBERS = frozenset(
    {"stock", "stocks", "shares", "share", "companies", "company", "members", "member", "names", "firms"}
)
_MEASURES = frozenset(
    {"index", "gauge", "measure", "benchmark", "average", "barometer", "group", "groups", "sector", "fund"}
)
_ON = re.compile(
    r"(?:,?[ \xa0](?:or|to|at|and)|,[ \xa0](?:closing|ending|finishing|settling)[ \xa0]at)"
    r"(?:[ \xa0](?:a|about|around|nearly|just|roughly|over|under|record|close|at|end|finish|settle)){0,3}"
    r"[ \xa0]?[(]?[$€£¥]?"
)
_UNITS = frozenset(
    {"barrel", "ounce", "gallon", "ton", "tonne", "bushel", "pound", "cents", "dollars"}
)  # "$62.21 a barrel"
_PRONOUNS = frozenset({"it", "they", "he", "she", "we"})
_RELATIVE = frozenset({"which", "who", "that"})
# What stands behind one of these is no subject: "fell on demand", "dragged lower by banks".
_OBLIQUE = frozenset({"on", "at", "by", "to", "from", "against", "amid", "despite", "after", "over", "than", "like",
                      "through", "under", "during", "between", "because", "with a", "before", "since"})  # fmt: skip
_LINKS = frozenset({"of", "in", "for", "among", "across"})  # "a gauge of chipmakers", "the Dow in New York"
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "this", "that", "these", "those", "his", "her", "our"})


def weighed(
    sentence: Sentence, clause: Clause, quantity: Quantity, bound: Bound, before: tuple[Quantity, Bound] | None
) -> Bound:
    """The same binding, marked as doubtful where something that is not known stands nearer to the figure.

    before: the figure read last in the sentence, with its binding.
    """
    if quantity.unit == "multiple" and _TIMES_THE.match(sentence.text, quantity.end):
        return replace(bound, how="doubtful") if bound.ids else bound
    if bound.type not in _DOUBTED or bound.how not in _SURE:
        return bound
    mention = bound.mention
    doubtful = mention is not None and (_is_compound(sentence, mention, quantity) or _is_of_its_own(sentence, mention))
    doubtful = doubtful or (mention is not None and bound.type == "index" and _is_where(sentence, mention))
    doubtful = doubtful or _is_of_another(sentence, quantity) or _is_elsewhere(sentence, clause, mention)
    if not doubtful and before is not None and _goes_on(sentence, clause, before[0], quantity):
        doubtful = before[1].how == "doubtful" or before[1].ids != bound.ids
    if not doubtful:
        start = max(clause.start, quantity.start - _REACH)
        if mention is not None and mention.end <= quantity.start:
            start = max(mention.start, quantity.start - _REACH)
        walk = _Walk(sentence, start, quantity)
        doubtful = walk.meets_a_noun() or (bound.how in _FAR and walk.met is not None and walk.met is not mention)
        doubtful = doubtful or (bound.how == "later" and walk.verb)
        if bound.how == "governed" and mention is not None and mention.start > quantity.end:
            doubtful = doubtful or "," in sentence.text[quantity.end : mention.start]
    return replace(bound, how="doubtful") if doubtful else bound


def _goes_on(sentence: Sentence, clause: Clause, last: Quantity, quantity: Quantity) -> bool:
    """ "gained 3.4% to 1,234.56", "lost 82 points, or 1.2%": two figures of one subject, whoever that is."""
    return last.start >= clause.start and bool(_ON.fullmatch(sentence.text, last.end, quantity.start))


def _is_of_its_own(sentence: Sentence, mention: InstrumentMention) -> bool:
    """ "the software index", "the euro gauge": a noun that says what it is of may be of something not named before."""
    if mention.form is not MentionForm.GENERIC or mention.candidates:
        return False
    *before, head = mention.text.lower().split()
    if head not in ("index", "gauge", "benchmark", "barometer", "average", "chips"):
        return False
    return any(word not in grammar.words("pointing") for word in before) or bool(_OF.match(sentence.text, mention.end))


def _is_where(sentence: Sentence, mention: InstrumentMention) -> bool:
    """ "Semiconductor stocks in the Nasdaq tumbled 6%": some of an index, which says where they are found."""
    return bool(_SOME_IN.search(sentence.text, max(sentence.start, mention.start - 50), mention.start))


def _is_of_another(sentence: Sentence, quantity: Quantity) -> bool:
    """ "a 3.7% slide in financials and 4.1% in the NYSE Arca China Index": whose it is stands behind the figure."""
    behind = _OF_GAUGE.match(sentence.text, quantity.end, sentence.end)
    return behind is not None and not within(sentence.mentions, quantity.end, behind.end())


def _is_elsewhere(sentence: Sentence, clause: Clause, mention: InstrumentMention | None) -> bool:
    """ "in India, the benchmark added 1%": a pointing noun of another place than those named before."""
    if mention is None or mention.form is not MentionForm.GENERIC or mention.candidates:
        return False
    before = max(sentence.start, mention.start - 40)
    return bool(_IN_PLACE.search(sentence.text, before, mention.start) or _IN_PLACE.match(sentence.text, mention.end))


def _is_compound(sentence: Sentence, mention: InstrumentMention, quantity: Quantity) -> bool:
    """ "its Nasdaq cousin", "the gauge's industrial shares", "the typical S&P 500 stock": what a name only narrows."""
    if mention.end > quantity.start:
        return False
    index = any(each.startswith("index:") for each in mention.candidates) or mention.noun in ("index", "benchmark")
    if index and mention.form is MentionForm.NAME and mention.text.endswith((" stock", " stocks", " shares")):
        return True
    at = mention.end
    owner = _OWNED.match(sentence.text, at)
    at = owner.end() if owner else at
    for place in range(4):
        word = _NEXT_WORD.match(sentence.text, at, quantity.start)
        if word is None:
            return False
        noun = word["noun"]
        if (index and noun in _MEMBERS) or (owner and noun in _MEASURES):
            return True
        if _is_noun(sentence, noun, word.start("noun")):
            return noun not in grammar.words("price_nouns")
        passed = noun in grammar.words("modifiers") or noun in ("own", "main", "best", "worst", "biggest")
        if not passed or (place and not owner):
            return False
        at = word.end()
    return False


def _is_noun(sentence: Sentence, word: str, at: int) -> bool:
    """Whether a word can be what something else is called: no small word, no verb, nothing that was read."""
    lower = word.lower()
    if (
        len(word) < 2
        or lower in _small() | _UNITS
        or lower.endswith("ly")
        or _CODE.fullmatch(word)
        or _is_read(sentence, at)
    ):
        return False
    return not lower.endswith(("ed", "ing")) or lower in grammar.words("industries")


def _is_read(sentence: Sentence, at: int) -> bool:
    """Whether a layer has read the word that begins at an offset."""
    layers: tuple[Sequence[Any], ...] = (sentence.cues, sentence.periods, sentence.quantities, sentence.records)
    return any(each.start <= at < each.end for layer in layers for each in within(layer, at - 40, at + 1))


@cache
def _heads() -> frozenset[str]:
    """Nouns that say whose a figure is only with the words before them: "the gauge", "chip stocks"."""
    return grammar.words("neutral_heads") | grammar.words("price_nouns") - {
        "value",
        "cost",
        "coverage",
        "rating",
        "unit",
        "units",
    }


@cache
def _small() -> frozenset[str]:
    lists = ("no_subject", "before_verb", "between_move_and_figure", "owned", "opening_verbs", "irregular_past",
             "move_nouns", "finite")  # fmt: skip
    return frozenset().union(*(grammar.words(name) for name in lists))


class _Walk:
    """From a figure back to the first noun that nobody has read. Each word is looked at once."""

    met: InstrumentMention | None = None  # the name or the pointing noun where the walk ended
    verb: bool = False  # whether it came past a verb

    def __init__(self, sentence: Sentence, start: int, quantity: Quantity) -> None:
        end = quantity.start if quantity.hedge_start is None else min(quantity.start, quantity.hedge_start)
        self.sentence = sentence
        self.tokens = list(_TOKEN.finditer(sentence.text, start, end))

    def meets_a_noun(self) -> bool:
        self.met, self.verb = None, False
        verb, crossed, related = False, False, False
        for place in range(len(self.tokens) - 1, -1, -1):
            token = self.tokens[place]
            word = self._word(place)
            self.met = self._mention(place)
            if self.met or any(q.start <= token.start() < q.end for q in self.sentence.quantities):
                return False
            if word == ",":
                if crossed or (verb and not related):
                    return False  # an aside: what stands before it is not looked for
                crossed = True
            elif not word[0].isalnum():
                if word not in "“”\"'’":
                    return False
            elif word in _RELATIVE and verb:
                related = True
            elif word in _PRONOUNS:
                verb = self.verb = True  # "it was down 1.6%": whoever that is, it stands before the figure
            elif word in _heads() and not _is_read(self.sentence, token.start()):
                if self._is_subject(place, told=verb):
                    return True
            elif _is_noun(self.sentence, token.group(), token.start()):
                return self._is_subject(place, told=verb)
            else:
                verb = self.verb = verb or any(
                    cue.layer in ("movement", "level")
                    and cue.value != "state"
                    and not cue.noun
                    and not cue.text.endswith("ing")
                    for cue in within(self.sentence.cues, token.start(), token.start() + 1)
                )
        return False

    def _word(self, place: int) -> str:
        return _OWNER.sub("", self.tokens[place].group()).lower() or "'"

    def _mention(self, place: int) -> InstrumentMention | None:
        at = self.tokens[place].start()
        near = within(self.sentence.mentions, at - 80, at + 1)
        return next((m for m in near if m.start <= at < m.end and m.form is not MentionForm.STRANGER), None)

    def _is_subject(self, head: int, *, told: bool) -> bool:
        """Whether the words that end with an unread noun are somebody of their own. told: a verb was met before."""
        first = head
        while first and self._belongs(first - 1):
            first -= 1
        before = first - 1
        pointed = before >= 0 and (self._word(before) in _DETERMINERS or self._mention(before) is not None)
        word = self._word(head)
        if word in _heads():
            alone = all(self._word(place) in grammar.words("modifiers") for place in range(first, head))
            if alone and (pointed or before < 0 or not self._word(before)[0].isalpha()):
                return False  # "the gauge", "U.S. stocks": whose it is was said before
        while before >= 0 and self._word(before) in _DETERMINERS:
            before -= 1
        if before < 0:
            return True
        if self._word(before) in _LINKS:
            return before > 0 and self._mention(before - 1) is None and self._is_head(before - 1)
        if told and self._is_verb(before):
            return False  # "cleared resistance to close at": what is done to it is over before the figure
        return self._word(before) not in _OBLIQUE

    def _is_head(self, place: int) -> bool:
        gauge = self._word(place) in grammar.words("neutral_heads")
        return gauge or _is_noun(self.sentence, self.tokens[place].group(), self.tokens[place].start())

    def _is_verb(self, place: int) -> bool:
        word, start = self._word(place), self.tokens[place].start()
        cues = within(self.sentence.cues, start, start + 1)
        return word.endswith(("ed", "ing")) or any(c.layer in ("movement", "level") and not c.noun for c in cues)

    def _belongs(self, place: int) -> bool:
        word = self._word(place)
        if not word[0].isalpha() or self._mention(place) is not None:
            return False
        modifier = word in grammar.words("modifiers") and word not in _DETERMINERS
        return modifier or _is_noun(self.sentence, self.tokens[place].group(), self.tokens[place].start())
