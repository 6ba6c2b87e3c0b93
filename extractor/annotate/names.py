"""People and organisations the instrument list does not know, by the English pipeline's entity recogniser.

It is the costliest step, so it sees only sentences that need it: those with quoted speech or attribution
(who is the speaker?), and those with a figure and no known instrument (whose figure is it?).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.annotate.english import english_package
from extractor.domain.annotation import Name

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

_SPEECH = re.compile(
    r"\b(?:said|says|told|according to|wrote|added|noted|reported by|claimed|claims that)\b", re.IGNORECASE
)
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
        needed = [sentence for sentence in doc.sents if len(sentence) <= _LONGEST and self._matters(doc, sentence)]
        if not needed:
            return ()
        nlp = self._loaded()
        found: list[Name] = []
        parts = (sentence.as_doc() for sentence in needed)
        for sentence, part in zip(needed, nlp.pipe(parts), strict=True):
            found += [
                Name(start=sentence.start_char + entity.start_char, end=sentence.start_char + entity.end_char,
                     text=entity.text, label=entity.label_)
                for entity in part.ents
                if entity.label_ in _KEPT
            ]  # fmt: skip
        return tuple(found)

    @staticmethod
    def _matters(doc: Doc, sentence: Span) -> bool:
        start, end = sentence.start_char, sentence.end_char
        if _SPEECH.search(sentence.text):
            return True
        has_figure = any(start <= quantity.start < end for quantity in doc._.quantities)
        return has_figure and not any(start <= mention.start < end for mention in doc._.instruments)

    def _loaded(self) -> Language:
        if self._nlp is None:
            import spacy

            name = self._package or english_package()
            self._nlp = spacy.load(name, vocab=self._vocab, exclude=_UNUSED)
        return self._nlp
