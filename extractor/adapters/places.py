"""Where the platform keeps a user's data, and what can be fetched again; variables of the environment come first."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def store() -> Path:
    """TAPECHECK_STORE, or a file in the user's data folder."""
    return _given("TAPECHECK_STORE") or _user_data() / "prices.db"


def reference() -> Path:
    """TAPECHECK_REFERENCE, or a folder beside the price store."""
    return _given("TAPECHECK_REFERENCE") or _user_data() / "reference"


def cache() -> Path:
    """TAPECHECK_CACHE, or a folder of its own where the platform keeps caches."""
    given = _given("TAPECHECK_CACHE")
    if given is not None:
        return given
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "tapecheck"
    if sys.platform == "win32":
        return _user_data() / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tapecheck"


def sentiment_weights() -> Path:
    """TAPECHECK_SENTIMENT, or what was installed with the package, or the weights of a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "weights" / "sentiment"
    checkout = package.parent / "models" / "sentiment" / "weights"
    return _given("TAPECHECK_SENTIMENT") or (installed if installed.is_dir() else checkout)


def _given(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None


def _user_data() -> Path:
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "tapecheck"
