"""What every carrier is handed: an open stream and what its articles are to be called."""

from __future__ import annotations

import io
from dataclasses import dataclass

from extractor.domain.page import NOTHING_TOLD, Told
from extractor.ingest.carriers import streams
from extractor.ingest.discover import SourceFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """name: of the file ("dump.jsonl.gz"). source: where it is (a path, an address, "-"). head: its first bytes.

    file: from its first byte, unpacked. media_type, charset: as a server said.
    told: what is known of the source itself; it goes to the only article of a source, never to one of many.
    """

    name: str
    source: str
    head: bytes
    file: io.BufferedReader
    media_type: str | None = None
    charset: str | None = None
    told: Told = NOTHING_TOLD

    def failure(self, place: int | None, reason: str) -> SourceFailure:
        """place: the line or number of the part that cannot be read; None for all of it."""
        return SourceFailure(source=self.source if place is None else f"{self.source}:{place}", reason=reason)

    def utf8(self) -> io.BufferedReader:
        return streams.as_utf8(self.head, self.file)
