"""JSON as it is found in dumps: one value at a time, each of them read strictly or refused with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.ingest import content
from extractor.ingest.carriers.streams import DamagedError

_LONGEST_INTEGER = 40  # digits; none that matters here has half as many
_CHUNK = 1 << 16
_MARK = re.compile(rb'[\[\]{},"]')
_IN_STRING = re.compile(rb'["\\]')


class UnreadableError(Exception):
    """A value that is no JSON, or no article. The message says why, in words."""


def parse(data: bytes | str) -> Any:
    """The value. NaN and Infinity, which JSON has not and dumps have for what is missing, are None.

    Raises UnreadableError where it is not JSON, not UTF-8, nested without end, or has two values under one key.
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        where = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(f"not JSON: {error.msg[:1].lower()}{error.msg[1:]} ({where})") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8 (byte {error.start + 1})") from error
    except RecursionError as error:
        raise UnreadableError("not an article: JSON nested too deeply") from error


def elements(file: BinaryIO) -> Iterator[bytes | None]:
    """The values of a JSON list that stands in a file, as bytes, one by one; None for one that is too large.

    Only brackets, commas and quotes are looked at: a broken value breaks no other.
    Raises DamagedError where the list does not end, or something follows it.
    """
    piece = bytearray()
    depth, in_string, escaped, large, any_yet = 0, False, False, False, False
    while chunk := file.read(_CHUNK):
        at = start = 0
        while at < len(chunk):
            if escaped:
                escaped, at = False, at + 1
                continue
            match = (_IN_STRING if in_string else _MARK).search(chunk, at)
            if match is None:
                break
            at, mark = match.end(), match[0]
            if in_string:
                escaped, in_string = mark == b"\\", mark == b"\\"
            elif mark == b'"':
                in_string = True
            elif mark in b"[{":
                depth += 1
                if depth == 1:
                    start = at
            elif mark in b"]}":
                depth -= 1
            if not in_string and ((depth == 0 and mark in b"]}") or (depth == 1 and mark == b",")):
                piece += chunk[start : at - 1]
                last = depth == 0
                if large or piece.strip() or any_yet or not last:
                    yield None if large or len(piece) > content.LARGEST else bytes(piece)
                any_yet, large, start = True, False, at
                piece.clear()
                if last:
                    _nothing_after(chunk[at:], file)
                    return
        piece += chunk[start:]
        if len(piece) > content.LARGEST:
            large = True
            piece.clear()
    raise DamagedError("the JSON list is cut off")


def _nothing_after(rest: bytes, file: BinaryIO) -> None:
    while not rest.strip():
        rest = file.read(_CHUNK)
        if not rest:
            return
    raise DamagedError("something follows the end of the JSON list")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen and seen[key] != value:
                raise UnreadableError(f"the key {key[:40]!r} has two values")
            seen[key] = value
    return found


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else digits


_DECODER = json.JSONDecoder(
    object_pairs_hook=_without_doubles, parse_int=_integer, parse_constant=lambda _: None, strict=False
)
