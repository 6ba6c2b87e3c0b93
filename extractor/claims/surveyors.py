"""Who collects forecasts is not what a figure is about: "FactSet consensus", "analysts polled by Refinitiv"."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.claims.sentence import Sentence
from extractor.domain.annotation import InstrumentMention
from extractor.rules import grammar

_POLLED_BY = re.compile(
    r"\b(?:polled|surveyed|compiled|tracked|gathered|collected|canvassed|estimates|data|figures) (?:by|from)\s\Z",
    re.IGNORECASE,
)
_CITED = re.compile(r"\b(?:according to|data from|per|by|from|says|shows?|on)(?: data from| the)?\s\Z", re.IGNORECASE)
_CONSENSUS = re.compile(r"(?:[’']s?)?(?:\s[\w/&.-]+){0,2}?\s(?:consensus|I/B/E/S)\b", re.IGNORECASE)
_COLLECTS = re.compile(
    r"(?:[’']s?)?(?:\s[\w/&.-]+){0,2}?\s(?:estimates?|data|figures|view|poll|survey|consensus)\b", re.IGNORECASE
)
_REACH = 40


def leave_out(sentence: Sentence) -> Sentence:
    """The same sentence without the mentions that only say where a figure comes from."""
    if not sentence.quantities or not sentence.mentions:
        return sentence
    kept = tuple(mention for mention in sentence.mentions if not _is_cited(sentence, mention))
    return sentence if len(kept) == len(sentence.mentions) else replace(sentence, mentions=kept)


def _is_cited(sentence: Sentence, mention: InstrumentMention) -> bool:
    if not any(candidate.startswith(("equity:", "organization:")) for candidate in mention.candidates):
        return False
    text, end = sentence.text, min(sentence.end, mention.end + _REACH)
    before = text[max(sentence.start, mention.start - _REACH) : mention.start]
    if _POLLED_BY.search(before) or _CONSENSUS.match(text, mention.end, end):
        return True
    collects = mention.text.split()[0].lower() in grammar.words("data_houses")
    return collects and bool(_CITED.search(before) or _COLLECTS.match(text, mention.end, end))
