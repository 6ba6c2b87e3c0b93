"""The body of an answer: unpacked as it comes, and never more of it than the limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from extractor.adapters.web.addresses import RefusedError

_PIECE = 65_536  # bytes; the most that is unpacked at once, whatever a bomb promises
_GZIP = 16 + zlib.MAX_WBITS


def unpacked(chunks: Iterable[bytes], encoding: str, *, max_bytes: int) -> bytes:
    """The whole body. encoding: "identity" or "gzip", the only ones we ask for.

    Raises RefusedError where there is more than max_bytes, where it breaks off, or where it is packed otherwise.
    """
    if encoding not in ("identity", "gzip"):
        raise RefusedError(f"sent in an encoding that was not asked for ({encoding[:40]})")
    pieces: list[bytes] = []
    size = 0
    for piece in _inflated(chunks) if encoding == "gzip" else chunks:
        size += len(piece)
        if size > max_bytes:
            raise RefusedError(f"more than {max_bytes:,} bytes; not taken")
        pieces.append(piece)
    return b"".join(pieces)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(_GZIP)
    begun = False
    try:
        for chunk in chunks:
            left = chunk
            while left or not stream.eof:
                if stream.eof:  # another member follows, or padding
                    left = left.lstrip(b"\0")
                    if not left:
                        break
                    stream = zlib.decompressobj(_GZIP)
                piece = stream.decompress(left, _PIECE)
                left = stream.unused_data if stream.eof else stream.unconsumed_tail
                begun = True
                if piece:
                    yield piece
                elif not left:
                    break
    except zlib.error as error:
        raise RefusedError("its gzip stream is damaged") from error
    if begun and not stream.eof:
        raise RefusedError("broke off before its end")
