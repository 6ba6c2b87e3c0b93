"""Files that are there whole or not at all, in one folder and nowhere else."""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection
from pathlib import Path

from extractor.domain.errors import TapecheckError

_HEAD = 400  # bytes in which a page of ours says so


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TapecheckError(f"{folder}: cannot be used as a folder: {error.strerror}") from error


def replace_file(folder: Path, name: str, text: str) -> None:
    """Writes beside the old file, then takes its place: a reader sees the old page or the new one.

    A link of that name is replaced, not followed. Raises TapecheckError.
    """
    if Path(name).name != name:
        raise ValueError(f"{name!r} is not the name of a file")
    passing = folder / f".{name}.{secrets.token_hex(4)}"
    try:
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8", "replace"))
            passing.replace(folder / name)
        except BaseException:
            passing.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise TapecheckError(f"{folder / name}: cannot be written: {error.strerror}") from error


def remove_leftovers(folder: Path, kept: Collection[str], pattern: str, sign: str) -> None:
    """Removes pages of an earlier report that this one no longer has: those named so that also bear our sign."""
    for path in folder.glob(pattern):
        if path.name in kept or path.is_symlink() or not path.is_file():
            continue
        try:
            with path.open("rb") as file:
                ours = sign.encode() in file.read(_HEAD)
            if ours:
                path.unlink()
        except OSError:
            continue  # what cannot be read or removed is nobody's loss: no page links to it
