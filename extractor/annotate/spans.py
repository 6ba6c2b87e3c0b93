"""Names of the layers: the key of a SpanGroup and of the extension attribute that holds its values."""

from __future__ import annotations

QUANTITIES = "quantities"
INSTRUMENTS = "instruments"
PERIODS = "periods"
CUES = "cues"
RECORDS = "records"
MODALITY = "modality"
POLICIES = "policies"
NAMES = "names"

LAYERS = (QUANTITIES, INSTRUMENTS, PERIODS, CUES, RECORDS, MODALITY, POLICIES)
