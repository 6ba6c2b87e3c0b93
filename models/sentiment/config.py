"""The recipe's choices, read from config.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "sentiment"
WEIGHTS = HERE / "weights"


def load(path: Path = HERE / "config.toml") -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def place(name: str) -> Path:
    """A path of the config, which counts from the repository's root."""
    return (ROOT / name).resolve()
