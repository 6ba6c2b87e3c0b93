"""What part a date plays in its sentence, judged by the words around it."""

from __future__ import annotations

import re
from enum import StrEnum

from extractor.domain.annotation import DateExpression, DateForm


class Role(StrEnum):
    """What a date does in its sentence."""

    WHEN = "when"  # "on Monday", "in November": when the claim holds
    WINDOW = "window"  # "year to date", "over the past month": what a move is measured over
    REFERENCE = "reference"  # "from a year earlier", "best since June": what something is compared with


_COMPARED = re.compile(
    r"(?<!\w)(?:from|than|versus|vs\.?|against|compared (?:with|to)|after|following|before|ahead of|until)"
    r"\s(?:the\s|its\s|about\s|that of\s|those of\s|in\s|on\s)?\Z",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"(?<!\w)(?:first|second|third|fourth|fifth|last|only|highest|lowest|best|worst|biggest|largest|smallest|steepest|"
    r"sharpest|strongest|weakest|longest|most|least|record|high|low|highs|lows|peak|not|never|unseen|time)(?!\w)[^.;:]{0,60}\Z",
    re.IGNORECASE,
)


def role(expression: DateExpression, text: str) -> Role:
    """What a date does where it stands in `text`, judged by the words right before it."""
    before = text[max(0, expression.start - 80) : expression.start]
    if expression.form is DateForm.SINCE:
        bounded = expression.anchor in ("since", "within", "past_some")
        return Role.REFERENCE if bounded and _SUPERLATIVE.search(before) else Role.WINDOW
    if expression.form is DateForm.RELATIVE and expression.anchor in ("ago", "previous"):
        earlier = re.search(
            r"\b(?:earlier|before|previously|ago|close|session|period)\b", expression.text, re.IGNORECASE
        )
        if earlier and not expression.text.lower().startswith("yesterday"):
            return Role.REFERENCE
    if expression.form is not DateForm.RANGE and _COMPARED.search(before[-24:]):
        return Role.REFERENCE
    return Role.WHEN


_AHEAD_CUE = re.compile(
    r"(?<!\w)(?:will|won['’]t|going to|set to|due|scheduled|slated|plans?|planned|planning|expect(?:s|ed)?|likely|"
    r"could|might|may|should|projected|forecasts?|sees|seen|foresees?|until|upcoming|if|by the)(?!\w)"
)
_SENTENCE_END = re.compile(r"[.!?][\s”\"]|\n")


def looks_ahead(expression: DateExpression, text: str) -> bool:
    """Whether the words before a date in its sentence speak of the future; for `resolve(..., future=...)`."""
    before = text[max(0, expression.start - 200) : expression.start]
    ends = [
        match.end() for match in _SENTENCE_END.finditer(before) if before[match.start() - 1 : match.start()].islower()
    ]
    return _AHEAD_CUE.search(before, ends[-1] if ends else 0) is not None
