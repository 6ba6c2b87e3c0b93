"""People and organisations that speak, by the English pipeline's entity recogniser.

It is the costliest step, so it sees only sentences that need it: those with a figure inside quoted speech
that is attributed to somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from extractor.annotate.english import english_package
from extractor.annotate.spans import text_of
from extractor.domain.annotation import Name

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

_SPEECH = re.compile(
    r"\b(?:said|says|told|according to|wrote|added|noted|reported by|claimed|claims that|predicted|estimates)\b",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[“\"]")
_LONGEST = 400  # tokens; a longer "sentence" is a table or a run of text without stops
_UNUSED = ["parser", "lemmatizer", "attribute_ruler", "tagger", "tok2vec"]
_KEPT = frozenset({"PERSON", "ORG"})


class NameFinder:
    """Callable on a Doc; loads the recogniser when the first sentence needs it (it takes half a second)."""

    def __init__(self, vocab: Vocab, english: str | None = None) -> None:
        self._vocab = vocab
        self._package = english
        self._nlp: Language | None = None

    def __call__(self, doc: Doc) -> tuple[Name, ...]:
        figures = [quantity.start for quantity in doc._.quantities]
        if not figures or not _QUOTES.search(text_of(doc)):
            return ()
        needed = [s for s in doc.sents if len(s) <= _LONGEST and _holds(figures, s) and _is_attributed(s.text)]
        if not needed:
            return ()
        nlp = self._loaded()
        found: list[Name] = []
        for sentence, part in zip(needed, nlp.pipe(map(_alone, needed)), strict=True):
            found += [
                Name(start=sentence.start_char + entity.start_char, end=sentence.start_char + entity.end_char,
                     text=entity.text, label=entity.label_)
                for entity in part.ents
                if entity.label_ in _KEPT
            ]  # fmt: skip
        return tuple(found)

    def _loaded(self) -> Language:
        if self._nlp is None:
            import spacy

            name = self._package or english_package()
            self._nlp = spacy.load(name, vocab=self._vocab, exclude=_UNUSED)
        return self._nlp


def _holds(figures: list[int], sentence: Span) -> bool:
    """Whether one of the offsets, which are sorted, lies in the sentence."""
    position = bisect_left(figures, sentence.start_char)
    return position < len(figures) and figures[position] < sentence.end_char


def _is_attributed(text: str) -> bool:
    return bool(_QUOTES.search(text) and _SPEECH.search(text))


def _alone(sentence: Span) -> Doc:
    """The sentence's tokens as a Doc. `Span.as_doc` copies through the whole text each time."""
    from spacy.tokens import Doc

    return Doc(
        sentence.vocab, words=[token.text for token in sentence], spaces=[bool(token.whitespace_) for token in sentence]
    )
