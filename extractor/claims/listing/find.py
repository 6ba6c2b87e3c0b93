"""Companies printed with ticker and exchange, each once: "Alamo Group Inc. (NYSE: ALG)"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from extractor.claims.making import of_words
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.domain.article import Article
from extractor.domain.claim import (
    Claim,
    DateSource,
    Kind,
    Period,
    Subject,
)
from extractor.rules.instruments import InstrumentBook

RULE = "listing.exchange"


def find(
    mentions: Iterable[InstrumentMention],
    article: Article,
    book: InstrumentBook,
    sentence_at: Callable[[int], tuple[int, int]],
) -> Iterator[Claim]:
    """One claim a listed company, at its first mention with name and ticker; the exchange is kept as printed.

    sentence_at: start and end of the sentence that holds an offset.
    """
    seen: set[str] = set()
    for mention in mentions:
        if mention.form is not MentionForm.LISTING or not mention.candidates or mention.mic is None:
            continue
        subject = _subject(mention, article, book)
        if subject.id in seen:
            continue
        seen.add(subject.id)
        start, end = sentence_at(mention.start)
        yield of_words(
            article,
            mention.start,
            mention.end,
            subject,
            sentence=article.text[start:end].strip(),
            kind=Kind.LISTING,
            metric=None,
            rule=RULE,
            period=_period(article),
            confidence=0.99,
        )


def _subject(mention: InstrumentMention, article: Article, book: InstrumentBook) -> Subject:
    """As printed: the first candidate of a qualified mention carries the exchange the text names."""
    printed = mention.candidates[0]
    return book.subject(printed, on=article.published_on, name=mention.name)


def _period(article: Article) -> Period | None:
    if article.published_on is None:
        return None
    return Period(start=article.published_on, end=article.published_on, text=None, source=DateSource.IMPLIED)
