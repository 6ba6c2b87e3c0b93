"""The rules of `quantities.toml` as compiled patterns and look-up tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractor.domain.claim import Comparator
from extractor.rules import quantities as rules

# What may stand between the parts of a figure: nothing, blanks, a hyphen, or a line break inside running text
# (a capital on the next line is a table's heading, not a unit).
GAP = r"(?:[ \t\xa0\u2009\u202f]{0,2}|[-‑]|[ \t]?\r?\n[ \t]{0,4}(?=[a-z]))"
SPACE = r"(?:[ \t\xa0\u2009\u202f]{1,2}|[-‑]|[ \t]?\r?\n[ \t]{0,4}(?=[a-z]))"
_END = r"(?![A-Za-z0-9])"


@dataclass(frozen=True, slots=True)
class UnitMeaning:
    """What the words after a number mean. factor: 0.01 for minor units; at_least: counts only from there up."""

    unit: str
    factor: Decimal = Decimal(1)
    money: bool = False
    spun: bool = False
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class NounMeaning:
    unit: str
    time: bool
    singular: bool
    hyphened: bool
    per: str | None


@dataclass(frozen=True, slots=True)
class HedgeMeaning:
    comparator: Comparator
    mark: bool
    during: bool
    level: bool
    not_after: frozenset[str]


def flat(words: str) -> str:
    """The key of a form: lower case, one blank for any gap."""
    return re.sub(r"[\s\-‑]+", " ", words).strip().lower()


def phrase(form: str) -> str:
    """A pattern for a form that lets its blanks be hyphens or line breaks, and ignores case."""
    return SPACE.join("(?i:" + re.escape(word) + ")" for word in form.split())


def either(forms: Iterable[str]) -> str:
    """An alternation of forms, the longest first."""
    return "|".join(phrase(form) for form in sorted(set(forms), key=lambda form: (-len(form), form)))


def _units(book: rules.QuantityRules) -> dict[str, UnitMeaning]:
    table: dict[str, UnitMeaning] = {}
    for unit in book.unit:
        for form in (*unit.forms, *unit.symbols):
            table[flat(form)] = UnitMeaning(unit.unit)
        for form in unit.spun:
            table[flat(form)] = UnitMeaning(unit.unit, spun=True)
    cent = Decimal("0.01")
    for currency in book.currency:
        for form in currency.words:
            table[flat(form)] = UnitMeaning(currency.code, money=True)
        for form in currency.large_words:
            table[flat(form)] = UnitMeaning(currency.code, money=True, at_least=1000)
        for form in currency.minor:
            table[flat(form)] = UnitMeaning(currency.code, factor=cent, money=True)
    return table


def _glued(book: rules.QuantityRules) -> dict[str, UnitMeaning]:
    table = {form: UnitMeaning(unit.unit) for unit in book.unit for form in unit.glued}
    for currency in book.currency:
        for form in currency.minor_glued:
            table[form] = UnitMeaning(currency.code, factor=Decimal("0.01"), money=True)
    return table


def _nouns(book: rules.QuantityRules) -> dict[str, NounMeaning]:
    table: dict[str, NounMeaning] = {}
    for noun in book.noun:
        for form in noun.plural:
            table[flat(form)] = NounMeaning(noun.unit, noun.time, False, True, noun.per)
        for form in noun.singular:
            table[flat(form)] = NounMeaning(noun.unit, noun.time, True, noun.hyphened, noun.per)
    return table


def _hedges(book: rules.QuantityRules) -> dict[str, HedgeMeaning]:
    return {
        form: HedgeMeaning(hedge.comparator, hedge.mark, hedge.during, hedge.level, frozenset(hedge.not_after))
        for hedge in book.hedge
        for form in hedge.before
    }


def _initials(forms: Iterable[str]) -> frozenset[str]:
    """The first letters of forms: a number before any other letter needs no further look."""
    return frozenset(letter for form in forms for letter in (form[0].lower(), form[0].upper()))


class Lexicon:
    """Everything compiled once. Patterns named `*_at` are meant for `match(text, position)`."""

    def __init__(self, book: rules.QuantityRules) -> None:
        self.book = book
        self._compile_scales(book)
        self._compile_units(book)
        self._compile_hedges(book)
        words = book.words
        per = either(words.per)
        self.per_at = re.compile(
            rf"(?:{SPACE}(?:per|an?|for{SPACE}each|for{SPACE}every|to{SPACE}the){SPACE}|[ ]?/[ ]?)"
            rf"(?:(?:{either(words.per_adjectives)}){SPACE}){{0,2}}(?P<per>{per}){_END}"
        )
        self.mark_at = re.compile(rf"{SPACE}(?:{either(words.marks)}){_END}")
        self.ignored_at = re.compile(rf"{GAP}(?:{either(words.ignored_nouns)}){_END}")
        self.multiple_after = re.compile(rf"{SPACE}(?:{either(words.multiple_after)}){_END}")
        self.rate_talk = re.compile(rf"\b(?:{either(words.rate_talk)})\b")
        self.labels = frozenset(words.labels)
        self.range_after = re.compile(rf"{SPACE}(?:(?i:trading){SPACE})?(?i:range|band|corridor){_END}")
        self.range_cues = frozenset(words.range_cues)
        self.range_openers = frozenset(words.range_openers)
        self.movements = frozenset(words.movements)
        self.spun = tuple(form for unit in book.unit if unit.unit == "percent" for form in unit.spun)
        self.unit_initials = _initials((*self.units, *self.glued))
        self.noun_initials = _initials((*self.nouns, *words.modifiers, *words.elliptic, "times", "fold"))
        self.scale_initials = _initials(self.scales)

    def _compile_scales(self, book: rules.QuantityRules) -> None:
        self.scales = {form: s.factor for s in book.scale for form in (*s.words, *s.suffixes, *s.short)}
        self.short_scales = frozenset(form for s in book.scale for form in s.short)
        words = either(form for s in book.scale for form in s.words)
        glued = either(form for s in book.scale for form in s.suffixes)
        short = either(self.short_scales)
        self.scale_at = re.compile(rf"{GAP}(?P<long>{words}|{glued}){_END}|(?P<short>{short})(?![A-Za-z0-9]|-[0-9])")
        self.scale_words = words

    def _compile_units(self, book: rules.QuantityRules) -> None:
        self.units = _units(book)
        self.glued = _glued(book)
        self.nouns = _nouns(book)
        symbols = {form for unit in book.unit for form in unit.symbols}
        signs = "|".join(re.escape(s) for s in sorted(symbols, key=len, reverse=True))
        forms = either(form for form in self.units if form not in {flat(s) for s in symbols})
        self.unit_at = re.compile(rf"[ \xa0\u2009\u202f]?(?P<sign>{signs})|{GAP}(?P<form>{forms}){_END}")
        self.glued_at = re.compile(rf"(?P<glued>{'|'.join(map(re.escape, self.glued))}){_END}")
        codes = "|".join(sorted(currency.code for currency in book.currency))
        self.code_at = re.compile(rf"[ \xa0]?(?P<code>{codes}){_END}(?!/)")
        self.noun_at = re.compile(
            rf"(?P<gap>{GAP})(?:(?:{either(book.words.modifiers)}){SPACE}){{0,4}}(?P<noun>{either(self.nouns)}){_END}"
        )
        self.elliptic_at = re.compile(rf"{SPACE}(?:{either(book.words.elliptic)}){_END}")
        self.prefixes = {form: currency.code for currency in book.currency for form in currency.prefixes}
        self.prefixes |= {currency.code: currency.code for currency in book.currency}
        self.prefix_ends = frozenset(form[-1] for form in self.prefixes)
        self.prefix_before = re.compile(
            rf"(?:{'|'.join(re.escape(form) for form in sorted(self.prefixes, key=len, reverse=True))})[ \xa0]?$"
        )

    def _compile_hedges(self, book: rules.QuantityRules) -> None:
        self.hedges = _hedges(book)
        self.hedge_length = max(form.count(" ") + 1 for form in self.hedges)
        # The words a hedge can end with right before a figure; most figures have none there.
        self.hedge_tails = {form.split()[-1] for form in self.hedges} | {"the", "a", "an", *book.words.mark_adjectives}
        self.hedge_symbols = {symbol: hedge.comparator for hedge in book.hedge for symbol in hedge.symbols}
        after = {form: hedge.comparator for hedge in book.hedge for form in hedge.after}
        self.hedges_after = {flat(form): comparator for form, comparator in after.items()}
        glued = "|".join(re.escape(form) for form in after if form[0] in "-+")
        spaced = either(form for form in after if form[0] not in "-+")
        self.hedge_after = re.compile(rf"(?P<after>(?i:{glued})(?![A-Za-z0-9])|{SPACE}(?P<words>{spaced}){_END})")
        self.mark_adjectives = frozenset(book.words.mark_adjectives)


@cache
def lexicon() -> Lexicon:
    """The compiled rules of the package."""
    return Lexicon(rules.load())
