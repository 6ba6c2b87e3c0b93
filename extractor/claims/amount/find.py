"""Figures of companies and policies: revenue, earnings a share, a package, a provision of a law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.claims import wording
from extractor.claims.dating import Dater
from extractor.claims.figures import Figure, Reading
from extractor.claims.making import Making
from extractor.claims.measures import MULTIPLES, RATIOS
from extractor.claims.multiples import TIMES
from extractor.domain.claim import Claim, Direction, Kind, Modality
from extractor.rules import grammar

_LOSSES = frozenset({"net_loss", "loss"})
_LOSS = re.compile(r"\b(?:loss(?:es)?|lost|loses?)\b", re.IGNORECASE)
# "54 cents a share, 3 cents better than", "seven cents shy of", "missed by a cent": how far from what was expected.
_AGAINST = re.compile(
    r"\s(?:better|more|higher|above|ahead|(?P<short>worse|less|lower|below|short|shy))\b", re.IGNORECASE
)
_BY_YEAR = re.compile(r"(?: (?:a|per) (?:day|year|month|share))? by (?:the (?:end|middle) of )?(?P<year>20\d\d)\b")
_IN_YEAR = re.compile(r"(?:[^,;.()]|\.(?= [a-z])){0,60}? in (?P<year>(?:19|20)\d\d)\b")


def find(figure: Figure, making: Making, dater: Dater) -> Iterator[Claim]:
    metric = metric_of(figure)
    fiscal = dater.fiscal(figure.sentence)
    direction = direction_of(figure, metric)
    for identifier in figure.bound.ids:
        yield making.from_figure(
            figure,
            identifier,
            kind=Kind.AMOUNT,
            metric=metric,
            unit=figure.quantity.unit or ("multiple" if metric in MULTIPLES else making.book.unit_of(identifier)),
            rule=figure.measure.rule if figure.measure else "amount.money",
            period=fiscal,
            direction=direction,
            modality=modality_of(figure, making),
        )


def metric_of(figure: Figure) -> str:
    """The thing's name; a change of it is `<name>_change`, what a result missed or beat a forecast by a surprise."""
    name = figure.measure.value if figure.measure and figure.measure.value else "amount"
    quantity = figure.quantity
    if name in MULTIPLES:
        return name
    if quantity.unit == "multiple" and _is_price_to(figure):
        return f"price_to_{name}"
    if name == "stake" and figure.lead == "by":
        return "stake_change"
    if name in RATIOS:
        return f"{name}_change" if quantity.unit in ("basis_points", "percentage_points") else name
    if quantity.unit in ("percent", "multiple", "basis_points", "percentage_points"):
        return f"{name}_change"
    if name.startswith("eps") and _AGAINST.match(figure.sentence.text, quantity.end, quantity.end + 48):
        return "eps_surprise"
    if name in _LOSSES or name.startswith("eps"):
        return f"{name}_change" if figure.lead == "by" else name
    behind = figure.movement is not None and figure.movement.start >= quantity.end
    changed = figure.reading is Reading.CHANGE and figure.lead not in ("to", "at", "of")
    return f"{name}_change" if changed and figure.movement and not (behind and not figure.movement.noun) else name


def _is_price_to(figure: Figure) -> bool:
    """ "18 times forward earnings", and "16.5", which such a one is set against."""
    quantity = figure.quantity
    bare = quantity.text.replace(".", "").isdigit()
    return bare or bool(TIMES.match(figure.sentence.text, quantity.end, quantity.end + 60))


def direction_of(figure: Figure, metric: str) -> Direction | None:
    """Of a change its way; a loss goes down, whatever it is compared with."""
    around = figure.sentence.text[max(figure.clause.start, figure.quantity.start - 40) : figure.quantity.end + 16]
    if metric.startswith("price_to_"):
        return None
    if metric.endswith("_change"):
        return figure.direction or _margin_way(figure) or _grown(around)
    if metric == "eps_surprise":
        match = _AGAINST.match(figure.sentence.text, figure.quantity.end, figure.quantity.end + 48)
        return Direction.DOWN if match and match.group("short") else Direction.UP
    if metric in _LOSSES or (metric.startswith("eps") and _LOSS.search(around)):
        return Direction.DOWN
    return None


def _margin_way(figure: Figure) -> Direction | None:
    """ "the margin widened 30 basis points": a word of width, which is a direction of margins alone."""
    words = wording.tokens(figure.sentence.text, figure.clause.start, figure.quantity.start)
    for word in reversed(words):
        if word in grammar.words("widens"):
            return Direction.UP
        if word in grammar.words("narrows"):
            return Direction.DOWN
    return None


def _grown(around: str) -> Direction | None:
    return Direction.UP if re.search(r"\bgrowth\b|\bgrowing\b", around, re.IGNORECASE) else None


def modality_of(figure: Figure, making: Making) -> Modality | None:
    """A sum of a year that is over is a fact, and one of a year to come is foreseen; None leaves it to the sentence."""
    if _is_history(figure, making):
        return Modality.ASSERTED
    published, quantity = making.article.published_on, figure.quantity
    ahead = _BY_YEAR.match(figure.sentence.text, quantity.end, min(figure.sentence.end, quantity.end + 50))
    foreseen = ahead and published and int(ahead.group("year")) > published.year
    return Modality.FORECAST if foreseen and figure.modality is Modality.ASSERTED else None


def _is_history(figure: Figure, making: Making) -> bool:
    """A sum of a year that is over, though the sentence looks ahead: "up from $40.9 billion in 2025"."""
    published, quantity = making.article.published_on, figure.quantity
    if figure.modality is Modality.ASSERTED or published is None:
        return False
    year = _IN_YEAR.match(figure.sentence.text, quantity.end, min(figure.sentence.end, quantity.end + 70))
    compared = figure.modality is Modality.CONDITIONAL or figure.lead in ("from", "than", "versus", "against")
    return bool(compared and year and int(year.group("year")) < published.year)
