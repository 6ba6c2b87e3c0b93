"""Bytes as they come, unpacked on the way, with an end to how much comes out of how little."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 4096  # bytes that are looked at before a form is chosen
GZIP_MAGIC = b"\x1f\x8b"
# Gzip packs at most a thousandfold. Text packs four- to twentyfold, the same page again and again a hundredfold.
MOST_RATIO = 200
FREE = 10_000_000  # bytes that may come out whatever the ratio
_CHUNK = 1 << 16


class DamagedError(Exception):
    """The rest of a stream cannot be read; what came before it stands. The message says why, in words."""


class Unpacked(io.RawIOBase):
    """Gzip data, one member or many, unpacked as they are read.

    Reading raises DamagedError where they are cut off or damaged, or where far more comes out than any text gives.
    """

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed = _Counted(packed)
        self._file = gzip.GzipFile(fileobj=self._packed, mode="rb")  # type: ignore[call-overload]
        self._came_out = 0
        self._error: DamagedError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        if self._error is not None:
            raise self._error
        view = memoryview(buffer).cast("B")
        try:
            data = self._file.read1(min(len(view), _CHUNK))
        except EOFError as error:
            raise self._broken("the gzip data end too early") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise self._broken("the gzip data are damaged") from error
        self._came_out += len(data)
        if self._came_out > FREE and self._came_out > MOST_RATIO * self._packed.count:
            raise self._broken(f"too large: unpacks to more than {MOST_RATIO} times its size")
        view[: len(data)] = data
        return len(data)

    def _broken(self, reason: str) -> DamagedError:
        self._error = DamagedError(reason)
        return self._error


class _Counted:
    """A file that knows how many bytes were read of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = _some(self._file, size)
        self.count += len(data)
        return data


class _Rejoined(io.RawIOBase):
    """The head that was looked at, and what follows it."""

    def __init__(self, head: bytes, rest: Any) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        if self._head:
            data, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            data = _some(self._rest, len(view))
        view[: len(data)] = data
        return len(data)


class _Recoded(io.RawIOBase):
    """UTF-16 or UTF-32 with its byte order mark, as UTF-8."""

    def __init__(self, file: Any, encoding: str) -> None:
        super().__init__()
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        while not self._ready:
            data = _some(self._file, _CHUNK)
            self._ready = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


def begin(file: Any) -> tuple[bytes, io.BufferedReader]:
    """The first bytes of a file (all of a short one), and the file from its beginning, unpacked where it is gzip.

    Raises DamagedError where gzip holds gzip, or gives nothing at all.
    """
    head, whole = looked_at(file)
    if not head.startswith(GZIP_MAGIC):
        return head, whole
    head, whole = looked_at(Unpacked(whole))
    if head.startswith(GZIP_MAGIC):
        raise DamagedError("gzip within gzip is not unpacked")
    return head, whole


def whole(file: Any, most: int) -> bytes:
    """What is left of a file, but no more than `most` bytes; no memory is taken before they come."""
    parts: list[bytes] = []
    left = most
    while left > 0 and (data := file.read(min(left, _CHUNK))):
        parts.append(data)
        left -= len(data)
    return b"".join(parts)


def as_utf8(head: bytes, file: io.BufferedReader) -> io.BufferedReader:
    """The file with its UTF-16 or UTF-32 made UTF-8, and without the byte order mark of UTF-8."""
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return io.BufferedReader(_Recoded(file, encoding), _CHUNK)
    if head.startswith(codecs.BOM_UTF8):
        file.read(len(codecs.BOM_UTF8))
    return file


def looked_at(file: Any) -> tuple[bytes, io.BufferedReader]:
    """The first bytes of a file as they are, all of a short one, and the file from its beginning."""
    head = b""
    while len(head) < HEAD:
        try:
            data = _some(file, HEAD - len(head))
        except DamagedError:
            if not head:
                raise
            break  # it is raised again once the head has been read
        if not data:
            break
        head += data
    return head, io.BufferedReader(_Rejoined(head, file), _CHUNK)


def _some(file: Any, size: int) -> bytes:
    """What is there, at most `size` bytes: a pipe is not waited for longer than need be."""
    data: bytes | None = (getattr(file, "read1", None) or file.read)(size)
    return data or b""
