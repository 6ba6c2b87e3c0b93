"""Windows that a line of labels gives the figures of the rows under it: "(close | week | QTD | YTD)".

A row has one figure a label; the first line that has not ends the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractor.claims.sentence import Sentence
from extractor.domain.annotation import DateExpression, DateForm, Quantity
from extractor.rules.periods import Column, load

_REACH = 200  # characters of a sentence in which labels are looked for
_APART = re.compile(r"[^\S\n]{0,3}[|\t·][^\S\n]{0,3}|[^\S\n]{0,3}(?<!\bw)/[^\S\n]{0,3}", re.IGNORECASE)


@cache
def _columns() -> dict[str, Column]:
    return {label: column for column in load().column for label in column.labels}


@cache
def _head() -> re.Pattern[str]:
    label = "(?:" + "|".join(sorted(map(re.escape, _columns()), key=len, reverse=True)) + ")"
    between = r"[^\S\n]{0,3}[|/\t·][^\S\n]{0,3}"
    return re.compile(
        rf"(?:(?<=[(:|\n\t])|^)[^\S\n]{{0,3}}(?P<labels>{label}(?:{between}{label}){{1,8}})[^\S\n]{{0,3}}(?:\)|:|\n|$)",
        re.IGNORECASE,
    )


@dataclass(slots=True)
class Columns:
    """The labels that are in force."""

    labels: tuple[str, ...] = ()

    def begin(self, sentence: Sentence) -> None:
        """Before a sentence's claims: a line of labels opens a table, one that is no row ends it."""
        head = _head().search(sentence.text[sentence.start : min(sentence.end, sentence.start + _REACH)])
        if head:
            self.labels = tuple(label.strip().lower() for label in _APART.split(head["labels"]))
        elif sentence.quantities and not self.is_of(sentence):
            self.labels = ()

    def is_of(self, sentence: Sentence) -> bool:
        """Whether a sentence is a row under the labels."""
        return bool(self.labels) and len(sentence.quantities) == len(self.labels)

    def window(self, sentence: Sentence, quantity: Quantity) -> DateExpression | None:
        """The window of a figure's column; None for a column of the day's figures."""
        places = [at for at, each in enumerate(sentence.quantities) if each.start == quantity.start]
        label = self.labels[places[0]] if places else ""
        column = _columns().get(label)
        if column is None or column.unit is None:
            return None
        return DateExpression(
            start=-1, end=-1, text=label, form=DateForm.SINCE, unit=column.unit, number=column.number,
            anchor=column.anchor, opens=True,
        )  # fmt: skip
