"""Parts of the market in a text ("small caps"), as mentions of the index that gauges them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from extractor.annotate.letters import small
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.gauges import Gauge, load_gauges

# "small-cap", "small cap", and the hyphens that do not break.
_GAP = r"[-\u2010\u2011\s]"


def find(text: str, *, exclude: Sequence[InstrumentMention] = ()) -> tuple[InstrumentMention, ...]:
    """Mentions by place, overlapping neither one another nor those of `exclude`, which are sorted by place."""
    pattern, ids = _compiled(load_gauges())
    return tuple(
        InstrumentMention(
            start=match.start(),
            end=match.end(),
            text=text[match.start() : match.end()],
            form=MentionForm.NAME,
            candidates=(ids[match.lastgroup or ""],),
        )
        for match in pattern.finditer(small(text))
        if not _overlaps(exclude, match.start(), match.end())
    )


def _overlaps(mentions: Sequence[InstrumentMention], start: int, end: int) -> bool:
    """Whether one of them shares a character with [start, end): the last that begins before its end does, or none."""
    position = bisect_left(mentions, end, key=lambda mention: mention.start) - 1
    return position >= 0 and mentions[position].end > start


@cache
def _compiled(gauges: Sequence[Gauge]) -> tuple[re.Pattern[str], dict[str, str]]:
    ids = {f"g{number}": gauge.id for number, gauge in enumerate(gauges)}
    parts = []
    for name, gauge in zip(ids, gauges, strict=True):
        words = "|".join(_words(each) for each in sorted(gauge.words, key=len, reverse=True))
        after = "|".join(map(re.escape, gauge.not_before))
        unless = rf"(?!{_GAP}(?:{after})\b)" if after else ""
        parts.append(rf"(?P<{name}>(?:{words})\b{unless})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})"), ids


def _words(phrase: str) -> str:
    return _GAP.join(map(re.escape, re.split(r"[- ]", phrase)))
