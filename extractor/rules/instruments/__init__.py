"""Instruments as data: indexes, yields, rates, commodities, currencies, indicators, funds, companies, exchanges."""

from __future__ import annotations

from extractor.rules.instruments.book import InstrumentBook, pair_id
from extractor.rules.instruments.model import Alias, GenericNoun, Instrument

__all__ = ["Alias", "GenericNoun", "Instrument", "InstrumentBook", "pair_id"]
