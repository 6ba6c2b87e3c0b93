"""Claims and verdicts as people and programs read them."""
