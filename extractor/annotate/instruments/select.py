"""Of overlapping mentions a listing stays before a name, a name before a generic noun, then the longest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from extractor.domain.annotation import InstrumentMention, MentionForm

_RANK = {
    MentionForm.LISTING: 0,
    MentionForm.TICKER: 1,
    MentionForm.NAME: 1,
    MentionForm.STRANGER: 1,
    MentionForm.GENERIC: 2,
}


def longest(mentions: Iterable[InstrumentMention]) -> tuple[InstrumentMention, ...]:
    """Sorted mentions without overlap: listings first, then names and tickers, then generic nouns; each by length."""
    wanted = sorted(mentions, key=lambda m: (_RANK[m.form], m.start - m.end, m.start))
    starts: list[int] = []
    kept: list[InstrumentMention] = []
    for mention in wanted:
        place = bisect_left(starts, mention.start)
        if place < len(starts) and starts[place] < mention.end:
            continue
        if place and kept[place - 1].end > mention.start:
            continue
        starts.insert(place, mention.start)
        kept.insert(place, mention)
    return tuple(kept)
