"""A policy-rate decision, a target range, a projected rate."""
