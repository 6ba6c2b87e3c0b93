"""Which sentence is asked about which target, and the questions put to a model in one go.

A target is an instrument with a price, a part of the market that an index gauges ("small caps"), or, in a sentence
without either, a policy; then the sentence is scored as a whole. An instrument that a sentence names twice is asked
about once, where it is named first. A line without words around its names (a row of prices) is not asked about, nor
a "sentence" so long that it is a table.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from extractor.domain.annotation import InstrumentMention, MentionForm, PolicyMention
from extractor.domain.claim import PRICED
from extractor.domain.ports import ScoresSentiment
from extractor.domain.sentiment import TargetMention

_POINTING = frozenset(
    {"index", "benchmark", "stock", "share", "shares", "company", "yield", "yields", "fund", "currency", "pair"}
    | {"commodity", "crypto"}
)
_LONGEST = 3_000  # characters of a sentence
_MOST_TARGETS = 12  # of a sentence: more is a list
_WORD = re.compile(r"[^\W\d_]{2,}+")
_FEWEST_WORDS = 3

Span = tuple[int, int]


def targets(
    text: str,
    sentences: Sequence[Span],
    mentions: Sequence[InstrumentMention],
    gauges: Sequence[InstrumentMention],
    policies: Sequence[PolicyMention],
) -> tuple[TargetMention, ...]:
    """What is worth scoring, by place. sentences: start and end of each; all are sorted by place.

    gauges: parts of the market, as mentions of their index; where a sentence names the index too, that is asked about.
    """
    named = list(filter(_is_target, mentions))
    found: list[TargetMention] = []
    for start, end in sentences:
        start, end = _stripped(text, start, end)
        inside = _unique([*_within(named, start, end), *_within(gauges, start, end)])
        topics = _within(policies, start, end)
        if not (inside or topics) or not _is_prose(text, start, end) or len(inside) > _MOST_TARGETS:
            continue
        if inside:
            found += [
                _target(mention, start, end, candidates=mention.candidates, noun=mention.noun) for mention in inside
            ]
        else:
            found += [_target(topic, start, end, candidates=(topic.topic,), policy=True) for topic in topics[:1]]
    return tuple(found)


def scored(asked: Sequence[tuple[str, TargetMention]], scorer: ScoresSentiment) -> list[TargetMention]:
    """The targets with their sentiment, in order. asked: each with the text it stands in; of many texts at once."""
    answers = scorer.scores([_question(text, target) for text, target in asked])
    return [replace(target, sentiment=answer) for (_, target), answer in zip(asked, answers, strict=True)]


def _question(text: str, target: TargetMention) -> tuple[str, tuple[int, int] | None]:
    """Line breaks inside a sentence become blanks, one for one."""
    sentence = re.sub(r"\s", " ", text[target.sentence_start : target.sentence_end])
    if target.policy:
        return sentence, None
    return sentence, (target.start - target.sentence_start, target.end - target.sentence_start)


def _is_target(mention: InstrumentMention) -> bool:
    """A company that only says something of others is none, and "the companies" are no single one."""
    if mention.form is MentionForm.STRANGER or mention.noun == "source":
        return False
    if mention.candidates:
        return mention.candidates[0].partition(":")[0] in PRICED
    return mention.form is MentionForm.GENERIC and mention.noun in _POINTING and not mention.text.endswith("companies")


def _unique(mentions: Sequence[InstrumentMention]) -> list[InstrumentMention]:
    """The first mention of each: by what it may mean; of pointing nouns, by the noun. By place."""
    seen: dict[object, InstrumentMention] = {}
    for mention in mentions:
        seen.setdefault(mention.candidates or mention.noun, mention)
    return sorted(seen.values(), key=lambda mention: mention.start)


def _within(values: Sequence[object], start: int, end: int) -> Sequence:  # type: ignore[type-arg]
    low = bisect_left(values, start, key=lambda value: value.start)  # type: ignore[attr-defined]
    high = bisect_left(values, end, key=lambda value: value.start)  # type: ignore[attr-defined]
    return values[low:high]


def _target(
    value: InstrumentMention | PolicyMention,
    start: int,
    end: int,
    *,
    candidates: tuple[str, ...],
    noun: str | None = None,
    policy: bool = False,
) -> TargetMention:
    name = _name(value)
    return TargetMention(
        start=value.start,
        end=min(value.start + len(name), end),
        text=name,
        sentence_start=start,
        sentence_end=end,
        candidates=candidates,
        noun=noun,
        policy=policy,
    )


def _name(value: InstrumentMention | PolicyMention) -> str:
    """The words a reader would point at: of "Nvidia (NASDAQ: NVDA)" the name alone."""
    if isinstance(value, InstrumentMention) and value.form is MentionForm.LISTING:
        return value.text.partition("(")[0].rstrip(" ,") or value.text
    return value.text


def _stripped(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _is_prose(text: str, start: int, end: int) -> bool:
    words = islice(_WORD.finditer(text, start, end), _FEWEST_WORDS)
    return end - start <= _LONGEST and len(list(words)) == _FEWEST_WORDS
