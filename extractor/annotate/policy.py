"""Named policies in a text: one scan for cue words, then a topic's patterns only around its own cues."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.annotate.letters import small
from extractor.domain.annotation import PolicyMention
from extractor.rules.policy import Topic, Topics

_GAP = r"(?:[^\S\r\n]{1,3}|[^\S\r\n]{0,2}\r?\n[^\S\r\n]{0,8})"
_DASH = rf"(?:[-\u2010\u2011\u2012\u2013\u2014]|{_GAP})"
_APOSTROPHE = "['\u2019\u2018\u02bc]"
# How far a pattern reaches from its cue, and how far the sentence around a mention is read.
_REACH = 90
_SENTENCE = 300
_OPENING = re.compile(r"\s?\(")
_SENTENCE_BREAK = re.compile(r"(?<=[a-z0-9)\u201d\"%][.!?])\s+(?=[\"\u201c(]?[A-Z])|\n\s*\n|\n")


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Compiled:
    topic: Topic
    names: re.Pattern[str]
    acronyms: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    lacks: re.Pattern[str] | None


class PolicyFinder:
    """Finds the mentions of a set of topics."""

    def __init__(self, topics: Topics) -> None:
        self._topics = tuple(_compile(topic) for topic in topics.topic)
        by_cue: dict[str, list[int]] = {}
        for number, topic in enumerate(topics.topic):
            for cue in (*topic.cues, *topic.acronyms):
                by_cue.setdefault(cue.lower(), []).append(number)
        self._by_cue = by_cue
        cues = "|".join(re.escape(cue) for cue in sorted(by_cue, key=len, reverse=True))
        # Small letters without a word boundary in front: the engine then skips ahead to the letters cues begin with.
        self._cue = re.compile(cues)
        # Cues that begin another cue are hidden by it: "qe" by "qe3".
        self._within = {cue: [other for other in by_cue if cue.startswith(other)] for cue in by_cue}
        self._events = _compile_events(topics.events)

    def find(self, text: str) -> tuple[PolicyMention, ...]:
        """Mentions sorted by place, not overlapping: the longest reading of any words, then the earlier topic."""
        stretches = self._stretches(text)
        if not stretches:
            return ()
        breaks = [match.end() for match in _SENTENCE_BREAK.finditer(text)]
        found: list[tuple[int, int, int]] = []
        for number in sorted(stretches):
            found += ((start, end, number) for start, end in self._of_topic(text, number, stretches[number], breaks))
        return tuple(self._mention(text, *item) for item in _longest(found))

    def _stretches(self, text: str) -> dict[int, list[tuple[int, int]]]:
        """The surroundings of each topic's cues, those that touch made one."""
        out: dict[int, list[tuple[int, int]]] = {}
        lowered = small(text)
        for match in self._cue.finditer(lowered):
            if lowered[match.start() - 1 : match.start()].isalnum():
                continue
            low, high = max(0, match.start() - _REACH), match.end() + _REACH
            for cue in self._within[match.group()]:
                for number in self._by_cue[cue]:
                    known = out.setdefault(number, [])
                    if known and low <= known[-1][1]:
                        known[-1] = (known[-1][0], max(high, known[-1][1]))
                    else:
                        known.append((low, high))
        return out

    def _of_topic(self, text: str, number: int, stretches: Sequence[Span], breaks: Sequence[int]) -> Iterator[Span]:
        compiled = self._topics[number]
        if compiled.anywhere and not compiled.anywhere.search(text):
            return
        named = False
        spans: list[Span] = []
        for low, high in stretches:
            names = [_with_acronym(text, match, compiled) for match in compiled.names.finditer(text, low, high)]
            named = named or bool(names)
            spans += names
            if compiled.acronyms and (named or not compiled.topic.acronym_after_name):
                spans += (match.span() for match in compiled.acronyms.finditer(text, low, high))
        if not spans:
            return
        needed = [match.start() for match in compiled.needs.finditer(text)] if compiled.needs else None
        barred = [match.start() for match in compiled.lacks.finditer(text)] if compiled.lacks else []
        for start, end in spans:
            low, high = _sentence_around(breaks, start, end)
            if (needed is None or _any_within(needed, low, high)) and not _any_within(barred, low, high):
                yield start, end

    def _mention(self, text: str, start: int, end: int, number: int) -> PolicyMention:
        topic = self._topics[number].topic
        return PolicyMention(
            start=start,
            end=end,
            text=text[start:end],
            topic=topic.id,
            name=topic.name,
            rule=f"policy.{topic.kind}",
            event=self._event(text, start, end),
        )

    def _event(self, text: str, start: int, end: int) -> str | None:
        """The event the words right beside a mention name; the nearer side first is the one before it."""
        before, after = self._events
        match = before.search(text[max(0, start - 48) : start]) or after.match(text, end, end + 40)
        return match.lastgroup if match else None


_TO_WRITE = re.compile(r"\[[^\]]*\]|\\.|\(\?[-:]|[ '-]")


def _written(pattern: str) -> str:
    """A pattern of the rules file: spaces, dashes and apostrophes in all their printed forms."""
    forms = {" ": _GAP, "-": _DASH, "'": _APOSTROPHE}
    return _TO_WRITE.sub(lambda found: forms.get(found[0], found[0]), pattern)


def _words(words: Sequence[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?:(?!\w)|(?<=\s))", re.IGNORECASE)


def _compile(topic: Topic) -> _Compiled:
    names = "|".join(_written(pattern) for pattern in topic.patterns)
    acronyms = "|".join(map(re.escape, sorted(topic.acronyms, key=len, reverse=True)))
    return _Compiled(
        topic=topic,
        names=re.compile(rf"(?<![\w-])(?:{names})(?!\w)", re.IGNORECASE),
        acronyms=re.compile(rf"(?<![\w-])(?:{acronyms})(?![\w-])") if acronyms else None,
        needs=_words(topic.needs),
        anywhere=_words(topic.anywhere),
        lacks=_words(topic.lacks),
    )


def _compile_events(events: dict[str, tuple[str, ...]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    def alternatives() -> str:
        groups = []
        for name, phrases in events.items():
            words = "|".join(phrase.replace(" ", _GAP) for phrase in sorted(phrases, key=len, reverse=True))
            groups.append(rf"(?P<{name}>{words})")
        return "|".join(groups)

    article = rf"(?:{_GAP}(?:the|a|an|its|his|their|so{_DASH}called|[\w'\u2019-]{{1,16}}{_APOSTROPHE}s)){{0,2}}"
    before = re.compile(rf"(?<!\w)(?:{alternatives()}){article}{_GAP}\Z", re.IGNORECASE)
    after = re.compile(
        rf"{_GAP}(?:(?:was|were|is|are|has|have|had|been|that|which){_GAP}){{0,2}}(?:{alternatives()})(?!\w)",
        re.IGNORECASE,
    )
    return before, after


def _with_acronym(text: str, match: re.Match[str], compiled: _Compiled) -> tuple[int, int]:
    """The name and the acronym in parentheses behind it."""
    opening = _OPENING.match(text, match.end())
    if opening and compiled.acronyms:
        acronym = compiled.acronyms.match(text, opening.end())
        if acronym and text[acronym.end() : acronym.end() + 1] == ")":
            return match.start(), acronym.end() + 1
    return match.span()


def _sentence_around(breaks: Sequence[int], start: int, end: int) -> Span:
    """Where the sentence of a span begins and ends; a very long one only near the span."""
    at = bisect_right(breaks, start)
    low = max(breaks[at - 1] if at else 0, start - _SENTENCE)
    after = bisect_right(breaks, end)
    return low, min(breaks[after] if after < len(breaks) else end + _SENTENCE, end + _SENTENCE)


def _any_within(places: Sequence[int], low: int, high: int) -> bool:
    at = bisect_left(places, low)
    return at < len(places) and places[at] < high


def _longest(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of spans that overlap the longest, then the earlier topic's; by start."""
    found.sort(key=lambda item: (item[0], -item[1], item[2]))
    kept: list[tuple[int, int, int]] = []
    for item in found:
        if kept and item[0] < kept[-1][1]:
            last = kept[-1]
            if (item[0] - item[1], item[2]) < (last[0] - last[1], last[2]):
                kept[-1] = item
            continue
        kept.append(item)
    return kept
