"""tapecheck: from a sentence in the market news to the price row that proves or refutes it."""

__version__ = "0.1.0"
