"""How much an article is about an instrument, from where, how often and how early it is named.

    relevance = 0.4 * title + 0.3 * early + 0.3 * often

title: 1 where a title zone names it, else 0. early: 1 less the place of its first mention in the body, as a share of
the body's length. often: its mentions in title and body over those of the instrument that has most. So the subject
of the headline that is named first and most has 1, and a name dropped once at the foot of a long text close to 0.

The weights are a convention, not fitted to anything: position, frequency and title are the cues that news analytics
products document for their own relevance scores, and there is no gold to fit them to.
"""

from __future__ import annotations

from collections.abc import Mapping

from extractor.domain.article import Article, Zone
from extractor.domain.claim import PRICED
from extractor.domain.sentiment import Relevance

TITLE, EARLY, OFTEN = 0.4, 0.3, 0.3


def relevance(meant: Mapping[int, str], article: Article) -> tuple[Relevance, ...]:
    """Of every instrument with a price that title or body names, the most relevant first.

    meant: ids by where they stand in the article's text.
    """
    places: dict[str, list[int]] = {}
    for start, subject in sorted(meant.items()):
        priced = subject.partition(":")[0] in PRICED
        if priced and article.zone_at(start) in (Zone.TITLE, Zone.BODY):
            places.setdefault(subject, []).append(start)
    most = max(map(len, places.values()), default=1)
    found = [_of(subject, starts, most, article) for subject, starts in places.items()]
    return tuple(sorted(found, key=lambda each: (-each.value, each.first, each.subject)))


def _of(subject: str, starts: list[int], most: int, article: Article) -> Relevance:
    in_title = any(article.zone_at(start) is Zone.TITLE for start in starts)
    body = next((start for start in starts if article.zone_at(start) is Zone.BODY), None)
    early = 0.0 if body is None else 1 - _place(body, article)
    value = TITLE * in_title + EARLY * early + OFTEN * len(starts) / most
    return Relevance(subject=subject, value=round(value, 4), mentions=len(starts), first=starts[0], in_title=in_title)


def _place(offset: int, article: Article) -> float:
    """Of a place in the body, as a share of it: 0 at its first character."""
    zones = [(span.start, span.end) for span in article.zones if span.zone is Zone.BODY] or [(0, len(article.text))]
    length = sum(end - start for start, end in zones)
    before = sum(min(end, offset) - start for start, end in zones if start < offset)
    return before / length if length else 0.0
