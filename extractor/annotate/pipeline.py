"""The pipeline, built from `config.cfg`."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from extractor.domain.ports import ScoresSentiment
    from extractor.rules.instruments import InstrumentBook


# Nothing here parses a whole text at once, so spaCy's guard against long texts can stand higher.
MAX_LENGTH = 20_000_000


def load(book: InstrumentBook | None = None, scorer: ScoresSentiment | None = None) -> Language:
    """A fresh pipeline: text in, Doc with every layer out. Takes about a second, most of it importing spaCy.

    book: the instruments to look for; the shipped ones if None. scorer: the sentiment model; none is asked if None.
    """
    from spacy.util import load_config_from_str, load_model_from_config

    from extractor.annotate import factories, tokenizer  # noqa: F401  registers what the config names

    config = load_config_from_str(resources.files("extractor.annotate").joinpath("config.cfg").read_text("utf-8"))
    nlp = load_model_from_config(config, auto_fill=True, validate=True)
    nlp.max_length = MAX_LENGTH
    if book is not None:
        instruments: factories.Instruments = nlp.get_pipe("instruments")  # type: ignore[assignment]
        instruments.use(book)
    if scorer is not None:
        sentiment: factories.Sentiment = nlp.get_pipe("sentiment")  # type: ignore[assignment]
        sentiment.use(scorer)
    return nlp
