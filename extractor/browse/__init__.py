"""Datasette over a database of claims: what every table and column means, facets, and canned queries."""

from __future__ import annotations

from extractor.browse.serving import arguments, metadata, serve

__all__ = ["arguments", "metadata", "serve"]
