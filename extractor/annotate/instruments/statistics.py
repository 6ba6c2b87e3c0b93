"""Which country a statistic is of, and what "food", "core" or "restaurants" mean inside a report on one.

A bare name takes the country named last before it in its sentence, one named right after it ("inflation in Turkey"), or
the one its paragraph speaks of last. A central bank speaks for its country, too. The parts of a report are everyday
words: they are statistics only beside a figure, and only where the report itself was named shortly before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention
from extractor.rules import countries
from extractor.rules.instruments import InstrumentBook
from extractor.rules.statistics import series_of

_IN_SENTENCE = 200  # characters between a country and a statistic of one sentence
_IN_PARAGRAPH = 1500
_AFTER = re.compile(r"(?: (?:rate|index|growth|prices))?,? (?:in|across|for|of) (?:the )?")
_NEAR_REPORT = 2500  # characters a report is spoken of after its name
# A part is told of like a subject: it opens its clause, and its figure follows before any name.
_FIGURE_AFTER = {
    "percent": re.compile(r"[^.;\nA-Z$£€¥]{0,70}?(?<![\w,.])[+-]?\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent\b)"),
    "jobs": re.compile(r"[^.;\nA-Z$£€¥]{0,45}?(?<![\w,.])\d{1,3},\d{3}\b(?!,\d)"),
}
_PREDICATE = re.compile(
    r"\s?(?:[,:(—–-]|\d|(?:\w{2,12}ed|\w{3,10}ly|rose|fell|was|were|is|are|up|down|off|had|has|have|did|also|again|grew|"
    r"sank|slid|shrank|lost|shed|cut|led|flat|posted|saw|came|went|by|at|rises?|falls?|gains?|adds?|put|could|should|will|"
    r"would|over|in|on|an?)\b)"
)
_OPENS_CLAUSE = re.compile(
    r"(?:^|[\n.:;,(—–“\"] ?|\b(?:and|while|but|as|with|that|said|the|when|if) )\Z", re.IGNORECASE
)


def parts_of_reports(reading: Reading, mentions: Sequence[InstrumentMention]) -> Iterator[InstrumentMention]:
    """Everything but parts of reports that were not named before them. `mentions` may come in any order."""
    report: InstrumentMention | None = None
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if not is_statistic(mention):
            yield mention
        elif mention.noun in ("part", "core"):
            meant = _part(reading, mention, report)
            if meant is not None:
                yield meant
        else:
            report = mention
            yield mention


def of_countries(
    reading: Reading, book: InstrumentBook, mentions: Sequence[InstrumentMention]
) -> Iterator[InstrumentMention]:
    """Statistics with their country alone; "exports" of no country are none."""
    if not any(is_statistic(mention) for mention in mentions):
        yield from mentions
        return
    banks = [(m.start, country) for m in mentions if (country := _country_of_bank(book, m)) is not None]
    places = _Places(
        reading, sorted({*countries.named(reading.text), *banks}), _main_of([country for _, country in banks])
    )
    for mention in mentions:
        placed = _placed(mention, places) if is_statistic(mention) else mention
        if placed is not None:
            yield placed


def is_statistic(mention: InstrumentMention) -> bool:
    return bool(mention.candidates) and mention.candidates[0].startswith("indicator:")


class _Places:
    """Where a text names countries, or banks that stand for one."""

    def __init__(self, reading: Reading, named: Sequence[tuple[int, str]], main: str | None) -> None:
        self._reading = reading
        self._named = named
        self._starts = [start for start, _ in named]
        self._main = main

    def of(self, mention: InstrumentMention) -> str | None:
        """The country of the sentence, then one named right after, then the paragraph's, then the article's."""
        sentence = max(self._reading.sentence_start(mention.start), mention.start - _IN_SENTENCE)
        place = bisect_left(self._starts, mention.start) - 1
        if place >= 0 and self._starts[place] >= sentence:
            return self._named[place][1]
        after = _AFTER.match(self._reading.text, mention.end)
        if after and place + 1 < len(self._starts) and self._starts[place + 1] == after.end():
            return self._named[place + 1][1]
        line = self._reading.text.rfind("\n", max(0, mention.start - _IN_PARAGRAPH), mention.start) + 1
        floor = max(line, mention.start - _IN_PARAGRAPH)
        if place >= 0 and self._starts[place] >= floor:
            return self._named[place][1]
        return None if mention.noun == "country" else self._main


def _placed(mention: InstrumentMention, places: _Places) -> InstrumentMention | None:
    """The mention of its country alone; as it was where nothing tells, None where a country is needed."""
    country = places.of(mention)
    if country is None:
        return None if mention.noun == "country" else mention
    key = mention.candidates[0].rsplit(":", 1)[-1]
    meant = f"indicator:{country}:{key}"
    if meant not in mention.candidates and len(mention.candidates) == 1:
        return mention  # published by one country alone: "ADP", whatever the paragraph speaks of
    return replace(mention, candidates=(meant,))


def _part(reading: Reading, mention: InstrumentMention, report: InstrumentMention | None) -> InstrumentMention | None:
    """ "Food rose 0.6%" after the CPI, "restaurants added 31,000" after the payrolls, "core" of what was named last."""
    if report is None or mention.start - report.start > _NEAR_REPORT:
        return None
    spoken, own = series_of(report.candidates[0]), series_of(mention.candidates[0])
    opening = _OPENS_CLAUSE.search(reading.text[max(0, mention.start - 12) : mention.start])
    if (
        not opening
        or not _PREDICATE.match(reading.text, mention.end)
        or not _has_figure(reading, mention, own.unit or "percent")
    ):
        return None
    if mention.noun == "core":
        return _core(mention, report)
    return mention if spoken.report == own.report else None


def _core(mention: InstrumentMention, report: InstrumentMention) -> InstrumentMention | None:
    """The core of the report's own series, in the countries that publish the series."""
    spoken = series_of(report.candidates[0])
    key = spoken.core or (spoken.key if spoken.key.startswith("CORE") else None)
    if key is None:
        return None
    places = [identifier.split(":")[1] for identifier in report.candidates]
    return replace(mention, candidates=tuple(f"indicator:{place}:{key}" for place in places), noun=None)


def _has_figure(reading: Reading, mention: InstrumentMention, unit: str) -> bool:
    pattern = _FIGURE_AFTER.get(unit)
    return bool(pattern and pattern.match(reading.text, mention.end))


def _country_of_bank(book: InstrumentBook, mention: InstrumentMention) -> str | None:
    """The country of a central bank, or of its rate."""
    if not mention.candidates or mention.noun == "policy":
        return None
    first = mention.candidates[0]
    rate = first if first.startswith("rate:") else book.policy_rate(first)
    return rate.split(":")[1] if rate else None


def _main_of(banks: Sequence[str]) -> str | None:
    """The country whose central bank an article speaks of most, where it does so more than once in a while."""
    counted = Counter(banks).most_common(1)
    return counted[0][0] if counted and counted[0][1] >= 2 and counted[0][1] * 2 > len(banks) else None
