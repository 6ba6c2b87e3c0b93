"""The values that travel between the stages, and the ports they pass through.

Standard library only. Every value is frozen; quoted numbers are `Decimal`, whose exponent is the
printed precision; names ending in `_at` are aware datetimes, in `_on` dates.
"""
