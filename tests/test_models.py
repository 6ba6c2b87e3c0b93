"""The weights that are installed are the weights that were measured."""

from __future__ import annotations

import hashlib
import importlib.util
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

MODELS = Path(__file__).parents[1] / "models"


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    return tomllib.loads((MODELS / "english" / "weights.toml").read_text(encoding="utf-8"))


def test_the_english_pipeline_is_the_pinned_version(listed: dict[str, Any]) -> None:
    assert metadata.version(listed["package"]) == listed["version"]


def test_every_file_of_the_english_pipeline_is_as_it_was_measured(listed: dict[str, Any]) -> None:
    spec = importlib.util.find_spec(listed["module"])
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent
    installed = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert installed == listed["sha256"]


def test_the_pin_in_the_project_file_is_the_version_listed(listed: dict[str, Any]) -> None:
    project = tomllib.loads((MODELS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert f"{listed['package']}=={listed['version']}" in project["project"]["dependencies"]
