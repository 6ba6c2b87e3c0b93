"""The compiled rules, and the dates they find in a text before neighbours are put together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from functools import cache

from extractor.annotate.letters import small
from extractor.annotate.periods.slots import any_of, slots, translate
from extractor.domain.annotation import DateExpression, DateForm
from extractor.rules.periods import PeriodRules, Rule, load

Span = tuple[int, int]
Found = tuple[int, int, int, Rule, "re.Match[str]"]

# No pattern reaches further than this from the word that makes it possible.
_REACH = 56
# Slots, and the kinds of trigger word that stand in what they catch.
_KINDS = {
    "<month": {"month"},
    "<m>": {"month"},
    "<weekday": {"weekday"},
    "<season": {"season"},
    "<unit>": {"unit", "day"},
    "<unit": {"unit"},
    "<todate": {"unit"},
    "<ord": {"unit"},
    "<year": {"year"},
    "<y>": {"year"},
    "<yy>": {"word"},
    "<q>": {"word", "unit"},
    "<h>": {"word"},
    "<dd>": {"figure", "year"},
    "<hour": {"figure", "year"},
}
_DECISIVE = ("<month", "<weekday", "<season", "<hour", "<dd>", "<ord", "<q>", "<h>")
_TO_DATE = {"ytd": "year", "qtd": "quarter", "mtd": "month", "wtd": "week"}


@dataclass(frozen=True, slots=True)
class Grammar:
    """rules: each with its pattern and the kinds of trigger one of which every match holds."""

    trigger: re.Pattern[str]
    rules: tuple[tuple[Rule, re.Pattern[str], frozenset[str]], ...]
    not_dates: tuple[re.Pattern[str], ...]
    words: dict[str, dict[str, int]]
    anchors: dict[str, str]
    units: dict[str, str]

    def candidates(self, text: str) -> list[DateExpression]:
        """Dates read one by one, sorted and not overlapping: the longest reading of any words wins."""
        places = self._places(text)
        if not places:
            return []
        stretches: dict[frozenset[str], list[Span]] = {}

        def matches(pattern: re.Pattern[str], kinds: frozenset[str]) -> Iterator[re.Match[str]]:
            if kinds not in stretches:
                stretches[kinds] = _stretches(sorted(at for kind in kinds for at in places.get(kind, ())))
            return _matches(pattern, text, stretches[kinds])

        found: list[Found] = []
        for number, (rule, pattern, kinds) in enumerate(self.rules):
            group = "date" if "date" in pattern.groupindex else 0
            found += ((*match.span(group), number, rule, match) for match in matches(pattern, kinds))
        kept = _longest(found)
        around = _stretches((start, end) for start, end, *_ in kept)
        excluded = sorted(match.span() for pattern in self.not_dates for match in _matches(pattern, text, around))
        return [
            date
            for start, end, _, rule, match in _without(kept, excluded)
            if (date := self._read(text, start, end, rule, match)) is not None
        ]

    def _places(self, text: str) -> dict[str, list[Span]]:
        """Where words and figures stand that can be part of a date, by kind."""
        places: dict[str, list[Span]] = {}
        lowered = small(text)
        for match in self.trigger.finditer(lowered):
            if not lowered[match.start() - 1 : match.start()].isalnum():
                places.setdefault(match.lastgroup or "word", []).append(match.span())
        return places

    def _read(self, text: str, start: int, end: int, rule: Rule, match: re.Match[str]) -> DateExpression | None:
        got = {name.split("__")[0]: value for name, value in match.groupdict().items() if value is not None}
        month = self.words["month"].get(got.get("month", "").lower().rstrip("."), rule.month)
        if "mm" in got:
            month = int(got["mm"])
        number = rule.number
        for name in ("ordinal", "number", "season"):
            if name in got:
                number = self.words[name][_plain(got[name])]
        number = int(got.get("number_at") or got.get("digits") or number or 0) or None
        unit = _plain(got["unit"]) if "unit" in got else rule.unit
        anchor = self.anchors[_plain(got["anchor"])] if "anchor" in got else rule.anchor
        year = int(got["year"]) if "year" in got else _century(got.get("yy"))
        day = int(got["day"]) if "day" in got else rule.day
        date = DateExpression(
            start=start,
            end=end,
            text=text[start:end],
            form=rule.form,
            year=year,
            month=month,
            day=day,
            number=number,
            unit=self.units.get(_TO_DATE.get(unit, unit)) if unit else None,
            anchor=anchor,
            weekday=self.words["weekday"].get(got.get("weekday", "").lower().rstrip(".")),
            opens=rule.opens,
            part=rule.part,
            clock=_clock(got),
        )
        if "year2" in got:
            at = match.start("year2")
            return replace(
                date,
                last=replace(
                    date,
                    start=at,
                    end=match.end("year2"),
                    text=got["year2"],
                    form=DateForm.YEAR,
                    year=int(got["year2"]),
                ),
                first=replace(date, end=start + 4, text=got["year"], form=DateForm.YEAR),
            )
        if "day2" not in got:
            return date
        if month is None or day is None or int(got["day2"]) <= day:
            return None
        last = DateExpression(
            start=match.start("day2"),
            end=match.end("day2"),
            text=got["day2"],
            form=DateForm.DAY,
            year=year,
            month=month,
            day=int(got["day2"]),
        )
        return replace(date, last=last)


def _plain(words: str) -> str:
    return re.sub(r"[\s\u2010-\u2014-]+", " ", words.lower()).replace("half year", "half-year")


def _century(digits: str | None) -> int | None:
    """Two printed digits of a year: from 1970 to 2069."""
    if digits is None:
        return None
    return (1900 if int(digits) >= 70 else 2000) + int(digits)


def _clock(got: dict[str, str]) -> time | None:
    if "hour" not in got:
        return None
    hour = int(got["hour"])
    if "ampm" in got:
        hour = hour % 12 + (12 if got["ampm"][0] in "pP" else 0)
    return time(hour, int(got.get("minute", "0")))


def _matches(pattern: re.Pattern[str], text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    for start, end in stretches:
        for match in pattern.finditer(text, start, end):
            # Where a stretch is cut inside a word, the cut looks like the end of the word.
            if match.end() != end or end >= len(text):
                yield match


def _stretches(places: Iterable[Span]) -> list[Span]:
    """The surroundings of places, those that touch made one."""
    out: list[Span] = []
    for start, end in places:
        low, high = max(0, start - _REACH), end + _REACH
        if out and low <= out[-1][1]:
            out[-1] = (out[-1][0], max(high, out[-1][1]))
        else:
            out.append((low, high))
    return out


def _longest(found: list[Found]) -> list[Found]:
    """Of readings that overlap the longest, then the earlier rule; by start."""
    kept: list[Found] = []
    found.sort(key=lambda item: (item[0], item[0] - item[1], item[2]))
    cluster: list[Found] = []
    reach = -1
    for item in found:
        if item[0] >= reach:
            kept += _choose(cluster)
            cluster = []
        cluster.append(item)
        reach = max(reach, item[1])
    return kept + _choose(cluster)


def _choose(cluster: list[Found]) -> list[Found]:
    if len(cluster) < 2:
        return cluster
    starts: list[int] = []
    ends: list[int] = []
    chosen: list[Found] = []
    for item in sorted(cluster, key=lambda item: (item[0] - item[1], item[2], item[0])):
        at = bisect_right(starts, item[0])
        if (at == 0 or ends[at - 1] <= item[0]) and (at == len(starts) or starts[at] >= item[1]):
            starts.insert(at, item[0])
            ends.insert(at, item[1])
            chosen.append(item)
    return sorted(chosen, key=lambda item: item[0])


def _without(found: Iterable[Found], excluded: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """What does not overlap an excluded span; both sorted by start."""
    at = 0
    reach = 0
    for item in found:
        while at < len(excluded) and excluded[at][0] < item[1]:
            reach = max(reach, excluded[at][1])
            at += 1
        if reach <= item[0]:
            yield item


def _kinds(pattern: str) -> frozenset[str]:
    """The kinds of trigger, one of which every match of a pattern holds."""
    kinds: set[str] = set()
    for alternative in _alternatives(pattern):
        decisive = [mark for mark in _DECISIVE if mark in alternative]
        marks = decisive if decisive and ">|<" not in alternative else [m for m in _KINDS if m in alternative]
        kinds.update(*(_KINDS[mark] for mark in marks))
        if not marks:
            kinds |= {"word", "day", "unit"}
    return frozenset(kinds)


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the bars that stand in no bracket."""
    depth, parts = 0, [""]
    for char in pattern:
        depth += (char in "([{") - (char in ")]}")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _trigger(rules: PeriodRules) -> re.Pattern[str]:
    def names(table: Mapping[int, tuple[str, ...]]) -> str:
        return any_of(name.lower() for words in table.values() for name in words) + r"(?![^\W_])"

    kinds = {
        "year": r"(?:1[89]|20)\d\d(?!\d)",
        "month": names(rules.months),
        "weekday": names(rules.weekdays),
        "season": names(rules.seasons),
        "unit": r"(?:half|week|month|quarter|year|decade|ytd|qtd|mtd|wtd)",
        "day": r"(?:day|session|trading)",
        "word": any_of(rules.words.date_words) + r"|q[1-4]|[1-4]q|h[12]|[12]h|fy",
        "figure": r"[0-3]?\d(?=(?:st|nd|rd|th)\b|[/.-][0-3]?\d[/.-]\d|"
        r"(?:[:.]\d\d)?\s{0,2}(?:[ap]\.?m|\(?[a-z]{2,3}\b))",
    }
    # Small letters without a word boundary in front: the engine then skips ahead to the letters triggers begin with.
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


@cache
def grammar() -> Grammar:
    """The rules that ship, compiled once."""
    rules = load()
    named = slots(rules)

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{translate(pattern, named)})", re.IGNORECASE)

    def table(of: dict[int, tuple[str, ...]]) -> dict[str, int]:
        return {word.lower(): number for number, words in of.items() for word in words}

    return Grammar(
        trigger=_trigger(rules),
        rules=tuple((rule, compiled(rule.pattern), _kinds(rule.pattern)) for rule in rules.rule),
        not_dates=tuple(compiled(rule.pattern) for rule in rules.not_date),
        words={
            "month": table(rules.months),
            "weekday": table(rules.weekdays),
            "season": table(rules.seasons),
            "ordinal": table(rules.ordinals),
            "number": table(rules.numbers),
        },
        anchors={word.lower(): anchor for anchor, words in rules.anchors.items() for word in words},
        units={word: unit for unit, words in rules.units.items() for word in words},
    )
