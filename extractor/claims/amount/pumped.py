"""Oil pumped, or not: "Russia pumped 11.2 million bpd", "OPEC+ will hold back 1.2 million barrels a day".

What a statistics office publishes of a country's output is an indicator and is read elsewhere; here stand the figures
of the producers themselves.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from extractor.claims.amount.find import modality_of
from extractor.claims.figures import Figure
from extractor.claims.making import Making
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import Quantity
from extractor.domain.claim import Claim, Direction, Kind, Subject, SubjectType

_GROUP = "opec"
_ABOUT = (
    r"(?: (?:its|their|output|production|supply|supplies|crude|oil|exports?|by|about|around|another|further|an?|"
    r"additional|extra|roughly|nearly|some|as much as|up to|of|more than|the|combined|total)\b)*+ ?\Z"
)
_DAILY = re.compile(
    r"(?: of)?(?: (?:crude|oil|crude oil))? (?:a|per|each) day\b| (?:of )?daily\b| daily\b", re.IGNORECASE
)
_LIMIT = re.compile(
    r"\b(?:target|quota|ceiling|limit|baseline)s?(?: of| at| is| was)?(?: about| around)? ?\Z", re.IGNORECASE
)
_DEMAND = re.compile(
    r"\bdemand\b(?! for (?:its|their)(?: own)? (?:crude|oil)\b)|\b(?:consumption|inventor|stock(?:s|piles)\b)",
    re.IGNORECASE,
)
_SET_AGAINST = re.compile(
    r",? (?:against|versus|compared with|from|above|below|over|to)(?: (?:a|an|its|the))?(?: [\w-]+){0,2}(?: of)? \Z"
)


@dataclass(slots=True)
class Producers:
    """The producers an article speaks of."""

    last: str = ""  # the last one that a figure was told of
    paragraph: int = -2

    def find(self, figure: Figure, making: Making) -> Iterator[Claim]:
        """The claim of a daily rate of barrels that nobody else owns."""
        sentence, quantity = figure.sentence, figure.quantity
        if figure.bound.type == "indicator" or not _is_daily(sentence, quantity):
            return
        before = sentence.text[sentence.start : _begin(quantity)]
        name = self._named(sentence, quantity)
        if not name or _DEMAND.search(before):
            return
        self.last, self.paragraph = name, sentence.paragraph
        metric, direction = _measured(sentence.text[figure.clause.start : _begin(quantity)])
        yield making.from_figure(
            figure,
            "",
            kind=Kind.AMOUNT,
            metric=metric,
            unit="barrels",
            rule=f"amount.{metric}",
            period=None,
            direction=direction,
            modality=modality_of(figure, making),
            subject=_subject(name, changed=direction is not None),
        )

    def _named(self, sentence: Sentence, quantity: Quantity) -> str:
        """The producer named last before a figure, else right behind it, else the one spoken of in the paragraph."""
        names = _names().findall(sentence.text, sentence.start, quantity.start)
        names = names or _names().findall(sentence.text, quantity.end, sentence.end)[:1]
        return names[-1] if names else (self.last if sentence.paragraph - self.paragraph <= 0 else "")


def _is_daily(sentence: Sentence, quantity: Quantity) -> bool:
    """Barrels a day by their own words, or a bare number set against such a figure: "against a target of 9 million"."""
    if quantity.unit == "barrels":
        return quantity.per == "day" or bool(_DAILY.match(sentence.text, quantity.end, quantity.end + 24))
    earlier = [q for q in within(sentence.quantities, sentence.start, quantity.start) if q.unit == "barrels"]
    if quantity.unit is not None or quantity.scale == 1 or not earlier or not _is_daily(sentence, earlier[-1]):
        return False
    gap = sentence.text[earlier[-1].end : _begin(quantity)]
    return bool(_SET_AGAINST.search(gap)) and len(gap) < 60


def _measured(before: str) -> tuple[str, Direction | None]:
    """What the words before a figure make of it: a limit, a change by so much, or the output."""
    if _LIMIT.search(before):
        return "target", None
    if _verbs("cuts").search(before):
        return "output_change", Direction.DOWN
    if _verbs("raises").search(before):
        return "output_change", Direction.UP
    return "output", None


def _subject(name: str, *, changed: bool) -> Subject:
    group = name in _table()["group"]
    if group and changed:
        return Subject(id="policy:OPEC:OUTPUT", type=SubjectType.POLICY, name="OPEC+ output policy")
    slug = _GROUP if group else re.sub(r"[\W_]+", "-", name.lower())
    return Subject(id=f"organization:{slug}", type=SubjectType.ORGANIZATION, name="OPEC" if group else name)


def _begin(quantity: Quantity) -> int:
    return quantity.start if quantity.hedge_start is None else min(quantity.start, quantity.hedge_start)


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_either([*_table()['group'], *_table()['alone']])})(?!\w)")


@cache
def _verbs(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(_table()[name])}){_ABOUT}", re.IGNORECASE)


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _table() -> dict[str, list[str]]:
    source = resources.files("extractor.rules").joinpath("producers.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)
