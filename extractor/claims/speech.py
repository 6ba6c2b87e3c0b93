"""Who says it: the speaker of a figure that the article attributes rather than asserts.

An official release is no speaker's opinion: "payrolls fell 32,000, ADP said" stays the article's own
statement, checked like any other.
"""

from __future__ import annotations

import re

from extractor.claims.sentence import Sentence
from extractor.domain.annotation import Quantity

_QUOTED = re.compile(r"[“\"][^“”\"]{1,600}[”\"]|[“\"][^“”\"]{1,600}$")
_SAID = r"(?:said|says|told|wrote|noted|added|claims|claimed|predicted|estimates)"
_SOURCES = r"app|bot|chatbot|website|site|blog|newsletter|post|tweet|assistant|screenshot|headline|rumou?r"
_APP = re.compile(
    rf"(?:^|[\s,“\"])((?:an?|one|another|the) (?:[\w-]+ ){{0,2}}(?:{_SOURCES}))\s+{_SAID}\b", re.IGNORECASE
)
_AFTER_NAME = re.compile(rf"\s*(?:,[^,.]{{1,80}},)?\s*{_SAID}\b", re.IGNORECASE)
_BEFORE_NAME = re.compile(rf"(?:{_SAID}|according to)\s+(?:[\w’'-]+\s+){{0,4}}$", re.IGNORECASE)


def speaker_of(sentence: Sentence, quantity: Quantity) -> str | None:
    """The speaker's name where the figure stands in quoted speech, or in what an app, a post or a bot "said"."""
    words, at = sentence.words, quantity.start - sentence.start
    if (app := _APP.search(words)) and app.start() < at:
        return app.group(1)
    if not any(match.start() <= at < match.end() for match in _QUOTED.finditer(words)):
        return None
    for name in sentence.names:
        end, start = name.end - sentence.start, name.start - sentence.start
        if _AFTER_NAME.match(words, end) or _BEFORE_NAME.search(words[max(0, start - 60) : start]):
            return name.text
    return None
