"""A change of a price, an index or a yield."""
