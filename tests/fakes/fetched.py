"""A fetcher that has its pages at hand, and says what it was asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from extractor.domain.errors import SourceError
from extractor.domain.page import Fetched


@dataclass
class Pages:
    """at: by address, the bytes, or where it leads as (address, bytes, media type, charset). Others cannot be had."""

    at: Mapping[str, bytes | tuple[str, bytes, str | None, str | None]]
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def fetch(self, address: str, *, linked_from: str | None = None) -> Fetched:
        self.asked.append((address, linked_from))
        found = self.at.get(address)
        if found is None:
            raise SourceError(address, "answered 404 Not Found")
        to, data, media_type, charset = found if isinstance(found, tuple) else (address, found, "text/html", None)
        return Fetched(
            address=to,
            data=data,
            media_type=media_type,
            charset=charset,
            retrieved_at=datetime(2026, 1, 5, 12, tzinfo=UTC),
            sha256=hashlib.sha256(data).hexdigest(),
        )
