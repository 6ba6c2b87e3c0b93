"""Pages on disk as they came, so that a server need not send again what has not changed."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from extractor.adapters.download import Validators, kept
from extractor.adapters.whole_files import write_whole

logger = logging.getLogger(__name__)

_OVERHEAD = 500_000  # bytes; no description is longer
_NOT_KEPT = frozenset({"set-cookie", "set-cookie2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one address answered with, 200 or a status that says there is nothing.

    headers: by name in lower case, of several the last. body: unpacked. retrieved_at: aware, UTC.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    retrieved_at: datetime

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def no_store(self) -> bool:
        """Whether the server wants it forgotten."""
        return "no-store" in self.headers.get("cache-control", "").lower()

    @property
    def validators(self) -> Validators:
        return Validators(etag=kept(self.headers.get("etag")), last_modified=kept(self.headers.get("last-modified")))


class PageCache:
    """A folder with one file an address: a line of JSON that describes the answer, then the body's bytes.

    One file, put in its place whole: two processes can share the folder, and neither reads half of what the other
    writes. The folder may be deleted at any time.
    """

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._broken = False

    def find(self, address: str) -> Answer | None:
        """What the address answered last; None where that is not known, or is not what was stored."""
        try:
            with self._place(address).open("rb") as file:
                line = file.readline(_OVERHEAD)
                body = file.read(self._max_bytes + 1)
        except OSError:
            return None
        known = _description(line)
        if known is None or known["address"] != address or hashlib.sha256(body).hexdigest() != known["sha256"]:
            return None
        return Answer(
            address=address,
            status=known["status"],
            headers=known["headers"],
            body=body,
            retrieved_at=known["retrieved_at"],
        )

    def keep(self, answer: Answer) -> None:
        """Stores an answer in the place of the one before. A folder that cannot be written is said once."""
        known = {
            "address": answer.address,
            "status": answer.status,
            "retrieved_at": answer.retrieved_at.isoformat(),
            "sha256": answer.sha256,
            "size": len(answer.body),
            "headers": dict(answer.headers),
        }
        place = self._place(answer.address)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, json.dumps(known).encode() + b"\n" + answer.body)
        except OSError as error:
            if not self._broken:
                logger.warning("%s: pages are not kept here: %s", self._folder, error.strerror or error)
            self._broken = True

    def _place(self, address: str) -> Path:
        key = hashlib.sha256(address.encode()).hexdigest()
        return self._folder / key[:2] / f"{key}.page"


def headers_of(pairs: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers of an answer that may be kept. What is no ASCII in them is read as Latin-1, as HTTP has it."""
    named = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in pairs]
    return {name: value for name, value in named if name not in _NOT_KEPT}


def _description(line: bytes) -> dict[str, Any] | None:
    try:
        known = json.loads(line)
        known["retrieved_at"] = datetime.fromisoformat(known["retrieved_at"])
        aware = known["retrieved_at"].tzinfo is not None
        headers = known["headers"].items()
        texts = all(isinstance(text, str) for pair in headers for text in pair)
        sound = isinstance(known["status"], int) and isinstance(known["sha256"], str) and aware and texts
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return known if sound and "address" in known else None
