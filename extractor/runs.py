"""The staircase: what is done with the readings of articles, for one and for many.

Every article is stored and checked on its own, as it was read on its own (stages.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from extractor.domain.article import Article
from extractor.domain.claim import Claim
from extractor.domain.ports import Market
from extractor.domain.verdict import Verdict
from extractor.report.records import Line
from extractor.stages import BATCH, Extraction, Failure, Reading, annotated, articles, guarded

if TYPE_CHECKING:
    from extractor.store.repository import Repository

Check = Callable[[Sequence[Claim], Market], Sequence[Verdict]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An article with its claims and what the tape says of each."""

    article: Article
    lines: tuple[Line, ...]


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


def _stored(
    sources: Sequence[str], repository: Repository, extraction: Extraction, counts: Counts, run_id: int
) -> Iterator[Article | Failure]:
    """Articles as they are safely in the database. Those that were there already come before the rest of a batch."""
    found = articles(sources, extraction)
    while batch := list(islice(found, BATCH)):
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
        for reading in annotated(waiting, extraction):
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
