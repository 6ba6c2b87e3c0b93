"""A price, an index level or a yield at a time."""
