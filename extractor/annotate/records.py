"""Superlatives: "record closing high", "six-year high", "third consecutive cut", "first since March"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractor.domain.annotation import RecordMention
from extractor.domain.claim import Direction
from extractor.rules.cues import load_cues

# One blank for one blank, so that offsets stay: patterns are written with plain spaces.
_BLANKS = str.maketrans(dict.fromkeys("\n\r\t\xa0\u2009\u202f", " "))

# A sentence without any of these has no superlative: most sentences end here.
_TRIGGER = re.compile(
    r"record|all-time|highest|lowest|best|biggest|largest|worst|strongest|weakest|sharpest|steepest|since|first"
    r"|second|third|straight|consecutive|successive|streak|[ -](?:highs?|lows?|peaks?|trough)\b"
    r"|down days|up days|in a row|of the year|this year",
    re.IGNORECASE,
)


class _Rule(NamedTuple):
    metric: str
    direction: Direction | None
    pattern: re.Pattern[str]
    strip: re.Pattern[str] | None


def _compile(pattern: str) -> re.Pattern[str]:
    """A space outside brackets stands for up to four blanks: news text is careless with them."""
    parts: list[str] = []
    in_class = False
    for index, char in enumerate(pattern):
        if char in "[]" and pattern[index - 1 : index] != "\\":
            in_class = char == "["
        parts.append(" {1,4}" if char == " " and not in_class else char)
    return re.compile(rf"(?<![\w-])(?:{''.join(parts)})(?![\w])", re.IGNORECASE)


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            rule.metric,
            None if rule.direction == "from_sentence" else rule.direction,
            _compile(rule.pattern),
            re.compile(rule.strip, re.IGNORECASE) if rule.strip else None,
        )
        for rule in load_cues().record
    )


def find(text: str) -> tuple[RecordMention, ...]:
    """Superlatives sorted by start, not overlapping; the longer of two wins, at equal length the earlier rule."""
    if not _TRIGGER.search(text):
        return ()
    flat = text.translate(_BLANKS)
    found: list[RecordMention] = []
    for rule in _rules():
        for match in rule.pattern.finditer(flat):
            start = match.start()
            if rule.strip and (lead := rule.strip.match(match.group())):
                start += lead.end()
            groups = match.groupdict()
            found.append(
                RecordMention(
                    start=start,
                    end=match.end(),
                    text=text[start : match.end()],
                    metric=rule.metric,
                    direction=rule.direction,
                    number=groups.get("n"),
                    unit=(groups.get("unit") or "").rstrip("s") or None,
                    since=groups.get("since"),
                    since_start=match.start("since") if groups.get("since") else None,
                    hedge=(groups.get("hedge") or "").strip() or None,
                )
            )
    return _longest(found)


def _longest(found: list[RecordMention]) -> tuple[RecordMention, ...]:
    kept: list[RecordMention] = []
    for mention in sorted(found, key=lambda m: m.start - m.end):
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))
