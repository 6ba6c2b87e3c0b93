"""The README shows what really comes out. `UPDATE_README=1 pytest tests/test_readme.py` writes it anew."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
README = CHECKOUT / "README.md"
WIDTH = "132"
UPDATE = os.environ.get("UPDATE_README") == "1"
FIGURES = ("f1.figure", "f1.sense", "f1.subject", "f1.date", "f1.whole", "verdicts")


def block(mark: str) -> re.Match[str]:
    """The fenced block behind a mark."""
    found = re.search(rf"(?<=<!-- {mark} -->\n)```\w+\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, f"README.md has no block marked {mark}"
    return found


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "note.txt").write_text(block("article")[1], encoding="utf-8")
    (folder / "corpus").symlink_to(CHECKOUT / "corpus")
    name, *arguments = shlex.split(block("command")[1].removeprefix("$ "))
    assert name == "tapecheck"
    return subprocess.run(
        [sys.executable, "-c", "from extractor.cli import main; main()", *arguments],
        cwd=folder,
        env=os.environ | {"COLUMNS": WIDTH, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def tidy(text: str) -> str:
    """Without the white space at line ends, which editors take away."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def test_the_example_prints_what_the_readme_shows(tmp_path: Path) -> None:
    outcome = run(tmp_path)
    assert outcome.returncode == 4, outcome.stderr
    shown = block("output")
    if UPDATE:
        text = README.read_text(encoding="utf-8")
        fenced = f"```text\n{tidy(outcome.stdout)}\n```"
        README.write_text(text[: shown.start()] + fenced + text[shown.end() :], encoding="utf-8")
        shown = block("output")
    assert tidy(shown[1]) == tidy(outcome.stdout)
    assert "contradicted" in shown[1]
    assert "supported" in shown[1]


def test_the_figures_are_those_of_the_baseline() -> None:
    stored = json.loads((CHECKOUT / "corpus" / "BASELINE.json").read_text(encoding="utf-8"))
    rows = ["| articles | figure | +direction | +subject | +date | whole | verdicts |", "|---|---|---|---|---|---|---|"]
    for name, held in stored.items():
        if name != "lines":
            shown = (f"{held[key]:.3f}" if key in held else "not rated" for key in FIGURES)
            rows.append(f"| `{name}` | " + " | ".join(shown) + " |")
    table = "\n".join(rows)
    text = README.read_text(encoding="utf-8")
    if UPDATE:
        text = re.sub(r"<!-- figures -->\n(?:\|.*\n)*", lambda _: f"<!-- figures -->\n{table}\n", text)
        README.write_text(text, encoding="utf-8")
    assert f"<!-- figures -->\n{table}\n" in text


@pytest.mark.parametrize("name", re.findall(r"`((?:docs|corpus|extractor)/[\w./]+|[A-Z]+\.md)`", README.read_text()))
def test_files_the_readme_names_are_there(name: str) -> None:
    assert (CHECKOUT / name).exists()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^tapecheck (\w+) ", README.read_text(), re.MULTILINE))))
def test_commands_the_readme_names_exist(command: str) -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", "from extractor.cli import main; main()", command, "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
