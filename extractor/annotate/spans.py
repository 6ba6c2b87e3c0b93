"""Names of the layers, the key of a SpanGroup and of the extension attribute that holds its values; a Doc's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

QUANTITIES = "quantities"
INSTRUMENTS = "instruments"
PERIODS = "periods"
CUES = "cues"
RECORDS = "records"
MODALITY = "modality"
POLICIES = "policies"
NAMES = "names"
GAUGES = "gauges"
TARGETS = "targets"

LAYERS = (QUANTITIES, INSTRUMENTS, PERIODS, CUES, RECORDS, MODALITY, POLICIES)

_TEXT = "tapecheck.text"


def keep_text(doc: Doc, text: str) -> Doc:
    """Remembers the text a Doc was made of: `doc.text` puts it together anew, token by token, at each call."""
    doc.user_data[_TEXT] = text
    return doc


def text_of(doc: Doc) -> str:
    """`doc.text`, without the cost where the tokenizer has kept it."""
    kept: str | None = doc.user_data.get(_TEXT)
    return doc.text if kept is None else kept
