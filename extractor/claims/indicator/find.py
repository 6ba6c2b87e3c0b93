"""Figures of economic prints: "a loss of 32,000 jobs", "CPI rose 0.3% in September", "down from 3.176 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.claims import target
from extractor.claims.figures import MEASURED_AGAINST, Figure
from extractor.claims.indicator.check import REVISED, SUPERSEDED
from extractor.claims.indicator.expected import clears, is_expected
from extractor.claims.indicator.meant import meant
from extractor.claims.indicator.reading import direction_of, is_revised, metric_of
from extractor.claims.indicator.told import Told
from extractor.claims.making import Making
from extractor.claims.periods import is_ahead
from extractor.domain.claim import Claim, Comparator, Kind, Modality
from extractor.rules import prints
from extractor.rules.statistics import Series, series_of

_DIVIDING = re.compile(rf"[^,;.]{{0,24}}?\b{prints.phrases('dividing')}\b", re.IGNORECASE)
_POINT_LINE = re.compile(r"-point\b|\s(?:mark|line|threshold|level)\b", re.IGNORECASE)
_FIRST = r"(?:first|initially|originally|previously)\s(?:reported|estimated|announced|published|put|stated|printed)"
_FIRST_PUT = re.compile(
    rf"\b{_FIRST}\s(?:at\s|as\s|to be\s|a\s|the\s|gain\s|loss\s|drop\s|of\s){{0,4}}\Z", re.IGNORECASE
)
_FIRST_AFTER = re.compile(
    rf"(?:\s(?:jobs|gain|loss|drop|that was|which was|it|they|had|was|were)){{0,3}}\s{_FIRST}\b", re.IGNORECASE
)
_GROUP = re.compile(  # a part of the population, of the country or of the economy
    r"\b(?:(?i:teen\w*|youth|african american|hispanic|latino|women\W?s?|men\W?s?|veterans?|graduates?|state|county|"
    r"local|federal|government|manufacturing|factory|construction|retail|health\s?care|leisure|temporary|long-term|insured|"
    r"small[- ](?:firm|business)\w*|broader|underlying|continuing)|Black|Asian|White"
    r"|(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|America|Nation|Country)[A-Z][a-z]+[’']s)"
    r"\s\Z"
)
_OFFICIAL = re.compile(r"\b(?:government|Labor Department|Bureau of Labor|BLS|Department of Labor)\b")
_NO_PRINT = re.compile(r"\b(?:stocks?|shares?|yields?|notes?|\d+-year)\b", re.IGNORECASE)


def find(figure: Figure, making: Making, dater: object) -> Iterator[Claim]:
    """`dater` is not asked: prints are dated by what the article's prints have told."""
    if target.is_target(figure):
        yield from target.find(figure, making)
        return
    if _is_dividing_line(figure) or _is_of_something_else(figure):
        return
    for bound in figure.bound.ids:
        identifier = meant(figure, bound)
        series = series_of(identifier)
        beside = making.prints.beside(figure, series)
        forecast = is_expected(figure, beside) or (figure.modality is Modality.FORECAST and not clears(figure))
        revised = is_revised(figure)
        period = making.prints.period(figure, identifier, forecast=forecast, revised=revised)
        forecast = forecast or is_ahead(period, making.article)
        metric = metric_of(figure, series, beside, forecast=forecast)
        direction = direction_of(figure, series, metric, beside)
        told = Told(figure=figure, series=series, metric=metric, direction=direction, forecast=forecast, period=period)
        making.prints.remember(identifier, told)
        exact = forecast and figure.lead in MEASURED_AGAINST and figure.quantity.comparator is Comparator.EQUAL
        superseded = metric == "print" and ((revised and figure.lead == "from") or _is_first_reported(figure))
        claim = making.from_figure(
            figure,
            identifier,
            kind=Kind.INDICATOR,
            metric=metric,
            unit=_unit_of(figure, series, making, identifier),
            rule=SUPERSEDED if superseded else REVISED if revised and metric == "print" else f"indicator.{metric}",
            period=period,
            direction=direction,
            modality=_modality(figure, forecast=forecast),
            sure=not _is_of_a_part(figure),
        )
        yield replace(claim, comparator=Comparator.EQUAL) if exact else claim


def _is_of_a_part(figure: Figure) -> bool:
    """ "Teen unemployment", "manufacturing payrolls", "private payrolls rose 69,000, the government said"."""
    text, mention, start = figure.sentence.text, figure.bound.mention, figure.sentence.start
    if mention is None:
        return False
    if _GROUP.search(text, max(start, mention.start - 24), mention.start) or _GROUP.match(
        text, mention.start, mention.end
    ):
        return True
    opens = max(text.rfind(";", start, figure.quantity.start), start)
    closes = text.find(";", figure.quantity.end, figure.sentence.end)
    part = text[opens : closes if closes >= 0 else figure.sentence.end]
    return figure.bound.ids == ("indicator:US:ADP",) and "ADP" not in part and bool(_OFFICIAL.search(part))


def _is_first_reported(figure: Figure) -> bool:
    """ "payrolls, first reported at 64,000, now stand at 41,000": what a newer figure has replaced."""
    text, quantity = figure.sentence.text, figure.quantity
    before = _FIRST_PUT.search(text, max(figure.sentence.start, quantity.start - 50), quantity.start)
    return bool(before or _FIRST_AFTER.match(text, quantity.end, figure.sentence.end))


def _modality(figure: Figure, *, forecast: bool) -> Modality:
    if figure.modality in (Modality.CONDITIONAL, Modality.NEGATED):
        return figure.modality
    return Modality.FORECAST if forecast else Modality.ASSERTED


def _unit_of(figure: Figure, series: Series, making: Making, identifier: str) -> str | None:
    """A count of people that a series of jobs or claims is told in is that series' own unit."""
    unit = figure.quantity.unit
    if unit in ("persons", "count") and series.unit in ("jobs", "claims"):
        return series.unit
    return unit or making.book.unit_of(identifier)


def _is_of_something_else(figure: Figure) -> bool:
    """Nothing in the sentence names a statistic, and something with a price is spoken of."""
    sentence = figure.sentence
    return figure.bound.how == "remembered" and bool(_NO_PRINT.search(sentence.text, sentence.start, sentence.end))


def _is_dividing_line(figure: Figure) -> bool:
    """ "readings below 50 signal contraction", "below the 50-point mark": the line, not a print."""
    if figure.quantity.value != 50:
        return False
    text, end = figure.sentence.text, figure.quantity.end
    return bool(_DIVIDING.match(text, end) or _POINT_LINE.match(text, end))
