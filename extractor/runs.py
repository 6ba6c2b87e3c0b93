"""The staircase: which stage comes after which, for one article and for many.

Every article is read, annotated, searched for claims, stored and checked on its own. What goes wrong with one
is a `Failure` of that one, and the others go on: here, and nowhere else, any exception is caught.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from extractor.domain.annotation import InstrumentMention
from extractor.domain.article import Article
from extractor.domain.claim import Claim
from extractor.domain.errors import SourceError, StoreError, TapecheckError, unforeseen
from extractor.domain.ports import Market
from extractor.domain.sentiment import Relevance, SentimentModel, Tone
from extractor.domain.verdict import Verdict
from extractor.ingest import Page, Source, SourceFailure
from extractor.report.records import Line

if TYPE_CHECKING:
    from extractor.store.repository import Repository
    from extractor.store.rows import Instrument

BATCH = 16  # articles annotated together
AHEAD, AHEAD_BYTES = BATCH, 16_000_000  # what is announced to the reader before it is asked for: pages, and their size

Stage = Literal["read", "extract", "store", "check"]
Check = Callable[[Sequence[Claim], Market], Sequence[Verdict]]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An article with its claims and what the tape says of each."""

    article: Article
    lines: tuple[Line, ...]


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


@dataclass(kw_only=True)
class Counts:
    """How a batch came out, article by article."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    copies: int = 0  # of those that were read, of whatever is stored
    claims: int = 0
    scored: int = 0  # sentences toward an instrument
    checked: int = 0
    ratings: dict[str, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        return self.new + self.updated + self.unchanged

    def as_row(self) -> Mapping[str, int]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "ratings"} | self.ratings


def extract(sources: Sequence[str], extraction: Extraction) -> Iterator[Reading | Failure]:
    """Readings and failures, roughly in the order of the sources (failures of reading come first in a batch)."""
    yield from _annotated(_articles(sources, extraction, load=True), extraction)


def check(
    article: Article, claims: Sequence[Claim], tape: Market, checker: Check, *, as_of: date | None = None
) -> Checked | Failure:
    """Verdicts by what could be known at the end of the article's own day, or of `as_of`.

    A wrap is written after the close it reports, so that day counts whole. Where nothing else was asked, what is
    known now is looked up too, and kept where it says something else. An article without a date has only a now.
    """

    return guarded(article.source, "check", _check, article, claims, tape, checker, as_of)


def run(
    sources: Sequence[str],
    repository: Repository,
    extraction: Extraction,
    *,
    version: str,
    tape: Market | None = None,
    checker: Check | None = None,
    arguments: Mapping[str, Any] | None = None,
    progress: Callable[[str | Failure], None] = lambda event: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Counts:
    """The batch. Each article is stored before the next is begun, so that an interrupted run loses nothing done.

    An article that is stored already, and was read by this very version, is not read again; it is checked again,
    for the tape may have grown. `progress` gets each article's name as it is done with, and each failure.
    stopped: asked after each article; once it says yes, the batch ends as if there were no more.
    """
    counts = Counts()
    run_id = repository.start_run("run", version, arguments or {})
    repository.sign_stored()
    read: set[str] = set()
    for outcome in _stored(sources, repository, extraction, counts, run_id):
        if not isinstance(outcome, Failure):
            read.add(outcome.id)
        if not isinstance(outcome, Failure) and tape is not None and checker is not None:
            outcome = _verified(repository, outcome, tape, checker, counts, run_id)
        if isinstance(outcome, Failure):
            counts.failed += 1
            repository.save_failure(outcome.source, outcome.stage, outcome.reason, run_id=run_id)
            progress(outcome)
        else:
            progress(outcome.name)
        if stopped():
            break
    counts.copies = repository.copy_count(read)
    repository.finish_run(run_id, counts.as_row())
    return counts


def verify_stored(
    repository: Repository, tape: Market, checker: Check, *, version: str, as_of: date | None = None
) -> Iterator[Checked | Failure]:
    """Checks every current article of a database and stores the verdicts."""
    run_id = repository.start_run("verify", version, {"as_of": as_of})
    tape.prefetch(repository.subjects())
    counts = Counts()
    for article in repository.articles():
        claims = repository.claims(article.id)
        outcome = check(article, claims, tape, checker, as_of=as_of)
        counts.claims += len(claims)
        if isinstance(outcome, Failure):
            counts.failed += 1
            repository.save_failure(outcome.source, outcome.stage, outcome.reason, run_id=run_id)
        else:
            counts.unchanged += 1
            _keep(repository, outcome, counts, run_id, given=as_of is not None)
        yield outcome
    repository.finish_run(run_id, counts.as_row())


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


def _articles(sources: Sequence[str], extraction: Extraction, *, load: bool = False) -> Iterator[Article | Failure]:
    """load: the language pipeline will be needed, so it may load while the first page is read elsewhere."""
    for page, elsewhere in _announced(_pages(sources, extraction), extraction):
        if elsewhere and load:
            _ = extraction.pipeline
        article = page if isinstance(page, Failure) else guarded(str(page), "read", extraction.read, page)
        if article is not None:
            yield article


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


def _annotated(articles: Iterable[Article | Failure], extraction: Extraction) -> Iterator[Reading | Failure]:
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


def _docs(articles: Sequence[Article], pipeline: Pipeline) -> dict[str, Any]:
    """By article id, annotated together; empty where one of them broke the batch: then each is tried alone."""
    docs = guarded("batch", "extract", lambda: list(pipeline.annotate([article.readable for article in articles])))
    return {} if isinstance(docs, Failure) else {article.id: doc for article, doc in zip(articles, docs, strict=True)}


def _read(article: Article, doc: Any, pipeline: Pipeline) -> Reading:
    if doc is None:
        doc = next(iter(pipeline.annotate([article.readable])))
    return pipeline.find(doc, article)


def _stored(
    sources: Sequence[str], repository: Repository, extraction: Extraction, counts: Counts, run_id: int
) -> Iterator[Article | Failure]:
    """Articles as they are safely in the database. Those that were there already come before the rest of a batch."""
    articles = _articles(sources, extraction)
    while batch := list(islice(articles, BATCH)):
        waiting: list[Article] = []
        for each in batch:
            if isinstance(each, Failure):
                yield each
                continue
            extracted_by = guarded(each.source, "store", repository.extracted_by, each)
            if extracted_by == extraction.version:
                counts.unchanged += 1
                counts.claims += repository.claim_count(each.id)
                counts.scored += repository.tone_count(each.id)
                yield each
            else:
                waiting.append(each)
        for reading in _annotated(waiting, extraction):
            if isinstance(reading, Failure):
                yield reading
            else:
                yield guarded(reading.article.source, "store", _save, reading, repository, extraction, counts, run_id)


def _save(reading: Reading, repository: Repository, extraction: Extraction, counts: Counts, run_id: int) -> Article:
    named = {claim.subject.id for claim in reading.claims}
    named |= {mention.candidates[0] for mention in reading.mentions if len(mention.candidates) == 1}
    named |= {tone.subject for tone in reading.tones} | {each.subject for each in reading.relevance}
    saved = repository.save_article(
        reading.article,
        reading.mentions,
        reading.claims,
        tones=reading.tones,
        relevance=reading.relevance,
        model=extraction.sentiment,
        instruments=extraction.instruments(named),
        extractor=extraction.version,
        run_id=run_id,
    )
    setattr(counts, saved, getattr(counts, saved) + 1)
    counts.claims += len(reading.claims)
    counts.scored += len(reading.tones)
    return reading.article


def _verified(
    repository: Repository, article: Article, tape: Market, checker: Check, counts: Counts, run_id: int
) -> Article | Failure:
    outcome = check(article, repository.claims(article.id), tape, checker)
    if isinstance(outcome, Failure):
        return outcome
    _keep(repository, outcome, counts, run_id, given=False)
    return article


def _keep(repository: Repository, checked: Checked, counts: Counts, run_id: int, *, given: bool) -> None:
    """Stores the verdicts of an article; what is known now only where it differs."""
    verdicts = [line.verdict for line in checked.lines if line.verdict]
    repository.save_verdicts(verdicts, vantage="given" if given else "publication", run_id=run_id)
    if not given:
        repository.save_verdicts([line.verdict_now for line in checked.lines if line.verdict_now], vantage="now")
        same = [line.claim.id for line in checked.lines if line.verdict_now is None]
        repository.drop_verdicts(same, vantage="now")
    counts.checked += sum(verdict.rating.rests_on_evidence for verdict in verdicts)
    for verdict in verdicts:
        counts.ratings[str(verdict.rating)] = counts.ratings.get(str(verdict.rating), 0) + 1


def _check(article: Article, claims: Sequence[Claim], tape: Market, checker: Check, as_of: date | None) -> Checked:
    known = as_of or article.published_on
    verdicts = {verdict.claim_id: verdict for verdict in checker(claims, tape.known_on(known))}
    now: dict[str, Verdict] = {}
    if as_of is None and known is not None:
        now = {verdict.claim_id: verdict for verdict in checker(claims, tape.known_on(None))}
    lines = [
        Line(claim=claim, verdict=verdict, verdict_now=_if_other(verdict, now.get(claim.id)))
        for claim in claims
        if (verdict := verdicts.get(claim.id)) is not None
    ]
    return Checked(article=article, lines=tuple(lines))


def _if_other(verdict: Verdict, now: Verdict | None) -> Verdict | None:
    """What is known now, where a reader would be told something else by it."""
    if now is None:
        return None
    same = (verdict.rating, verdict.actual, verdict.correction) == (now.rating, now.actual, now.correction)
    return None if same else now
