"""Figures of several articles that cannot all be right."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.domain.claim import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """The same figure, claimed differently. claims: of at least two articles, by value; each of them disagrees with at
    least one of the others. Which of them is right only the tape can say."""

    claims: tuple[Claim, ...]

    def __post_init__(self) -> None:
        if len({claim.article_id for claim in self.claims}) < 2:
            raise ValueError("a conflict is one of several articles")
