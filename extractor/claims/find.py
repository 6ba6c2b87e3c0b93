"""Every claim of an annotated article. Feeds the sentences, in order, to the finders of the kinds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.annotate import quote_rows
from extractor.claims import clauses, reading, rows, strangers, surveyors
from extractor.claims.amount import auctions, provisions, targets
from extractor.claims.amount import find as amount
from extractor.claims.amount.pumped import Producers
from extractor.claims.amount.tariffs import Tariffs
from extractor.claims.dating import Dater
from extractor.claims.figures import Figure, fits
from extractor.claims.indicator import find as indicator
from extractor.claims.indicator.told import Prints
from extractor.claims.kind import kind_of
from extractor.claims.level import find as level
from extractor.claims.listing import find as listing
from extractor.claims.making import Making
from extractor.claims.memory import Memory
from extractor.claims.move import find as move
from extractor.claims.policy import find as policy
from extractor.claims.quote import find as quote
from extractor.claims.rate import find as rate
from extractor.claims.record import find as record
from extractor.claims.sentence import Sentence, sentences_of
from extractor.claims.subjects import Binder
from extractor.domain.annotation import InstrumentMention, MentionForm, PolicyMention
from extractor.domain.article import Article, Zone
from extractor.domain.claim import Claim, Kind, Period

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractor.rules.instruments import InstrumentBook

_FINDERS: dict[Kind, Callable[[Figure, Making, Dater], Iterator[Claim]]] = {
    Kind.LEVEL: level.find,
    Kind.MOVE: move.find,
    Kind.RATE: rate.find,
    Kind.INDICATOR: indicator.find,
    Kind.AMOUNT: amount.find,
}
# Whose "consumer prices" a paper means that says no country. New York's is the default of undated zones: left out.
_COUNTRIES = {
    "Europe/London": "GB", "Europe/Berlin": "DE", "Europe/Paris": "FR", "Asia/Kolkata": "IN", "Asia/Tokyo": "JP",
    "Asia/Shanghai": "CN", "Asia/Seoul": "KR", "Australia/Sydney": "AU", "America/Toronto": "CA",
}  # fmt: skip
_LONGEST, _MOST_FIGURES = 3_000, 60
_READ = frozenset({Zone.TITLE, Zone.BODY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is read from one article.

    claims: by their place in the text, each once. meant: what each mention in title and body means on the article's
    day, by where it starts: an id, also for "the index" and "the stock", which mean one named before. inverse: where
    the words name the currency that the pair of the id counts in, so that what is good for them is bad for the pair.
    """

    claims: tuple[Claim, ...]
    meant: Mapping[int, str]
    inverse: frozenset[int] = frozenset()


def find_claims(doc: Doc, article: Article, book: InstrumentBook) -> tuple[Claim, ...]:
    """The claims alone."""
    return find(doc, article, book).claims


def find(doc: Doc, article: Article, book: InstrumentBook) -> Findings:
    """`doc` is the annotated `article.text`."""
    seen = strangers.capitalised(article.text)
    prose = [_without_live_quotes(s, article) for s in sentences_of(doc) if _is_prose(s) and _is_read(s, article)]
    sentences = [strangers.introduce(surveyors.leave_out(sentence), seen) for sentence in rows.told(prose)]
    sentences = [clauses.split(sentence) for sentence in sentences]
    names = {i: m.text for s in sentences for m in s.mentions if m.form is MentionForm.STRANGER for i in m.candidates}
    memory = Memory()
    making = Making(article=article, book=book, prints=Prints(article), names=names)
    making.prints.foresee(sentences)
    dater = Dater(article=article, memory=memory)
    binder = Binder(
        book=book, on=article.published_on, memory=memory, fits=fits, country=_COUNTRIES.get(article.timezone)
    )
    binder.policy_rate = _first_rate(sentences, book)
    tariffs, producers = Tariffs(), Producers()
    found: list[Claim] = []
    meant: dict[int, str] = {}
    for sentence in sentences:
        meant |= _meant(sentence, binder)
        dater.begin(sentence)
        tariffs.hear(sentence)
        found += _of_sentence(sentence, binder, making, dater, book, tariffs, producers)
        dater.finish(sentence)
    found += _of_article(doc, article, book, sentences, dater)
    named = (mention for sentence in sentences for mention in sentence.mentions if mention.start in meant)
    inverse = frozenset(each.start for each in named if book.is_inverse(each, meant[each.start]))
    return Findings(claims=_unique(found), meant=meant, inverse=inverse)


def _meant(sentence: Sentence, binder: Binder) -> dict[int, str]:
    """What the mentions of a sentence mean, before it is read. "The stock" means one of the sentence itself first."""
    found: dict[int, str] = {}
    for mention in sentence.mentions:
        if mention.form is MentionForm.STRANGER:
            continue
        pointing = mention.form is MentionForm.GENERIC and not mention.candidates
        here = [each for each in found.values() if pointing and binder.memory.could_mean(mention.noun, each)]
        binder.paragraph = sentence.paragraph
        ids = tuple(here[-1:]) or binder.ids_of(mention)
        if ids:
            found[mention.start] = ids[0]
    return found


def _is_read(sentence: Sentence, article: Article) -> bool:
    """Whether a sentence is the article's: of title or body, though a live quote may stand before its first word."""
    zone = article.zone_at(sentence.start)
    if zone is not Zone.QUOTES:
        return zone in _READ
    span = next(span for span in article.zones if span.start <= sentence.start < span.end)
    return "\n" not in article.text[span.start : span.end] and article.zone_at(min(span.end, sentence.end - 1)) in _READ


def _without_live_quotes(sentence: Sentence, article: Article) -> Sentence:
    """The sentence without the figures of the moment that its page put into it."""
    own = tuple(each for each in sentence.quantities if article.zone_at(each.start) is not Zone.QUOTES)
    return sentence if len(own) == len(sentence.quantities) else replace(sentence, quantities=own)


def _is_prose(sentence: Sentence) -> bool:
    """Longer "sentences" are tables or garbage without a full stop, and binding in them would be guessing."""
    return sentence.end - sentence.start <= _LONGEST and len(sentence.quantities) <= _MOST_FIGURES


def _of_sentence(
    sentence: Sentence,
    binder: Binder,
    making: Making,
    dater: Dater,
    book: InstrumentBook,
    tariffs: Tariffs,
    producers: Producers,
) -> Iterator[Claim]:
    """Claims of the figures, the superlatives and the strong words of one sentence."""
    rate = _policy_rate(sentence, binder, book)
    spoken_of = binder.memory.policy  # "this package" means one named before the sentence
    figures = reading.read(sentence, binder, book, rate)
    for figure in figures:
        levied = tariffs.owners(figure)
        if levied:
            yield from (provisions.find(figure, each, "rate", making) for each in levied)
            continue
        owned = provisions.owner(sentence, figure.quantity, spoken_of) or targets.owner(sentence, figure.quantity, rate)
        owned = owned or (None if figure.bound.ids else provisions.of_subject(sentence, figure.quantity))
        if owned:
            yield provisions.find(figure, *owned, making)
            continue
        others = list(producers.find(figure, making)) or list(auctions.find(figure, making))
        if others:
            yield from others
            continue
        kind = kind_of(figure)
        if kind in (Kind.LEVEL, Kind.MOVE) and book.has_no_price(figure.bound.ids[0]):
            continue  # what the Fed cuts by half a point is no price of the Fed
        if kind is not None:
            yield from _FINDERS[kind](figure, making, dater)
    yield from record.find(sentence, figures, binder, making, dater, book, rate)
    yield from move.find_wordless(sentence, binder, making, dater)


def _policy_rate(sentence: Sentence, binder: Binder, book: InstrumentBook) -> str | None:
    """The policy rate the sentence is about: named, or set by an authority it names, else the last spoken of."""
    for mention in sentence.mentions:
        for identifier in binder.ids_of(mention):
            rate = identifier if identifier.startswith("rate:") else book.policy_rate(identifier)
            if rate:
                return rate
    for subject in reversed(binder.memory.recent):
        rate = subject if subject.startswith("rate:") else book.policy_rate(subject)
        if rate:
            return rate
    return binder.policy_rate


def _first_rate(sentences: Sequence[Sentence], book: InstrumentBook) -> str | None:
    """The policy rate of the first central bank the article names, for what comes before it."""
    candidates = (m.candidates[0] for sentence in sentences for m in sentence.mentions if m.candidates)
    return next((rate for each in candidates if (rate := book.policy_rate(each))), None)


def _of_article(
    doc: Doc, article: Article, book: InstrumentBook, sentences: Sequence[Sentence], dater: Dater
) -> Iterator[Claim]:
    """Claims that stand once in an article (listings, policies), and the rows of its quotes tables."""
    starts = [sentence.start for sentence in sentences]

    def sentence_at(offset: int) -> tuple[int, int]:
        position = bisect_right(starts, offset) - 1
        return (sentences[position].start, sentences[position].end) if position >= 0 else (offset, offset)

    def date_for(offset: int) -> Period | None:
        position = bisect_right(starts, offset) - 1
        sentence = sentences[max(position, 0)]
        return dater.named(sentence, sentence.clause_at(offset), offset)

    def is_read(value: InstrumentMention | PolicyMention) -> bool:
        return article.zone_at(value.start) in _READ

    yield from listing.find([m for m in doc._.instruments if is_read(m)], article, book, sentence_at)
    if sentences:
        yield from policy.find([m for m in doc._.policies if is_read(m)], article, date_for, sentence_at)
    yield from quote.find(quote_rows.find(article.text, article.zones), article, book)


def _unique(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Sorted by place; of two with one id the surer stays."""
    best: dict[str, Claim] = {}
    for claim in claims:
        kept = best.get(claim.id)
        if kept is None or claim.confidence > kept.confidence:
            best[claim.id] = claim
    return tuple(sorted(best.values(), key=lambda claim: (claim.start, claim.end, claim.kind, claim.subject.id)))
