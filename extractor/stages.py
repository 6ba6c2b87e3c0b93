"""From sources to readings: opened, read, annotated, searched for claims, each article on its own.

What goes wrong with one is a `Failure` of that one, and the others go on: here, and nowhere else, any exception is
caught. What is done with the readings stands in runs.py.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from extractor.domain.annotation import InstrumentMention
from extractor.domain.article import Article
from extractor.domain.claim import Claim
from extractor.domain.errors import SourceError, StoreError, TapecheckError, unforeseen
from extractor.domain.sentiment import Relevance, SentimentModel, Tone
from extractor.ingest import Page, Source, SourceFailure

if TYPE_CHECKING:
    from extractor.store.rows import Instrument

BATCH = 16  # articles annotated together
AHEAD, AHEAD_BYTES = BATCH, 16_000_000  # what is announced to the reader before it is asked for: pages, and their size

Stage = Literal["read", "extract", "store", "check"]
Result = TypeVar("Result")
Given = ParamSpec("Given")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What could not be done with one source, in one line."""

    source: str
    stage: Stage
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article with what was read from it. Claims are in reading order and no two have the same id.

    tones: empty where no sentiment model was asked.
    """

    article: Article
    mentions: tuple[InstrumentMention, ...]
    claims: tuple[Claim, ...]
    tones: tuple[Tone, ...] = ()
    relevance: tuple[Relevance, ...] = ()


@dataclass(kw_only=True)
class Extraction:
    """The stages from a source to claims. The language pipeline costs a second, so it is loaded when first needed.

    pages: a source to the bytes of its articles. read: a page to its article, None where it was not asked for.
    annotate: texts to docs, in order. find: a doc and its article to what is read from it.
    expect: told of each page some time before `read` is; says whether it is read elsewhere meanwhile.
    version: changes whenever the same text could give other claims or another sentiment.
    sentiment: the model that is asked, None where none is.
    """

    discover: Callable[[Sequence[str]], Iterator[Source | SourceFailure]]
    pages: Callable[[Source], Iterator[Page | SourceFailure]]
    read: Callable[[Page], Article | None]
    load: Callable[[], Pipeline]
    version: str
    expect: Callable[[Page], bool] = lambda page: False
    instruments: Callable[[Iterable[str]], Iterable[Instrument]] = lambda ids: ()
    sentiment: SentimentModel | None = None

    @cached_property
    def pipeline(self) -> Pipeline:
        return self.load()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The loaded language pipeline and the finders behind it.

    annotate: texts to docs, in order. find: a doc and its article to what is read from it.
    """

    annotate: Callable[[Sequence[str]], Iterable[Any]]
    find: Callable[[Any, Article], Reading]


def extract(sources: Sequence[str], extraction: Extraction) -> Iterator[Reading | Failure]:
    """Readings and failures, roughly in the order of the sources (failures of reading come first in a batch)."""
    yield from annotated(articles(sources, extraction, load=True), extraction)


def articles(sources: Sequence[str], extraction: Extraction, *, load: bool = False) -> Iterator[Article | Failure]:
    """The articles of sources in their order.

    load: the language pipeline will be needed, so it may load while the first page is read elsewhere.
    """
    for page, elsewhere in _announced(_pages(sources, extraction), extraction):
        if elsewhere and load:
            _ = extraction.pipeline
        article = page if isinstance(page, Failure) else guarded(str(page), "read", extraction.read, page)
        if article is not None:
            yield article


def annotated(articles: Iterable[Article | Failure], extraction: Extraction) -> Iterator[Reading | Failure]:
    articles = iter(articles)
    while batch := list(islice(articles, BATCH)):
        readable = [each for each in batch if isinstance(each, Article)]
        yield from (each for each in batch if isinstance(each, Failure))
        if not readable:
            continue
        pipeline = extraction.pipeline  # a pipeline that does not load ends the batch here, with one error for all
        docs = _docs(readable, pipeline)
        for article in readable:
            yield guarded(article.source, "extract", _read, article, docs.get(article.id), pipeline)


def guarded(
    source: str, stage: Stage, work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
) -> Result | Failure:
    """The boundary around one article. A database that fails is no article's fault and ends the batch."""
    try:
        return work(*args, **kwargs)
    except StoreError:
        raise
    except SourceError as error:
        return Failure(source=error.source, stage=stage, reason=error.reason)
    except TapecheckError as error:
        return Failure(source=source, stage=stage, reason=str(error))
    except Exception as error:  # one article must not end the batch
        reason = unforeseen(error)
        logger.debug("%s: %s", source, reason, exc_info=error)
        return Failure(source=source, stage=stage, reason=reason)


def _announced(pages: Iterable[Page | Failure], extraction: Extraction) -> Iterator[tuple[Page | Failure, bool]]:
    """The pages in their order, and whether each is being read elsewhere: a few of those behind it are by then, too."""
    waiting: deque[tuple[Page | Failure, bool]] = deque()
    size = 0
    for page in pages:
        waiting.append((page, isinstance(page, Page) and extraction.expect(page)))
        size += _size(page)
        while len(waiting) > AHEAD or (size > AHEAD_BYTES and len(waiting) > 1):
            size -= _size(waiting[0][0])
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def _size(page: Page | Failure) -> int:
    return len(page.data) if isinstance(page, Page) else 0


def _pages(sources: Sequence[str], extraction: Extraction) -> Iterator[Page | Failure]:
    for found in extraction.discover(sources):
        for page in [found] if isinstance(found, SourceFailure) else _opened(found, extraction):
            yield (
                Failure(source=page.source, stage="read", reason=page.reason)
                if isinstance(page, SourceFailure)
                else page
            )


def _opened(source: Source, extraction: Extraction) -> Iterator[Page | SourceFailure | Failure]:
    """The pages of a source, one at a time; what breaks on the way ends this source and no other."""
    pages = extraction.pages(source)
    while (page := guarded(str(source), "read", next, pages, None)) is not None:
        yield page
        if isinstance(page, Failure):
            return


def _docs(articles: Sequence[Article], pipeline: Pipeline) -> dict[str, Any]:
    """By article id, annotated together; empty where one of them broke the batch: then each is tried alone."""
    docs = guarded("batch", "extract", lambda: list(pipeline.annotate([article.readable for article in articles])))
    return {} if isinstance(docs, Failure) else {article.id: doc for article, doc in zip(articles, docs, strict=True)}


def _read(article: Article, doc: Any, pipeline: Pipeline) -> Reading:
    if doc is None:
        doc = next(iter(pipeline.annotate([article.readable])))
    return pipeline.find(doc, article)
