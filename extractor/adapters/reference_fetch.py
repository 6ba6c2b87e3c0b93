"""Fetches listing files into a reference folder: each one checked before it takes the old one's place."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from extractor import __version__
from extractor.adapters.download import Download, Limits, Validators, download
from extractor.domain.errors import ReferenceDataError, SourceError
from extractor.rules.listing_files import ListingFile, parse
from extractor.rules.listing_sources import ListingSource, listing_sources
from extractor.rules.reference_manifest import (
    NAME,
    ListingEntry,
    Origin,
    manifest_text,
    parse_manifest,
    read_manifest,
)

_HINT = "its keeper wants to know whom to write to: give --contact EMAIL, or set TAPECHECK_CONTACT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file that is up to date. listings: in it, None where it is the one that was there."""

    path: Path
    entry: ListingEntry
    listings: int | None

    def __str__(self) -> str:
        as_of = f"as of {self.entry.as_of}"
        return f"{self.path}: " + (
            f"unchanged, {as_of}" if self.listings is None else f"{self.listings:,} listings {as_of}"
        )


async def fetch(
    sources: Sequence[ListingSource], folder: Path, *, contact: str | None = None, limits: Limits | None = None
) -> list[Fetched | SourceError]:
    """Fetches each source into the folder, and describes what is there in its `reference.toml`.

    One outcome a source, in their order. A source that fails leaves the file it has there, and the others go on.
    contact: an e-mail address, told only to keepers who want one. limits: of each source by itself.
    Raises ReferenceDataError where the folder has a manifest that was not written here: nothing in it is touched.
    """
    shelf = _Shelf(folder)
    outcomes = (_one(source, shelf, contact, limits or Limits()) for source in sources)
    return list(await asyncio.gather(*outcomes))


async def _one(source: ListingSource, shelf: _Shelf, contact: str | None, limits: Limits) -> Fetched | SourceError:
    try:
        if source.contact and not contact:
            return SourceError(source.address, _HINT)
        agent = f"tapecheck/{__version__}" + (f" ({contact})" if source.contact else "")
        known = shelf.validators(source)
        answer = await download(source.address, agent=agent, known=known, limits=limits)
        return shelf.take(source, answer)
    except SourceError as error:
        return error


class _Shelf:
    """The folder and its manifest while files come in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries = {entry.path: entry for entry in _own_entries(folder)}

    def validators(self, source: ListingSource) -> Validators:
        """Of the file at hand, if it is the one that was stored, and from the same address."""
        entry = self._entries.get(source.file)
        if entry is None or entry.origin is None or entry.origin.address != source.address:
            return Validators()
        if _hash_of(self._folder / entry.path) != entry.origin.sha256:
            return Validators()
        return Validators(etag=entry.origin.etag, last_modified=entry.origin.last_modified)

    def take(self, source: ListingSource, answer: Download) -> Fetched:
        """Checks and stores what came. Bytes that were there already change nothing, not even the manifest:
        a folder's state is part of what decides whether stored claims are stale.

        Raises SourceError where it is not what it should be, or cannot be written.
        """
        path, there = self._folder / source.file, self._entries.get(source.file)
        if answer.content is None:
            assert there is not None, "only a version at hand is asked for conditionally"
            return Fetched(path=path, entry=there, listings=None)
        entry, listed = _checked(source, answer, answer.content)
        if there is not None and _came_from(there) == _came_from(entry) and _hash_of(path) == _came_from(there)[1]:
            return Fetched(path=path, entry=there, listings=None)
        entries = self._entries | {entry.path: entry}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(path, answer.content)
            _replace(self._folder / NAME, manifest_text(sorted(entries.values(), key=_place)).encode())
        except OSError as error:
            raise SourceError(str(path), f"cannot be written: {error.strerror or error}") from error
        self._entries = entries
        return Fetched(path=path, entry=entry, listings=len(listed.records))


def _own_entries(folder: Path) -> list[ListingEntry]:
    """What an earlier fetch wrote."""
    if not (folder / NAME).exists():
        return []
    entries = read_manifest(folder)
    if parse_manifest(folder).keys() - {"listings"} or any(entry.origin is None for entry in entries):
        raise ReferenceDataError(
            f"{folder / NAME}: was not written by `reference fetch`; name another folder with --to"
        )
    return entries


def _place(entry: ListingEntry) -> int:
    """Where an entry stands in the manifest: as the sources are listed, whichever came first."""
    files = [source.file for source in listing_sources()]
    return files.index(entry.path) if entry.path in files else len(files)


def _came_from(entry: ListingEntry) -> tuple[str, str]:
    """Address and hash of a fetched file."""
    return (entry.origin.address, entry.origin.sha256) if entry.origin else ("", "")


def _checked(source: ListingSource, answer: Download, content: bytes) -> tuple[ListingEntry, ListingFile]:
    """What came, as the manifest describes it and as it is read. Raises SourceError where it cannot be read."""
    try:
        listed = parse(content, source.format, where=source.address, source=source.source)
    except ReferenceDataError as error:
        raise SourceError(source.address, str(error).removeprefix(f"{source.address}: ")) from error
    if not listed.records:
        raise SourceError(source.address, "no listing in it")
    now = datetime.now(UTC).replace(microsecond=0)
    as_of = listed.made_on or _day(answer.validators.last_modified) or now.date()
    entry = ListingEntry(
        path=source.file,
        format=source.format,
        source=f"{source.source} of {as_of}",
        as_of=as_of,
        origin=Origin(
            address=source.address,
            fetched_at=now,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
        ),
    )
    return entry, listed


def _day(header: str | None) -> date | None:
    """The day of a Last-Modified header, UTC."""
    try:
        return parsedate_to_datetime(header).date() if header else None
    except ValueError:
        return None


def _hash_of(path: Path) -> str | None:
    """None where there is no such file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _replace(path: Path, content: bytes) -> None:
    """Writes beside the old file, then takes its place: a reader sees the old file or the new one."""
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with passing.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise
