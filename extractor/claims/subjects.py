"""Whose figure is it? Binds a figure to the instruments it speaks of.

The order of the attempts is the method: the subject the clause names before the figure; one it names after it
("a 13% decline in Oracle"); the subject of the clause it continues; what a generic noun or a pronoun points
back to; and, within a paragraph, the subject of the sentence before. Mentions in an oblique role ("in the
S&P 500", "against the dollar") are passed over unless a noun of price or movement governs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from extractor.claims import wording
from extractor.claims.memory import PRICED, Memory
from extractor.claims.sentence import Clause, Sentence, within
from extractor.domain.annotation import InstrumentMention, MentionForm, Quantity
from extractor.rules import grammar

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


@dataclass(slots=True)
class Binder:
    """Binds within one article. `fits` tells whether a subject of a type can own a figure."""

    book: Book
    on: date | None
    memory: Memory
    fits: Callable[[str, Quantity], bool]

    def ids_of(self, mention: InstrumentMention) -> tuple[str, ...]:
        """The one id a mention means, in a tuple; empty where it stays ambiguous or points to nothing."""
        if mention.form is MentionForm.GENERIC:
            found = self.memory.antecedent(mention.noun)
            return (found,) if found else ()
        return self.book.resolve(mention, on=self.on)[:1]

    def bind(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        """The subjects of one figure. Never guesses across paragraphs."""
        for attempt in (self._named_after, self._named_before, self._continued, self._anywhere, self._remembered):
            bound = attempt(sentence, clause, quantity)
            if bound.ids:
                return bound
        return NOBODY

    def _usable(self, mentions: Iterable[InstrumentMention], quantity: Quantity) -> list[InstrumentMention]:
        return [m for m in mentions if any(self.fits(i, quantity) for i in self.ids_of(m))]

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
        subjects = [m for m in before if self.is_subject(sentence, m)]
        if not subjects:
            return NOBODY
        nearest = subjects[-1]
        group = [nearest]
        for mention in reversed(subjects[:-1]):
            if not wording.only(sentence.text, mention.end, group[0].start, "conjoining"):
                break
            group.insert(0, mention)
        ids = tuple(dict.fromkeys(i for mention in group for i in self.ids_of(mention) if self.fits(i, quantity)))
        return Bound(ids=ids, how="before", mention=nearest)

    def _continued(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        """A clause without a subject of its own goes on about the one before ("after falling 0.9% on Friday")."""
        position = sentence.clauses.index(clause)
        for earlier in reversed(sentence.clauses[:position]):
            mentions = self._usable(within(sentence.mentions, earlier.start, earlier.end), quantity)
            subjects = [m for m in mentions if self.is_subject(sentence, m)]
            if clause.opener in ("which", "who", "that") and mentions:
                subjects = mentions[-1:]
            if subjects:
                chosen = subjects[-1] if clause.opener in ("which", "who") else self._main(sentence, earlier, subjects)
                return Bound(ids=self.ids_of(chosen), how="continued", mention=chosen)
        return NOBODY

    def _main(self, sentence: Sentence, clause: Clause, subjects: list[InstrumentMention]) -> InstrumentMention:
        """Of a clause with figures, the subject of the last one; otherwise the first named."""
        figures = within(sentence.quantities, clause.start, clause.end)
        if not figures:
            return subjects[0]
        return next((m for m in reversed(subjects) if m.start < figures[-1].start), subjects[0])

    def _anywhere(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        """A subject named later in the sentence ("Down 0.3% at midday, the Dow ...") or in an oblique role."""
        usable = self._usable(sentence.mentions, quantity)
        later = [m for m in usable if m.start > quantity.end and self.is_subject(sentence, m)]
        if later and clause is sentence.clauses[0]:
            return Bound(ids=self.ids_of(later[0]), how="later", mention=later[0])
        governed = [m for m in usable if m.noun != "city" and self._governed(sentence, m)]
        if governed:
            nearest = min(governed, key=lambda m: abs(m.start - quantity.start))
            return Bound(ids=self.ids_of(nearest), how="governed", mention=nearest)
        oblique = [m for m in usable if clause.start <= m.start < clause.end and m.noun != "city"]
        if len({self.ids_of(m) for m in oblique}) == 1:
            return Bound(ids=self.ids_of(oblique[0]), how="oblique", mention=oblique[0])
        return NOBODY

    def _remembered(self, sentence: Sentence, clause: Clause, quantity: Quantity) -> Bound:
        ids = tuple(i for i in self.memory.continued(sentence.paragraph) if self.fits(i, quantity))
        return Bound(ids=ids, how="remembered") if ids else NOBODY

    def is_subject(self, sentence: Sentence, mention: InstrumentMention) -> bool:
        """Whether a mention can be what its clause is about."""
        _, last = wording.governor(sentence.text, sentence.start, mention.start)
        if last in grammar.words("prepositions") and not self._governed(sentence, mention):
            return False
        owned = _POSSESSIVE.match(sentence.text, mention.end, min(sentence.end, mention.end + 30))
        noun = owned.group("noun") if owned else None
        return noun is None or noun.lower() in grammar.words("owned") or noun[0].isdigit()

    @staticmethod
    def _governed(sentence: Sentence, mention: InstrumentMention) -> bool:
        """ "shares of", "a decline in": a noun of price or movement stands before the preposition."""
        before, last = wording.governor(sentence.text, sentence.start, mention.start)
        nouns = before in grammar.words("price_nouns") or before in grammar.words("move_nouns")
        return last in ("of", "in", "for", "on", "by") and nouns


def is_priced(identifier: str) -> bool:
    return identifier.split(":", 1)[0] in PRICED
