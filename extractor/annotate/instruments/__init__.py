"""Instruments named in a text: listings, tickers, names, yields, currencies, and nouns that point back to them."""

from __future__ import annotations

from extractor.annotate.instruments.finder import InstrumentFinder

__all__ = ["InstrumentFinder"]
