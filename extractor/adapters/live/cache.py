"""Raw answers on disk, each with its address, time and hash: what was fetched once can be read again as it came."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from extractor.adapters.live.answers import Answer, Request
from extractor.adapters.whole_files import write_whole
from extractor.domain.errors import TapecheckError

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


class RawCache:
    """A folder of answers: <source>/<series>/<time>-<hash>.body, what is known of it in .json beside it.

    Nothing in it is secret: addresses stand without keys. Raises TapecheckError where the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def covering(self, request: Request) -> Iterator[Answer]:
        """Answers of the same series that reach over the days that are wanted, the latest first.

        One whose bytes are not those that were stored is passed over.
        """
        for path in sorted(self._place(request).glob("*.json"), reverse=True):
            known = _read(path)
            if known is None or known["series"] != request.series:
                continue
            covers = date.fromisoformat(known["first_on"]) <= request.first_on
            if not covers or date.fromisoformat(known["last_on"]) < request.last_on:
                continue
            try:
                content = path.with_suffix(".body").read_bytes()
            except OSError:
                continue
            if hashlib.sha256(content).hexdigest() == known["sha256"]:
                retrieved_at = datetime.fromisoformat(known["retrieved_at"])
                yield Answer(content=content, address=known["address"], retrieved_at=retrieved_at)

    def keep(self, request: Request, answer: Answer) -> None:
        """Stores an answer. The description comes last: without it the bytes count for nothing."""
        digest = hashlib.sha256(answer.content).hexdigest()
        place = self._place(request)
        known = {
            "series": request.series,
            "address": answer.address,
            "first_on": request.first_on.isoformat(),
            "last_on": request.reach_on.isoformat(),
            "retrieved_at": answer.retrieved_at.isoformat(),
            "sha256": digest,
            "size": len(answer.content),
        }
        name = f"{answer.retrieved_at:%Y%m%dT%H%M%S%f}-{digest[:12]}"
        try:
            place.mkdir(parents=True, exist_ok=True)
            write_whole(place / f"{name}.body", answer.content)
            write_whole(place / f"{name}.json", json.dumps(known, indent=1).encode())
        except OSError as error:
            raise TapecheckError(
                f"{place}: cannot be written: {error.strerror or error}; set TAPECHECK_CACHE to another folder"
            ) from error

    def _place(self, request: Request) -> Path:
        key = hashlib.sha256(request.series.encode()).hexdigest()[:8]
        return self.folder / request.source / f"{_UNSAFE.sub('_', request.symbol)}-{request.sort}-{key}"


def _read(path: Path) -> dict[str, Any] | None:
    """A description; None where it is not one of ours, or half written."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    wanted = ("series", "address", "first_on", "last_on", "retrieved_at", "sha256")
    return known if isinstance(known, dict) and all(isinstance(known.get(name), str) for name in wanted) else None
