"""What only a process of its own can show: start-up, pipes, signals, encodings, completion."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import __version__

TAPECHECK = [sys.executable, "-c", "from extractor.cli import main; main()"]
HEAVY = {
    "datasette",
    "exchange_calendars",
    "httpx",
    "jinja2",
    "numpy",
    "onnxruntime",
    "pandas",
    "pyarrow",
    "pydantic",
    "rich",
    "spacy",
    "sqlite3",
    "sqlite_utils",
    "tokenizers",
    "torch",
    "trafilatura",
    "transformers",
}


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"COLUMNS": "100"} | dict(options.pop("env", {}))
    return subprocess.run(
        [*TAPECHECK, *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        check=False,
        **options,
    )


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_nothing_heavy(option: str) -> None:
    result = subprocess.run(
        [sys.executable, "-X", "importtime", *TAPECHECK[1:], option], capture_output=True, text=True, check=True
    )
    imported = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines() if "|" in line}
    assert "click" in imported, "this test reads -X importtime and must see what is imported"
    assert {name.partition(".")[0] for name in imported} & HEAVY == set()
    assert not {name for name in imported if name.startswith("extractor.") and "cli" not in name} - {
        "extractor.domain",
        "extractor.domain.errors",
    }


def test_version() -> None:
    assert run("--version").stdout == f"tapecheck, version {__version__}\n"


def test_a_reader_that_stops_early_is_no_error() -> None:
    process = subprocess.Popen([*TAPECHECK, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    error = process.stderr.read()
    assert process.wait() == 141
    assert error == ""
    process.stderr.close()


INTERRUPTED = """
import os, signal
from extractor import wiring
wiring.extraction = lambda **options: os.kill(os.getpid(), signal.SIGINT)
from extractor.cli import main
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of a POSIX shell")
def test_ctrl_c_exits_with_130_and_no_traceback(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, "extract", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (130, "")
    assert result.stderr.strip() == "tapecheck: interrupted"


def test_completion_lists_commands() -> None:
    result = run(env={"_TAPECHECK_COMPLETE": "bash_complete", "COMP_WORDS": "tapecheck ex", "COMP_CWORD": "1"})
    assert set(result.stdout.split()) == {"plain,extract", "plain,explain"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_has_a_script_for_each_shell(shell: str) -> None:
    result = run(env={"_TAPECHECK_COMPLETE": f"{shell}_source"})
    assert "_TAPECHECK_COMPLETE" in result.stdout


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}])
def test_names_of_files_in_any_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    result = run("extract", str(tmp_path / "Börse 📉.txt"), env=locale)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "no such file or folder" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="such names are not to be had")
@pytest.mark.parametrize("command", ["extract", "run"])
def test_a_name_cannot_drive_the_terminal_or_end_the_batch(tmp_path: Path, command: str) -> None:
    articles = os.fsencode(tmp_path / "articles")
    os.mkdir(articles)
    sentence = b"The S&P 500 closed at 5,872.16 on Dec. 18, 2024."
    files = {b"two\nlines.txt": b"\0", b"\x1b[2Jclear.txt": b"", b"caf\xe9.txt": b"\0", b"\xff\r.txt": sentence}
    files[b"\x1b]0;odd.txt"] = sentence + b" The market\x92s view."
    for name, data in files.items():
        with open(os.path.join(articles, name), "wb") as file:
            file.write(data)
    options = ["--no-sentiment", "--db", str(tmp_path / "claims.db")] if command == "run" else []
    result = run(command, *options, os.fsdecode(articles), str(tmp_path / "caf\udce8.txt"))
    assert result.returncode == 3
    said = [line.removeprefix("tapecheck: ").replace(f"{tmp_path}/", "") for line in result.stderr.splitlines()]
    assert sorted(said[:-1]) == [
        "articles/\\x1b[2Jclear.txt: the file is empty",
        "articles/\\x1b]0;odd.txt: not UTF-8; read as windows-1252",
        "articles/caf\\xe9.txt: not text but binary data (it has NUL bytes)",
        "articles/two\\nlines.txt: not text but binary data (it has NUL bytes)",
        "caf\\xe8.txt: no such file or folder",
    ]
    assert "\x1b" not in result.stdout + result.stderr
