"""Whose figure is it? Binds a figure to the instruments it speaks of.

The order of the attempts is the method: the subject the clause names before the figure; one it names after it
("a 13% decline in Oracle"); the subject of the clause it continues; what a generic noun or a pronoun points
back to; and, within a paragraph, the subject of the sentence before. Mentions in an oblique role ("in the
S&P 500", "against the dollar") are passed over unless a noun of price or movement governs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol

from extractor.claims import wording
from extractor.claims.memory import Memory
from extractor.claims.sentence import RESUMED, Clause, Sentence, within
from extractor.domain.annotation import InstrumentMention, MentionForm, Quantity
from extractor.domain.claim import PRICED
from extractor.rules import grammar, statistics

_PRONOUN = re.compile(r"(?:It|Its|They|Their)\b(?! is (?:expected|likely)\b)")
_DUMMY = re.compile(r"(?:It|That|This)[’']?s?\b")
_COPULAS = frozenset({"is", "are", "was", "were", "be", "been", "became", "remained"})
# "analysts look for Deere to post": who is to do it is the subject.
_TO_DO = re.compile(r" to (?:post|report|earn|show|deliver|announce|lose|make|generate|book|turn)\b")
_FOR_A_NOUN = ("that", "those")
_RELATIVES = ("which", "who")
_FRONTED = re.compile(r"[“\"]?(?:Outside|Within|Beyond|Besides|Unlike|In|On|Among|Against|Versus)(?: of)?(?: the)? ")
_FUTURES = re.compile(r"\b(?:futures|contracts?)\b")
_POINTED = ("index", "gauge", "fund", "trust", "ETF")
_OWNS = re.compile(r"['’]s?[ \xa0](?:own[ \xa0]|roughly[ \xa0]|nearly[ \xa0]|about[ \xa0])?[-+−]?")
_COMPARING = frozenset(
    {"after", "before", "following", "despite", "than", "since", "beside", "next", "matching", "given"}
)
_JOINTS = frozenset({"and", "or", "&", ",", "with"})
_AND = re.compile(r"(?:and|or|but)\b")
_OWNS_A_FIGURE = re.compile(r"[’']s?\s[$€£]?\d")
_ITS_TURN = re.compile(r"\b(?:[Ii]t|[Tt]hat|[Tt]his) (?:is|was) ")  # "it was Broadcom's turn"
_POSSESSIVE = re.compile(r"[’'](?:s\b)?\s*(?P<noun>[\w-]+)?", re.IGNORECASE)


class Book(Protocol):
    """What binding asks of the instrument book."""

    def resolve(self, mention: InstrumentMention, *, on: date | None) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Who a figure is about. `how` says by which attempt, `mention` where it was named (None: carried over)."""

    ids: tuple[str, ...]
    how: str
    mention: InstrumentMention | None = None

    @property
    def type(self) -> str:
        return self.ids[0].split(":", 1)[0] if self.ids else ""


NOBODY = Bound(ids=(), how="none")
STRANGER = Bound(ids=(), how="stranger")  # somebody, but nobody known: ends the search


@dataclass(slots=True)
class Binder:
    """Binds within one article. `fits` tells whether a subject of a type can own a figure."""

    book: Book
    on: date | None
    memory: Memory
    fits: Callable[[str, Quantity], bool]
    paragraph: int = 0  # of the sentence at hand
    policy_rate: str | None = None  # of the first central bank the article names
    country: str | None = None  # of the article's time zone; None where it says nothing of what "prices" are

    def ids_of(self, mention: InstrumentMention) -> tuple[str, ...]:
        """The one id a mention means, in a tuple; empty where it stays ambiguous or points to nothing."""
        if mention.form is MentionForm.GENERIC and not mention.candidates:
            found = self.memory.antecedent(mention.noun, self.paragraph)
            return (found,) if found else ()
        return self._likeliest(self.book.resolve(mention, on=self.on))

    def _likeliest(self, candidates: tuple[str, ...]) -> tuple[str, ...]:
        """Of several, the one of the article's own country, else the one it has named unmistakably, else the first."""
        if len(candidates) > 1:
            at_home = [c for c in candidates if self.country and f":{self.country}:" in c]
            named = [c for c in candidates if c in self.memory.named]
            return ((at_home or named or list(candidates))[0],)
        return candidates

    def bind(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        """The subjects of one figure. Never guesses across paragraphs."""
        attempts = [self._named_after, self._named_before, self._continued, self._anywhere, self._remembered]
        if _PRONOUN.match(sentence.text, sentence.start):  # "It", "Its shares": the one before, not a later name
            attempts = [self._named_after, self._named_before, self._continued, self._remembered, self._anywhere]
        for attempt in attempts:
            bound = attempt(sentence, clause, quantity)
            if attempts[-1] == self._anywhere and bound.how == "later":
                continue  # "It surged 18.6%; Super Micro jumped": not of a name that comes later
            if bound is STRANGER:
                return NOBODY
            if bound.ids:
                return self._graded(bound)
        return NOBODY

    def _graded(self, bound: Bound) -> Bound:
        """A pointing noun is less sure than a name, and unsure where the article has named several it could mean."""
        mention = bound.mention
        if mention is None or mention.form is not MentionForm.GENERIC or mention.candidates:
            return bound
        several = len(self.memory.possible(mention.noun)) > 1 and bound.ids[0] != self.memory.headline
        found_there = bound.how in ("before", "continued", "after")
        return replace(bound, how="ambiguous" if several or not found_there else "generic")

    def _usable(self, mentions: Iterable[InstrumentMention], quantity: Quantity) -> list[InstrumentMention]:
        """Those that can own the figure, and the unknown ones, which own what they stand before."""
        return [m for m in mentions if self._is_unknown(m) or any(self.fits(i, quantity) for i in self.ids_of(m))]

    def _is_unknown(self, mention: InstrumentMention) -> bool:
        """A stranger, or a noun that points to what the article has not named ("the bitcoin trust")."""
        return mention.form is MentionForm.STRANGER or (
            mention.form is MentionForm.GENERIC and mention.text.endswith(_POINTED) and not self.ids_of(mention)
        )

    def _bound(self, mentions: list[InstrumentMention], quantity: Quantity, how: str) -> Bound:
        """Bound to these; the last is the one that was found. A stranger that cannot own the figure ends the search."""
        ids = tuple(dict.fromkeys(i for mention in mentions for i in self.ids_of(mention) if self.fits(i, quantity)))
        return Bound(ids=ids, how=how, mention=mentions[-1]) if ids else STRANGER

    def _named_after(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        """ "a 20-35% jump in Russell 2000 earnings" """
        for mention in within(sentence.mentions, quantity.end, min(clause.end, quantity.end + 80)):
            ids = self.ids_of(mention)
            linked = wording.only(
                sentence.text, quantity.end, mention.start, "after_figure", "move_nouns", "modifiers"
            ) and wording.governor(sentence.text, quantity.end, mention.start)[1] in ("in", "for", "of", "on", "by")
            if linked and ids and self.fits(ids[0], quantity) and mention.noun != "city":
                return Bound(ids=ids, how="after", mention=mention)
            break
        return NOBODY

    def _named_before(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        before = self._usable(within(sentence.mentions, clause.start, quantity.start), quantity)
        subjects = [m for m in before if self.is_subject(sentence, m) and not _is_compared(sentence, m, quantity)]
        if not subjects:
            return NOBODY
        nearest = subjects[-1]
        group = [nearest]
        for mention in reversed(subjects[:-1]):
            if not _are_joined(sentence, mention, group[0]):
                break
            group.insert(0, mention)
        owner = _owns_a_figure(sentence, nearest)
        governor = wording.governor(sentence.text, clause.start, nearest.start)[1] if owner else ""
        beside = governor in grammar.words("prepositions")
        return self._bound(group, quantity, "beside" if beside else "before")

    def _continued(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        """A clause without a subject of its own goes on about the one before ("after falling 0.9% on Friday")."""
        position = sentence.clauses.index(clause)
        before = list(reversed(sentence.clauses[:position]))
        aside = sentence.aside_before(clause)
        if aside and (listed := self._before_an_aside(sentence, before)):
            return self._bound([listed], quantity, "continued")
        if clause.opener == RESUMED or (
            aside and _AND.match(sentence.text, clause.start)
        ):  # the clause between was an aside, and is asked last
            before = [*before[1:], before[0]]
        for earlier in before:
            mentions = self._usable(within(sentence.mentions, earlier.start, earlier.end), quantity)
            subjects = [m for m in mentions if self.is_subject(sentence, m)]
            if clause.opener in (*_RELATIVES, "that") and mentions:
                subjects = mentions[-1:]
            if subjects:
                chosen = subjects[-1] if clause.opener in _RELATIVES else self._main(sentence, earlier, subjects)
                return self._bound([chosen], quantity, "continued")
        return NOBODY

    @staticmethod
    def _before_an_aside(sentence: Sentence, before: list[Clause]) -> InstrumentMention | None:
        """ "Westpac 1.7% and NAB – the last to report – 1.9%": the name right before what stands between dashes."""
        named = within(sentence.mentions, before[1].start, before[1].end)
        whole = bool(named) and not sentence.text[named[-1].end : before[1].end].strip(" ,)")
        return named[-1] if whole and named[-1].form is not MentionForm.GENERIC else None

    def _main(self, sentence: Sentence, clause: Clause, subjects: list[InstrumentMention]) -> InstrumentMention:
        """Of a clause with figures, the subject of the last one; otherwise the first named."""
        figures = within(sentence.quantities, clause.start, clause.end)
        if not figures:
            return subjects[0]
        return next((m for m in reversed(subjects) if m.start < figures[-1].start), subjects[0])

    def _anywhere(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        """A name in an oblique role, if the only one, or a subject that comes later ("Down 0.3%, the Dow ...")."""
        usable = [
            m
            for m in self._usable(sentence.mentions, quantity)
            if m.noun != "city" and m.form is not MentionForm.STRANGER and not _is_analyst(sentence, m)
        ]
        governed = [m for m in usable if self._governed(sentence, m)]
        if governed:
            nearest = min(governed, key=lambda m: abs(m.start - quantity.start))
            return Bound(ids=self.ids_of(nearest), how="governed", mention=nearest)
        before = [m for m in usable if clause.start <= m.start < quantity.start]
        if len({self.ids_of(m) for m in before}) == 1:
            return Bound(ids=self.ids_of(before[0]), how="oblique", mention=before[0])
        later = [m for m in usable if m.start > quantity.end and self.is_subject(sentence, m)]
        if later and clause is sentence.clauses[0]:
            return Bound(ids=self.ids_of(later[0]), how="later", mention=later[0])
        for group in ([m for m in usable if clause.start <= m.start < clause.end], self._not_places(sentence, usable)):
            if len({self.ids_of(m) for m in group}) == 1:
                return Bound(ids=self.ids_of(group[0]), how="oblique", mention=group[0])
        return NOBODY

    @staticmethod
    def _not_places(sentence: Sentence, mentions: list[InstrumentMention]) -> list[InstrumentMention]:
        """Without those that say where somebody works ("strategists at Goldman Sachs and JPMorgan")."""
        kept: list[InstrumentMention] = []
        at_work = False
        for mention in mentions:
            _, last = wording.governor(sentence.text, sentence.start, mention.start)
            at_work = last == "at" or (at_work and last in ("and", ",", "&"))
            if not at_work:
                kept.append(mention)
        return kept

    def _remembered(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        """The subject of the sentence before; for a bare level, one that the article has seen near that height."""
        ids = tuple(i for i in self.memory.continued(sentence.paragraph) if self.fits(i, quantity))
        if quantity.unit is None and quantity.value:
            ids = tuple(i for i in ids if _goes_on(i, is_near=self.memory.is_near(i, quantity.value)))
            ids = ids or tuple(i for i in self.memory.near(quantity.value) if self.fits(i, quantity))
        if _FUTURES.search(sentence.text, clause.start, quantity.start):  # "December futures settled at"
            ids = tuple(i.removesuffix("-SPOT") for i in ids)
        return Bound(ids=ids, how="remembered") if ids else NOBODY

    def is_subject(self, sentence: Sentence, mention: InstrumentMention) -> bool:
        """Whether a mention can be what its clause is about."""
        if _is_analyst(sentence, mention) or mention.noun == "source":
            return False
        if _owns_a_figure(sentence, mention):
            return True
        clause = sentence.clause_at(mention.start)
        _, last = wording.governor(sentence.text, clause.start, mention.start)
        if last in ("and", "or", ",", "&"):  # "at Goldman and JPMorgan": the second has the first one's role
            earlier = within(sentence.mentions, clause.start, mention.start)
            fronted = (
                last == "," and bool(earlier) and _FRONTED.fullmatch(sentence.text, sentence.start, earlier[-1].start)
            )
            if fronted:  # "Outside the Dow, Dollar General": the comma ends what stands before the sentence
                return True
            if earlier and wording.only(sentence.text, earlier[-1].end, mention.start, "conjoining", "modifiers"):
                return self.is_subject(sentence, earlier[-1])
        expected = last == "for" and _TO_DO.match(sentence.text, mention.end)
        if last in grammar.words("prepositions") and not expected and not self._governed(sentence, mention):
            return False
        owner = _POSSESSIVE.match(sentence.text, mention.end, min(sentence.end, mention.end + 30))
        noun = owner.group("noun") if owner else None
        dummy = _DUMMY.match(sentence.text, sentence.start) or _ITS_TURN.search(
            sentence.text, max(clause.start, mention.start - 8), mention.start
        )
        if noun is not None and last in _COPULAS and not dummy:
            return False  # "Verizon was the Dow's biggest decliner"
        if noun is None or noun.lower() in grammar.words("owned") or noun[0].isdigit():
            return True
        if noun.lower() in grammar.words("reports") and all(i.startswith("indicator:") for i in self.ids_of(mention)):
            return True  # "ADP's tally showed"
        return owner is not None and _has_moved(sentence, owner.start("noun"))

    @staticmethod
    def _governed(sentence: Sentence, mention: InstrumentMention) -> bool:
        """ "shares of", "a decline in", "that on": a noun of price or movement, or what stands for it, comes before."""
        before, last = wording.governor(sentence.text, sentence.start, mention.start)
        nouns = before in grammar.words("price_nouns") or before in grammar.words("move_nouns") or before in _FOR_A_NOUN
        return last in ("of", "in", "for", "on", "by") and nouns


@cache
def _rating() -> re.Pattern[str]:
    """ "...'s analysts have cut their target": a verb of rating, then what is rated, in one clause."""
    verbs = "|".join(sorted(grammar.words("rating_verbs"), key=len, reverse=True))
    things = "|".join(sorted(grammar.words("rated_things"), key=len, reverse=True))
    between = r"(?:\s(?:Securities|Research|analysts?|strategists?|has|had|have|also|then|on \w{3,6}day))*+"
    return re.compile(rf"(?:[’']s?)?{between}\s(?:{verbs})\b[^.;]{{0,60}}?\b(?:{things})\b(?! (?:range|rate))")


def _owns_a_figure(sentence: Sentence, mention: InstrumentMention) -> bool:
    """ "followed by Nvidia's 39%", "behind the S&P 500's 13.3 percent gain", not "the S&P 500's 11 sectors"."""
    owned = _OWNS_A_FIGURE.match(sentence.text, mention.end)
    figures = within(sentence.quantities, mention.end, owned.end()) if owned else ()
    priced = any(is_priced(candidate) for candidate in mention.candidates)
    return priced and any(quantity.unit is not None for quantity in figures)


def _is_compared(sentence: Sentence, mention: InstrumentMention, quantity: Quantity) -> bool:
    """ "Shanghai, which opened after the S&P 500's 2.5% loss, fell 3.4%": the second is not the name's."""
    owns = _OWNS.match(sentence.text, mention.end, sentence.end)
    figures = within(sentence.quantities, owns.end(), owns.end() + 1) if owns else ()
    if not figures or figures[0].start == quantity.start:
        return False
    return wording.governor(sentence.text, sentence.start, mention.start)[1] in _COMPARING


def _are_joined(sentence: Sentence, first: InstrumentMention, second: InstrumentMention) -> bool:
    """ "the Dow and the S&P 500"; in "S&P Latin America", "Boeing rival Airbus" the first is no subject of its own."""
    between = wording.tokens(sentence.text, first.end, second.start)
    joined = not _JOINTS.isdisjoint(between)
    return joined and wording.only(sentence.text, first.end, second.start, "conjoining", "modifiers")


def _is_analyst(sentence: Sentence, mention: InstrumentMention) -> bool:
    """ "UBS cut its target on ITV to 165p": who rates a share is not the one that is rated."""
    return bool(_rating().match(sentence.text, mention.end, sentence.end))


def _has_moved(sentence: Sentence, at: int) -> bool:
    """ "Oracle's shares fell 2% and Cerner's rose", "the Dow's recovered": what follows the "'s" is a verb."""
    return any(cue.layer == "movement" and not cue.noun for cue in within(sentence.cues, at, at + 1))


def is_priced(identifier: str) -> bool:
    return identifier.split(":", 1)[0] in PRICED


def _goes_on(identifier: str, *, is_near: bool | None) -> bool:
    """Whether a bare number may be of what was spoken of last: a price near its last one, a count of people."""
    return is_near is not False if is_priced(identifier) else statistics.counts_people(identifier)
