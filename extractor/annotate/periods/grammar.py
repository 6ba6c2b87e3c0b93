"""The compiled rules, and the dates they find in a text before neighbours are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time
from functools import cache

from extractor.annotate.periods.slots import any_of, slots, translate
from extractor.domain.annotation import DateExpression, DateForm
from extractor.rules.periods import PeriodRules, Rule, load

# No pattern reaches further than this from the word that makes it possible.
_REACH = 72
_TO_DATE = {"ytd": "year", "qtd": "quarter", "mtd": "month", "wtd": "week"}


@dataclass(frozen=True, slots=True)
class Grammar:
    trigger: re.Pattern[str]
    rules: tuple[tuple[Rule, re.Pattern[str]], ...]
    not_dates: tuple[re.Pattern[str], ...]
    words: dict[str, dict[str, int]]
    anchors: dict[str, str]
    units: dict[str, str]

    def candidates(self, text: str) -> list[DateExpression]:
        """Dates read one by one, sorted and not overlapping: the longest reading of any words wins."""
        stretches = list(self._stretches(text))
        if not stretches:
            return []
        excluded = sorted(span for pattern in self.not_dates for span in _spans(pattern, text, stretches))
        found: list[tuple[int, int, int, Rule, re.Match[str]]] = []
        for number, (rule, pattern) in enumerate(self.rules):
            for match in _matches(pattern, text, stretches):
                start, end = match.span("date") if "date" in pattern.groupindex else match.span()
                found.append((start, end, number, rule, match))
        kept = _longest(found)
        return [
            date
            for start, end, _, rule, match in _without(kept, excluded)
            if (date := self._read(text, start, end, rule, match)) is not None
        ]

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """The parts of a text that can hold a date: the surroundings of every word that can stand in one."""
        start = end = -1
        for match in self.trigger.finditer(text):
            low, high = max(0, match.start() - _REACH), match.end() + _REACH
            if low <= end:
                end = high
                continue
            if end >= 0:
                yield start, end
            start, end = low, high
        if end >= 0:
            yield start, end

    def _read(self, text: str, start: int, end: int, rule: Rule, match: re.Match[str]) -> DateExpression | None:
        got = {name.split("__")[0]: value for name, value in match.groupdict().items() if value is not None}
        month = self.words["month"].get(got.get("month", "").lower().rstrip("."))
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
        day = int(got["day"]) if "day" in got else None
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


def _spans(pattern: re.Pattern[str], text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _matches(pattern, text, stretches))


Found = tuple[int, int, int, Rule, "re.Match[str]"]


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
    chosen: list[Found] = []
    for item in sorted(cluster, key=lambda item: (item[0] - item[1], item[2], item[0])):
        # Only neighbours can overlap, and a cluster holds a handful.
        if all(item[1] <= other[0] or item[0] >= other[1] for other in chosen):
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


def _trigger(rules: PeriodRules) -> re.Pattern[str]:
    names = [
        name for table in (rules.months, rules.weekdays, rules.seasons) for words in table.values() for name in words
    ]
    units = ["day", "session", "week", "month", "quarter", "half", "year", "decade"]
    others = [
        "yesterday",
        "today",
        "tomorrow",
        "tonight",
        "overnight",
        "ytd",
        "qtd",
        "mtd",
        "wtd",
        "afternoon",
        "morning",
    ]
    others += ["evening", "fiscal", "previous", "prior", "preceding"]
    words = any_of([*names, *units, *others])
    digits = r"(?<!\d)(?:(?:1[89]|20)\d\d(?!\d)|[0-3]?\d[/.-](?=[0-3]?\d[/.-]\d)|[0-2]?\d(?:[:.]\d\d)?\s?(?=[ap]\.?m|[A-Z]{2,4}\b))"
    shorts = r"\b(?:Q[1-4]|[1-4]Q|H[12]|[12]H|FY)"
    return re.compile(rf"\b{words}|{shorts}|{digits}", re.IGNORECASE)


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
        rules=tuple((rule, compiled(rule.pattern)) for rule in rules.rule),
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
