"""The pipeline, built from `config.cfg`."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


def load() -> Language:
    """A fresh pipeline: text in, Doc with every layer out. Takes about a second, most of it importing spaCy."""
    from spacy.util import load_config_from_str, load_model_from_config

    from extractor.annotate import factories  # noqa: F401  registers the factories

    config = load_config_from_str(resources.files("extractor.annotate").joinpath("config.cfg").read_text("utf-8"))
    return load_model_from_config(config, auto_fill=True, validate=True)
