"""The forecast ledger: which forecasts have a horizon, and how they came out once it has passed."""
