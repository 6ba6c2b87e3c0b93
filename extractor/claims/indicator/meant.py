"""Which statistic of a report a figure is of, where its words say more than the name it is bound to."""

from __future__ import annotations

import re

from extractor.claims.figures import Figure
from extractor.rules import prints
from extractor.rules.statistics import country_of, series_of

_CORE_AFTER = re.compile(rf"[^\d;.]{{0,30}}?\b{prints.phrases('core_after')}", re.IGNORECASE)
_APPLIED = re.compile(
    r"\s(?:(?:people|Americans|workers|individuals)\s)?(?:had\s|have\s)?(?:applied|filed|applying|filing|sought)\b",
    re.IGNORECASE,
)


def meant(figure: Figure, identifier: str) -> str:
    """The id a figure is of: the core of a series, the whole of a part, claims where people applied for benefits."""
    series, country = series_of(identifier), country_of(identifier)
    if series.report in ("EMPLOYMENT", "ADP") and _APPLIED.match(figure.sentence.text, figure.quantity.end):
        return f"indicator:{country}:ICSA"
    if series.core and _CORE_AFTER.match(figure.sentence.text, figure.quantity.end):
        return f"indicator:{country}:{series.core}"
    if series.whole and (figure.bound.how == "remembered" or _named_later(figure)):
        return f"indicator:{country}:{series.whole}"
    return identifier


def _named_later(figure: Figure) -> bool:
    """ "+0.1% on the month; core 3.0%": what is named after a figure's clause is not its own."""
    mention = figure.bound.mention
    return figure.bound.how == "later" and mention is not None and mention.start >= figure.clause.end
