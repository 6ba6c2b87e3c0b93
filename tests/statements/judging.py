"""Reads statements by the real pipeline, rates them against the tape, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from extractor.claims.check import check_article
from extractor.domain.article import Article
from extractor.domain.claim import Claim, DateSource
from extractor.verify.market import TapeMarket
from tests.statements.generator import Statement

Extract = Callable[[Article], tuple[Claim, ...]]


@dataclass(slots=True)
class Tally:
    """Statements by kind or corruption: all, read rightly, rated rightly. `wrong` keeps those rated wrongly."""

    all: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    accused: list[str] = field(default_factory=list)  # true ones that were contradicted, however they were read
    unread: list[str] = field(default_factory=list)
    kinds: dict[str, list[int]] = field(default_factory=dict)  # of true ones: written, read rightly, rated rightly

    @property
    def share(self) -> float:
        """Of those read rightly, the share that is rated rightly."""
        return sum(self.right.values()) / max(1, sum(self.read.values()))


def judge(statements: Iterable[Statement], extract: Extract, tape: TapeMarket) -> Tally:
    tally = Tally()
    for statement in statements:
        key = statement.corruption or "true"
        tally.all[key] += 1
        kind = tally.kinds.setdefault(statement.kind, [0, 0, 0]) if statement.corruption is None else [0, 0, 0]
        kind[0] += 1
        article = Article(name="s.txt", source="s", text=statement.text, published_on=statement.published)
        claims = extract(article)
        ratings = {v.claim_id: v for v in check_article(claims, tape.known_on(statement.published))}
        if statement.corruption is None:
            tally.accused += [statement.text for v in ratings.values() if v.rating == "contradicted"]
        claim = next((each for each in claims if _is_read(statement, each)), None)
        if claim is None:
            tally.unread.append(f"{key}, {statement.kind}: {statement.text}")
            continue
        tally.read[key] += 1
        kind[1] += 1
        verdict = ratings[claim.id]
        if verdict.rating in statement.right:
            tally.right[key] += 1
            kind[2] += 1
        else:
            tally.wrong.append(f"{key}: {statement.text} -> {verdict.rating} ({verdict.reason}): {verdict.explanation}")
    return tally


def _is_read(statement: Statement, claim: Claim) -> bool:
    """Whether a claim says what the statement says: the figure, the instrument, the measure and the day."""
    same = statement.quote in claim.quote or claim.quote in statement.quote
    if not same or claim.subject.id != statement.instrument or claim.metric != statement.metric or claim.date is None:
        return False
    dated = claim.date.source is not DateSource.IMPLIED or "day" not in statement.text
    return claim.date.end == statement.on and dated
