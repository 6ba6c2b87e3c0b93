"""What the user named (files, folders, addresses, `-`) becomes sources to open, and a failure for each that is none."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.domain.addresses import is_of_the_web, name_of, shown
from extractor.domain.errors import SourceError
from extractor.ingest.forms import GZIP_SUFFIX, SUFFIXES, inner_suffix

STANDARD_INPUT = "-"
FEED_LIST_SUFFIX = ".toml"
LEADS_OUT = "a link that leads out of the folder is not followed"

# What stands beside articles in a folder and is none.
_ABOUT_THE_FOLDER = frozenset({"readme", "license", "notice", "changelog", "contributing", "annotating"})
_ABOUT_A_PROGRAM = frozenset({"package.json", "package-lock.json", "manifest.json", "tsconfig.json", "composer.json"})
_NO_TEXT = re.compile("[\ud800-\udfff]")  # what Python makes of a byte in a name that is not UTF-8
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{1,20}:(//)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something to open: one article, or a dump, a mail, an archive or a feed of many.

    name: the file's name, "stdin" for standard input, a tidied address; claims call its only article so, and one of
    many with its place.
    path, address: where the bytes are; with neither it is standard input.
    folder: the real path of the folder it was found in and must lie in; None where the file itself was named.
    """

    name: str
    path: Path | None
    address: str | None = None
    folder: Path | None = None

    def __str__(self) -> str:
        if self.address is not None:
            return self.address
        return STANDARD_INPUT if self.path is None else as_text(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFailure:
    """Something the user named, or that a named folder holds, which cannot be read."""

    source: str
    reason: str

    @property
    def error(self) -> SourceError:
        return SourceError(self.source, self.reason)


class NoArticle(SourceFailure):
    """A part of a source that is read, and is no article: a record of something else."""

    __slots__ = ()


def discover(sources: Sequence[str]) -> Iterator[Source | SourceFailure]:
    """Sources in the order they were named; a folder's articles sorted by path. Never raises for one of them."""
    for given in sources:
        try:
            yield from _expand(given)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            yield SourceFailure(source=as_text(given), reason=explain(error))


def as_text(name: str | Path) -> str:
    """A name of a file as text that can be written anywhere: bytes that are none are shown, as in caf\\xe9.txt."""
    return _NO_TEXT.sub(_escaped, str(name))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def explain(error: OSError | ValueError) -> str:
    """The reason in words, without the path that the message names already."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "cannot be read (permission denied)"
    return (getattr(error, "strerror", None) or str(error)).lower()


def _expand(given: str) -> Iterator[Source | SourceFailure]:
    if given == STANDARD_INPUT:
        yield Source(name="stdin", path=None)
        return
    path = Path(given)
    if (address := _ADDRESS.match(given)) and (address[1] or not os.path.exists(given)):
        yield _address(given)
        return
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        yield from _walk(path, given)
    elif stat.S_ISREG(mode):
        yield Source(name=as_text(path.name), path=path)
    else:
        yield SourceFailure(source=as_text(given), reason="not a regular file")


def _address(given: str) -> Source | SourceFailure:
    """Whether it may be asked is for the fetcher to say; what is nothing of the web is none of its business."""
    if not is_of_the_web(given):
        return SourceFailure(source=shown(given), reason="only http:// and https:// addresses are read")
    return Source(name=name_of(given), path=None, address=given)


def _walk(folder: Path, given: str) -> Iterator[Source | SourceFailure]:
    """Articles under a folder, at any depth. Linked folders are not entered: that is how loops begin."""
    found = False
    unreadable: list[OSError] = []
    candidates: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        candidates.extend(Path(where, name) for name in names if _is_article(Path(name)))
    root = folder.resolve()
    for path in sorted(candidates):
        found = True
        reason = _why_not(path, root)
        if reason:
            yield SourceFailure(source=as_text(path), reason=reason)
        else:
            yield Source(name=as_text(path.name), path=path, folder=root)
    for error in unreadable:
        found = True
        yield SourceFailure(source=as_text(error.filename or given), reason=explain(error))
    if not found:
        suffixes = " ".join(sorted(SUFFIXES))
        looked = f"looked for {suffixes}, and each of them with {GZIP_SUFFIX}"
        yield SourceFailure(source=as_text(given), reason=f"no articles in this folder ({looked})")


def _is_article(path: Path) -> bool:
    suffix, name = inner_suffix(path.name), path.name.lower()
    if not suffix or name.startswith(".") or name in _ABOUT_A_PROGRAM:
        return False
    return name.removesuffix(GZIP_SUFFIX).removesuffix(suffix) not in _ABOUT_THE_FOLDER


def _why_not(path: Path, root: Path) -> str | None:
    """Why a file of a folder is not read; None where nothing is wrong with it."""
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root):
            return LEADS_OUT
        if not stat.S_ISREG(path.stat().st_mode):
            return "not a regular file"
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, on Python before 3.13
        return explain(error) if isinstance(error, OSError) else "a loop of links"
    return None
