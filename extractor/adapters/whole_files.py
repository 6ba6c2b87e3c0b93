"""Files that are there whole or not at all, whoever reads or writes them meanwhile."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Puts a file in its place in one step. Raises OSError, and leaves nothing behind then."""
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        passing.write_bytes(content)
        os.replace(passing, path)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise
