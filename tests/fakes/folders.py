"""Writes price folders for tests, one file at a time."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

LONG = """
[[file]]
path = "{path}"
layout = "long"
series = "symbol"
fields = {{ {fields} }}
{rest}
"""


def price_folder(folder: Path, manifest: str, **files: str) -> Path:
    """A folder with a manifest and CSV files: `price_folder(tmp_path, "...", closes="date,symbol,close\\n...")`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "prices.toml").write_text(dedent(manifest), encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(dedent(text).lstrip(), encoding="utf-8")
    return folder


def long_folder(
    folder: Path, rows: str, *, ids: str = 'RUT = "index:RUT"', rest: str = "", fields: str = "close"
) -> Path:
    """One long table, `fields` its price columns: `long_folder(tmp_path, "2025-12-04,RUT,2531.16")`."""
    names = fields.split()
    header = ",".join(["date", "symbol", *names])
    manifest = LONG.format(
        path="closes.csv",
        fields=", ".join(f'{name} = "{name}"' for name in names),
        rest=(rest or 'source = "broker"\nadjustment = "none"') + (f"\n[file.ids]\n{ids}" if ids else ""),
    )
    return price_folder(folder, manifest, closes=f"{header}\n{dedent(rows).strip()}\n")


def listed_folder(folder: Path, rows: str, *, rest: str = "") -> Path:
    """A table of shares by exchange: rows of date, exchange, symbol, close."""
    manifest = f"""
    [[file]]
    path = "shares.csv"
    layout = "long"
    series = "symbol"
    exchange = "exchange"
    id = "equity:{{mic}}:{{series}}"
    fields = {{ close = "close" }}
    source = "exchange snapshots"
    adjustment = "none"
    {rest}
    """
    return price_folder(folder, manifest, shares=f"date,exchange,symbol,close\n{dedent(rows).strip()}\n")
