"""Bytes in, articles out: what a source is, how its bytes become text, and which part of the text is which."""

from __future__ import annotations

from extractor.domain.page import Page
from extractor.ingest.discover import Source, SourceFailure, discover
from extractor.ingest.opening import pages
from extractor.ingest.read import read

__all__ = ["Page", "Source", "SourceFailure", "discover", "pages", "read"]
