"""Whether a print is what came, or what somebody had looked for."""

from __future__ import annotations

import re

from extractor.claims.figures import Figure
from extractor.claims.indicator.told import Told, is_bracketed
from extractor.claims.sentence import within
from extractor.domain.claim import Modality
from extractor.rules import grammar, prints

_REACH = 70
_BEFORE = re.compile(rf"(?<![\w-]){prints.phrases('expected_before')}(?![\w-])", re.IGNORECASE)
_AFTER = re.compile(rf"(?<![\w-]){prints.phrases('expected_after')}(?![\w-])", re.IGNORECASE)
_COMPARISON = re.compile(
    rf"(?:{prints.phrases('not_expected_after')}|-)\s?(?:\w+\s)?\Z", re.IGNORECASE
)  # "more than expected", "as widely expected"
# Between a word of expectation and its figure: few words, and nothing that begins another statement.
_OPEN = re.compile(r"[^,;.()]{0,60}\Z|\s?:\s?\Z|,?\s(?:of|at|was|were|is|had been)\s[^,;.()]{0,25}\Z", re.IGNORECASE)
_NOT_THEN = re.compile(
    r"[;:.,(]|\b(?:vs|versus|against|compared|than|above|below|beating|missing|topping|and|but|while|after|from|as)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[,;]\s|\s(?:and|or|with)\s", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:from|previous|prior|versus|vs|against|compared|after|following|than|actual)\b", re.IGNORECASE
)
_FORECASTER = re.compile(
    r"\b(?:forecasts?|estimates?|projections?|outlook|sees|now sees?|downgraded|upgraded)\b", re.IGNORECASE
)


def is_expected(figure: Figure, beside: Told | None) -> bool:
    """By the words before it, after it, or those of the print it stands in a row with."""
    if figure.modality in (Modality.CONDITIONAL, Modality.NEGATED):
        return False
    return _looked_for(figure) or _named_after(figure) or _in_row(figure, beside)


def clears(figure: Figure) -> bool:
    """Whether a word of expectation near a figure is another's: "0.3% (consensus: 0.5%)", "0.4%, vs. 0.6% expected"."""
    after = figure.sentence.text[figure.quantity.end : min(figure.sentence.end, figure.quantity.end + 60)]
    bracket = re.match(
        r"[^,;.()]{0,30}\((?=[^)]{0,20}(?:consensus|forecast|expected|est|street))", after, re.IGNORECASE
    )
    against = re.match(r"[^;.()]{0,40}?\b(?:vs\.?|versus|against|compared with)\s", after, re.IGNORECASE)
    return bool(bracket or against) and not _looked_for(figure)


def _looked_for(figure: Figure) -> bool:
    """ "economists had expected 0.6%", "(consensus: 0.5%)", "against forecasts for a 1.8 million-barrel draw"."""
    sentence, at = figure.sentence, figure.quantity.start
    earlier = [q.end for q in sentence.quantities if q.end <= at]
    floor = max([sentence.start, at - _REACH, *earlier[-1:]])
    found = None
    for match in _BEFORE.finditer(sentence.text, floor, at):
        if any(m.start < match.end() and match.start() < m.end for m in sentence.mentions):
            continue  # "inflation expectations" are a statistic
        before = sentence.text[max(sentence.start, match.start() - 14) : match.start()]
        topped = figure.lead == "at" and before.split()[-1:] and before.split()[-1].lower() in grammar.words("beating")
        if not _COMPARISON.search(before) and not topped:  # "topped forecasts at 4.4%"
            found = match
    if found is None:
        return False
    gap = sentence.text[found.end() : at]
    told = [cue for cue in within(sentence.cues, found.end(), at) if cue.layer == "movement" and not cue.noun]
    came = any("," in sentence.text[found.end() : cue.start] for cue in told)
    return bool(_OPEN.match(gap)) and not came


def _named_after(figure: Figure) -> bool:
    sentence, end = figure.sentence, figure.quantity.end
    later = [q.start for q in sentence.quantities if q.start > end]
    stop = min([sentence.end, end + _REACH, *later[:1]])
    match = _AFTER.search(sentence.text, end, stop)
    if match is None or _COMPARISON.search(sentence.text[max(end, match.start() - 14) : match.start()]):
        return False
    return not _NOT_THEN.search(sentence.text, end, match.start())


def _in_row(figure: Figure, beside: Told | None) -> bool:
    """ "estimates of 0.6% and 7.9%", "cut its forecast to 2% from 3%": a second figure of one expectation."""
    if beside is None or not beside.forecast or figure.modality is Modality.FORECAST:
        return False
    gap = figure.sentence.text[beside.figure.quantity.end : figure.quantity.start]
    if any(is_bracketed(figure.sentence, e, figure.quantity.start) for e in figure.sentence.periods):
        return False  # "(cons 3.6%, Jul 3.2%)": what the month before was
    if figure.lead == "from":
        return bool(_FORECASTER.search(figure.sentence.text, figure.sentence.start, figure.quantity.start))
    moved = [
        cue
        for cue in within(figure.sentence.cues, beside.figure.quantity.end, figure.quantity.start)
        if cue.layer in ("movement", "level") and not cue.noun
    ]
    return bool(_GOES_ON.match(gap)) and len(gap) <= 45 and not moved and not _COMPARED.search(gap)
