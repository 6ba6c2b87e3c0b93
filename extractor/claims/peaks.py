"""Records that something is measured from, and the dates they have of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.claims.record.standing import is_measured_from
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import DateExpression

_SHORT_OF = re.compile(
    r"\s(?:from|below|beneath|off|away from|shy of|short of|under)\s(?:[\w.’'-]+\s){1,4}?"
    r"(?:record|all-time|peak|high)\b"
)
_SET_ON = re.compile(  # "the record close it set on July 26", "its all-time high, reached in January"
    r",?\s\(?(?:(?:which|that)\s)?(?:(?:it|they|the\s\w+)\s)?(?:(?:was|were|had)\s)?"
    r"(?:set|hit|reached|recorded|notched|touched|scaled|posted|registered|marked|made|struck)\s"
    r"(?:back\s)?(?:(?:on|in|late|early)\s){0,2}(?:the\s)?",
    re.IGNORECASE,
)


def set_on(sentence: Sentence, end: int) -> DateExpression | None:
    """The date told behind a record that something is measured from: "the record close it set on July 26"."""
    for expression in within(sentence.periods, end, end + 60):
        if _SET_ON.fullmatch(sentence.text, end, expression.start):
            return expression
    return None


def without_peaks(sentence: Sentence) -> Sentence:
    """The sentence less the dates of records that something is measured from: they are nobody else's."""
    own = [set_on(sentence, record.end) for record in sentence.records if is_measured_from(sentence, record)]
    return replace(sentence, periods=tuple(e for e in sentence.periods if e not in own)) if any(own) else sentence


def is_distance(sentence: Sentence, offset: int) -> bool:
    """Whether the figure at `offset` tells how far below a record something is."""
    end = _end(sentence, offset)
    return bool(_SHORT_OF.match(sentence.text, end, end + 80))


def is_of_the_peak(sentence: Sentence, expression: DateExpression, offset: int) -> bool:
    """Whether a date tells when the record was set that the distance at `offset` is measured from."""
    if expression.start < offset or not is_distance(sentence, offset):
        return False
    named = _SHORT_OF.match(sentence.text, _end(sentence, offset))
    if named and named.start() <= expression.start < named.end():
        return True  # "is 5.3% beneath its own October peak"
    return any(
        _SET_ON.fullmatch(sentence.text, record.end, expression.start)
        for record in within(sentence.records, _end(sentence, offset), expression.start)
    )


def _end(sentence: Sentence, offset: int) -> int:
    return next((q.end for q in sentence.quantities if q.start == offset), offset)
