"""Figures that say where something stands: "closed at 2,531.16", "touched a high of 4.371 percent"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.claims.dating import Dater
from extractor.claims.doubt import is_doubtful_level
from extractor.claims.figures import Figure
from extractor.claims.level.target import is_target
from extractor.claims.making import Making
from extractor.domain.annotation import RecordMention
from extractor.domain.claim import Basis, Claim, Kind, Modality

# "an all-time closing high of 2,590.61", "a record high of 6,900": the superlative says which price.
_BY_RECORD = {"record_close": "close", "record_high": "high", "high_52w": "high", "low_52w": "low", "record_low": "low"}
# "2,491.01 as of yesterday's close", "6,800 at Friday's closing bell", "6,800 was where it closed"
_AS_OF_CLOSE = re.compile(
    r"\s(?:points\s)?(?:(?:as of|at|by)\s(?:the\s|[\w]+[’']s\s)?clos(?:e|ing bell)\b"
    r"|(?:was|is) where\b[^.;,]{0,60}?\b(?:closed|ended|finished|settled)\b)",
    re.IGNORECASE,
)
# "touched $1.2529, its weakest since March": what was touched is the day's low.
_AT_ITS_LOW = re.compile(
    r"(?: [a-z]+){0,2}, (?:its|the|a|their) (?:lowest|weakest|cheapest|worst|(?:[\w-]+ ){0,2}low\b)", re.IGNORECASE
)
_YEAR_AFTER = re.compile(
    r"[ ,]{1,2}(?:(?:a|its|the) )?(?:52[ -]?week"
    r"|(?:over|in|during|for|within) (?:the |its )?(?:(?:past|last|previous) )?(?:52[ -]?week|year\b))",
    re.IGNORECASE,
)
_PLAIN_RECORD = re.compile(r"(?:(?:an?|its|their|the|another)\s)?(?:(?:new|fresh|latest)\s)?record", re.IGNORECASE)
_INTRADAY = re.compile(
    r"\s(?:intraday|overnight|earlier in the (?:day|session)|in (?:early|morning|afternoon|premarket) trading|"
    r"at (?:its|the) (?:session|day['’]s|intraday) (?:high|low|peak)|at one point)\b"
)
_YEAR = re.compile(r"52[ -]?week|yearly|past year", re.IGNORECASE)


def find(figure: Figure, making: Making, dater: Dater) -> Iterator[Claim]:
    metric, cue = metric_of(figure)
    period = dater.of_level(figure)
    if metric == "target":  # for a day to come, where one is named; not the day before, where it stood
        period = dater.projected(figure)
    if metric == "average":  # a survey's week is not the article's day
        period = dater.named(figure.sentence, figure.clause, figure.quantity.start)
    for identifier in figure.bound.ids:
        yield making.from_figure(
            figure,
            identifier,
            kind=Kind.LEVEL,
            metric=metric,
            unit=unit_of(figure, identifier, making),
            rule=f"level.{cue}",
            period=period,
            basis=Basis.INTRADAY
            if metric == "level" and _INTRADAY.match(making.article.text, figure.quantity.end)
            else None,
            modality=Modality.FORECAST if metric == "target" else None,
            sure=not is_doubtful_level(figure, period),
        )


def metric_of(figure: Figure) -> tuple[str, str]:
    """The contract's metric, and the rule that gave it."""
    if is_target(figure):
        return "target", "target"
    if figure.quantity.high is not None and figure.quantity.form != "bid_ask":
        ranged = [
            c
            for c in figure.sentence.layer("level")
            if c.value in ("range", "range_52w") and c.start < figure.quantity.end
        ]
        others = [
            q.end
            for q in figure.sentence.quantities
            if q.end <= figure.quantity.start and q.unit == figure.quantity.unit
        ]
        floor = max([figure.sentence.start, *others])
        yearly = _YEAR.search(figure.sentence.text, floor, figure.quantity.end) or _YEAR_AFTER.match(
            figure.sentence.text, figure.quantity.end, figure.sentence.end
        )
        return ("range_52w" if yearly else "range"), (ranged[-1].rule if ranged else "range")
    if record := _record_before(figure):
        if record.metric == "record_high" and _PLAIN_RECORD.fullmatch(record.text) and not _hit(figure):
            return "level", "record"  # "rose 1.2% to a record 2,590.61": of the close, unless the words say otherwise
        return _BY_RECORD[record.metric], "record"
    if _AS_OF_CLOSE.match(figure.sentence.text, figure.quantity.end, figure.sentence.end):
        return "close", "close"
    if figure.level is None or figure.level.value is None:
        return "level", "plain"
    if figure.level.value in ("range", "range_52w"):
        return "level", "plain"
    if figure.level.value == "high" and _AT_ITS_LOW.match(figure.sentence.text, figure.quantity.end):
        return "low", "low"
    return figure.level.value, figure.level.rule.removeprefix("level.")


def _hit(figure: Figure) -> bool:
    return figure.level is not None and figure.level.value == "high"


def _record_before(figure: Figure) -> RecordMention | None:
    for record in figure.sentence.records:
        gap = figure.sentence.text[record.end : figure.quantity.start]
        if (
            record.metric in _BY_RECORD
            and 0 <= figure.quantity.start - record.end <= 8
            and gap.strip() in ("of", "at", "")
        ):
            return record
    return None


def unit_of(figure: Figure, identifier: str, making: Making) -> str | None:
    """As printed, else the instrument's own: points for an index, its currency for a share."""
    return figure.quantity.unit or making.book.unit_of(identifier)
