"""Superlatives: "record closing high", "six-year high", "third consecutive cut", "first since March"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from extractor.domain.annotation import RecordMention
from extractor.domain.claim import Direction
from extractor.rules.cues import load_cues

# One character for one character, so that offsets stay: patterns are written with plain spaces.
_BLANKS = str.maketrans(dict.fromkeys("\t\xa0\u2009\u202f", " "))
# A line that breaks off inside a sentence: the next one goes on in small letters or with a figure.
_WRAP = re.compile(r"(?<![.!?:;\n\r])\r?\n(?=[a-z0-9])")
_AGAIN = re.compile(r"(?: for (?:the )?[\w&. ]{2,24}?)?,? and (since ([\w ,.’'-]{3,24}?))(?= for )", re.IGNORECASE)
_PART = re.compile(r"\{([a-z_]{2,20})\}")

# A sentence without any of these has no superlative: most sentences end here.
_TRIGGER = re.compile(
    r"record|all-time|historic|est\b|est-ever|worst|since|first|second|third|straight|consecutive|successive|streak"
    r"|[ -](?:highs?|lows?|peaks?|tops?|troughs?|bottoms?)\b|down days|up days|in a row|running|on the (?:trot|bounce)"
    r"|seen|visited|of (?:the|this) year|this year|the (?:most|least)|most expensive|in as many"
    r"|\d(?:st|nd|rd|th)\b|\bhigh was\b"
    r"|th (?:\w+ ){1,4}in\b|(?:week|month|dai)ly "
    r"|for an? \w{4,12} |for the \w{4,12} |(?:day|session|week|month) of |[ -](?:streak|run|stretch|string|skid)\b"
    r"|(?:winning|losing) (?:days|sessions|weeks|months)"
    r"|(?:snap|end|break|broke|halt|extend|stretch|cap)\w* (?:an?|its|their|the)\b",
    re.IGNORECASE,
)


class _Rule(NamedTuple):
    metric: str
    direction: Direction | None
    pattern: re.Pattern[str]
    strip: re.Pattern[str] | None


def _whole(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with every `{name}` filled in; parts may name other parts."""
    while _PART.search(pattern):
        pattern = _PART.sub(lambda found: parts[found[1]], pattern)
    return pattern


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
            _compile(_whole(rule.pattern, load_cues().record_part)),
            re.compile(rule.strip, re.IGNORECASE) if rule.strip else None,
        )
        for rule in load_cues().record
    )


def find(text: str) -> tuple[RecordMention, ...]:
    """Superlatives sorted by start, not overlapping; the longer of two wins, at equal length the earlier rule."""
    if not _TRIGGER.search(text):
        return ()
    flat = _WRAP.sub(lambda wrap: " " * len(wrap.group()), text.translate(_BLANKS))
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
                    unit=_unit(groups.get("unit")),
                    since=groups.get("since"),
                    since_start=match.start("since") if groups.get("since") else None,
                    hedge=(groups.get("hedge") or "").strip() or None,
                )
            )
    kept = _longest(found)
    return tuple(sorted((*kept, *_again(text, flat, kept)), key=lambda m: m.start))


def _again(text: str, flat: str, found: Sequence[RecordMention]) -> Iterator[RecordMention]:
    """ "the best day since May for the Dow and since June for the Nasdaq": said once, meant twice."""
    for mention in found:
        more = _AGAIN.match(flat, mention.end, mention.end + 90) if mention.since else None
        if more:
            start, end = more.start(1), more.end()
            yield replace(mention, start=start, end=end, text=text[start:end], since=more[2], since_start=more.start(2))


def _unit(words: str | None) -> str | None:
    """ "trading days" is "day"."""
    return words.split()[-1].lower().replace("ies", "y").rstrip("s") if words else None


def _longest(found: list[RecordMention]) -> tuple[RecordMention, ...]:
    kept: list[RecordMention] = []  # by start, and never overlapping, so that only two neighbours can be in the way
    for mention in sorted(found, key=lambda m: m.start - m.end):
        at = bisect_left(kept, mention.start, key=lambda m: m.start)
        free_before = at == 0 or kept[at - 1].end <= mention.start
        if free_before and (at == len(kept) or mention.end <= kept[at].start):
            kept.insert(at, mention)
    return tuple(kept)
