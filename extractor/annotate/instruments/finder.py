"""Every instrument, indicator and organisation a text names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.annotate.instruments.currencies import is_currency, join_pairs, pairs
from extractor.annotate.instruments.generic import generics
from extractor.annotate.instruments.home import at_home
from extractor.annotate.instruments.introduced import companies_beside_shares, corporate_names, local_names, symbols
from extractor.annotate.instruments.listings import bracketed_funds, cashtags, listings
from extractor.annotate.instruments.names import Found, names
from extractor.annotate.instruments.reading import Reading
from extractor.annotate.instruments.sectors import sectors
from extractor.annotate.instruments.select import longest
from extractor.annotate.instruments.statistics import of_countries, parts_of_reports
from extractor.annotate.instruments.voices import spoken_of
from extractor.annotate.instruments.yields import yields
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.domain.claim import SubjectType
from extractor.rules.instruments import InstrumentBook

_LIST_GAP = re.compile(r"(?:['’]s)?(?:\s\([^()\n]{1,30}\))?(?:,|,? and| &|,? or|;)\s?(?:and\s)?")


class InstrumentFinder:
    """Finds mentions in a whole article: a name introduced once is known to its end. Keeps nothing between texts."""

    def __init__(self, book: InstrumentBook) -> None:
        self._book = book

    def find(self, text: str) -> tuple[InstrumentMention, ...]:
        """Mentions sorted by place, without overlap; where two overlap the longer stays."""
        book = self._book
        reading = Reading(text)
        tickers = [*listings(reading, book), *cashtags(reading, book)]
        listed = [mention for mention in tickers if mention.form is MentionForm.LISTING]
        trees = (book.tree(reading.words()), local_names(listed, book, text))
        found = _in_reports(reading, list(names(reading, book, trees)))
        known = _known_symbols(tickers, found)
        tickers += symbols(reading, book, known)
        kept = [each.mention for each in _supported(reading, found, tickers)]
        kept += bracketed_funds(reading, book)
        named = [*tickers, *kept, *yields(reading), *pairs(reading), *corporate_names(reading, book)]
        named += companies_beside_shares(reading, book, longest(named))
        named = [*sectors(reading, longest(named)), *named]  # of equal ones the sector by its own name
        mentions = longest([*named, *generics(reading)])
        mentions = tuple(spoken_of(reading, mentions))
        mentions = tuple(at_home(reading, book, mentions))
        mentions = tuple(join_pairs(reading, mentions))
        mentions = tuple(of_countries(reading, book, mentions))
        return tuple(_rates_of_banks(reading, book, mentions))


def _in_reports(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Without the everyday words that are parts of a statistic only inside a report on it."""
    meant = {mention.start: mention for mention in parts_of_reports(reading, [each.mention for each in found])}
    return [
        replace(each, mention=meant[each.mention.start]) if _is_part(each) else each
        for each in found
        if not _is_part(each) or each.mention.start in meant
    ]


def _is_part(found: Found) -> bool:
    return found.mention.noun in ("part", "core")


def _known_symbols(tickers: Iterable[InstrumentMention], found: Iterable[Found]) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for mention in tickers:
        if mention.symbol:
            known.setdefault(mention.symbol, mention.candidates)
    for each in found:
        # "Nvidia (NVDA)": the name carries its symbol in brackets.
        bracket = re.search(r"\(\s?\$?([A-Z]{1,5}(?:\.[A-Z])?)\s?\)$", each.mention.text)
        if bracket:
            known.setdefault(bracket[1], each.mention.candidates)
    return known


def _supported(reading: Reading, found: Sequence[Found], tickers: Iterable[InstrumentMention]) -> list[Found]:
    """Without everyday words that nothing shows to be a company, and units of money that are no currency here."""
    sure = {key for mention in tickers for key in mention.candidates}
    sure.update(key for each in found if not each.weak for key in each.mention.candidates)
    weak = [each.weak and sure.isdisjoint(each.mention.candidates) for each in found]
    # From the left and from the right: in "Orange, Next and Boeing" the last name shows what the others are.
    for places in (range(len(found)), reversed(range(len(found)))):
        for place in places:
            if weak[place] and _listed_beside(reading, found, weak, place):
                weak[place] = False
    return [
        each
        for place, each in enumerate(found)
        if not weak[place] and (each.alias.type is not SubjectType.CURRENCY or is_currency(reading, each))
    ]


def _listed_beside(reading: Reading, found: Sequence[Found], weak: Sequence[bool], place: int) -> bool:
    """Whether a name stands in a list with another company: "Walmart, Target and Costco"."""
    for other in (place - 1, place + 1):
        if not 0 <= other < len(found) or weak[other] or found[other].alias.type is not SubjectType.EQUITY:
            continue
        first, second = sorted((found[place].mention, found[other].mention), key=lambda mention: mention.start)
        if _LIST_GAP.fullmatch(reading.text[first.end : second.start]):
            return True
    return False


def _rates_of_banks(
    reading: Reading, book: InstrumentBook, mentions: Sequence[InstrumentMention]
) -> Iterable[InstrumentMention]:
    """ "Its key rate" is that of the central bank named last before, or else next in the sentence."""
    banks = [(m.start, rate) for m in mentions if m.candidates and (rate := book.policy_rate(m.candidates[0]))]
    starts = [start for start, _ in banks]
    for mention in mentions:
        if mention.noun != "policy" or not banks:
            yield mention
            continue
        place = bisect_left(starts, mention.start)
        if place:
            rate = banks[place - 1][1]
        elif starts[place] < reading.sentence_end(mention.start):
            rate = banks[place][1]
        else:
            rate = mention.candidates[0]
        yield replace(mention, candidates=tuple(dict.fromkeys((rate, *mention.candidates))))
