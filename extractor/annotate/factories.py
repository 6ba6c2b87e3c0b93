"""The components of the pipeline, each a thin coat over a pure function of the text.

Every component writes its values to one extension attribute (`doc._.quantities`, ...), a tuple of frozen
values with character offsets, and shows them as one SpanGroup under the same name, so that displaCy and
spaCy's own tools can look at them. Tokens are not numbers ("25bps", "2.3%-2.5"), so values keep characters
and spans are expanded to tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.annotate import gauges, modality, movements, records, spans
from extractor.annotate.names import NameFinder
from extractor.annotate.sentences import boundaries

if TYPE_CHECKING:
    from extractor.annotate.instruments import InstrumentFinder
    from extractor.domain.ports import ScoresSentiment
    from extractor.rules.instruments import InstrumentBook

for _layer in (*spans.LAYERS, spans.NAMES, spans.GAUGES, spans.TARGETS):
    Doc.set_extension(_layer, default=(), force=True)


class _Located(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def _write(doc: Doc, layer: str, values: Sequence[_Located], label: Callable[[Any], str]) -> None:
    doc._.set(layer, tuple(values))
    shown: list[Span] = []
    for value in values:
        span = doc.char_span(value.start, value.end, label=label(value), alignment_mode="expand")
        if span is not None:
            shown.append(span)
    doc.spans[layer] = shown


@Language.component("tapecheck_sentences", assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    # In one array: setting `token.is_sent_start` looks through the whole Doc each time.
    if not len(doc):
        return doc
    offsets = doc.to_array("IDX").astype(np.int64)
    begins = np.fromiter(boundaries(spans.text_of(doc)), dtype=np.int64)
    flags = np.full(len(doc), -1, dtype=np.int64)
    first = np.searchsorted(offsets, begins)  # the first token at or after each boundary
    flags[first[first < len(doc)]] = 1
    table: Any = flags.astype(np.uint64).reshape(-1, 1)  # typed by spaCy as its own kind of array
    return doc.from_array(["SENT_START"], table)


class Instruments:
    """Names of instruments, by a book that can be exchanged for a wider one."""

    def __init__(self) -> None:
        self._finder: InstrumentFinder | None = None

    def use(self, book: InstrumentBook) -> None:
        from extractor.annotate.instruments import InstrumentFinder

        self._finder = InstrumentFinder(book)

    def __call__(self, doc: Doc) -> Doc:
        if self._finder is None:
            from extractor.rules.instruments import InstrumentBook

            self.use(InstrumentBook.load())
        assert self._finder is not None
        _write(doc, spans.INSTRUMENTS, self._finder.find(spans.text_of(doc)), lambda mention: mention.form.value)
        return doc


@Language.factory("tapecheck_instruments", assigns=["doc._.instruments"])
def make_instruments(nlp: Language, name: str) -> Instruments:
    return Instruments()


@Language.component("tapecheck_periods", assigns=["doc._.periods"])
def find_periods(doc: Doc) -> Doc:
    from extractor.annotate import periods

    _write(doc, spans.PERIODS, periods.find(spans.text_of(doc)), lambda expression: expression.form.value)
    return doc


@Language.component(
    "tapecheck_quantities", assigns=["doc._.quantities"], requires=["doc._.instruments", "doc._.periods"]
)
def find_quantities(doc: Doc) -> Doc:
    from extractor.annotate import quantities

    taken = sorted((value.start, value.end) for value in (*doc._.instruments, *doc._.periods))
    _write(
        doc,
        spans.QUANTITIES,
        quantities.find(spans.text_of(doc), exclude=taken),
        lambda quantity: quantity.unit or "number",
    )
    return doc


@Language.component("tapecheck_movements", assigns=["doc._.cues", "doc._.records"])
def find_movements(doc: Doc) -> Doc:
    _write(doc, spans.CUES, movements.find(spans.text_of(doc)), lambda cue: cue.layer)
    _write(doc, spans.RECORDS, records.find(spans.text_of(doc)), lambda mention: mention.metric)
    return doc


@Language.component("tapecheck_modality", assigns=["doc._.modality"])
def find_modality(doc: Doc) -> Doc:
    _write(doc, spans.MODALITY, modality.find(spans.text_of(doc)), lambda cue: str(cue.modality))
    return doc


@Language.factory("tapecheck_policy", assigns=["doc._.policies"])
def make_policy(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    from extractor.annotate.policy import PolicyFinder
    from extractor.rules.policy import load_topics

    finder = PolicyFinder(load_topics())

    def policy(doc: Doc) -> Doc:
        _write(doc, spans.POLICIES, finder.find(spans.text_of(doc)), lambda mention: mention.topic)
        return doc

    return policy


class Names:
    """People and organisations by the English pipeline, only in sentences where a claim may need one."""

    def __init__(self, nlp: Language, english: str | None) -> None:
        self._find = NameFinder(nlp.vocab, english)

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc])))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterable[Doc]:
        for doc in docs:
            doc._.set(spans.NAMES, self._find(doc))
            yield doc


@Language.factory(
    "tapecheck_names",
    assigns=["doc._.names"],
    requires=["token.is_sent_start", "doc._.quantities", "doc._.cues"],
    default_config={"english": None},
)
def make_names(nlp: Language, name: str, english: str | None) -> Names:
    return Names(nlp, english)


@Language.component("tapecheck_gauges", assigns=["doc._.gauges"], requires=["doc._.instruments"])
def find_gauges(doc: Doc) -> Doc:
    found = gauges.find(spans.text_of(doc), exclude=doc._.get(spans.INSTRUMENTS))
    _write(doc, spans.GAUGES, found, lambda mention: mention.form.value)
    return doc


class Sentiment:
    """Sentiment toward each instrument of a sentence, by a model that is plugged in; without one it does nothing."""

    def __init__(self) -> None:
        self._scorer: ScoresSentiment | None = None

    def use(self, scorer: ScoresSentiment) -> None:
        self._scorer = scorer

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc])))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterable[Doc]:
        """Whole batches at a time, so that the model can sort their sentences by length."""
        docs = iter(docs)
        while batch := list(islice(docs, batch_size)):
            if self._scorer is not None:
                self._score(batch, self._scorer)
            yield from batch

    def _score(self, docs: Sequence[Doc], scorer: ScoresSentiment) -> None:
        from extractor.annotate import sentiment

        found = [
            sentiment.targets(
                spans.text_of(doc),
                [(sent.start_char, sent.end_char) for sent in doc.sents],
                doc._.get(spans.INSTRUMENTS),
                doc._.get(spans.GAUGES),
                doc._.get(spans.POLICIES),
            )
            for doc in docs
        ]
        asked = [(spans.text_of(doc), target) for doc, each in zip(docs, found, strict=True) for target in each]
        answers = iter(sentiment.scored(asked, scorer) if asked else ())
        for doc, each in zip(docs, found, strict=True):
            _write(doc, spans.TARGETS, list(islice(answers, len(each))), lambda target: target.sentiment.label)


@Language.factory(
    "tapecheck_sentiment",
    assigns=["doc._.targets"],
    requires=["token.is_sent_start", "doc._.instruments", "doc._.gauges", "doc._.policies"],
)
def make_sentiment(nlp: Language, name: str) -> Sentiment:
    return Sentiment()
