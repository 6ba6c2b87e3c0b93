"""A central bank's inflation target: "the Fed's 2% target", "its 2-3 per cent target band". No print, and no rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.claims.figures import Figure
from extractor.claims.making import Making
from extractor.domain.claim import Claim, Comparator, Kind, Modality

_AFTER = re.compile(
    r"\s(?:annual\s)?(?:inflation\s)?(?:target|goal|objective)\b(?!\s(?:range\sfor|rate))", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\b(?:target|goal|objective)\s(?:(?:of|is|at|was|for inflation of|stands at|remains)\s){1,2}"
    r"(?:about\s|around\s)?\Z",
    re.IGNORECASE,
)
_OF_PRICES = re.compile(r"\b(?:inflation|prices|CPI|PCE|central bank)\b", re.IGNORECASE)
_INFLATION = frozenset({"CPI", "CORECPI", "PCE", "COREPCE"})
_HIGHEST = 10  # percent; no bank aims higher


def is_target(figure: Figure) -> bool:
    """Whether a figure of inflation, or of a bank's rate, is what the bank aims at."""
    identifier, quantity, sentence = figure.bound.ids[0], figure.quantity, figure.sentence
    if quantity.unit != "percent" or quantity.value > _HIGHEST:
        return False
    named = bool(_AFTER.match(sentence.text, quantity.end)) or bool(
        _BEFORE.search(sentence.text, max(sentence.start, quantity.start - 40), quantity.start)
    )
    if not named:
        return False
    return identifier.rsplit(":", 1)[-1] in _INFLATION or bool(_OF_PRICES.search(sentence.words))


def find(figure: Figure, making: Making) -> Iterator[Claim]:
    country = figure.bound.ids[0].split(":")[1]
    name = "FED_INFLATION_TARGET" if country == "US" else "INFLATION_TARGET"
    claim = making.from_figure(
        figure,
        f"policy:{country}:{name}",
        kind=Kind.AMOUNT,
        metric="target",
        unit="percent",
        rule="amount.inflation_target",
        period=None,
        modality=Modality.ASSERTED,
    )
    yield replace(claim, comparator=Comparator.EQUAL) if figure.lead in ("above", "below", "under", "over") else claim
