"""Claims in the browser: datasette over the database, with our words for its tables and columns."""

from extractor.browse.serving import metadata, serve

__all__ = ["metadata", "serve"]
